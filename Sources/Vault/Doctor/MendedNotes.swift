// Former checkpoints whose rows were changed: each stands in two tables, and what was signed once is signed to the same bytes again.

import Crypto
import Store
import TransparencyLog

extension MendedLog {
    /// - Parameter size: of the tree that stands; its tiles lead to what was signed.
    func mendNotes(of origin: String, upTo size: Int, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault)
    {
        let names = Vault.names(upTo: origin)
        for isPublic in [false, true] {
            let broken = try brokenNotes(isPublic, names, in: rows.snapshot)
            guard !broken.isEmpty else { continue }
            let table = isPublic ? "log_public" : "log_checkpoint", tiles = try Self.tiles(in: rows.snapshot)
            var back = 0, out = 0
            for row in broken {
                // One that stands under another size than its own goes back where it was.
                let own = names.lazy.compactMap { checkpoint(row.note, of: $0) }.first?.size
                let place = own ?? row.size,
                    note = own == nil ? try signed(place, isPublic, names, tiles, upTo: size, in: rows.snapshot) : row.note
                guard let note else {
                    if row.size > size {
                        out += try take(row.size, isPublic, in: rows)
                    } else {
                        mended.open.append(
                            "\(table): the checkpoint of \(row.size) entries, as nothing shows under which name it was signed. Nothing else "
                                + "hangs on it: let it be, or restore the newest backup")
                    }
                    continue
                }
                try take(row.size, isPublic, in: rows)
                back += try put(String(decoding: note, as: UTF8.self), place, row.at, isPublic, in: rows)
            }
            if back > 0 { mended.done.append("\(table): \(back) of former checkpoints put back as they were signed") }
            if out > 0 { mended.done.append("\(table): \(out) behind the \(size) entries that are signed, taken out") }
        }
    }

    private typealias Row = (size: Int, note: [UInt8], at: Instant)

    /// Those that this house didn't sign for their size.
    private func brokenNotes(
        _ isPublic: Bool, _ names: [String], in rows: borrowing Snapshot<StoreFault>
    ) throws(StoreFault) -> [Row] {
        let query: SQL =
            isPublic ? "SELECT size, note, at FROM log_public ORDER BY size" : "SELECT size, note, at FROM log_checkpoint ORDER BY size"
        var broken: [Row] = []
        try rows.each(query) { row in
            let found: Row = (Int(row.integer(0)), Array(row.text(1).utf8), row.instant(2))
            if !names.contains(where: { checkpoint(found.note, of: $0)?.size == found.size }) { broken.append(found) }
        }
        return broken
    }

    /// The note of so many entries, as the other table has it or signed once more; nil: nobody knows under which name.
    private func signed(
        _ place: Int, _ isPublic: Bool, _ names: [String], _ tiles: StoredTiles, upTo size: Int, in rows: borrowing Snapshot<StoreFault>
    ) throws(StoreFault) -> [UInt8]? {
        let other: SQL =
            isPublic ? "SELECT note FROM log_checkpoint WHERE size = \(place)" : "SELECT note FROM log_public WHERE size = \(place)"
        if let there = try rows.first(other, { Array($0.text(0).utf8) }),
            names.contains(where: { checkpoint(there, of: $0)?.size == place })
        {
            return there
        }
        guard place > 0, place <= size, names.count == 1, let root = try? tiles.root(of: place),
            let signer = try? NoteSigner(name: names[0], key: signing)
        else { return nil }
        return try? Checkpoint(origin: names[0], size: place, root: root).sign(by: signer)
    }

    private func checkpoint(_ note: [UInt8], of name: String) -> Checkpoint? {
        guard let log = try? NoteVerifier(name: name, key: signing.publicKey) else { return nil }
        return try? SignedCheckpoint.open(note, of: log).checkpoint
    }

    @discardableResult
    private func take(_ size: Int, _ isPublic: Bool, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) -> Int {
        try rows.run(isPublic ? "DELETE FROM log_public WHERE size = \(size)" : "DELETE FROM log_checkpoint WHERE size = \(size)")
    }

    private func put(
        _ note: String, _ size: Int, _ at: Instant, _ isPublic: Bool, in rows: borrowing Transaction<StoreFault>
    ) throws(StoreFault) -> Int {
        try rows.run(
            isPublic
                ? "INSERT INTO log_public (size, note, at) VALUES (\(size), \(note), \(at)) ON CONFLICT DO NOTHING"
                : "INSERT INTO log_checkpoint (size, note, at) VALUES (\(size), \(note), \(at)) ON CONFLICT DO NOTHING")
    }

    private static func tiles(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> StoredTiles {
        var tiles: [StoredTiles.Place: Subtree] = [:]
        try rows.each("SELECT level, position, hashes FROM log_tile") { row in
            tiles[StoredTiles.Place(level: Int(row.integer(0)), index: Int(row.integer(1)))] = Subtree(bytes: row.blob(2))
        }
        return StoredTiles(tiles: tiles)
    }
}

extension MendedLog {
    /// So many entries the log can have had, as what is left of it shows: nothing is looked for behind.
    func mostEntries(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Int {
        let numbers = try rows.first(
            """
            SELECT coalesce((SELECT max(number) FROM log_leaf), -1), coalesce((SELECT max(number) FROM use_record), -1),
                coalesce((SELECT max(position) FROM log_tile WHERE level = 0), -1)
            """
        ) { [$0.integer(0), $0.integer(1), $0.integer(2)] }
        guard let numbers else { return 0 }
        let mirrored = mirror.flatMap { (try? DurableFile.read("\($0)/checkpoint")) ?? nil }.flatMap { note in
            Int(String(decoding: note, as: UTF8.self).split(separator: "\n").dropFirst().first ?? "")
        }
        let entries = max(numbers[0], numbers[1]), tiles = (max(-1, min(numbers[2], Self.mostTiles)) + 1) * Int64(Tile.fullWidth)
        return Int(max(min(entries, Self.mostTiles) + 1, tiles, min(Int64(mirrored ?? 0), Self.mostTiles), 0))
    }
    private static let mostTiles: Int64 = 1 << 32

    /// As its checkpoint has it, which this house signed; nil: there is none, or nobody did.
    func newestTree(in store: Store) throws(StoreFault) -> SeenTree? {
        try store.read { (rows) throws(StoreFault) -> SeenTree? in
            guard let (size, note) = try Self.newest(in: rows), let origin = try rows.first("SELECT name FROM log_origin", { $0.text(0) })
            else {
                return nil
            }
            let root = LogHalt.signedRoot(of: size, seen: nil, names: Vault.names(upTo: origin), key: signing.publicKey, note: { note })
            return root.map { SeenTree(size: size, root: $0.bytes) }
        }
    }
}
