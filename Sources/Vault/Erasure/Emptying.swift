// What an erasure deletes lingers in the data's write-ahead log, and before it in the database itself, until the log is emptied into that: some
// seconds later, once for all who left in the meantime (decision 026).

import Store
import Synchronization

/// When the data's write-ahead log is to be emptied. A start finds what a crash left in it.
final class Emptying: Sendable {
    private struct State: Sendable {
        var isDue = true, notBefore = Instant(microseconds: .min)
    }
    private let state = Mutex(State())

    /// From one to the next it takes so long at least.
    static let pause = Swift.Duration.seconds(5)

    /// Something was deleted that is to be gone.
    func ask() { state.withLock { $0.isDue = true } }

    /// Whether it is to be emptied now, which the caller then does.
    func isTime(at now: Instant) -> Bool {
        state.withLock { state in
            // A clock that was set back keeps nobody waiting.
            guard state.isDue, now >= state.notBefore || now < state.notBefore - Self.pause else { return false }
            state = State(isDue: false, notBefore: now + Self.pause)
            return true
        }
    }
}

extension Vault {
    /// Whoever reads for long, a backup say, delays it; then it is tried again after the pause, so that nobody who writes waits for that
    /// more than a tenth of a second in each. A server's own log goes when it says so.
    func emptyLogIfDue() {
        guard store.canEmptyItsLog, emptying.isTime(at: clock.now()) else { return }
        do throws(StoreFault) { try store.checkpoint(patience: .milliseconds(100)) } catch { emptying.ask() }
    }
}
