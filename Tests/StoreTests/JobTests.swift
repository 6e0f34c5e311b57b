// Jobs: tried again, never lost, never done by two at once, and seen when they fail.

import Synchronization
import Testing

@testable import Store

struct JobTests {
    let directory = Directory()
    let clock = ManualClock()

    /// Counts what it was called for, and fails as it was told.
    private final class Carrier: Sendable {
        let calls = Mutex<[Int]>([])
        func hand(failing fault: @escaping @Sendable (Int) -> JobFault?) -> [String: Hand] {
            [
                "mail": { [self] (job) throws(JobFault) in
                    calls.withLock { $0.append(job.attempts) }
                    if let fault = fault(job.attempts) { throw fault }
                }
            ]
        }
        var attempts: [Int] { calls.withLock { $0 } }
    }

    private func store(with keys: [String]) throws -> Store {
        let store = try directory.open(clock: clock), now = clock.now()
        try store.writeAndWait { rows throws(StoreFault) in
            for key in keys { try rows.enqueue("mail", once: IdempotencyKey(key), Array("to Sari".utf8), due: now) }
        }
        return store
    }

    private func count(_ store: Store) throws -> Int64? {
        try store.read { rows throws(StoreFault) in try rows.first("SELECT count(*) FROM job") { $0.integer(0) } }
    }

    @Test func `a carrier that fails three times and then takes it gets it four times, with growing pauses`() async throws {
        let store = try store(with: ["code 1"]), carrier = Carrier()
        let hands = carrier.hand { $0 < 4 ? .later(after: 0, "busy") : nil }
        for (pause, attempts) in [(15, 1), (30, 2), (60, 3)] {
            #expect(try await store.work(hands).isEmpty)
            clock.advance(by: .seconds(pause - 1))
            try await store.work(hands)
            #expect(carrier.attempts.count == attempts)
            clock.advance(by: .seconds(1))
        }
        try await store.work(hands)
        #expect(carrier.attempts == [1, 2, 3, 4])
        #expect(try count(store) == 0)
    }

    @Test func `a carrier that says when is not asked before`() async throws {
        let store = try store(with: ["code 1"]), carrier = Carrier()
        let hands = carrier.hand { $0 == 1 ? .later(after: 600, "greylisted") : nil }
        try await store.work(hands)
        clock.advance(by: .seconds(599))
        try await store.work(hands)
        #expect(carrier.attempts == [1])
        clock.advance(by: .seconds(1))
        try await store.work(hands)
        #expect(carrier.attempts == [1, 2])
    }

    @Test func `a crash between claim and end runs it again when the lease is over, also after opening anew`() async throws {
        var store = try store(with: ["code 1"])
        let carrier = Carrier(), claimed = try #require(try await store.claim(in: IdempotencyKey("code 1").bucket))
        #expect(claimed.attempts == 1 && claimed.payload == Array("to Sari".utf8))
        store.close()
        store = try directory.open(clock: clock)
        try await store.work(carrier.hand { _ in nil })
        #expect(carrier.attempts.isEmpty)
        clock.advance(by: Store.lease)
        try await store.work(carrier.hand { _ in nil })
        #expect(carrier.attempts == [2])
        #expect(try count(store) == 0)
    }

    @Test func `one who comes back after the lease doesn't end what another has begun`() async throws {
        let store = try store(with: ["code 1"]), clock = clock
        let late: [String: Hand] = [
            "mail": { _ throws(JobFault) in
                clock.advance(by: Store.lease)
                let second = try? await store.claim(in: IdempotencyKey("code 1").bucket)
                if second?.attempts != 2 { Issue.record("not begun again") }
            }
        ]
        try await store.work(late)
        #expect(try count(store) == 1)
    }

    @Test func `what fails for good is seen, with its reason and without what it carried`() async throws {
        let store = try store(with: ["code 1", "code 2"]), carrier = Carrier()
        let failed = try await store.work(carrier.hand { _ in .never("no such mailbox") })
        #expect(Set(failed.map(\.key.value)) == ["code 1", "code 2"])
        let seen = try store.failedJobs()
        #expect(seen.count == 2 && seen.allSatisfy { $0.reason == "no such mailbox" && $0.attempts == 1 && $0.at == clock.now() })
        let carried = try store.read { rows throws(StoreFault) in try rows.all("SELECT payload FROM job") { $0.blob(0) } }
        #expect(carried == [[], []])
        clock.advance(by: .seconds(7 * 86_400))
        try await store.work(carrier.hand { _ in nil })
        #expect(carrier.attempts == [1, 1])
    }

    @Test func `so is what was tried too often, or what nobody knows how to do`() async throws {
        let store = try store(with: ["code 1"]), carrier = Carrier()
        for _ in 0..<Store.mostAttempts {
            try await store.work(carrier.hand { _ in .later(after: 0, "busy") })
            clock.advance(by: .seconds(3_600))
        }
        #expect(try store.failedJobs().map(\.attempts) == [Store.mostAttempts])
        try await store.write { rows throws(StoreFault) in
            try rows.enqueue("fax", once: IdempotencyKey("fax 1"), [], due: Instant(seconds: 0))
        }
        let unknown = try await store.work([:])
        #expect(unknown.map(\.reason) == ["nobody knows how to do “fax”"])
    }

    @Test func `of many workers at once one gets it, and the same key is one job`() async throws {
        let store = try store(with: (0..<40).map { "code \($0 / 2)" }), carrier = Carrier()
        #expect(try count(store) == 20)
        await withTaskGroup { group in for _ in 0..<8 { group.addTask { _ = try? await store.work(carrier.hand { _ in nil }) } } }
        #expect(carrier.attempts == Array(repeating: 1, count: 20))
        #expect(Set((0..<200).map { IdempotencyKey("code \($0)").bucket }).count == 16)
    }

    /// Says when it has begun one, and ends none before it is told to.
    private final class Slow: Sendable {
        let begun = Mutex<[String]>([]), mayEnd = Mutex(false)
        var hands: [String: Hand] {
            [
                "mail": { [self] (job) throws(JobFault) in
                    begun.withLock { $0.append(job.key.value) }
                    while job.key.value.hasPrefix("slow"), !mayEnd.withLock(\.self) { try? await Task.sleep(for: .milliseconds(2)) }
                }
            ]
        }
        func has(_ count: Int) async { while begun.withLock(\.count) < count { try? await Task.sleep(for: .milliseconds(2)) } }
    }

    private func enqueue(_ keys: [IdempotencyKey], in store: Store) throws {
        let now = clock.now()
        try store.writeAndWait { rows throws(StoreFault) in
            for key in keys { try rows.enqueue("mail", once: key, [], due: now) }
        }
    }

    @Test func `one that is slow holds up what goes to the same person, and nothing else`() async throws {
        let store = try directory.open(clock: clock), slow = Slow()
        try enqueue([IdempotencyKey("slow", line: 16)], in: store)
        async let first = store.work(slow.hands)
        await slow.has(1)
        clock.advance(by: .seconds(1))
        // All in the same bucket.
        let later = [IdempotencyKey("to Sari too", line: 16), IdempotencyKey("to Dewi", line: 32), IdempotencyKey("to Budi", line: 48)]
        #expect(Set(later.map(\.bucket)) == [0])
        try enqueue(later, in: store)
        try await store.work(slow.hands)
        #expect(slow.begun.withLock { $0 } == ["slow", "to Budi", "to Dewi"])
        slow.mayEnd.withLock { $0 = true }
        _ = try await first
        #expect(slow.begun.withLock { $0 } == ["slow", "to Budi", "to Dewi", "to Sari too"])
        #expect(try count(store) == 0)
    }

    @Test func `one whose worker died holds up nobody when its lease is over`() async throws {
        let store = try directory.open(clock: clock), slow = Slow()
        try enqueue([IdempotencyKey("a letter", line: 16)], in: store)
        #expect(try await store.claim(in: 0) != nil)
        try enqueue([IdempotencyKey("the next", line: 16)], in: store)
        try await store.work(slow.hands)
        #expect(slow.begun.withLock { $0 } == [])
        clock.advance(by: Store.lease)
        try await store.work(slow.hands)
        #expect(Set(slow.begun.withLock { $0 }) == ["a letter", "the next"])
    }

    @Test func `no more than so many are in hand at once`() async throws {
        let store = try directory.open(clock: clock), slow = Slow(), most = Store.mostInHand
        try enqueue((1...most + 8).map { IdempotencyKey("slow \($0)", line: Int64($0)) }, in: store)
        await withTaskGroup { group in
            for _ in 0..<3 { group.addTask { _ = try? await store.work(slow.hands) } }
            await slow.has(most)
            _ = try? await store.work(slow.hands)
            #expect(slow.begun.withLock(\.count) == most)
            slow.mayEnd.withLock { $0 = true }
        }
        try await store.work(slow.hands)
        #expect(try count(store) == 0)
    }

    @Test func `a job goes with the rows that it belongs to`() async throws {
        let store = try store(with: [])
        await #expect(throws: NotReserved.taken) {
            try await store.write { rows throws(NotReserved) in
                try rows.enqueue("mail", once: IdempotencyKey("code 1"), [], due: Instant(seconds: 0))
                throw .taken
            }
        }
        #expect(try count(store) == 0)
    }

    @Test func `what is long over is forgotten, and what waits stays`() async throws {
        let store = try store(with: ["code 1", "code 2"]), carrier = Carrier()
        try await store.write(once: IdempotencyKey("reserve 1")) { _ throws(StoreFault) in }
        try await store.work(carrier.hand { _ in carrier.attempts.count == 1 ? .never("refused") : .later(after: 0, "busy") })
        clock.advance(by: .seconds(100))
        try await store.forgetWork(before: clock.now())
        #expect(try count(store) == 1)
        #expect(try store.failedJobs().isEmpty)
        try await store.write(once: IdempotencyKey("reserve 1")) { _ throws(StoreFault) in }
    }
}
