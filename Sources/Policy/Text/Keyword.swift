// The words of the language itself; their numbers are the first ones of `Words`.

enum Keyword: Int32, CaseIterable, Sendable {
    // What a statement begins with.
    case policy, field, category, purpose, role, person, recipient, source, condition, event, message
    case collect, derive, give, send, never, keep, aggregate, tell, when, note
    // What stands between names.
    case may, from, to, on, unless, by, with, together, through, via, and, or, not, except, `in`, `for`
    case always, only, `if`, asked, refused, until, deactivated, deleted, freely
    case read, correct, delete, use, reads, corrects, deletes, gets, collects, derives, sends, kept
    case `while`, then, after, at, most, least, because, law, people, budget, per, ago, sending
    case day, days, week, weeks, month, months, year, years
    case once, ends, `is`, are, given, set, version, formerly, sealed, record, any, country, the
    case yes, no, rule, needs, forbidden

    /// What a statement begins with, but for actors.
    static let beginnings: [Keyword] = Array(allCases.prefix { $0 != .may })

    static let count = Int32(allCases.count)

    var text: String { "\(self)" }
    init?(_ text: String) {
        guard let found = Self.allCases.first(where: { $0.text == text }) else { return nil }
        self = found
    }

    /// What is done, in either person; nil is no verb, or all of them (`use`).
    var verb: Verb? {
        switch self {
        case .read, .reads: .read
        case .correct, .corrects: .correct
        case .delete, .deletes: .delete
        case .collect, .collects: .collect
        case .derive, .derives: .derive
        case .give, .gets: .give
        case .send, .sends: .send
        default: nil
        }
    }
}

/// What may stand behind a name: keywords, marks, a number, the end of the statement.
struct Follow: Sendable {
    private var low: UInt64 = 0, high: UInt64 = 0

    init(_ keywords: Keyword...) { for keyword in keywords { insert(Int(keyword.rawValue)) } }
    private init(mark: Int) { insert(mark) }

    static let comma = Follow(mark: 120), end = Follow(mark: 121), colon = Follow(mark: 122), label = Follow(mark: 123)
    static let number = Follow(mark: 124), equals = Follow(mark: 125)

    /// The statement may end here.
    var holdsEnd: Bool { contains(121) }
    var isEmpty: Bool { low | high == 0 }

    /// The bits of a keyword are its number.
    func contains(_ bit: Int) -> Bool { (bit < 64 ? low >> UInt64(bit) : high >> UInt64(bit - 64)) & 1 == 1 }

    static func | (a: Follow, b: Follow) -> Follow {
        var both = a
        both.low |= b.low
        both.high |= b.high
        return both
    }

    /// The keywords among it.
    var keywords: [Keyword] { Keyword.allCases.filter { contains(Int($0.rawValue)) } }
    var words: [String] { keywords.map(\.text) }

    /// What may stand here, as a reader would be told: `“from”, “together” or a comma`.
    var title: String {
        let marks: [(Follow, String)] = [
            (.number, "a number"), (.equals, "“=”"), (.colon, "a colon"), (.comma, "a comma"), (.label, "a label"),
            (.end, "the end of the statement"),
        ]
        var all = keywords.map { "“\($0.text)”" }
        all += marks.filter { $0.0.low & low | $0.0.high & high != 0 }.map(\.1)
        return all.count < 2 ? all.joined() : all.dropLast().joined(separator: ", ") + " or " + all.last!
    }

    mutating func insert(_ keyword: Keyword) { insert(Int(keyword.rawValue)) }

    func without(_ keyword: Keyword) -> Follow {
        var rest = self
        let bit = UInt64(keyword.rawValue)
        if bit < 64 { rest.low &= ~(1 << bit) } else { rest.high &= ~(1 << (bit - 64)) }
        return rest
    }

    private mutating func insert(_ bit: Int) {
        if bit < 64 { low |= 1 << UInt64(bit) } else { high |= 1 << UInt64(bit - 64) }
    }
}
