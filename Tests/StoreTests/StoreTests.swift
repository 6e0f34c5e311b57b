// Opening, reading, migrating and closing a database.
import Engines
import Glibc
import Store
import Testing

struct StoreTests {
    let directory = Directory()

    @Test func `a reader sees one moment while others write`() async throws {
        let store = try Store.withMelati(in: directory)
        let seen = try store.read { rows throws(StoreFault) in
            let before = try rows.first("SELECT count(*) FROM reservation") { $0.integer(0) }
            try store.writeAndWait { rows throws(StoreFault) in try rows.run("INSERT INTO reservation VALUES (1, 1, 'Ayu')") }
            return [before, try rows.first("SELECT count(*) FROM reservation") { $0.integer(0) }]
        }
        #expect(seen == [0, 0])
        #expect(try store.reservations == ["Ayu"])
    }

    @Test func `a reader can't write`() throws {
        let store = try Store.withMelati(in: directory)
        #expect(throws: StoreFault.readOnly) {
            try store.read { rows throws(StoreFault) in try rows.exists("DELETE FROM room RETURNING 1") }
        }
    }

    @Test func `more readers than connections take turns`() async throws {
        let store = try directory.open(readers: 2)
        await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { #expect(try! store.reservations.isEmpty) } }
        }
    }

    @Test func `what was written is there after opening again`() async throws {
        do {
            let store = try Store.withMelati(in: directory)
            try await store.reserve(1, for: "Budi")
            store.close()
        }
        #expect(try directory.open().reservations == ["Budi"])
    }

    @Test func `a new step is applied once, a shorter list is refused`() throws {
        let longer = Migrations(
            room: "MeetingRooms", everywhere: ["room"],
            steps: [roomsAndReservations, ("colours", ["ALTER TABLE room ADD COLUMN colour TEXT", "UPDATE room SET colour = 'white'"])])
        try Store.withMelati(in: directory).close()
        for _ in 0..<2 {
            let store = try directory.open([longer])
            let colour = try store.read { rows throws(StoreFault) in try rows.first("SELECT colour FROM room") { $0.text(0) } }
            #expect(colour == "white")
            store.close()
        }
        #expect(throws: StoreFault.newer("MeetingRooms: colours")) { try directory.open() }
    }

    @Test func `a step that was renamed is refused`() throws {
        try Store.withMelati(in: directory).close()
        let renamed = Migrations(room: "MeetingRooms", steps: [("rooms only", ["CREATE TABLE room (id INTEGER) STRICT"])])
        #expect(
            throws: StoreFault.corrupt(
                "its table `migration` calls step 0 of MeetingRooms “rooms and reservations”, which is “rooms only”")
        ) { try directory.open([renamed]) }
    }

    @Test func `of a migration that fails nothing stays`() throws {
        let one: SQL = "CREATE TABLE one (id INTEGER) STRICT"
        let broken = Migrations(room: "Broken", steps: [("one", [one, one])])
        #expect(throws: StoreFault.statement(Engine.says("table one already exists", onPostgres: "relation \"one\" already exists"))) {
            try directory.open([meetingRooms, broken])
        }
        let store = try directory.open([])
        #expect(try store.tables() == ["idempotency", "job", "migration", "number_given", "write_group"])
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `only the owner can read the files`() async throws {
        let store = try Store.withMelati(in: directory)
        for suffix in ["", "-wal", "-shm"] {
            var status = stat()
            #expect(stat(directory.database + suffix, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
        store.close()
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `a checkpoint empties the write-ahead log`() async throws {
        let store = try Store.withMelati(in: directory)
        try await store.reserve(1, for: "a name that will be forgotten")
        try store.checkpoint()
        var status = stat()
        #expect(stat(directory.database + "-wal", &status) == 0)
        #expect(status.st_size == 0)
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `one byte changed in the header is refused as damage`() throws {
        try Store.withMelati(in: directory).close()
        let file = fopen(directory.database, "r+")!
        fputc(0, file)
        fclose(file)
        #expect(throws: StoreFault.corrupt("rooms.db: file is not a database")) { try directory.open() }
    }

    @Test(.enabled(if: Only.sqlite(.pages))) func `a full disk is known until there is room again, and reads go on`() async throws {
        let store = try Store.withMelati(in: directory)
        #expect(store.writeFault == nil)
        try await store.write { (rows) throws(StoreFault) in try rows.run("PRAGMA max_page_count = 1") }
        await #expect(throws: StoreFault.full) {
            try await store.write { (rows) throws(StoreFault) in
                let much = [UInt8](repeating: 7, count: 200_000)
                try rows.run("INSERT INTO job (bucket, key, kind, payload, due) VALUES (1, 'much', 'mail', \(much), 0)")
            }
        }
        #expect(store.writeFault == .full)
        _ = try store.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM migration") }
        try await store.write { (rows) throws(StoreFault) in try rows.run("PRAGMA max_page_count = 100000") }
        await store.tryWritingAgain()
        #expect(store.writeFault == nil)
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `a directory that isn't there is named`() {
        #expect(throws: StoreFault.inputOutput("/nowhere/rooms.db: No such file or directory")) {
            try Store.open(path: "/nowhere/rooms.db", migrations: [])
        }
    }

    @Test func `a clock moved by hand tells where it was moved to`() {
        let clock = ManualClock(Instant(seconds: 100))
        clock.advance(by: .milliseconds(1500))
        #expect(clock.now() == Instant(microseconds: 101_500_000))
        #expect(clock.now() - Instant(seconds: 100) == .milliseconds(1500))
        #expect(Instant(microseconds: -1).seconds == -1)
    }
}
