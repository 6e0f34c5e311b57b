// The log against its own signature, and against what the keys have seen of it.

import Crypto
import Store
import TransparencyLog

extension Inspection {
    mutating func inspectLog() throws(StoreFault) {
        let seen = try keys.read { (rows) throws(StoreFault) in
            try rows.first("SELECT size, root FROM seen_tree") { SeenTree(size: Int($0.integer(0)), root: $0.blob(1)) }
        }
        if let seen, seen.size < 0 { return report(.numberDamaged, "\(keys.name), seen_tree: \(seen.size) entries") }
        for table in ["log_checkpoint", "log_public"] {
            let query: SQL = table == "log_public" ? "SELECT min(size) FROM log_public" : "SELECT min(size) FROM log_checkpoint"
            let least = try data.read { (rows) throws(StoreFault) in try rows.first(query) { $0.integerOrNil(0) } } ?? nil
            if let least, least < 0 { return report(.numberDamaged, "\(data.name), \(table): \(least) entries") }
        }
        try inspectGrowth(after: seen)
        try inspectQueue()
        let newest = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        }
        guard let newest else {
            if let seen { report(.logBehind, "\(data.name) has no log, and its keys have signed \(seen.size) entries") }
            return
        }
        guard let log = try? NoteVerifier(name: origin, key: buckets.ring.signing.publicKey) else {
            return report(.logAltered, "the log's name “\(origin)”")
        }
        let size = (try? SignedCheckpoint.open(newest, of: log))?.checkpoint.size ?? 0
        if let seen, size < seen.size { report(.logBehind, "\(data.name) has \(size) entries, and its keys have signed \(seen.size)") }
        let former = seen.flatMap { seen in
            seen.size > size ? nil : Digest(bytes: seen.root).map { Checkpoint(origin: origin, size: seen.size, root: $0) }
        }
        let data = data
        let notes = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT count(*) FROM log_checkpoint") { $0.integer(0) } ?? 0
        }
        // The first is signed before the keys have seen it.
        if seen == nil, notes > 1 { report(.logAltered, "the keys know no tree of the log, of which \(notes) are signed") }
        do throws(Audit.Finding) {
            entries = try Audit(of: log, extending: former) { path in path == "checkpoint" ? newest : Self.published(path, in: data) }
                .signed.checkpoint.size
        } catch {
            switch error {
            case .missing(let path): report(.logAltered, "\(path) is missing or cut short")
            case .altered(let path): report(.logAltered, "\(path) isn't what the log signed")
            case .notSigned: report(.logAltered, "the newest checkpoint isn't signed by this house as \(origin)")
            case .rewritten(let size): report(.logOther, "the \(size) entries that the keys have seen signed aren't those in \(data.name)")
            }
        }
        try inspectNotes(arePublic: false, of: entries)
        try inspectNotes(arePublic: true, of: entries)
        let wide = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT level, position FROM log_tile WHERE width * 32 <> length(hashes) ORDER BY level, position LIMIT 100") {
                ($0.integer(0), $0.integer(1))
            }
        }
        for (level, position) in wide { report(.logAltered, "tile/\(level)/\(position): its row has another width than its hashes") }
    }

    /// What waits for its place and is of no entry that has none.
    private mutating func inspectQueue() throws(StoreFault) {
        let stray = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT w.subject, w.seq FROM leaf_waiting w WHERE NOT \(LeafQueue.isRightly) ORDER BY w.subject, w.seq LIMIT 100")
            {
                ($0.identity(0), $0.integer(1))
            }
        }
        for (subject, sequence) in stray {
            report(.logEntry, "leaf_waiting has entry \(sequence) of person \(subject), whose list has none that waits")
        }
        let unread = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT seq, leaf FROM leaf_waiting WHERE subject = 0 ORDER BY seq LIMIT 10000") { ($0.integer(0), $0.blob(1)) }
        }
        for (number, leaf) in unread where (try? Leaf(data: leaf)) == nil {
            report(.logEntry, "leaf_waiting has leaf \(number) of the house's own, which can't be read")
        }
    }

    /// Every note that the log signed, some at a time: by this house, under a name of its own, over the first entries of the tree that stands.
    /// - Parameter size: of that tree; 0 where it doesn't.
    private mutating func inspectNotes(arePublic: Bool, of size: Int) throws(StoreFault) {
        let logs = Vault.names(upTo: origin).compactMap { try? NoteVerifier(name: $0, key: buckets.ring.signing.publicKey) }
        let tiles = TilesInspected(data: data)
        var last: Int64 = -1
        while true {
            let some = try data.read { (rows) throws(StoreFault) in
                let query: SQL =
                    arePublic
                    ? "SELECT size, note FROM log_public WHERE size > \(last) ORDER BY size LIMIT 1000"
                    : "SELECT size, note FROM log_checkpoint WHERE size > \(last) ORDER BY size LIMIT 1000"
                return try rows.all(query) {
                    ($0.integer(0), Array($0.text(1).utf8))
                }
            }
            guard let end = some.last?.0 else { return }
            last = end
            for (number, note) in some {
                let place = "the checkpoint of \(number) entries in \(arePublic ? "log_public" : "log_checkpoint")"
                guard let checkpoint = logs.lazy.compactMap({ try? SignedCheckpoint.open(note, of: $0) }).first?.checkpoint,
                    checkpoint.size == Int(number)
                else {
                    report(.logAltered, "\(place) isn't signed by this house")
                    continue
                }
                guard size > 0 else { continue }
                let root = checkpoint.size <= size ? try? tiles.root(of: checkpoint.size) : nil
                if root != checkpoint.root { report(.logAltered, "\(place) is of another tree") }
            }
        }
    }

    /// What the data have under a path of C2SP tlog-tiles.
    private static func published(_ path: String, in data: Still) -> [UInt8]? {
        do throws(Refusal) {
            return try data.read { (rows) throws(Refusal) in try Vault.tile(path, below: .max, in: rows) }
        } catch { return nil }
    }
}

/// The tiles of a still database, few of them in memory at a time.
private struct TilesInspected: TileReader {
    let data: Still
    private let cache = TileCache(capacity: 64)

    init(data: Still) { self.data = data }

    func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        try cache.tile(Tile(level: tile.level, index: tile.index)) { (place) throws(LogFault) in
            let bytes: [UInt8]?
            do throws(StoreFault) {
                bytes = try data.read { (rows) throws(StoreFault) in
                    try rows.first("SELECT hashes FROM log_tile WHERE level = \(place.level) AND position = \(place.index)") { $0.blob(0) }
                }
            } catch { throw .missing(tile) }
            guard let subtree = bytes.flatMap(Subtree.init(bytes:)) else { throw .missing(tile) }
            return subtree
        }
    }
}
