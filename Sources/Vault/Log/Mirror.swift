// A copy of the public log as plain files in a folder of its own, which only ever grows: what backups of the database can't take back.

import Glibc
import Store
import Synchronization
import TransparencyLog

/// Why the mirror isn't up to date.
public enum MirrorFault: Error {
    case unwritable(String)
    /// The folder vouches for more than the database has.
    case ahead(String)
    /// The folder's checkpoint isn't one of this log.
    case foreign(String)
    /// The folder vouches for entries that a restore lost.
    case lost(String)
    /// What the database has under this path doesn't lead to the root that was signed.
    case altered(String)
    case refused(Refusal)

    /// What happened and what to do next, for the operator.
    public var sentence: String {
        switch self {
        case .unwritable(let folder): "\(folder) can't be written. Look at its disk, owner and mode; what is missing is written then."
        case .ahead(let folder): "\(folder) vouches for more than the database has: an older database was put back. Restore the newest one."
        case .foreign(let folder): "\(folder) has a checkpoint that this log didn't sign. Set `mirror` to a folder of this house's."
        case .lost(let folder):
            "\(folder) vouches for entries that a restore lost. Keep it for those who hold receipts, and set `mirror` to a new folder."
        case .altered(let path):
            "\(path) in the database isn't what the log signed, so it isn't copied. `voffice admin doctor` names what was changed."
        case .refused(let refusal): refusal.sentence
        }
    }
}

extension Vault {
    /// Brings the folder up to the public checkpoint, in the layout of C2SP tlog-tiles; the checkpoint comes last. What is missing from
    /// before is written again: all of it is looked for once a day, and at the first time. Any web server can publish the folder as it is, and `voffice log verify` checks it.
    public func mirror(into folder: String) throws(MirrorFault) {
        guard let note = try asking({ () throws(Refusal) in try publicCheckpoint() }) else { return }
        let verifier = try asking { () throws(Refusal) in try logVerifier }
        guard let signed = try? SignedCheckpoint.open(note, of: verifier).checkpoint else {
            throw .refused(.damaged("public checkpoint"))
        }
        let size = signed.size, tiles = CachedTiles(PublishedTiles(size: size) { path in (try? published(path)) ?? nil })
        let former = try mirrored(in: folder, of: verifier, upTo: size)
        guard former <= size else { throw .ahead(folder) }
        guard former < size else { return }
        let now = clock.now(), looked = head.mirror.looked(folder, upTo: former, at: now)
        var level = 0
        while size >> (8 * level) > 0 {
            let hashes = size >> (8 * level)
            let known = (former >> (8 * level)) / Tile.fullWidth
            for index in (looked == nil ? 0 : known)...max(known, (hashes - 1) / Tile.fullWidth) where index * Tile.fullWidth < hashes {
                let tile = Tile(level: level, index: index, width: min(Tile.fullWidth, hashes - index * Tile.fullWidth))
                for path in level == 0 ? [tile.entriesPath, tile.path] : [tile.path] {
                    // What is there already stays, also where somebody changed it: it is evidence.
                    guard index >= known || !DurableFile.exists("\(folder)/\(path)") else { continue }
                    try copy(path, of: tile, below: signed, tiles, into: folder)
                }
            }
            level += 1
        }
        try Self.write(note, as: "checkpoint", into: folder)
        head.mirror.keep(folder, upTo: size, since: looked ?? now)
    }

    /// How many leaves the folder vouches for already. After a restore the log goes on under another name, and in the same folder where
    /// nothing is lost of what it vouches for.
    private func mirrored(in folder: String, of log: NoteVerifier, upTo size: Int) throws(MirrorFault) -> Int {
        let note: [UInt8]?
        do throws(KeyFault) { note = try DurableFile.read(folder + "/checkpoint") } catch { throw .unwritable(folder) }
        guard let note else { return 0 }
        if let signed = try? SignedCheckpoint.open(note, of: log) { return signed.checkpoint.size }
        for name in Self.names(upTo: origin).dropFirst() {
            guard let former = try? NoteVerifier(name: name, key: logKey),
                let signed = try? SignedCheckpoint.open(note, of: former).checkpoint
            else { continue }
            let tiles = PublishedTiles(size: size) { path in (try? published(path)) ?? nil }
            guard signed.size <= size, (try? tiles.root(of: signed.size)) == signed.root else { throw .lost(folder) }
            return signed.size
        }
        throw .foreign(folder)
    }

    /// Nothing gets into the folder that doesn't lead to the signed root: what is there stays.
    private func copy(
        _ path: String, of tile: Tile, below signed: Checkpoint, _ tiles: CachedTiles, into folder: String
    ) throws(MirrorFault) {
        guard let bytes = try asking({ () throws(Refusal) in try published(path) }) else { throw .refused(.damaged(path)) }
        let hashes: [UInt8]?
        if path == tile.path {
            hashes = bytes
        } else {
            hashes = (try? Entries(bytes: bytes)).map { Subtree($0.leaves.map(\.hash)).bytes }
        }
        guard let subtree = hashes.flatMap(Subtree.init(bytes:)),
            (try? tiles.leads(tile, with: subtree, to: signed.root, of: signed.size)) == true
        else { throw .altered(path) }
        try Self.write(bytes, as: path, into: folder)
    }

    private static func write(_ bytes: [UInt8], as path: String, into folder: String) throws(MirrorFault) {
        var upTo = folder
        for part in path.split(separator: "/").dropLast() {
            unsafe mkdir(upTo, 0o755)
            upTo += "/" + part
        }
        unsafe mkdir(upTo, 0o755)
        do throws(KeyFault) { try DurableFile.write(bytes, to: "\(folder)/\(path)", mode: 0o644) } catch { throw .unwritable(folder) }
    }

    private func asking<Value>(_ body: () throws(Refusal) -> Value) throws(MirrorFault) -> Value {
        do throws(Refusal) { return try body() } catch { throw .refused(error) }
    }
}

/// What a mirror is known to have, so that each of many thousand files isn't looked for each hour.
final class KnownMirror: Sendable {
    private let known = Mutex<(folder: String, size: Int, since: Instant)?>(nil)
    private static let goodFor = Duration.seconds(86_400)

    /// When all that the folder vouches for was looked for last; nil: it is to be looked for now.
    func looked(_ folder: String, upTo size: Int, at now: Instant) -> Instant? {
        known.withLock { known in
            guard let known, known.folder == folder, known.size == size, known.since <= now, now < known.since + Self.goodFor else {
                return nil
            }
            return known.since
        }
    }

    func keep(_ folder: String, upTo size: Int, since moment: Instant) { known.withLock { $0 = (folder, size, moment) } }
}
