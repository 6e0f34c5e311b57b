// Hexadecimal text, in time that doesn't depend on the bytes.
import CSodium

public enum Hex {
    /// Two lower-case characters a byte.
    public static func encode(_ bytes: [UInt8]) -> String {
        text(capacity: bytes.count * 2 + 1) { sodium_bin2hex($0, bytes.count * 2 + 1, bytes, bytes.count) }
    }

    /// Nil unless `text` is pairs of hexadecimal digits and nothing else.
    public static func decode(_ text: String) -> [UInt8]? {
        var decoded = [UInt8](repeating: 0, count: text.utf8.count / 2)
        var length = 0
        guard text.utf8.count.isMultiple(of: 2),
            sodium_hex2bin(&decoded, decoded.count, text, text.utf8.count, nil, &length, nil) == 0
        else { return nil }
        return decoded
    }
}

/// The text that libsodium writes with a NUL behind it into memory of `capacity` bytes.
func text(capacity: Int, _ write: (UnsafeMutablePointer<CChar>) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { buffer in
        buffer.withMemoryRebound(to: CChar.self) { write($0.baseAddress!) }
        return capacity - 1
    }
}
