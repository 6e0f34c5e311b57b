// Values are bound, never written into the text.
import Engines
import Store
import Testing

struct SQLTests {
    let directory = Directory()

    @Test func `every kind of value comes back as it was bound`() throws {
        let store = try directory.open()
        let start = Instant(microseconds: 1_772_330_400_123_456)
        let absent: Int64? = nil, present: Int? = 12
        let name = "Ruang “Melati”\(Engine.says("\u{0}", onPostgres: "")); --", plan: [UInt8] = [0, 255, 1]
        try store.read { rows throws(StoreFault) in
            try rows.each("SELECT \(-7), \(name), \(plan), \(true), \(start), \(absent), \(present)") {
                #expect($0.integer(0) == -7)
                #expect($0.text(1) == name)
                #expect($0.blob(2) == plan)
                #expect($0.bool(3) == true)
                #expect($0.instant(4) == start)
                #expect($0.integerOrNil(5) == nil)
                #expect($0.integerOrNil(6) == 12)
            }
        }
    }

    @Test(.enabled(if: Only.sqlite(.words))) func `an empty text and an empty blob are not NULL`() throws {
        let store = try directory.open()
        let kinds = try store.read { rows throws(StoreFault) in
            try rows.first("SELECT typeof(\("")), typeof(\([UInt8]())), length(\(""))") { [$0.text(0), $0.text(1), "\($0.integer(2))"] }
        }
        #expect(kinds == ["text", "blob", "0"])
    }

    @Test(arguments: [1, 2, 8, 9, SQL.mostInList]) func `a list has all of its values, and no other`(_ count: Int) throws {
        let store = try directory.open(), values = (1...count).map { Int64($0) }
        try store.read { rows throws(StoreFault) in
            for value in [1, Int64(count)] { #expect(try rows.exists("SELECT 1 WHERE \(value) IN (\(SQL.list(values)))")) }
            for value in [0, Int64(count + 1)] { #expect(try !rows.exists("SELECT 1 WHERE \(value) IN (\(SQL.list(values)))")) }
        }
    }

    @Test func `a name that looks like SQL is stored as a name`() async throws {
        let store = try Store.withMelati(in: directory)
        let name = "Robert'); DROP TABLE reservation; --"
        try await store.reserve(1, for: name)
        #expect(try store.reservations == [name])
    }

    @Test func `a piece of SQL is spliced in with its values in place`() throws {
        let store = try directory.open()
        let condition: SQL = "seats >= \(8) AND name <> \("Anggrek")"
        try store.writeAndWait { rows throws(StoreFault) in
            for (id, name, seats) in [(1, "Melati", 8), (2, "Anggrek", 10), (3, "Kenanga", 4)] {
                try rows.run("INSERT INTO room (id, name, seats) VALUES (\(id), \(name), \(seats))")
            }
        }
        let rooms = try store.read { rows throws(StoreFault) in
            try rows.all("SELECT name FROM room WHERE id > \(0) AND \(condition) LIMIT \(5)") { $0.text(0) }
        }
        #expect(rooms == ["Melati"])
    }

    @Test func `a statement may be asked again while it is being read`() throws {
        let store = try directory.open()
        let found = try store.read { rows throws(StoreFault) in
            func digits(_ rows: borrowing Snapshot<StoreFault>, depth: Int) throws(StoreFault) -> [Int64] {
                try rows.all("SELECT 1 AS value UNION ALL SELECT 2") { row in
                    depth == 0 ? [row.integer(0)] : [row.integer(0)] + ((try? digits(rows, depth: depth - 1)) ?? [])
                }.flatMap { $0 }
            }
            return try digits(rows, depth: 1)
        }
        #expect(found == [1, 1, 2, 2, 1, 2])
    }

    @Test func `a typed id is bound as what it holds`() throws {
        enum Layout: String, SQL.Bindable { case boardroom }
        let store = try directory.open()
        let text = try store.read { rows throws(StoreFault) in try rows.first("SELECT \(Layout.boardroom)") { $0.text(0) } }
        #expect(text == "boardroom")
    }

    @Test func `a wrong statement is a fault that names the mistake`() throws {
        let store = try directory.open()
        #expect(throws: StoreFault.statement(Engine.says("no such table: roof", onPostgres: "relation \"roof\" does not exist"))) {
            try store.read { rows throws(StoreFault) in try rows.exists("SELECT 1 FROM roof") }
        }
    }

    @Test func `a double-quoted word is never taken for text`() throws {
        let store = try directory.open()
        #expect(throws: StoreFault.statement(Engine.says("no such column: Melati", onPostgres: "column \"Melati\" does not exist"))) {
            try store.read { rows throws(StoreFault) in try rows.exists("SELECT 1 FROM room WHERE name = \"Melati\"") }
        }
    }
}
