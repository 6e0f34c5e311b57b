// Asks the policy about a use: both versions where two apply, on facts that the house answers itself.

import Policy
import Store

/// Decides inside a transaction; knows nothing of keys or values.
struct Judge: Sendable {
    let versions: Versions
    let conditions: [String: any Condition]
    let clock: any Clock

    /// By its present name; one that the office registered under a former name is the same.
    func condition(_ name: String) -> (any Condition)? {
        conditions[name] ?? versions.formerNames(of: name).lazy.compactMap { conditions[$0] }.first
    }

    /// What the house can answer of one moment; to be asked in one snapshot.
    func answers(about moment: Moment) -> Answers { Answers(judge: self, moment: moment) }

    /// What the policy says of a use over all its things.
    struct Judgement: Sendable {
        /// For each thing the addresses of the rules that permit it.
        var byThing: [[String]] = []
        var rules: [String] { byThing.reduce(into: []) { all, rules in all += rules.filter { [all] in !all.contains($0) } } }
        var refused: Refused?
        /// The person is told of it later, be it a yes or a no.
        var waits = false
    }

    /// `collected` gives for each thing of the use the version row under which it was collected; nil: nothing is stored.
    /// What may not be entered in the record of uses may not be used either. The present version alone is asked about that: an entry
    /// repeats nothing of what was collected.
    func judge<U: Use>(
        _: U.Type, who: String?, moment: Moment, collected: [Int64?], isRecorded: Bool = true, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judgement {
        let current = try bind(U.self, who: who, in: versions.current)
        var moment = moment
        if let sending = U.self as? any Sending.Type { (moment.through, moment.message) = (sending.through, U.things.first) }
        var answers = answers(about: moment)
        var judgement = Judgement()
        for (index, bound) in current.enumerated() {
            let now = try decide(bound, in: versions.current, &answers, rows)
            let before = try former(U.self, who: who, index, collected[index], &answers, rows)
            if try waits(U.self, who: who, index, bound, collected: collected[index], &answers, in: rows) { judgement.waits = true }
            // The person's own flows stand if either version allows them; everybody else needs both.
            let own = if case .thePerson = moment.actor, U.verb != .collect { true } else { false }
            let allowed = own ? now.isYes || before?.isYes == true : now.isYes && before?.isYes != false
            if allowed {
                if U.verb == .collect, let without = withoutTerm(.collect, who, bound.thing, U.purpose) {
                    judgement.refused = without
                    return judgement
                }
                judgement.byThing.append((now.isYes ? now : before ?? now).account.rules)
            } else {
                let formerly = versions.former.flatMap { try? versions.bind(U.self, who: who, in: $0)[index] }
                var refused = try refusal(U.verb, who, U.purpose, bound, now, before, formerly, &answers, rows)
                if let sending = U.self as? any Sending.Type { (refused.from, refused.carrier) = (sending.through, sending.carrier) }
                judgement.refused = refused
                return judgement
            }
        }
        guard isRecorded else { return judgement }
        let entry: [Versions.Thing]
        do throws(Unbound) { entry = try versions.bindEntry(about: U.self) } catch { throw .unbound(error.name) }
        for (bound, field) in zip(entry, RecordOfUses.fields(of: U.self)) {
            judgement.refused = try refusal(of: bound, deriving: RecordOfUses.field, from: field, &answers, rows)
            if judgement.refused != nil { break }
        }
        return judgement
    }

    /// Why the site may not make something of a field now; nil: it may.
    func refusal(
        ofDeriving thing: String, from field: String, moment: Moment, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Refused? {
        guard let bound = try? versions.derived(thing, from: field, in: versions.current) else {
            return Refused(
                why: .noRule, verb: .derive, who: Actor.theSite.name, thing: thing, purpose: RecordOfUses.purpose, rules: [], missing: nil,
                byFormerVersion: false, entry: nil, from: field)
        }
        var answers = answers(about: moment)
        return try refusal(of: bound, deriving: thing, from: field, &answers, rows)
    }
}

extension Judge {
    /// What both versions say of making something of a field, by whom the use names.
    func judge<U: Use>(
        deriving _: U.Type, from field: String, collected: Int64, moment: Moment, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judgement {
        let thing = U.things[0], purpose = U.purpose, maker = U.by.first
        func bound(in version: LoadedVersion) -> Versions.Thing? { try? versions.derived(by: U.self, from: field, in: version) }
        var answers = answers(about: moment)
        guard let present = bound(in: versions.current) else { throw .unbound(thing) }
        let now = try decide(present, in: versions.current, &answers, rows)
        var before: Decision?
        if collected != versions.current.row {
            guard let version = versions[collected] else { throw .damaged("policy version \(collected)") }
            // A version that lacks a name of the use has no rule for it.
            before = try second(version, &answers, rows) { (version, answers, rows) throws(Refusal) in
                guard let bound = bound(in: version) else { return Decision(noRuleIn: version, of: versions) }
                return try decide(bound, in: version, &answers, rows)
            }
        }
        guard now.isYes, before?.isYes != false else {
            let formerly = versions.former.flatMap(bound(in:))
            var refused = try refusal(.derive, maker, purpose, present, now, before, formerly, &answers, rows)
            refused.from = field
            return Judgement(refused: refused)
        }
        if let without = withoutTerm(.derive, maker, thing, purpose, from: field) { return Judgement(refused: without) }
        // The person's record says so, and that is made of the field too.
        return Judgement(
            byThing: [now.account.rules], refused: try refusal(ofDeriving: RecordOfUses.field, from: field, moment: moment, in: rows))
    }

    /// What either version says of the person's own use of one field; what the present one keeps by law stands against it, whatever
    /// the other says. Of a deletion `history` tells which terms by law are over.
    func judge(
        thePerson verb: Verb, _ field: String, version: Int64, history: History? = nil, _ answers: inout Answers,
        in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judgement {
        defer { if history != nil { answers.known.removeValue(forKey: Self.legalTermOver) } }
        var no: (bound: Versions.Thing, decision: Decision)?
        let today = Day(of: clock.now())
        var asked = [versions.current]
        if version != versions.current.row {
            guard let collected = versions[version] else { throw .damaged("policy version \(version)") }
            asked += [collected] + (try agreed(by: answers.moment.subject, in: rows)).filter { $0.row != versions.current.row }
        }
        for version in asked {
            guard let bound = versions.own(verb, field, in: version) else { continue }
            if let history { answers.known[Self.legalTermOver] = isLegalTermOver(of: field, history, on: today, in: version) }
            let decision = try decide(bound, in: version, &answers, rows)
            if decision.isYes { return Judgement(byThing: [decision.account.rules]) }
            if no == nil { no = (bound, decision) }
            if case .keptByLaw = decision.verdict, version.row == versions.current.row { break }
        }
        guard let no else { throw .unbound(field) }
        return Judgement(refused: try refusal(verb, nil, nil, no.bound, no.decision, nil, former(verb, field), &answers, rows))
    }

    /// Of a field on a day, and of nothing else: whatever is asked about one by one.
    private static let legalTermOver = "legal term over"

    /// What the house answers of one moment in one snapshot: each condition asked once, and only where a flow needs it.
    struct Answers {
        fileprivate let judge: Judge
        let moment: Moment
        fileprivate var known: [String: Bool?] = [:]

        fileprivate init(judge: Judge, moment: Moment) { (self.judge, self.moment) = (judge, moment) }

        mutating func facts(for names: [Name], of version: LoadedVersion, _ rows: borrowing Snapshot<Refusal>) throws(Refusal)
            -> Facts
        {
            var facts = Facts.unknown
            for name in names {
                let condition = judge.versions.nameNow(of: version.policy.conditions[Int(name.index)], in: version.row)
                if known[condition] == nil, let supposed = moment.supposed[condition] { known[condition] = .some(supposed) }
                if known[condition] == nil {
                    let answer = try judge.condition(condition)?.answer(moment, at: judge.clock.now(), in: rows)
                    known[condition] = .some(answer?.holds)
                }
                facts[name] = known[condition] ?? nil
            }
            return facts
        }
    }

    private func bind<U: Use>(_: U.Type, who: String?, in version: LoadedVersion) throws(Refusal) -> [Versions.Thing] {
        do throws(Unbound) { return try versions.bind(U.self, who: who, in: version) } catch { throw .unbound(error.name) }
    }

    func decide(
        _ bound: Versions.Thing, in version: LoadedVersion, _ answers: inout Answers,
        _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Decision {
        let facts = try answers.facts(for: bound.asked, of: version, rows)
        let verdict = version.policy.decide(bound.flow, facts)
        return Decision(verdict, on: bound.flow, facts, in: version, of: versions)
    }

    /// What the version at collection says; nil where it is the present one, or where nothing is stored yet.
    private func former<U: Use>(
        _: U.Type, who: String?, _ index: Int, _ row: Int64?, _ answers: inout Answers, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Decision? {
        guard U.verb != .collect, let row, row != versions.current.row else { return nil }
        guard let version = versions[row] else { throw .damaged("policy version \(row)") }
        return try second(version, &answers, rows) { (version, answers, rows) throws(Refusal) in
            // A version that lacks a name of the use has no rule for it.
            guard let bound = try? versions.bind(U.self, who: who, in: version)[index] else {
                return Decision(noRuleIn: version, of: versions)
            }
            return try decide(bound, in: version, &answers, rows)
        }
    }

    /// What the version at collection says, or the last of those that the person agreed to that says yes.
    private func second(
        _ collected: LoadedVersion, _ answers: inout Answers, _ rows: borrowing Snapshot<Refusal>,
        _ ask: (LoadedVersion, inout Answers, borrowing Snapshot<Refusal>) throws(Refusal) -> Decision
    ) throws(Refusal) -> Decision {
        let first = try ask(collected, &answers, rows)
        if first.isYes { return first }
        for version in try agreed(by: answers.moment.subject, in: rows).reversed() {
            let decision = try ask(version, &answers, rows)
            if decision.isYes { return decision }
        }
        return first
    }

    private func isLegalTermOver(of field: String, _ history: History, on day: Day, in version: LoadedVersion) -> Bool {
        if version.row == versions.current.row { return version.policy.isLegalTermOver(of: field, history, on: day) }
        return version.policy.isLegalTermOver(
            of: versions.nameThen(of: field, in: version.row), history.named { versions.nameThen(of: $0, in: version.row) }, on: day)
    }
}
