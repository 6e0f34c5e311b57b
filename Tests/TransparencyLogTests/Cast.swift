// The log of these tests, its keys, and a store of tiles in memory.
import Crypto
import TransparencyLog

let origin = "office.example/privacy/log"
let office = try! NoteSigner(name: origin, key: SigningKey(seed: seed(1)))
let witness = try! NoteSigner(name: "witness.example/w1", key: SigningKey(seed: seed(2)), kind: .cosignature)
let stranger = try! NoteSigner(name: origin, key: SigningKey(seed: seed(3)))

func seed(_ byte: UInt8) -> Secret { try! Secret(bytes: [UInt8](repeating: byte, count: 32)) }
func utf8(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
func base64(_ text: String) -> Digest { Digest(bytes: Base64.decode(text)!)! }
func leaves(_ range: Range<Int>) -> [Digest] { range.map { Merkle.leaf(utf8("leaf \($0)")) } }

/// Every version of `bytes` in which one byte is another.
func oneByteChanged(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.flatMap { index in
        [0x01, 0x40 as UInt8].map { bit in
            var changed = bytes
            changed[index] ^= bit
            return changed
        }
    }
}

/// A tree kept as in a table: the widest tile at each place.
struct StoredTree: TileReader {
    private(set) var size = 0
    private(set) var root = Merkle.empty
    private var rows: [Tile: Subtree] = [:]

    init() {}

    init(_ count: Int) { grow(leaves(0..<count)) }

    mutating func grow(_ leaves: [Digest]) {
        let growth = try! append(leaves, to: size)
        for (tile, subtree) in growth.tiles { rows[place(tile)] = subtree }
        (size, root) = (growth.size, growth.root)
    }

    mutating func lose(_ tile: Tile) { rows[place(tile)] = nil }

    func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        guard let subtree = rows[place(tile)] else { throw .missing(tile) }
        return subtree
    }

    private func place(_ tile: Tile) -> Tile { Tile(level: tile.level, index: tile.index) }
}

/// RFC 6962, section 2.1, to the letter.
func treeHash(_ leaves: ArraySlice<Digest>) -> Digest {
    if leaves.isEmpty { return SHA256.hash([UInt8]()) }
    if leaves.count == 1 { return leaves.first! }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    let middle = leaves.startIndex + half
    return SHA256.hash([1] + treeHash(leaves[..<middle]).bytes + treeHash(leaves[middle...]).bytes)
}
