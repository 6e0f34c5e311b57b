// Days of the calendar and moments of the store.

public import Policy
public import Store

extension Day {
    /// The day, UTC, of a moment.
    public init(of moment: Instant) { self.init(Int((moment.seconds - (moment.seconds < 0 ? 86_399 : 0)) / 86_400)) }

    /// Its last microsecond: the last day of a term still counts.
    public var end: Instant { Instant(microseconds: Int64(number + 1) * 86_400_000_000 - 1) }
    public var start: Instant { Instant(microseconds: Int64(number) * 86_400_000_000) }
}
