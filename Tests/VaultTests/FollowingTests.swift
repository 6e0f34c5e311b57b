// A version that one server published is in force on another, and nothing is recorded there under the version before it.

import Engines
import Store
import Testing

@testable import Vault

private typealias Text = PublishingHouse

@Suite struct `A version that another server published` {
    private let clerk = Actor.staff(Subject(id: 7), role: "clerk", number: 1)

    @Test func `is taken up, verified, and until then nothing is recorded under the one before`() async throws {
        let house = try await PublishingHouse(), other = try await house.another(), late = try await house.another()
        defer {
            for (vault, store) in [other, late] {
                vault.close()
                store.close()
            }
            #expect(house.vault != nil)
        }
        #expect(try !other.vault.followCourse())
        let sari = try await other.vault.admit(GivenName(name: "Sari")) { (subject, _) throws(Refusal) in subject }
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve"))
        let since = try await house.publish(proposal)
        #expect(try other.vault.followCourse())
        #expect(try !other.vault.followCourse() && !house.vault.followCourse())
        #expect(other.vault.policy.version.number == 1)
        house.clock.set(to: since)
        #expect(house.vault.policy.version.number == 2 && other.vault.policy.version.number == 2)
        let grant: Grant<Name> = try await other.vault.grant(of: sari, by: clerk, on: Basis())
        #expect(try other.vault.read(grant).value.name == "Sari")

        #expect(late.vault.policy.version.number == 1)
        do throws(Refusal) {
            _ = try await late.vault.grant(Name.self, of: sari, by: clerk, on: Basis())
            Issue.record("a use under a policy that isn't in force any more")
        } catch {
            guard case .policyChanged = error else { throw error }
        }
        #expect(try late.vault.followCourse())
        _ = try await late.vault.grant(Name.self, of: sari, by: clerk, on: Basis())
    }

    @Test func `and took back never begins`() async throws {
        let house = try await PublishingHouse(), other = try await house.another()
        defer {
            other.vault.close()
            other.store.close()
            #expect(house.vault != nil)
        }
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve"))
        let since = try await house.publish(proposal)
        #expect(try other.vault.followCourse())
        try await house.vault.withdraw(proposal, by: PublishingHouse.agus)
        #expect(try other.vault.followCourse())
        house.clock.set(to: since)
        #expect(other.vault.policy.version.number == 1)
    }

    @Test func `and somebody changed since is not taken up`() async throws {
        let house = try await PublishingHouse(), other = try await house.another()
        defer {
            other.vault.close()
            other.store.close()
            #expect(house.vault != nil)
        }
        let since = try await house.publish(
            try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve")))
        try house.sql("UPDATE policy_force SET since = since - 1 WHERE since = \(since)")
        #expect(throws: HouseFault.self) { try other.vault.followCourse() }
        house.clock.set(to: since)
        #expect(other.vault.policy.version.number == 1)
    }
}
