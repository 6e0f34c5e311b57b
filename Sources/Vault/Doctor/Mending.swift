// Puts back rows of the house's own that were taken out or changed, as far as the rest of the house shows what they were. Nothing is signed by
// it: what it puts back leads to what was signed.

import Crypto
public import Store
import TransparencyLog

/// What was put back, and what can't be, a sentence each.
public struct Mended: Sendable, Equatable {
    public internal(set) var done: [String] = [], open: [String] = []
}

extension Vault {
    /// Of a house that is closed.
    public static func mend(database: Database, keyFolder: String, keys keyDatabase: Database? = nil) throws(HouseFault) -> Mended {
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
            let log = MendedLog(seen: seen, key: buckets.ring.signing.publicKey)
            let fence = try keyStore.read { (rows) throws(StoreFault) in try rows.first("SELECT number FROM seen_fence") { $0.integer(0) } }
            let (of, placed) = try store.writeAndWait { (rows) throws(StoreFault) -> (Mended, Int64) in
                var mended = try log.mend(fence: fence ?? 0, in: rows)
                try keysKnown(changes, lacking, &mended, in: rows)
                return (mended, try rows.first("SELECT fence FROM log_placing") { $0.integer(0) } ?? 0)
            }
            mended.done += of.done
            mended.open += of.open
            if fence == nil {
                try keyStore.writeAndWait { (rows) throws(StoreFault) in
                    try rows.run("INSERT INTO seen_fence (one, number) VALUES (1, \(placed))")
                    return
                }
                mended.done.append("seen_fence in the keys: \(placed), as log_placing has it")
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

/// The log's own rows, by what was signed.
private struct MendedLog: Sendable {
    let seen: SeenTree?, key: VerifyingKey

    /// - Parameter fence: the highest under which anybody placed leaves, as the keys know.
    func mend(fence: Int64, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) -> Mended {
        var mended = Mended()
        let newest = try rows.first("SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1") {
            (size: Int($0.integer(0)), note: Array($0.text(1).utf8))
        }
        let origin = try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? "", size = newest?.size ?? 0
        guard let root = LogHalt.signedRoot(of: size, seen: seen, names: Vault.names(upTo: origin), key: key, note: { newest?.note }) else {
            mended.open.append(LogHalt.unsigned(size: size).what)
            return mended
        }
        if let seen, seen.size > size {
            mended.open.append(LogHalt.behind(size: size, seen: seen.size).what)
            return mended
        }
        guard let growth = try tree(of: size, root, &mended, in: rows) else {
            mended.open.append(
                "neither log_leaf nor log_tile leads to the root that was signed over \(size) entries: restore the newest backup")
            return mended
        }
        try mendTiles(growth, &mended, in: rows)
        if let stray = try rows.first("SELECT max(number) FROM log_leaf WHERE number >= \(size)", { $0.integerOrNil(0) }) ?? nil {
            if try rows.exists("SELECT 1 FROM use_record WHERE number >= \(size)") {
                mended.open.append(LogHalt.leafTooMany(stray, signed: size).what + ", and entries of uses lead there")
            } else {
                let count = try rows.run("DELETE FROM log_leaf WHERE number >= \(size)")
                mended.done.append("log_leaf: \(count) behind the \(size) that are signed, taken out")
            }
        }
        let placing = try rows.first("SELECT size FROM log_placing") { Int($0.integer(0)) }
        if placing == nil {
            try rows.run("INSERT INTO log_placing (one, fence, beat, free, size) VALUES (1, \(fence), 0, 1, \(size))")
        } else if placing != size {
            try rows.run("UPDATE log_placing SET size = \(size)")
        }
        if placing != size { mended.done.append("log_placing: \(size) entries, as many as are signed") }
        return mended
    }

    /// The signed tree, by the entries; nil where they don't lead to it. One that was changed or taken out is put back from the uses.
    private func tree(
        of size: Int, _ root: Digest, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>
    ) throws(StoreFault) -> Growth? {
        let stored = try rows.all("SELECT number, leaf FROM log_leaf WHERE number < \(size) ORDER BY number") {
            (Int($0.integer(0)), $0.blob(1))
        }
        var leaves = Dictionary(stored) { $1 }
        func growth() -> Growth? {
            var hashes: [Digest] = []
            for number in 0..<size {
                guard let hash = leaves[number].flatMap({ try? Leaf(data: $0) })?.hash else { return nil }
                hashes.append(hash)
            }
            guard let growth = try? StoredTiles(tiles: [:]).append(hashes, to: 0), growth.root == root else { return nil }
            return growth
        }
        if let whole = growth() { return whole }
        var put: [Int: [UInt8]] = [:]
        let uses = try rows.all("SELECT number, leaf FROM use_record WHERE number IS NOT NULL") { (Int($0.integer(0)), $0.blob(1)) }
        for (number, leaf) in uses where number < size && leaves[number] != leaf { put[number] = leaf }
        leaves.merge(put) { $1 }
        guard let mendedGrowth = growth() else { return nil }
        for (number, leaf) in put {
            try rows.run(
                "INSERT INTO log_leaf (number, leaf) VALUES (\(number), \(leaf)) ON CONFLICT (number) DO UPDATE SET leaf = excluded.leaf")
        }
        mended.done.append("log_leaf: \(put.count) put back as the entries of uses have them, which lead to the signed root")
        return mendedGrowth
    }

    private func mendTiles(_ growth: Growth, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        var count = 0
        for (tile, subtree) in growth.tiles {
            let bytes = subtree.bytes
            let isThere = try rows.exists(
                """
                SELECT 1 FROM log_tile WHERE level = \(tile.level) AND position = \(tile.index) AND width = \(subtree.width) AND hashes = \(bytes)
                """)
            if isThere { continue }
            try rows.run(
                """
                INSERT INTO log_tile (level, position, width, hashes) VALUES (\(tile.level), \(tile.index), \(subtree.width), \(bytes))
                    ON CONFLICT (level, position) DO UPDATE SET width = excluded.width, hashes = excluded.hashes
                """)
            count += 1
        }
        if count > 0 { mended.done.append("log_tile: \(count) worked out anew from the entries, which lead to the signed root") }
    }
}
