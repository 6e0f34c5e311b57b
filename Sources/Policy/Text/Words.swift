// Words as small integers, so that names and keywords compare as numbers: after NFC, full case folding, NFC.
@_spi(_Unicode) import Swift

/// Two words have the same number if and only if they compare equal. The keywords have the first numbers.
struct Words: Sendable {
    /// The keywords and the words of predefined names; every document goes on from here.
    static let language = Words(
        Keyword.allCases.map(\.text) + Symbols.predefinedNames.flatMap { $0.split(separator: " ").map(String.init) })

    /// A word of up to 15 letters of ASCII, folded: its bytes, and their count in the topmost one.
    struct Short: Hashable, Sendable {
        static let limit = 15
        var high: UInt64 = 0, low: UInt64 = 0

        init(high: UInt64, low: UInt64, count: Int) { (self.high, self.low) = (high | UInt64(count) &<< 56, low) }

        /// Nil is a word that is longer, or has other letters.
        init?(_ text: String) {
            let count = text.utf8.count
            if count > Self.limit { return nil }
            for byte in text.utf8 {
                if byte >= 0x80 { return nil }
                (high, low) = (high &<< 8 | low &>> 56, low &<< 8 | UInt64(Words.small(byte)))
            }
            high |= UInt64(count) &<< 56
        }

        var letters: [UInt8] {
            (0..<high &>> 56).reversed().map { index -> UInt8 in
                UInt8(truncatingIfNeeded: index < 8 ? low &>> (8 * index) : high &>> (8 * index - 64))
            }
        }
    }

    /// The folded words, one behind the other, and where each of them ends.
    private var letters: [UInt8] = []
    private var ends: [Int32] = []
    /// By number, nothing where the word isn't short, and a table that finds the number.
    private var shorts: [Short] = []
    private var slots: [Int32] = .init(repeating: -1, count: 4096)
    private static let none = Short(high: 0, low: 0, count: 0)
    /// The numbers of all others, as they are folded and as they were written.
    private var others: [String: Int32] = [:]
    private var spelled: [String: Int32] = [:]
    /// Drawn anew by each process, so that no document can be made whose words collide.
    private let seeds = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))

    private init(_ words: [String]) {
        for word in words { _ = number(of: word) }
    }

    /// The number of a word that was folded and packed.
    mutating func number(of short: Short) -> Int32 {
        var slot = slot(of: short)
        while slots[slot] >= 0 {
            if shorts[Int(slots[slot])] == short { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = add(short.letters, short)
        slots[slot] = number
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    /// The number of a word as it is written.
    mutating func number(of text: String) -> Int32 {
        if let short = Short(text) { return number(of: short) }
        if let known = spelled[text] { return known }
        let folded = Self.fold(text), number: Int32
        if let short = Short(folded) {
            number = self.number(of: short)
        } else if let known = others[folded] {
            number = known
        } else {
            number = add(Array(folded.utf8), Self.none)
            others[folded] = number
        }
        spelled[text] = number
        return number
    }

    /// The number of a word that is there.
    func find(_ text: String) -> Int32? {
        let folded = Self.fold(text)
        guard let short = Short(folded) else { return others[folded] }
        var slot = slot(of: short)
        while slots[slot] >= 0 {
            if shorts[Int(slots[slot])] == short { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    func letters(of number: Int32) -> ArraySlice<UInt8> { letters[(number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])] }

    func isSame(_ number: Int32, as text: Substring) -> Bool { letters(of: number).elementsEqual(text.utf8) }

    static func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    private func slot(of short: Short) -> Int {
        Int(truncatingIfNeeded: folded(short.low ^ seeds.0, short.high ^ seeds.1)) & (slots.count - 1)
    }

    private mutating func add(_ word: [UInt8], _ short: Short) -> Int32 {
        letters += word
        ends.append(Int32(letters.count))
        shorts.append(short)
        return Int32(ends.count - 1)
    }

    private mutating func grow() {
        slots = .init(repeating: -1, count: slots.count * 4)
        for (number, short) in shorts.enumerated() where short != Self.none {
            var slot = slot(of: short)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
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
                    // One by one: to append them as a view would copy all that is there.
                    for scalar in upper.properties.lowercaseMapping.unicodeScalars { folded.append(scalar) }
                }
            }
        }
        var composed = String.UnicodeScalarView()
        for scalar in String(folded)._nfc { composed.append(scalar) }
        return String(composed)
    }

    private static func foldIfASCII(_ text: String) -> String? {
        var letters = Array(text.utf8)
        for index in letters.indices {
            if letters[index] >= 0x80 { return nil }
            letters[index] = small(letters[index])
        }
        return String(decoding: letters, as: UTF8.self)
    }
}

/// The two halves of a product, one upon the other: every bit of the result hangs on all of both.
func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
}
