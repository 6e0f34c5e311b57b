// Until when a stored field stays: the `keep` rules with the days on which things happened.
internal import Crypto

/// What is known of a stored item.
public struct History: Sendable {
    /// For each event its latest day, or the day ahead on which it is known to come.
    public var events: [String: Day]
    /// Conditions that hold now.
    public var holding: Set<String>
    /// For conditions that held: the last day on which they did.
    public var lastHeld: [String: Day]
    /// For conditions that hold and once didn't: the last day on which they didn't.
    public var lastFailed: [String: Day] = [:]
    /// Conditions of which nobody can tell: what is kept while one of them holds, or doesn't, stays.
    public var unknown: Set<String> = []
    /// Asked about a day that is past: what stays while a condition holds stayed on the last day on which it did.
    public var looksBack = false

    public init(events: [String: Day] = [:], holding: Set<String> = [], lastHeld: [String: Day] = [:]) {
        (self.events, self.holding, self.lastHeld) = (events, holding, lastHeld)
    }

    /// The same by other names.
    public func named(_ name: (String) -> String) -> History {
        func days(_ days: [String: Day]) -> [String: Day] { Dictionary(days.map { (name($0.key), $0.value) }, uniquingKeysWith: max) }
        var history = History(events: days(events), holding: Set(holding.map(name)), lastHeld: days(lastHeld))
        (history.lastFailed, history.unknown, history.looksBack) = (days(lastFailed), Set(unknown.map(name)), looksBack)
        return history
    }
}

public struct Retention: Sendable {
    public let kept: Bool
    /// The last day on which it is kept, as far as it is known now; nil: no end is known, a condition holds.
    public let until: Day?
    /// The addresses of the rules that hold, in document order.
    public let reasons: [String]
}

extension Policy {
    /// Every `keep` that reaches the field, in document order.
    public func terms(of field: String) -> [Term] {
        guard let found = model.find(field) else { return [] }
        return model.terms.value { model.keepings.mapValues { $0.map { term($0) } } }[found] ?? []
    }

    /// The conditions that a `keep` may ask about.
    public var conditionsOfTerms: Set<String> {
        model.expansion.keepings.reduce(into: []) { all, keeping in
            guard case .whileTrue(let formula, _) = keeping.span else { return }
            for conjunction in formula { for literal in conjunction { all.insert(model.name(literal.condition)) } }
        }
    }

    /// Whether a `keep` holds the field at all, now or later; a cap alone keeps nothing.
    public func isKept(_ field: String) -> Bool {
        guard let found = model.find(field) else { return false }
        return (model.keepings[found] ?? []).contains { index in
            if case .atMost = model.expansion.keepings[index].span { false } else { true }
        }
    }

    /// Whether a `keep` holds the field for a time from this event on, whatever else is so.
    public func isKept(_ field: String, after event: String) -> Bool {
        guard let found = model.find(field), let event = model.find(event) else { return false }
        return (model.keepings[found] ?? []).contains { index in
            if case .after(_, event) = model.expansion.keepings[index].span { true } else { false }
        }
    }

    func term(_ index: Int) -> Term {
        let keeping = model.expansion.keepings[index]
        let span: Term.Span
        switch keeping.span {
        case .whileTrue(let formula, let then): span = .whileTrue(condition: model.text(of: formula), then: then)
        case .after(let duration, let event): span = .after(event: model.name(event), duration)
        case .atMost(let duration, let event): span = .atMost(event: model.name(event), duration)
        }
        guard case .keep(_, _, let reason) = model.document.rules[keeping.rule].body else { preconditionFailure("a keeping is of a keep") }
        return Term(address: model.address(keeping.rule), span: span, reason: reason.isLaw ? .byLaw(reason.text) : .because(reason.text))
    }

    /// The set of `keep` rules that reach the field, as a stable 64-bit digest of their canonical text:
    /// equal for two fields if and only if the same rules reach them.
    public func retentionClass(of field: String) -> Int64? {
        guard let found = model.find(field) else { return nil }
        return model.retentionClasses.value {
            let fields = model.symbols.all.indices.filter { model.symbols.kind($0) == .field }
            return Dictionary(uniqueKeysWithValues: fields.map { ($0, retentionClass(of: $0)) })
        }[found]
    }

    private func retentionClass(of field: Int) -> Int64 {
        let rules = (model.keepings[field] ?? []).map { model.document.canonical(rule: model.expansion.keepings[$0].rule) }
        return Int64(bitPattern: sha256(lines: rules.sorted()).number)
    }

    /// Whether a stored field is kept on a day, until when as far as can be known, and by which rules.
    public func retained(_ field: String, _ history: History, at day: Day) -> Retention {
        guard let found = model.find(field) else { return Retention(kept: false, until: nil, reasons: []) }
        return retained(found, Past(history, model), at: day)
    }

    func retained(_ field: Int, _ past: Past, at day: Day) -> Retention {
        var cap: Day?
        var lawful: [(rule: Int, until: Day?)] = [], others: [(rule: Int, until: Day?)] = []
        for index in model.keepings[field] ?? [] {
            let keeping = model.expansion.keepings[index]
            if case .atMost(let duration, let event) = keeping.span {
                if let happened = past.events[event] { cap = min(cap ?? happened.adding(duration), happened.adding(duration)) }
                continue
            }
            guard let until = past.until(keeping.span) else { continue }
            if keeping.isLaw { lawful.append((keeping.rule, until.day)) } else { others.append((keeping.rule, until.day)) }
        }
        if let cap { others = others.map { ($0.rule, min($0.until ?? cap, cap)) } }
        let all = (lawful + others).sorted { $0.rule < $1.rule }.filter { $0.until.map { $0 >= day } ?? true }
        let until = all.contains { $0.until == nil } ? nil : all.compactMap(\.until).max()
        var reasons: [String] = []
        for (index, each) in all.enumerated() where index == 0 || all[index - 1].rule != each.rule {
            reasons.append(model.address(each.rule))
        }
        return Retention(kept: !all.isEmpty, until: until, reasons: reasons)
    }
}

/// A history by symbols of one version.
struct Past {
    var events: [Int: Day] = [:]
    var holding: Set<Int> = []
    var lastHeld: [Int: Day] = [:], lastFailed: [Int: Day] = [:]
    var unknown: Set<Int> = []
    var looksBack = false

    init() {}

    init(_ history: History, _ model: Model) { self.init(history, find: model.find) }

    /// - Parameter find: the symbol of a name of the history; nil where the version lacks it.
    init(_ history: History, find: (String) -> Int?) {
        for (name, day) in history.events { if let found = find(name) { events[found] = day } }
        for (name, day) in history.lastHeld { if let found = find(name) { lastHeld[found] = day } }
        for (name, day) in history.lastFailed { if let found = find(name) { lastFailed[found] = day } }
        holding = Set(history.holding.compactMap(find))
        unknown = Set(history.unknown.compactMap(find))
        looksBack = history.looksBack
    }

    /// Nil: keeps nothing. Without a day: as long as the condition holds.
    func until(_ span: Span) -> (day: Day?, Void)? {
        switch span {
        case .after(let duration, let event), .atMost(let duration, let event):
            return events[event].map { ($0.adding(duration), ()) }
        case .whileTrue(let formula, let then):
            if formula.contains(where: { $0.allSatisfy(mayHold) }) { return (nil, ()) }
            guard then != nil || looksBack, let last = lastHeld(formula) else { return nil }
            return (then.map(last.adding) ?? last, ())
        }
    }

    private func mayHold(_ literal: Literal) -> Bool {
        unknown.contains(literal.condition) || holding.contains(literal.condition) == literal.mustHold
    }

    /// The last day on which some conjunction may have held: each of its literals held then or holds still.
    private func lastHeld(_ formula: Formula) -> Day? {
        formula.compactMap { conjunction -> Day? in
            var last: Day?
            for literal in conjunction where !mayHold(literal) {
                guard let day = literal.mustHold ? lastHeld[literal.condition] : lastFailed[literal.condition] else { return nil }
                last = min(last ?? day, day)
            }
            return last
        }.max()
    }
}
