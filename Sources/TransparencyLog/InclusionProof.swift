// That a leaf is in a tree: RFC 6962, section 2.1.1; verified as in RFC 9162, section 2.1.3.2.
//
// The path holds the hashes of the branches beside the way from the leaf up to the root, the leaf's sibling first.
public import Crypto

public struct InclusionProof: Hashable, Sendable {
    /// The leaf's number, the first one's being 0.
    public let index: Int
    /// How many leaves the tree has.
    public let size: Int
    public let path: [Digest]

    public init(index: Int, size: Int, path: [Digest]) {
        (self.index, self.size, self.path) = (index, size, path)
    }

    /// Returns if the leaf with this hash is number `index` of the tree of `size` leaves that has this root;
    /// throws `inconsistent` otherwise.
    public func verify(_ leaf: Digest, in root: Digest) throws(LogFault) {
        guard index >= 0, index < size else { throw .outOfRange }
        var index = index, last = size - 1
        var hash = leaf
        for sibling in path {
            guard last > 0 else { throw .inconsistent }
            if index % 2 == 1 || index == last {
                hash = Merkle.node(sibling, hash)
                // A last node without a sibling goes up as it is until it has one.
                while index % 2 == 0, index > 0 { (index, last) = (index / 2, last / 2) }
            } else {
                hash = Merkle.node(hash, sibling)
            }
            (index, last) = (index / 2, last / 2)
        }
        guard last == 0, hash == root else { throw .inconsistent }
    }
}

extension TileReader where Self: ~Copyable {
    /// The proof that leaf number `index` is in the tree of `size` leaves.
    public borrowing func prove(leaf index: Int, in size: Int) throws(LogFault) -> InclusionProof {
        guard index >= 0, index < size else { throw .outOfRange }
        var branch = 0..<size, last = LastTile()
        var path: [Digest] = []
        path.reserveCapacity(Int.bitWidth - (size - 1).leadingZeroBitCount)
        while branch.count > 1 {
            let middle = branch.lowerBound + Merkle.split(branch.count)
            let left = branch.lowerBound..<middle, right = middle..<branch.upperBound
            path.append(try hash(of: index < middle ? right : left, in: size, &last))
            branch = index < middle ? left : right
        }
        return InclusionProof(index: index, size: size, path: path.reversed())
    }
}
