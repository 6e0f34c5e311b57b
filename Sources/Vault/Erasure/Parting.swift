// What goes when a person leaves, and what a law keeps: decided value by value, before anything is done.

public import Policy
import Store

/// A value that a law keeps although its person has left.
public struct Kept: Sendable, Hashable {
    public let field: String
    /// The rule that keeps it, and the law that it cites.
    public let rule, law: String
    /// The last day; nil: as long as the rule's condition holds.
    public let until: Day?
}

/// A departure, as it would be now.
struct Parting: Sendable {
    let records: [(record: Vault.Stored, entries: [Entry])]
    /// Of values that are alike the first: the policy says the same of the others.
    var examples: [(record: Vault.Stored, entries: [Entry])] = []
    /// The fields that go, each named once.
    var goes: [String] = []
    /// For each record the entries that stay, each with why.
    var stays: [RecordName: [(entry: Entry, kept: Kept)]] = [:]
    /// Copies that were laid aside of what goes.
    var copies: [Kept] = []
    /// The same, of which they may not know yet: each with its matter.
    var silent: [(Int64, Kept)] = []
    /// Something that neither goes nor stays: no rule lets the person delete it, or one forbids it.
    var refused: Refused?
    /// What can't be opened goes as it lies: nobody can lay aside what nobody can read.
    var closed: [RecordName] = []

    /// Each once, in the order of the records; copies last.
    var kept: [Kept] {
        (records.flatMap { stays[$0.record.name] ?? [] }.map(\.kept) + copies).reduce(into: []) { all, kept in
            if !all.contains(kept) { all.append(kept) }
        }
    }
    /// Those that were looked into, or can't be.
    var names: Set<RecordName> { Set(records.map(\.record.name) + closed) }

    static func == (a: Parting, b: Parting) -> Bool { a.goes == b.goes && a.kept == b.kept && (a.refused == nil) == (b.refused == nil) }
}

/// Values about which the policy says the same at one moment: somebody may have a hundred thousand messages.
struct Likeness: Hashable {
    let field: String, version: Int64, day: Day
}

extension Vault {
    /// What a deletion does, told before it is done: the fields that go, and what a law keeps.
    public func departure(of own: OwnSession) throws(Refusal) -> (goes: [String], kept: [Kept]) {
        let parting = try parting(of: own.subject)
        let unread = parting.closed.flatMap { fields(in: $0.kind) }
        return (unread.reduce(into: parting.goes) { all, field in if !all.contains(field) { all.append(field) } }, parting.kept)
    }

    func parting(of subject: Subject) throws(Refusal) -> Parting {
        let (records, closed) = try openEach(try stored(of: subject))
        return try store.read { (rows) throws(Refusal) in
            var parting = try parting(of: records, of: subject, in: rows)
            parting.closed = closed
            return parting
        }
    }

    /// The same without a look into what goes anyhow; which fields go isn't told.
    func partingSkimmed(of subject: Subject) throws(Refusal) -> Parting {
        let sealed = try store.read { (rows) throws(Refusal) -> [Stored] in
            var sealed: [Stored] = []
            for kind in try classesToOpen(of: subject, in: rows) {
                sealed += try rows.all(
                    "SELECT item, generation, sealed FROM record WHERE subject = \(subject) AND kind = \(kind) ORDER BY item"
                ) {
                    Stored(
                        name: RecordName(subject: subject, kind: kind, item: $0.identity(0), generation: $0.integer(1)), sealed: $0.blob(2))
                }
            }
            return sealed
        }
        let (records, closed) = try openEach(sealed)
        return try store.read { (rows) throws(Refusal) in
            var parting = try parting(of: records, of: subject, in: rows)
            parting.closed = closed
            return parting
        }
    }

    /// The records that an erasure has to look into.
    func namesToOpen(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Set<RecordName> {
        var names: Set<RecordName> = []
        for kind in try classesToOpen(of: subject, in: rows) {
            names.formUnion(
                try rows.all("SELECT item, generation FROM record WHERE subject = \(subject) AND kind = \(kind)") {
                    RecordName(subject: subject, kind: kind, item: $0.identity(0), generation: $0.integer(1))
                })
        }
        return names
    }

    /// The person's retention classes of which something may stay, or not go: by a law of any version, or for want of a rule.
    private func classesToOpen(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Int64] {
        var answers = judge.answers(about: Moment(subject: subject, actor: .thePerson(subject), basis: Basis()))
        var found: [Int64] = [], last: Int64?
        while let kind = try rows.first(
            "SELECT min(kind) FROM record WHERE subject = \(subject) AND kind > \(last ?? .min)", { $0.identityOrNil(0) }) ?? nil
        {
            if try !goes(kind, &answers, in: rows) { found.append(kind) }
            last = kind
        }
        return found
    }

    /// Whether all that can lie in a class goes with its person, whenever it was collected.
    private func goes(_ kind: Int64, _ answers: inout Judge.Answers, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        var isKnown = false
        for version in versions.loaded {
            for field in version.policy.fields where version.policy.retentionClass(of: field.name) == kind {
                isKnown = true
                let name = versions.nameNow(of: field.name, in: version.row)
                guard !policy.isKeptByLaw(name), !version.policy.isKeptByLaw(field.name), versions.own(.delete, name, in: version) != nil,
                    try judge.judge(thePerson: .delete, name, version: version.row, &answers, in: rows).refused == nil
                else { return false }
            }
        }
        return isKnown
    }

    func parting(
        of records: [(record: Stored, entries: [Entry])], of subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Parting {
        var answers = judge.answers(about: Moment(subject: subject, actor: .thePerson(subject), basis: Basis()))
        return try parting(of: records, try history(of: subject, in: rows), &answers, in: rows)
    }

    /// - Parameter known: what is known of the person, whose own use `answers` is about.
    func parting(
        of records: [(record: Stored, entries: [Entry])], _ known: History, _ answers: inout Judge.Answers,
        in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Parting {
        var parting = Parting(records: records), history = known, judged: [Likeness: Judged] = [:]
        (parting.copies, parting.silent) = try copies(heldOf: answers.moment.subject, in: rows)
        for (record, entries) in records {
            var firsts: [Entry] = []
            for entry in entries {
                let day = Day(of: entry.collected), like = Likeness(field: entry.name, version: entry.version, day: day)
                let found: Judged
                if let known = judged[like] {
                    found = known
                } else {
                    history.events["collected"] = day
                    let no = try judge.judge(
                        thePerson: .delete, entry.name, version: entry.version, history: history, &answers, in: rows
                    ).refused
                    found = if let no, case .keptByLaw = no.why { .stays(try kept(entry, history)) } else { .goes }
                    judged[like] = found
                    firsts.append(entry)
                    if case .goes = found {
                        if !parting.goes.contains(entry.name) { parting.goes.append(entry.name) }
                        if let no, parting.refused == nil { parting.refused = no }
                    }
                }
                if case .stays(let kept) = found { parting.stays[record.name, default: []].append((entry, kept)) }
            }
            if !firsts.isEmpty { parting.examples.append((record, firsts)) }
        }
        return parting
    }

    private enum Judged { case goes, stays(Kept) }

    /// The names of the records that are there, in the order of `stored`.
    func names(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [RecordName] {
        try rows.all("SELECT kind, item, generation FROM record WHERE subject = \(subject) ORDER BY kind, item") { row in
            RecordName(subject: subject, kind: row.identity(0), item: row.identity(1), generation: row.integer(2))
        }
    }

    /// By which rule of law a value stays: the one that keeps it longest. Where the version at collection has a law of its own for it,
    /// the shorter of the two terms holds.
    func kept(_ entry: Entry, _ history: History) throws(Refusal) -> Kept {
        guard let former = versions[entry.version] else { throw .damaged("policy version \(entry.version)") }
        let today = Day(of: clock.now())
        guard let now = policy.lawful(entry.name, history, on: today) else { throw .unbound(entry.name) }
        let before = former.policy.lawful(entry.field, history.named { versions.nameThen(of: $0, in: former.row) }, on: today)
        let until = [now.until, before?.until].compactMap { $0 }.min()
        return Kept(field: entry.name, rule: now.rule, law: now.law, until: until)
    }
}

extension Policy {
    /// Whether a law keeps the field at all.
    fileprivate func isKeptByLaw(_ field: String) -> Bool {
        terms(of: field).contains { if case .byLaw = $0.reason { true } else { false } }
    }

    /// Whether every term by law that counts from an event has run out: what the policy calls `legal term over`.
    func isLegalTermOver(of field: String, _ history: History, on day: Day) -> Bool {
        let holding = retained(field, history, at: day).reasons
        return !terms(of: field).contains { term in
            guard case .byLaw = term.reason, case .after = term.span else { return false }
            return holding.contains(term.address)
        }
    }

    /// The rule of law that keeps a field longest, seen from a day; nil: none does.
    func lawful(_ field: String, _ history: History, on day: Day) -> (rule: String, law: String, until: Day?)? {
        let holding = retained(field, history, at: day).reasons
        var longest: (rule: String, law: String, until: Day?)?
        for term in terms(of: field) where holding.contains(term.address) {
            guard case .byLaw(let law) = term.reason else { continue }
            let until = lastDay(of: term.address, field, history, from: day)
            if let end = longest?.until, until.map({ $0 > end }) ?? true { longest = (term.address, law, until) }
            if longest == nil { longest = (term.address, law, until) }
        }
        return longest
    }

    /// The last day on which a rule that holds now still holds; nil: no end within three hundred years.
    private func lastDay(of rule: String, _ field: String, _ history: History, from day: Day) -> Day? {
        func holds(_ number: Int) -> Bool { retained(field, history, at: Day(number)).reasons.contains(rule) }
        var last = day.number, past = last + 110_000
        guard !holds(past) else { return nil }
        while past - last > 1 {
            let middle = (last + past) / 2
            if holds(middle) { last = middle } else { past = middle }
        }
        return Day(last)
    }
}
