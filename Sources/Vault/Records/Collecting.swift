// Storing what somebody gives: the key first, then record, entry and leaf in one transaction.

import Crypto
import Policy
public import Store

extension Vault {
    /// A new subject with what they gave; `actor` is who of the staff entered it, where it wasn't the person. `alongside` writes the office's own rows in the same transaction.
    /// An item of its own has a number other than 0.
    public func admit<U: Collecting, T: Sendable>(
        _ value: U, item: Int64 = 0, by actor: Actor? = nil, on basis: Basis = Basis(),
        alongside: @escaping @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        while true {
            do throws(Refusal) {
                return try await atThisMoment.store(
                    value, of: try newSubject(), isNew: true, item: item, by: actor, on: basis, alongside)
            } catch {
                // Somebody got the same number at this moment.
                guard case .store(.conflict("subject.id")) = error else { throw error }
            }
        }
    }

    /// Stores what a known subject gives, or what `actor` of the staff enters about them. An item of its own (a message) has a number other
    /// than 0.
    public func collect<U: Collecting, T: Sendable>(
        _ value: U, of subject: Subject, item: Int64 = 0, by actor: Actor? = nil, on basis: Basis,
        alongside: @escaping @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await atThisMoment.store(value, of: subject, isNew: false, item: item, by: actor, on: basis, alongside)
    }
}

extension Vault {
    /// Nine digits: a customer number that can be read out on the telephone, and tells nobody how many there are. Nobody has it or had it:
    /// among a hundred thousand people some would get the same.
    private func newSubject() throws(Refusal) -> Subject {
        while true {
            let number = randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 900_000_000 + 100_000_000
            let subject = Subject(id: Int64(number))
            let isTaken = try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM subject WHERE id = \(subject)") }
            if !isTaken, try !keys.isKnown(subject) { return subject }
        }
    }

    private func store<U: Collecting, T: Sendable>(
        _ value: U, of subject: Subject, isNew: Bool, item: Int64, by actor: Actor?, on basis: Basis,
        _ alongside: @escaping @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let now = clock.now(), source = U.source ?? ""
        let actor = actor ?? .thePerson(subject)
        let moment = Moment(subject: subject, actor: actor, basis: basis)
        let monthKeys = try await monthKeys(of: subject, isNew: isNew)
        let nothing = [Int64?](repeating: nil, count: U.things.count)
        let first = try store.read { (rows) throws(Refusal) in
            try self.judge.judge(U.self, who: source, moment: moment, collected: nothing, in: rows)
        }
        if let refused = first.refused { throw .policy(refused) }
        let rules = Dictionary(zip(U.things, first.byThing), uniquingKeysWith: { $1 })
        while true {
            let rewrites = try await rewrites(of: value, subject, item, source, rules, at: now)
            do throws(Refusal) {
                let done = try await store.write { (rows) throws(Refusal) -> T in
                    if isNew {
                        try rows.run("INSERT INTO subject (id, since) VALUES (\(subject), \(now))")
                    } else {
                        try self.refuseErased(subject, in: rows)
                    }
                    let judgement = try self.judge.judge(U.self, who: source, moment: moment, collected: nothing, in: rows.snapshot)
                    if let refused = judgement.refused { throw .policy(refused) }
                    for rewrite in rewrites { try self.put(rewrite, in: rows) }
                    let use = self.record(
                        U.self, by: actor, basis: basis, judgement, at: now, things: value.values.map(\.field))
                    _ = try self.ledger.append(use, of: subject, staff: actor.staff, under: monthKeys, in: rows)
                    let done = try alongside(subject, rows)
                    if let refused = try self.withoutTerm(U.self, value.values.map(\.field), of: subject, in: rows.snapshot) {
                        throw .policy(refused)
                    }
                    return done
                }
                if isNew { try await keys.confirm(subject) }
                await forget(rewrites)
                return done
            } catch {
                guard case .outdated = error else { throw error }
            }
        }
    }

    /// The records anew. What is given again goes out of the record where it was, also where that is of a former version's class.
    private func rewrites<U: Collecting>(
        of value: U, _ subject: Subject, _ item: Int64, _ source: String, _ rules: [String: [String]], at now: Instant
    ) async throws(Refusal) -> [Rewrite] {
        var byPlace: [RecordName: [Entry]] = [:]
        for given in value.values {
            guard let kind = policy.retentionClass(of: given.field) else { throw .policy(withoutTerm(U.self, given.field)) }
            let place = RecordName(subject: subject, kind: kind, item: given.item ?? item, generation: 1)
            byPlace[place, default: []].append(
                Entry(
                    field: given.field, value: Array(given.value.utf8), source: source, version: versions.current.row, collected: now,
                    rules: rules[given.field] ?? []))
        }
        var drafts: [Plain] = []
        let items = Set(value.values.map { $0.item ?? item }).sorted()
        for (record, before) in try open(try stored(of: subject, holding: value.values.map(\.field), in: items)) {
            let name = record.name, place = RecordName(subject: subject, kind: name.kind, item: name.item, generation: 1)
            let entries = byPlace.removeValue(forKey: place) ?? []
            let stays = before.filter { kept in !value.values.contains { $0.field == kept.name && ($0.item ?? item) == name.item } }
            guard !entries.isEmpty || stays.count < before.count else { continue }
            drafts.append(Plain(old: record.name, name: record.name.next(), entries: stays + entries))
        }
        for (place, entries) in byPlace { drafts.append(Plain(old: nil, name: place, entries: entries)) }
        return try await seal(drafts)
    }

    private func withoutTerm<U: Use>(_: U.Type, _ field: String) -> Refused {
        Refused(
            why: .noTerm, verb: .collect, who: U.source, thing: field, purpose: U.purpose, rules: [], missing: nil,
            byFormerVersion: false, entry: nil)
    }
}
