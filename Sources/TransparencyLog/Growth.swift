// Appending leaves: which tiles change, and the new root.
public import Crypto

public struct Growth: Sendable {
    /// The number of leaves afterwards.
    public let size: Int
    public let root: Digest
    /// Every tile that is new or wider than before. A full one replaces its partial forerunner.
    public let tiles: [(tile: Tile, subtree: Subtree)]
}

extension TileReader where Self: ~Copyable {
    /// The tree of `size` leaves with `leaves` (their hashes) behind them. Nothing is written: whoever writes the
    /// tiles makes sure that the tree still has `size` leaves then.
    public borrowing func append(_ leaves: [Digest], to size: Int) throws(LogFault) -> Growth {
        guard size >= 0, leaves.count <= Int.max - size else { throw .outOfRange }
        var tiles: [(tile: Tile, subtree: Subtree)] = []
        var root: Digest?
        var arriving = leaves, before = size, level = 0
        while before + arriving.count > 0 {
            var (index, width) = before.quotientAndRemainder(dividingBy: Tile.fullWidth)
            var border = width == 0 ? Subtree() : try exactly(Tile(level: level, index: index, width: width))
            var completed: [Digest] = []
            for hash in arriving {
                border.append(hash)
                guard border.width == Tile.fullWidth else { continue }
                tiles.append((Tile(level: level, index: index), border))
                completed.append(border.node(level: 8, index: 0))
                border = Subtree()
                index += 1
            }
            width = border.width
            if width > 0, !arriving.isEmpty { tiles.append((Tile(level: level, index: index, width: width), border)) }
            root = border.border(over: root)
            (arriving, before, level) = (completed, before / Tile.fullWidth, level + 1)
        }
        return Growth(size: size + leaves.count, root: root ?? Merkle.empty, tiles: tiles)
    }
}
