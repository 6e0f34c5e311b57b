// What tells one thing from another for a while without saying which it is: a keyed hash, under a key of the house and a salt of the caller's.

import Crypto
import Store

extension Vault {
    /// Whoever has the rows alone can't try what it may be of; nor can anybody once the salt is forgotten.
    public func mark(of what: [UInt8], as kind: String, salt: [UInt8]) -> [UInt8] {
        HMACSHA256.code(for: salt + Array("|\(kind)|".utf8) + what, under: keys.ring.owner.derive("tryMarks", 1)).bytes
    }
}

extension LookupAddress {
    /// For a mark of it, and nothing else.
    public var bytesToMark: [UInt8] { Array(normalised.utf8) }
}
