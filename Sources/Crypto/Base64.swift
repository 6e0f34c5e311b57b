// Base64 (RFC 4648), in time that doesn't depend on the bytes. Decoding is strict: each value has one text.
import CSodium

public enum Base64 {
    public enum Alphabet: Sendable {
        /// `+` and `/`, padded with `=`: notes, checkpoints, mail.
        case standard
        /// `-` and `_`, without padding: addresses and cookies.
        case urlSafe

        var variant: CInt {
            switch self {
            case .standard: sodium_base64_VARIANT_ORIGINAL
            case .urlSafe: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            }
        }
    }

    public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
        let capacity = sodium_base64_encoded_len(bytes.count, alphabet.variant)
        return text(capacity: capacity) { sodium_bin2base64($0, capacity, bytes, bytes.count, alphabet.variant) }
    }

    /// Nil unless `text` is what `encode` gives for some bytes: no spaces, no missing or spare padding, no stray bits.
    public static func decode(_ text: String, _ alphabet: Alphabet = .standard) -> [UInt8]? {
        let count = text.utf8.count
        var length = 0
        var decodes = false
        let decoded = [UInt8](unsafeUninitializedCapacity: count / 4 * 3 + 3) { buffer, filled in
            decodes = sodium_base642bin(buffer.baseAddress!, buffer.count, text, count, nil, &length, nil, alphabet.variant) == 0
            filled = decodes ? length : 0
        }
        return decodes ? decoded : nil
    }
}
