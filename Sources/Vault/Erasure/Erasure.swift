// Forgetting a person: refuse from now on, enter them in the register of the destroyed, destroy the keys, delete the rows.
// Each step is durable before the next; a start finishes what a crash interrupted.

import Crypto
public import Policy
import Store
import TransparencyLog

/// What was done and what stays.
public struct Erased: Sendable {
    /// Ten digits and letters, random: all that is left to show that it was asked and done.
    public let receipt: String
    /// The day: no more is kept of the time.
    public let day: Day
}

extension Vault {
    /// Destroys every key of the person and then every row. The policy is asked about each field that is stored.
    /// `receiptsEnd` is the last moment of the receipt.
    public func erase(_ own: OwnSession) async throws(Refusal) -> Erased {
        let subject = own.subject
        let now = clock.now()
        let receipt = ReceiptNumber.text(of: randomness.bytes(10))
        let day = Day(of: now)
        let fields = try storedFields(of: subject)
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        let hash = SHA256.hash(Array("voffice/receipt/1|\(receipt)".utf8))
        try await store.write { (rows) throws(Refusal) in
            try self.refuseErased(subject, in: rows)
            if let refused = try self.judge.refusal(ofDeleting: fields, moment: moment, in: rows.snapshot) { throw .policy(refused) }
            try rows.run("INSERT INTO erasure (subject, receipt, day) VALUES (\(subject), \(hash.bytes), \(day.start))")
        }
        try await finish(subject, hash.bytes, day)
        return Erased(receipt: receipt, day: day)
    }

    /// Forgets a subject whose data nothing keeps any more: no receipt, nobody asked.
    public func expire(_ subject: Subject) async throws(Refusal) {
        let day = Day(of: clock.now())
        try await store.write { (rows) throws(Refusal) in
            try rows.run(
                "INSERT INTO erasure (subject, receipt, day) VALUES (\(subject), \([UInt8]()), \(day.start)) ON CONFLICT DO NOTHING")
        }
        try await finish(subject, [], day)
    }

    /// Steps (b) to (d) of an erasure that was begun.
    func finish(_ subject: Subject, _ receipt: [UInt8], _ day: Day) async throws(Refusal) {
        try await keys.register(destroyed: subject, at: day.start)
        try await keys.destroyAll(of: subject)
        let forget = forget
        let ends = end(of: "deletion receipt", from: day)
        try await store.write { (rows) throws(Refusal) in
            try forget(subject, rows)
            for table in Self.rowsOfSubject(subject) { try rows.run(table) }
            if let ends, !receipt.isEmpty {
                try rows.run(
                    "INSERT INTO deletion_receipt (receipt, day, until) VALUES (\(receipt), \(day.start), \(ends.end)) ON CONFLICT DO NOTHING"
                )
            }
            let named = receipt.isEmpty ? "" : "receipt \(Hex.encode(receipt))\n"
            let leaf = Leaf.open(Array("voffice erasure 1\n\(named)".utf8))
            try rows.run("INSERT INTO leaf_queue (leaf) VALUES (\(leaf.data))")
            try rows.run("DELETE FROM erasure WHERE subject = \(subject)")
        }
    }

    /// Finishes the erasures that a crash interrupted, before the door opens.
    public func finishErasures() async throws(Refusal) {
        let unfinished = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, receipt, day FROM erasure") { (Subject(id: $0.integer(0)), $0.blob(1), Day(of: $0.instant(2))) }
        }
        for (subject, receipt, day) in unfinished { try await finish(subject, receipt, day) }
    }

    /// The day of a deletion by its receipt, and until when the receipt stays; nil: no such receipt, or its time is over.
    public func deletion(receipt: String) throws(Refusal) -> (day: Day, until: Day)? {
        let hash = SHA256.hash(Array("voffice/receipt/1|\(receipt)".utf8)), now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT day, until FROM deletion_receipt WHERE receipt = \(hash.bytes) AND until > \(now)") {
                (Day(of: $0.instant(0)), Day(of: $0.instant(1)))
            }
        }
    }

    /// The rows of this room about a subject; in the log only hashes stay, which say nothing of anybody.
    private static func rowsOfSubject(_ subject: Subject) -> [SQL] {
        [
            "DELETE FROM record WHERE subject = \(subject)",
            "DELETE FROM use_record WHERE subject = \(subject)",
            "DELETE FROM chain WHERE subject = \(subject)",
            "UPDATE leaf_queue SET subject = NULL, seq = NULL WHERE subject = \(subject)",
            "UPDATE policy_approval SET subject = NULL WHERE subject = \(subject)",
            "DELETE FROM subject WHERE id = \(subject)",
        ]
    }

    /// The fields of which something is stored, each with the version at collection.
    private func storedFields(of subject: Subject) throws(Refusal) -> [(field: String, version: Int64)] {
        var fields: [(field: String, version: Int64)] = []
        for record in try stored(of: subject) {
            for entry in try open(record) where !fields.contains(where: { $0.field == entry.field && $0.version == entry.version }) {
                fields.append((entry.field, entry.version))
            }
        }
        return fields
    }

    /// Names of the fields of which something is stored.
    public func fields(of own: OwnSession) throws(Refusal) -> [String] {
        try storedFields(of: own.subject).reduce(into: []) { names, field in if !names.contains(field.field) { names.append(field.field) } }
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
