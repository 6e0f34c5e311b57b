// Retention by looking at each day of a made-up life: no calendar arithmetic but counting, no diagrams.

struct PlainTerm: Hashable {
    enum Span: Hashable {
        case whileHolds(Alternatives), after(String), cap(String)
    }
    var span: Span, count: Int, unit: String, isLaw: Bool
}

/// What happened to a person's item: days count from 2026-01-01.
struct Life {
    /// The days of `collected` and, where it came, of `order`.
    var events: [String: Int]
    /// For each condition the days on which it held.
    var held: [String: ClosedRange<Int>]

    static let days = 900

    init(_ random: inout Seeded) {
        events = ["collected": Int.random(in: 0..<60, using: &random)]
        if random.chance(70) { events["order"] = Int.random(in: 0..<400, using: &random) }
        held = [:]
        for name in Office.conditions + ["refused"] where random.chance(60) {
            let first = Int.random(in: 0..<300, using: &random)
            held[name] = first...min(first + Int.random(in: 0..<200, using: &random), Self.days)
        }
    }

    func holds(_ all: Alternatives, on day: Int) -> Bool {
        all.contains { $0.allSatisfy { ($0.name != "in aggregate" && held[$0.name]?.contains(day) == true) == $0.mustHold } }
    }

    /// Until when a term keeps, as far as `today` is known; nil keeps nothing.
    private func end(of term: PlainTerm, today: Int) -> Int? {
        switch term.span {
        case .after(let event), .cap(let event): return events[event].map { Self.day($0, plus: term.count, term.unit) }
        case .whileHolds(let all):
            guard let last = stride(from: today, through: 0, by: -1).first(where: { holds(all, on: $0) }) else { return nil }
            return last == today ? Self.days * 2 : term.count == 0 ? nil : Self.day(last, plus: term.count, term.unit)
        }
    }

    /// Whether these terms keep an item on a day.
    func keeps(_ terms: [PlainTerm], on day: Int) -> Bool {
        var cap = Int.max, ends: [(end: Int, isLaw: Bool)] = []
        for term in terms {
            guard let end = end(of: term, today: day) else { continue }
            if case .cap = term.span { cap = min(cap, end) } else { ends.append((end, term.isLaw)) }
        }
        return ends.contains { ($0.isLaw ? $0.end : min($0.end, cap)) >= day }
    }

    /// A month later is the same day of the next month, or its last.
    private static func day(_ day: Int, plus count: Int, _ unit: String) -> Int {
        switch unit {
        case "day": return day + count
        case "week": return day + 7 * count
        default:
            var (month, rest) = (0, day)
            while rest >= length(of: month) { (month, rest) = (month + 1, rest - length(of: month)) }
            let target = month + count * (unit == "year" ? 12 : 1)
            return (0..<target).reduce(0) { $0 + length(of: $1) } + min(rest, length(of: target) - 1)
        }
    }

    /// Months from January 2026; 2028 is a leap year.
    private static func length(of month: Int) -> Int {
        month % 12 == 1 ? (month / 12 == 2 ? 29 : 28) : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12]
    }
}
