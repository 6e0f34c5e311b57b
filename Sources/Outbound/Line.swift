// A thread's worth of waiting for somebody outside, so that no thread of the house waits.

import Dispatch
import Synchronization

/// One conversation, and the queue on which it blocks.
final class Line<Talk: ~Copyable>: Sendable {
    private let queue: DispatchQueue
    private let talk: Mutex<Talk>

    init(_ name: String, _ talk: consuming sending Talk) {
        queue = DispatchQueue(label: name)
        self.talk = Mutex(talk)
    }

    func run<T: Sendable, E: Error>(_ body: @escaping @Sendable (borrowing Talk) throws(E) -> T) async throws(E) -> T {
        let result: Result<T, E> = await withCheckedContinuation { continuation in
            queue.async {
                let result = self.talk.withLock { talk in
                    do throws(E) { return Result<T, E>.success(try body(talk)) } catch { return .failure(error) }
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }
}

/// A few lines to the same place, taken in turn.
final class Lines<Talk: ~Copyable>: Sendable {
    private let lines: [Line<Talk>]
    private let next = Atomic(0)

    init(_ lines: [Line<Talk>]) { self.lines = lines }

    func run<T: Sendable, E: Error>(_ body: @escaping @Sendable (borrowing Talk) throws(E) -> T) async throws(E) -> T {
        try await lines[next.wrappingAdd(1, ordering: .relaxed).oldValue % lines.count].run(body)
    }
}
