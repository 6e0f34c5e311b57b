// The rows of somebody whose keys are destroyed: nothing opens them any more. The first go with the erasure itself; where somebody had very
// many, a job deletes the others some at a time, so that nobody waits for them. It finishes, too, what a fault of the disk stopped. The
// erasure's row says until the end that it is under way.

import Crypto
import Policy
public import Store
import TransparencyLog

extension Vault {
    /// The kind of the job.
    public static let clearing = "clear"

    /// Of each table at once; others write in between.
    static let mostCleared: Int64 = 500

    /// So long an erasure is left to whoever asked for it; after that, or where a fault of the disk stopped it, the job goes on with it.
    static let patience = Swift.Duration.seconds(10)

    /// Step (a) of an erasure, with the job that finishes it if nobody else does.
    func note(erasureOf subject: Subject, _ receipt: [UInt8], _ day: Day, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let word = Begun(subject: subject, receipt: receipt, day: day).word(keys.ring)
        if let there = try rows.first("SELECT \(Begun.asStored) FROM erasure WHERE subject = \(subject)", Begun.init), try !isOurs(there) {
            try rows.run("DELETE FROM erasure WHERE subject = \(subject)")
        }
        try rows.run(
            """
            INSERT INTO erasure (subject, receipt, day, word) VALUES (\(subject), \(receipt), \(day.start), \(word)) ON CONFLICT DO NOTHING
            """)
        var payload = Encoder()
        payload.integer(subject.id)
        try rows.enqueue(Self.clearing, once: Self.job(clearing: subject), payload.bytes, due: clock.now() + Self.patience)
    }

    private static func job(clearing subject: Subject) -> IdempotencyKey { IdempotencyKey("clear \(subject.id)") }

    /// Carries out a job of that kind. Done again, it does nothing.
    public func clear(_ job: Job) async throws(JobFault) {
        var input = Decoder(job.payload)
        guard let id = input.integer() else { throw .never("the job doesn't say whose rows") }
        let subject = Subject(id: id)
        do throws(Refusal) {
            let begun = try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT \(Begun.asStored) FROM erasure WHERE subject = \(subject)", Begun.init)
            }
            guard let begun else { return }
            try await finish(begun)
            try await clear(subject)
        } catch { throw .later(after: 15, "an erasure can't be finished: \(error)") }
    }

    /// Deletes what is left of them, keys first, and ends their erasure.
    func clear(_ subject: Subject) async throws(Refusal) {
        while try await keys.clearSome(of: subject) {}
        while true {
            let isDone = try await store.write { (rows) throws(Refusal) -> Bool in
                // Of nobody whose erasure isn't under way.
                guard try rows.exists("SELECT 1 FROM erasure WHERE subject = \(subject)") else { return true }
                try Self.clearSome(of: subject, in: rows)
                return try Self.endErasure(of: subject, in: rows)
            }
            if isDone { return emptying.ask() }
        }
    }

    static func clearSome(of subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            DELETE FROM record WHERE subject = \(subject) AND (kind, item) IN
                (SELECT kind, item FROM record WHERE subject = \(subject) LIMIT \(mostCleared))
            """)
        try rows.run(
            """
            DELETE FROM use_record WHERE subject = \(subject) AND seq IN
                (SELECT seq FROM use_record WHERE subject = \(subject) LIMIT \(mostCleared))
            """)
    }

    /// With the last row the erasure ends, and the log says so; false: rows are left.
    static func endErasure(of subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        let isLeft = try rows.exists(
            "SELECT 1 FROM record WHERE subject = \(subject) UNION ALL SELECT 1 FROM use_record WHERE subject = \(subject)")
        guard !isLeft else { return false }
        let receipt = try rows.first("DELETE FROM erasure WHERE subject = \(subject) RETURNING receipt") { $0.blob(0) }
        guard let receipt else { return true }
        try rows.takeBack(job(clearing: subject))
        let named = receipt.isEmpty ? "" : "receipt \(Hex.encode(receipt))\n"
        try LeafQueue.add(Leaf.open(Array("voffice erasure 1\n\(named)".utf8)), in: rows)
        return true
    }
}

extension KeyStore {
    /// Item keys whose class keys are destroyed; true: some are left.
    func clearSome(of subject: Subject) async throws(Refusal) -> Bool {
        try await store.write { (rows) throws(Refusal) -> Bool in
            guard try !rows.exists("SELECT 1 FROM class_key WHERE subject = \(subject)") else { return false }
            return try Self.clearSome(of: subject, in: rows)
        }
    }

    static func clearSome(of subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        for table in ["item_key", "replaced_key"] as [SQL] {
            try rows.run(
                """
                DELETE FROM \(table) WHERE subject = \(subject) AND (kind, item, generation) IN
                    (SELECT kind, item, generation FROM \(table) WHERE subject = \(subject) LIMIT \(Vault.mostCleared))
                """)
        }
        return try rows.exists(
            "SELECT 1 FROM item_key WHERE subject = \(subject) UNION ALL SELECT 1 FROM replaced_key WHERE subject = \(subject)")
    }
}
