// Dates, times, numbers and money as the look writes them.

import Office
import Policy
import Vault

extension Language {
    /// `24 Nov 2026`, in western Indonesian time.
    func date(_ moment: PointInTime) -> String {
        let wall = WallTime(moment)
        return "\(wall.day) \(month(wall.month)) \(wall.year)"
    }

    /// `7 days`.
    func span(_ span: Duration) -> String {
        switch span.unit {
        case .days: count(span.count, "day", "days", id: "hari")
        case .weeks: count(span.count, "week", "weeks", id: "minggu")
        case .months: count(span.count, "month", "months", id: "bulan")
        case .years: count(span.count, "year", "years", id: "tahun")
        }
    }

    /// `every hour`, `every 5 minutes`.
    func every(seconds: Int) -> String {
        func each(_ count: Int, _ one: String, _ many: String, _ unit: String) -> String {
            count == 1 ? self("every \(one)", id: "tiap \(unit)") : self("every \(count) \(many)", id: "tiap \(count) \(unit)")
        }
        if seconds % 3_600 == 0 { return each(seconds / 3_600, "hour", "hours", "jam") }
        if seconds % 60 == 0 { return each(seconds / 60, "minute", "minutes", "menit") }
        return each(seconds, "second", "seconds", "detik")
    }

    /// A day of the calendar, which no zone moves.
    func date(_ day: Day) -> String {
        let civil = day.civil
        return "\(civil.day) \(month(civil.month)) \(civil.year)"
    }

    /// `24 Nov 2026, 09:12`; Indonesian writes 09.12.
    func dateAndTime(_ moment: PointInTime) -> String {
        let wall = WallTime(moment)
        return "\(date(moment)), \(two(wall.hour))\(self(":", id: "."))\(two(wall.minute))"
    }

    /// `09:12`; Indonesian writes 09.12.
    func time(_ moment: PointInTime) -> String {
        let wall = WallTime(moment)
        return two(wall.hour) + self(":", id: ".") + two(wall.minute)
    }

    /// `24 Nov 2026, 09:12:07 WIB`.
    func exact(_ moment: PointInTime) -> String {
        "\(dateAndTime(moment))\(self(":", id: "."))\(two(WallTime(moment).second)) WIB"
    }

    /// `2,306`; Indonesian writes 2.306. Numbers that identify have no separators.
    func count(_ number: Int) -> String { grouped(number, by: self(",", id: ".")) }

    /// `Rp 1.250.000`, the same in both languages, because invoices are.
    func rupiah(_ amount: Int) -> String { "Rp\u{A0}\(grouped(amount, by: "."))" }

    /// `1 letter`, `2 letters`; Indonesian doesn't double after a number.
    func count(_ number: Int, _ one: String, _ many: String, id indonesian: String) -> String {
        "\(count(number)) \(self(number == 1 ? one : many, id: indonesian))"
    }

    private func month(_ month: Int) -> String {
        let english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let indonesian = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
        return (self == .english ? english : indonesian)[month - 1]
    }

    private func grouped(_ number: Int, by separator: String) -> String {
        var digits = String(number.magnitude), parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "−" : "") + ([digits] + parts).joined(separator: separator)
    }
}

/// Civil time in Jakarta (UTC+7, no summer time).
struct WallTime {
    let year, month, day, hour, minute, second: Int

    init(_ moment: PointInTime) {
        let seconds = Int(moment.unixSeconds + HouseZone.seconds)
        let days = Int((Double(seconds) / 86_400).rounded(.down)), rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        // Days to civil date, after H. Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years from 1 March 0000.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-11-24T09:12:07+07:00`, for machines.
    var machine: String { "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))+07:00" }
}

private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
