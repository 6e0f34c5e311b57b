// How tables lie on a server: those that grow in parts, whatever was there before, and everything about them as it was.
import Engines
import Testing

@testable import Store

@Suite(.enabled(if: Only.postgres(.server))) struct PartsTests {
    let directory = Directory()

    private static let guests = Migrations(
        room: "Guests", everywhere: ["door"],
        steps: [
            (
                "guests",
                [
                    "CREATE TABLE door (name TEXT NOT NULL PRIMARY KEY) STRICT",
                    """
                    CREATE TABLE guest (id INTEGER NOT NULL PRIMARY KEY, token BLOB NOT NULL UNIQUE, door TEXT NOT NULL REFERENCES door,
                        came INTEGER NOT NULL DEFAULT 7 CHECK (came > 0)) STRICT
                    """,
                    "CREATE TABLE gone (id INTEGER NOT NULL PRIMARY KEY REFERENCES guest) STRICT",
                    "CREATE TABLE cough (guest INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
                    "CREATE INDEX guest_late ON guest (came) WHERE came > 20", "CREATE INDEX cough_guest ON cough (guest, at)",
                    "CREATE TABLE bell (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), rung INTEGER NOT NULL) STRICT",
                ]
            )
        ])

    private func database(parts: Int) -> Database {
        guard case .server(var server) = Engine.database(at: directory.database) else { preconditionFailure("a file") }
        server.parts = parts
        return .server(server)
    }

    private func fill(_ store: Store) throws {
        try store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("INSERT INTO door (name) VALUES ('north')")
            for id in 0..<200 { try rows.run("INSERT INTO guest (id, token, door) VALUES (\(id), \([UInt8(id)]), 'north')") }
            for id in 0..<20 { try rows.run("INSERT INTO gone (id) VALUES (\(id))") }
            try rows.run("INSERT INTO cough (guest, at) VALUES (1, 2), (1, 2), (3, 4)")
        }
    }

    private func all(_ store: Store, _ sql: SQL) throws -> [String] {
        try store.read { (rows) throws(StoreFault) in try rows.all(sql) { $0.text(0) } }
    }

    private func expectWhole(_ store: Store) throws {
        let found = try store.read { (rows) throws(StoreFault) in
            try rows.wholeTables().map { table throws(StoreFault) in "\(table.name) \(try rows.count(of: table))" }
        }
        #expect(Set(found).isSuperset(of: ["door 1", "guest 200", "gone 20", "cough 3", "bell 0"]))
        let names = try store.read { (rows) throws(StoreFault) in try rows.wholeTables().map(\.name) }
        #expect(
            names.firstIndex(of: "door")! < names.firstIndex(of: "guest")! && names.firstIndex(of: "guest")! < names.firstIndex(of: "gone")!
        )
    }

    @Test func `those that grow are divided, those of a few rows aren't`() throws {
        let store = try Store.open(database(parts: 4), migrations: [Self.guests])
        try fill(store)
        let parts = try all(
            store,
            "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' AND relname NOT LIKE 'job%' AND relname NOT LIKE 'idem%' ORDER BY relname"
        )
        #expect(parts == ["cough", "gone", "guest"].flatMap { name in (0..<4).map { "\(name)_\($0)" } })
        #expect(try all(store, "SELECT tableoid::regclass::text FROM guest GROUP BY 1 HAVING count(*) > 20").count == 4)
        try expectWhole(store)
        store.close()
    }

    @Test func `a database of before is carried over with all that is in it, and once`() throws {
        let before = try Store.open(database(parts: 1), migrations: [Self.guests])
        #expect(try all(before, "SELECT relname FROM pg_class WHERE relispartition").isEmpty)
        try fill(before)
        before.close()
        for parts in [3, 5] {
            let store = try Store.open(database(parts: parts), migrations: [Self.guests])
            try expectWhole(store)
            #expect(
                try all(store, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' AND relname LIKE 'guest%'").count == 3)
            let indexes = try all(store, "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'guest'::regclass ORDER BY 1")
            #expect(indexes == ["guest_late", "guest_pkey", "guest_token_key"])
            for (wrong, fault) in [
                ("INSERT INTO guest (id, token, door) VALUES (5, 'x', 'north')", StoreFault.conflict("guest.id")),
                ("INSERT INTO guest (id, token, door) VALUES (500, 'x', 'south')", nil),
                ("INSERT INTO guest (id, token, door, came) VALUES (500, 'x', 'north', 0)", nil),
                ("INSERT INTO gone (id) VALUES (900)", nil), ("DELETE FROM guest WHERE id = 3", nil),
            ] as [(SQL, StoreFault?)] {
                let said = #expect(throws: StoreFault.self) { try store.writeAndWait { (rows) throws(StoreFault) in try rows.run(wrong) } }
                if let fault {
                    #expect(said == fault)
                } else if case .violated = said {
                } else {
                    Issue.record("\(String(describing: said))")
                }
            }
            store.close()
        }
    }

    @Test func `a step that comes later changes every part`() throws {
        try Store.open(database(parts: 2), migrations: [Self.guests]).close()
        let later = Migrations(
            room: "Guests", everywhere: ["door"],
            steps: Self.guests.steps + [("hats", ["ALTER TABLE guest ADD COLUMN hat TEXT", "CREATE INDEX guest_hat ON guest (hat)"])])
        let store = try Store.open(database(parts: 2), migrations: [later])
        let changed = try all(
            store,
            "SELECT relname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attname = 'hat' AND relkind IN ('r', 'p') ORDER BY 1"
        )
        #expect(changed == ["guest", "guest_0", "guest_1"])
        store.close()
    }
}
