// Forgetting a person: refuse from now on, enter them in the register of the destroyed, destroy the keys, delete the rows.
// Each step is durable before the next; a start finishes what a crash interrupted.

import Crypto
import Policy
public import Store

/// The person's own deletion of everything that they may delete.
struct Deletion: Use {
    static let verb = Verb.delete
    static let purpose: String? = nil
    static let things: [String] = []
}

/// What was done and what stays.
public struct Erased: Sendable {
    /// Ten digits and letters, random: all that is left to show that it was asked and done.
    public let receipt: String
    /// The day, at 00:00 UTC: no more is kept of the time.
    public let day: Instant
}

extension Vault {
    /// Destroys every key of the person and then every row. The policy is asked about each field that is stored.
    /// `receiptsEnd` is the last moment of the receipt.
    public func erase(_ own: OwnSession) async throws(Refusal) -> Erased {
        let subject = own.subject
        let now = clock.now()
        let receipt = Base32.encode(randomness.bytes(10))
        let day = Instant(seconds: now.seconds - now.seconds % 86_400)
        let fields = try storedFields(of: subject)
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        let hash = SHA256.hash(Array("voffice/receipt/1|\(receipt)".utf8))
        try await store.write { (rows) throws(Refusal) in
            try self.refuseErased(subject, in: rows)
            if let refused = try self.judge.refusal(ofDeleting: fields, moment: moment, in: rows.snapshot) { throw .policy(refused) }
            try rows.run("INSERT INTO erasure (subject, receipt, day) VALUES (\(subject), \(hash.bytes), \(day))")
        }
        try await finish(subject, hash.bytes, day)
        return Erased(receipt: receipt, day: day)
    }

    /// Steps (b) to (d) of an erasure that was begun.
    func finish(_ subject: Subject, _ receipt: [UInt8], _ day: Instant) async throws(Refusal) {
        try await keys.register(destroyed: subject, at: day)
        try await keys.destroyAll(of: subject)
        let forget = forget
        let ends = endOfReceipt(from: day)
        try await store.write { (rows) throws(Refusal) in
            try forget(subject, rows)
            for table in Self.rowsOfSubject(subject) { try rows.run(table) }
            if let ends {
                try rows.run(
                    "INSERT INTO deletion_receipt (receipt, day, until) VALUES (\(receipt), \(day), \(ends)) ON CONFLICT DO NOTHING")
            }
            try rows.run("INSERT INTO leaf_queue (leaf) VALUES (\(Leaf.open("voffice erasure 1\nreceipt \(Hex.encode(receipt))\n").bytes))")
            try rows.run("DELETE FROM erasure WHERE subject = \(subject)")
        }
        do { try store.checkpoint() } catch { throw .store(error) }
    }

    /// Finishes the erasures that a crash interrupted, before the door opens.
    func finishErasures() async throws(Refusal) {
        let unfinished = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, receipt, day FROM erasure") { (Subject(id: $0.integer(0)), $0.blob(1), $0.instant(2)) }
        }
        for (subject, receipt, day) in unfinished { try await finish(subject, receipt, day) }
    }

    /// The day of a deletion by its receipt, and until when the receipt stays; nil: no such receipt, or its time is over.
    public func deletion(receipt: String) throws(Refusal) -> (day: Instant, until: Instant)? {
        let hash = SHA256.hash(Array("voffice/receipt/1|\(receipt)".utf8)), now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT day, until FROM deletion_receipt WHERE receipt = \(hash.bytes) AND until > \(now)") {
                ($0.instant(0), $0.instant(1))
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
            "DELETE FROM subject WHERE id = \(subject)",
        ]
    }

    private func storedFields(of subject: Subject) throws(Refusal) -> [String] {
        var fields: [String] = []
        for record in try stored(of: subject) {
            for entry in try open(record) where !fields.contains(entry.field) { fields.append(entry.field) }
        }
        return fields
    }
}
