// Random lives in a house whose conditions and events are rows: what the sweep finds by looking only where something was entered or is due
// must be what a look at everybody finds.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `The hourly look for what is over` {
    // More lives find nothing more of an engine.
    @Test(arguments: 1...(Engine.current == .sqlite ? 4 : 1))
    func `finds what a look at everybody would find, day by day under changing policies`(seed: UInt64) async throws {
        let house = try await LivelyHouse(seed: seed)
        var gone = 0
        for day in 0..<70 {
            if day == 25 || day == 50 { try await house.publish() }
            for _ in 0..<house.below(4) { try await house.admit() }
            for _ in 0..<house.below(6) { try await house.live() }
            house.clock.advance(by: .seconds(3_600 * Int64(1 + house.below(60))))
            let expected = try house.whatStays()
            gone += try await house.vault.sweep()
            #expect(try house.whatIsHeld() == expected, "day \(day)")
            #expect(try house.vault.overlooked() == [], "day \(day)")
        }
        #expect(gone > 20, "\(gone)")
    }

    @Test func `leaves alone whom nothing has happened to`() async throws {
        let house = try await LivelyHouse(seed: 9)
        for _ in 0..<30 { try await house.admit() }
        try await house.vault.sweep()
        let asked = house.asked.count
        house.clock.advance(by: .seconds(3_600))
        try await house.vault.sweep()
        #expect(house.asked.count == asked, "nobody's condition was asked")
        try await house.turn(house.people[7])
        try await house.vault.sweep()
        #expect(house.asked.count == asked + 1)
        house.clock.advance(by: Vault.looksAtEverybody)
        try await house.vault.sweep()
        #expect(house.asked.count > asked + 1, "now and then everybody is looked at")
    }

    @Test func `goes on where what is stored of one person is damaged, and says so`() async throws {
        let house = try await SmallHouse(SmallHouse.policy().replacingOccurrences(of: "keep name 10 years", with: "keep name 10 days"))
        let sari = try await house.sari(), dewi = try await house.sari()
        let first = min(sari.id, dewi.id)
        try house.sql("UPDATE record SET sealed = \([0] as [UInt8]) WHERE subject = \(first)")
        house.clock.advance(by: .seconds(12 * 86_400))
        await #expect(throws: Refusal.self) { try await house.vault.sweep() }
        let left = try house.store.read { (rows) throws(StoreFault) in try rows.all("SELECT subject FROM record") { $0.identity(0) } }
        #expect(left == [first], "the other one's name is gone")
    }

    @Test(arguments: [true, false])
    func `lets go the rest of a person of whom one record doesn't open, and what is counted is told`(_ isKeyLost: Bool) async throws {
        let shortly = SmallHouse.policy().replacingOccurrences(of: "keep name 10 years", with: "keep name 10 days")
        let house = try await SmallHouse(shortly)
        let sari = try await house.sari(), dewi = try await house.sari()
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        let stored = try house.vault.open(try house.vault.stored(of: sari))
        let tax = try #require(stored.first { $0.entries.contains { $0.field == "tax number" } }?.record.name)
        try (isKeyLost ? house.vault.keys.store : house.store).writeAndWait { (rows) throws(StoreFault) in
            let theirs: SQL = "WHERE subject = \(sari) AND kind = \(tax.kind)"
            try rows.run(isKeyLost ? "DELETE FROM item_key \(theirs)" : "UPDATE record SET sealed = \([0] as [UInt8]) \(theirs)")
        }
        house.clock.advance(by: .seconds(12 * 86_400))
        for _ in 1...2 { await #expect(throws: Refusal.self) { try await house.vault.sweep() } }
        #expect(try house.vault.stored(of: sari).map(\.name.kind) == [tax.kind])
        #expect(try house.vault.stored(of: dewi).isEmpty)
        let leaves = try house.store.read { (rows) throws(StoreFault) in try rows.all("SELECT leaf FROM leaf_waiting") { $0.blob(0) } }
        #expect(leaves.contains { String(decoding: $0, as: UTF8.self).contains("voffice ends 1") })
    }
}

/// A house of people whose things are kept for all kinds of reasons.
final class LivelyHouse {
    let folder: URL, clock = ManualClock()
    private(set) var vault: Vault, store: Store
    private(set) var people: [Subject] = []
    let asked = Asked()
    private var random: UInt64, version = 1

    init(seed: UInt64) async throws {
        random = seed
        folder = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
        (vault, store) = try await Self.open(folder, Self.policy(1), clock, asked)
    }

    deinit {
        vault.close()
        store.close()
        Engine.forget(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    static let rows = Migrations(
        room: "lively",
        steps: [
            (
                "lives",
                [
                    "CREATE TABLE switched (subject INTEGER NOT NULL PRIMARY KEY, since INTEGER NOT NULL, ended INTEGER) STRICT",
                    "CREATE TABLE pass (subject INTEGER NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT",
                    "CREATE TABLE visit (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT",
                ]
            )
        ])

    private static func open(_ folder: URL, _ text: String, _ clock: ManualClock, _ asked: Asked) async throws -> (Vault, Store) {
        let compilation = Policy.compile(Array(text.utf8), file: "policy.md", checked: false)
        let policy = try #require(compilation.policy, "\(compilation.diagnostics)")
        let store = try Store.open(
            Engine.data(in: folder.path, holding: .vault), migrations: Vault.migrations + [rows], clock: clock)
        let vault = try await Vault.open(
            store: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path, holding: .keys),
            policy: policy, document: Array(text.utf8), origin: "lively/log",
            conditions: [Switched(asked: asked), Pass()], events: [Visit()], clock: clock, randomness: SystemRandomness()
        ) { (subject, rows) throws(Refusal) in
            for table in ["switched", "pass", "visit"] as [SQL] { try rows.run("DELETE FROM \(table) WHERE subject = \(subject)") }
        }
        return (vault, store)
    }

    /// Three versions, each with terms of its own.
    static func policy(_ version: Int) -> String {
        let terms = [
            """
            keep name while switched on, then 9 days, because "so long"
            keep name 4 days after collected, because "so long"
            keep city 6 days after visit, because "so long"
            keep city 2 days after collected, because "so long"
            keep letter while a pass or switched on, because "so long"
            keep letter 12 days after collected, by law "a law"
            """,
            """
            keep name while not switched on, then 3 days, because "so long"
            keep name 15 days after collected, because "so long"
            keep city while a pass and switched on, then 2 weeks, because "so long"
            keep city 8 days after collected, because "so long"
            keep letter at most 9 days after visit, because "not longer"
            keep letter 1 month after collected, because "so long"
            """,
            """
            keep name while switched on and not a pass, then 5 days, because "so long"
            keep name, city, letter 5 days after collected, because "so long"
            keep letter while not a pass, because "so long"
            """,
        ]
        return """
            # Lively

            ```policy
            policy lively, version \(version), from 2026-01-01
            field name: text
            field city: text
            field letter: text
            field deletion receipt: token, record
            field record of uses: document, record
            source form: what you type
            purpose serve: to serve you (contract)
            purpose keep the record: so that you see it (contract)
            condition switched on: you want it
            condition a pass: it runs
            event visit: you came
            event your deletion: the moment when you left
            ```

            ## All {#all}

            Prose.

            ```policy
            collect name, city, letter from form to serve
            derive record of uses from name, city, letter to keep the record
            derive deletion receipt from record of uses to keep the record
            keep record of uses 2 years after collected, because "so long"
            keep deletion receipt 12 months after your deletion, because "so long"
            the person may read, correct, delete name, city, letter
            the person may read record of uses
            \(terms[version - 1])
            ```
            """
    }

    func below(_ bound: Int) -> Int {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(random >> 33) % bound
    }

    func publish() async throws {
        version += 1
        vault.close()
        store.close()
        (vault, store) = try await Self.open(folder, Self.policy(version), clock, asked)
    }

    func admit() async throws {
        people.append(try await vault.admit(Everything()) { (subject, _) throws(Refusal) in subject })
    }

    /// Something happens to somebody who is still here.
    func live() async throws {
        guard !people.isEmpty else { return }
        let person = people[below(people.count)]
        do throws(Refusal) {
            switch below(6) {
            case 0, 1: try await turn(person)
            case 2:
                let until = clock.now() + .seconds(3_600 * Int64(below(300)))
                try await change(
                    person,
                    "INSERT INTO pass (subject, until) VALUES (\(person), \(until)) ON CONFLICT (subject) DO UPDATE SET until = excluded.until"
                )
            case 3:
                let now = clock.now()
                try await change(
                    person,
                    "INSERT INTO visit (subject, at) VALUES (\(person), \(now)) ON CONFLICT (subject) DO UPDATE SET at = excluded.at")
            case 4: try await vault.collect(Everything(), of: person, on: Basis()) { (_, _) throws(Refusal) in }
            default:
                let item = Int64(1 + below(3))
                try await vault.collect(Everything(), of: person, item: item, on: Basis(item: item)) { (_, _) throws(Refusal) in }
            }
        } catch { guard case .gone = error else { throw error } }
    }

    func turn(_ person: Subject) async throws(Refusal) {
        let now = clock.now()
        try await change(
            person,
            """
            INSERT INTO switched (subject, since) VALUES (\(person), \(now)) ON CONFLICT (subject) DO UPDATE SET
                since = CASE WHEN switched.ended IS NULL THEN switched.since ELSE excluded.since END,
                ended = CASE WHEN switched.ended IS NULL THEN excluded.since END
            """)
    }

    private func change(_ person: Subject, _ sql: SQL) async throws(Refusal) {
        let own = try await vault.openSession(of: person)
        _ = try await vault.record("change", of: own) { (rows) throws(Refusal) in try rows.run(sql) > 0 }
    }

    /// Of everybody each field that is stored.
    func whatIsHeld() throws -> Set<String> { try look { try self.vault.open(try self.vault.stored(of: $0)) } }

    /// What a look at everybody would leave.
    func whatStays() throws -> Set<String> {
        let held = try whatIsHeld()
        var over: Set<String> = []
        for subject in people {
            for gone in try vault.whatIsOver(of: subject).gone {
                for entry in try vault.open(gone.record) where !gone.stays.contains(entry) { over.insert(Self.name(gone.record, entry)) }
            }
        }
        return held.subtracting(over)
    }

    private func look(_ entries: (Subject) throws -> [(record: Vault.Stored, entries: [Entry])]) throws -> Set<String> {
        var found: Set<String> = []
        for subject in people {
            for (record, entries) in try entries(subject) { found.formUnion(entries.map { Self.name(record, $0) }) }
        }
        return found
    }

    private static func name(_ record: Vault.Stored, _ entry: Entry) -> String {
        "\(record.name.subject.id) \(record.name.item) \(entry.field) \(entry.collected.microseconds)"
    }
}

private struct Everything: Collecting {
    static let declared: UseDeclaration = .collect("name", "city", "letter", from: "form", to: "serve")
    var values: [Given] { [Given("name", "Sari"), Given("city", "Jakarta"), Given("letter", "The courier came twice.")] }
}
