// What the house puts into its log, and how it is published.
//
//     leaf       0x01 || commitment (32 bytes)   closed: says nothing of anyone
//                0x02 || text                    open: policy versions, key epochs, counts of erasures
//     entries    C2SP tlog-tiles (c2sp.org/tlog-tiles): each leaf behind its length, 16 bits, big-endian
public import Crypto

public enum Leaf: Hashable, Sendable {
    case closed(Digest)
    /// At most 65,534 bytes, so that it fits among the entries.
    case open([UInt8])

    public var data: [UInt8] {
        switch self {
        case .closed(let commitment): [0x01] + commitment.bytes
        case .open(let text): [0x02] + text
        }
    }

    public var hash: Digest { Merkle.leaf(data) }

    public init(data: [UInt8]) throws(LogFault) {
        switch data.first {
        case 0x01:
            guard let commitment = Digest(bytes: data.dropFirst()) else { throw .malformed(.entries) }
            self = .closed(commitment)
        case 0x02: self = .open([UInt8](data.dropFirst()))
        default: throw .malformed(.entries)
        }
    }
}

/// The leaves that a tile of level 0 hashes.
public struct Entries: Hashable, Sendable {
    public let leaves: [Leaf]

    public init(_ leaves: [Leaf]) throws(LogFault) {
        guard (1...Tile.fullWidth).contains(leaves.count), leaves.allSatisfy({ $0.data.count <= UInt16.max }) else {
            throw .malformed(.entries)
        }
        self.leaves = leaves
    }

    public init(bytes: [UInt8]) throws(LogFault) {
        var leaves: [Leaf] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let high = rest.popFirst(), let low = rest.popFirst() else { throw .malformed(.entries) }
            let length = Int(high) << 8 | Int(low)
            guard rest.count >= length else { throw .malformed(.entries) }
            leaves.append(try Leaf(data: [UInt8](rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        try self.init(leaves)
    }

    public var bytes: [UInt8] {
        leaves.flatMap { leaf in
            let data = leaf.data
            return [UInt8(data.count >> 8), UInt8(data.count & 0xff)] + data
        }
    }
}
