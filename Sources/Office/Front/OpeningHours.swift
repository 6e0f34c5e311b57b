// When a location is open, and what time is worth there: a clock that stands still while it is closed.

public import Policy
public import Store
public import Zones

/// The hours of a week in a location's own time, and the days on which it stays closed.
public struct OpeningHours: Sendable, Equatable {
    /// From a minute of the day to another, the second not included.
    public struct Span: Sendable, Equatable {
        public let from, to: Int
        /// nil: not within one day, or empty.
        public init?(from: Int, to: Int) {
            guard (0..<to).contains(from), to <= 24 * 60 else { return nil }
            (self.from, self.to) = (from, to)
        }
    }

    public let zone: Zone
    /// From Monday to Sunday, the spans of each in their order.
    public let week: [[Span]]
    public let closed: Set<Day>

    public init(zone: Zone, week: [[Span]], closed: Set<Day> = []) { (self.zone, self.week, self.closed) = (zone, week, closed) }

    /// The moment at which a location that began to work at `start` has worked for so long; nil: it isn't open within two years.
    public func moment(after worked: Swift.Duration, from start: Instant) -> Instant? {
        var left = worked.components.seconds
        let day = localDay(of: start)
        for number in day...day + 731 {
            for span in spans(on: number) {
                let from = max(moment(number, span.from), start.seconds), to = moment(number, span.to)
                guard to > from else { continue }
                if to - from >= left { return Instant(seconds: from + left) }
                left -= to - from
            }
        }
        return nil
    }

    public func isOpen(at moment: Instant) -> Bool {
        let day = localDay(of: moment)
        return spans(on: day).contains { (self.moment(day, $0.from)..<self.moment(day, $0.to)).contains(moment.seconds) }
    }

    private func localDay(of moment: Instant) -> Int {
        Int(((Double(moment.seconds) + Double(zone.offset(at: moment.seconds))) / 86_400).rounded(.down))
    }

    private func spans(on day: Int) -> [Span] {
        // The first day of 1970 was a Thursday.
        closed.contains(Day(day)) ? [] : week[((day + 3) % 7 + 7) % 7]
    }

    private func moment(_ day: Int, _ minute: Int) -> Int64 { zone.moment(showing: Int64(day) * 86_400 + Int64(minute) * 60) }
}

extension OpeningHours {
    /// `Mon-Fri 08:00-18:00, Sat 09:00-12:00`; nil: not of this form, or a day's spans overlap.
    public static func week(_ text: String) -> [[Span]]? {
        var week = [[Span]](repeating: [], count: 7)
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ")
            guard words.count == 2, let days = days(words[0]), let span = span(words[1]) else { return nil }
            for day in days {
                guard week[day].allSatisfy({ $0.to <= span.from || span.to <= $0.from }) else { return nil }
                week[day] = (week[day] + [span]).sorted { $0.from < $1.from }
            }
        }
        return week.allSatisfy(\.isEmpty) ? nil : week
    }

    private static func days(_ text: Substring) -> ClosedRange<Int>? {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else { return nil }
        return first...last
    }

    private static func span(_ text: Substring) -> Span? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(minute)
        guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
        return Span(from: from, to: to)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...24).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
