// Passwords that everybody tries first, and words that lie near at hand: refused when somebody chooses one.

/// A file of passwords in small letters, one a line, in the order of their bytes.
public struct CommonPasswords: Sendable {
    private let bytes: [UInt8]

    /// Empty: none is refused.
    public init(_ file: [UInt8] = []) { bytes = file }

    /// In whatever capitals.
    public func contains(_ password: String) -> Bool {
        let wanted = Array(password.lowercased().utf8)
        var low = 0, high = bytes.count
        while low < high {
            let middle = (low + high) / 2
            let start = (bytes[..<middle].lastIndex(of: newline) ?? -1) + 1
            let end = bytes[middle...].firstIndex(of: newline) ?? bytes.count
            let line = bytes[min(start, end)..<end]
            if line.elementsEqual(wanted) { return true }
            if line.lexicographicallyPrecedes(wanted) { low = end + 1 } else { high = min(start, middle) }
        }
        return false
    }

    /// Whether nothing is left of it without one of these words and what stands around it: `sari1975!` of Sari.
    static func isNearAtHand(_ password: String, _ words: [String]) -> Bool {
        let letters = password.lowercased().filter(\.isLetter)
        return words.contains { word in
            let word = word.lowercased().filter(\.isLetter)
            return word.count >= 3 && letters == word
        }
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }
}
