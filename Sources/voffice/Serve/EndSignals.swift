// The signals that end the house: Control-C and what a machine that shuts down sends. None is lost, however early it comes.

import Dispatch
import Glibc

/// From its making on SIGINT and SIGTERM don't end the process: they are counted until they are asked for.
struct EndSignals: Sendable {
    init() {
        unsafe sem_init(arrived, 0, 0)
        for number in [SIGINT, SIGTERM] {
            // Posting is one of the few things that a handler may do.
            signal(number) { _ in unsafe sem_post(arrived) }
        }
    }

    /// Returns at the first one, also where it came before. The second one ends the process at once, with all that was promised on the
    /// disk.
    func first() async {
        await withCheckedContinuation { first in
            DispatchQueue(label: "end").async {
                Self.awaitOne()
                first.resume()
                Self.awaitOne()
                _exit(1)
            }
        }
    }

    private static func awaitOne() { while unsafe sem_wait(arrived) != 0 {} }
}

/// Posted once for each signal; made before there is a handler that could ask for it.
private nonisolated(unsafe) let arrived = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
