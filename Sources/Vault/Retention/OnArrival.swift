// What is taken in has to be held by something from then on: what nothing holds, the next sweep would take away again.

import Policy
import Store

extension Vault {
    /// The refusal of the first of these fields that no `keep` would hold, as things stand in these rows; nil: each is held.
    func withoutTerm<U: Use>(
        _: U.Type, _ fields: [String], of subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Refused? {
        let unsure = fields.filter { !policy.isKept($0, after: Self.arrival) }
        guard !unsure.isEmpty else { return nil }
        let today = Day(of: clock.now()), versions = versions
        var history = try history(of: subject, in: rows)
        history.events[Self.arrival] = today
        for field in unsure where !policy.retained(field, history, at: today).kept {
            let missing = versions.former.flatMap { former -> Rule? in
                let then = history.named { versions.nameThen(of: $0, in: former.row) }
                let held = former.policy.retained(versions.nameThen(of: field, in: former.row), then, at: today)
                return held.reasons.first.flatMap(former.policy.rule)
            }
            return Refused(
                why: .noTerm, verb: .collect, who: U.source, thing: field, purpose: U.purpose, rules: [], missing: missing,
                byFormerVersion: false, entry: nil)
        }
        return nil
    }

    /// The policy's name for the event that a field is taken in.
    private static let arrival = "collected"
}

extension Vault {
    /// The fields that some other version kept by other rules than the present one does: if the policy has errors, it may have lost a line.
    public var fieldsOfOtherTerms: Set<String> {
        let versions = versions, present = versions.current
        func terms(_ field: String, _ policy: Policy) -> Set<String> {
            Set(policy.terms(of: field).compactMap { policy.rule($0.address)?.text })
        }
        return versions.loaded.reduce(into: []) { found, other in
            guard other.row != present.row else { return }
            for field in other.policy.fields {
                let now = versions.nameNow(of: field.name, in: other.row)
                if terms(field.name, other.policy) != terms(now, present.policy) { found.insert(now) }
            }
        }
    }
}
