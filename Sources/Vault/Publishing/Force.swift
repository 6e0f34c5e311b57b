// Which version is in force at a moment: in the database, where every record of a use is checked against it.

import Crypto
import Policy
import Store

enum Force {
    static let migrations = Migrations(
        room: "publishing",
        everywhere: [
            "policy_founding", "policy_force", "policy_proposal", "policy_translation", "policy_approval", "policy_publication",
            "policy_withdrawal",
        ],
        steps: [
            (
                "versions, proposed, approved and in force",
                [
                    // Of production only: the document under which the first officers come in.
                    """
                    CREATE TABLE policy_founding (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
                        version INTEGER NOT NULL REFERENCES policy_version) STRICT
                    """,
                    """
                    CREATE TABLE policy_force (since INTEGER NOT NULL PRIMARY KEY, version INTEGER NOT NULL REFERENCES policy_version,
                        name TEXT NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE policy_proposal (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, document BLOB NOT NULL,
                        proposed INTEGER NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE policy_translation (proposal INTEGER NOT NULL REFERENCES policy_proposal, language TEXT NOT NULL,
                        document BLOB NOT NULL, PRIMARY KEY (proposal, language)) STRICT, WITHOUT ROWID
                    """,
                    // Two roles, two people: the table refuses anything else. A person who leaves is cut out of it.
                    """
                    CREATE TABLE policy_approval (proposal INTEGER NOT NULL REFERENCES policy_proposal, role TEXT NOT NULL,
                        number INTEGER NOT NULL, subject INTEGER, note BLOB NOT NULL, at INTEGER NOT NULL,
                        PRIMARY KEY (proposal, role), UNIQUE (proposal, subject)) STRICT
                    """,
                    """
                    CREATE TABLE policy_publication (id INTEGER PRIMARY KEY, proposal INTEGER NOT NULL UNIQUE REFERENCES policy_proposal,
                        version INTEGER NOT NULL REFERENCES policy_version, note BLOB NOT NULL, at INTEGER NOT NULL,
                        since INTEGER NOT NULL, leaf INTEGER) STRICT
                    """,
                    """
                    CREATE TABLE policy_withdrawal (proposal INTEGER NOT NULL PRIMARY KEY REFERENCES policy_proposal, note BLOB NOT NULL,
                        at INTEGER NOT NULL) STRICT
                    """,
                ]
            ),
            (
                "numbers of proposals and publications",
                [
                    "INSERT INTO number_given (name, last) SELECT 'policy_proposal', coalesce(max(id), 0) FROM policy_proposal",
                    "INSERT INTO number_given (name, last) SELECT 'policy_publication', coalesce(max(id), 0) FROM policy_publication",
                ]
            ),
        ])

    /// Throws where the database has another version in force at that moment than the one that was asked.
    static func refuse(unless name: String, at moment: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) {
        var inForce = try rows.first("SELECT name FROM policy_force WHERE since <= \(moment) ORDER BY since DESC LIMIT 1") { $0.text(0) }
        // The clock was put back to before the house began.
        if inForce == nil { inForce = try rows.first("SELECT name FROM policy_force ORDER BY since LIMIT 1") { $0.text(0) } }
        guard inForce == name else { throw .policyChanged }
    }

    /// Writes that the file's version is in force from now on, where the one before was another; or was published, so that another file counts
    /// as changed, also one that says what the former one said. Nothing is later in the table.
    static func begin(_ version: Int64, _ policy: Policy, at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let last = try rows.first(
            """
            SELECT f.version, u.id FROM policy_force f LEFT JOIN policy_publication u ON u.version = f.version AND u.since = f.since
                ORDER BY f.since DESC LIMIT 1
            """
        ) { (version: $0.integer(0), isPublished: $0.integerOrNil(1) != nil) }
        if let last, last.version == version, !last.isPublished { return }
        try rows.run("INSERT INTO policy_force (since, version, name) VALUES (\(now), \(version), \(policy.versionText))")
    }
}
