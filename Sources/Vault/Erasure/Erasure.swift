// Forgetting a person: (a) refuse from now on, (b) enter them in the register of the destroyed and (c) destroy the keys, (d) delete the rows.
// Each step is durable before the next; a start finishes what a crash interrupted. What took a class key's place opens nothing any more:
// where that is much, a job deletes it in pieces (`Clearing.swift`).

import Crypto
public import Policy
import Store
import Synchronization
import TransparencyLog

/// What was done and what stays.
public struct Erased: Sendable {
    /// Ten digits and letters, random: all that is left to show that it was asked and done; nil where the policy has no rule for it.
    public let receipt: String?
    /// The day: no more is kept of the time.
    public let day: Day
    /// What a law keeps.
    public let kept: [Kept]
}

extension Vault {
    /// Destroys every key of the person and then every row. The policy is asked about each value that is stored; what a law keeps is
    /// laid aside first, under a number that leads back to nobody.
    public func erase(_ own: OwnSession) async throws(Refusal) -> Erased {
        let receipt = try newReceipt(of: own.subject)
        let (day, kept) = try await eraseNow(own.subject, receipt.map(Self.hash(ofReceipt:)) ?? [])
        return Erased(receipt: receipt, day: day, kept: kept)
    }

    /// The same, as the person asked for it before. `receipt`: the hash of the number that they were told; empty for none.
    public func erase(_ subject: Subject, receipt: [UInt8]) async throws(Refusal) { _ = try await eraseNow(subject, receipt) }

    private func eraseNow(_ subject: Subject, _ receipt: [UInt8]) async throws(Refusal) -> (day: Day, kept: [Kept]) {
        let day = Day(of: clock.now()), kept = try await begin(erasing: subject, receipt: receipt, day)
        try await finish(subject, receipt, day)
        tellSafe(of: subject)
        return (day, kept)
    }

    /// The number of a receipt that nobody has; nil where the policy has no rule for one.
    public func newReceipt(of subject: Subject) throws(Refusal) -> String? {
        try refusalOfReceipt(of: subject) == nil ? ReceiptNumber.text(of: randomness.bytes(10)) : nil
    }

    /// Step (a): what goes and what stays is decided, what stays is laid aside, and from here on nobody uses anything of the person.
    func begin(erasing subject: Subject, receipt: [UInt8], _ day: Day) async throws(Refusal) -> [Kept] {
        while true {
            let parting = try partingSkimmed(of: subject)
            if let refused = parting.refused { throw .policy(refused) }
            let aside = try await layAside(parting)
            do throws(Refusal) {
                try await store.write(goesAhead: true) { (rows) throws(Refusal) in
                    try self.refuseErased(subject, in: rows)
                    // Somebody wrote a record meanwhile, or a condition changed: look again.
                    let now = try self.parting(of: parting.examples, of: subject, in: rows.snapshot)
                    let names = try self.namesToOpen(of: subject, in: rows.snapshot)
                    guard names == parting.names, now == parting else { throw .outdated }
                    for record in aside { try self.put(record, in: rows) }
                    try self.note(parting.kept.map { (nil, $0) } + now.silent, under: receipt, in: rows)
                    try self.note(erasureOf: subject, receipt, day, in: rows)
                }
            } catch {
                for record in aside { try await keys.destroyAll(of: record.name.subject) }
                guard case .outdated = error else { throw error }
                continue
            }
            for record in aside { try await keys.confirm(record.name.subject) }
            return parting.kept
        }
    }

    /// Why there would be no receipt of a deletion at this moment; nil: there would be one.
    public func refusalOfReceipt(of subject: Subject) throws(Refusal) -> Refused? {
        let moment = Moment(subject: subject, actor: .theSite, basis: Basis())
        return try store.read { (rows) throws(Refusal) in
            try judge.refusal(ofDeriving: "deletion receipt", from: RecordOfUses.field, moment: moment, in: rows)
        }
    }

    /// What `erase` would refuse at this moment; nil: it would erase.
    public func previewOfErasure(of subject: Subject) throws(Refusal) -> Refused? { try partingSkimmed(of: subject).refused }

    /// Forgets a subject whose data nothing keeps any more: no receipt, nobody asked.
    public func expire(_ subject: Subject) async throws(Refusal) { try await expire(subject, counting: [], people: 0) }

    /// - Parameter ends: what the log is to say of it, without a name.
    func expire(_ subject: Subject, counting ends: [End], people: Int) async throws(Refusal) {
        let day = Day(of: clock.now())
        try await store.write { (rows) throws(Refusal) in
            // Begun by somebody else, it is no end by itself.
            if try !rows.exists("SELECT 1 FROM erasure WHERE subject = \(subject)") { try Self.count(ends, people: people, in: rows) }
            try self.note(erasureOf: subject, [], day, in: rows)
        }
        try await finish(subject, [], day)
    }

    /// Steps (b) to (d) of an erasure that was begun: (b) and (c) become durable together. Of many rows a job deletes those that are left.
    func finish(_ subject: Subject, _ receipt: [UInt8], _ day: Day) async throws(Refusal) {
        let hasKeysLeft = try await keys.destroyAll(of: subject, registeredAt: day.start)
        async let _ = keys.truncateIfDue(patience: .zero)
        let forget = forget
        let ends = end(of: "deletion receipt", from: day)
        try await store.write(goesAhead: true) { (rows) throws(Refusal) in
            try forget(subject, rows)
            for table in Self.restraintsForgetting(subject) + Self.rowsOfSubject(subject) { try rows.run(table) }
            try LeafQueue.disown(subject, in: rows)
            if let ends, !receipt.isEmpty {
                try rows.run(
                    "INSERT INTO deletion_receipt (receipt, day, until) VALUES (\(receipt), \(day.start), \(ends.end)) ON CONFLICT DO NOTHING"
                )
            } else {
                try rows.run("DELETE FROM deletion_kept WHERE receipt = \(receipt)")
            }
            try Self.clearSome(of: subject, in: rows)
            if !hasKeysLeft { _ = try Self.endErasure(of: subject, in: rows) }
        }
        // The safe hears of its receipt.
        if !receipt.isEmpty { keys.registrations.count.add(1, ordering: .releasing) }
        emptying.ask()
    }

    /// Finishes the erasures that a crash interrupted. `atStart`: so far that nobody and nothing opens what is left, with the first rows;
    /// of very many the others are left to the job, so that the door opens.
    public func finishErasures(atStart: Bool = false) async throws(Refusal) {
        let unfinished = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT \(Begun.asStored) FROM erasure", Begun.init)
        }
        try await Self.each(of: unfinished) { (begun) async throws(Refusal) in
            // It keeps no door shut: the hourly look says it, and the doctor.
            if atStart, try !isOurs(begun) { return }
            try await finish(begun)
            if !atStart { try await clear(begun.subject) }
        }
    }

    /// The day of a deletion by its receipt, until when the receipt stays, and what a law kept; nil: no such receipt, or its time is
    /// over.
    public func deletion(receipt: String) throws(Refusal) -> (day: Day, until: Day, kept: [Kept])? {
        let hash = Self.hash(ofReceipt: receipt), now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            let found = try rows.first("SELECT day, until FROM deletion_receipt WHERE receipt = \(hash) AND until > \(now)") {
                (Day(of: $0.instant(0)), Day(of: $0.instant(1)))
            }
            guard let (day, until) = found else { return nil }
            return (day, until, try self.kept(under: hash, in: rows))
        }
    }

    /// What the database keeps of a receipt's number.
    public static func hash(ofReceipt number: String) -> [UInt8] { SHA256.hash(Array("voffice/receipt/1|\(number)".utf8)).bytes }

    /// The rows of this room about a subject, but for those that may be many (`clearSome`); in the log only hashes stay, which say nothing
    /// of anybody.
    private static func rowsOfSubject(_ subject: Subject) -> [SQL] {
        [
            "DELETE FROM staff_use WHERE subject = \(subject) OR staff = \(subject)",
            "DELETE FROM chain WHERE subject = \(subject)",
            "DELETE FROM policy_word WHERE subject = \(subject)",
            "UPDATE policy_approval SET subject = NULL WHERE subject = \(subject)",
            "UPDATE legal_hold SET subject = NULL WHERE subject = \(subject)",
            "UPDATE legal_hold SET proposer = NULL WHERE proposer = \(subject)",
            "DELETE FROM legal_hold_field WHERE number IN (SELECT number FROM legal_hold WHERE matter = \(subject))",
            "DELETE FROM legal_hold WHERE matter = \(subject)",
            "DELETE FROM subject WHERE id = \(subject)",
            "DELETE FROM retained WHERE subject = \(subject)",
        ]
    }

    /// The last day on which the policy keeps a field that counts its term from this day; nil: no such term.
    public func end(of field: String, from day: Day) -> Day? {
        var latest: Day?
        for term in policy.terms(of: field) {
            guard case .after(_, let duration) = term.span else { continue }
            let end = day.adding(duration)
            latest = max(latest ?? end, end)
        }
        return latest
    }
}
