// Days of the calendar and moments of the store.

public import Policy
public import Store

/// Where the house is: its days begin and end there. The database keeps moments, in UTC.
public enum HouseZone {
    /// Western Indonesian time, all year.
    public static let seconds: Int64 = 7 * 3_600
}

extension Day {
    /// The day of a moment, where the house is.
    public init(of moment: Instant) {
        let seconds = moment.seconds + HouseZone.seconds
        self.init(Int((seconds - (seconds < 0 ? 86_399 : 0)) / 86_400))
    }

    /// Its last microsecond: the last day of a term still counts.
    public var end: Instant { Instant(microseconds: (Int64(number + 1) * 86_400 - HouseZone.seconds) * 1_000_000 - 1) }
    public var start: Instant { Instant(seconds: Int64(number) * 86_400 - HouseZone.seconds) }
}

extension Instant {
    /// `2026-11-24T20:55:12Z` (RFC 3339), UTC.
    public var iso: String {
        let days = (seconds - (seconds < 0 ? 86_399 : 0)) / 86_400, rest = seconds - days * 86_400
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(Day(Int(days)).iso)T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
