// Keys of an interrupted registration: found without a look at everybody's.

import Crypto
import Engines
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `Keys that nobody confirmed` {
    @Test func `go after a day, and nobody else's`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), nobody = Subject(id: 41)
        _ = try await house.vault.keys.makeKeys(for: [RecordName(subject: nobody, kind: 1, item: 0, generation: 1)])
        try await house.vault.sweepKeys()
        #expect(try house.vault.keys.holders().contains(nobody))
        house.clock.advance(by: .seconds(86_401))
        try await house.vault.sweepKeys()
        #expect(try house.vault.keys.holders() == [sari])
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test func `aren't those that somebody known gets later`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        _ = try await house.vault.keys.makeKeys(for: [RecordName(subject: sari, kind: 77, item: 0, generation: 1)])
        let unconfirmed = try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.first("SELECT count(*) FROM class_key WHERE confirmed = 0") { $0.integer(0) }
        }
        #expect(unconfirmed == 0)
    }

    @Test(.enabled(if: Only.sqlite(.plans))) func `are looked for by an index of them`() async throws {
        let house = try await SmallHouse()
        let plan = try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.all("EXPLAIN QUERY PLAN \(house.vault.keys.unconfirmed(before: house.clock.now()))") { $0.text(3) }
        }
        #expect(plan.contains { $0.contains("class_key_unconfirmed") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN k") && !$0.contains("INDEX") }, "\(plan)")
    }
}
