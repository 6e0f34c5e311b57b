// Single values that go before their time: the record anew without them, under a fresh key.

import Policy
import Store

extension Vault {
    /// The person's own deletion of the fields that the use names; what isn't stored needs none. The fields that went come back.
    @discardableResult
    public func remove<U: Use>(_: U.Type, of subject: Subject) async throws(Refusal) -> [String] {
        try await remove(U.self, of: subject, by: .thePerson(subject))
    }

    /// The same by the site, as the use's purpose permits it.
    @discardableResult
    public func removeBySite<U: Use>(_: U.Type, of subject: Subject) async throws(Refusal) -> [String] {
        try await remove(U.self, of: subject, by: .theSite)
    }

    /// What `remove` would refuse at this moment; nil: it would take them away, or nothing of them is stored.
    public func previewOfRemoving<U: Use>(_: U.Type, of subject: Subject) throws(Refusal) -> Refused? {
        try preview(U.self, of: subject, Moment(subject: subject, actor: .thePerson(subject), basis: Basis()))
    }

    /// The same of `removeBySite`. `supposing`: what is taken to be so, whatever the house would say.
    public func previewOfRemovingBySite<U: Use>(
        _: U.Type, of subject: Subject, supposing supposed: [String: Bool] = [:]
    ) throws(Refusal) -> Refused? {
        var moment = Moment(subject: subject, actor: .theSite, basis: Basis())
        moment.supposed = supposed
        return try preview(U.self, of: subject, moment)
    }

    private func preview<U: Use>(_: U.Type, of subject: Subject, _ moment: Moment) throws(Refusal) -> Refused? {
        let goes = try open(try stored(of: subject, holding: U.things, in: [0])).flatMap(\.1).filter { U.things.contains($0.name) }
        return try store.read { (rows) throws(Refusal) in try self.judge.judge(removing: U.self, goes, moment, in: rows).refused }
    }

    private func remove<U: Use>(_: U.Type, of subject: Subject, by actor: Actor) async throws(Refusal) -> [String] {
        var gone: [String] = []
        for record in try stored(of: subject, holding: U.things, in: [0]) {
            gone += try await atThisMoment.remove(U.self, from: record, by: actor)
        }
        return gone
    }

    private func remove<U: Use>(_: U.Type, from record: Stored, by actor: Actor) async throws(Refusal) -> [String] {
        let subject = record.name.subject, now = clock.now()
        let moment = Moment(subject: subject, actor: actor, basis: Basis())
        let monthKeys = try await monthKeys(of: subject)
        let entries = try open(record), goes = entries.filter { U.things.contains($0.name) }
        guard !goes.isEmpty else { return [] }
        let stays = entries.filter { !U.things.contains($0.name) }
        let rewrites = try await seal([Plain(old: record.name, name: record.name.next(), entries: stays)])
        do throws(Refusal) {
            try await store.write { (rows) throws(Refusal) in
                try self.refuseErased(subject, in: rows)
                let judgement = try self.judge.judge(removing: U.self, goes, moment, in: rows.snapshot)
                if let refused = judgement.refused { throw .policy(refused) }
                for rewrite in rewrites { try self.put(rewrite, in: rows) }
                let use = RecordedUse(
                    at: now, verb: "delete", who: actor.shown, things: goes.map(\.name), purpose: U.purpose, outcome: "yes",
                    rules: judgement.rules, version: self.versionText, matter: nil)
                _ = try self.ledger.append(use, of: subject, staff: nil, under: monthKeys, in: rows)
            }
        } catch {
            guard case .outdated = error else { throw error }
            // Somebody wrote the record since it was read.
            guard let new = try stored(of: subject).first(where: { $0.name.kind == record.name.kind && $0.name.item == 0 }) else {
                return []
            }
            return try await remove(U.self, from: new, by: actor)
        }
        await forget(rewrites)
        return goes.map(\.name)
    }
}

extension Judge {
    /// Of those of the use's fields that are stored. What the site takes away must be permitted for each of them, stored or not.
    fileprivate func judge<U: Use>(
        removing _: U.Type, _ goes: [Entry], _ moment: Moment, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judgement {
        guard case .thePerson = moment.actor else {
            let collected = U.things.map { thing in goes.first { $0.name == thing }?.version }
            return try judge(U.self, who: moment.actor.name, moment: moment, collected: collected, in: rows)
        }
        var answers = answers(about: moment), all = Judgement()
        for entry in goes {
            let judgement = try judge(thePerson: .delete, entry.name, version: entry.version, &answers, in: rows)
            if judgement.refused != nil { return judgement }
            all.byThing += judgement.byThing
        }
        return all
    }
}
