// One change of a person's address at a time: what one of them takes away, another must not be in the middle of.

import Synchronization
import Vault

/// Whoever comes second about the same person waits until the first is done.
final class Turns: Sendable {
    private let waiting = Mutex<[Subject: [CheckedContinuation<Void, Swift.Never>]]>([:])

    func run<T: Sendable, E: Error>(_ subject: Subject, _ body: () async throws(E) -> T) async throws(E) -> T {
        await begin(subject)
        defer { end(subject) }
        return try await body()
    }

    private func begin(_ subject: Subject) async {
        await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                guard waiting[subject] != nil else {
                    waiting[subject] = []
                    return true
                }
                waiting[subject]?.append(continuation)
                return false
            }
            if isFirst { continuation.resume() }
        }
    }

    private func end(_ subject: Subject) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Swift.Never>? in
            guard waiting[subject]?.isEmpty == false else {
                waiting[subject] = nil
                return nil
            }
            return waiting[subject]?.removeFirst()
        }
        next?.resume()
    }
}
