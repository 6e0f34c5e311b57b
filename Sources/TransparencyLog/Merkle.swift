// The hashes of a Merkle tree: RFC 6962, section 2.1 (rfc-editor.org/rfc/rfc6962).
//
//     leaf     SHA-256(0x00 || data)
//     node     SHA-256(0x01 || left || right)
//     no leaf  SHA-256()
//
// A tree of n > 1 leaves has on its left the largest power of two below n.
public import Crypto

public enum Merkle {
    public static func leaf(_ data: [UInt8]) -> Digest { SHA256.hash(0x00, data) }

    public static func node(_ left: Digest, _ right: Digest) -> Digest { SHA256.hash(0x01, left, right) }

    /// The root of the tree without leaves.
    public static let empty = SHA256.hash([])

    /// How many of `count` leaves, more than one, are on the left.
    static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
