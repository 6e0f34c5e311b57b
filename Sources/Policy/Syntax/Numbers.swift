// Numbers, budgets and durations, each with the one form in which it is written anew.

extension Reader {
    mutating func number(_ title: String, upTo limit: Int = 1_000_000) throws(Stop) -> Int {
        guard at < end, tokens[at].isNumber else { throw fail(title) }
        var number = 0
        for index in Int(tokens[at].start)..<Int(tokens[at].end) where number <= limit {
            number = number * 10 + Int(source.bytes[index] &- 0x30)
        }
        if number > limit { throw fail(title) }
        if tokens[at].end - tokens[at].start > 1, source.bytes[Int(tokens[at].start)] == 0x30 { respell(at..<at + 1, String(number)) }
        at += 1
        return number
    }

    private static let units: [(one: Keyword, many: Keyword, unit: Duration.Unit)] = [
        (.day, .days, .days), (.week, .weeks, .weeks), (.month, .months, .months), (.year, .years, .years),
    ]

    mutating func duration() throws(Stop) -> Duration {
        let count = try number("a duration, such as “30 days”")
        guard let found = Self.units.first(where: { isNext($0.one) || isNext($0.many) }) else {
            throw fail("“days”, “weeks”, “months” or “years”", Self.units.map { count == 1 ? $0.one.text : $0.many.text })
        }
        let fit = count == 1 ? found.one : found.many
        if !isNext(fit) { respell(at..<at + 1, fit.text) }
        at += 1
        return Duration(count, found.unit)
    }

    mutating func decimal() throws(Stop) -> Double {
        let parts = at < end ? text(at..<at + 1).split(separator: ".", omittingEmptySubsequences: false) : []
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ (1...9).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let value = Double(parts.joined(separator: ".")), value > 0
        else { throw fail("a budget, such as 0.5") }
        respell(at..<at + 1, Self.plain(parts.map(String.init)))
        jump(to: at + 1)
        return value
    }

    /// A decimal number without zeros that say nothing.
    private static func plain(_ parts: [String]) -> String {
        let whole = parts[0].drop { $0 == "0" }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.last == "0" { fraction.removeLast() }
        return (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
