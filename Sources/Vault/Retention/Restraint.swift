// A restraint: a court forbids, until a day, to tell the person what is done in a matter of theirs. Two officers set it together with the
// matter; either ends it, and it ends by itself after its day. The policy says what it keeps from the person: this only says whether it runs.

public import Policy
public import Store

public struct Restraint: Sendable, Hashable {
    /// The last day on which it runs, unless somebody ends it before; nil: none runs.
    public let until: Day?
    /// What one officer asked the other for: the day, and who asked.
    public let asked: Day?, first: String?

    /// So long the other officer may take to answer.
    public static let patience = Swift.Duration.seconds(7 * 86_400)

    /// Whether one runs: of a matter by its number, of a person in any of theirs. nil: one officer asked for it, and the other hasn't
    /// answered.
    public static func answer(
        _ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Answer {
        let matter: SQL = moment.basis.matter.map { "h.number = \($0)" } ?? "TRUE"
        let of: SQL = "(h.subject = \(moment.subject) OR h.matter = \(moment.subject)) AND \(matter)"
        func first(_ moment: SQL, _ state: SQL) throws(Refusal) -> Instant? {
            try rows.first("SELECT \(moment) FROM restraint r JOIN legal_hold h ON h.number = r.hold WHERE \(of) AND \(state)") {
                $0.instantOrNil(0)
            } ?? nil
        }
        if let until = try first("max(r.until)", runs(at: now)) { return Answer(true, changes: until + .microseconds(1)) }
        if let asked = try first("min(r.proposed)", isAsked(at: now)) { return Answer(nil, changes: asked + patience) }
        let last = try first("max(CASE WHEN r.ended < r.until THEN r.ended ELSE r.until END)", "r.agreed IS NOT NULL")
        return Answer(false, lastHeld: last)
    }

    static func runs(at now: Instant) -> SQL { "r.ended IS NULL AND r.agreed IS NOT NULL AND r.until >= \(now)" }
    fileprivate static func isAsked(at now: Instant) -> SQL {
        "r.ended IS NULL AND r.agreed IS NULL AND r.until >= \(now) AND r.proposed > \(now - patience)"
    }
    /// One that isn't known to be over.
    static func stands(at now: Instant) -> SQL { "((\(runs(at: now))) OR (\(isAsked(at: now))))" }

    /// When what stands is over at the latest, as it is known now; nil: nothing stands.
    static func end<Failure>(of hold: Int64, at now: Instant, in rows: borrowing Snapshot<Failure>) throws(Failure) -> Instant? {
        try rows.all("SELECT r.until, r.agreed, r.proposed FROM restraint r WHERE r.hold = \(hold) AND \(stands(at: now))") { row in
            row.instantOrNil(1) == nil ? min(row.instant(0), row.instant(2) + patience) : row.instant(0)
        }.max()
    }
}

extension Vault {
    static let restraints: (name: StaticString, statements: [SQL]) = (
        "restraints, and what is told when they end",
        [
            """
            CREATE TABLE restraint (number INTEGER NOT NULL PRIMARY KEY, hold INTEGER NOT NULL, until INTEGER NOT NULL,
                proposed INTEGER NOT NULL, proposer INTEGER, first TEXT NOT NULL, agreed INTEGER, second TEXT, ended INTEGER, ender TEXT) STRICT
            """,
            "CREATE INDEX restraint_hold ON restraint (hold)",
            """
            CREATE TABLE withheld (place INTEGER NOT NULL PRIMARY KEY, hold INTEGER NOT NULL, matter INTEGER NOT NULL, seq INTEGER NOT NULL,
                subject INTEGER NOT NULL) STRICT
            """,
            "CREATE INDEX withheld_subject ON withheld (subject)", "CREATE INDEX withheld_matter ON withheld (matter)",
            """
            CREATE TABLE told_late (subject INTEGER NOT NULL, seq INTEGER NOT NULL, hold INTEGER NOT NULL, opening BLOB NOT NULL,
                number INTEGER NOT NULL, announced INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (subject, seq)) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX told_late_new ON told_late (subject, seq) WHERE announced = 0",
            "ALTER TABLE deletion_kept ADD COLUMN hold INTEGER",
        ]
    )

    /// The field that the policy calls the copy that is laid aside; who may read it may know of the matter.
    static let heldCopy = "held copy"

    /// The rows of this about a person or a matter that goes.
    static func restraintsForgetting(_ subject: Subject) -> [SQL] {
        [
            "DELETE FROM withheld WHERE subject = \(subject) OR matter = \(subject)", "DELETE FROM told_late WHERE subject = \(subject)",
            "UPDATE restraint SET proposer = NULL WHERE proposer = \(subject)",
            "DELETE FROM restraint WHERE hold IN (SELECT number FROM legal_hold WHERE matter = \(subject))",
        ]
    }

    /// With the hold that one officer asks for; the other agrees to both.
    func restrain(_ hold: Int64, until day: Day, by officer: HoldingOfficer, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO restraint (number, hold, until, proposed, proposer, first)
                VALUES (\(try rows.nextNumber(of: "restraint")), \(hold), \(day.end), \(clock.now()), \(officer.subject), \(officer.actor.shown))
            """)
    }

    /// One officer asks for a later day while one runs: the court said so.
    public func extendRestraint(of hold: Int64, until day: Day, by officer: HoldingOfficer) async throws(Refusal) {
        let now = clock.now()
        try await store.write { (rows) throws(Refusal) in
            let runs =
                try rows.first(
                    """
                    SELECT max(r.until) FROM restraint r JOIN legal_hold h ON h.number = r.hold
                        WHERE r.hold = \(hold) AND h.ended IS NULL AND \(Restraint.runs(at: now))
                    """
                ) { $0.instantOrNil(0) } ?? nil
            guard let runs, day.end > runs else { throw .gone }
            try rows.run("UPDATE restraint SET ended = \(now), ender = first WHERE hold = \(hold) AND agreed IS NULL AND ended IS NULL")
            try self.restrain(hold, until: day, by: officer, in: rows)
        }
    }

    /// The other officer agrees to a later day. That stands in the papers of the matter, and the person is told of it in the end.
    public func agreeToRestraint(of hold: Int64, by officer: HoldingOfficer) async throws(Refusal) {
        try await change(hold, "extend restraint", by: officer) { (rows, now) throws(Refusal) in
            let asked = try rows.first(
                """
                SELECT r.number, r.first, r.proposer FROM restraint r JOIN legal_hold h ON h.number = r.hold
                    WHERE r.hold = \(hold) AND h.agreed IS NOT NULL AND \(Restraint.isAsked(at: now))
                """
            ) { (number: $0.integer(0), first: $0.text(1), proposer: $0.integerOrNil(2)) }
            guard let asked, asked.proposer != officer.subject.id, !asked.first.hasPrefix(officer.role + " ") else { throw .gone }
            try rows.run("UPDATE restraint SET agreed = \(now), second = \(officer.actor.shown) WHERE number = \(asked.number)")
        }
    }

    /// Either officer ends it: a second later the person is told all that was done.
    public func endRestraint(of hold: Int64, by officer: HoldingOfficer) async throws(Refusal) {
        try await change(hold, "end restraint", by: officer) { (rows, now) throws(Refusal) in
            let runs = try rows.exists("SELECT 1 FROM restraint r WHERE r.hold = \(hold) AND \(Restraint.runs(at: now))")
            guard runs else { throw .gone }
            try rows.run("UPDATE restraint SET ended = \(now), ender = \(officer.actor.shown) WHERE hold = \(hold) AND ended IS NULL")
        }
    }

    private func change(
        _ number: Int64, _ verb: String, by officer: HoldingOfficer,
        _ body: @escaping @Sendable (borrowing Transaction<Refusal>, Instant) throws(Refusal) -> Void
    ) async throws(Refusal) {
        let house = atThisMoment, now = clock.now()
        guard let hold = try hold(number) else { throw .gone }
        let month = try await monthKeys(of: hold.matter)
        let use = RecordedUse(
            at: now, verb: verb, who: officer.actor.shown, things: hold.fields, purpose: nil, outcome: "yes", rules: [],
            version: house.versionText, matter: number)
        try await store.write { (rows) throws(Refusal) in
            try body(rows, now)
            // Also what ends it waits its turn: the person reads what was done in its order.
            let isTold = if let subject = hold.subject { try self.isHere(subject, in: rows.snapshot) } else { false }
            let end = try Restraint.end(of: number, at: now, in: rows.snapshot) ?? now - .microseconds(1)
            let entry = isTold ? use.silent(until: end) : use
            let sequence = try self.ledger.append(entry, of: hold.matter, staff: officer.subject, under: month, in: rows)
            try self.withhold(sequence, of: hold, in: rows)
        }
    }

    /// What stands of one in a matter; nil: nothing.
    public func restraint(of hold: Int64) throws(Refusal) -> Restraint? {
        let now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            let until =
                try rows.first("SELECT max(r.until) FROM restraint r WHERE r.hold = \(hold) AND \(Restraint.runs(at: now))") {
                    $0.instantOrNil(0)
                } ?? nil
            let asked = try rows.first("SELECT r.until, r.first FROM restraint r WHERE r.hold = \(hold) AND \(Restraint.isAsked(at: now))")
            {
                (day: Day(of: $0.instant(0)), first: $0.text(1))
            }
            guard until != nil || asked != nil else { return nil }
            return Restraint(until: until.map { Day(of: $0) }, asked: asked?.day, first: asked?.first)
        }
    }

    /// Whether the policy keeps the papers of a matter from the person because of a restraint that isn't over.
    func isSilent(_ hold: Int64, about subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        let now = clock.now()
        guard try rows.exists("SELECT 1 FROM restraint r WHERE r.hold = \(hold) AND \(Restraint.stands(at: now))") else { return false }
        var answers = judge.answers(about: Moment(subject: subject, actor: .thePerson(subject), basis: Basis(matter: hold)))
        return try judge.judge(
            thePerson: .read, Self.heldCopy, version: versions.current.row, &answers, in: rows
        ).refused != nil
    }
}
