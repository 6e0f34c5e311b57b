// The key store: a database of its own. A key is under its class's key, that under its bucket's, that under the root.
// To destroy a class key is to make everything below it unreadable, in every copy.

import Crypto
public import Store
import Synchronization

/// Keys of subjects, and the look-up rows that die with them.
struct KeyStore: Sendable {
    let store: Store
    let ring: KeyRing
    let randomness: any Randomness
    let truncation = Truncation()
    let clock: any Clock

    static let migrations = Migrations(
        room: "keys",
        steps: [
            (
                "keys and look-ups",
                [
                    """
                    CREATE TABLE class_key (subject INTEGER NOT NULL, kind INTEGER NOT NULL, generation INTEGER NOT NULL,
                        made INTEGER NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0, wrapped BLOB NOT NULL,
                        PRIMARY KEY (subject, kind)) STRICT, WITHOUT ROWID
                    """,
                    """
                    CREATE TABLE item_key (subject INTEGER NOT NULL, kind INTEGER NOT NULL, item INTEGER NOT NULL,
                        generation INTEGER NOT NULL, wrapped BLOB NOT NULL,
                        PRIMARY KEY (subject, kind, item, generation)) STRICT, WITHOUT ROWID
                    """,
                    "CREATE TABLE house (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL, probe BLOB NOT NULL) STRICT",
                    "CREATE TABLE destroyed (subject INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    """
                    CREATE TABLE lookup (label BLOB NOT NULL PRIMARY KEY, owner BLOB NOT NULL, sealed BLOB NOT NULL)
                        STRICT, WITHOUT ROWID
                    """,
                    "CREATE INDEX lookup_owner ON lookup (owner)",
                ]
            ),
            refusals, seen, replaced,
        ])

    /// nil: destroyed, or never made.
    func key(of name: RecordName) throws(Refusal) -> Secret? {
        try store.read { (rows) throws(Refusal) -> Secret? in
            guard let above = try classKey(of: name.subject, name.kind, in: rows) else { return nil }
            return try itemKey(of: name, under: above, in: rows)
        }
    }

    /// The keys of these names that are there, read at one moment.
    func keys(of names: [RecordName]) throws(Refusal) -> [RecordName: Secret] {
        guard !names.isEmpty else { return [:] }
        return try store.read { (rows) throws(Refusal) -> [RecordName: Secret] in
            var above: [Int64: Secret] = [:], found: [RecordName: Secret] = [:]
            for name in names {
                if above[name.kind] == nil { above[name.kind] = try classKey(of: name.subject, name.kind, in: rows) }
                guard let key = above[name.kind] else { continue }
                found[name] = try itemKey(of: name, under: key, in: rows)
            }
            return found
        }
    }

    /// The keys of these names, made where they are missing, durable on return. Refused for a subject whose keys were
    /// destroyed: a missing key is never made again. `replacing`: those that are to be destroyed once the new ones are in use.
    func makeKeys(for names: [RecordName], replacing: [RecordName] = []) async throws(Refusal) -> [RecordName: Secret] {
        try await store.write { (rows) throws(Refusal) -> [RecordName: Secret] in
            var keys: [RecordName: Secret] = [:]
            for name in names {
                guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(name.subject)") else { throw .gone }
                let above = try self.ensureClassKey(of: name.subject, name.kind, in: rows)
                keys[name] = try self.ensureItemKey(of: name, under: above, in: rows)
            }
            try self.note(replacing: replacing, in: rows)
            return keys
        }
    }

    /// Enters the subject in the register `destroyed`: from here on an erasure is finished, whatever happens.
    func register(destroyed subject: Subject, at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("INSERT INTO destroyed (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
        }
    }

    /// Deletes every key and look-up row of the subject, and what the write-ahead log remembers of them.
    func destroyAll(of subject: Subject) async throws(Refusal) {
        let owner = ownerLabel(of: subject)
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM lookup WHERE owner = \(owner)")
            try rows.run("DELETE FROM class_key WHERE subject = \(subject)")
            try rows.run("DELETE FROM item_key WHERE subject = \(subject)")
            try rows.run("DELETE FROM replaced_key WHERE subject = \(subject)")
            try rows.run("DELETE FROM repeated_refusal WHERE subject = \(subject)")
            try rows.run("DELETE FROM seen_entry WHERE subject = \(subject)")
        }
        truncation.isDue.store(true, ordering: .relaxed)
        truncateIfDue(patience: .zero)
    }

    func isDestroyed(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)")
        }
    }

    func destroyedSubjects() throws(Refusal) -> [Subject] {
        try store.read { (rows) throws(Refusal) in try rows.all("SELECT subject FROM destroyed") { Subject(id: $0.integer(0)) } }
    }

    /// Says that what these keys open is durable, so that they are never taken for what an interrupted registration leaves.
    func confirm(_ subject: Subject) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("UPDATE class_key SET confirmed = 1 WHERE subject = \(subject)")
            return
        }
    }

    /// Subjects whose keys nobody confirmed, for finding those that have nothing else.
    func subjectsWithKeys(madeBefore then: Instant) throws(Refusal) -> [Subject] {
        try store.read { (rows) throws(Refusal) in
            try rows.all(
                "SELECT subject FROM class_key GROUP BY subject HAVING max(made) < \(then) AND max(confirmed) = 0",
                { Subject(id: $0.integer(0)) })
        }
    }
}

extension KeyStore {
    func classKey(of subject: Subject, _ kind: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Secret? {
        let wrapped = try rows.first("SELECT wrapped FROM class_key WHERE subject = \(subject) AND kind = \(kind)", { $0.blob(0) })
        return try wrapped.map { (wrapped) throws(Refusal) in
            try unwrap(wrapped, under: ring.bucket(of: subject), Self.classBinding(subject, kind))
        }
    }

    func itemKey(of name: RecordName, under above: Secret, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Secret? {
        let wrapped = try rows.first(
            """
            SELECT wrapped FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                AND generation = \(name.generation)
            """, { $0.blob(0) })
        return try wrapped.map { (wrapped) throws(Refusal) in try unwrap(wrapped, under: above, name.keyBinding) }
    }

    private func ensureClassKey(of subject: Subject, _ kind: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Secret {
        if let key = try classKey(of: subject, kind, in: rows.snapshot) { return key }
        let key = Secret(from: randomness)
        let wrapped = Sealed.wrap(key, under: ring.bucket(of: subject), boundTo: Self.classBinding(subject, kind))
        try rows.run(
            """
            INSERT INTO class_key (subject, kind, generation, made, wrapped)
                VALUES (\(subject), \(kind), 1, \(clock.now()), \(wrapped))
            """)
        return key
    }

    private func ensureItemKey(of name: RecordName, under above: Secret, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Secret
    {
        if let key = try itemKey(of: name, under: above, in: rows.snapshot) { return key }
        let key = Secret(from: randomness)
        let wrapped = Sealed.wrap(key, under: above, boundTo: name.keyBinding)
        try rows.run(
            """
            INSERT INTO item_key (subject, kind, item, generation, wrapped)
                VALUES (\(name.subject), \(name.kind), \(name.item), \(name.generation), \(wrapped))
            """)
        return key
    }

    private func unwrap(_ wrapped: [UInt8], under key: Secret, _ binding: [UInt8]) throws(Refusal) -> Secret {
        do { return try Sealed.unwrap(wrapped, under: key, boundTo: binding) } catch { throw .damaged("key store") }
    }

    static func classBinding(_ subject: Subject, _ kind: Int64) -> [UInt8] {
        Array("voffice/class/1|\(subject.id)|\(kind)".utf8)
    }

    func ownerLabel(of subject: Subject) -> [UInt8] {
        HMACSHA256.code(for: Array("\(subject.id)".utf8), under: ring.owner).bytes
    }
}

/// What was deleted lingers in the write-ahead log until it is emptied; who reads at that moment delays it.
/// A start finds what a crash left in it.
final class Truncation: Sendable {
    let isDue = Atomic<Bool>(true)
}

extension KeyStore {
    /// Empties the write-ahead log if something was destroyed; tried again each second until nobody stands in the way.
    func truncateIfDue(patience: Duration) {
        guard truncation.isDue.exchange(false, ordering: .relaxed) else { return }
        do throws(StoreFault) { try store.checkpoint(patience: patience) } catch { truncation.isDue.store(true, ordering: .relaxed) }
    }
}

extension Subject: SQL.Bindable {
    public var bound: SQL.Value { .integer(id) }
}
