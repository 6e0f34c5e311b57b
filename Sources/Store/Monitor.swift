// A value behind a lock, with a condition to wait for.
import Glibc

/// The lock guards `state` and nothing else; both pthread objects live as long as the monitor.
final class Monitor<State>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(lock, nil)
        var byMonotonicClock = pthread_condattr_t()
        pthread_condattr_init(&byMonotonicClock)
        pthread_condattr_setclock(&byMonotonicClock, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &byMonotonicClock)
        pthread_condattr_destroy(&byMonotonicClock)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// Changes the state and wakes who waits for it.
    func change<R>(_ body: (inout State) -> R) -> R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let result = body(&state)
        pthread_cond_broadcast(changed)
        return result
    }

    /// Blocks this thread until `body` has an answer.
    func wait<R>(for body: (inout State) -> R?) -> R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let result = body(&state) { return result }
            pthread_cond_wait(changed, lock)
        }
    }

    /// The same, and nil where there is none within so long.
    func wait<R>(atMost patience: Duration, for body: (inout State) -> R?) -> R? {
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        let (seconds, nanoseconds) = (patience.components.seconds, until.tv_nsec + Int(patience.components.attoseconds / 1_000_000_000))
        until = timespec(tv_sec: until.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let result = body(&state) { return result }
            guard pthread_cond_timedwait(changed, lock, &until) != ETIMEDOUT else { return body(&state) }
        }
    }
}
