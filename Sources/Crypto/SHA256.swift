// SHA-256 (FIPS 180-4).
import CSodium

public enum SHA256 {
    public static func hash(_ bytes: [UInt8]) -> Digest {
        Digest.filled { crypto_hash_sha256($0, bytes, UInt64(bytes.count)) }
    }

    /// The hash of memory that somebody else holds, without copying it.
    public static func hash(_ bytes: RawSpan) -> Digest {
        bytes.withUnsafeBytes { input in
            Digest.filled { crypto_hash_sha256($0, input.baseAddress, UInt64(input.count)) }
        }
    }

    /// The hash of all parts one after the other. Nothing marks where one ends: give parts of fixed length, or mark it.
    public static func hash(parts: [[UInt8]]) -> Digest {
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        for part in parts { crypto_hash_sha256_update(&state, part, UInt64(part.count)) }
        return Digest.filled { crypto_hash_sha256_final(&state, $0) }
    }

    /// The hash of one byte, which keeps kinds of input apart, and then the bytes.
    public static func hash(_ kind: UInt8, _ bytes: [UInt8]) -> Digest {
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        crypto_hash_sha256_update(&state, [kind], 1)
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        return Digest.filled { crypto_hash_sha256_final(&state, $0) }
    }

    /// The hash of one byte, which keeps kinds of input apart, and then two digests: a node of a tree.
    public static func hash(_ kind: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { input in
            input[0] = kind
            input.storeBytes(of: left.words, toByteOffset: 1, as: SIMD4<UInt64>.self)
            input.storeBytes(of: right.words, toByteOffset: 33, as: SIMD4<UInt64>.self)
            return Digest.filled { crypto_hash_sha256($0, input.baseAddress, 65) }
        }
    }

    /// The hash of what is added one after the other, for what is too long to be held.
    public struct Running {
        private var state = crypto_hash_sha256_state()

        public init() { crypto_hash_sha256_init(&state) }

        public mutating func add(_ bytes: [UInt8]) { crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count)) }

        /// Of everything that was added so far.
        public var digest: Digest {
            var state = state
            return Digest.filled { crypto_hash_sha256_final(&state, $0) }
        }
    }
}
