// The holds as their rows say them, for whoever asks: the officers, the person, and what keeps or lets go.

public import Policy
public import Store

/// A hold as its row says it; what it is about lies sealed in its matter.
public struct Hold: Sendable, Hashable {
    public let number: Int64
    /// The number under which the demand and the copy lie.
    public let matter: Subject
    /// nil: the person has left.
    public let subject: Subject?
    public fileprivate(set) var fields: [String]
    public let proposed: Instant
    /// The last day on which it holds, unless somebody ends it before.
    public let review: Day
    /// Role and number; the second one's is nil until they agree.
    public let first: String, second: String?
    public let agreed: Instant?, ended: Instant?
}

extension Vault {
    static let holds: (name: StaticString, statements: [SQL]) = (
        "legal holds",
        [
            """
            CREATE TABLE legal_hold (number INTEGER NOT NULL PRIMARY KEY, matter INTEGER NOT NULL UNIQUE, subject INTEGER,
                review INTEGER NOT NULL, proposed INTEGER NOT NULL, proposer INTEGER, first TEXT NOT NULL, agreed INTEGER, second TEXT, kind INTEGER,
                ended INTEGER, ender TEXT) STRICT
            """,
            "CREATE INDEX legal_hold_subject ON legal_hold (subject)",
            """
            CREATE TABLE legal_hold_field (number INTEGER NOT NULL, place INTEGER NOT NULL, field TEXT NOT NULL,
                PRIMARY KEY (number, place)) STRICT, WITHOUT ROWID
            """,
        ]
    )

    static let numbers: (name: StaticString, statements: [SQL]) = (
        "numbers of holds, restraints and what waits to be told",
        [
            "INSERT INTO number_given (name, last) SELECT 'legal_hold', coalesce(max(number), 0) FROM legal_hold",
            "INSERT INTO number_given (name, last) SELECT 'restraint', coalesce(max(number), 0) FROM restraint",
            "INSERT INTO number_given (name, last) SELECT 'withheld', coalesce(max(place), 0) FROM withheld",
        ]
    )

    /// Those that hold, wait for the other officer, or mustn't be told of yet; the newest first.
    public func holds() throws(Refusal) -> [Hold] {
        let now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            try Self.holds(
                "ended IS NULL OR number IN (SELECT r.hold FROM restraint r WHERE \(Restraint.stands(at: now)))", in: rows)
        }
    }

    /// Those that hold of one person, as far as they may know.
    public func holds(of subject: Subject) throws(Refusal) -> [Hold] {
        let house = atThisMoment
        return try store.read { (rows) throws(Refusal) in
            var told: [Hold] = []
            for hold in try Self.holds(Self.standing(of: subject, at: clock.now()), in: rows) {
                if try !house.isSilent(hold.number, about: subject, in: rows) { told.append(hold) }
            }
            return told
        }
    }

    /// The copies that stay although the person leaves, each with the law that keeps it; and those that they may not know of yet, each
    /// with its matter.
    func copies(heldOf subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> (told: [Kept], silent: [(Int64, Kept)]) {
        var told: [Kept] = [], silent: [(Int64, Kept)] = []
        for hold in try Self.holds(Self.standing(of: subject, at: clock.now()), in: rows) {
            let kept = policy.terms(of: Self.heldCopy).compactMap { term -> Kept? in
                guard case .byLaw(let law) = term.reason else { return nil }
                return Kept(field: Self.heldCopy, rule: term.address, law: law, until: hold.review)
            }
            if try isSilent(hold.number, about: subject, in: rows) { silent += kept.map { (hold.number, $0) } } else { told += kept }
        }
        return (told, silent)
    }
}

extension Vault {
    /// A copy goes after the day of review, and what one officer asked for a while after its day. Both stand in the row alone; what else it says
    /// the papers say too.
    static let heldRows = WordedTable("legal_hold") { condition in
        "SELECT matter, \(heldText), word FROM legal_hold WHERE \(condition)"
    } put: { (matter, word) in
        "UPDATE legal_hold SET word = \(word) WHERE matter = \(matter)"
    }
    private static let heldText: SQL = "'' || number || '|' || matter || '|' || review || '|' || proposed"

    private static func standing(of subject: Subject, at now: Instant) -> SQL {
        "subject = \(subject) AND agreed IS NOT NULL AND ended IS NULL AND review >= \(now)"
    }

    static func holds(_ condition: SQL, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Hold] {
        let found = try rows.all(
            """
            SELECT number, matter, subject, review, proposed, first, second, agreed, ended FROM legal_hold WHERE \(condition)
                ORDER BY number DESC LIMIT 500
            """
        ) { row in
            Hold(
                number: row.integer(0), matter: Subject(id: row.identity(1)), subject: row.identityOrNil(2).map { Subject(id: $0) },
                fields: [], proposed: row.instant(4), review: Day(of: row.instant(3)), first: row.text(5), second: row.textOrNil(6),
                agreed: row.instantOrNil(7), ended: row.instantOrNil(8))
        }
        return try found.map { (hold) throws(Refusal) in
            let fields = try rows.all("SELECT field FROM legal_hold_field WHERE number = \(hold.number) ORDER BY place") { $0.text(0) }
            var hold = hold
            hold.fields = fields
            return hold
        }
    }

    func hold(_ number: Int64) throws(Refusal) -> Hold? {
        try store.read { (rows) throws(Refusal) in try Self.holds("number = \(number)", in: rows).first }
    }

    /// The hold whose copy lies under this number; nil: it is no matter's.
    func hold(ofMatter matter: Subject) throws(Refusal) -> Hold? {
        try store.read { (rows) throws(Refusal) in try Self.holds("matter = \(matter)", in: rows).first }
    }

    func openHold(_ number: Int64) throws(Refusal) -> (hold: Hold, proposer: Int64?)? {
        try store.read { (rows) throws(Refusal) in
            guard let hold = try Self.holds("number = \(number) AND ended IS NULL", in: rows).first else { return nil }
            return (hold, try rows.first("SELECT proposer FROM legal_hold WHERE number = \(number)") { $0.integerOrNil(0) } ?? nil)
        }
    }

    func isHere(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try lives(subject, in: rows)
    }
}
