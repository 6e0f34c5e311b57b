// The doctor looks through a house that somebody or something changed, and names just that.

import Engines
import Foundation
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `The doctor` {
    /// Sari with a chain of uses, and Budi, who left.
    private func lived() async throws -> (house: SmallHouse, sari: Subject) {
        let house = try await SmallHouse(), vault = house.vault
        let sari = try await house.sari(), budi = try await house.sari()
        #expect(try await vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        for _ in 1...3 { _ = try await house.read(sari) }
        try await vault.collect(GivenName(name: "Sari W."), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        _ = try await vault.erase(try await vault.openSession(of: budi))
        try await vault.publish(Publishing(period: 1, floor: 16))
        return (house, sari)
    }

    private func look(at house: SmallHouse) throws -> [Finding] { try house.findings() }

    @Test func `finds nothing in a house where people came, were called and left`() async throws {
        let (house, _) = try await lived()
        #expect(try look(at: house) == [])
        _ = try await house.vault.renewTouchedKeys()
        house.clock.advance(by: .seconds(90 * 86_400))
        try house.believeClock()
        _ = try await house.vault.renewTouchedKeys()
        #expect(try look(at: house) == [])
    }

    enum Place { case data, keys }

    static let harms: [(Place, SQL, Finding.Kind, String)] = [
        (.data, "UPDATE record SET sealed = \(Engine.spoilt("sealed"))", .recordClosed, "record 0 of class"),
        (.keys, "DELETE FROM item_key WHERE generation = 2", .recordClosed, "its key is missing"),
        (.data, "UPDATE record SET generation = 3", .recordClosed, "its key is missing"),
        (.keys, "UPDATE class_key SET wrapped = \(Engine.spoilt("wrapped"))", .keyDamaged, "class"),
        (
            .keys, "UPDATE item_key SET wrapped = \(Engine.spoilt("wrapped")) WHERE generation = 2", .keyDamaged,
            "item 0, generation 2"
        ),
        (
            .data, "UPDATE use_record SET opening = \(Engine.spoilt("opening")) WHERE seq = 2", .useClosed,
            "entry 2 of person"
        ),
        (
            .data, "UPDATE use_record SET staff = \(Engine.spoilt("staff")) WHERE seq = 2", .useClosed,
            "entry 2 of person"
        ),
        (.data, "UPDATE use_record SET number = number + 1 WHERE seq = 2", .logEntry, "entry 2 of person"),
        (.data, "DELETE FROM use_record WHERE seq = 2", .chainBroken, "entry 3 of person"),
        (.data, "UPDATE chain SET head = \([0] as [UInt8])", .chainBroken, "the end of the chain"),
        (
            .data,
            "UPDATE log_leaf SET leaf = \(Engine.blob("\([1] as [UInt8]) || substr(leaf, 3) || \([0] as [UInt8])")) WHERE number = 5",
            .logAltered, "tile/"
        ),
        (.data, "UPDATE log_tile SET hashes = \(Engine.spoilt("hashes"))", .logAltered, "tile/0/000"),
        (.data, "DELETE FROM log_leaf WHERE number = 3", .logAltered, "tile/entries/000"),
        (.data, "UPDATE log_checkpoint SET note = replace(note, 'small', 'smell')", .logAltered, "isn't signed by this house"),
        (.data, "DELETE FROM log_checkpoint WHERE size = (SELECT max(size) FROM log_checkpoint)", .logBehind, "its keys have signed"),
        (
            .keys, "UPDATE seen_tree SET root = \([UInt8](repeating: 0, count: 32))", .logOther,
            "entries that"
        ),
        (
            .data, "UPDATE log_checkpoint SET note = replace(note, 'small', 'smell') WHERE size = (SELECT min(size) FROM log_checkpoint)",
            .logAltered, "entries in log_checkpoint isn't signed"
        ),
        (.data, "UPDATE log_public SET note = replace(note, 'small', 'smell')", .logAltered, "entries in log_public isn't signed"),
        (.data, "UPDATE log_public SET size = size - 1", .logAltered, "entries in log_public isn't signed"),
        (.data, "UPDATE log_tile SET width = width + 1", .logAltered, "another width"),
        (.keys, "DELETE FROM seen_tree", .logAltered, "the keys know no tree"),
        (.keys, "UPDATE seen_tree SET size = -1", .numberDamaged, "seen_tree: -1 entries"),
        (
            .data, "UPDATE log_checkpoint SET size = -1 WHERE size = (SELECT min(size) FROM log_checkpoint)", .numberDamaged,
            "log_checkpoint: -1"
        ),
        (
            .data, "INSERT INTO leaf_waiting (subject, seq, leaf) SELECT id, 2, \([UInt8](repeating: 1, count: 33)) FROM subject",
            .logEntry,
            "leaf_waiting has entry 2"
        ),
        (.keys, "UPDATE seen_entry SET leaf = \(Engine.spoilt("leaf"))", .chainBroken, "isn't the one that the keys have seen"),
        (.data, "DELETE FROM keys_known", .rowMissing, Engine.says("keys_known in data.sqlite", onPostgres: "keys_known in ")),
        (.data, "DELETE FROM known_time", .rowMissing, "known_time"), (.data, "DELETE FROM log_origin", .rowMissing, "log_origin"),
        (.data, "UPDATE log_origin SET name = 'another/log'", .logAltered, "isn't signed by this house as another/log"),
        (.keys, "DELETE FROM ring", .rowMissing, "ring in"), (.keys, "DELETE FROM change_count", .rowMissing, "change_count"),
        (.data, "UPDATE policy_force SET name = replace(name, '1 ', '2 ')", .policyAltered, "policy_force has other rules"),
        (.data, "DELETE FROM policy_force", .policyAltered, "policy_force doesn't say"),
        (.keys, "DELETE FROM seen_entry", .chainCut, "have never seen the entries"),
        (.data, "DELETE FROM record", .recordLost, "record 0 of class"),
        (.data, "DELETE FROM number_given", .numbersLost, "policy_version: 1 is given"),
        (.data, "DELETE FROM use_month", .rowsLost, "use_month lacks"),
        (.keys, "UPDATE seen_entry SET seq = seq + 2", .chainCut, "entries 6 to 7"),
        (.keys, "UPDATE seen_entry SET cut = 4", .chainCut, "before entry 4"),
        (.keys, "UPDATE address SET sealed = \(Engine.spoilt("sealed"))", .lookup, "look-up"),
        (.keys, "UPDATE address SET bucket = bucket + 1", .lookup, "look-up"),
        (.keys, "UPDATE address SET owner = \([0] as [UInt8])", .lookup, "look-up"),
        (.data, "DELETE FROM subject", .rowMissing, "subject in "),
        (.data, "DELETE FROM subject", .rowMissing, "whose keys and entries are there"),
        (.data, "INSERT INTO chain (subject, seq, head) VALUES (77, 1, \([0] as [UInt8]))", .rowsOfNobody, "chain has rows of 77"),
        (
            .keys,
            "INSERT INTO class_key (subject, kind, generation, made, confirmed, wrapped) SELECT 77, kind, 1, 0, 1, wrapped FROM class_key",
            .keysOfNobody, "keys of 77"
        ),
        (
            .keys, "INSERT INTO lookup VALUES (\([11, 67] as [UInt8]), \([105] as [UInt8]), \([174] as [UInt8]))", .lookup,
            "row 0b43 of the former table"
        ),
        (.keys, "INSERT INTO destroyed (subject, at) SELECT DISTINCT subject, 0 FROM class_key", .forgottenThere, "keys of person"),
        (
            .data, "INSERT INTO erasure (subject, receipt, day) SELECT id, \([UInt8]()), 0 FROM subject", .stateAltered,
            "is being deleted by a row that this house didn't write"
        ),
        (.keys, "INSERT INTO touched (bucket, subject, kind) VALUES (9, 0, 0)", .renewalOverdue, "buckets"),
        (
            .keys, "UPDATE house SET id = \([1] as [UInt8])", .housesDiffer,
            Engine.says("data.sqlite and keys.sqlite", onPostgres: " and the database ")
        ),
        (
            .keys, "INSERT INTO item_key SELECT subject, kind, item, 1, wrapped, 0 FROM item_key WHERE generation = 2", .keyDamaged,
            "generation 1"
        ),
        (
            .data,
            "INSERT INTO job (bucket, key, kind, payload, due, failed, reason) VALUES (1, 'k', 'mail', \([UInt8]()), 0, 0, 'refused')",
            .jobFailed,
            "mail on 1970-01-01"
        ),
        (
            .data, "INSERT INTO job (bucket, key, kind, payload, due) VALUES (1, 'k', 'mail', \([UInt8]()), 0)", .jobStuck,
            "mail, due since 1970-01-01"
        ),
        (
            .data, "UPDATE policy_version SET digest = \([UInt8](repeating: 0, count: 32))", .policyAltered,
            "version 1 (row 1 of policy_version): its digest"
        ),
        (
            .data, "UPDATE policy_version SET document = \(Engine.blob("document || \([0x20] as [UInt8])"))", .policyAltered,
            "version 1 (row 1"
        ),
        (
            .data, "INSERT INTO policy_proposal (id, text, document, proposed) VALUES (9, 'voffice policy 1', \([UInt8]()), 0)",
            .policyAltered,
            "proposal 9: its note can't be read"
        ),
        (.data, "INSERT INTO migration (room, number, name) VALUES ('vault', 99, 'of later')", .migrationPending, ""),
    ]

    @Test(arguments: harms.indices) func `names what was changed, exactly`(_ number: Int) async throws {
        let (house, _) = try await lived(), (place, sql, kind, what) = Self.harms[number]
        // Long after the last renewal, and the log was lately at work.
        if kind == .renewalOverdue {
            _ = try await house.vault.renewTouchedKeys()
            house.clock.advance(by: .seconds(3 * 86_400))
        }
        switch place {
        case .data: try house.sql(sql)
        case .keys:
            try await house.vault.keys.store.write { (rows) throws(Refusal) in
                try rows.run(sql)
                return
            }
        }
        guard kind != .migrationPending else {
            #expect(throws: HouseFault.self) { try look(at: house) }
            return
        }
        let findings = try look(at: house)
        #expect(findings.contains { $0.kind == kind && $0.what.contains(what) }, "\(findings)")
    }

    @Test func `names an erasure that was begun and not finished`() async throws {
        let (house, sari) = try await lived(), vault = house.vault
        try await house.store.write { (rows) throws(Refusal) in try vault.note(erasureOf: sari, [], Day(0), in: rows) }
        #expect(try look(at: house).contains { $0.kind == .erasureUnfinished && $0.what.contains("begun on 1970-01-01") })
    }

    @Test func `names a row that deletes somebody and isn't ours, and the house destroys nothing by it`() async throws {
        let (house, sari) = try await lived()
        for row in ["\([UInt8]()), 0, NULL", "\([UInt8](repeating: 7, count: 32)), 1, \([UInt8](repeating: 7, count: 32))"] as [SQL] {
            try house.sql("INSERT INTO erasure (subject, receipt, day, word) SELECT \(sari), \(row)")
            try await house.reopen()
            await #expect(throws: Refusal.self) { try await house.vault.finishErasures() }
            #expect(try look(at: house).map(\.kind) == [.stateAltered])
            #expect(try await house.read(sari) == "Sari W.", "nobody is shut out by it")
            try house.sql("DELETE FROM erasure")
            #expect(try await house.read(sari) == "Sari W.")
        }
        try await house.vault.sequence()
        #expect(try look(at: house) == [])
        // Nor is anybody kept here by it.
        try house.sql("INSERT INTO erasure (subject, receipt, day) VALUES (\(sari), \([UInt8]()), 0)")
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        await #expect(throws: Refusal.self) { try await house.read(sari) }
        #expect(try house.store.read { (rows) throws(StoreFault) in try !rows.exists("SELECT 1 FROM erasure") })
    }

    @Test func `names the missing end of a chain, whose person goes on reading and being entered`() async throws {
        let (house, sari) = try await lived()
        try house.sql("DELETE FROM chain")
        #expect(try look(at: house).contains { $0.kind == .chainCut })
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 100).allSatisfy { $0.proof != .mismatch })
        try await house.vault.sequence()
        #expect(try look(at: house) == [])
    }

    @Test func `names a key that a crash left behind, and the house sweeps it`() async throws {
        let (house, sari) = try await lived(), vault = house.vault
        let present = try #require(try vault.stored(of: sari).first).name
        let before = RecordName(subject: sari, kind: present.kind, item: 0, generation: present.generation - 1)
        _ = try await vault.renewTouchedKeys()
        _ = try await vault.keys.makeKeys(for: [before, present.next()])
        // What a crash left just now isn't wrong yet.
        #expect(try look(at: house) == [])
        house.clock.advance(by: .seconds(3 * 86_400))
        let told = try look(at: house).map(\.what)
        #expect(told.count == 2 && told.allSatisfy { $0.contains("of person \(sari.id)") }, "\(told)")
        // A key that is about to be used looks the same, so that one goes only when it is still there the day after.
        #expect(try await vault.sweepKeysOfNothing() == 1)
        house.clock.advance(by: .seconds(86_400))
        #expect(try await vault.sweepKeysOfNothing() == 1)
        #expect(try vault.keys.key(of: before) == nil && vault.keys.key(of: present.next()) == nil)
        _ = try await vault.renewTouchedKeys()
        #expect(try look(at: house) == [])
        _ = try await house.read(sari)
    }

    @Test func `names what an interrupted renewal left`() async throws {
        let (house, _) = try await lived(), keys = house.vault.keys
        try keys.rings.roots.make(2, from: keys.randomness)
        #expect(try look(at: house) == [Finding(.renewalUnfinished, "root.2")])
    }

    @Test func `counts what it doesn't name`() async throws {
        let (house, _) = try await lived()
        for number in 1...30 as ClosedRange<Int64> {
            let key = "k\(number)"
            try house.sql("INSERT INTO job (bucket, key, kind, payload, due) VALUES (1, \(key), 'mail', \([UInt8]()), 0)")
        }
        let told = try look(at: house)
        #expect(told.count == 21 && told.last?.what == "and 10 more of this kind")
    }

    @Test func `has a next step for every kind`() {
        for kind in Finding.Kind.allCases { #expect(kind.next.hasSuffix(".") || kind.next.hasSuffix("`.") || kind.next.hasSuffix("?")) }
    }
}
