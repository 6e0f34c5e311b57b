// What a law keeps of somebody who left: sealed anew under a random number with keys of its own, so that it leads back to nobody,
// and gone by itself when its term is over.

import Crypto
import Policy
import Store

extension Vault {
    /// A record of what stays, not yet in the database; its key is durable.
    struct Aside: Sendable {
        let stored: Stored, until: Day?
        var name: RecordName { stored.name }
    }

    /// What stays of each record, by its end: things that lay together and go together stay together, and nothing else is joined.
    func layAside(_ parting: Parting) async throws(Refusal) -> [Aside] {
        var aside: [Aside] = []
        for (name, stays) in parting.stays {
            for (until, together) in Dictionary(grouping: stays, by: \.kept.until) {
                let name = RecordName(subject: newRetainedSubject(), kind: name.kind, item: 0, generation: 1)
                guard let key = try await keys.makeKeys(for: [name])[name] else { throw .damaged("key store") }
                let entries = together.map { stay in
                    var entry = stay.entry
                    entry.collected = Day(of: entry.collected).start
                    return entry
                }
                let sealed = Sealed.seal(EntryCoding.encode(entries), under: key, boundTo: name.binding)
                aside.append(Aside(stored: Stored(name: name, sealed: sealed), until: until))
            }
        }
        return aside
    }

    func put(_ aside: Aside, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try put(aside.stored, in: rows)
        try rows.run("INSERT INTO retained (subject, until) VALUES (\(aside.name.subject), \(aside.until?.end))")
        try speak(for: Self.retainedRows, where: "subject = \(aside.name.subject)", in: rows)
    }

    /// What the receipt says of it: field, rule and end, and nothing that leads to the record; only of what may not be told yet, the matter
    /// for whose sake.
    func note(_ kept: [(hold: Int64?, kept: Kept)], under receipt: [UInt8], in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        for (place, (hold, kept)) in kept.enumerated() {
            try rows.run(
                """
                INSERT INTO deletion_kept (receipt, place, field, rule, law, until, hold)
                    VALUES (\(receipt), \(place), \(kept.field), \(kept.rule), \(kept.law), \(kept.until?.end), \(hold))
                """)
        }
    }

    /// As far as it may be told.
    func kept(under receipt: [UInt8], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Kept] {
        let noted = try rows.all(
            """
            SELECT field, rule, law, until, k.hold, matter FROM deletion_kept k LEFT JOIN legal_hold h ON h.number = k.hold
                WHERE receipt = \(receipt) ORDER BY place
            """
        ) { row in
            (
                hold: row.integerOrNil(4), matter: row.identityOrNil(5).map { Subject(id: $0) },
                kept: Kept(field: row.text(0), rule: row.text(1), law: row.text(2), until: row.instantOrNil(3).map { Day(of: $0) })
            )
        }
        var told: [Kept] = []
        for (hold, matter, kept) in noted {
            if let hold, let matter, try isSilent(hold, about: matter, in: rows) { continue }
            told.append(kept)
        }
        return told
    }

    /// Forgets what no law keeps any more. Gives how much went.
    func sweepRetained() async throws(Refusal) -> Int {
        let now = clock.now()
        let over = try await subjects(of: Self.retainedRows, where: "until < \(now)")
        for subject in over { try await expire(subject, counting: endsByLaw(of: subject), people: 0) }
        return over.count
    }

    /// Whose it was, nobody knows, so nobody is told; what doesn't open goes all the same.
    private func endsByLaw(of retained: Subject) -> [End] {
        let entries = (try? open(try stored(of: retained)).flatMap(\.entries)) ?? []
        return entries.map { entry in
            let laws = policy.terms(of: entry.name).filter { if case .byLaw = $0.reason { true } else { false } }
            return End(field: entry.name, rules: laws.map(\.address))
        }
    }

    /// Far beyond the numbers that people get.
    private func newRetainedSubject() -> Subject {
        Subject(id: Int64(randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 2 | 1 << 61))
    }
}
