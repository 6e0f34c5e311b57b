// What is taken in has to be held by something from then on: what nothing holds, the next sweep would take away again.

import Policy
import Store

extension Vault {
    /// The refusal of the first of these fields that no `keep` would hold, as things stand in these rows; nil: each is held.
    func withoutTerm<U: Use>(
        _: U.Type, _ fields: [String], of subject: Subject, supposing supposed: [String: Bool] = [:], in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Refused? {
        let unsure = fields.filter { !policy.isKept($0, after: Self.arrival) }
        guard !unsure.isEmpty else { return nil }
        let today = Day(of: clock.now()), versions = versions
        var history = try history(of: subject, in: rows)
        history.events[Self.arrival] = today
        for (name, holds) in supposed { history.suppose(name, holds, on: today) }
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
