// How often an attempt that was refused came again: counted in the key store, so that whoever can write the data can't make it less.

import Crypto
import Policy
import Store

/// Refusals alike within a day: the first is an entry in the chain, those after it are counted here until they end.
struct RepeatedRefusal: Sendable {
    let subject: Subject
    /// A keyed hash of all that makes them alike.
    let likeness: [UInt8]
    /// The entry of the first.
    let first: Int64
    /// Those after the first, and when the latest of them came.
    let count: Int64, last: Instant
    /// Random; the entry that tells the count is written once under it.
    let mark: [UInt8]
    /// The first's leaf, hashed: the entry that was counted on. nil: counted by a program of before.
    let leaf: [UInt8]?

    fileprivate init(_ row: borrowing Row) {
        (subject, likeness, first) = (Subject(id: row.identity(0)), row.blob(1), row.integer(2))
        (count, last, mark, leaf) = (row.integer(3), row.instant(4), row.blob(5), row.blobOrNil(6))
    }
}

extension KeyStore {
    static let refusals: (name: StaticString, statements: [SQL]) = (
        "refusals that come again",
        [
            """
            CREATE TABLE repeated_refusal (subject INTEGER NOT NULL, likeness BLOB NOT NULL, first INTEGER NOT NULL, day INTEGER NOT NULL,
                count INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL, mark BLOB NOT NULL, closed INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (subject, likeness)) STRICT, WITHOUT ROWID
            """
        ]
    )

    static let countedOn: (name: StaticString, statements: [SQL]) = (
        "the entry on which refusals are counted", ["ALTER TABLE repeated_refusal ADD COLUMN leaf BLOB"]
    )

    /// What makes refusals alike: the same words but for the moment, the same member of staff, the same day of the house.
    func likeness(_ use: RecordedUse, of subject: Subject, staff: Subject?) -> [UInt8] {
        let text =
            "voffice/like/1|\(subject.id)|\(staff?.id ?? 0)|\(Day(of: use.at).number)|\(use.repeated(nil, like: nil, at: Instant(microseconds: 0)).text)"
        // After a renewal of the bucket the counting begins anew, and nobody can guess at the old one.
        let key = rings.newest.map { $0[Buckets.number(of: subject)].derive("likeness", 1) } ?? ring.owner
        return HMACSHA256.code(for: Array(text.utf8), under: key).bytes
    }

    /// Counts one more; gives the entry of the first, or nil where there is none to count on.
    func countAgain(_ likeness: [UInt8], of subject: Subject, at now: Instant) async throws(Refusal) -> Int64? {
        try await change { (rows) throws(Refusal) -> Int64? in
            try rows.first(
                """
                UPDATE repeated_refusal SET count = count + 1, last = \(now)
                    WHERE subject = \(subject) AND likeness = \(likeness) AND closed = 0 RETURNING first
                """
            ) { $0.integer(0) }
        }
    }

    /// From here on refusals like this entry's are counted.
    func beginCounting(_ likeness: [UInt8], of subject: Subject, first: Int64, _ leaf: [UInt8]?, at now: Instant) async throws(Refusal) {
        let mark = randomness.bytes(16), day = Day(of: now).number
        try await change { (rows) throws(Refusal) in
            guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)") else { return }
            try rows.run(
                """
                INSERT INTO repeated_refusal (subject, likeness, first, leaf, day, last, mark)
                    VALUES (\(subject), \(likeness), \(first), \(leaf), \(day), \(now), \(mark)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// How many refusals of theirs were counted in all.
    func countedRefusals(of subject: Subject) throws(Refusal) -> Int64 {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT coalesce(sum(count), 0) FROM repeated_refusal WHERE subject = \(subject)") { $0.integer(0) } ?? 0
        }
    }

    /// For each first entry how many came after it and aren't in the chain yet.
    func repeatedRefusals(of subject: Subject) throws(Refusal) -> [Int64: Int64] {
        try store.read { (rows) throws(Refusal) in
            let counts = try rows.all("SELECT first, count FROM repeated_refusal WHERE subject = \(subject) AND count > 0") {
                ($0.integer(0), $0.integer(1))
            }
            return Dictionary(counts, uniquingKeysWith: +)
        }
    }

    /// Those that are over: their day is, or the latest came an hour ago. Nothing is counted on them any more.
    func endedRefusals(at now: Instant) async throws(Refusal) -> [RepeatedRefusal] {
        let today = Day(of: now).number, quiet = now - .seconds(3_600)
        let isAny = try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM repeated_refusal WHERE closed = 1 OR day <> \(today) OR last < \(quiet)")
        }
        guard isAny else { return [] }
        return try await store.write { (rows) throws(Refusal) -> [RepeatedRefusal] in
            try rows.run("UPDATE repeated_refusal SET closed = 1 WHERE day <> \(today) OR last < \(quiet)")
            return try rows.all(
                "SELECT subject, likeness, first, count, last, mark, leaf FROM repeated_refusal WHERE closed = 1 LIMIT 1000",
                RepeatedRefusal.init
            )
        }
    }

    func forget(_ told: [RepeatedRefusal]) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            for refusal in told {
                try rows.run("DELETE FROM repeated_refusal WHERE subject = \(refusal.subject) AND likeness = \(refusal.likeness)")
            }
        }
    }
}
