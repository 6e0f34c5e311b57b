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
    /// Where pages have it that is no value of the person's own record; the office's word, nil where there is none.
    public var place: String?
    /// The rules of the version at collection by which it was collected.
    public let rules: [Rule]
    public let source: String
    public let since: Instant
    /// When it was put right last; nil: never.
    public let corrected: Instant?
    public let version: Version
    /// The same with the digest of its rules (`Policy.versionText`).
    public let versionText: String
    /// Why it stays: of the rules that keep it now, those that keep it longest.
    public private(set) var terms: [Term]
    /// Set where the policy keeps the person from reading it: then `value` is empty.
    public let refusal: Refused?
    /// The last day on which it stays, as far as can be known now; nil: no end is known, a condition holds.
    public private(set) var until: Day?
    /// Whether the policy lets the person put it right.
    public var mayCorrect: Bool { correcting == nil && isCorrectable }
    /// Why it doesn't; nil: it does.
    public let correcting: Refused?
    /// Why the policy keeps the person from taking it away, whatever its age; nil: a rule lets them.
    public let removing: Refused?
    /// Whether there is a page on which they may: where a law keeps it, that says so.
    public var mayRemove: Bool {
        guard isCorrectable, kind != .token else { return false }
        return switch removing?.why {
        case nil, .keptByLaw: true
        default: false
        }
    }
    /// It lies in a record; what lies beside them (a session, an entry) isn't put right.
    public let isCorrectable: Bool
    /// Of an address that is being changed; the office knows.
    public private(set) var stage = Stage.present
    public enum Stage: Sendable { case present, unproved, former }

    /// An address on its way in or out goes then, before any term of the policy is over.
    public mutating func isOnItsWay(_ stage: Stage, until ends: Instant) {
        (self.stage, until, terms) = (stage, Day(of: ends), [])
    }
}

/// Something of the person that lies outside the records: a session's row, the mark of a browser, the entries of uses.
public struct Beside: Sendable {
    /// The flow by which it came.
    let verb: Verb, field: String, source: String?, purpose: String, via: String?, starter: String?
    let value: String, since: Instant, matter: Int64?

    /// - Parameters:
    ///   - value: what the page may say of it.
    ///   - matter: the one that it belongs to.
    public init(
        _ verb: Verb, _ field: String, from source: String?, to purpose: String, via: String? = nil, by starter: String? = nil,
        value: String = "", since: Instant, matter: Int64? = nil
    ) {
        (self.verb, self.field, self.source, self.purpose, self.via, self.starter) = (verb, field, source, purpose, via, starter)
        (self.value, self.since, self.matter) = (value, since, matter)
    }
}

/// A record that can't be opened.
public struct ClosedRecord: Sendable, Hashable {
    /// Those that may lie in it.
    public let fields: [String]
    /// 0: the person's own; the office puts its own number there for pages.
    public var item: Int64
}

/// What is held of a person, looked through at one moment.
public struct Held: Sendable {
    /// Every stored value, then what lies beside the records; what the policy doesn't let the person read comes without its value.
    public var values: [Holding]
    public let closed: [ClosedRecord]
    /// Whether it may be there and can't be opened.
    public func isClosed(_ field: String, item: Int64 = 0) -> Bool { closed.contains { $0.item == item && $0.fields.contains(field) } }
    /// Why they can't leave at this moment; nil: they can.
    public let leaving: Refused?
}

extension Vault {
    /// Every stored value of the person; what the policy doesn't let them read comes without its value.
    public func holdings(of own: OwnSession) throws(Refusal) -> [Holding] { try held(of: own, beside: []).values }

    /// One of them, for which no other record is opened; nil: there is none, or it can't be opened.
    /// - Parameter item: 0, or the item that it belongs to.
    public func holding(_ field: String, item: Int64, of own: OwnSession) throws(Refusal) -> Holding? {
        try atThisMoment.look(at: own, field, item)
    }

    /// Whether a field of the person's own record isn't there, or can't be opened; nobody is shown it.
    public func lacks(_ field: String, of own: OwnSession) throws(Refusal) -> Bool {
        try !openEach(try there(of: own.subject, holding: [field], in: [0])).opened.contains { (_, entries) in
            entries.contains { $0.name == field }
        }
    }

    /// - Parameter beside: what of theirs lies outside the records.
    public func held(of own: OwnSession, beside: [Beside]) throws(Refusal) -> Held { try atThisMoment.look(at: own, beside) }

    private func look(at own: OwnSession, _ field: String, _ item: Int64) throws(Refusal) -> Holding? {
        let entries = Self.entries(try openEach(try there(of: own.subject, holding: [field], in: [item])).opened)
        guard let entry = entries.first(where: { $0.name == field }) else { return nil }
        return try store.read { (rows) throws(Refusal) in
            var answers = judge.answers(about: Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis()))
            var stays: [Likeness: Staying] = [:]
            let stay = try staying(
                entry, try history(of: own.subject, in: rows), try judge.agreed(by: own.subject, in: rows), Day(of: clock.now()), &stays)
            return try holding(entry, item, try rights(over: entry, &answers, in: rows), true, stay)
        }
    }

    private func look(at own: OwnSession, _ beside: [Beside]) throws(Refusal) -> Held {
        var (records, closed) = try openEach(try stored(of: own.subject))
        closed += try takenOut(of: own.subject)
        return try store.read { (rows) throws(Refusal) -> Held in
            let known = try history(of: own.subject, in: rows), today = Day(of: clock.now())
            let agreed = try judge.agreed(by: own.subject, in: rows)
            var answers = judge.answers(about: Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis()))
            var rights: [Likeness: Rights] = [:], stays: [Likeness: Staying] = [:]
            var values: [Holding] = []
            for (record, entries) in records {
                for entry in entries {
                    // Neither hangs on the day.
                    let like = Likeness(field: entry.name, version: entry.version, day: Day(0))
                    let found: Rights
                    if let before = rights[like] {
                        found = before
                    } else {
                        found = try self.rights(over: entry, &answers, in: rows)
                        rights[like] = found
                    }
                    let stay = try staying(entry, known, agreed, today, &stays)
                    if let value = try holding(entry, record.name.item, found, true, stay) { values.append(value) }
                }
            }
            for thing in beside {
                guard let entry = entry(for: thing) else { continue }
                // A matter of theirs has conditions of its own.
                var theirs =
                    thing.matter.map { matter in
                        judge.answers(about: Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis(matter: matter)))
                    } ?? answers
                let no = try judge.judge(thePerson: .read, entry.field, version: entry.version, &theirs, in: rows).refused
                let stay = try staying(entry, known, agreed, today, &stays)
                if let value = try holding(entry, 0, Rights(read: no), false, stay) { values.append(value) }
            }
            return Held(
                values: values, closed: closed.map { ClosedRecord(fields: fields(in: $0.kind), item: $0.item) },
                leaving: try parting(of: records, known, &answers, in: rows).refused)
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

    /// As if it were stored now; nil: the version of its day lacks a name of the flow.
    private func entry(for thing: Beside) -> Entry? {
        let version = versions.inForce(at: thing.since), policy = version.policy
        let flow = try? policy.flow(
            thing.verb, who: thing.source, thing: thing.field, purpose: thing.purpose, via: thing.via, starter: thing.starter)
        guard let flow else { return nil }
        let facts = Facts(holding: .init(repeating: .max)), verdict = policy.decide(flow, facts)
        return Entry(
            field: thing.field, value: Array(thing.value.utf8), source: thing.source ?? "", version: version.row, collected: thing.since,
            rules: verdict.isYes ? versions.account(of: verdict, on: flow, facts, in: version).rules : [])
    }

    private func holding(
        _ entry: Entry, _ item: Int64, _ rights: Rights, _ isCorrectable: Bool, _ stay: Staying
    ) throws(Refusal) -> Holding? {
        guard let version = versions[entry.version] else { throw .damaged("policy version \(entry.version)") }
        guard let field = version.policy.field(entry.field) else { return nil }
        return Holding(
            field: entry.name, kind: field.kind, value: rights.read == nil ? String(decoding: entry.value, as: UTF8.self) : "", item: item,
            rules: entry.rules.compactMap(version.policy.rule), source: entry.source, since: entry.collected, corrected: entry.corrected,
            version: version.policy.version, versionText: version.policy.versionText, terms: stay.terms, refusal: rights.read,
            until: stay.until,
            correcting: rights.correct, removing: rights.delete, isCorrectable: isCorrectable)
    }

    /// Why the person may not, of each of what one may do with a value of one's own; nil: they may.
    private struct Rights {
        let read: Refused?
        var correct: Refused?, delete: Refused?
    }

    private func rights(
        over entry: Entry, _ answers: inout Judge.Answers, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Rights {
        Rights(
            read: try judge.judge(thePerson: .read, entry.name, version: entry.version, &answers, in: rows).refused,
            correct: try judge.judge(thePerson: .correct, entry.name, version: entry.version, &answers, in: rows).refused,
            delete: try judge.judge(thePerson: .delete, entry.name, version: entry.version, &answers, in: rows).refused)
    }

    /// By which terms a value stays, and until when.
    private typealias Staying = (terms: [Term], until: Day?)

    private func staying(
        _ entry: Entry, _ known: History, _ agreed: [LoadedVersion], _ today: Day, _ stays: inout [Likeness: Staying]
    ) throws(Refusal) -> Staying {
        let collected = Day(of: entry.collected), like = Likeness(field: entry.field, version: entry.version, day: collected)
        if let found = stays[like] { return found }
        var history = known
        history.events["collected"] = collected
        guard let governing = versions.governing(entry.version, agreed: agreed) else { throw .damaged("policy version \(entry.version)") }
        let stay = governing.stay(of: entry.field, history, on: today)
        let named = stay.policy.field(entry.field)?.name ?? entry.name
        let terms = stay.policy.terms(of: named).filter { term in
            guard stay.reasons.contains(term.address) else { return false }
            return switch (term.span, stay.until) {
            case (.whileTrue, nil): true
            case (.after("collected", let duration), let until?): collected.adding(duration) == until
            case (.whileTrue, _?), (.after, _?): true
            case (.after, nil), (.atMost, _): false
            }
        }
        stays[like] = (terms, stay.until)
        return (terms, stay.until)
    }
}
