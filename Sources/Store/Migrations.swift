// How the tables of a room came to be: named steps, only ever appended to.

/// The steps of one room, in order. A step that has been released is never changed or removed; the next change is a new
/// step. Tables are `STRICT`. Deferred constraints aren't used: they would fail a whole group of writes at its end.
public struct Migrations: Sendable {
    let room: StaticString
    private let everywhere: Set<String>, onOne: Set<String>
    let steps: [(name: StaticString, statements: [SQL])]

    /// On PostgreSQL a table lies in parts by the first column of its key, and may lie on many machines (decision 044), unless it is one of these:
    /// - Parameters:
    ///   - everywhere: a few rows, and none that comes with each person; whole on every machine.
    ///   - onOne: one thing, whole on one machine. A table of one row, whose first column is called `one`, needn't be named.
    public init(
        room: StaticString, everywhere: Set<String> = [], onOne: Set<String> = [], steps: [(name: StaticString, statements: [SQL])]
    ) { (self.room, self.everywhere, self.onOne, self.steps) = (room, everywhere, onOne, steps) }

    /// How each table that the steps make is to lie; one that was dropped since isn't among those that are there.
    var tables: [(name: String, lying: Lying)] {
        steps.flatMap(\.statements).compactMap { statement in
            let words = Dialect.sqlite.text(of: statement.shape).split { $0.isWhitespace || $0 == "(" }
            guard words.count > 3, words[0] == "CREATE", words[1] == "TABLE" else { return nil }
            let name = String(words[2])
            return (name, everywhere.contains(name) ? .everywhere : onOne.contains(name) || words[3] == "one" ? .onOne : .spread)
        }
    }

    /// The store's own tables.
    static let ownTables = Migrations(
        room: "Store", everywhere: ["number_given"], onOne: ["write_group"],
        steps: [
            (
                "remember which writes have been done",
                ["CREATE TABLE idempotency (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID"]
            ),
            (
                "jobs",
                [
                    """
                    CREATE TABLE job (bucket INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, payload BLOB NOT NULL,
                        due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, failed INTEGER, reason TEXT,
                        PRIMARY KEY (bucket, key)) STRICT, WITHOUT ROWID
                    """,
                    "CREATE INDEX job_due ON job (bucket, due)",
                ]
            ),
            (
                "what became of jobs, looked up without a scan",
                [
                    "CREATE INDEX job_failed ON job (failed) WHERE failed IS NOT NULL",
                    "CREATE INDEX job_waiting ON job (due) WHERE failed IS NULL",
                    "CREATE INDEX job_tried ON job (kind) WHERE failed IS NULL AND reason IS NOT NULL",
                ]
            ),
            (
                "numbers that were given",
                ["CREATE TABLE number_given (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID"]
            ),
            (
                "jobs that wait for each other",
                [
                    "ALTER TABLE job ADD COLUMN line INTEGER", "ALTER TABLE job ADD COLUMN held INTEGER",
                    "CREATE INDEX job_held ON job (bucket, line, held) WHERE held IS NOT NULL",
                ]
            ),
            (
                "marks of groups of writes, which PostgreSQL alone needs",
                [
                    """
                    CREATE TABLE write_group (mark BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, denied INTEGER NOT NULL)
                        STRICT, WITHOUT ROWID
                    """
                ]
            ),
            (
                "jobs that whoever they are for turned down",
                ["ALTER TABLE job ADD COLUMN turned_down INTEGER NOT NULL DEFAULT 0"]
            ),
        ])

    static let ledger: SQL = """
        CREATE TABLE IF NOT EXISTS migration (
            room TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (room, number)
        ) STRICT, WITHOUT ROWID
        """

    /// Applies what is pending. What was applied must be the beginning of this list, otherwise the database is newer.
    func apply(in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        let room = room.description
        for number in (steps.count - (try pending(in: rows.snapshot)))..<steps.count {
            for statement in steps[number].statements { try rows.run(statement) }
            try rows.run("INSERT INTO migration (room, number, name) VALUES (\(room), \(number), \(steps[number].name.description))")
        }
    }

    /// How many steps the database lacks.
    func pending(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Int {
        let known = steps.map { $0.name.description }, room = room.description
        let applied = try rows.all("SELECT name FROM migration WHERE room = \(room) ORDER BY number") { $0.text(0) }
        for (number, name) in applied.enumerated() {
            guard number < known.count else { throw .newer("\(room): \(name)") }
            // A step is never renamed.
            guard known[number] == name else {
                throw .corrupt("its table `migration` calls step \(number) of \(room) “\(name)”, which is “\(known[number])”")
            }
        }
        return known.count - applied.count
    }
}
