// Whom the sweep looks at: about whom something was entered since the last look, of whom something is due, and now and then everybody.
//
// What is done with somebody's data or changes a condition about them is entered in their chain; so the chain's row says up to which entry
// they were looked at, and when they are due although nothing is entered.

import Policy
public import Store

extension Vault {
    static let looking: (name: StaticString, statements: [SQL]) = (
        "when the sweep looks at whom",
        [
            "ALTER TABLE chain ADD COLUMN looked INTEGER NOT NULL DEFAULT 0", "ALTER TABLE chain ADD COLUMN due INTEGER",
            "CREATE INDEX chain_news ON chain (subject) WHERE seq <> looked",
            "CREATE INDEX chain_due ON chain (due, subject) WHERE due IS NOT NULL",
            "CREATE TABLE swept (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
            "CREATE INDEX retained_until ON retained (until)",
            "CREATE TABLE use_month (month INTEGER NOT NULL PRIMARY KEY) STRICT",
            "INSERT INTO use_month (month) SELECT DISTINCT month FROM use_record",
        ]
    )

    /// So long it may take until a look at everybody finds what was changed without an entry: by hand, or by a program that answers
    /// otherwise than the one before.
    static let looksAtEverybody = Swift.Duration.seconds(30 * 86_400)

    /// Somebody as the sweep came upon them.
    struct Watched: Sendable {
        let subject: Subject, sequence: Int64, looked: Int64, due: Instant?
    }

    /// What a look found: whether something went, from when on another one may find something, and what didn't open.
    struct Look: Sendable {
        var hasForgotten = false
        var due: Instant?
        var damage: Refusal?
        mutating func again(at moment: Instant) { due = min(due ?? moment, moment) }
    }

    enum Round: Sendable { case news, due, everybody }

    /// Some after one of them, in the order of a round.
    func watched(_ round: Round, after last: Watched?, at now: Instant) throws(Refusal) -> [Watched] {
        let subject = last?.subject.id ?? .min, due = last?.due ?? Instant(microseconds: .min)
        let query: SQL =
            switch round {
            case .news:
                "SELECT subject, seq, looked, due FROM chain WHERE seq <> looked AND subject > \(subject) ORDER BY subject LIMIT 500"
            case .due:
                """
                SELECT subject, seq, looked, due FROM chain WHERE due <= \(now) AND (due, subject) > (\(due), \(subject))
                    ORDER BY due, subject LIMIT 500
                """
            case .everybody:
                """
                SELECT s.id, coalesce(seq, 0), coalesce(looked, 0), due FROM subject s LEFT JOIN chain c ON c.subject = s.id
                    WHERE s.id > \(subject) ORDER BY s.id LIMIT 500
                """
            }
        return try store.read { (rows) throws(Refusal) in
            try rows.all(query) { row in
                Watched(subject: Subject(id: row.identity(0)), sequence: row.integer(1), looked: row.integer(2), due: row.instantOrNil(3))
            }
        }
    }

    /// Notes what was found of each, unless they are to be looked at again meanwhile.
    func note(_ looks: [(watched: Watched, due: Instant?)]) async throws(Refusal) {
        let news = looks.filter { $0.watched.sequence != $0.watched.looked || $0.watched.due != $0.due }
        guard !news.isEmpty else { return }
        try await store.write { (rows) throws(Refusal) in
            for (watched, due) in news {
                try rows.run(
                    """
                    UPDATE chain SET looked = \(watched.sequence), due = \(due) WHERE subject = \(watched.subject) AND looked = \(watched.looked)
                    """)
            }
        }
    }

    /// What changes somebody's conditions without an entry in their chain, or after it, has them looked at again by the next sweep.
    public static func lookAgain(at subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("UPDATE chain SET looked = looked - 1 WHERE subject = \(subject)")
    }

    /// Another version has other terms.
    func isEverybodyDue(at now: Instant) throws(Refusal) -> Bool {
        let (version, then) = (versions.current.row, now - Self.looksAtEverybody)
        return try store.read { (rows) throws(Refusal) in
            try !rows.exists("SELECT 1 FROM swept WHERE version = \(version) AND at > \(then) AND at <= \(now)")
        }
    }

    func noteEverybody(under version: Int64, at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run(
                """
                INSERT INTO swept (one, version, at) VALUES (1, \(version), \(now))
                    ON CONFLICT (one) DO UPDATE SET version = excluded.version, at = excluded.at
                """)
            return
        }
    }

    /// Those whom the next sweep would pass over although something of theirs is over; for tests, since there must be nobody.
    public func overlooked() throws(Refusal) -> [Subject] {
        let now = clock.now()
        guard try !isEverybodyDue(at: now) else { return [] }
        var found: [Subject] = [], last: Watched?
        while true {
            let some = try watched(.everybody, after: last, at: now)
            guard let end = some.last else { return found }
            for watched in some where watched.sequence == watched.looked && watched.due.map({ $0 > now }) ?? true {
                if try !whatIsOver(of: watched.subject).gone.isEmpty { found.append(watched.subject) }
            }
            last = end
        }
    }
}
