// The tiles of a log as they are published: files of a mirror, or what a server answers.

/// The tiles of a log of `size` leaves, by their path (C2SP tlog-tiles); of a partial one there is just the width that `size` gives it.
public struct PublishedTiles: TileReader {
    private let size: Int
    private let read: (String) -> [UInt8]?

    /// - Parameter read: the bytes published under a path, like `tile/0/000`; nil where there is nothing.
    public init(size: Int, read: @escaping (String) -> [UInt8]?) { (self.size, self.read) = (size, read) }

    public func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        let width = min(Tile.fullWidth, size >> (8 * tile.level) - tile.index * Tile.fullWidth)
        guard width >= tile.width, let bytes = read(Tile(level: tile.level, index: tile.index, width: width).path),
            let subtree = Subtree(bytes: bytes)
        else { throw .missing(tile) }
        return subtree
    }
}
