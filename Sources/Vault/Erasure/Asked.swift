// Deletions that were asked for and are to come: the keys remember them beside the data's rows, so that to take the row out, or to move its day, puts
// off nothing. What they remember is done only where the person's own list says the same.

import Policy
public import Store

/// A deletion that is to come.
public struct AskedDeletion: Sendable {
    public let subject: Subject
    public let due: Instant
    /// The hash of the number on its receipt; empty: there is none.
    public let receipt: [UInt8]

    public init(subject: Subject, due: Instant, receipt: [UInt8]) { (self.subject, self.due, self.receipt) = (subject, due, receipt) }
}

extension KeyStore {
    static let asked: (name: StaticString, statements: [SQL]) = (
        "deletions that were asked for",
        [
            "CREATE TABLE deletion_asked (subject INTEGER NOT NULL PRIMARY KEY, due INTEGER NOT NULL, receipt BLOB NOT NULL) STRICT"
        ]
    )
}

extension Vault {
    /// Once it is in the person's list.
    public func expect(_ deletion: AskedDeletion) async throws(Refusal) {
        try await keys.change { (rows) throws(Refusal) in
            guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(deletion.subject)") else { return }
            try rows.run(
                """
                INSERT INTO deletion_asked (subject, due, receipt) VALUES (\(deletion.subject), \(deletion.due), \(deletion.receipt))
                    ON CONFLICT (subject) DO UPDATE SET due = excluded.due, receipt = excluded.receipt
                """)
        }
    }

    /// They changed their mind.
    public func expectNoDeletion(of subject: Subject) async throws(Refusal) {
        try await keys.change { (rows) throws(Refusal) in
            try rows.run("DELETE FROM deletion_asked WHERE subject = \(subject)")
            return
        }
    }

    /// Of those whose day has come the ones that their lists ask for, whatever the data's rows say. One of which a list says nothing goes: it was
    /// taken back, or never entered.
    /// - Parameter told: the state that the list tells, under its key.
    public func deletionsDue(at now: Instant, _ told: ToldState, _ key: String) async throws(Refusal) -> [AskedDeletion] {
        let due = try keys.store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, due, receipt FROM deletion_asked WHERE due <= \(now)") { row in
                AskedDeletion(subject: Subject(id: row.identity(0)), due: row.instant(1), receipt: row.blob(2))
            }
        }
        var wanted: [AskedDeletion] = [], damage: Refusal?
        for deletion in due {
            do throws(Refusal) {
                if try says(told, [(key, deletion.due)], of: deletion.subject) {
                    wanted.append(deletion)
                } else if try says(told, [], of: deletion.subject), try hasWholeEnd(deletion.subject) {
                    try await expectNoDeletion(of: deletion.subject)
                } else {
                    throw .damaged("the list of person \(deletion.subject.id), who asked to be deleted,")
                }
            } catch { damage = damage ?? error }
        }
        if wanted.isEmpty, let damage { throw damage }
        return wanted
    }

    /// Whether the newest entry that the keys saw of somebody is still there.
    private func hasWholeEnd(_ subject: Subject) throws(Refusal) -> Bool {
        guard let seen = try keys.seenEntry(of: subject) else { return true }
        return try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM use_record WHERE subject = \(subject) AND seq >= \(seen.sequence)")
        }
    }
}
