// Sealed boxes for one person (libsodium's crypto_box_seal: X25519, XSalsa20-Poly1305): anyone can put in, only the owner takes out.
import CSodium

/// The half that is handed out: what is sealed with it, not even the sender opens again.
public struct BoxPublicKey: Hashable, Sendable {
    public static let length = 32
    /// How many bytes longer than its content a box is.
    public static let overhead = crypto_box_sealbytes()

    private let point: Digest

    public init(bytes: [UInt8]) throws(CryptoFault) {
        guard let point = Digest(bytes: bytes) else { throw .wrongLength }
        self.init(point: point)
    }

    init(point: Digest) { self.point = point }

    public var bytes: [UInt8] { point.bytes }

    /// Throws `doesNotOpen` where the key is no point that anyone could open for.
    public func seal(_ content: [UInt8]) throws(CryptoFault) -> [UInt8] {
        Sodium.start()
        var sealed = false
        let box = [UInt8](unsafeUninitializedCapacity: content.count + Self.overhead) { buffer, filled in
            sealed = crypto_box_seal(buffer.baseAddress!, content, UInt64(content.count), bytes) == 0
            filled = sealed ? content.count + Self.overhead : 0
        }
        guard sealed else { throw .doesNotOpen }
        return box
    }
}

/// Both halves; keep the seed wrapped, it makes the pair again.
public struct BoxKeyPair: Sendable {
    public let publicKey: BoxPublicKey
    public let seed: Secret
    private let secretKey: Secret

    public init(seed: Secret) {
        Sodium.start()
        var point = Digest()
        secretKey = Secret { secret in
            point = Digest.filled { crypto_box_seed_keypair($0, secret, seed.pointer) }
        }
        publicKey = BoxPublicKey(point: point)
        self.seed = seed
    }

    /// The content; throws `wrongLength` where it can't be a box and `doesNotOpen` where it isn't this owner's or was changed.
    public func open(_ box: [UInt8]) throws(CryptoFault) -> [UInt8] {
        guard box.count >= BoxPublicKey.overhead else { throw .wrongLength }
        let length = box.count - BoxPublicKey.overhead
        var opens = false
        let content = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            opens = crypto_box_seal_open(buffer.baseAddress!, box, UInt64(box.count), publicKey.bytes, secretKey.pointer) == 0
            filled = opens ? length : 0
        }
        guard opens else { throw .doesNotOpen }
        return content
    }
}
