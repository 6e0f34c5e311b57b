// What a rule comes to: permission, prohibition, term, or word to the person.

/// One permission: flows of one verb, and when.
struct Permission: Sendable {
    var rule: Int
    var reach: Reach
    var when: Formula
    /// What must go along with what is given.
    var along: [Int] = []
    /// Of a statistic.
    var statistic: Statistic?
    var consent: Consent?
}

struct Statistic: Sendable, Hashable {
    var people: Int, budget: Double, days: Int
}

/// One prohibition: it holds where `on` is true, and `unless` isn't.
struct Prohibition: Sendable {
    var rule: Int
    var reach: Reach
    var on: Formula
    var unless: Formula?
}

struct Keeping: Sendable {
    var rule: Int
    var fields: [Int]
    var span: Span
    var isLaw: Bool
    /// Those that it names, by themselves or by a category other than `everything`.
    var named: [Int]
}

struct Telling: Sendable {
    var rule: Int
    var reaches: [Reach]
    /// Nil: at once.
    var onceEnds: Formula?
}

extension Expansion {
    /// The fields that the names stand for, but for those that only `everything` does.
    func named(_ names: Names) -> [Int] {
        let isAll = names.items.contains { symbols.kind($0.symbol) == .everything }
        if !isAll, contents.named == nil { return fields(names).list ?? [] }
        let taken = names.except.isEmpty ? Choice([]) : fields(Names(items: names.except))
        return names.symbols.flatMap { contents.namedThings(of: $0, symbols) }.filter { symbols.kind($0) == .field && !taken.contains($0) }
    }
}
