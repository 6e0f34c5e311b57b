// What somebody typed as a password, as it is hashed: the same letters give the same bytes, however a keyboard composes them.
import CSodium

/// Normalised to NFC (RFC 8265's OpaqueString): every kind of blank is a space, and nothing is cut off.
public struct Passphrase: Sendable {
    let bytes: [UInt8]
    /// Characters as people count them; the least that is asked for counts these.
    public let length: Int
    public let text: String

    /// nil: longer than 256 bytes, or with control characters in it.
    public init?(_ typed: String) {
        guard typed.utf8.count <= 4 * Passphrase.mostBytes else { return nil }
        let blanks = String(
            String.UnicodeScalarView(typed.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }))
        guard !blanks.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }),
            let normal = NormalForm.composed(blanks)
        else { return nil }
        text = normal
        bytes = Array(text.utf8)
        length = text.count
        guard bytes.count <= Passphrase.mostBytes else { return nil }
    }

    public static let mostBytes = 256

    /// Nobody's.
    public static let empty = Passphrase(bytes: [], length: 0, text: "")
    private init(bytes: [UInt8], length: Int, text: String) { (self.bytes, self.length, self.text) = (bytes, length, text) }
}
