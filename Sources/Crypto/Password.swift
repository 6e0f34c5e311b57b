// Passwords, made slow to guess by Argon2id (RFC 9106). Each call takes tens of milliseconds: not on a request's thread.
import CSodium

public enum Password {
    /// What one guess costs.
    public struct Cost: Hashable, Sendable {
        public let passes: Int
        /// In bytes.
        public let memory: Int

        public init(passes: Int, memory: Int) {
            (self.passes, self.memory) = (passes, memory)
        }

        /// OWASP's least for signing in: 19 MiB, 2 passes.
        public static let signingIn = Cost(passes: 2, memory: 19 << 20)
        /// Where the password also guards sealed communications: 64 MiB, 3 passes.
        public static let sealing = Cost(passes: 3, memory: 64 << 20)
    }

    public static let saltLength = Int(crypto_pwhash_SALTBYTES)

    /// Text that holds cost, salt and hash, to be kept and given to `verify`.
    public static func hash(_ password: [UInt8], cost: Cost = .signingIn) throws(CryptoFault) -> String {
        Sodium.start()
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let done = characters(of: password) { phrase, length in
            crypto_pwhash_str_alg(&text, phrase, length, UInt64(cost.passes), cost.memory, crypto_pwhash_ALG_ARGON2ID13)
        }
        guard done == 0 else { throw .outOfMemory }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether `hash` was made of this password. A hash that isn't one matches nothing.
    public static func verify(_ password: [UInt8], against hash: String) -> Bool {
        Sodium.start()
        return characters(of: password) { phrase, length in crypto_pwhash_str_verify(hash, phrase, length) == 0 }
    }

    /// Whether `hash` was made at another cost, so that it is made anew at the next signing in.
    public static func isOutdated(_ hash: String, cost: Cost = .signingIn) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, UInt64(cost.passes), cost.memory) != 0
    }

    /// A secret out of a password and a salt of 16 bytes: derive from it what checks and what wraps.
    public static func stretch(_ password: [UInt8], salt: [UInt8], cost: Cost = .signingIn) throws(CryptoFault) -> Secret {
        guard salt.count == saltLength else { throw .wrongLength }
        Sodium.start()
        return try Secret { (storage) throws(CryptoFault) in
            let done = characters(of: password) { phrase, length in
                crypto_pwhash(
                    storage, UInt64(Secret.length), phrase, length, salt,
                    UInt64(cost.passes), cost.memory, crypto_pwhash_ALG_ARGON2ID13)
            }
            guard done == 0 else { throw .outOfMemory }
        }
    }

    /// libsodium takes a password as C's characters; this is the same memory.
    private static func characters<R>(of bytes: [UInt8], _ body: (UnsafePointer<CChar>, UInt64) -> R) -> R {
        bytes.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self), UInt64($0.count)) }
    }
}
