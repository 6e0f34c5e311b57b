// Tiles kept in memory with all their nodes, so that a proof needn't hash a tile anew.
import Synchronization

/// At most `capacity` tiles, 16 KiB each; the one that came first goes first. Safe to share.
public final class TileCache: Sendable {
    private struct Held {
        var tiles: [Tile: Subtree] = [:]
        var order: [Tile] = []
        var oldest = 0
    }

    private let capacity: Int
    private let held = Mutex(Held())

    public init(capacity: Int = 256) { self.capacity = max(1, capacity) }

    /// The tile from memory, or from `read`, which is called without the lock.
    public func tile(_ tile: Tile, orRead read: (Tile) throws(LogFault) -> Subtree) throws(LogFault) -> Subtree {
        if let known = known(tile) { return known }
        let subtree = try read(tile)
        keep(subtree, as: tile)
        return subtree
    }

    public func known(_ tile: Tile) -> Subtree? { held.withLock { $0.tiles[tile] } }

    public func keep(_ subtree: Subtree, as tile: Tile) {
        held.withLock { held in
            guard held.tiles.updateValue(subtree, forKey: tile) == nil else { return }
            if held.order.count < capacity { return held.order.append(tile) }
            held.tiles[held.order[held.oldest]] = nil
            held.order[held.oldest] = tile
            held.oldest = (held.oldest + 1) % capacity
        }
    }
}

/// The tiles of a published log, a few of them kept in memory.
public struct CachedTiles: TileReader {
    private let tiles: PublishedTiles
    private let cache = TileCache(capacity: 64)

    public init(_ tiles: PublishedTiles) { self.tiles = tiles }

    public func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        try cache.tile(tile) { (wanted) throws(LogFault) in try tiles.tile(wanted) }
    }
}
