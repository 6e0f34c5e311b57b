// The key store: a database of its own. A key is under its class's key, that under its bucket's, that under the root.
// To destroy a class key is to make everything below it unreadable, in every copy.

import Crypto
public import Store
import Synchronization

/// Keys of subjects, and the look-up rows that die with them.
final class KeyStore: Sendable {
    let store: Store
    let database: Database
    /// The keys that stay.
    let ring: KeyRing
    let rings: Rings
    let randomness: any Randomness
    let truncation = Truncation()
    let leftovers = Leftovers()
    let suspects = Suspects()
    let registrations = Registrations()
    let changes: KeyChanges
    let clock: any Clock

    private init(
        store: Store, _ database: Database, ring: KeyRing, rings: Rings, randomness: any Randomness, changes: KeyChanges, clock: any Clock
    ) {
        (self.store, self.database, self.ring, self.rings, self.randomness) = (store, database, ring, rings, randomness)
        (self.changes, self.clock) = (changes, clock)
    }

    static let migrations = Migrations(
        room: "keys", everywhere: ["worded"],
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
            refusals, seen, lookups, renewals, replaced, restored, counted, unconfirmed, searchKeys, countedOn, firsts, ages, unkept, pairs,
            fences, worded, asked,
        ])

    /// Where the keys lie unless the settings say another database.
    static func database(in folder: String) -> Database { .file(folder + "/keys.sqlite") }

    /// - Parameters:
    ///   - database: nil for a file in the folder of the ring.
    ///   - roots: nil for files in that folder.
    static func open(
        in folder: String, _ database: Database? = nil, roots: (any RootHolder)?, mayMake: Bool, clock: any Clock,
        randomness: any Randomness
    ) throws(HouseFault) -> KeyStore {
        let rings = Rings(folder: folder, roots: roots ?? FileRoots(folder: folder, named: "root"), randomness: randomness)
        let database = database ?? Self.database(in: folder), hasKeys = try holdsKeys(database)
        do throws(KeyFault) { try rings.beginIfNew(in: database, mayMake: mayMake, hasKeys: hasKeys) } catch { throw .keys(error) }
        let store: Store, holds: Int64?, changes: Int64, ring: KeyRing
        do throws(StoreFault) {
            store = try Store.open(database, migrations: [migrations], clock: clock)
            holds = try store.read { (rows) throws(StoreFault) in try rows.first("SELECT generation FROM ring") { $0.integer(0) } }
            changes = try store.read { (rows) throws(StoreFault) in try Self.changes(in: rows) }
        } catch { throw .store(error) }
        guard let holds else {
            store.close()
            throw .rowMissing("ring in \(database.name)")
        }
        do throws(KeyFault) { ring = try rings.standing(holds).ring } catch { throw .keys(error) }
        return KeyStore(
            store: store, database, ring: ring, rings: rings, randomness: randomness, changes: KeyChanges(changes), clock: clock)
    }

    /// Whether anything can lie there under a ring: on a server tables alone are none, and a file isn't there without a house.
    private static func holdsKeys(_ database: Database) throws(HouseFault) -> Bool {
        guard try database.holdsHouse() else { return false }
        guard case .server = database else { return true }
        do throws(StoreFault) {
            let still = try Still(database)
            guard try still.has(table: "house") else { return false }
            return try still.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM house") }
        } catch { throw .store(error) }
    }

    /// nil: destroyed, or never made.
    func key(of name: RecordName) throws(Refusal) -> Secret? {
        try reading { (rows) throws(Refusal) -> Secret? in
            guard let above = try classKey(of: name.subject, name.kind, in: rows) else { return nil }
            return try itemKey(of: name, under: above, in: rows)
        }
    }

    /// The keys of these names that are there, read at one moment.
    func keys(of names: [RecordName]) throws(Refusal) -> [RecordName: Secret] {
        guard !names.isEmpty else { return [:] }
        return try reading { (rows) throws(Refusal) in try keys(of: names, in: rows) }
    }

    /// The same of one subject, and whether refusals about them are being counted.
    func look(for names: [RecordName], of subject: Subject) throws(Refusal) -> (keys: [RecordName: Secret], hasRefusals: Bool) {
        try reading { (rows) throws(Refusal) in
            (try keys(of: names, in: rows), try rows.exists("SELECT 1 FROM repeated_refusal WHERE subject = \(subject)"))
        }
    }

    /// The keys of these names, made where they are missing, durable on return. Refused for a subject whose keys were
    /// destroyed: a missing key is never made again. `replacing`: those that are to be destroyed once the new ones are in use.
    /// `newcomer`: who gets a key pair with them.
    func makeKeys(
        for names: [RecordName], replacing: [RecordName] = [], newcomer: Subject? = nil
    ) async throws(Refusal) -> [RecordName: Secret] {
        try await change { (rows) throws(Refusal) -> [RecordName: Secret] in
            var keys: [RecordName: Secret] = [:]
            for name in names {
                guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(name.subject)") else { throw .gone }
                let above = try self.ensureClassKey(of: name.subject, name.kind, in: rows)
                keys[name] = try self.ensureItemKey(of: name, under: above, in: rows)
            }
            if let newcomer { try self.ensurePair(of: newcomer, in: rows) }
            try self.note(replacing: replacing, in: rows)
            return keys
        }
    }

    func isDestroyed(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)")
        }
    }

    /// Has keys, or had them.
    func isKnown(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists(
                "SELECT 1 FROM class_key WHERE subject = \(subject) UNION ALL SELECT 1 FROM destroyed WHERE subject = \(subject)")
        }
    }

    func destroyedSubjects() throws(Refusal) -> [Subject] {
        try store.read { (rows) throws(Refusal) in try rows.all("SELECT subject FROM destroyed") { Subject(id: $0.identity(0)) } }
    }

    /// Those of whom nothing is left: a row beside keys that are there was put into the register by somebody else.
    func forgottenSubjects() throws(Refusal) -> [Subject] {
        try store.read { (rows) throws(Refusal) in
            try rows.all(
                "SELECT subject FROM destroyed WHERE NOT EXISTS (SELECT 1 FROM class_key k WHERE k.subject = destroyed.subject)"
            ) { Subject(id: $0.identity(0)) }
        }
    }

    /// Everybody who has keys.
    func holders() throws(Refusal) -> [Subject] {
        try store.read { (rows) throws(Refusal) in try rows.all("SELECT DISTINCT subject FROM class_key") { Subject(id: $0.identity(0)) } }
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
        try store.read { (rows) throws(Refusal) in try rows.all(unconfirmed(before: then)) { Subject(id: $0.identity(0)) } }
    }

    func unconfirmed(before then: Instant) -> SQL {
        """
        SELECT DISTINCT subject FROM class_key AS k WHERE confirmed = 0 AND made < \(then) AND NOT EXISTS
            (SELECT 1 FROM class_key AS o WHERE o.subject = k.subject AND (o.confirmed = 1 OR o.made >= \(then)))
        """
    }

    /// So that a start looks at those few, however many people there are.
    static let unconfirmed: (name: StaticString, statements: [SQL]) = (
        "keys that nobody confirmed",
        [
            """
            UPDATE class_key SET confirmed = 1 WHERE confirmed = 0
                AND EXISTS (SELECT 1 FROM class_key AS o WHERE o.subject = class_key.subject AND o.confirmed = 1)
            """,
            "CREATE INDEX class_key_unconfirmed ON class_key (subject, made) WHERE confirmed = 0",
        ]
    )
}

extension KeyStore {
    /// Reads, and looks again where a renewal by another process ended between the look at the rows and the look at the ring.
    func reading<Value>(_ body: (borrowing Snapshot<Refusal>) throws(Refusal) -> Value) throws(Refusal) -> Value {
        for _ in 1...8 {
            do throws(Refusal) { return try store.read(body) } catch { guard case .outdated = error else { throw error } }
        }
        throw .damaged("key ring")
    }

    /// The buckets that these rows stand under.
    func buckets(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Buckets {
        try buckets(try rows.first("SELECT generation FROM ring") { $0.integer(0) } ?? 1)
    }

    private func buckets(_ generation: Int64) throws(Refusal) -> Buckets {
        do throws(KeyFault) { return try rings.buckets(generation) } catch {
            if case .unreadable = error { throw .outdated }
            throw .damaged("key ring")
        }
    }

    func classKey(of subject: Subject, _ kind: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Secret? {
        let found = try rows.first(
            "SELECT wrapped, (SELECT generation FROM ring) FROM class_key WHERE subject = \(subject) AND kind = \(kind)"
        ) { ($0.blob(0), $0.integer(1)) }
        return try found.map { (wrapped, generation) throws(Refusal) in
            try Self.unwrap(wrapped, under: try buckets(generation)[Buckets.number(of: subject)], Self.classBinding(subject, kind))
        }
    }

    private func keys(of names: [RecordName], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [RecordName: Secret] {
        var above: [Int64: Secret] = [:], found: [RecordName: Secret] = [:]
        for name in names {
            if above[name.kind] == nil { above[name.kind] = try classKey(of: name.subject, name.kind, in: rows) }
            guard let key = above[name.kind] else { continue }
            found[name] = try itemKey(of: name, under: key, in: rows)
        }
        return found
    }

    func itemKey(of name: RecordName, under above: Secret, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Secret? {
        let wrapped = try rows.first(
            """
            SELECT wrapped FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                AND generation = \(name.generation)
            """, { $0.blob(0) })
        return try wrapped.map { (wrapped) throws(Refusal) in try Self.unwrap(wrapped, under: above, name.keyBinding) }
    }

    func ensureClassKey(of subject: Subject, _ kind: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Secret {
        if let key = try classKey(of: subject, kind, in: rows.snapshot) { return key }
        let key = Secret(from: randomness)
        let bucket = try buckets(in: rows.snapshot)[Buckets.number(of: subject)]
        let wrapped = Sealed.wrap(key, under: bucket, boundTo: Self.classBinding(subject, kind))
        try rows.run(
            """
            INSERT INTO class_key (subject, kind, generation, made, confirmed, wrapped)
                VALUES (\(subject), \(kind), 1, \(clock.now()),
                    COALESCE((SELECT max(confirmed) FROM class_key WHERE subject = \(subject)), 0), \(wrapped))
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
            INSERT INTO item_key (subject, kind, item, generation, wrapped, made)
                VALUES (\(name.subject), \(name.kind), \(name.item), \(name.generation), \(wrapped), \(clock.now()))
            """)
        return key
    }

    static func unwrap(_ wrapped: [UInt8], under key: Secret, _ binding: [UInt8]) throws(Refusal) -> Secret {
        do { return try Sealed.unwrap(wrapped, under: key, boundTo: binding) } catch { throw .damaged("key store") }
    }

    static func classBinding(_ subject: Subject, _ kind: Int64) -> [UInt8] {
        Array("voffice/class/1|\(subject.id)|\(kind)".utf8)
    }

    func ownerLabel(of subject: Subject) -> [UInt8] { Self.ownerLabel(of: subject, ring) }

    static func ownerLabel(of subject: Subject, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("\(subject.id)".utf8), under: ring.owner).bytes
    }
}

extension Subject: SQL.Bindable {
    public var bound: SQL.Value { .integer(id) }
}
