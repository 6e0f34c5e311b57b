// The rules that permit: collect, derive, may, give, send, aggregate.

/// Which of the things a verb takes.
enum Taken { case fields, messages, both }

extension Reader {
    mutating func readRule(_ form: Sorted.Form) throws(Stop) -> RuleBody {
        guard case .rule(let keyword) = form else { return try use() }
        jump(to: at + 1)
        switch keyword {
        case .collect: return try collect()
        case .derive: return try derive()
        case .give: return try give()
        case .send: return try send()
        case .aggregate: return try aggregate()
        case .never: return .never(try never())
        case .keep: return try keepRule()
        case .tell: return try tell()
        default: return try change()
        }
    }

    static let ends = Follow.end | .label
    /// What may come behind the comma that ends a list of purposes.
    static let whenClauses = Follow(.on, .unless)

    mutating func things(_ taken: Taken, _ follow: Follow, clauses: Follow = Follow()) throws(Stop) -> Names {
        let names = try list(.things, follow, clauses: clauses, "a field, message or category", except: .afterWildcard)
        check(names, taken)
        return names
    }

    /// Of a category each verb takes what it can; one that has nothing for it is of the wrong kind, like a single other thing.
    mutating func check(_ names: Names, _ taken: Taken) {
        for name in names.items where name.symbol >= 0 && contents.isEmpty(name.symbol, taken, symbols) {
            let wanted = taken == .messages ? "messages" : "fields", symbol = symbols[name.symbol]
            let isCategory = symbol.kind == .category || symbol.kind == .everything
            let kinds: Kinds = taken == .messages ? Kinds(.message) : Kinds(.field)
            reportWrongKind(
                name.tokens,
                "“\(symbol.name)” \(isCategory ? "has no \(wanted)" : "is \(symbol.kind.described)"); \(wanted) must stand here.",
                instead(of: name.tokens, kinds, taken == .messages ? "a message" : "a field"))
        }
    }

    mutating func purposes(clauses: Follow) throws(Stop) -> Names {
        try list(Kinds(.purpose), Self.ends, clauses: clauses, "a purpose")
    }

    private mutating func collect() throws(Stop) -> RuleBody {
        let things = try things(.fields, Follow(.from))
        try expect(.from)
        let sources = try list(Kinds(.source), Follow(.to), "a source", asSource: true)
        try expect(.to)
        let purposes = try purposes(clauses: Self.whenClauses)
        return .collect(things: things, sources: sources, purposes: purposes, try when())
    }

    private mutating func derive() throws(Stop) -> RuleBody {
        let things = try things(.fields, Follow(.from))
        try expect(.from)
        let from = try self.things(.fields, Follow(.to))
        try expect(.to)
        let purposes = try purposes(clauses: Follow(.by, .on, .unless, .freely))
        let starters = try starters(clauses: Follow(.on, .unless, .freely))
        let when = try when()
        let freely = isNextAfterComma(.freely)
        if freely { jump(to: at + 2) }
        return .derive(things: things, from: from, purposes: purposes, by: starters, when, freely: freely)
    }

    private mutating func use() throws(Stop) -> RuleBody {
        let actors = try list(.actors, Follow(.may), "an actor")
        try checkCompany(actors)
        try expect(.may)
        let verbs = try verbs(Follow(.read, .correct, .delete), "“read”, “correct” or “delete”").compactMap(\.verb)
        // Nobody who is known: with a purpose or without, that is one fault.
        let isNobody = actors.items.allSatisfy { $0.symbol < 0 } && !range.contains { keyword(at: $0) == .to }
        let isOwn = isNobody || actors.items.contains { $0.symbol >= 0 && isOwnUse($0.symbol) }
        let things = try things(.fields, isOwn ? Self.ends : Follow(.to), clauses: isOwn ? Self.whenClauses : Follow())
        if isOwn { return .use(actors: actors, verbs: verbs, things: things, purposes: nil, try when()) }
        try expect(.to)
        let purposes = try purposes(clauses: Self.whenClauses)
        return .use(actors: actors, verbs: verbs, things: things, purposes: purposes, try when())
    }

    func isOwnUse(_ symbol: Int) -> Bool { symbol == Symbols.thePerson || symbols.kind(symbol) == .person }

    /// The person stands alone, kinds of persons together, staff and the site together.
    private mutating func checkCompany(_ actors: Names) throws(Stop) {
        guard actors.items.count > 1 else { return }
        if let person = actors.items.first(where: { $0.symbol == Symbols.thePerson }) {
            throw failAlone(person, "“the person” stands alone in a rule of its own.")
        }
        let known = actors.items.filter { $0.symbol >= 0 }
        guard let first = known.first else { return }
        if let other = known.first(where: { isOwnUse($0.symbol) != isOwnUse(first.symbol) }) {
            throw failAlone(other, "Staff and other kinds of persons stand in rules of their own.")
        }
    }

    private mutating func failAlone(_ name: Reference, _ message: String) -> Stop {
        report.syntax(place(of: name.tokens), message, "Write a second rule.")
        return Stop()
    }

    /// Verbs with commas or `and` between them; behind a comma may stand what ends the list.
    mutating func verbs(_ known: Follow, clauses: Follow = Follow(), _ title: String) throws(Stop) -> [Keyword] {
        var verbs: [Keyword] = []
        repeat {
            guard let word = keyword(at: at), known.contains(Int(word.rawValue)) else {
                let isDenied = isNext(.not) || isNext(.never)
                throw fail(title, known.words, or: isDenied ? "Write a rule that begins with “never”, and names them behind “by”." : nil)
            }
            jump(to: at + 1)
            verbs.append(word)
            try refuseJoint(known)
        } while hasAnotherVerb(clauses)
        return verbs
    }

    /// A name is read before a keyword: behind `read and more` a field “and more” may stand.
    private mutating func hasAnotherVerb(_ clauses: Follow) -> Bool {
        let first = at
        if isNext(.and) {
            guard candidates(Self.behindThings).fitting == nil else { return false }
        } else {
            guard isNext(.comma), !clauses.contains(bit(at: at + 1)) else { return false }
            jump(to: at + 1)
        }
        if take(.and) { respell(first..<at, ",") }
        return true
    }

    private static let behindThings = ends | .comma | Follow(.to, .from, .through, .by, .on, .unless, .except)

    /// `, by ACTORS`: staff or the site; the site alone is what holds without it.
    mutating func starters(clauses: Follow) throws(Stop) -> Names? {
        guard isNextAfterComma(.by) else { return nil }
        let first = at
        jump(to: at + 2)
        let names = try list(.actors, Self.ends, clauses: clauses, "a role or “the site”")
        for name in names.items where name.symbol >= 0 && isOwnUse(name.symbol) {
            refuseStarter(name)
        }
        if names.symbols.allSatisfy({ $0 == Symbols.theSite }) { respell(first..<at, "") }
        return names
    }

    mutating func refuseStarter(_ name: Reference) {
        reportWrongKind(
            name.tokens, "“\(symbols[name.symbol].name)” can't start this; staff or “the site” can.",
            instead(of: name.tokens, Kinds(.role), "a role or “the site”"))
    }

    mutating func refuseStatistic(for name: Reference) {
        reportWrongKind(
            name.tokens, "Statistics are for recipients, roles or “the site”.",
            instead(of: name.tokens, Kinds(.recipient, .role), "one of those"))
    }

    private mutating func give() throws(Stop) -> RuleBody {
        let things = try things(.fields, Follow(.to, .together))
        var along: Names?
        if take(.together) {
            try expect(.with)
            along = try self.things(.fields, Follow(.to))
        }
        try expect(.to)
        let recipients = try list(Kinds(.recipient), Follow(.to), "a recipient")
        try expect(.to)
        let purposes = try purposes(clauses: Follow(.by, .on, .unless))
        let starters = try starters(clauses: Self.whenClauses)
        return .give(things: things, along: along, recipients: recipients, purposes: purposes, by: starters, try when())
    }

    private mutating func send() throws(Stop) -> RuleBody {
        let messages = try things(.messages, Follow(.through))
        try expect(.through)
        let through = try things(.fields, Follow(.via, .to))
        let via = take(.via) ? try list(Kinds(.recipient), Follow(.to), "a recipient that carries it") : nil
        try expect(.to)
        let purposes = try list(Kinds(.purpose), Follow.comma, clauses: Follow(.always, .unless, .only), "a purpose")
        try expect(.comma, "“, always”, “, unless refused” or “, only if asked”")
        let consentAt = at
        let consent: Consent
        if take(.always) {
            consent = .always
        } else if take(.unless) {
            try expect(.refused)
            consent = .unlessRefused
        } else if take(.only) {
            try expect(.if, .asked)
            consent = .onlyIfAsked
        } else {
            throw fail("“always”, “unless refused” or “only if asked”", ["always", "unless", "only"])
        }
        var untilDeleted = false
        if isNextAfterComma(.until) {
            let first = at
            jump(to: at + 2)
            untilDeleted = take(.deleted)
            if !untilDeleted {
                if !take(.deactivated) { throw fail("“deactivated” or “deleted”", ["deactivated", "deleted"]) }
                respell(first..<at, "")
            }
        }
        let starters = try starters(clauses: Self.whenClauses)
        return .send(
            messages: messages, through: through, via: via, purposes: purposes, consent, consentAt: consentAt,
            untilDeleted: untilDeleted, by: starters, try when())
    }

    private mutating func aggregate() throws(Stop) -> RuleBody {
        let things = try things(.fields, Follow(.by, .for))
        checkCountable(things)
        var by: Names?
        if take(.by) {
            by = try self.things(.fields, Follow(.for))
            checkCountable(by!)
        }
        try expect(.for)
        let takers = try list(Kinds(.recipient, .role, .actor), Follow(.to), "a recipient, a role or “the site”")
        for name in takers.items where name.symbol == Symbols.thePerson {
            refuseStatistic(for: name)
        }
        try expect(.to)
        let purposes = try list(Kinds(.purpose), Follow.comma, clauses: Follow(.at), "a purpose")
        try expect(.comma, "“, at least” and how many people")
        if !take(.at) { throw fail("“at least”", ["at", "at least"], or: "Write “at least” and how many people.") }
        if !take(.least) { throw fail("“least”", ["least"], or: "Write “at least” and how many people.") }
        let peopleAt = placeHere(), people = try number("how many people")
        if people == 0 {
            doubt(peopleAt, "“At least 0 people” hides no group, however small.", "Write how many people a group must have to be shown.")
        }
        try expect(.people)
        try expect(.comma, "“, budget”")
        try expect(.budget)
        let budget = try decimal()
        try expect(.per)
        let perAt = placeHere(), per = try duration()
        if per.count == 0 {
            doubt(perAt, "A budget for no time at all is never used up.", "Write for how long it must last, such as “12 months”.")
        }
        return .aggregate(
            things: things, by: by, takers: takers, purposes: purposes, people: people, budget: budget, per: per, try when())
    }

    /// Statistics are of what can be counted or summed.
    private mutating func checkCountable(_ names: Names) {
        let taken = Set(names.except.flatMap { contents.things(of: $0.symbol, symbols) })
        for name in names.items where name.symbol >= 0 {
            let wrong = contents.things(of: name.symbol, symbols).first {
                symbols.kind($0) == .field && !symbols.fieldKind($0).isCountable && !taken.contains($0) && !symbols.isUnread($0)
            }
            guard let wrong, !contents.isEmpty(name.symbol, .fields, symbols) else { continue }
            reportWrongKind(
                name.tokens,
                "“\(symbols[wrong].name)” is of the kind \(symbols.fieldKind(wrong).rawValue); statistics are of choices, numbers, money and dates.",
                instead(of: name.tokens, Kinds(.field), "a field of one of those kinds") { $0.fieldKind.isCountable })
        }
    }
}

extension FieldKind {
    var isCountable: Bool {
        switch self {
        case .choice, .number, .money, .date: true
        default: false
        }
    }
}
