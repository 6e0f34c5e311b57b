// Words as small integers, so that names and keywords compare as numbers: after NFC, full case folding, NFC.
@_spi(_Unicode) import Swift

/// Two words have the same number if and only if they compare equal. The keywords have the first numbers.
struct Words: Sendable {
    /// The folded words by number.
    private(set) var folded: [[UInt8]] = []
    private var slots: [Int32] = .init(repeating: -1, count: 4096)
    private var spelled: [String: Int32] = [:]
    private var scratch: [UInt8] = []

    init() {
        for keyword in Keyword.allCases { _ = number(of: Array(keyword.text.utf8), in: 0..<keyword.text.utf8.count) }
    }

    mutating func number(of bytes: [UInt8], in range: Range<Int>) -> Int32 {
        scratch.removeAll(keepingCapacity: true)
        for at in range {
            let byte = bytes[at]
            if byte >= 0x80 { return numberOfOther(String(decoding: bytes[range], as: UTF8.self)) }
            scratch.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        return number(ofFolded: scratch)
    }

    func text(_ number: Int32) -> String { String(decoding: folded[Int(number)], as: UTF8.self) }

    /// The way by Unicode's tables; the words so spelled are remembered.
    private mutating func numberOfOther(_ text: String) -> Int32 {
        if let known = spelled[text] { return known }
        let number = number(ofFolded: Array(Self.fold(text).utf8))
        spelled[text] = number
        return number
    }

    private mutating func number(ofFolded word: [UInt8]) -> Int32 {
        var slot = slot(of: word)
        while slots[slot] >= 0 {
            if folded[Int(slots[slot])] == word { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(folded.count)
        folded.append(word)
        slots[slot] = number
        if folded.count * 2 > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        slots = .init(repeating: -1, count: slots.count * 4)
        for (number, word) in folded.enumerated() {
            var slot = slot(of: word)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// By the standard library's keyed hash, so that no document can be made whose words collide.
    private func slot(of word: [UInt8]) -> Int {
        var hasher = Hasher()
        var chunk: UInt64 = UInt64(word.count)
        var filled = 1
        for byte in word {
            chunk = chunk << 8 | UInt64(byte)
            filled += 1
            if filled == 8 {
                hasher.combine(chunk)
                (chunk, filled) = (0, 0)
            }
        }
        hasher.combine(chunk)
        return hasher.finalize() & (slots.count - 1)
    }

    private static func foldIfASCII(_ text: String) -> String? {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte >= 0x80 { return nil }
            folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Full case folding as the standard library's tables allow it: lower, upper, lower again, each scalar by
    /// itself. It equals Unicode's folding in which texts it makes equal; the dotless i alone needs to be kept apart.
    static func fold(_ text: String) -> String {
        if let ascii = foldIfASCII(text) { return ascii }
        var folded = String.UnicodeScalarView()
        for scalar in text._nfc {
            if scalar == "\u{131}" { folded.append(scalar); continue }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                for upper in lower.properties.uppercaseMapping.unicodeScalars {
                    folded.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        var composed = String.UnicodeScalarView()
        for scalar in String(folded)._nfc { composed.append(scalar) }
        return String(composed)
    }
}
