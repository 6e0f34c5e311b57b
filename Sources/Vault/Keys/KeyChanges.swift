// The keys count what is done to them, and the data remember the count, so that an older key store beside newer data doesn't pass for the
// one that belongs to them (decision 022).

import Crypto
import Store
import Synchronization
import TransparencyLog

/// How often the keys were changed, as far as this process knows; never more than is durable.
final class KeyChanges: Sendable {
    private let newest: Atomic<Int64>
    init(_ number: Int64) { newest = Atomic(number) }
    var number: Int64 { newest.load(ordering: .acquiring) }
    fileprivate func reach(_ number: Int64) { newest.max(number, ordering: .acquiringAndReleasing) }
}

extension KeyStore {
    static let counted: (name: StaticString, statements: [SQL]) = (
        "how often the keys were changed",
        [
            "CREATE TABLE change_count (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT",
            "INSERT INTO change_count (one, number) VALUES (1, 0)",
        ]
    )

    /// A write that is counted, in the same transaction. What the data rely on goes this way.
    @discardableResult
    func change<Value: Sendable>(
        goesAhead: Bool = false, _ body: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Value
    ) async throws(Refusal) -> Value {
        let done = try await store.write(goesAhead: goesAhead) { (rows) throws(Refusal) -> (value: Value, number: Int64?) in
            let value = try body(rows)
            return (value, try rows.first("UPDATE change_count SET number = number + 1 RETURNING number") { $0.integer(0) })
        }
        guard let number = done.number else { throw .damaged("key store") }
        changes.reach(number)
        return done.value
    }

    static func changes(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Int64 {
        try rows.first("SELECT number FROM change_count") { $0.integer(0) } ?? 0
    }
}

/// What the data remember of the keys.
enum KeysKnown {
    static let step: (name: StaticString, statements: [SQL]) = (
        "how often the keys had been changed",
        ["CREATE TABLE keys_known (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT"]
    )

    static func number<Failure>(in rows: borrowing Snapshot<Failure>) throws(Failure) -> Int64 {
        try rows.first("SELECT number FROM keys_known") { $0.integer(0) } ?? 0
    }

    /// Each growth of the log writes it.
    static func isMissing(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Bool {
        guard try rows.exists("SELECT 1 FROM log_checkpoint") else { return false }
        return try !rows.exists("SELECT 1 FROM keys_known")
    }

    /// To be given a count that is durable in the keys already, so that a crash between the two leaves the data behind and never ahead.
    static func note(_ number: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO keys_known (one, number) VALUES (1, \(number))
                ON CONFLICT (one) DO UPDATE SET number = excluded.number WHERE excluded.number > keys_known.number
            """)
    }
}

extension Vault {
    /// Refuses keys that are older than what the data remember of them. Changes nothing.
    static func refuseOlderKeys(_ keys: KeyStore, than store: Store) throws(HouseFault) {
        let known: Int64, has: Int64
        do throws(StoreFault) {
            // In this order: another server that is at work changes the keys first and the data afterwards.
            known = try store.read { (rows) throws(StoreFault) in try KeysKnown.number(in: rows) }
            has = try keys.store.read { (rows) throws(StoreFault) in try KeyStore.changes(in: rows) }
        } catch { throw .store(error) }
        guard known <= has else { throw .keysOlder(keys: keys.database, data: store.name, has: has, known: known) }
        // Without it an older key store couldn't be told from the newest. Before there was a count, there was nothing to know.
        guard known == 0, has > 0 else { return }
        let isMissing: Bool
        do throws(StoreFault) {
            isMissing = try store.read { (rows) throws(StoreFault) in try KeysKnown.isMissing(in: rows) }
        } catch { throw .store(error) }
        if isMissing { throw .rowMissing("keys_known in \(store.name)") }
    }

    /// The same where the end of the keys' write-ahead log doesn't hold. Before they are opened to be written, so that it stays as it is.
    static func refuseTornKeys(_ database: Database, than store: Store) throws(HouseFault) {
        guard try database.holdsHouse(), let log = TornLog(beside: database) else { return }
        let has: Int64, known: Int64, lacking: Lacking
        do throws(StoreFault) {
            let keys = try Still(database)
            let hasTables = try keys.has(table: "change_count")
            has = try keys.read { (rows) throws(StoreFault) in hasTables ? try KeyStore.changes(in: rows) : 0 }
            known = try store.read { (rows) throws(StoreFault) in try KeysKnown.number(in: rows) }
            guard known > has else { return }
            let names = try store.read { (rows) throws(StoreFault) in try Lacking.names(in: rows) }
            lacking = try keys.read { (rows) throws(StoreFault) in hasTables ? try Lacking(names, in: rows) : Lacking(all: names) }
        } catch { throw .store(error) }
        throw .keysTorn(log, keys: database.name, data: store.name, has: has, known: known, lacking: lacking)
    }

    /// Where the keys were changed and nothing was placed in the log since, the data hear of it by this.
    func noteKeyChanges() async throws(Refusal) {
        let number = keys.changes.number
        guard try store.read({ (rows) throws(Refusal) in try KeysKnown.number(in: rows) }) < number else { return }
        try await store.write { (rows) throws(Refusal) in try KeysKnown.note(number, in: rows) }
    }

    /// A crash between the log's growth and the keys' seeing it leaves the keys one tree behind: they see it before the door opens.
    func catchUpWithLog() async throws(Refusal) {
        let note = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        }
        guard let note else { return }
        let newest: Checkpoint
        do throws(LogFault) { newest = try SignedCheckpoint.open(note, of: try NoteVerifier(name: origin, key: logKey)).checkpoint } catch {
            return
        }
        guard newest.size > (try keys.seenTree()?.size ?? 0) else { return }
        try await keys.see(SeenTree(size: newest.size, root: newest.root.bytes))
    }
}
