// The person takes one value of theirs away: the record anew without it, so that it opens for nobody any more.

import Policy
public import Store

/// What would come of a removal at this moment.
public enum Removal: Sendable {
    /// By these rules.
    case goes(by: [String])
    /// A law keeps it, as a rule says, and until when.
    case stays(Kept, Refused)
    case refused(Refused)
}

extension Vault {
    /// - Parameter item: 0, or the item that it belongs to.
    /// - Parameter alongside: writes the office's own rows in the same transaction.
    /// - Throws: `gone` where there is no such value (any more), or the person has left.
    public func remove(
        _ field: String, item: Int64 = 0, of subject: Subject,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Void
    ) async throws(Refusal) { try await atThisMoment.take(field, item, subject, alongside) }

    /// What `remove` would do at this moment.
    public func previewOfRemoving(_ field: String, item: Int64 = 0, of own: OwnSession) throws(Refusal) -> Removal {
        try atThisMoment.preview(field, item, own.subject)
    }

    private func preview(_ field: String, _ item: Int64, _ subject: Subject) throws(Refusal) -> Removal {
        let entry = try held(field, item, of: subject).entry
        return try store.read { (rows) throws(Refusal) -> Removal in
            let history = try history(of: entry, of: subject, in: rows)
            let judgement = try judge(removing: entry, history, of: subject, in: rows)
            guard let no = judgement.refused else { return .goes(by: judgement.rules) }
            if case .keptByLaw = no.why { return .stays(try kept(entry, history), no) }
            return .refused(no)
        }
    }

    private func take(
        _ field: String, _ item: Int64, _ subject: Subject,
        _ alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Void
    ) async throws(Refusal) {
        let now = clock.now(), monthKeys = try await monthKeys(of: subject)
        while true {
            let (record, entries, entry) = try held(field, item, of: subject)
            let rewrites = try await seal([Plain(old: record.name, name: record.name.next(), entries: entries.filter { $0 != entry })])
            do throws(Refusal) {
                try await store.write { (rows) throws(Refusal) in
                    try self.refuseErased(subject, in: rows)
                    let judgement = try self.judge(
                        removing: entry, try self.history(of: entry, of: subject, in: rows.snapshot), of: subject, in: rows.snapshot)
                    if let refused = judgement.refused { throw .policy(refused) }
                    for rewrite in rewrites { try self.put(rewrite, in: rows) }
                    let use = RecordedUse(
                        at: now, verb: "delete", who: "the person", things: [field], purpose: nil, outcome: "yes",
                        rules: judgement.rules, version: self.versionText, matter: nil)
                    _ = try self.ledger.append(use, of: subject, staff: nil, under: monthKeys, in: rows)
                    try alongside(rows)
                }
                return await forget(rewrites)
            } catch {
                guard case .outdated = error else { throw error }
            }
        }
    }

    private func judge(
        removing entry: Entry, _ history: History, of subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judge.Judgement {
        var answers = judge.answers(about: Moment(subject: subject, actor: .thePerson(subject), basis: Basis()))
        return try judge.judge(thePerson: .delete, entry.name, version: entry.version, history: history, &answers, in: rows)
    }

    private func history(of entry: Entry, of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> History {
        var history = try history(of: subject, in: rows)
        history.events["collected"] = Day(of: entry.collected)
        return history
    }
}
