// Puts back rows of the house's own that were taken out or changed, as far as the rest of the house shows what they were. Nothing new is signed by
// it: what it puts back leads to what was signed (`MendedLog.swift`).

import Crypto
public import Store
import TransparencyLog

/// What was put back, and what can't be, a sentence each.
public struct Mended: Sendable, Equatable {
    public internal(set) var done: [String] = [], open: [String] = []
}

extension Vault {
    /// Of a house that is closed.
    /// - Parameter mirror: the folder in which the public log lies too; nil: there is none.
    public static func mend(
        database: Database, keyFolder: String, keys keyDatabase: Database? = nil, mirror: String? = nil
    ) throws(HouseFault) -> Mended {
        var mended = try putBack(database, keyFolder, keyDatabase, mirror)
        guard mended.open.isEmpty else { return mended }
        // Nobody is sent here in vain and told that all is well.
        let (data, keys, buckets) = try still(database: database, keyFolder: keyFolder, keyDatabase)
        do throws(StoreFault) {
            mended.open = try Inspection.afterMending(data, keys, buckets, at: SystemClock().now()).map { left in
                "\(left.what) (\(left.kind.rawValue)): the rest of the house doesn't show what it was. Restore the newest backup"
            }
        } catch { throw .store(error) }
        return mended
    }

    private static func putBack(
        _ database: Database, _ keyFolder: String, _ keyDatabase: Database?, _ mirror: String?
    ) throws(HouseFault) -> Mended {
        let (data, keys, buckets) = try still(database: database, keyFolder: keyFolder, keyDatabase)
        do throws(StoreFault) {
            let hasRing = try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM ring") }
            let store = try Store.open(database, migrations: migrations)
            defer { store.close() }
            let keyStore = try Store.open(keyDatabase ?? KeyStore.database(in: keyFolder), migrations: [KeyStore.migrations])
            defer { keyStore.close() }
            var mended = Mended()
            if !hasRing {
                let generation = buckets.generation
                try keyStore.writeAndWait { (rows) throws(StoreFault) in
                    try rows.run("INSERT INTO ring (one, generation, renewed) VALUES (1, \(generation), 0)")
                    return
                }
                mended.done.append("ring in the keys: the generation is \(generation), as what lies under it shows")
            }
            let (seen, changes) = try keyStore.read { (rows) throws(StoreFault) in
                (
                    try rows.first("SELECT size, root FROM seen_tree") { SeenTree(size: Int($0.integer(0)), root: $0.blob(1)) },
                    try KeyStore.changes(in: rows)
                )
            }
            let names = try data.read { (rows) throws(StoreFault) in try Lacking.names(in: rows) }
            let lacking = try keys.read { (rows) throws(StoreFault) in try Lacking(names, in: rows) }
            let house = try MendedHouse(data, keys, buckets, names, lacking)
            let log = MendedLog(seen: seen, signing: buckets.ring.signing, mirror: mirror)
            let fence = try keyStore.read { (rows) throws(StoreFault) in try rows.first("SELECT number FROM seen_fence") { $0.integer(0) } }
            let known = try data.read { (rows) throws(StoreFault) in try KeysKnown.number(in: rows) }
            let (of, placed) = try store.writeAndWait { (rows) throws(StoreFault) -> (Mended, Int64) in
                var mended = try log.mend(fence: fence ?? 0, in: rows)
                try house.mend(&mended, in: rows)
                try keysKnown(changes, lacking, &mended, in: rows)
                return (mended, try rows.first("SELECT fence FROM log_placing") { $0.integer(0) } ?? 0)
            }
            mended.done += of.done
            mended.open += of.open
            let ofKeys = try keyStore.writeAndWait { (rows) throws(StoreFault) -> Mended in
                var mended = Mended()
                try house.mend(changesKnown: known, &mended, in: rows)
                return mended
            }
            mended.done += ofKeys.done
            mended.open += ofKeys.open
            if fence == nil {
                try keyStore.writeAndWait { (rows) throws(StoreFault) in
                    try rows.run("INSERT INTO seen_fence (one, number) VALUES (1, \(placed))")
                    return
                }
                mended.done.append("seen_fence in the keys: \(placed), as log_placing has it")
            }
            if seen == nil, of.open.isEmpty, let tree = try log.newestTree(in: store) {
                try keyStore.writeAndWait { (rows) throws(StoreFault) in
                    try rows.run("INSERT INTO seen_tree (one, size, root) VALUES (1, \(tree.size), \(tree.root)) ON CONFLICT DO NOTHING")
                    return
                }
                mended.done.append(
                    "seen_tree in the keys: \(tree.size) entries, as the newest checkpoint has them, which this house signed")
            }
            return mended
        } catch { throw .store(error) }
    }

    /// How often the keys were changed is believed of them where nothing is closed for want of a key.
    private static func keysKnown(
        _ changes: Int64, _ lacking: Lacking, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>
    ) throws(StoreFault) {
        guard try rows.exists("SELECT 1 FROM log_checkpoint"), try !rows.exists("SELECT 1 FROM keys_known") else { return }
        guard lacking.records == 0 else {
            mended.open.append(
                "keys_known in the data: these keys may be older than the data, since \(lacking.text) can't be read with them")
            return
        }
        try rows.run("INSERT INTO keys_known (one, number) VALUES (1, \(changes))")
        mended.done.append("keys_known in the data: \(changes), as every record opens with these keys")
    }
}
