// The whole of a published log, checked from its files: entries against hashes, hashes against the signed root, old against new.
import Crypto

/// A log whose every published byte below its checkpoint agrees (C2SP tlog-tiles). It holds no tile longer than it needs it.
public struct Audit: Sendable {
    public let signed: SignedCheckpoint
    /// What is open in it: policy versions, key epochs, counts of erasures, each with its number.
    public let open: [(number: Int, text: [UInt8])]

    /// Names what was found instead of what should be.
    public enum Finding: Error, Hashable, Sendable {
        /// No such file, or it can't be read; by its path below the log's prefix.
        case missing(String)
        /// The bytes aren't what the rest of the log says that they are.
        case altered(String)
        /// The checkpoint isn't signed by this log.
        case notSigned
        /// The log has other leaves now where the older checkpoint vouches for some, or fewer.
        case rewritten(since: Int)
    }

    /// Checks everything below the newest checkpoint.
    /// - Parameters:
    ///   - former: a checkpoint that was seen earlier, whose leaves must be here still.
    ///   - read: the bytes published under a path, like `checkpoint` or `tile/0/000`; nil where there is nothing.
    public init(
        of log: NoteVerifier, witnesses: [NoteVerifier] = [], extending former: Checkpoint? = nil,
        read: @escaping (String) -> [UInt8]?
    ) throws(Finding) {
        guard let note = read("checkpoint") else { throw .missing("checkpoint") }
        do throws(LogFault) { signed = try SignedCheckpoint.open(note, of: log, witnesses: witnesses) } catch { throw .notSigned }
        let size = signed.checkpoint.size
        var open: [(number: Int, text: [UInt8])] = []
        var below: [Digest] = []
        for tile in Self.tiles(level: 0, of: size) {
            let leaves = try Self.leaves(of: tile, read)
            for (offset, leaf) in leaves.enumerated() {
                if case .open(let text) = leaf { open.append((tile.index * Tile.fullWidth + offset, text)) }
            }
            let expected = Subtree(leaves.map(\.hash))
            do throws(Finding) { below.append(try Self.checked(expected, as: tile, read)) } catch {
                throw error == .altered(tile.path) && Self.stands(tile, below: signed.checkpoint, read) ? .altered(tile.entriesPath) : error
            }
        }
        var level = 1
        while size >> (8 * level) > 0 {
            let hashes = below
            below = []
            for tile in Self.tiles(level: level, of: size) {
                let start = tile.index * Tile.fullWidth
                below.append(try Self.checked(Subtree([Digest](hashes[start..<start + tile.width])), as: tile, read))
            }
            level += 1
        }
        self.open = open
        let reader = PublishedTiles(size: size, read: read)
        do throws(LogFault) {
            guard try reader.root(of: size) == signed.checkpoint.root else { throw .inconsistent }
        } catch { throw .altered("checkpoint") }
        guard let former else { return }
        guard former.size <= size, let root = try? reader.root(of: former.size), root == former.root else {
            throw .rewritten(since: former.size)
        }
    }

    /// Checks partial tiles that were published earlier, and whose place wider ones have taken: each must be the beginning of the wider one. Who
    /// holds a checkpoint of then reads them.
    /// - Parameter paths: what is published; whatever isn't such a tile is passed over, and so is what the checkpoint doesn't vouch for yet.
    /// - Returns: how many were read.
    public func check(superseded paths: some Sequence<String>, read: (String) -> [UInt8]?) throws(Finding) -> Int {
        var count = 0
        for path in paths {
            let isEntries = Tile(entriesPath: path) != nil
            guard let tile = Tile(entriesPath: path) ?? Tile(path: path) else { continue }
            let hashes = signed.checkpoint.size >> (8 * tile.level), width = min(Tile.fullWidth, hashes - tile.index * Tile.fullWidth)
            guard tile.width < width else { continue }
            let wider = Tile(level: tile.level, index: tile.index, width: width)
            let expected: [UInt8]
            if isEntries {
                let leaves = [Leaf](try Self.leaves(of: wider, read).prefix(tile.width))
                do throws(LogFault) { expected = try Entries(leaves).bytes } catch { throw .altered(wider.entriesPath) }
            } else {
                guard let bytes = read(wider.path) else { throw .missing(wider.path) }
                expected = [UInt8](bytes.prefix(tile.width * Digest.length))
            }
            guard let bytes = read(path) else { throw .missing(path) }
            guard bytes == expected else { throw .altered(path) }
            count += 1
        }
        return count
    }

    /// The hash over a full tile, which the level above holds; any for a partial one, which nobody asks.
    private static func checked(_ expected: Subtree, as tile: Tile, _ read: (String) -> [UInt8]?) throws(Finding) -> Digest {
        guard let bytes = read(tile.path) else { throw .missing(tile.path) }
        guard bytes == expected.bytes else { throw .altered(tile.path) }
        return tile.isFull ? expected.node(level: 8, index: 0) : Merkle.empty
    }

    /// Whether what lies above a tile of the lowest level, up to the signed root, holds its hash: then its entries are what was changed.
    private static func stands(_ tile: Tile, below checkpoint: Checkpoint, _ read: @escaping (String) -> [UInt8]?) -> Bool {
        let proof = try? PublishedTiles(size: checkpoint.size, read: read).prove(leaf: tile.index * Tile.fullWidth, in: checkpoint.size)
        guard let bytes = read(tile.path), let subtree = Subtree(bytes: bytes), subtree.width == tile.width else { return false }
        // The way of its first leaf passes every hash of the tile.
        return (try? proof?.verify(subtree.node(level: 0, index: 0), in: checkpoint.root)) != nil
    }

    private static func leaves(of tile: Tile, _ read: (String) -> [UInt8]?) throws(Finding) -> [Leaf] {
        guard let bytes = read(tile.entriesPath) else { throw .missing(tile.entriesPath) }
        guard let entries = try? Entries(bytes: bytes), entries.leaves.count == tile.width else { throw .altered(tile.entriesPath) }
        return entries.leaves
    }

    /// The tiles of a level in a tree of `size` leaves, in their order.
    private static func tiles(level: Int, of size: Int) -> [Tile] {
        let hashes = size >> (8 * level)
        return stride(from: 0, to: hashes, by: Tile.fullWidth).map { start in
            Tile(level: level, index: start / Tile.fullWidth, width: min(Tile.fullWidth, hashes - start))
        }
    }
}
