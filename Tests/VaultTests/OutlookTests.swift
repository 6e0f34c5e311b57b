// What is kept by which rules, also what was taken in before they changed.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `The outlook on what is kept` {
    @Test func `names the fields and rules of what a former version took in`() async throws {
        let house = try await PublishingHouse()
        _ = try await house.vault.admit(GivenName(name: "Sari")) { (subject, _) throws(Refusal) in subject }
        let before = try #require(try house.vault.outlook().classes.first { $0.fields.contains("name") })
        #expect(!before.isFormer && before.rules == ["all.3"] && before.version == house.vault.policy.versionText)

        let shorter = PublishingHouse.policy(version: 2, from: house.day(20)).replacing("10 years after", with: "9 years after")
        house.clock.set(to: try await house.publish(try house.propose(shorter)))
        house.clock.advance(by: .seconds(60))
        let after = try #require(try house.vault.outlook().classes.first { $0.fields.contains("name") })
        #expect(house.vault.policy.version.number == 2 && after.records == before.records)
        #expect(after.isFormer && after.rules == ["all.3"] && after.version == before.version)
    }
}
