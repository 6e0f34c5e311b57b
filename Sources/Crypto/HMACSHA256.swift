// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under keys of 32 bytes.
import CSodium

public enum HMACSHA256 {
    /// The code that only a holder of `key` can make for `message`.
    public static func code(for message: [UInt8], under key: Secret) -> Digest {
        Digest.filled { crypto_auth_hmacsha256($0, message, UInt64(message.count), key.pointer) }
    }
}
