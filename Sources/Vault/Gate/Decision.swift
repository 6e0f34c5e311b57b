// A verdict with what stands behind it, and why a use is refused: what is lacking, what forbids it, which rule there once was.

import Policy
import Store

extension Judge {
    /// A verdict, with what stands behind it where that is asked for.
    struct Decision {
        let verdict: Verdict
        /// nil: the version lacks a name of it.
        private let flow: Flow?
        private let facts: Facts, version: LoadedVersion, versions: Versions

        init(_ verdict: Verdict, on flow: Flow, _ facts: Facts, in version: LoadedVersion, of versions: Versions) {
            (self.verdict, self.flow, self.facts, self.version, self.versions) = (verdict, flow, facts, version, versions)
        }

        init(noRuleIn version: LoadedVersion, of versions: Versions) {
            (verdict, flow, facts, self.version, self.versions) = (.noRule, nil, .unknown, version, versions)
        }

        var policy: Policy { version.policy }
        var isYes: Bool { verdict.isYes }
        var account: Account { flow.map { versions.account(of: verdict, on: $0, facts, in: version) } ?? .nothing }

        /// The rules that would permit it if what is lacking were so.
        var open: [String] {
            guard let flow, let lacking = account.lacking else { return [] }
            var facts = facts
            for name in lacking.set { if let bit = try? policy.condition(name) { facts[bit] = true } }
            for name in lacking.clear { if let bit = try? policy.condition(name) { facts[bit] = false } }
            let then = policy.decide(flow, facts)
            return then.isYes ? versions.account(of: then, on: flow, facts, in: version).rules : []
        }
    }
}

extension Judge {
    func refusal(
        of bound: Versions.Thing, deriving thing: String, from field: String, _ answers: inout Answers, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Refused? {
        let now = try decide(bound, in: versions.current, &answers, rows), purpose = RecordOfUses.purpose
        guard !now.isYes else { return withoutTerm(.derive, Actor.theSite.name, thing, purpose, from: field) }
        let formerly = versions.former.flatMap { try? versions.derived(thing, from: field, in: $0) }
        var refused = try refusal(.derive, Actor.theSite.name, purpose, bound, now, nil, formerly, &answers, rows)
        refused.from = field
        return refused
    }

    /// The use in the version before the present one, where that has all its names.
    func former(_ verb: Verb, _ field: String) -> Versions.Thing? {
        versions.former.flatMap { try? Versions.Thing(verb, who: "the person", field, in: $0.policy) }
    }

    func refusal(
        _ verb: Verb, _ who: String?, _ purpose: String?, _ bound: Versions.Thing, _ now: Decision, _ before: Decision?,
        _ formerly: Versions.Thing?, _ answers: inout Answers, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Refused {
        let byFormer = now.isYes
        let no = byFormer ? before ?? now : now
        let why: Refused.Why =
            switch no.verdict {
            case .needs: .needs(no.account.needs)
            case .forbidden: .forbidden(by: no.account.rules.first ?? "")
            case .keptByLaw: .keptByLaw(by: no.account.rules.first ?? "")
            case .noRule, .yes: .noRule
            }
        var missing: Rule?
        if !byFormer, let version = versions.former, let formerly {
            let then = try decide(formerly, in: version, &answers, rows)
            // Where other rules would permit it, what is gone is the one that did.
            let wasEnough = if case .noRule = why { true } else { then.isYes }
            // On the facts of now it may have asked for something too; a rule that forbade it isn't what is gone.
            if wasEnough { missing = (then.isYes ? then.account.rules : then.open).first.flatMap(version.policy.rule) }
        }
        var refused = Refused(
            why: why, verb: verb, who: who, thing: bound.thing, purpose: purpose,
            rules: no.open.compactMap(no.policy.rule), missing: missing, byFormerVersion: byFormer,
            formerVersion: byFormer ? no.policy.versionText : nil, entry: nil)
        if case .forbidden = why { refused.lifting = no.account.needs }
        return refused
    }

    /// What no `keep` holds isn't taken in: nothing would say when it has to go. nil: one does.
    func withoutTerm(_ verb: Verb, _ who: String?, _ field: String, _ purpose: String?, from: String? = nil) -> Refused? {
        guard !versions.current.policy.isKept(field) else { return nil }
        let missing = versions.former.flatMap { former in
            former.policy.terms(of: field).lazy.compactMap { former.policy.rule($0.address) }.first
        }
        return Refused(
            why: .noTerm, verb: verb, who: who, thing: field, purpose: purpose, rules: [], missing: missing, byFormerVersion: false,
            entry: nil, from: from)
    }
}
