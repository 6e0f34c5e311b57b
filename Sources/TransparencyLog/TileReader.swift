// Reading a tree out of tiles that the caller keeps.
public import Crypto

/// Whoever keeps the tiles: a table, a mirror's files, a cache before one of them.
public protocol TileReader: ~Copyable {
    /// The tile, or a wider one of the same level and index; throws `missing` where there is none or it can't be read.
    borrowing func tile(_ tile: Tile) throws(LogFault) -> Subtree
}

extension TileReader where Self: ~Copyable {
    /// The root of the first `size` leaves.
    public borrowing func root(of size: Int) throws(LogFault) -> Digest {
        guard size >= 0 else { throw .outOfRange }
        return size == 0 ? Merkle.empty : try hash(of: 0..<size, in: size)
    }

    /// The hash over a range of leaves that is a whole branch of the tree of `size` leaves.
    borrowing func hash(of leaves: Range<Int>, in size: Int) throws(LogFault) -> Digest {
        let level = leaves.count.trailingZeroBitCount
        if leaves.count == 1 << level { return try node(level: level, index: leaves.lowerBound >> level, in: size) }
        let middle = leaves.lowerBound + Merkle.split(leaves.count)
        let right = try hash(of: middle..<leaves.upperBound, in: size)
        return Merkle.node(try hash(of: leaves.lowerBound..<middle, in: size), right)
    }

    /// The tile of `wanted` width exactly.
    borrowing func exactly(_ wanted: Tile) throws(LogFault) -> Subtree {
        let found = try atLeast(wanted)
        return found.width == wanted.width ? found : found.prefix(wanted.width)
    }

    private borrowing func node(level: Int, index: Int, in size: Int) throws(LogFault) -> Digest {
        let (tileLevel, inner) = level.quotientAndRemainder(dividingBy: 8)
        let tile = index >> (8 - inner)
        let width = min(Tile.fullWidth, (size >> (8 * tileLevel)) - tile * Tile.fullWidth)
        return try atLeast(Tile(level: tileLevel, index: tile, width: width)).node(level: inner, index: index - tile << (8 - inner))
    }

    private borrowing func atLeast(_ wanted: Tile) throws(LogFault) -> Subtree {
        let found = try tile(wanted)
        guard found.width >= wanted.width else { throw .missing(wanted) }
        return found
    }
}
