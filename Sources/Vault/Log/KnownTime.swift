// What the house knows of the time, so that a clock that stands wrong destroys nothing: the moment of the newest checkpoint that didn't lie
// far ahead of the one before it. It stays where it is, however often the house starts and whatever it signs, until the clock is near it
// again or somebody who knows says that the clock is right.

public import Store

/// The clock is more likely wrong than right.
public struct ClockDoubt: Sendable, Equatable {
    /// What the clock says, and the last moment that is known.
    public let now, known: Instant
    /// Ahead of what is known: whatever goes now might go too early.
    public var isAhead: Bool { now > known }
}

extension ClockDoubt {
    /// For the operator.
    public var sentence: String {
        let what = "the clock says \(now.iso), and the last moment that this house knows is \(known.iso)"
        guard isAhead else { return "\(what): if it stands behind, what runs out stays too long" }
        return """
            \(what): nothing is forgotten until that is cleared up. If the clock is wrong, set it. If the house was closed so long, let somebody \
            who works here sign in with the code of an app, or say so: `voffice admin clock right`
            """
    }
}

extension Vault {
    /// Whether what is to go by now may go; nil: it may.
    public func clockAhead() throws(Refusal) -> ClockDoubt? {
        let now = clock.now()
        return try store.read { (rows) throws(Refusal) in try KnownTime.doubt(at: now, in: rows) }.flatMap { $0.isAhead ? $0 : nil }
    }

    /// Somebody whose own clock agrees, or who looked at another, has shown that it is so late.
    public static func believeClock(at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try KnownTime.set(to: now, in: rows)
    }
}

/// The clock of a house, for the command line; a house that is open goes on meanwhile.
public enum HouseClock {
    /// What is doubtful about it; nil: nothing.
    /// - Parameter believing: says that it is right.
    public static func doubt(of database: Database, at now: Instant, believing: Bool = false) throws(HouseFault) -> ClockDoubt? {
        guard try database.holdsHouse() else { throw .keys(.unreadable(database.place)) }
        do throws(StoreFault) {
            let store = try Store.open(database, migrations: Vault.migrations)
            defer { store.close() }
            if believing { try store.writeAndWait { (rows) throws(StoreFault) in try KnownTime.set(to: now, in: rows) } }
            return try store.read { (rows) throws(StoreFault) in try KnownTime.doubt(at: now, in: rows) }
        } catch { throw .store(error) }
    }
}

/// The one row.
enum KnownTime {
    /// So far ahead the clock is believed: of the keys of backups, each kept for 21 days, those of the last fortnight are there even so.
    static let mostAhead = Swift.Duration.seconds(7 * 86_400)
    /// So far behind it isn't worth a word.
    static let mostBehind = Swift.Duration.seconds(86_400)

    static let step: (name: StaticString, statements: [SQL]) = (
        "what is known of the time",
        [
            "CREATE TABLE known_time (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT",
            "INSERT INTO known_time (one, at) SELECT 1, at FROM log_checkpoint ORDER BY size DESC LIMIT 1",
        ]
    )

    static func moment<Failure>(in rows: borrowing Snapshot<Failure>) throws(Failure) -> Instant? {
        try rows.first("SELECT at FROM known_time") { $0.instant(0) }
    }

    static func doubt<Failure>(at now: Instant, in rows: borrowing Snapshot<Failure>) throws(Failure) -> ClockDoubt? {
        guard let known = try moment(in: rows), now > known + mostAhead || now < known - mostBehind else { return nil }
        return ClockDoubt(now: now, known: known)
    }

    /// The later of the two, where the clock was put back by less than is worth a word: what was over an hour ago doesn't stand again.
    static func latest<Failure>(_ now: Instant, in rows: borrowing Snapshot<Failure>) throws(Failure) -> Instant {
        guard let known = try moment(in: rows), known > now, known <= now + mostBehind else { return now }
        return known
    }

    /// Whether a checkpoint of that moment is believed after what is known.
    static func goesOn(from known: Instant, to now: Instant) -> Bool { (now - mostAhead...now).contains(known) }

    /// With each checkpoint.
    static func goOn<Failure>(to now: Instant, in rows: borrowing Transaction<Failure>) throws(Failure) {
        try rows.run(
            """
            INSERT INTO known_time (one, at) VALUES (1, \(now))
                ON CONFLICT (one) DO UPDATE SET at = excluded.at WHERE known_time.at BETWEEN \(now - mostAhead) AND \(now)
            """)
    }

    static func set<Failure>(to now: Instant, in rows: borrowing Transaction<Failure>) throws(Failure) {
        try rows.run("INSERT INTO known_time (one, at) VALUES (1, \(now)) ON CONFLICT (one) DO UPDATE SET at = excluded.at")
    }
}
