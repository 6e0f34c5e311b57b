// Points in time, and the clocks that tell them.
import Glibc
import Synchronization

/// A point in time: microseconds since 1970-01-01 00:00 UTC, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { self.init(microseconds: seconds * 1_000_000) }

    public var seconds: Int64 { (microseconds - (microseconds < 0 ? 999_999 : 0)) / 1_000_000 }

    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds + duration.microseconds)
    }
    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds - duration.microseconds)
    }
    public static func - (later: Instant, earlier: Instant) -> Duration {
        .microseconds(later.microseconds - earlier.microseconds)
    }
}

/// Tells the time. Injected everywhere, so that a test can move it.
public protocol Clock: Sendable { func now() -> Instant }

/// The machine's clock.
public struct SystemClock: Clock {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// A clock that stands still until it is moved by hand: for tests. Any thread may read or move it.
public final class ManualClock: Clock {
    private let microseconds: Atomic<Int64>

    /// Begins on 1 March 2026 at 09:00 in Jakarta, a Sunday, unless told otherwise.
    public init(_ start: Instant = Instant(seconds: 1_772_330_400)) { microseconds = Atomic(start.microseconds) }

    public func now() -> Instant { Instant(microseconds: microseconds.load(ordering: .acquiring)) }
    public func advance(by duration: Duration) { microseconds.add(duration.microseconds, ordering: .acquiringAndReleasing) }
    public func set(to instant: Instant) { microseconds.store(instant.microseconds, ordering: .releasing) }
}

extension Duration {
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
