// How long to wait before the same is tried again: longer each time, and not as long as somebody else who waits too.
import Glibc

enum Backoff {
    /// Blocks this thread: up to 2 ms after the first attempt, up to half a second after the ninth.
    static func wait(_ attempt: Int) { usleep(UInt32.random(in: 500...(1_000 << UInt32(min(attempt, 9))))) }
}
