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
        let house = atThisMoment, actor = Actor.thePerson(subject)
        return try await house.replace(given, item, source, former, Moment(subject: subject, actor: actor, basis: Basis()), nil, alongside)
        {
            (version, rows) throws(Refusal) in
            var answers = house.judge.answers(about: Moment(subject: subject, actor: actor, basis: Basis()))
            return try house.judge.judge(thePerson: .correct, given.field, version: version, &answers, in: rows)
        }
    }

    /// Somebody of the staff puts the value right that the use names, as the policy lets them. An attempt that it refuses is entered, and
    /// thrown once the entry is durable.
    public func correct<U: Use, T: Sendable>(
        _: U.Type, to value: String, from source: String, keepingFormerAs former: Int64? = nil, of subject: Subject, by actor: Actor,
        on basis: Basis, alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let house = atThisMoment, moment = Moment(subject: subject, actor: actor, basis: basis)
        do throws(Refusal) {
            return try await house.replace(Given(U.things[0], value), 0, source, former, moment, U.purpose, alongside) {
                (version, rows) throws(Refusal) in
                try house.judge.judge(U.self, who: actor.name, moment: moment, collected: [version], in: rows)
            }
        } catch {
            guard case .policy(let refused) = error else { throw error }
            throw .policy(try await house.entered(refused, U.verb, U.things, of: subject, by: actor, on: basis))
        }
    }

    /// Since when the present value of a field is held; nil: none is stored. The value itself stays where it is.
    public func held(_ field: String, of subject: Subject) throws(Refusal) -> Instant? {
        try entries(of: [field], of: subject, items: [0]).first { $0.name == field }.map { $0.corrected ?? $0.collected }
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
    /// - Parameter judging: what the policy says of it, by the version of the value.
    private func replace<T: Sendable>(
        _ given: Given, _ item: Int64, _ source: String, _ former: Int64?, _ moment: Moment, _ purpose: String?,
        _ alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> T,
        judging: @escaping @Sendable (Int64, borrowing Snapshot<Refusal>) throws(Refusal) -> Judge.Judgement
    ) async throws(Refusal) -> T {
        let subject = moment.subject, actor = moment.actor, now = clock.now(), monthKeys = try await monthKeys(of: subject)
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
                    let judgement = try judging(entry.version, rows.snapshot)
                    guard !judgement.waits else { throw .untellable }
                    if let refused = judgement.refused { throw .policy(refused) }
                    for rewrite in rewrites { try self.put(rewrite, in: rows) }
                    let use = RecordedUse(
                        at: now, verb: "correct", who: actor.shown, things: [given.field], purpose: purpose, outcome: "yes",
                        rules: judgement.rules, version: self.versionText, matter: moment.basis.matter)
                    _ = try self.ledger.append(use, of: subject, staff: actor.staff, under: monthKeys, in: rows)
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
        for (record, entries) in try open(try stored(of: subject, holding: [field], in: [item])) {
            if let entry = entries.first(where: { $0.name == field }) { return (record, entries, entry) }
        }
        throw .gone
    }
}
