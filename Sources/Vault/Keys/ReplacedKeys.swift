// Keys of values that were put right or have gone. They are noted before the new value is durable and destroyed after it, so that a
// crash in between leaves none behind.

import Store
import Synchronization

extension KeyStore {
    static let replaced: (name: StaticString, statements: [SQL]) = (
        "keys that are being replaced",
        [
            """
            CREATE TABLE replaced_key (subject INTEGER NOT NULL, kind INTEGER NOT NULL, item INTEGER NOT NULL,
                generation INTEGER NOT NULL, PRIMARY KEY (subject, kind, item, generation)) STRICT, WITHOUT ROWID
            """
        ]
    )

    func note(replacing names: [RecordName], in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        for name in names {
            try rows.run(
                """
                INSERT INTO replaced_key (subject, kind, item, generation)
                    VALUES (\(name.subject), \(name.kind), \(name.item), \(name.generation)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Noted, and neither destroyed nor found to be in use yet.
    func replacedKeys() throws(Refusal) -> [RecordName] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, kind, item, generation FROM replaced_key") { row in
                RecordName(subject: Subject(id: row.identity(0)), kind: row.identity(1), item: row.identity(2), generation: row.integer(3))
            }
        }
    }

    /// Says that these stay after all: what was to replace them never came to be.
    func keep(_ names: [RecordName]) async throws(Refusal) {
        guard !names.isEmpty else { return }
        try await store.write { (rows) throws(Refusal) in for name in names { try Self.forget(note: name, in: rows) } }
    }

    /// Forgets keys of records or of months; the class keys above them are renewed within the day.
    func destroy(_ names: [RecordName]) async throws(Refusal) {
        guard !names.isEmpty else { return }
        try await change { (rows) throws(Refusal) in
            for name in names {
                try rows.run(
                    """
                    DELETE FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                        AND generation = \(name.generation)
                    """)
                try self.touch(Buckets.number(of: name.subject), name.subject, name.kind, in: rows)
                try Self.forget(note: name, in: rows)
            }
        }
        leaveNothing()
    }

    private static func forget(note name: RecordName, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            DELETE FROM replaced_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                AND generation = \(name.generation)
            """)
    }
}

extension Vault {
    /// Destroys the keys that an interrupted rewriting left: those below the generation that the data have, and those of records that
    /// are gone. `atStart`: nobody writes yet, so what the data still have stays, and its note goes.
    public func finishRewriting(atStart: Bool = false) async throws(Refusal) {
        var over: [RecordName] = [], inUse: [RecordName] = []
        for name in try keys.replacedKeys() {
            let present = try store.read { (rows) throws(Refusal) in
                try rows.first(
                    "SELECT generation FROM record WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)"
                ) { $0.integer(0) }
            }
            let isMonth = try isMonth(name)
            // A number that somebody changed leads to no key.
            let isAltered =
                try present.map { (generation) throws(Refusal) in
                    try !keys.holds(RecordName(subject: name.subject, kind: name.kind, item: name.item, generation: generation))
                } ?? false
            if present == name.generation || isMonth || isAltered { inUse.append(name) } else { over.append(name) }
        }
        try await keys.destroy(over)
        if atStart { try await keys.keep(inUse) }
    }

    /// Whether uses of a month are sealed under it: those are let go by their term, and never replaced.
    private func isMonth(_ name: RecordName) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM use_record WHERE subject = \(name.subject) AND kind = \(name.kind) AND month = \(name.item / 2)")
        }
    }
}
