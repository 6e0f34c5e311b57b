// `voffice admin mend`: what was taken out or changed of the house's own rows comes back where the rest shows what it was, and nothing else.

import Engines
import Foundation
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `A house that is mended` {
    private func mend(_ house: SmallHouse) throws -> Mended {
        house.close()
        return try Vault.mend(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path), mirror: house.folder.appending(path: "mirror").path)
    }

    private func lived() async throws -> (house: SmallHouse, sari: Subject) {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.publish(Publishing(period: 1, floor: 300))
        _ = try await house.read(sari)
        try await house.vault.sequence()
        return (house, sari)
    }

    /// The database, what was done to it, and how its mending begins.
    static let harms: [(isOfKeys: Bool, SQL, String)] = [
        (false, "UPDATE log_tile SET hashes = \(Engine.spoilt("hashes"))", "log_tile: 3 worked out anew"),
        (false, "DELETE FROM log_tile", "log_tile: 3 worked out anew"),
        (false, "DELETE FROM log_placing", "log_placing: 3"), (false, "UPDATE log_placing SET size = 7", "log_placing: 3"),
        (
            false, "INSERT INTO log_leaf (number, leaf) SELECT (SELECT max(number) + 1 FROM log_leaf), leaf FROM log_leaf WHERE number = 0",
            "log_leaf: 1 behind the"
        ),
        (
            false, "DELETE FROM log_leaf WHERE number IN (SELECT number FROM use_record WHERE number IS NOT NULL)",
            "log_leaf: "
        ),
        (true, "DELETE FROM seen_fence", "seen_fence in the keys"), (true, "DELETE FROM ring", "ring in the keys: the generation is 1"),
        (false, "DELETE FROM keys_known", "keys_known in the data"),
        (false, "DELETE FROM log_checkpoint WHERE size = (SELECT max(size) FROM log_checkpoint)", "log_checkpoint: the one of 3"),
        (false, "DELETE FROM log_checkpoint", "log_checkpoint: the one of 3"),
        (
            false, "UPDATE log_checkpoint SET note = 'x' || substr(note, 2) WHERE size = (SELECT max(size) FROM log_checkpoint)",
            "log_checkpoint: the one of 3"
        ),
        (
            false, "INSERT INTO log_checkpoint (size, note, at) SELECT size + 5, note, at FROM log_checkpoint ORDER BY size DESC LIMIT 1",
            "log_checkpoint: 1 behind the 3"
        ),
        (false, "UPDATE log_origin SET name = 'another/log'", "log_origin: small/log"),
        (
            false, "UPDATE log_checkpoint SET note = 'x' || substr(note, 2) WHERE size = (SELECT min(size) FROM log_checkpoint)",
            "log_checkpoint: 1 of former"
        ),
        (false, "UPDATE log_public SET note = 'x' || substr(note, 2)", "log_public: 1 of former"),
        (false, "UPDATE log_public SET size = size - 1", "log_public: 1 of former"),
        (false, "INSERT INTO log_public (size, note, at) SELECT size + 7000, 'x', at FROM log_public", "log_public: 1 behind the 3"),
        (true, "DELETE FROM seen_tree", "seen_tree in the keys: 3"), (true, "DELETE FROM change_count", "change_count in the keys"),
        (true, "DELETE FROM house", "house in the keys"), (false, "DELETE FROM house", "house in the data"),
        (
            false, "INSERT INTO leaf_waiting (subject, seq, leaf) SELECT id, 2, \([UInt8](repeating: 9, count: 33)) FROM subject",
            "leaf_waiting: 1 of which"
        ),
        (false, "DELETE FROM known_time", "known_time: 2"), (false, "DELETE FROM subject", "subject: person"),
    ]

    @Test(arguments: harms.indices) func `says what it put back, and goes on as if nothing had been`(_ number: Int) async throws {
        let (house, sari) = try await lived(), (isOfKeys, sql, said) = Self.harms[number]
        try (isOfKeys ? house.vault.keys.store : house.store).writeAndWait { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
        #expect(try !house.findings().isEmpty)
        let mended = try mend(house)
        #expect(mended.done.count == 1 && mended.open.isEmpty && mended.done[0].hasPrefix(said), "\(mended)")
        #expect(try mend(house) == Mended())
        try await house.open()
        _ = try await house.read(sari)
        if try await house.vault.sequence() == 0 {
            house.clock.advance(by: Lease.patience)
            #expect(try await house.vault.sequence() > 0)
        }
        #expect(try house.findings().isEmpty)
    }

    @Test(
        arguments: [
            (["UPDATE use_record SET leaf = \(Engine.spoilt("leaf"))"], [], "(log-entry)"),
            (["DELETE FROM house"], ["DELETE FROM house"], "(row-missing)"),
            ([], ["UPDATE seen_tree SET size = -1"], "seen_tree in the keys: -1"),
            ([], ["UPDATE seen_tree SET size = 1796138879549531"], "the keys have seen 1796138879549531"),
            (["DELETE FROM house"], ["DELETE FROM item_key"], "house in the data: these keys may be older"),
        ] as [([SQL], [SQL], String)])
    func `says what it can't put back, and what to do then`(ofData: [SQL], ofKeys: [SQL], said: String) async throws {
        let (house, _) = try await lived()
        for sql in ofData { try house.sql(sql) }
        for sql in ofKeys {
            try house.vault.keys.store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(sql)
                return
            }
        }
        let mended = try mend(house)
        #expect(mended.open.contains { $0.contains(said) && $0.contains("estore the newest backup") }, "\(mended)")
    }

    @Test(arguments: ["DELETE FROM log_checkpoint", "UPDATE log_checkpoint SET note = 'x' || substr(note, 2)"] as [SQL])
    func `signs the checkpoint that it puts back as it was, to the byte, and a start before says how`(harm: SQL) async throws {
        let (house, _) = try await lived(), note = try #require(try house.vault.checkpoint())
        try house.sql(harm)
        do {
            try await house.reopen()
            Issue.record("it opened")
        } catch let fault as HouseFault { #expect(fault.sentence.contains("`voffice admin mend`"), "\(fault.sentence)") }
        _ = try mend(house)
        try await house.open()
        #expect(try house.vault.checkpoint() == note)
    }

    @Test func `gets no checkpoint of an older copy, nor under a name that nothing shows`() async throws {
        let (house, _) = try await lived()
        try house.sql("UPDATE log_origin SET name = 'another/log'")
        try house.sql("DELETE FROM log_checkpoint")
        try house.sql("CREATE TABLE kept_public AS SELECT * FROM log_public")
        try house.sql("DELETE FROM log_public")
        let named = try mend(house)
        #expect(named.done.isEmpty && named.open.contains { $0.contains("nothing that was signed shows") }, "\(named)")
        try run("UPDATE log_origin SET name = 'small/log'", in: house)
        #expect(try mend(house).open.contains { $0.contains("nothing that was signed shows") })
        try run("INSERT INTO log_public SELECT * FROM kept_public", in: house)
        _ = try mend(house)
        try await house.open()
        try house.sql("CREATE TABLE kept_leaf AS SELECT * FROM log_leaf")
        try house.sql("CREATE TABLE kept_tile AS SELECT * FROM log_tile")
        try house.sql("CREATE TABLE kept_checkpoint AS SELECT * FROM log_checkpoint")
        house.clock.advance(by: .seconds(2))
        #expect(try await house.vault.publish(Publishing(period: 1, floor: 20)))
        for table in ["leaf", "tile", "checkpoint"] as [SQL] {
            try house.sql("DELETE FROM log_\(table)")
            try house.sql("INSERT INTO log_\(table) SELECT * FROM kept_\(table)")
        }
        let older = try mend(house)
        #expect(older.done.isEmpty && older.open.contains { $0.contains("the keys have seen") }, "\(older)")
    }

    /// In a house that is closed.
    private func run(_ sql: SQL, in house: SmallHouse) throws {
        let store = try Store.open(Engine.data(in: house.folder.path), migrations: [])
        defer { store.close() }
        try store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
    }

    @Test func `has entries of nobody's from the mirror again, and without one goes on by its tiles`() async throws {
        let (house, sari) = try await lived()
        try house.vault.mirror(into: house.folder.appending(path: "mirror").path)
        try house.sql("DELETE FROM log_leaf WHERE number IN (40, 270)")
        try house.sql(
            "UPDATE log_leaf SET leaf = \(Engine.blob("\([1] + [UInt8](repeating: 9, count: 16)) || substr(leaf, 18)")) WHERE number = 41")
        #expect(try house.findings().contains { $0.kind == .logAltered && $0.kind.next.contains("`voffice admin mend`") })
        let without = try Vault.mend(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path))
        #expect(without.done.isEmpty && without.open.count == 1 && without.open[0].hasPrefix("log_leaf: entries 40, 41, 270"), "\(without)")
        _ = try await house.read(sari)
        try await house.vault.sequence()
        let mended = try mend(house)
        #expect(
            mended.open.isEmpty
                && mended.done == ["log_leaf: 3 put back as the uses and the mirror have them, which lead to the signed root"])
        try await house.open()
        #expect(try house.findings().isEmpty)
    }

    @Test func `isn't made to fit what nobody signed`() async throws {
        let (house, _) = try await lived()
        try house.sql(
            "UPDATE log_leaf SET leaf = \(Engine.blob("\([1] + [UInt8](repeating: 9, count: 16)) || substr(leaf, 18)")) WHERE number = 40")
        try house.sql("DELETE FROM log_tile")
        try house.sql("UPDATE log_placing SET size = 7")
        let mended = try mend(house)
        #expect(mended.done.isEmpty && mended.open.count == 1 && mended.open[0].contains("restore the newest backup"), "\(mended)")
    }

    @Test func `doesn't open before, where its ring or what it knows of its keys is gone`() async throws {
        let (house, _) = try await lived()
        try house.sql("DELETE FROM keys_known")
        do {
            try await house.reopen()
            Issue.record("it opened")
        } catch let fault as HouseFault {
            #expect(fault.sentence.contains("keys_known") && fault.sentence.contains("`voffice admin mend`"))
        }
        _ = try mend(house)
        try await house.open()
        try await house.vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM ring")
            return
        }
        do {
            try await house.reopen()
            Issue.record("it opened")
        } catch let fault as HouseFault { #expect(fault.sentence.contains("ring in") && fault.sentence.contains("`voffice admin mend`")) }
    }
}
