// Putting a value right: the record anew under fresh keys, so that the former value opens for nobody any more.

import Policy
public import Store

extension Vault {
    /// The person puts a value of theirs right. It keeps its version and the day from which its terms count.
    /// - Parameters:
    ///   - item: 0, or the item that it belongs to.
    ///   - source: where the right value comes from, as the policy names it.
    ///   - former: an item under which the former value stays on, for a while that the caller ends with `discard`; nil: it is forgotten.
    ///   - alongside: writes the office's own rows in the same transaction.
    /// - Throws: `gone` where there is no such value (any more), or the person has left.
    public func correct<T: Sendable>(
        _ given: Given, item: Int64 = 0, from source: String, keepingFormerAs former: Int64? = nil, of subject: Subject,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await atThisMoment.replace(given, item, source, former, subject, alongside)
    }

    /// Takes an item of the person's away that nobody needs any more: an address that was never proved, or a former one.
    /// - Parameter verb: as which it stands in their list; nil: the value lives on in another item, or its end is told otherwise.
    public func discard(item: Int64, of subject: Subject, as verb: String? = nil) async throws(Refusal) {
        precondition(item != 0, "the person's own record isn't discarded")
        let house = atThisMoment
        for record in try stored(of: subject) where record.name.item == item { try await house.discard(record, as: verb) }
    }

    private func discard(_ record: Stored, as verb: String?) async throws(Refusal) {
        let subject = record.name.subject, now = clock.now()
        var told: (verb: String, ends: [End], keys: Ledger.MonthKeys)?
        if let verb { told = (verb, try open(record).map { End(field: $0.name, rules: []) }, try await monthKeys(of: subject)) }
        let rewrites = try await seal([Plain(old: record.name, name: record.name.next(), entries: [])])
        try await store.write { [told] (rows) throws(Refusal) in
            for rewrite in rewrites { try self.put(rewrite, in: rows) }
            guard let told, try self.isHere(subject, in: rows.snapshot) else { return }
            try self.enter(told.ends, told.verb, of: subject, under: told.keys, at: now, in: rows)
        }
        await forget(rewrites)
    }
}

extension Vault {
    private func replace<T: Sendable>(
        _ given: Given, _ item: Int64, _ source: String, _ former: Int64?, _ subject: Subject,
        _ alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        let now = clock.now(), monthKeys = try await monthKeys(of: subject)
        while true {
            let (record, entries, entry) = try held(given.field, item, of: subject)
            var right = entry
            (right.value, right.source, right.corrected) = (Array(given.value.utf8), source, now)
            var drafts = [Plain(old: record.name, name: record.name.next(), entries: entries.map { $0 == entry ? right : $0 })]
            if let former {
                let name = RecordName(subject: subject, kind: record.name.kind, item: former, generation: 1)
                drafts.append(Plain(old: nil, name: name, entries: [entry]))
            }
            let rewrites = try await seal(drafts)
            do throws(Refusal) {
                let done = try await store.write { (rows) throws(Refusal) -> T in
                    try self.refuseErased(subject, in: rows)
                    var answers = self.judge.answers(about: moment)
                    let judgement = try self.judge.judge(
                        thePerson: .correct, given.field, version: entry.version, &answers, in: rows.snapshot)
                    if let refused = judgement.refused { throw .policy(refused) }
                    for rewrite in rewrites { try self.put(rewrite, in: rows) }
                    let use = RecordedUse(
                        at: now, verb: "correct", who: "the person", things: [given.field], purpose: nil, outcome: "yes",
                        rules: judgement.rules, version: self.versionText, matter: nil)
                    _ = try self.ledger.append(use, of: subject, staff: nil, under: monthKeys, in: rows)
                    return try alongside(rows)
                }
                await forget(rewrites)
                return done
            } catch {
                guard case .outdated = error else { throw error }
            }
        }
    }

    func held(_ field: String, _ item: Int64, of subject: Subject) throws(Refusal) -> (record: Stored, all: [Entry], entry: Entry) {
        for (record, entries) in try open(try stored(of: subject).filter({ $0.name.item == item })) {
            if let entry = entries.first(where: { $0.name == field }) { return (record, entries, entry) }
        }
        throw .gone
    }
}
