// The office's own tables: numbers, times and states; what tells who somebody is lies in the vault.

public import Store
public import Vault

extension Environment {
    public static let migrations = Migrations(
        room: "office",
        everywhere: [
            "staff", "former_staff", "staff_number", "invitation", "officer_agreed", "contact_day", "mail_taken", "tried_salt",
            "worked_before",
        ],
        steps: [
            (
                "accounts, staff and cases",
                [
                    "CREATE TABLE proved_address (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT",
                    """
                    CREATE TABLE challenge (id BLOB NOT NULL PRIMARY KEY, subject INTEGER, kind TEXT NOT NULL, code BLOB NOT NULL,
                        made INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) STRICT
                    """,
                    "CREATE INDEX challenge_subject ON challenge (subject)",
                    "CREATE TABLE code_issued (subject INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
                    "CREATE INDEX code_issued_subject ON code_issued (subject, at)",
                    "CREATE TABLE code_missed (subject INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
                    "CREATE INDEX code_missed_subject ON code_missed (subject, at)",
                    """
                    CREATE TABLE session (id BLOB NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, since INTEGER NOT NULL,
                        entry INTEGER NOT NULL) STRICT
                    """,
                    "CREATE INDEX session_subject ON session (subject)",
                    """
                    CREATE TABLE staff (subject INTEGER NOT NULL PRIMARY KEY, role TEXT NOT NULL, number INTEGER NOT NULL,
                        since INTEGER NOT NULL, UNIQUE (role, number)) STRICT
                    """,
                    """
                    CREATE TABLE invitation (id BLOB NOT NULL PRIMARY KEY, role TEXT NOT NULL, made INTEGER NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE help_case (number INTEGER NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, item INTEGER NOT NULL,
                        opened INTEGER NOT NULL) STRICT
                    """,
                    "CREATE INDEX help_case_subject ON help_case (subject)",
                    "CREATE TABLE help_case_closed (number INTEGER NOT NULL PRIMARY KEY REFERENCES help_case, at INTEGER NOT NULL) STRICT",
                ]
            ),
            (
                "sessions as their person sees them, browsers that are known",
                [
                    "ALTER TABLE session ADD COLUMN seen INTEGER NOT NULL DEFAULT 0",
                    """
                    CREATE TABLE known_browser (id BLOB NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, since INTEGER NOT NULL) STRICT
                    """,
                    "CREATE INDEX known_browser_subject ON known_browser (subject)",
                    "CREATE TABLE alarm (id BLOB NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, made INTEGER NOT NULL) STRICT",
                    "CREATE INDEX alarm_subject ON alarm (subject)",
                ]
            ),
            (
                "changes of addresses",
                [
                    """
                    CREATE TABLE address_change (id BLOB NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, item INTEGER NOT NULL,
                        former INTEGER NOT NULL, objection BLOB NOT NULL UNIQUE, made INTEGER NOT NULL, proved INTEGER,
                        changed INTEGER) STRICT
                    """,
                    "CREATE INDEX address_change_subject ON address_change (subject)",
                ]
            ),
            (
                "codes that are sent anew",
                ["ALTER TABLE challenge ADD COLUMN sent INTEGER NOT NULL DEFAULT 0"]
            ),
            (
                "second factors: that there is one, the last step taken, recovery codes used",
                [
                    "ALTER TABLE session ADD COLUMN strong INTEGER NOT NULL DEFAULT 0",
                    "CREATE TABLE second_factor (subject INTEGER NOT NULL PRIMARY KEY, step INTEGER NOT NULL) STRICT",
                    "CREATE TABLE recovery_used (subject INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (subject, place)) STRICT",
                    "CREATE TABLE factor_missed (subject INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
                    "CREATE INDEX factor_missed_subject ON factor_missed (subject, at)",
                ]
            ),
            (
                "passkeys: whose each is, and how often it was used",
                [
                    "CREATE TABLE passkey (id BLOB NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, count INTEGER NOT NULL) STRICT",
                    "CREATE INDEX passkey_subject ON passkey (subject)",
                ]
            ),
            (
                "restrictions",
                ["CREATE TABLE restriction (subject INTEGER NOT NULL PRIMARY KEY, since INTEGER NOT NULL, ended INTEGER) STRICT"]
            ),
            (
                "who was turned out, and when",
                ["CREATE TABLE turned_out (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT"]
            ),
            (
                "who is reached by telephone",
                ["CREATE TABLE by_telephone (subject INTEGER NOT NULL PRIMARY KEY) STRICT"]
            ),
            (
                "accounts that sleep, and those that are to be deleted",
                [
                    """
                    CREATE TABLE asleep (subject INTEGER NOT NULL PRIMARY KEY, since INTEGER NOT NULL, ended INTEGER,
                        deleted_at INTEGER, receipt BLOB) STRICT
                    """
                ]
            ),
            (
                "ways back without the second factor",
                [
                    "ALTER TABLE challenge ADD COLUMN proved INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE challenge ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
                    """
                    CREATE TABLE way_back (subject INTEGER NOT NULL PRIMARY KEY, alarm BLOB NOT NULL UNIQUE, asked INTEGER NOT NULL,
                        due INTEGER) STRICT
                    """,
                ]
            ),
            (
                "who left the staff, and the numbers that were given",
                [
                    "CREATE TABLE former_staff (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT",
                    "CREATE TABLE staff_number (role TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT",
                    "INSERT INTO staff_number (role, last) SELECT role, max(number) FROM staff GROUP BY role",
                    "ALTER TABLE staff ADD COLUMN came INTEGER",
                    "UPDATE staff SET came = since",
                ]
            ),
            (
                "contacts that the staff record, whose each case is, and what was done in it",
                [
                    "ALTER TABLE help_case ADD COLUMN channel TEXT NOT NULL DEFAULT 'form'",
                    "ALTER TABLE help_case ADD COLUMN answering TEXT NOT NULL DEFAULT 'telephone'",
                    "ALTER TABLE help_case ADD COLUMN joined INTEGER NOT NULL DEFAULT 1",
                    "ALTER TABLE help_case ADD COLUMN queue TEXT NOT NULL DEFAULT 'customer service'",
                    "ALTER TABLE help_case ADD COLUMN owner INTEGER",
                    "ALTER TABLE help_case ADD COLUMN state TEXT NOT NULL DEFAULT 'open'",
                    "ALTER TABLE help_case ADD COLUMN due INTEGER",
                    "CREATE INDEX help_case_queue ON help_case (queue, due)",
                    """
                    CREATE TABLE case_step (number INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
                        role TEXT, staff INTEGER, item INTEGER, queue TEXT, PRIMARY KEY (number, place)) STRICT
                    """,
                    "CREATE TABLE caller (subject INTEGER NOT NULL PRIMARY KEY, since INTEGER NOT NULL) STRICT",
                    "CREATE TABLE search_indexed (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT",
                ]
            ),
            (
                "numbers of cases",
                ["INSERT INTO number_given (name, last) SELECT 'help_case', coalesce(max(number), 0) FROM help_case"]
            ),
            ("sessions by their age", ["CREATE INDEX session_since ON session (since)"]),
            choiceRows,
            (
                "callers who are verified, and what the staff change at their word",
                [
                    "ALTER TABLE address_change ADD COLUMN field TEXT NOT NULL DEFAULT 'email address'",
                    "UPDATE address_change SET field = 'telephone number' WHERE subject IN (SELECT subject FROM by_telephone)",
                    "ALTER TABLE address_change ADD COLUMN matter INTEGER",
                    "ALTER TABLE case_step ADD COLUMN about TEXT",
                    "ALTER TABLE caller ADD COLUMN number INTEGER",
                    """
                    CREATE TABLE caller_code (number INTEGER NOT NULL, role TEXT NOT NULL, staff INTEGER NOT NULL, subject INTEGER NOT NULL,
                        field TEXT NOT NULL, made INTEGER NOT NULL, PRIMARY KEY (number, role, staff)) STRICT
                    """,
                    """
                    CREATE TABLE verified_caller (number INTEGER NOT NULL, role TEXT NOT NULL, staff INTEGER NOT NULL,
                        subject INTEGER NOT NULL, field TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (number, role, staff)) STRICT
                    """,
                    """
                    CREATE TABLE call_back (number INTEGER NOT NULL PRIMARY KEY, subject INTEGER NOT NULL, alarm BLOB NOT NULL UNIQUE,
                        asked INTEGER NOT NULL, due INTEGER) STRICT
                    """,
                    """
                    CREATE TABLE change_asked (number INTEGER NOT NULL, what TEXT NOT NULL, subject INTEGER NOT NULL, at INTEGER NOT NULL,
                        PRIMARY KEY (number, what)) STRICT
                    """,
                ]
            ),
            ("cases that complain of what was done in another", ["ALTER TABLE help_case ADD COLUMN against INTEGER"]),
            (
                "officers who were agreed to",
                ["CREATE TABLE officer_agreed (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT"]
            ),
            (
                "what was somebody's for a while, and is somebody else's",
                ["CREATE TABLE parted_item (subject INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (subject, item)) STRICT"]
            ),
            (
                "as whom they worked here who left the staff",
                ["ALTER TABLE former_staff ADD COLUMN role TEXT", "ALTER TABLE former_staff ADD COLUMN number INTEGER"]
            ),
            (
                "how many calls and mails each of the staff recorded within a day",
                [
                    """
                    CREATE TABLE contact_day (role TEXT NOT NULL, staff INTEGER NOT NULL, since INTEGER NOT NULL, made INTEGER NOT NULL,
                        PRIMARY KEY (role, staff)) STRICT
                    """
                ]
            ),
            (
                "when the mail server took a letter, after others that it refused",
                ["CREATE TABLE mail_taken (id INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT"]
            ),
            keyRows, askingRows,
            (
                "who asked who of the staff it was",
                [
                    """
                    CREATE TABLE name_question (subject INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL,
                        staff INTEGER NOT NULL, asked INTEGER NOT NULL, learned INTEGER, settled INTEGER, PRIMARY KEY (subject, seq)) STRICT
                    """
                ]
            ),
            ("whose word it is that somebody left the staff", ["ALTER TABLE former_staff ADD COLUMN word BLOB"]),
            (
                "as whom they worked here before who work here again",
                [
                    """
                    CREATE TABLE worked_before (subject INTEGER NOT NULL, role TEXT NOT NULL, number INTEGER NOT NULL,
                        PRIMARY KEY (subject, role, number)) STRICT
                    """
                ]
            ),
            complaintRows, triedRows, ("whose word it is that somebody works here", ["ALTER TABLE staff ADD COLUMN word BLOB"]),
            (
                "whose word it is that somebody is signed in, or waits for a code",
                ["ALTER TABLE session ADD COLUMN word BLOB", "ALTER TABLE challenge ADD COLUMN word BLOB", "DELETE FROM invitation"]
            ),
            ("whose word the days of a change of address are", ["ALTER TABLE address_change ADD COLUMN word BLOB"]),
            ("whose word it is that something was parted from somebody", ["ALTER TABLE parted_item ADD COLUMN word BLOB"]),
        ])

    /// The tables that have a subject: each with a query of the subjects in it. `forget` empties them.
    public static let tablesAboutPeople: [(name: String, subjects: SQL)] = [
        ("proved_address", "SELECT subject FROM proved_address"),
        ("turned_out", "SELECT subject FROM turned_out"), ("by_telephone", "SELECT subject FROM by_telephone"),
        ("challenge", "SELECT DISTINCT subject FROM challenge WHERE subject IS NOT NULL"),
        ("code_issued", "SELECT DISTINCT subject FROM code_issued"), ("code_missed", "SELECT DISTINCT subject FROM code_missed"),
        ("session", "SELECT DISTINCT subject FROM session"), ("staff", "SELECT subject FROM staff"),
        ("help_case", "SELECT DISTINCT subject FROM help_case"),
        ("known_browser", "SELECT DISTINCT subject FROM known_browser"), ("alarm", "SELECT DISTINCT subject FROM alarm"),
        ("address_change", "SELECT DISTINCT subject FROM address_change"), ("restriction", "SELECT subject FROM restriction"),
        ("caller", "SELECT subject FROM caller"), ("search_indexed", "SELECT subject FROM search_indexed"),
        ("choice", "SELECT DISTINCT subject FROM choice"), ("asleep", "SELECT subject FROM asleep"),
        ("former_staff", "SELECT subject FROM former_staff"), ("worked_before", "SELECT DISTINCT subject FROM worked_before"),
        ("way_back", "SELECT subject FROM way_back"),
        ("call_back", "SELECT DISTINCT subject FROM call_back"),
        ("caller_code", "SELECT DISTINCT subject FROM caller_code"),
        ("verified_caller", "SELECT DISTINCT subject FROM verified_caller"),
        ("change_asked", "SELECT DISTINCT subject FROM change_asked"),
        ("officer_agreed", "SELECT subject FROM officer_agreed"),
        ("parted_item", "SELECT DISTINCT subject FROM parted_item"), ("use_complaint", "SELECT DISTINCT subject FROM use_complaint"),
        ("passkey", "SELECT DISTINCT subject FROM passkey"), ("second_factor", "SELECT subject FROM second_factor"),
        ("recovery_used", "SELECT DISTINCT subject FROM recovery_used"), ("factor_missed", "SELECT DISTINCT subject FROM factor_missed"),
    ]

    /// Deletes every row about a subject: the last step of an erasure.
    public static func forget(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("DELETE FROM help_case_closed WHERE number IN (SELECT number FROM help_case WHERE subject = \(subject))")
        try rows.run("DELETE FROM case_step WHERE number IN (SELECT number FROM help_case WHERE subject = \(subject))")
        try rows.run("DELETE FROM help_case WHERE subject = \(subject)")
        try forgetVerified(subject, in: rows)
        try rows.run("DELETE FROM officer_agreed WHERE subject = \(subject)")
        try rows.run("DELETE FROM parted_item WHERE subject = \(subject)")
        try rows.run("DELETE FROM use_complaint WHERE subject = \(subject)")
        try rows.run("DELETE FROM caller WHERE subject = \(subject)")
        try rows.run("DELETE FROM search_indexed WHERE subject = \(subject)")
        try rows.run("DELETE FROM session WHERE subject = \(subject)")
        try rows.run("DELETE FROM address_change WHERE subject = \(subject)")
        try rows.run("DELETE FROM restriction WHERE subject = \(subject)")
        try rows.run("DELETE FROM choice WHERE subject = \(subject)")
        try rows.run("DELETE FROM asleep WHERE subject = \(subject)")
        try rows.run("DELETE FROM way_back WHERE subject = \(subject)")
        try rows.run("DELETE FROM known_browser WHERE subject = \(subject)")
        try rows.run("DELETE FROM passkey WHERE subject = \(subject)")
        try rows.run("DELETE FROM second_factor WHERE subject = \(subject)")
        try rows.run("DELETE FROM recovery_used WHERE subject = \(subject)")
        try rows.run("DELETE FROM factor_missed WHERE subject = \(subject)")
        try rows.run("DELETE FROM by_telephone WHERE subject = \(subject)")
        try rows.run("DELETE FROM turned_out WHERE subject = \(subject)")
        try rows.run("DELETE FROM alarm WHERE subject = \(subject)")
        try rows.run("DELETE FROM challenge WHERE subject = \(subject)")
        try rows.run("DELETE FROM code_issued WHERE subject = \(subject)")
        try rows.run("DELETE FROM code_missed WHERE subject = \(subject)")
        try rows.run("DELETE FROM proved_address WHERE subject = \(subject)")
        try rows.run("DELETE FROM staff WHERE subject = \(subject)")
        try rows.run("DELETE FROM former_staff WHERE subject = \(subject)")
        try rows.run("DELETE FROM worked_before WHERE subject = \(subject)")
    }
}
