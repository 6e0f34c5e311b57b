// Single values that their person takes away: the record anew without them, under a fresh key.

import Policy
import Store

extension Vault {
    /// The person's own deletion of the fields that the use names; what isn't stored needs none.
    public func remove<U: Use>(_: U.Type, of subject: Subject) async throws(Refusal) {
        let house = atThisMoment
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis()), now = clock.now()
        let monthKeys = try await monthKeys(of: subject)
        for record in try stored(of: subject) where record.name.item == 0 {
            let entries = try open(record), goes = entries.filter { U.things.contains($0.field) }
            guard !goes.isEmpty else { continue }
            try await house.store.write { (rows) throws(Refusal) in
                try house.refuseErased(subject, in: rows)
                var rules: [String] = []
                for entry in goes {
                    let judgement = try house.judge.judge(
                        thePerson: .delete, entry.field, version: entry.version, moment: moment, in: rows.snapshot)
                    if let refused = judgement.refused { throw .policy(refused) }
                    rules += judgement.rules.filter { [rules] in !rules.contains($0) }
                }
                let use = RecordedUse(
                    at: now, verb: "delete", who: "the person", things: goes.map(\.field), purpose: nil, outcome: "yes", rules: rules,
                    version: house.versionText, matter: nil)
                _ = try house.ledger.append(use, of: subject, staff: nil, under: monthKeys, in: rows)
            }
            try await rewrite(record, keeping: entries.filter { !U.things.contains($0.field) })
        }
    }
}
