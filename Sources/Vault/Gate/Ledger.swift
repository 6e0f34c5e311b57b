// The record of uses: each an entry in its person's chain and a leaf of the log, written in the transaction of the use itself.

import Crypto
import Store
import TransparencyLog

struct Ledger: Sendable {
    static let migrations = Migrations(
        room: "ledger", onOne: ["log_leaf", "log_tile", "log_checkpoint", "log_public"],
        steps: [
            (
                "uses and the log",
                [
                    """
                    CREATE TABLE chain (subject INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE use_record (subject INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL,
                        month INTEGER NOT NULL, leaf BLOB NOT NULL, opening BLOB NOT NULL, staff BLOB,
                        number INTEGER, PRIMARY KEY (subject, seq)) STRICT, WITHOUT ROWID
                    """,
                    """
                    CREATE TABLE leaf_queue (id INTEGER PRIMARY KEY, subject INTEGER, seq INTEGER, leaf BLOB NOT NULL) STRICT
                    """,
                    "CREATE TABLE log_origin (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL) STRICT",
                    "CREATE TABLE log_leaf (number INTEGER NOT NULL PRIMARY KEY, leaf BLOB NOT NULL) STRICT",
                    """
                    CREATE TABLE log_tile (level INTEGER NOT NULL, position INTEGER NOT NULL, width INTEGER NOT NULL,
                        hashes BLOB NOT NULL, PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID
                    """,
                    """
                    CREATE TABLE log_checkpoint (size INTEGER NOT NULL PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT
                    """,
                ]
            ),
            (
                "the public log",
                ["CREATE TABLE log_public (size INTEGER NOT NULL PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT"]
            ),
            staffUses, KnownTime.step, LeafQueue.step, Placing.step,
        ])

    let randomness: any Randomness

    /// The two keys of a month of somebody's uses: what the person opens, and who of the staff it was.
    struct MonthKeys: Sendable {
        let kind: Int64, month: Int64
        let uses: Secret, staff: Secret

        init(_ name: RecordName, uses: Secret, staff: Secret) {
            (kind, month, self.uses, self.staff) = (name.kind, name.item / 2, uses, staff)
        }

        /// Months since January 1970, of 30.44 days on average: a month of uses is forgotten at once.
        static func month(of now: Instant) -> Int64 { now.microseconds / length }
        static func end(of month: Int64) -> Instant { Instant(microseconds: (month + 1) * length - 1) }
        private static let length: Int64 = 2_629_746_000_000

        /// The records of a month: the person's part under an even item, the staff's part under the odd one beside it.
        static func names(of subject: Subject, kind: Int64, month: Int64) -> (uses: RecordName, staff: RecordName) {
            (
                RecordName(subject: subject, kind: kind, item: 2 * month, generation: 1),
                RecordName(subject: subject, kind: kind, item: 2 * month + 1, generation: 1)
            )
        }
    }

    /// Appends an entry to the person's chain and queues its leaf. Gives its number in the chain.
    func append(
        _ use: RecordedUse, of subject: Subject, staff: Subject?, under keys: MonthKeys, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Int64 {
        // A count of refusals tells of attempts that are past, under the version of their day; an outcome, of a use that was decided; what
        // is told late, of its own day.
        if use.like == nil, use.intent == nil, use.told == nil { try Force.refuse(unless: use.version, at: use.at, in: rows.snapshot) }
        let former = try Self.end(of: subject, in: rows.snapshot), sequence = (former?.sequence ?? 0) + 1
        let chain = ChainText(subject: subject, sequence: sequence, previous: former.flatMap { Digest(bytes: $0.head) })
        let entry = UseOpening(
            common: Array(use.text.utf8), person: Array(chain.text.utf8), staff: Array((staff.map { "staff \($0.id)\n" } ?? "").utf8),
            saltedBy: randomness)
        let leaf = entry.leaf
        let opening = Sealed.seal(entry.personsView, under: keys.uses, boundTo: Self.binding(subject, sequence, "person"))
        let staffPart = staff.map { _ in
            Sealed.seal(entry.staffsView, under: keys.staff, boundTo: Self.binding(subject, sequence, "staff"))
        }
        // First the row that every server changes here: who comes second to it is told to run again, where a second entry of the same number would
        // be taken for a mistake.
        try rows.run(
            """
            INSERT INTO chain (subject, seq, head) VALUES (\(subject), \(sequence), \(leaf.hash.bytes))
                ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, head = excluded.head
            """)
        // Behind the end of a chain nothing stands; what does was put there by somebody else.
        guard try !rows.exists("SELECT 1 FROM use_record WHERE subject = \(subject) AND seq = \(sequence)") else {
            throw .store(.conflict("use_record.seq, behind the end of its chain"))
        }
        try rows.run(
            """
            INSERT INTO use_record (subject, seq, kind, month, leaf, opening, staff)
                VALUES (\(subject), \(sequence), \(keys.kind), \(keys.month), \(leaf.data), \(opening), \(staffPart))
            """)
        try rows.run("INSERT INTO use_month (month) VALUES (\(keys.month)) ON CONFLICT DO NOTHING")
        try LeafQueue.add(leaf, of: subject, sequence, in: rows)
        // What is counted, or told late, has its row from when it was done.
        if let staff, use.like == nil, use.told == nil {
            try rows.run("INSERT INTO staff_use (subject, seq, staff, at) VALUES (\(subject), \(sequence), \(staff), \(use.at))")
        }
        return sequence
    }

    /// Where somebody's chain ends; where that row was taken out, with the newest entry that is there.
    static func end(
        of subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> (sequence: Int64, head: [UInt8])? {
        let end = try rows.first("SELECT seq, head FROM chain WHERE subject = \(subject)") { (sequence: $0.integer(0), head: $0.blob(1)) }
        if let end { return end }
        let newest = try rows.first("SELECT seq, leaf FROM use_record WHERE subject = \(subject) ORDER BY seq DESC LIMIT 1") {
            (sequence: $0.integer(0), leaf: $0.blob(1))
        }
        guard let newest else { return nil }
        guard let leaf = try? Leaf(data: newest.leaf) else { throw .damaged("use record \(newest.sequence)") }
        return (newest.sequence, leaf.hash.bytes)
    }

    static func binding(_ subject: Subject, _ sequence: Int64, _ part: StaticString) -> [UInt8] {
        Array("voffice/use/1|\(subject.id)|\(sequence)|\(part)".utf8)
    }
}
