// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under keys of 32 bytes.
import CNettle
import CSodium

public enum HMACSHA256 {
    /// The code that only a holder of `key` can make for `message`.
    public static func code(for message: [UInt8], under key: Secret) -> Digest {
        var state = hmac_sha256_ctx()
        // What was made of the key doesn't stay behind.
        defer { sodium_memzero(&state, MemoryLayout<hmac_sha256_ctx>.size) }
        nettle_hmac_sha256_set_key(&state, 32, key.pointer)
        nettle_hmac_sha256_update(&state, message.count, message)
        return Digest.filled { nettle_hmac_sha256_digest(&state, Digest.length, $0) }
    }
}
