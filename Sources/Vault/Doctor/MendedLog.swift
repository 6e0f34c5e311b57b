// The log's own rows, put back by what was signed: entries as the uses or the mirror have them, tiles by the entries, and the newest checkpoint as
// the keys saw it signed. To sign the same tree under the same name once more takes nothing back: it gives the same bytes.

import Crypto
import Store
import TransparencyLog

struct MendedLog: Sendable {
    let seen: SeenTree?, signing: SigningKey
    /// The folder in which the public log lies too.
    let mirror: String?

    /// - Parameter fence: the highest under which anybody placed leaves, as the keys know.
    func mend(fence: Int64, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) -> Mended {
        var mended = Mended()
        if let seen, seen.size < 0 {
            mended.open.append("seen_tree in the keys: \(seen.size) entries, which can't be. Restore the newest backup of data and keys")
            return mended
        }
        if try rows.exists("SELECT 1 FROM log_checkpoint WHERE size < 0 UNION ALL SELECT 1 FROM log_public WHERE size < 0") {
            mended.open.append("log_checkpoint and log_public: one of fewer entries than none, which can't be. Restore the newest backup")
            return mended
        }
        let origin = try origin(&mended, in: rows)
        try mendCheckpoints(of: origin, &mended, in: rows)
        let newest = try Self.newest(in: rows.snapshot), size = newest?.size ?? 0
        let names = Vault.names(upTo: origin)
        guard let root = LogHalt.signedRoot(of: size, seen: seen, names: names, key: signing.publicKey, note: { newest?.note }) else {
            mended.open.append(LogHalt.unsigned(size: size).what + ". Restore the newest backup")
            return mended
        }
        if let seen, seen.size > size {
            mended.open.append(
                LogHalt.behind(size: size, seen: seen.size).what + ". Put the newest data back, or restore the newest backup")
            return mended
        }
        if let growth = try tree(of: size, root, &mended, in: rows) {
            try mendTiles(growth, &mended, in: rows)
        } else {
            // By the tiles alone the log grows; who audits it misses the entries.
            guard try Self.isBorder(of: size, root, in: rows.snapshot) else {
                mended.open.append(
                    "neither log_leaf nor log_tile leads to the root that was signed over \(size) entries: restore the newest backup")
                return mended
            }
            let lost = try lost(of: size, in: rows.snapshot)
            mended.open.append(
                """
                log_leaf: \(lost) can't be put back, as neither an entry of a use nor the mirror has it. The tiles still lead to the signed \
                root: the house goes on, and proves every other use. Restore the newest backup, or let those who audit the log know
                """)
        }
        if let stray = try rows.first("SELECT max(number) FROM log_leaf WHERE number >= \(size)", { $0.integerOrNil(0) }) ?? nil {
            if try rows.exists("SELECT 1 FROM use_record WHERE number >= \(size)") {
                mended.open.append(LogHalt.leafTooMany(stray, signed: size).what + ", and entries of uses lead there")
            } else {
                let count = try rows.run("DELETE FROM log_leaf WHERE number >= \(size)")
                mended.done.append("log_leaf: \(count) behind the \(size) that are signed, taken out")
            }
        }
        let stray = try rows.run("DELETE FROM leaf_waiting AS w WHERE NOT \(LeafQueue.isRightly)")
        if stray > 0 { mended.done.append("leaf_waiting: \(stray) of which no entry waits, taken out") }
        try mendNotes(of: origin, upTo: size, &mended, in: rows)
        let placing = try rows.first("SELECT size FROM log_placing") { Int($0.integer(0)) }
        if placing == nil {
            try rows.run("INSERT INTO log_placing (one, fence, beat, free, size) VALUES (1, \(fence), 0, 1, \(size))")
        } else if placing != size {
            try rows.run("UPDATE log_placing SET size = \(size)")
        }
        if placing != size { mended.done.append("log_placing: \(size) entries, as many as are signed") }
        return mended
    }

    static func newest(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> (size: Int, note: [UInt8])? {
        try rows.first("SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { (Int($0.integer(0)), Array($0.text(1).utf8)) }
    }

    /// Whether the tiles on the right border lead to the root.
    private static func isBorder(of size: Int, _ root: Digest, in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Bool {
        let border = try Vault.border(of: size, in: rows)
        return (try? border.append([], to: size).root) == root
    }
}

extension MendedLog {
    /// The log's name as its row has it; where the newest that was signed bears a name that it never had by that, the row is put right.
    private func origin(_ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) -> String {
        let origin = try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? ""
        let published = try rows.first("SELECT size, note FROM log_public ORDER BY size DESC LIMIT 1") {
            (size: Int($0.integer(0)), note: Array($0.text(1).utf8))
        }
        for (size, note) in [try Self.newest(in: rows.snapshot), published].compactMap({ $0 }) {
            let name = String(decoding: note.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            guard isSigned(note, by: name, size, nil) else { continue }
            guard !Vault.names(upTo: origin).contains(name) else { return origin }
            try rows.run("INSERT INTO log_origin (one, name) VALUES (1, \(name)) ON CONFLICT (one) DO UPDATE SET name = excluded.name")
            mended.done.append("log_origin: \(name), as the newest that was signed bears it")
            return name
        }
        return origin
    }

    /// The checkpoint of the newest tree that the keys saw signed, where its row is gone or changed and the tiles still lead to that tree; what was
    /// put behind it and nobody signed goes.
    private func mendCheckpoints(of origin: String, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        guard let seen, let root = Digest(bytes: seen.root) else { return }
        let size = seen.size, names = Vault.names(upTo: origin)
        let behind = try rows.all("SELECT size, note FROM log_checkpoint WHERE size > \(size)") { ($0.integer(0), Array($0.text(1).utf8)) }
        var taken = 0
        for (number, note) in behind where !names.contains(where: { isSigned(note, by: $0, Int(number), nil) }) {
            taken += try rows.run("DELETE FROM log_checkpoint WHERE size = \(number)")
        }
        if taken > 0 {
            mended.done.append(
                "log_checkpoint: \(taken) behind the \(size) entries that the keys saw signed, which nobody signed, taken out")
        }
        let row = try rows.first("SELECT note FROM log_checkpoint WHERE size = \(size)") { Array($0.text(0).utf8) }
        if let row, isSigned(row, by: origin, size, root) { return }
        if try tree(of: size, root, &mended, in: rows) == nil { guard try Self.isBorder(of: size, root, in: rows.snapshot) else { return } }
        let known = try rows.first("SELECT note, at FROM log_public WHERE size = \(size)") {
            (note: Array($0.text(0).utf8), at: $0.instant(1))
        }
        var note = known?.note
        if note.map({ !isSigned($0, by: origin, size, root) }) ?? true {
            guard try isNamed(origin, in: rows.snapshot), let signer = try? NoteSigner(name: origin, key: signing) else {
                mended.open.append("log_checkpoint: nothing that was signed shows that the log is called “\(origin)”")
                return
            }
            note = try? Checkpoint(origin: origin, size: size, root: root).sign(by: signer)
        }
        guard let note else { return }
        let time = try KnownTime.moment(in: rows.snapshot), at = known?.at ?? time ?? Instant(microseconds: 0)
        let text = String(decoding: note, as: UTF8.self)
        try rows.run(
            """
            INSERT INTO log_checkpoint (size, note, at) VALUES (\(size), \(text), \(at)) ON CONFLICT (size) DO UPDATE SET note = excluded.note
            """)
        mended.done.append("log_checkpoint: the one of \(size) entries put back, which the keys saw signed, and to which the tree leads")
    }

    /// Whether something that was signed bears the log's name as its row has it.
    private func isNamed(_ origin: String, in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Bool {
        let notes = try rows.all(
            """
            SELECT size, note FROM (SELECT size, note FROM log_public ORDER BY size DESC LIMIT 1000) p
                UNION ALL SELECT size, note FROM (SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1000) c
            """
        ) { (Int($0.integer(0)), Array($0.text(1).utf8)) }
        return notes.contains { isSigned($1, by: origin, $0, nil) }
    }

    /// - Parameter root: nil: whichever it is.
    private func isSigned(_ note: [UInt8], by name: String, _ size: Int, _ root: Digest?) -> Bool {
        guard let log = try? NoteVerifier(name: name, key: signing.publicKey),
            let found = try? SignedCheckpoint.open(note, of: log).checkpoint
        else { return false }
        return found.size == size && (root ?? found.root) == found.root
    }
}

extension MendedLog {
    /// The signed tree, by the entries; nil where they don't lead to it. One that was changed or taken out is put back from the uses, or from the
    /// mirror.
    private func tree(
        of size: Int, _ root: Digest, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>
    ) throws(StoreFault) -> Growth? {
        guard try size <= mostEntries(in: rows.snapshot) else { return nil }
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
        var used: [Int: [UInt8]] = [:]
        let uses = try rows.all("SELECT number, leaf FROM use_record WHERE number IS NOT NULL") { (Int($0.integer(0)), $0.blob(1)) }
        for (number, leaf) in uses where number < size && leaves[number] != leaf { used[number] = leaf }
        leaves.merge(used) { $1 }
        if let whole = growth() {
            try put(used, in: rows)
            mended.done.append("log_leaf: \(used.count) put back as the entries of uses have them, which lead to the signed root")
            return whole
        }
        leaves = Dictionary(stored) { $1 }
        let mirrored = try mirrored(leaves, uses, of: size, in: rows.snapshot)
        leaves.merge(mirrored) { $1 }
        guard let whole = growth() else { return nil }
        try put(mirrored, in: rows)
        mended.done.append("log_leaf: \(mirrored.count) put back as the uses and the mirror have them, which lead to the signed root")
        return whole
    }

    private func put(_ leaves: [Int: [UInt8]], in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        for (number, leaf) in leaves {
            try rows.run(
                "INSERT INTO log_leaf (number, leaf) VALUES (\(number), \(leaf)) ON CONFLICT (number) DO UPDATE SET leaf = excluded.leaf")
        }
    }

    /// Of the entries that their tiles don't know, or that aren't there, those that a use or the mirror has as the tile says; and where there is no
    /// tile, as the mirror has what isn't there.
    private func mirrored(
        _ leaves: [Int: [UInt8]], _ uses: [(Int, [UInt8])], of size: Int, in rows: borrowing Snapshot<StoreFault>
    ) throws(StoreFault) -> [Int: [UInt8]] {
        let used = Dictionary(uses) { $1 }
        var found: [Int: [UInt8]] = [:]
        for index in 0..<(size + Tile.fullWidth - 1) / Tile.fullWidth {
            let first = index * Tile.fullWidth, tile = try Self.tile(index, in: rows)
            let wrong = (first..<min(size, first + Tile.fullWidth)).filter { !Self.fits(leaves[$0], at: $0 - first, of: tile) }
            guard !wrong.isEmpty else { continue }
            let entries = entries(of: index)
            for number in wrong {
                let candidates = [used[number]] + entries.map { number - first < $0.count ? $0[number - first].data : nil }
                if let leaf = candidates.lazy.compactMap({ $0 }).first(where: { Self.fits($0, at: number - first, of: tile) }) {
                    found[number] = leaf
                }
            }
        }
        return found
    }

    /// Which entries nothing has any more, in words.
    private func lost(of size: Int, in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> String {
        var lost: [Int] = []
        for index in 0..<(size + Tile.fullWidth - 1) / Tile.fullWidth {
            let first = index * Tile.fullWidth, tile = try Self.tile(index, in: rows)
            let there = try rows.all("SELECT number, leaf FROM log_leaf WHERE number >= \(first) AND number < \(first + Tile.fullWidth)") {
                (Int($0.integer(0)), $0.blob(1))
            }
            let leaves = Dictionary(there) { $1 }
            lost += (first..<min(size, first + Tile.fullWidth)).filter { !Self.fits(leaves[$0], at: $0 - first, of: tile) }
        }
        return
            "\(lost.count == 1 ? "entry" : "entries") \(lost.prefix(20).map { "\($0)" }.joined(separator: ", "))\(lost.count > 20 ? ", …" : "")"
    }

    private static func tile(_ index: Int, in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> [UInt8] {
        try rows.first("SELECT hashes FROM log_tile WHERE level = 0 AND position = \(index)") { $0.blob(0) } ?? []
    }

    /// Whether a leaf is what its tile says; where that says nothing, whether it is one.
    private static func fits(_ leaf: [UInt8]?, at place: Int, of tile: [UInt8]) -> Bool {
        guard let leaf, let hash = (try? Leaf(data: leaf))?.hash else { return false }
        let end = (place + 1) * Digest.length
        return tile.count < end || Array(tile[place * Digest.length..<end]) == hash.bytes
    }

    /// What the mirror has of a tile's entries, each file of it, the longest first.
    private func entries(of index: Int) -> [[Leaf]] {
        guard let mirror else { return [] }
        let whole = "\(mirror)/\(Tile(level: 0, index: index).entriesPath)"
        let parts = ((try? DurableFile.names(in: whole + ".p")) ?? []).compactMap { Int($0) }.sorted(by: >).map { "\(whole).p/\($0)" }
        return ([whole] + parts).compactMap { path in
            ((try? DurableFile.read(path)) ?? nil).flatMap { try? Entries(bytes: $0).leaves }
        }
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
