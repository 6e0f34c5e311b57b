// What is held of a person, value by value: why, since when, until when, from where, under which version.

public import Policy
public import Store

/// A stored value, with all that must be known of it.
public struct Holding: Sendable {
    public let field: String
    public let kind: FieldKind
    public let value: String
    /// 0, or the number of the item (a message) that it belongs to; the office puts its own number there for pages.
    public var item: Int64
    /// The rules of the version at collection by which it was collected.
    public let rules: [Rule]
    public let source: String
    public let since: Instant
    /// When it was put right last; nil: never.
    public let corrected: Instant?
    public let version: Version
    /// Why it stays: of the rules that keep it now, those that keep it longest.
    public let terms: [Term]
    /// Set where the policy keeps the person from reading it: then `value` is empty.
    public let refusal: Refused?
    /// The last day on which it stays, as far as can be known now; nil: no end is known, a condition holds.
    public let until: Day?
    /// Whether the policy lets the person put it right.
    public var mayCorrect: Bool { correcting == nil && isCorrectable }
    /// Why it doesn't; nil: it does.
    public let correcting: Refused?
    /// It lies in a record; what lies beside them (a session, an entry) isn't put right.
    public let isCorrectable: Bool
    /// Of an address that is being changed; the office knows.
    public var stage = Stage.present
    public enum Stage: Sendable { case present, unproved, former }
}

extension Vault {
    /// Every stored value of the person; what the policy doesn't let them read comes without its value.
    public func holdings(of own: OwnSession) throws(Refusal) -> [Holding] {
        let subject = own.subject
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        let records = try open(try stored(of: subject))
        return try store.read { (rows) throws(Refusal) -> [Holding] in
            let known = try history(of: subject, in: rows)
            var holdings: [Holding] = []
            var answers: [Likeness: (read: Refused?, correct: Refused?)] = [:], stays: [Likeness: Staying] = [:]
            for (record, entries) in records {
                for entry in entries {
                    // Neither hangs on the day.
                    let like = Likeness(field: entry.name, version: entry.version, day: Day(0))
                    if answers[like] == nil {
                        answers[like] = (
                            try judge.judge(thePerson: .read, entry.name, version: entry.version, moment: moment, in: rows).refused,
                            try judge.judge(thePerson: .correct, entry.name, version: entry.version, moment: moment, in: rows).refused
                        )
                    }
                    let found = try holding(
                        entry, known, item: record.name.item, refusal: answers[like]?.read, true, answers[like]?.correct, &stays)
                    if let found { holdings.append(found) }
                }
            }
            return holdings
        }
    }

    /// Something of the person that lies outside the records: a session's row, the entries of uses. `use` is the flow by which it
    /// came; `value` is what the page may say of it.
    public func standing(
        _ verb: Verb, _ field: String, from source: String?, to purpose: String, via: String? = nil, by starter: String? = nil,
        value: String,
        since: Instant, of own: OwnSession
    ) throws(Refusal) -> Holding? {
        let version = versions.inForce(at: since), policy = version.policy
        guard let flow = try? policy.flow(verb, who: source, thing: field, purpose: purpose, via: via, starter: starter) else { return nil }
        let facts = Facts(holding: .init(repeating: .max)), verdict = policy.decide(flow, facts)
        let rules = verdict.isYes ? policy.account(of: verdict, on: flow, facts).rules : []
        let entry = Entry(
            field: field, value: Array(value.utf8), source: source ?? "", version: version.row, collected: since, rules: rules)
        let moment = Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis())
        return try store.read { (rows) throws(Refusal) -> Holding? in
            let no = try judge.judge(thePerson: .read, field, version: entry.version, moment: moment, in: rows).refused
            var stays: [Likeness: Staying] = [:]
            return try holding(entry, try history(of: own.subject, in: rows), item: 0, refusal: no, false, nil, &stays)
        }
    }

    /// How many entries of uses there are, and since when; nil: none.
    public func extentOfUses(of own: OwnSession) throws(Refusal) -> (count: Int64, since: Instant)? {
        let extent = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT count(*), min(seq) FROM use_record WHERE subject = \(own.subject)") {
                ($0.integer(0), $0.integerOrNil(1))
            }
        }
        guard let (count, first) = extent, let first, let oldest = try? instant(of: first, in: own) else { return nil }
        return (count, oldest)
    }

    private func holding(
        _ entry: Entry, _ known: History, item: Int64, refusal: Refused?, _ isCorrectable: Bool, _ correcting: Refused?,
        _ stays: inout [Likeness: Staying]
    ) throws(Refusal) -> Holding? {
        guard let version = versions[entry.version] else { throw .damaged("policy version \(entry.version)") }
        guard let field = version.policy.field(entry.field) else { return nil }
        let collected = Day(of: entry.collected), like = Likeness(field: entry.field, version: entry.version, day: collected)
        let stay: Staying
        if let found = stays[like] { stay = found } else { stay = try staying(entry, field.name, collected, known) }
        stays[like] = stay
        return Holding(
            field: entry.name, kind: field.kind, value: refusal == nil ? String(decoding: entry.value, as: UTF8.self) : "", item: item,
            rules: entry.rules.compactMap(version.policy.rule), source: entry.source, since: entry.collected, corrected: entry.corrected,
            version: version.policy.version, terms: stay.terms, refusal: refusal, until: stay.until,
            correcting: correcting, isCorrectable: isCorrectable)
    }

    /// By which terms a value stays, and until when.
    private typealias Staying = (terms: [Term], until: Day?)

    private func staying(_ entry: Entry, _ field: String, _ collected: Day, _ known: History) throws(Refusal) -> Staying {
        var history = known
        history.events["collected"] = collected
        guard let governing = versions.governing(entry.version) else { throw .damaged("policy version \(entry.version)") }
        let stay = governing.stay(of: field, history, on: Day(of: clock.now()))
        let named = stay.policy.field(field)?.name ?? entry.name
        let terms = stay.policy.terms(of: named).filter { term in
            guard stay.reasons.contains(term.address) else { return false }
            return switch (term.span, stay.until) {
            case (.whileTrue, nil): true
            case (.after("collected", let duration), let until?): collected.adding(duration) == until
            case (.whileTrue, _?), (.after, _?): true
            case (.after, nil), (.atMost, _): false
            }
        }
        return (terms, stay.until)
    }
}
