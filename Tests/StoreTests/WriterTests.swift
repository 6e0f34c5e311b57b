// Writes share a transaction without sharing their fate.
import Engines
import Glibc
import Synchronization
import Testing

@testable import Store

struct WriterTests {
    let directory = Directory()

    @Test func `many writes at once share few commits`() async throws {
        let store = try Store.withMelati(in: directory)
        let before = store.writer.commits
        await withTaskGroup { group in
            for slot in 0..<500 { group.addTask { try! await store.reserve(slot, for: "Ayu") } }
        }
        #expect(try store.reservations.count == 500)
        #expect(store.writer.commits - before < 100)
    }

    @Test func `a refusal takes back only itself`() async throws {
        let store = try Store.withMelati(in: directory)
        let refused = await withTaskGroup(of: NotReserved?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do throws(NotReserved) {
                        try await store.write { rows throws(NotReserved) in
                            try rows.run("INSERT INTO reservation VALUES (1, \(number), 'Budi')")
                            if number.isMultiple(of: 3) { throw .taken }
                        }
                        return nil
                    } catch { return error }
                }
            }
            return await group.reduce(into: [NotReserved]()) { if let refusal = $1 { $0.append(refusal) } }
        }
        #expect(refused == Array(repeating: NotReserved.taken, count: 67))
        #expect(try store.reservations.count == 133)
    }

    @Test func `a lone refusal leaves nothing behind`() async throws {
        let store = try Store.withMelati(in: directory)
        await #expect(throws: NotReserved.taken) {
            try await store.write { rows throws(NotReserved) in
                try rows.run("INSERT INTO reservation VALUES (1, 9, 'Budi')")
                throw .taken
            }
        }
        #expect(try store.reservations.isEmpty)
    }

    @Test func `of many who want one slot exactly one gets it`() async throws {
        let store = try Store.withMelati(in: directory)
        let granted = await withTaskGroup { group in
            for _ in 0..<64 { group.addTask { (try? await store.reserve(9, for: "Citra")) == nil ? 0 : 1 } }
            return await group.reduce(0, +)
        }
        #expect(granted == 1)
    }

    private final class Queue: Sendable {
        let order = Mutex<[String]>([]), isHeld = Atomic(true), isThere = Atomic(false)

        func hold(_ store: Store) async throws {
            try await store.write { (_) throws(StoreFault) in
                self.isThere.store(true, ordering: .releasing)
                while self.isHeld.load(ordering: .acquiring) { usleep(1_000) }
            }
        }
        func write(_ name: String, goesAhead: Bool, in store: Store) async throws {
            try await store.write(goesAhead: goesAhead) { (_) throws(StoreFault) in self.order.withLock { $0.append(name) } }
        }
    }

    @Test func `who goes ahead waits for nobody but the group under way, and nobody waits for ever`() async throws {
        let store = try Store.withMelati(in: directory), queue = Queue()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await queue.hold(store) }
            while !queue.isThere.load(ordering: .acquiring) { await Task.yield() }
            for _ in 0..<1_500 { tasks.addTask { try await queue.write("Dewi", goesAhead: false, in: store) } }
            try await Task.sleep(for: .milliseconds(300))
            for _ in 0..<3 { tasks.addTask { try await queue.write("Sari", goesAhead: true, in: store) } }
            try await Task.sleep(for: .milliseconds(300))
            queue.isHeld.store(false, ordering: .releasing)
            try await tasks.waitForAll()
        }
        let done = queue.order.withLock { $0 }
        #expect(done.prefix(3) == ["Sari", "Sari", "Sari"] && done.count == 1_503)
    }

    @Test func `writes of one caller happen in the order of their asking`() async throws {
        let store = try Store.withMelati(in: directory)
        for slot in 0..<50 {
            let count = try await store.write { rows throws(StoreFault) in
                try rows.run("INSERT INTO reservation VALUES (1, \(slot), 'Dewi')")
                return try rows.first("SELECT count(*) FROM reservation") { $0.integer(0) }!
            }
            #expect(count == Int64(slot) + 1)
        }
    }

    @Test func `a second row under the same key is a conflict that names the key`() async throws {
        let store = try Store.withMelati(in: directory)
        await #expect(throws: StoreFault.conflict("room.name")) {
            try await store.write { rows throws(StoreFault) in try rows.run("INSERT INTO room (id, name) VALUES (2, 'Melati')") }
        }
    }

    @Test func `a reservation of no room is a violation`() async throws {
        let store = try directory.open()
        let fault = await #expect(throws: StoreFault.self) {
            try await store.write { rows throws(StoreFault) in try rows.run("INSERT INTO reservation VALUES (7, 1, 'Eka')") }
        }
        guard case .violated(let words) = fault else { Issue.record("\(String(describing: fault))"); return }
        #expect(
            words.hasSuffix(Engine.says("FOREIGN KEY constraint failed", onPostgres: "foreign key constraint \"reservation_room_fkey\"")))
    }

    @Test func `a write under a used key is not done again`() async throws {
        let store = try Store.withMelati(in: directory), key = IdempotencyKey("reserve-42")
        for attempt in 0..<2 {
            let outcome: StoreFault?
            do throws(StoreFault) {
                try await store.write(once: key) { rows throws(StoreFault) in
                    try rows.run("INSERT INTO reservation VALUES (1, \(attempt), 'Fitri')")
                }
                outcome = nil
            } catch { outcome = error }
            #expect(outcome == (attempt == 0 ? nil : .repeated(key)))
        }
        #expect(try store.reservations == ["Fitri"])
    }

    @Test func `a refused write leaves its key free`() async throws {
        let store = try Store.withMelati(in: directory), key = IdempotencyKey("reserve-43")
        await #expect(throws: NotReserved.taken) {
            try await store.write(once: key) { rows throws(NotReserved) in throw .taken }
        }
        try await store.write(once: key) { rows throws(NotReserved) in
            try rows.run("INSERT INTO reservation VALUES (1, 1, 'Gita')")
        }
        #expect(try store.reservations == ["Gita"])
    }

    @Test(.enabled(if: Only.sqlite(.pages))) func `a full disk refuses writes while reads go on, and writing comes back by itself`()
        async throws
    {
        let store = try Store.withMelati(in: directory)
        try await store.reserve(1, for: "Hana")
        func fill(to pages: Int) async throws(StoreFault) {
            try await store.write { rows throws(StoreFault) in
                if pages == 1 { try rows.run("PRAGMA max_page_count = 1") } else { try rows.run("PRAGMA max_page_count = 1000000") }
            }
        }
        try await fill(to: 1)
        let scan = [UInt8](repeating: 7, count: 1 << 20)
        await #expect(throws: StoreFault.full) {
            try await store.write { rows throws(StoreFault) in try rows.run("UPDATE room SET plan = \(scan)") }
        }
        #expect(try store.reservations == ["Hana"])
        try await fill(to: 1_000_000)
        try await store.write { rows throws(StoreFault) in try rows.run("UPDATE room SET plan = \(scan)") }
    }

    @Test(.enabled(if: Only.sqlite(.pages))) func `after a fault that ends the transaction nothing runs outside it`() async throws {
        let store = try Store.withMelati(in: directory)
        let scan = [UInt8](repeating: 7, count: 1 << 20)
        try await store.write { rows throws(StoreFault) in try rows.run("PRAGMA max_page_count = 1") }
        await withTaskGroup { group in
            for slot in 0..<8 {
                group.addTask {
                    await #expect(throws: StoreFault.full) {
                        try await store.write { rows throws(StoreFault) in
                            _ = try? rows.run("UPDATE room SET plan = \(scan)")
                            try rows.run("INSERT INTO reservation VALUES (1, \(slot), 'Indra')")
                        }
                    }
                }
            }
        }
        #expect(try store.reservations.isEmpty)
    }

    @Test func `a closed store refuses both ways`() async throws {
        let store = try Store.withMelati(in: directory)
        store.close()
        #expect(throws: StoreFault.closed) { try store.reservations }
        await #expect(throws: NotReserved.store(.closed)) { try await store.reserve(1, for: "Joko") }
    }
}
