// A house from its backup, in an empty directory. Who was forgotten since is forgotten again before anybody is let in, and the log goes on
// under another name: what was signed after the backup is never signed again as something else.

public import Crypto
import Policy
public import Store
import TransparencyLog

/// What came of a restore.
public struct Restored {
    /// `development` or `production`, for the stamp of the directory.
    public let stamp: String
    /// When the data part was made.
    public let made: Instant
    /// How many people were forgotten since, and are forgotten again.
    public let forgotten: Int
    /// Records that are in the data part, and to which the key part has no key.
    public let lacking: Lacking
    /// Entries that were signed and aren't in the backup, as far as anybody knows.
    public let lost: Int
    /// What doesn't fit in the restored house; the first start mends what `forgotten-there` says.
    public let findings: [Finding]
}

extension Vault {
    /// - Parameters:
    ///   - acceptLoss: what came after an older data part, or after an older register, is lost.
    ///   - mirror: the log's public copy, where there is one: it knows what was signed.
    public static func restore(
        data: String, keys: String, database: String, keyFolder: String, safe: Safe, acceptLoss: Bool, mirror: String?,
        migrations: [Migrations], tables: [(name: String, subjects: SQL)], clock: any Clock, randomness: any Randomness
    ) async throws(BackupFault) -> Restored {
        let keyPath = keyFolder + "/keys.sqlite"
        for path in [database, keyPath] where DurableFile.exists(path) { throw .notEmpty(path) }
        let parts = try Parts(data: data, keys: keys, keyStore: keyPath, safe: safe, on: Day(of: clock.now()))
        let newest = try newestTree(parts, safe, mirror, acceptLoss)
        let labels = try labels(safe, parts.buckets.ring, acceptLoss: acceptLoss)
        let lacking = try lacking(parts, keyPath)
        try refuseOdd(parts, lacking, beside: [data, keys], safe, acceptLoss, on: Day(of: clock.now()))
        let findings = try put(parts, database, keyFolder, migrations, tables, clock.now(), randomness)
        do throws(HouseFault) {
            let store = try KeyStore.open(in: keyFolder, roots: nil, mayMake: false, clock: clock, randomness: randomness)
            defer { store.store.close() }
            let forgotten = try await replay(labels, on: store, .file(database))
            try await begin(after: newest, on: store)
            return Restored(
                stamp: parts.data.stamp, made: parts.data.made, forgotten: forgotten, lacking: lacking,
                lost: max(0, newest.tree.size - parts.data.size),
                // What opens is restored; that its key was cut short is said all the same.
                findings: findings + safe.epochs.cut(parts.keys.epoch))
        } catch { throw .house(error) }
    }

    /// Another moment than the data's: younger keys open the data, older ones don't.
    private static func refuseOdd(
        _ parts: Parts, _ lacking: Lacking, beside folders: [String], _ safe: Safe, _ acceptLoss: Bool, on today: Day
    ) throws(BackupFault) {
        guard !parts.isPair else { return }
        let (data, keys) = (parts.data.folder, parts.keys.folder)
        guard parts.keys.made >= parts.data.made else { throw .keysOlder(keys: keys, data: data) }
        guard acceptLoss else {
            throw .dataOlder(keys: keys, data: data, lacking: lacking, pair: parts.keysOfTheDatasMoment(beside: folders, safe, on: today))
        }
    }

    /// Data and keys of one moment lack nothing that the house didn't.
    private static func lacking(_ parts: Parts, _ keyStore: String) throws(BackupFault) -> Lacking {
        guard !parts.isPair else { return Lacking() }
        do throws(StoreFault) {
            let names = try Still(parts.dataFile).read { (rows) throws(StoreFault) in try Lacking.names(in: rows) }
            return try Still(keyStore).read { (rows) throws(StoreFault) in try Lacking(names, in: rows) }
        } catch { throw .house(.store(error)) }
    }

    /// The newest tree that anybody knows this house to have signed, by the name of its log then.
    private static func newestTree(
        _ parts: Parts, _ safe: Safe, _ mirror: String?, _ acceptLoss: Bool
    ) throws(BackupFault) -> (name: String, tree: SeenTree, isClosed: Bool) {
        let state: Safe.State?
        do throws(KeyFault) { state = try safe.state(parts.buckets.ring) } catch {
            guard acceptLoss else { throw .stateDamaged(safe.statePath) }
            state = nil
        }
        if let state, state.house != parts.data.house { throw .otherHouses }
        if state == nil, !acceptLoss { throw .registerMissing(safe.statePath) }
        let inBackup = [parts.data, parts.keys].max { $0.size < $1.size }!
        var newest = (name: inBackup.log, tree: SeenTree(size: inBackup.size, root: inBackup.root), isClosed: false)
        // A log that goes on after a restore is later, however long the one before it was.
        let isLater = state.map { state in
            state.log == newest.name ? state.tree.size >= newest.tree.size : state.log.hasPrefix(newest.name + ".")
        }
        if let state, isLater == true {
            let isSame = state.log == parts.data.log && state.tree.size == parts.data.size && state.tree.root == parts.data.root
            newest = (state.log, state.tree, state.isClosed && isSame)
        } else if !acceptLoss {
            throw .registerBehind(safe.statePath, has: state?.tree.size ?? 0, needs: newest.tree.size)
        }
        if let mirror, let note = try? DurableFile.read(mirror + "/checkpoint"),
            let log = try? NoteVerifier(name: newest.name, key: parts.buckets.ring.signing.publicKey),
            let seen = (try? SignedCheckpoint.open(note, of: log))?.checkpoint, seen.size > newest.tree.size
        {
            guard acceptLoss else { throw .registerBehind(safe.statePath, has: newest.tree.size, needs: seen.size) }
            newest = (newest.name, SeenTree(size: seen.size, root: seen.root.bytes), false)
        }
        return newest
    }

    /// The files into their places, under a root of their own, and a look through them.
    private static func put(
        _ parts: Parts, _ database: String, _ keyFolder: String, _ migrations: [Migrations], _ tables: [(name: String, subjects: SQL)],
        _ now: Instant, _ randomness: any Randomness
    ) throws(BackupFault) -> [Finding] {
        do throws(KeyFault) {
            let rings = Rings(folder: keyFolder, roots: FileRoots(folder: keyFolder, named: "root"), randomness: randomness)
            try rings.put(parts.buckets)
            try DurableFile.writePieces(to: database) { (put) throws(KeyFault) in
                try DurableFile.readPieces(of: parts.dataFile) { (bytes) throws(KeyFault) in try put(bytes) }
            }
        } catch { throw .house(.keys(error)) }
        do throws(StoreFault) {
            // Refuses what a newer program wrote, and brings up to date what an older one did.
            try Store.open(path: database, migrations: migrations).close()
            try Store.open(path: keyFolder + "/keys.sqlite", migrations: [KeyStore.migrations]).close()
            var inspection = try Inspection(
                data: Still(database), keys: Still(keyFolder + "/keys.sqlite"), buckets: parts.buckets, now: now, tables: tables)
            inspection.sum()
            return inspection.faults
        } catch { throw .house(.store(error)) }
    }

    /// Who is in the safe's register; where a loss is accepted, as far as its entries hold.
    static func labels(_ safe: Safe, _ ring: KeyRing, acceptLoss: Bool) throws(BackupFault) -> Set<[UInt8]> {
        let promised = (try? safe.state(ring))?.forgotten ?? 0
        let holding: [[UInt8]], there = (DurableFile.length(of: safe.register) ?? 0) / Safe.entryLength
        do throws(KeyFault) { holding = try safe.labelsThatHold(ring) } catch { throw .house(.keys(error)) }
        guard holding.count < max(promised, there), !acceptLoss else { return Set(holding) }
        guard there > 0 else { throw .registerMissing(safe.register) }
        throw .registerDamaged(safe.register, hold: holding.count, of: max(promised, there))
    }

    /// Enters whom the safe knows as forgotten in the register of the restored keys, and destroys their keys; their rows go at the start.
    static func replay(_ labels: Set<[UInt8]>, on keys: KeyStore, _ database: Database) async throws(HouseFault) -> Int {
        let data: Still
        let people: [Int64]
        do throws(StoreFault) {
            data = try Still(database)
            people = try data.read { (rows) throws(StoreFault) in
                try rows.all("SELECT id FROM subject UNION SELECT subject FROM retained") { $0.identity(0) }
            }
        } catch { throw .store(error) }
        do throws(Refusal) {
            let holders = try keys.store.read { (rows) throws(Refusal) in
                try rows.all("SELECT DISTINCT subject FROM class_key") { $0.identity(0) }
            }
            let known = Set(try keys.destroyedSubjects().map(\.id)), today = Day(of: keys.clock.now()).start
            var forgotten = 0
            for id in Set(people + holders) {
                let subject = Subject(id: id)
                guard known.contains(id) || labels.contains(keys.ownerLabel(of: subject)) else { continue }
                if try await keys.destroyAll(of: subject, registeredAt: today) { while try await keys.clearSome(of: subject) {} }
                forgotten += 1
            }
            return forgotten
        } catch { throw .refusal(error) }
    }

    static func begin(after newest: (name: String, tree: SeenTree, isClosed: Bool), on keys: KeyStore) async throws(HouseFault) {
        guard !newest.isClosed else { return }
        do throws(Refusal) { try await keys.markRestored(newest.name, newest.tree) } catch { throw .refusal(error) }
    }
}

extension KeyStore {
    static let restored: (name: StaticString, statements: [SQL]) = (
        "restored from a backup",
        [
            """
            CREATE TABLE restored (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL, size INTEGER NOT NULL,
                root BLOB NOT NULL) STRICT
            """
        ]
    )

    func markRestored(_ log: String, _ tree: SeenTree) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("INSERT INTO restored (one, log, size, root) VALUES (1, \(log), \(tree.size), \(tree.root))")
            return
        }
    }

    /// The newest tree that was signed before a restore, until the first start after it has said so in the log.
    func restoredAfter() throws(Refusal) -> (log: String, tree: SeenTree)? {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT log, size, root FROM restored") { ($0.text(0), SeenTree(size: Int($0.integer(1)), root: $0.blob(2))) }
        }
    }
}
