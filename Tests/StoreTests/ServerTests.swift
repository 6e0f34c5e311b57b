// What happens only where the database is on a server: others write too, lines are cut, and rights are lacking.
import Engines
import Glibc
import Synchronization
import Testing

@testable import Store

@Suite(.enabled(if: Only.postgres(.server))) struct ServerTests {
    let directory = Directory()

    private final class Runs: Sendable {
        private let number = Atomic(0)
        var count: Int { number.load(ordering: .acquiring) }
        func add() { number.add(1, ordering: .acquiringAndReleasing) }
    }

    private func act(_ sql: SQL, on database: Database) throws {
        guard case .server(let server) = database else { return }
        let line = try PostgresLine(server, for: .reading)
        _ = try line.exchange([.once(Dialect.postgres.text(of: sql.shape), sql.values)])
    }

    @Test func `no question is compiled before it is answered, which would take longer than the answer`() async throws {
        let store = try directory.open()
        @Sendable func compiles<Failure>(_ rows: borrowing Snapshot<Failure>) throws(Failure) -> String? {
            try rows.first("SELECT current_setting('jit')") { $0.text(0) }
        }
        #expect(try store.read { (rows) throws(StoreFault) in try compiles(rows) } == "off")
        #expect(try await store.write { (rows) throws(StoreFault) in try compiles(rows.snapshot) } == "off")
    }

    @Test func `of two servers that write at once each number is given once`() async throws {
        let stores = [try Store.withMelati(in: directory), try directory.open()], runs = Runs()
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for turn in 0..<200 {
                group.addTask {
                    try await stores[turn % 2].write { (rows) throws(StoreFault) in
                        runs.add()
                        return try rows.nextNumber(of: "invoices")
                    }
                }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...200))
        #expect(runs.count >= 200)
    }

    @Test func `what two read before they wrote is not overlooked`() async throws {
        let stores = [try Store.withMelati(in: directory), try directory.open()]
        // Each reserves only where nobody has: one of them has to see the other.
        let granted = await withTaskGroup(of: Int.self) { group in
            for (place, store) in stores.enumerated() {
                group.addTask {
                    let outcome: Void? = try? await store.write { (rows) throws(NotReserved) in
                        guard try !rows.exists("SELECT 1 FROM reservation WHERE room = 1") else { throw .taken }
                        usleep(50_000)
                        try rows.run("INSERT INTO reservation (room, slot, person) VALUES (1, \(place), 'Ayu')")
                    }
                    return outcome == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(granted == 1)
        #expect(try stores[0].reservations == ["Ayu"])
    }

    @Test func `who is stopped in the midst of a write holds up nobody for long, and begins it again`() async throws {
        let stores = [try Store.withMelati(in: directory), try directory.open()], runs = Runs(), began = ContinuousClock.now
        async let stopped: Void = stores[0].write { (rows) throws(StoreFault) in
            try rows.run("UPDATE room SET seats = 6 WHERE id = 1")
            runs.add()
            if runs.count == 1 { usleep(3_000_000) }
        }
        while runs.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
        try await stores[1].write { (rows) throws(StoreFault) in
            try rows.run("UPDATE room SET seats = 8 WHERE id = 1")
            return
        }
        #expect(ContinuousClock.now - began < .seconds(3))
        try await stopped
        #expect(runs.count == 2)
        #expect(try stores[1].read { (rows) throws(StoreFault) in try rows.first("SELECT seats FROM room") { $0.integer(0) } } == 6)
    }

    @Test func `lines that the server ended are replaced without anybody hearing of it`() async throws {
        let store = try Store.withMelati(in: directory)
        #expect(try store.reservations.isEmpty)
        try act(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            on: Engine.database(at: directory.database))
        #expect(try store.reservations.isEmpty)
        try await store.reserve(1, for: "Budi")
        #expect(try store.reservations == ["Budi"])
    }

    @Test(arguments: [Cutter.Cut.beforeCommit, .afterCommit])
    func `a write whose line is cut at its end is done once`(cut: Cutter.Cut) async throws {
        try Store.withMelati(in: directory).close()
        guard case .server(let server) = Engine.database(at: directory.database) else { return }
        let cutter = Cutter(before: try #require(Engine.socket), in: directory.path)
        defer { cutter.close() }
        let name = server.name.split(separator: " ")[0]
        let through = Database.server(try PostgresServer("postgres:///\(name)?host=\(directory.path)&user=house"))
        let store = try Store.open(through, migrations: [meetingRooms]), runs = Runs()
        defer { store.close() }
        try await store.reserve(1, for: "Dewi")
        cutter.cut(cut)
        try await store.write { (rows) throws(StoreFault) in
            runs.add()
            try rows.run("INSERT INTO reservation (room, slot, person) VALUES (1, 2, 'Eka')")
        }
        #expect(runs.count == (cut == .beforeCommit ? 2 : 1))
        #expect(try store.reservations == ["Dewi", "Eka"])
    }

    @Test func `a server that is gone is named, and its return is noticed`() async throws {
        let store = try Store.withMelati(in: directory), cutter = Cutter(before: try #require(Engine.socket), in: directory.path)
        guard case .server(let server) = Engine.database(at: directory.database) else { return }
        let through = Database.server(
            try PostgresServer("postgres:///\(server.name.split(separator: " ")[0])?host=\(directory.path)&user=house"))
        store.close()
        let behind = try Store.open(through, migrations: [meetingRooms])
        try await behind.reserve(1, for: "Fitri")
        cutter.isOpen.store(false, ordering: .releasing)
        try act(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            on: Engine.database(at: directory.database))
        for attempt in [{ () async throws in _ = try behind.reservations }, { try await behind.reserve(2, for: "Gita") }] {
            do {
                try await attempt()
                Issue.record("nothing was wrong")
            } catch { #expect("\(error)".contains("can't be reached"), "\(error)") }
        }
        #expect(behind.writeFault != nil)
        cutter.isOpen.store(true, ordering: .releasing)
        #expect(try behind.reservations == ["Fitri"])
        try await behind.reserve(2, for: "Gita")
        #expect(behind.writeFault == nil)
        behind.close()
        cutter.close()
    }

    @Test func `a mark tells what became of a group, also while it is under way`() throws {
        try Store.withMelati(in: directory).close()
        guard case .server(let server) = Engine.database(at: directory.database) else { return }
        let done = WriteGroup(), never = WriteGroup(), underWay = WriteGroup()
        let line = try PostgresLine(server, for: .writing)
        func enter(_ group: WriteGroup) throws { _ = try line.exchange([.once(WriteGroup.entering, group.entry)]) }
        try enter(done)
        #expect(try done.wasCommitted(on: server))
        for _ in 0..<2 { #expect(try !never.wasCommitted(on: server)) }
        // Whoever was asked about can't be committed any more.
        #expect(throws: PostgresLine.Failed.self) { try enter(never) }
        _ = try line.exchange([.once("BEGIN"), .once(WriteGroup.entering, underWay.entry)])
        let ending = Mutex(Optional(line))
        startThread {
            usleep(200_000)
            ending.withLock { _ = try? $0?.exchange([.once("COMMIT")]) }
        }
        #expect(try underWay.wasCommitted(on: server))
    }

    @Test func `who passes over a fault loses that part, and the others keep theirs`() async throws {
        let store = try Store.withMelati(in: directory)
        await withTaskGroup { group in
            for slot in 0..<20 {
                group.addTask {
                    let fault = await #expect(throws: StoreFault.self) {
                        try await store.write { (rows) throws(StoreFault) in
                            _ = try? rows.run("INSERT INTO room (id, name) VALUES (2, 'Melati')")
                            _ = try? rows.run("INSERT INTO reservation (room, slot, person) VALUES (1, \(100 + slot), 'Hana')")
                        }
                    }
                    #expect(fault == .conflict("room.name"))
                    try! await store.reserve(slot, for: "Indra")
                }
            }
        }
        #expect(try store.reservations == Array(repeating: "Indra", count: 20))
    }

    @Test func `a statement that failed once is the same statement the next time, and the first row comes alone`() async throws {
        let store = try Store.withMelati(in: directory)
        for _ in 0..<3 {
            await #expect(throws: StoreFault.conflict("room.name")) {
                try await store.write { (rows) throws(StoreFault) in try rows.run("INSERT INTO room (id, name) VALUES (2, 'Melati')") }
            }
        }
        let (kept, all): (Int64?, Int64?) = try await store.write { (rows) throws(StoreFault) in
            (
                try rows.first("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO room (id%'") {
                    $0.integer(0)
                },
                try rows.first("SELECT value FROM generate_series(1, 100) AS value ORDER BY value") { $0.integer(0) }
            )
        }
        #expect(kept == 1 && all == 1)
        #expect(Dialect.first(of: "SELECT a FROM b") == "SELECT a FROM b LIMIT 1")
        #expect(Dialect.first(of: "SELECT a FROM b ORDER BY c LIMIT $1") == "SELECT a FROM b ORDER BY c LIMIT $1")
        #expect(Dialect.first(of: "UPDATE b SET a = 1 RETURNING a") == "UPDATE b SET a = 1 RETURNING a")
    }

    @Test func `a sum is a whole number, also of much and of less than nothing`() throws {
        let store = try directory.open()
        let sums = try store.read { (rows) throws(StoreFault) in
            try [0, 7, -7, 10_000, 123_456_789_012_345, -9_000_000_000_000_000].map { (number: Int64) throws(StoreFault) in
                try rows.first("SELECT sum(n) FROM (SELECT \(number) AS n UNION ALL SELECT 0) AS of") { $0.integer(0) }
            }
        }
        #expect(sums == [0, 7, -7, 10_000, 123_456_789_012_345, -9_000_000_000_000_000])
    }

    @Test func `a database of somebody else, or made otherwise, is refused by name`() throws {
        let other = Engine.database(at: directory.path + "/other.db"),
            sorted = Engine.database(at: directory.path + "/sorted.db", madeBy: "TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
        try act("CREATE TABLE invoice (id INTEGER)", on: other)
        #expect(throws: StoreFault.foreign("it holds other tables, like invoice")) { try Store.open(other, migrations: []) }
        let fault = #expect(throws: StoreFault.self) { try Store.open(sorted, migrations: []) }
        guard case .foreign(let why) = fault, why.contains("createdb") else { Issue.record("\(String(describing: fault))"); return }
    }

    @Test func `a lacking right, a database that only reads, and one that isn't there are named`() async throws {
        let database = Engine.database(at: directory.database), store = try Store.withMelati(in: directory)
        guard case .server(let server) = database else { return }
        let name = String(server.name.split(separator: " ")[0])
        let socket = try #require(Engine.socket)
        try act("CREATE ROLE clerk_of_none LOGIN", on: database)
        defer { try? act("DROP ROLE clerk_of_none", on: database) }
        func opened(as role: String, _ name: String) throws(StoreFault) -> Store {
            try Store.open(.server(try! PostgresServer("postgres:///\(name)?host=\(socket)&user=\(role)")), migrations: [meetingRooms])
        }
        let denied = #expect(throws: StoreFault.self) { try opened(as: "clerk_of_none", name) }
        guard case .denied(let right) = denied, right.contains("permission denied") else {
            Issue.record("\(String(describing: denied))"); return
        }
        let missing = #expect(throws: StoreFault.self) { try opened(as: "house", "nowhere") }
        guard case .unreachable(let what) = missing, what.contains("does not exist") else {
            Issue.record("\(String(describing: missing))"); return
        }
        store.close()
        let reading = try directory.open()
        await #expect(throws: StoreFault.readOnly) {
            try await reading.write { (rows) throws(StoreFault) in
                try rows.run("SET LOCAL transaction_read_only = on")
                try rows.run("DELETE FROM reservation")
            }
        }
    }

    @Test func `who waits too long is told so`() async throws {
        guard case .server(var server) = Engine.database(at: directory.database) else { return }
        server.patience.waiting = .milliseconds(200)
        server.patience.answering = .milliseconds(300)
        let store = try Store.open(.server(server), migrations: [meetingRooms], readers: 1)
        try store.read { (rows) throws(StoreFault) in
            #expect(throws: StoreFault.crowded) { try store.reservations }
            #expect(throws: StoreFault.slow) { try rows.exists("SELECT pg_sleep(5)") }
        }
        await #expect(throws: StoreFault.busy) {
            let line = try PostgresLine(server, for: .writing)
            _ = try line.exchange([.once("BEGIN"), .once("LOCK TABLE reservation")])
            try await store.write { (rows) throws(StoreFault) in try rows.run("DELETE FROM reservation") }
        }
        #expect(try store.reservations.isEmpty)
    }
}
