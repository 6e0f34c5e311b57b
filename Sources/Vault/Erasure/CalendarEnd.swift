// The end of a term, in calendar days: months and years are clamped to the month's end, and the last day still counts.

import Policy
import Store

extension Duration {
    /// The last microsecond of the last day, counted from the day of `start`, UTC.
    func end(from start: Instant) -> Instant {
        let day = Int(start.seconds / 86_400)
        let last: Int
        switch unit {
        case .days: last = day + count
        case .weeks: last = day + 7 * count
        case .months: last = Self.shift(day, months: count)
        case .years: last = Self.shift(day, months: 12 * count)
        }
        return Instant(microseconds: Int64(last + 1) * 86_400_000_000 - 1)
    }

    private static func shift(_ day: Int, months: Int) -> Int {
        let date = civil(day)
        let month = date.year * 12 + date.month - 1 + months
        let first = days(month / 12, month % 12 + 1, 1)
        let next = days((month + 1) / 12, (month + 1) % 12 + 1, 1)
        return min(first + date.day - 1, next - 1)
    }

    /// Days since 1970-01-01 as a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms").
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        return (year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, ofYear - (153 * month + 2) / 5 + 1)
    }

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
