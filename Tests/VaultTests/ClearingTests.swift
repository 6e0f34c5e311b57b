// Somebody with very many messages leaves: the keys go at once, the rows that nothing opens any more go after, some at a time.

import Crypto
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `Leaving with very many items` {
    private static let many: Int64 = 600

    /// Sari with many messages, and her erasure up to where it answers her.
    private func left(_ policy: String = SmallHouse.policy()) async throws -> (SmallHouse, Subject, Erased) {
        let house = try await SmallHouse(policy), sari = try await house.sari(), vault = house.vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for item in 1...Self.many {
                group.addTask {
                    try await vault.collect(GivenName(name: "\(item)"), of: sari, item: item, on: Basis(item: item)) {
                        (_, _) throws(Refusal) in
                    }
                }
            }
            try await group.waitForAll()
        }
        return (house, sari, try await vault.erase(try await vault.openSession(of: sari)))
    }

    private func count(_ what: SQL, in store: Store) throws -> Int64 {
        try store.read { (rows) throws(StoreFault) in try rows.first("SELECT count(*) FROM \(what)") { $0.integer(0) } ?? 0 }
    }

    @Test func `destroys what opens them at once, and a job deletes the rest`() async throws {
        let (house, sari, erased) = try await left(), vault = house.vault
        #expect(try count("class_key WHERE subject = \(sari)", in: vault.keys.store) == 0)
        #expect(try vault.keys.isDestroyed(sari))
        #expect(try vault.deletion(receipt: try #require(erased.receipt)) != nil)
        await #expect(throws: Refusal.self) { _ = try await house.read(sari) }
        await #expect(throws: Refusal.self) { _ = try await vault.openSession(of: sari) }
        let rows = try count("record WHERE subject = \(sari)", in: house.store)
        #expect(rows > 0 && rows < Self.many)
        for record in try vault.stored(of: sari).prefix(3) { #expect(try vault.keys.key(of: record.name) == nil) }
        #expect(try house.findings() == [], "it is under way, and no fault")

        try await vault.sequence()
        let before = try count("log_leaf", in: house.store)
        house.clock.advance(by: Vault.patience)
        try await house.store.work([Vault.clearing: { (job) throws(JobFault) in try await vault.clear(job) }])
        for table in ["record", "use_record", "chain", "erasure"] as [SQL] { #expect(try count(table, in: house.store) == 0) }
        #expect(try count("item_key", in: vault.keys.store) == 0)
        #expect(try count("job", in: house.store) == 0)
        try await vault.sequence()
        #expect(try count("log_leaf", in: house.store) == before + 1, "the log says it once")
    }

    @Test func `is finished at the next start where a crash came between`() async throws {
        let (house, sari, erased) = try await left()
        try await house.reopen()
        #expect(try count("record WHERE subject = \(sari)", in: house.store) == 0)
        #expect(try count("item_key WHERE subject = \(sari)", in: house.vault.keys.store) == 0)
        #expect(try count("erasure", in: house.store) == 0)
        #expect(try house.vault.deletion(receipt: try #require(erased.receipt)) != nil)
        #expect(try count("job", in: house.store) == 0, "nothing is left to do")
        #expect(try count("leaf_waiting WHERE substr(leaf, 1, 1) = \([2] as [UInt8])", in: house.store) == 1, "the log says it once")
    }

    @Test func `goes on by the job where it was stopped before the keys were destroyed`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), vault = house.vault
        try await house.store.write { (rows) throws(Refusal) in
            try vault.note(erasureOf: sari, [], Day(of: vault.clock.now()), in: rows)
        }
        func work() async throws {
            try await house.store.work([Vault.clearing: { (job) throws(JobFault) in try await vault.clear(job) }])
        }
        try await work()
        #expect(try !vault.keys.isDestroyed(sari), "it is left to whoever asked for it")
        house.clock.advance(by: Vault.patience)
        try await work()
        #expect(try vault.keys.isDestroyed(sari))
        for table in ["record", "erasure", "job"] as [SQL] { #expect(try count(table, in: house.store) == 0) }
    }

    @Test func `names it when it isn't finished after a day`() async throws {
        let (house, sari, _) = try await left()
        house.clock.advance(by: .seconds(2 * 86_400))
        let told = try house.findings()
        #expect(
            told.contains { $0.kind == .erasureUnfinished && $0.what.contains("\(sari.id)") && $0.what.contains("keys are destroyed") },
            "\(told)")
    }

    @Test func `lays aside what a law keeps of them, and no item of what goes anyhow is opened for that`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), vault = house.vault
        try await vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        let skimmed = try vault.partingSkimmed(of: sari), whole = try vault.parting(of: sari)
        #expect(skimmed.records.count == 1 && whole.records.count == 2)
        #expect(skimmed.kept == whole.kept && skimmed.refused == nil && whole.refused == nil)
        let erased = try await vault.erase(try await vault.openSession(of: sari))
        #expect(erased.kept.map(\.field) == ["tax number"])
    }

    @Test func `asks of each value where no rule lets the person delete what lies in its class`() async throws {
        let house = try await SmallHouse(
            SmallHouse.policy().replacingOccurrences(of: "the person may delete name, tax number", with: "the person may delete tax number")
        )
        let sari = try await house.sari()
        let skimmed = try house.vault.partingSkimmed(of: sari)
        #expect(skimmed.records.count == 1 && skimmed.refused != nil)
        #expect(try house.vault.previewOfErasure(of: sari) != nil)
    }
}
