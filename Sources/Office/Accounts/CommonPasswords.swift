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

    /// Whether nothing is left of it without these words and what stands around them, as `sari1975!` and `Sari Wijaya` of Sari Wijaya; or it is
    /// one of their numbers, or one letter again and again.
    static func isNearAtHand(_ password: String, _ words: [String]) -> Bool {
        guard Set(password.lowercased()).count > 1 else { return true }
        var letters = password.lowercased().filter(\.isLetter)
        guard !letters.isEmpty else {
            let digits = withoutPrefix(password)
            return digits.count >= 6
                && words.map(withoutPrefix).contains { $0.count >= 6 && ($0.hasSuffix(digits) || digits.hasSuffix($0.suffix(8))) }
        }
        let own = Set(words.map { $0.lowercased().filter(\.isLetter) }.filter { $0.count >= 3 })
        for word in own.sorted(by: { $0.count > $1.count }) { letters = letters.replacing(word, with: "") }
        return letters.isEmpty
    }

    /// The digits of a number without those that it begins with at home or from abroad.
    private static func withoutPrefix(_ number: String) -> String {
        String(number.filter(\.isWholeNumber).drop { $0 == "0" })
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }
}
