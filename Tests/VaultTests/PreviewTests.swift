// What the gate would say, asked beforehand.

import Store
import Testing

@testable import Vault

@Suite struct `A preview of the gate` {
    @Test func `says what a grant would, and writes nothing down`() async throws {
        for holds in [true, false] {
            let house = try await SmallHouse(errand: holds), sari = try await house.sari()
            let before = try entries(of: house)
            let foreseen = try house.vault.preview(Name.self, of: sari, by: house.clerk, on: Basis())
            #expect(try entries(of: house) == before)
            #expect(foreseen?.why == (try await house.refusal(sari))?.why)
            #expect(house.vault.refusal(ofAnyOf: [Name.self]) == nil, "a condition may come to hold")
        }
    }

    @Test func `names the version that says no, and the rule that went`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(version: 1, "note: nobody reads it")), sari = try await house.sari()
        try await house.reopen(SmallHouse.policy(version: 2))
        let former = try house.vault.preview(Name.self, of: sari, by: house.clerk, on: Basis())
        #expect(try #require(former?.formerVersion).hasPrefix("1 "))
        try await house.reopen(SmallHouse.policy(version: 3, "note: nobody reads it any more"))
        let refused = try #require(house.vault.refusal(ofAnyOf: [Name.self]))
        #expect(refused.why == .noRule && refused.missing?.text == "clerk may read name to serve, on an errand")
    }

    private func entries(of house: SmallHouse) throws -> Int64 {
        try house.store.read { (rows) throws(Refusal) in try rows.first("SELECT count(*) FROM use_record") { $0.integer(0) } ?? 0 }
    }
}
