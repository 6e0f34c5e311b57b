// One at a time, the others in the order of their coming, without holding a thread.

import Synchronization

final class Turn: Sendable {
    private struct State: Sendable {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    /// Returns when it is the caller's turn, which they end.
    func begin() async {
        await withCheckedContinuation { caller in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(caller) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { caller.resume() }
        }
    }

    func end() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
