// Single values that their person takes away: the record anew without them, under a fresh key.

import Policy
import Store

extension Vault {
    /// The person's own deletion of the fields that the use names; what isn't stored needs none.
    public func remove<U: Use>(_: U.Type, of subject: Subject) async throws(Refusal) {
        for record in try stored(of: subject) where record.name.item == 0 { try await atThisMoment.remove(U.things, from: record) }
    }

    /// What `remove` would refuse at this moment; nil: it would take them away, or nothing of them is stored.
    public func previewOfRemoving<U: Use>(_: U.Type, of subject: Subject) throws(Refusal) -> Refused? {
        var answers = judge.answers(about: Moment(subject: subject, actor: .thePerson(subject), basis: Basis()))
        let goes = try open(try stored(of: subject).filter { $0.name.item == 0 }).flatMap(\.1).filter { U.things.contains($0.name) }
        return try store.read { (rows) throws(Refusal) in
            for entry in goes {
                let judgement = try self.judge.judge(thePerson: .delete, entry.name, version: entry.version, &answers, in: rows)
                if let refused = judgement.refused { return refused }
            }
            return nil
        }
    }

    private func remove(_ fields: [String], from record: Stored) async throws(Refusal) {
        let subject = record.name.subject, now = clock.now()
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        let monthKeys = try await monthKeys(of: subject)
        let entries = try open(record), goes = entries.filter { fields.contains($0.name) }
        guard !goes.isEmpty else { return }
        let stays = entries.filter { !fields.contains($0.name) }
        let rewrites = try await seal([Plain(old: record.name, name: record.name.next(), entries: stays)])
        do throws(Refusal) {
            try await store.write { (rows) throws(Refusal) in
                try self.refuseErased(subject, in: rows)
                var answers = self.judge.answers(about: moment), rules: [String] = []
                for entry in goes {
                    let judgement = try self.judge.judge(
                        thePerson: .delete, entry.name, version: entry.version, &answers, in: rows.snapshot)
                    if let refused = judgement.refused { throw .policy(refused) }
                    rules += judgement.rules.filter { [rules] in !rules.contains($0) }
                }
                for rewrite in rewrites { try self.put(rewrite, in: rows) }
                let use = RecordedUse(
                    at: now, verb: "delete", who: "the person", things: goes.map(\.name), purpose: nil, outcome: "yes", rules: rules,
                    version: self.versionText, matter: nil)
                _ = try self.ledger.append(use, of: subject, staff: nil, under: monthKeys, in: rows)
            }
        } catch {
            guard case .outdated = error else { throw error }
            // Somebody wrote the record since it was read.
            guard let new = try stored(of: subject).first(where: { $0.name.kind == record.name.kind && $0.name.item == 0 }) else { return }
            return try await remove(fields, from: new)
        }
        await forget(rewrites)
    }
}
