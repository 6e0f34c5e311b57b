// What everybody sees of the log: once an hour, and so padded that it doesn't tell how busy the house was.

import Crypto
import Store
import TransparencyLog

/// How the log is published.
public struct Publishing: Sendable, Equatable {
    /// Seconds from one public checkpoint to the next.
    public var period: Int64 = 3_600
    /// Each period the log grows by a multiple of so many leaves, and by one such multiple at least. 1 to publish just what is there.
    public var floor = 64

    public init(period: Int64 = 3_600, floor: Int = 64) { (self.period, self.floor) = (period, floor) }
}

extension Vault {
    /// Publishes the log if it is time: pads it and signs the checkpoint that everybody gets until the next time.
    /// - Returns: whether it was time, and no other server's to do it.
    @discardableResult
    public func publish(_ publishing: Publishing) async throws(Refusal) -> Bool {
        let now = clock.now()
        let last = try store.read { (rows) throws(Refusal) in try newestSigned(in: rows).newest }
        // A clock that was put back doesn't keep the log from being seen.
        if let last, (last.at..<last.at + .seconds(publishing.period)).contains(now) { return false }
        try await sequence()
        guard let fence = try await fence() else { return false }
        // Counted, so that keys of before are older than this log.
        try await keys.change { (_) throws(Refusal) in }
        let seen = try keys.seenTree()
        guard let tree = try await holding({ () async throws(Refusal) in try await pad(publishing, after: seen, at: now, by: fence) })
        else {
            return false
        }
        if let tree { try await keys.see(tree) }
        return true
    }

    /// nil: nothing was missing.
    private func pad(_ publishing: Publishing, after seen: SeenTree?, at now: Instant, by fence: Int64) async throws(Refusal) -> SeenTree? {
        try await store.write { (rows) throws(Refusal) -> SeenTree? in
            var leaves: [LeafQueue.Waiting] = []
            // By a row that the log didn't sign nothing grows.
            let size = try Self.size(in: rows.snapshot), (newest, isNew) = try self.newestSigned(in: rows.snapshot)
            let grown = max(0, size - (newest?.size ?? (isNew ? 0 : size)))
            let wanted = max(1, (grown + publishing.floor - 1) / publishing.floor) * publishing.floor
            for _ in grown..<wanted { leaves.append(self.padding()) }
            let placed = leaves.isEmpty ? nil : try self.place(&leaves, after: seen, at: now, by: fence, in: rows)
            guard let note = placed == nil ? try Self.newestNote(in: rows.snapshot) : placed?.note else { return nil }
            let whole = try Self.size(in: rows.snapshot)
            guard self.head.isPublic(note, size: whole, of: Self.names(upTo: self.origin), key: self.logKey) else {
                throw .logHalted(.unsigned(size: whole))
            }
            try rows.run(
                """
                INSERT INTO log_public (size, note, at) VALUES (\(whole), \(note), \(now))
                    ON CONFLICT (size) DO UPDATE SET note = excluded.note, at = excluded.at
                """)
            return placed?.tree
        }
    }

    /// The checkpoint that is public, a signed note; nil before the first. One that somebody changed isn't given to anybody: the one before is.
    public func publicCheckpoint() throws(Refusal) -> [UInt8]? {
        try store.read { (rows) throws(Refusal) in try signed(in: rows).map { Array($0.note.utf8) } }
    }

    /// What is published under a path of C2SP tlog-tiles, like `tile/0/000` or `tile/entries/000.p/7`; nil for what isn't.
    /// Nothing above the public checkpoint is given, nor a partial tile of another width than its own.
    public func published(_ path: String) throws(Refusal) -> [UInt8]? {
        try store.read { (rows) throws(Refusal) -> [UInt8]? in
            guard let size = try signed(in: rows)?.size else { return nil }
            return try Self.tile(path, below: size, in: rows)
        }
    }

    /// A tile or its entries as they are in a tree of `size` leaves; `Int.max` for whatever width the path names.
    static func tile(_ path: String, below size: Int, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [UInt8]? {
        let entries = Tile(entriesPath: path)
        guard let tile = entries ?? Tile(path: path), size == .max || width(of: tile, in: size) == tile.width else { return nil }
        if entries != nil { return try Self.entries(of: tile, in: rows) }
        let bytes = try rows.first("SELECT hashes FROM log_tile WHERE level = \(tile.level) AND position = \(tile.index)") {
            $0.blob(0)
        }
        guard let bytes, bytes.count >= tile.width * Digest.length else { throw .damaged(tile.path) }
        return [UInt8](bytes.prefix(tile.width * Digest.length))
    }

    /// How many hashes the tile at this place has in a tree of `size` leaves; 0 or less where it has none.
    static func width(of tile: Tile, in size: Int) -> Int {
        min(Tile.fullWidth, size >> (8 * tile.level) - tile.index * Tile.fullWidth)
    }

    /// The newest that this log signed, under its present name or one of before a restore.
    private func signed(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> (size: Int, note: String, at: Instant)? {
        let (newest, isNew) = try newestSigned(in: rows)
        guard newest != nil || isNew else { throw .damaged("public checkpoint") }
        return newest
    }

    /// Its newest signed row, and whether it has none at all.
    private func newestSigned(
        in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> (newest: (size: Int, note: String, at: Instant)?, isNew: Bool) {
        var last = Int64.max
        for _ in 0..<Self.mostUnsigned {
            let row = try rows.first("SELECT size, note, at FROM log_public WHERE size < \(last) ORDER BY size DESC LIMIT 1") {
                (size: Int($0.integer(0)), note: $0.text(1), at: $0.instant(2))
            }
            guard let row else { return (nil, last == .max) }
            if head.isPublic(row.note, size: row.size, of: Self.names(upTo: origin), key: logKey) { return (row, false) }
            last = Int64(row.size)
        }
        return (nil, false)
    }
    private static let mostUnsigned = 24

    private static func newestNote(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> String? {
        try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { $0.text(0) }
    }

    /// A leaf of nothing: nobody can tell it from a commitment, and nobody can open it.
    private func padding() -> LeafQueue.Waiting {
        LeafQueue.Waiting(place: nil, leaf: [0x01] + randomness.bytes(Digest.length))
    }

    private static func entries(of tile: Tile, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [UInt8] {
        let first = tile.index * Tile.fullWidth
        let leaves = try rows.all("SELECT leaf FROM log_leaf WHERE number >= \(first) AND number < \(first + tile.width) ORDER BY number") {
            $0.blob(0)
        }
        guard leaves.count == tile.width else { throw .damaged(tile.entriesPath) }
        do throws(LogFault) {
            var read: [Leaf] = []
            for leaf in leaves { read.append(try Leaf(data: leaf)) }
            return try Entries(read).bytes
        } catch { throw .damaged(tile.entriesPath) }
    }
}
