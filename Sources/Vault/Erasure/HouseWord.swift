// Rows on whose word something is destroyed by itself, or somebody has power. They lie where somebody else may write: so each bears the house's
// word, a code under a key that the data don't have, and a row without it does nothing.

import Crypto
public import Store

/// A table of such rows.
public struct WordedTable: Sendable {
    let name: String
    private let rows: @Sendable (_ condition: SQL) -> SQL
    private let put: @Sendable (_ subject: Subject, _ text: String, _ word: [UInt8]) -> SQL

    /// - Parameters:
    ///   - rows: of those for which the condition holds, each row's subject, all of it that counts as one text, and its word or NULL.
    ///   - put: puts the word of somebody's row in.
    public init(
        _ name: String, rows: @escaping @Sendable (_ condition: SQL) -> SQL,
        put: @escaping @Sendable (_ subject: Subject, _ word: [UInt8]) -> SQL
    ) {
        self.init(name, rows: rows) { (subject, _, word) in put(subject, word) }
    }

    /// The same of a table that may have several rows of somebody: `put` finds the row by its text.
    public init(
        _ name: String, rows: @escaping @Sendable (_ condition: SQL) -> SQL,
        put: @escaping @Sendable (_ subject: Subject, _ text: String, _ word: [UInt8]) -> SQL
    ) {
        (self.name, self.rows, self.put) = (name, rows, put)
    }

    /// Gives the rows written just now their word, in the transaction that writes them.
    fileprivate func speak(_ condition: SQL, _ ring: KeyRing, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        for row in try self.rows(of: condition, in: rows.snapshot) { try rows.run(put(row.subject, row.text, word(row.text, ring))) }
    }

    fileprivate func rows<Failure>(
        of condition: SQL, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> [(subject: Subject, text: String, word: [UInt8]?)] {
        try rows.all(self.rows(condition)) { (Subject(id: $0.identity(0)), $0.text(1), $0.blobOrNil(2)) }
    }

    fileprivate func word(_ text: String, _ ring: KeyRing) -> [UInt8] { ring.word(on: text, as: name) }
}

extension KeyStore {
    static let worded: (name: StaticString, statements: [SQL]) = (
        "tables whose rows bear the house's word",
        ["CREATE TABLE worded (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID"]
    )
}

extension KeyRing {
    fileprivate func word(on text: String, as name: String) -> [UInt8] {
        HMACSHA256.code(for: Array("voffice/word/1|\(name)|\(text)".utf8), under: owner).bytes
    }
}

extension Vault {
    /// The house's word on a text: a code that whoever has the data alone can neither make nor try out.
    /// - Parameter name: what it is a word of; that of one thing is none of another.
    public func word(on text: String, as name: String) -> [UInt8] { keys.ring.word(on: text, as: name) }

    /// What a law keeps of who left goes when its term is over.
    static let retainedRows = WordedTable("retained") { condition in
        "SELECT subject, '' || subject || '|' || coalesce(until, 0), word FROM retained WHERE \(condition)"
    } put: { (subject, word) in
        "UPDATE retained SET word = \(word) WHERE subject = \(subject)"
    }

    /// Gives rows their word, in the transaction that writes them.
    public func speak(for table: WordedTable, where condition: SQL, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try table.speak(condition, keys.ring, in: rows)
    }

    /// Whether a row bears the house's word, as its text is now. Of a table whose rows have never been looked at they are believed.
    public func isOurs(_ text: String, _ word: [UInt8]?, of table: WordedTable) throws(Refusal) -> Bool {
        if word == table.word(text, keys.ring) { return true }
        let name = table.name
        return try !keys.store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM worded WHERE name = \(name)") }
    }

    /// Whether each row of which the condition holds is one that this house wrote.
    public func areOurs(_ table: WordedTable, where condition: SQL, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        for row in try table.rows(of: condition, in: rows) where try !isOurs(row.text, row.word, of: table) { return false }
        return true
    }

    /// Whose rows the house wrote, of those for which the condition holds. Rows that are older than any word get theirs at the first look ever.
    public func subjects(of table: WordedTable, where condition: SQL) async throws(Refusal) -> [Subject] {
        let name = table.name
        let isWorded = try keys.store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM worded WHERE name = \(name)") }
        if !isWorded {
            let ring = keys.ring
            try await store.write { (rows) throws(Refusal) in try table.speak("1 = 1", ring, in: rows) }
            try await keys.change { (rows) throws(Refusal) in
                try rows.run("INSERT INTO worded (name) VALUES (\(name)) ON CONFLICT DO NOTHING")
                return
            }
        }
        return try store.read { (rows) throws(Refusal) in try table.rows(of: condition, in: rows) }
            .filter { $0.word == table.word($0.text, keys.ring) }.map(\.subject)
    }
}

extension Inspection {
    /// Rows that make the house destroy something or give power, and that it didn't write.
    mutating func inspectWords(of tables: [WordedTable], as kind: Finding.Kind = .stateAltered) throws(StoreFault) {
        for table in tables {
            let isWorded = try keys.read { (rows) throws(StoreFault) in
                try rows.exists("SELECT 1 FROM worded WHERE name = \(table.name)")
            }
            guard isWorded else { continue }
            let rows = try data.read { (rows) throws(StoreFault) in try table.rows(of: "1 = 1", in: rows) }
            for row in rows where row.word != table.word(row.text, buckets.ring) {
                report(kind, "the row of \(row.subject.id) in \(table.name) isn't one that this house wrote")
            }
        }
    }
}
