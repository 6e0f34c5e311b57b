// What a tile holds, with every hash that follows from it, so that a proof costs look-ups instead of hashing.
//
// The nodes lie in the order in which they come to be: each hash is followed by the nodes that it completes
// (Crosby and Wallach, "Efficient Data Structures for Tamper-Evident Logging", section 3.3). So a tile grows at its
// end, and a narrower one is the beginning of a wider one.
public import Crypto

public struct Subtree: Hashable, Sendable {
    /// How many hashes the tile holds, 0...256.
    public private(set) var width = 0
    private var nodes: [Digest] = []

    public init() {}

    public init(_ hashes: [Digest]) {
        nodes.reserveCapacity(Self.nodeCount(hashes.count))
        for hash in hashes { append(hash) }
    }

    /// Reads a tile as it is stored and published: its hashes one after the other. Nil for any other length.
    public init?(bytes: [UInt8]) {
        let (width, rest) = bytes.count.quotientAndRemainder(dividingBy: Digest.length)
        guard rest == 0, (1...Tile.fullWidth).contains(width) else { return nil }
        self.init(stride(from: 0, to: bytes.count, by: Digest.length).compactMap { Digest(bytes: bytes[$0..<$0 + Digest.length]) })
    }

    public var hashes: [Digest] { (0..<width).map { node(level: 0, index: $0) } }

    /// The tile as it is stored and published.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * Digest.length)
        for index in 0..<width { node(level: 0, index: index).append(to: &bytes) }
        return bytes
    }

    public mutating func append(_ hash: Digest) {
        precondition(width < Tile.fullWidth, "the tile is full")
        nodes.append(hash)
        var node = hash, index = width, level = 0
        while index % 2 == 1 {
            node = Merkle.node(self.node(level: level, index: index - 1), node)
            nodes.append(node)
            index /= 2
            level += 1
        }
        width += 1
    }

    /// What the tile was when it held `width` hashes, at most as many as now.
    public func prefix(_ width: Int) -> Subtree {
        var narrower = Subtree()
        narrower.nodes = [Digest](nodes.prefix(Self.nodeCount(width)))
        narrower.width = width
        return narrower
    }

    /// The hash over hashes `index * 2^level ..< (index + 1) * 2^level`, all of which are there.
    func node(level: Int, index: Int) -> Digest {
        nodes[Self.nodeCount(((index + 1) << level) - 1) + level]
    }

    /// The root of a tree whose right border passes through this tile, given the root of what lies to its right.
    func border(over right: Digest?) -> Digest? {
        var root = right
        for level in 0..<8 where width >> level & 1 == 1 {
            let peak = node(level: level, index: (width >> level) - 1)
            root = root.map { Merkle.node(peak, $0) } ?? peak
        }
        return root
    }

    /// How many nodes stand before those of hash number `width`.
    private static func nodeCount(_ width: Int) -> Int { 2 * width - width.nonzeroBitCount }
}
