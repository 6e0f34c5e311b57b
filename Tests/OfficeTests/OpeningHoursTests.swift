// The clock of cases, which runs while a location is open.

import Office
import Policy
import Store
import Testing
import Zones

@Suite struct `Opening hours` {
    private func hours(_ zone: String, _ week: String, closed: [String] = []) throws -> OpeningHours {
        OpeningHours(
            zone: try #require(Zone(zone)), week: try #require(OpeningHours.week(week)), closed: Set(closed.compactMap { Day(iso: $0) }))
    }

    private func moment(_ day: String, _ hour: Int64, _ minute: Int64 = 0) throws -> Instant {
        Instant(seconds: Int64(try #require(Day(iso: day)).number) * 86_400 + hour * 3600 + minute * 60)
    }

    @Test func `count working time over nights, weekends and closed days`() throws {
        let jakarta = try hours("Asia/Jakarta", "Mon-Fri 08:00-18:00", closed: ["2026-12-25"])
        // Thursday, 15:00 in Jakarta: three hours of the day, Friday closed, five on Monday.
        #expect(try jakarta.moment(after: .seconds(8 * 3600), from: moment("2026-12-24", 8)) == moment("2026-12-28", 6))
        // Of a Sunday nothing counts.
        #expect(try jakarta.moment(after: .seconds(3600), from: moment("2026-12-27", 3)) == moment("2026-12-28", 2))
    }

    @Test func `stand in local time when the clocks are changed`() throws {
        let berlin = try hours("Europe/Berlin", "Mon-Sun 00:00-24:00"), day = try hours("Europe/Berlin", "Mon-Sun 08:00-10:00")
        // The night of 29 March 2026 is an hour short, that of 25 October an hour long.
        #expect(try berlin.moment(after: .seconds(86_400), from: moment("2026-03-28", 23)) == moment("2026-03-29", 23))
        #expect(try day.moment(after: .seconds(3600), from: moment("2026-03-28", 12)) == moment("2026-03-29", 7))
        #expect(try day.moment(after: .seconds(3600), from: moment("2026-10-24", 12)) == moment("2026-10-25", 8))
    }

    @Test func `are refused where they can't be right`() {
        for text in [
            "", "Mon", "Mon-Fri", "Mon-Fri 18:00-08:00", "Fri-Mon 08:00-18:00", "Mon 8:00-9:00", "Mon 08:00-12:00, Mon 11:00-13:00",
        ] {
            #expect(OpeningHours.week(text) == nil, "\(text)")
        }
        #expect(Zone("Asia/Nowhere") == nil && Zone("WIB") == nil)
    }
}
