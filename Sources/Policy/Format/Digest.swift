// What the digest of the rules is taken of: what each rule and declaration says, however it is written, in one order.
internal import Crypto

extension Document {
    /// SHA-256 over the rules and declarations: without addresses, labels, notes and reasons' wording, and without name, number and date
    /// of the version. Lists and alternatives count as sets, what holds by default as if it stood there.
    var rulesDigest: Digest {
        let said = Said(symbols)
        var lines = rules.map { said.rule($0.body) }
        for symbol in symbols.all where symbol.place != nil { lines.append(said.declaration(symbol)) }
        lines += said.apart
        lines.append("kept in " + (header?.keptIn ?? []).sorted().joined(separator: ", "))
        return sha256(
            lines: lines.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) })
    }
}

/// Rules and declarations as lines whose parts no name can imitate.
private struct Said {
    private let symbols: Symbols
    /// By symbol: the folded name, and its place among all.
    private let names: [String]
    private var ranks: [Int]

    init(_ symbols: Symbols) {
        self.symbols = symbols
        let names = symbols.all.map { Words.fold($0.name) }
        self.names = names
        ranks = .init(repeating: 0, count: names.count)
        for (rank, symbol) in names.indices.sorted(by: { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }).enumerated() {
            ranks[symbol] = rank
        }
    }

    // MARK: Rules

    func rule(_ body: RuleBody) -> String {
        switch body {
        case .collect(let things, let sources, let purposes, let when):
            line("collect", list(things), list(sources), list(purposes), said(when))
        case .derive(let things, let from, let purposes, let by, let when, let freely):
            line("derive", list(things), list(from), list(purposes), starters(by), said(when), freely ? "freely" : "")
        case .use(let actors, let verbs, let things, let purposes, let when):
            line("may", list(actors), said(verbs), list(things), list(purposes), said(when))
        case .give(let things, let along, let recipients, let purposes, let by, let when):
            line("give", list(things), list(along), list(recipients), list(purposes), starters(by), said(when))
        case .send(let messages, let through, let via, let purposes, let consent, _, let untilDeleted, let by, let when):
            line(
                "send", list(messages), list(through), list(via), list(purposes), "\(consent)", untilDeleted ? "until deleted" : "",
                starters(by), said(when))
        case .aggregate(let things, let by, let takers, let purposes, let people, let budget, let per, let when):
            line(
                "aggregate", list(things), list(by), list(takers), list(purposes), String(people), "\(budget) per \(per.text)", said(when))
        case .never(let never): said(never)
        case .keep(let things, let span, let reason): line("keep", list(things), said(span), reason.isLaw ? "by law" : "")
        case .tell(let told, let things, let purposes, let onceEnds):
            line("tell", said(told), list(things), any(purposes, Symbols.anyPurpose), onceEnds.map(said) ?? "")
        case .change(let action, let field): line("when this policy changes", action.text, field.map { names[$0] } ?? "")
        }
    }

    private func said(_ never: Never) -> String {
        line(
            "never", never.isUse ? "use" : said(never.verbs), list(never.things), list(never.from), list(never.through),
            any(never.by, Symbols.anyone), list(never.recipients), any(never.purposes, Symbols.anyPurpose), said(never.when))
    }

    private func said(_ told: Told) -> String {
        switch told {
        case .use(let actors, let verbs): line(said(verbs), any(actors, Symbols.anyone))
        case .gift(let recipients): line("given", list(recipients))
        }
    }

    private func said(_ span: Span) -> String {
        switch span {
        case .whileTrue(let formula, let then): line("while", said(formula), then?.text ?? "")
        case .after(let duration, let event): line("after", names[event], duration.text)
        case .atMost(let duration, let event): line("at most", names[event], duration.text)
        }
    }

    // MARK: Parts

    private func line(_ parts: String...) -> String { parts.joined(separator: "\u{1F}") }
    private func said(_ verbs: [Verb]) -> String { Set(verbs).sorted { $0.rawValue < $1.rawValue }.map { "\($0)" }.joined(separator: ", ") }
    private func starters(_ by: Names?) -> String { by.map(list) ?? names[Symbols.theSite] }

    private func list(_ names: Names?) -> String {
        guard let names else { return "" }
        return list(names.symbols) + (names.except.isEmpty ? "" : " except: " + list(names.except.map(\.symbol)))
    }

    /// Who is named twice among those who set it together is two people.
    private func setters(_ setters: Setters) -> String {
        guard setters.manner == .all else { return list(setters.names) }
        return setters.names.sorted { ranks[$0] < ranks[$1] }.map { names[$0] }.joined(separator: ", ")
    }

    private func list(_ symbols: [Int]) -> String {
        Set(symbols).sorted { ranks[$0] < ranks[$1] }.map { names[$0] }.joined(separator: ", ")
    }

    /// The word for all of a kind says no more than to say nothing.
    private func any(_ names: Names?, _ all: Int) -> String {
        names.map { $0.except.isEmpty && $0.symbols.contains(all) ? "" : list($0) } ?? ""
    }

    private func said(_ when: When) -> String { line(when.on.map(said) ?? "", when.unless.map(said) ?? "") }

    private func said(_ formula: Formula) -> String {
        let all = formula.map { conjunction in
            Set(conjunction).sorted { (ranks[$0.condition], $0.mustHold ? 1 : 0) < (ranks[$1.condition], $1.mustHold ? 1 : 0) }
                .map { ($0.mustHold ? "" : "not: ") + names[$0.condition] }.joined(separator: ", ")
        }
        return Set(all).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: " or: ")
    }

    // MARK: Declarations

    /// Each two roles that nobody may have together, whichever of them says so.
    var apart: Set<String> {
        Set(symbols.all.indices.flatMap { role in symbols[role].apart.map { "never together: " + list([role, $0]) } })
    }

    /// What a declaration says, its prose as written but for white space.
    func declaration(_ symbol: Symbol) -> String {
        var parts = ["\(symbol.kind) \(Words.fold(symbol.name))"]
        if symbol.isAlsoSource { parts.append("source: \(symbol.sourceProse)") }
        if symbol.kind == .field {
            parts.append("\(symbol.fieldKind)\(symbol.isSealed ? ", sealed" : "")\(symbol.isRecord ? ", record" : "")")
        }
        if !symbol.members.isEmpty { parts.append("of \(list(symbol.members)) except: \(list(symbol.except))") }
        if !symbol.type.isEmpty { parts.append("\(symbol.type) in \(Set(symbol.countries).sorted().joined(separator: ", "))") }
        if symbol.setters.manner != .byItself { parts.append("set by \(symbol.setters.manner.text) \(setters(symbol.setters))") }
        if let formerly = symbol.formerly { parts.append("formerly \(Words.fold(formerly.name))") }
        parts.append(symbol.marks.sorted().joined(separator: ", "))
        parts.append(symbol.prose)
        return parts.joined(separator: "\u{1F}")
    }
}
