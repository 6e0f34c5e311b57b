// Why nothing is signed any more: what the log would grow from isn't what was signed. A checkpoint is never taken back, so nothing is signed over
// it; reads go on, and uses wait in the queue until it is as it was.

import Crypto
import Store
import TransparencyLog

public enum LogHalt: Error, Sendable, Hashable {
    /// The tiles lead to another root than the one that was signed over so many entries.
    case otherRoot(size: Int)
    /// A tile on the tree's right border is missing, or can't be read.
    case tile(String)
    /// Neither the newest checkpoint nor the keys vouch for so many entries.
    case unsigned(size: Int)
    /// The data have so many entries, and the keys have seen more of them signed.
    case behind(size: Int, seen: Int)
    case placingGone
    case placingSize(Int, signed: Int)
    /// A leaf with this number, of which nothing was signed.
    case leafTooMany(Int64, signed: Int)
    case fenceGone
}

extension LogHalt {
    /// What doesn't fit, by its place.
    public var what: String {
        switch self {
        case .otherRoot(let size): "the tiles in log_tile lead to another root than the one that was signed over \(size) entries"
        case .tile(let path): "\(path) in log_tile is missing or cut"
        case .unsigned(let size): "nothing vouches for the newest \(size) entries: their checkpoint isn't signed by this house"
        case .behind(let size, let seen): "the data have \(size) entries, and the keys have seen \(seen) signed"
        case .placingGone: "log_placing in the data has no row"
        case .placingSize(let size, let signed): "log_placing in the data says \(size) entries, and \(signed) are signed"
        case .leafTooMany(let number, let signed): "log_leaf has an entry \(number), and \(signed) are signed"
        case .fenceGone: "seen_fence in the keys has no row"
        }
    }

    /// What happened and what to do next, for the operator.
    public var sentence: String {
        """
        the log isn't signed any more: \(what). Nothing is signed over that; pages are served, and uses wait until it is mended. \
        `voffice admin doctor` names what was changed, and what to do
        """
    }

    /// What stands in the way of signing more; nil: nothing.
    /// - Parameters:
    ///   - size: how many entries the newest checkpoint has.
    ///   - root: what was signed over them; nil: nobody vouches for them.
    static func found<Failure>(
        at size: Int, signed root: Digest?, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> (halt: LogHalt?, border: StoredTiles) {
        let border = try Vault.border(of: size, in: rows)
        guard let placing = try rows.first("SELECT size FROM log_placing", { Int($0.integer(0)) }) else { return (.placingGone, border) }
        if placing != size { return (.placingSize(placing, signed: size), border) }
        if let number = try rows.first("SELECT number FROM log_leaf WHERE number >= \(size) ORDER BY number LIMIT 1", { $0.integer(0) }) {
            return (.leafTooMany(number, signed: size), border)
        }
        guard let root else { return (.unsigned(size: size), border) }
        do throws(LogFault) {
            // With nothing behind it the tree is what it was.
            return (try border.append([], to: size).root == root ? nil : .otherRoot(size: size), border)
        } catch {
            if case .missing(let tile) = error { return (.tile(tile.path), border) }
            return (.otherRoot(size: size), border)
        }
    }

    /// What was signed over the newest tree: as the keys have seen it, or where they saw one before it only, as its checkpoint says.
    /// - Parameter note: the newest checkpoint, which is read only then.
    static func signedRoot<Failure>(
        of size: Int, seen: SeenTree?, names: [String], key: VerifyingKey, note: () throws(Failure) -> [UInt8]?
    ) throws(Failure) -> Digest? {
        if size == 0, seen == nil { return Merkle.empty }
        if let seen, seen.size == size { return Digest(bytes: seen.root) }
        guard let note = try note() else { return nil }
        for name in names {
            guard let log = try? NoteVerifier(name: name, key: key),
                let checkpoint = try? SignedCheckpoint.open(note, of: log).checkpoint, checkpoint.size == size
            else { continue }
            return checkpoint.root
        }
        return nil
    }
}

extension Vault {
    /// The tiles from which the log may grow.
    /// - Throws: `logHalted` where they aren't what was signed.
    func soundBorder(of size: Int, after seen: SeenTree?, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> StoredTiles {
        if let seen, seen.size > size { throw .logHalted(.behind(size: size, seen: seen.size)) }
        let root = try LogHalt.signedRoot(of: size, seen: seen, names: Self.names(upTo: origin), key: logKey) { () throws(Refusal) in
            try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        }
        let (halt, border) = try LogHalt.found(at: size, signed: root, in: rows)
        if let halt { throw .logHalted(halt) }
        return border
    }

    /// Before anybody takes it on to place leaves.
    package func refuseUnsoundLog() throws(Refusal) {
        let seen = try keys.seenTree()
        try store.read { (rows) throws(Refusal) in _ = try soundBorder(of: try Self.size(in: rows), after: seen, in: rows) }
    }

    /// Why the log doesn't grow, as far as this house knows; nil: it does, or another server sees to it.
    public var logFault: Refusal? { head.fault }
}

extension Inspection {
    /// What keeps the house from signing more.
    mutating func inspectGrowth(after seen: SeenTree?) throws(StoreFault) {
        let origin = origin, key = buckets.ring.signing.publicKey
        let halt = try data.read { (rows) throws(StoreFault) in
            let newest = try rows.first("SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1") {
                (size: Int($0.integer(0)), note: Array($0.text(1).utf8))
            }
            let size = newest?.size ?? 0
            let root = LogHalt.signedRoot(of: size, seen: seen, names: Vault.names(upTo: origin), key: key) { newest?.note }
            return try LogHalt.found(at: size, signed: root, in: rows).halt
        }
        if let halt { report(.logHalted, halt.what) }
        let hasFence = try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM seen_fence") }
        if !hasFence { report(.logHalted, LogHalt.fenceGone.what) }
    }
}
