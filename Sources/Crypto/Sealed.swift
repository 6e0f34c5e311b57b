// Sealed values: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), stored as nonce (24 bytes), cipher text, tag (16 bytes).
import CSodium

public enum Sealed {
    /// How many bytes longer than its plain text a sealed value is.
    public static let overhead = nonceLength + tagLength

    /// Seals `plain` so that it opens only under the same key and for the same `context`: say there where the
    /// value belongs, so that it can't be moved. Both are bytes of the caller's; the context isn't stored.
    public static func seal(
        _ plain: [UInt8], under key: Secret, boundTo context: [UInt8], nonceFrom randomness: some Randomness = SystemRandomness()
    ) -> [UInt8] {
        let nonce = randomness.bytes(nonceLength)
        return plain.withUnsafeBufferPointer { seal($0, under: key, boundTo: context, nonce: nonce) }
    }

    /// The plain text; throws `wrongLength` where it can't be a sealed value and `doesNotOpen` for any other reason.
    public static func open(_ sealed: [UInt8], under key: Secret, boundTo context: [UInt8]) throws(CryptoFault) -> [UInt8] {
        guard sealed.count >= overhead else { throw .wrongLength }
        let length = sealed.count - overhead
        var opens = false
        let plain = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            opens = open(sealed, into: buffer.baseAddress, under: key, boundTo: context)
            filled = opens ? length : 0
        }
        guard opens else { throw .doesNotOpen }
        return plain
    }

    /// Seals a secret under another one: 72 bytes.
    public static func wrap(
        _ secret: Secret, under key: Secret, boundTo context: [UInt8], nonceFrom randomness: some Randomness = SystemRandomness()
    ) -> [UInt8] {
        let plain = UnsafeBufferPointer(start: secret.pointer, count: Secret.length)
        return seal(plain, under: key, boundTo: context, nonce: randomness.bytes(nonceLength))
    }

    /// The secret inside; it is never in memory that isn't wiped.
    public static func unwrap(_ wrapped: [UInt8], under key: Secret, boundTo context: [UInt8]) throws(CryptoFault) -> Secret {
        guard wrapped.count == Secret.length + overhead else { throw .wrongLength }
        return try Secret { (storage) throws(CryptoFault) in
            guard open(wrapped, into: storage, under: key, boundTo: context) else { throw .doesNotOpen }
        }
    }

    private static let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagLength = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    private static func seal(
        _ plain: UnsafeBufferPointer<UInt8>, under key: Secret, boundTo context: [UInt8], nonce: [UInt8]
    ) -> [UInt8] {
        Sodium.start()
        precondition(nonce.count == nonceLength, "the source of randomness gave too few bytes")
        let length = plain.count + overhead
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            let start = buffer.baseAddress!
            start.initialize(from: nonce, count: nonceLength)
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                start + nonceLength, nil, plain.baseAddress, UInt64(plain.count), context, UInt64(context.count), nil, start, key.pointer)
            filled = length
        }
    }

    private static func open(
        _ sealed: [UInt8], into plain: UnsafeMutablePointer<UInt8>?, under key: Secret, boundTo context: [UInt8]
    ) -> Bool {
        Sodium.start()
        return sealed.withUnsafeBufferPointer { sealed in
            let start = sealed.baseAddress!
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                plain, nil, nil, start + nonceLength, UInt64(sealed.count - nonceLength),
                context, UInt64(context.count), start, key.pointer) == 0
        }
    }
}
