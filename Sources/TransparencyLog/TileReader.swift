// Reading a tree out of tiles that the caller keeps.
public import Crypto

/// Whoever keeps the tiles: a table, a mirror's files, a cache before one of them.
public protocol TileReader: ~Copyable {
    /// The tile, or a wider one of the same level and index; throws `missing` where there is none or it can't be read.
    borrowing func tile(_ tile: Tile) throws(LogFault) -> Subtree
}

/// The tile that was asked for last: the nodes that a proof takes one after the other lie in few.
struct LastTile {
    fileprivate var level = -1, index = -1, subtree = Subtree()
}

extension TileReader where Self: ~Copyable {
    /// The root of the first `size` leaves.
    public borrowing func root(of size: Int) throws(LogFault) -> Digest {
        guard size >= 0 else { throw .outOfRange }
        var last = LastTile()
        return size == 0 ? Merkle.empty : try hash(of: 0..<size, in: size, &last)
    }

    /// The hash over a range of leaves that is a whole branch of the tree of `size` leaves.
    borrowing func hash(of leaves: Range<Int>, in size: Int, _ last: inout LastTile) throws(LogFault) -> Digest {
        let level = leaves.count.trailingZeroBitCount
        if leaves.count == 1 << level { return try node(level: level, index: leaves.lowerBound >> level, in: size, &last) }
        let middle = leaves.lowerBound + Merkle.split(leaves.count)
        let left = try hash(of: leaves.lowerBound..<middle, in: size, &last)
        return Merkle.node(left, try hash(of: middle..<leaves.upperBound, in: size, &last))
    }

    /// The tile of `wanted` width exactly.
    borrowing func exactly(_ wanted: Tile) throws(LogFault) -> Subtree {
        let found = try atLeast(wanted)
        return found.width == wanted.width ? found : found.prefix(wanted.width)
    }

    private borrowing func node(level: Int, index: Int, in size: Int, _ last: inout LastTile) throws(LogFault) -> Digest {
        let (tileLevel, inner) = level.quotientAndRemainder(dividingBy: 8)
        let tile = index >> (8 - inner)
        if last.level != tileLevel || last.index != tile {
            let width = min(Tile.fullWidth, (size >> (8 * tileLevel)) - tile * Tile.fullWidth)
            last.subtree = try atLeast(Tile(level: tileLevel, index: tile, width: width))
            (last.level, last.index) = (tileLevel, tile)
        }
        return last.subtree.node(level: inner, index: index - tile << (8 - inner))
    }

    private borrowing func atLeast(_ wanted: Tile) throws(LogFault) -> Subtree {
        let found = try tile(wanted)
        guard found.width >= wanted.width else { throw .missing(wanted) }
        return found
    }
}

extension TileReader where Self: ~Copyable {
    /// Whether these hashes are those of the tile at this place in the tree of `size` leaves with this root, going by no tile that isn't led to by
    /// the root itself.
    public borrowing func leads(_ tile: Tile, with subtree: Subtree, to root: Digest, of size: Int) throws(LogFault) -> Bool {
        guard tile.isFull else {
            // A partial one is on the border, every hash of which goes into the root.
            guard try exactly(tile) == subtree else { return false }
            return try self.root(of: size) == root
        }
        let level = tile.level + 1, hashes = size >> (8 * level)
        let index = tile.index / Tile.fullWidth
        let above = Tile(level: level, index: index, width: min(Tile.fullWidth, hashes - index * Tile.fullWidth))
        let found = try exactly(above)
        guard subtree.width == Tile.fullWidth, found.node(level: 0, index: tile.index % Tile.fullWidth) == subtree.node(level: 8, index: 0)
        else { return false }
        return try leads(above, with: found, to: root, of: size)
    }
}
