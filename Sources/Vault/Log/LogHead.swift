// What proofs lean on, kept between requests: the newest signed checkpoint, verified once, and tiles, each hashed once.

import Crypto
import Store
import Synchronization
import TransparencyLog

/// Safe to share. Nothing in it is believed unseen: a proof still leads from the entry, as it is stored, to the signed root.
final class LogHead: Sendable {
    private let newest = Mutex<(note: [UInt8], checkpoint: Checkpoint)?>(nil)
    fileprivate let tiles = TileCache()
    /// One at a time takes leaves from the queue, so that the key store sees each person's entries in their order.
    let turn = Turn()
    let lease = Lease()
    let mirror = KnownMirror()
    private let published = Mutex<(note: String, size: Int)?>(nil)
    private let papers = Mutex<Instant?>(nil)
    private let standing = Mutex<Refusal?>(nil)
    private let waiting = Mutex<(first: LeafQueue.Place, since: Instant)?>(nil)

    /// Why the log doesn't grow; nil: it does.
    var fault: Refusal? { standing.withLock { $0 } }
    func know(fault: Refusal?) { standing.withLock { $0 = fault } }

    /// Since when this leaf has been the first that waits, as far as anybody here looked.
    func waits(_ first: LeafQueue.Place, at now: Instant) -> Instant {
        waiting.withLock { known in
            if let known, known.first == first, known.since <= now { return known.since }
            known = (first, now)
            return now
        }
    }

    /// Whether the log signed this public note, of a tree of that size; verified once.
    func isPublic(_ note: String, size: Int, of names: [String], key: VerifyingKey) -> Bool {
        if published.withLock({ $0?.note == note && $0?.size == size }) { return true }
        let isSigned = names.contains { name in
            let log = try? NoteVerifier(name: name, key: key)
            return log.flatMap { try? SignedCheckpoint.open(Array(note.utf8), of: $0) }?.checkpoint.size == size
        }
        if isSigned { published.withLock { $0 = (note, size) } }
        return isSigned
    }

    /// An hour after the last look, and at the first time; also where the clock was put back.
    func isLookAtPapersDue(at now: Instant) -> Bool { papers.withLock { $0.map { now < $0 || now >= $0 + .seconds(3_600) } ?? true } }
    func lookedAtPapers(at now: Instant) { papers.withLock { $0 = now } }

    /// What the note commits to; throws unless the log signed it.
    fileprivate func checkpoint(_ note: [UInt8], of log: () throws(LogFault) -> NoteVerifier) throws(LogFault) -> Checkpoint {
        if let known = newest.withLock({ $0?.note == note ? $0?.checkpoint : nil }) { return known }
        let checkpoint = try SignedCheckpoint.open(note, of: try log()).checkpoint
        newest.withLock { $0 = (note, checkpoint) }
        return checkpoint
    }
}

/// A signed checkpoint with the tiles that lead some leaves to its root. What is damaged is left out, and proves nothing.
struct ProvingTree {
    let note: [UInt8]
    /// nil: the log didn't sign the note.
    let checkpoint: Checkpoint?
    let tiles: StoredTiles

    /// Whether the leaf with this hash is number `number` of the tree.
    func holds(_ leaf: Digest, at number: Int64) -> Bool { holds(leaf, by: try? proof(of: number)) }

    /// Whether this proof leads from the leaf to the tree's root.
    func holds(_ leaf: Digest, by proof: InclusionProof?) -> Bool {
        guard let checkpoint, let proof, proof.size == checkpoint.size else { return false }
        return (try? proof.verify(leaf, in: checkpoint.root)) != nil
    }

    /// The way from a place in the log to the root.
    func proof(of number: Int64) throws(LogFault) -> InclusionProof {
        guard let checkpoint else { throw .unknownSigner }
        return try tiles.prove(leaf: Int(number), in: checkpoint.size)
    }

    func receipt(of number: Int64) throws(LogFault) -> Receipt { Receipt(try proof(of: number), checkpoint: note) }
}

extension Vault {
    /// The newest signed tree, ready to prove these leaves.
    func provingTree(for leaves: [Int64], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> ProvingTree {
        let note = try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        guard let note else { throw .damaged("log") }
        let checkpoint = try? head.checkpoint(note) { () throws(LogFault) in try NoteVerifier(name: origin, key: logKey) }
        return ProvingTree(
            note: note, checkpoint: checkpoint, tiles: StoredTiles(tiles: try tiles(of: leaves, in: checkpoint?.size ?? 0, rows)))
    }

    /// The tiles that proofs of these leaves read: those on their own ways up, and those on the tree's right border.
    private func tiles(
        of leaves: [Int64], in size: Int, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> [StoredTiles.Place: Subtree] {
        var tiles: [StoredTiles.Place: Subtree] = [:]
        var level = 0, count = size
        while count > 0 {
            for index in Set(leaves.filter { 0..<Int64(size) ~= $0 }.map { Int($0) >> (8 * (level + 1)) } + [(count - 1) / Tile.fullWidth])
            {
                let width = min(Tile.fullWidth, count - index * Tile.fullWidth)
                guard width > 0 else { continue }
                let place = StoredTiles.Place(level: level, index: index)
                tiles[place] = try tile(Tile(level: level, index: index, width: width), rows)
            }
            count /= Tile.fullWidth
            level += 1
        }
        return tiles
    }

    private func tile(_ tile: Tile, _ rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Subtree? {
        if let known = head.tiles.known(tile) { return known }
        let bytes = try rows.first("SELECT hashes FROM log_tile WHERE level = \(tile.level) AND position = \(tile.index)") { $0.blob(0) }
        guard let subtree = bytes.flatMap(Subtree.init(bytes:)) else { return nil }
        head.tiles.keep(subtree, as: tile)
        return subtree
    }
}
