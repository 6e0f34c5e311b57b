// That a tree begins with all leaves of an older one: RFC 6962, section 2.1.2; verified as in RFC 9162, section 2.1.4.2.
//
// From the tree without leaves everything would follow, so that a proof from there says nothing and is refused.
public import Crypto

public struct ConsistencyProof: Hashable, Sendable {
    /// How many leaves the older and the newer tree have.
    public let from, to: Int
    public let path: [Digest]

    public init(from: Int, to: Int, path: [Digest]) {
        (self.from, self.to, self.path) = (from, to, path)
    }

    /// Returns if the tree of `to` leaves with root `new` begins with the tree of `from` leaves with root `old`;
    /// throws `inconsistent` otherwise, `shrunk` where the newer tree is smaller, `outOfRange` from size 0.
    public func verify(from old: Digest, to new: Digest) throws(LogFault) {
        guard from > 0 else { throw .outOfRange }
        guard from <= to else { throw .shrunk }
        guard from < to else {
            guard path.isEmpty, old == new else { throw .inconsistent }
            return
        }
        var index = from - 1, last = to - 1
        // Up to the root of the largest complete branch at the end of the older tree.
        while index % 2 == 1 { (index, last) = (index / 2, last / 2) }
        // Where that branch is the whole older tree, the verifier knows its hash and the path leaves it out.
        var siblings = path[...]
        guard let start = index == 0 ? old : siblings.popFirst() else { throw .inconsistent }
        var older = start, newer = start
        for sibling in siblings {
            guard last > 0 else { throw .inconsistent }
            if index % 2 == 1 || index == last {
                older = Merkle.node(sibling, older)
                newer = Merkle.node(sibling, newer)
                while index % 2 == 0, index > 0 { (index, last) = (index / 2, last / 2) }
            } else {
                newer = Merkle.node(newer, sibling)
            }
            (index, last) = (index / 2, last / 2)
        }
        guard last == 0, older == old, newer == new else { throw .inconsistent }
    }
}

extension TileReader where Self: ~Copyable {
    /// The proof that the tree of `to` leaves begins with that of `from` leaves.
    public borrowing func prove(from: Int, to: Int) throws(LogFault) -> ConsistencyProof {
        guard from > 0 else { throw .outOfRange }
        guard from <= to else { throw .shrunk }
        var branch = 0..<to, last = LastTile()
        var path: [Digest] = []
        while from < branch.upperBound {
            let middle = branch.lowerBound + Merkle.split(branch.count)
            let left = branch.lowerBound..<middle, right = middle..<branch.upperBound
            path.append(try hash(of: from <= middle ? right : left, in: to, &last))
            branch = from <= middle ? left : right
        }
        if branch.lowerBound > 0 { path.append(try hash(of: branch, in: to, &last)) }
        return ConsistencyProof(from: from, to: to, path: path.reversed())
    }
}
