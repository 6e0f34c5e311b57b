// Ed25519 signatures (RFC 8032).
import CSodium

public struct SigningKey: Sendable {
    public let publicKey: VerifyingKey
    private let seed: Secret

    /// The key pair that belongs to the seed, always the same.
    public init(seed: Secret) {
        Sodium.start()
        self.seed = seed
        publicKey = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: expandedLength) { expanded in
            defer { sodium_memzero(expanded.baseAddress!, expandedLength) }
            return VerifyingKey(point: Digest.filled { crypto_sign_seed_keypair($0, expanded.baseAddress!, seed.pointer) })
        }
    }

    /// 64 bytes, always the same for the same message.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: expandedLength) { expanded in
            defer { sodium_memzero(expanded.baseAddress!, expandedLength) }
            let start = expanded.baseAddress!
            start.initialize(from: seed.pointer, count: Secret.length)
            (start + Secret.length).initialize(from: publicKey.bytes, count: VerifyingKey.length)
            return [UInt8](unsafeUninitializedCapacity: VerifyingKey.signatureLength) { signature, filled in
                crypto_sign_detached(signature.baseAddress!, nil, message, UInt64(message.count), start)
                filled = VerifyingKey.signatureLength
            }
        }
    }
}

public struct VerifyingKey: Hashable, Sendable {
    public static let length = 32
    public static let signatureLength = 64

    private let point: Digest

    public init(bytes: [UInt8]) throws(CryptoFault) {
        guard let point = Digest(bytes: bytes) else { throw .wrongLength }
        self.init(point: point)
    }

    init(point: Digest) { self.point = point }

    public var bytes: [UInt8] { point.bytes }

    /// Returns if `signature` is this key's over `message`; throws `badSignature` otherwise, whatever is wrong with it.
    public func verify(_ signature: [UInt8], of message: [UInt8]) throws(CryptoFault) {
        Sodium.start()
        guard signature.count == Self.signatureLength,
            crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
        else { throw .badSignature }
    }
}

/// libsodium's form of a secret key: the seed, then the public key.
private let expandedLength = Int(crypto_sign_SECRETKEYBYTES)
