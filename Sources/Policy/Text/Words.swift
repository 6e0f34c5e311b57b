// Words as small integers, so that names and keywords compare as numbers: after NFC, full case folding, NFC.
@_spi(_Unicode) import Swift

/// Two words have the same number if and only if they compare equal. The keywords have the first numbers.
struct Words: Sendable {
    /// The folded words, one behind the other, and where each of them ends.
    private var letters: [UInt8] = []
    private var ends: [Int32] = []
    private var hashes: [UInt32] = []
    private var slots: [Int32] = .init(repeating: -1, count: 4096)
    private var spelled: [String: Int32] = [:]
    /// Drawn anew for each document, so that none can be made whose words collide.
    private let seed = UInt64.random(in: 0...UInt64.max)

    init() {
        for keyword in Keyword.allCases { _ = number(of: Array(keyword.text.utf8), in: 0..<keyword.text.utf8.count) }
    }

    mutating func number(of bytes: [UInt8], in range: Range<Int>) -> Int32 {
        var hashing = Hashing(seed: seed, count: range.count)
        for at in range {
            let byte = bytes[at]
            if byte >= 0x80 { return numberOfOther(String(decoding: bytes[range], as: UTF8.self)) }
            hashing.add(Self.small(byte))
        }
        let hash = hashing.result
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, isEqual(self.range(of: number), bytes, range) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(bytes[range].map(Self.small), hash, at: slot)
    }

    private static func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    private func isEqual(_ range: Range<Int>, _ bytes: [UInt8], _ other: Range<Int>) -> Bool {
        guard range.count == other.count else { return false }
        for offset in 0..<range.count where letters[range.lowerBound + offset] != Self.small(bytes[other.lowerBound + offset]) {
            return false
        }
        return true
    }

    /// The number of a word that is there.
    func find(_ text: String) -> Int32? {
        let word = Array(Self.fold(text).utf8)
        return find(word, hash(of: word)).number
    }

    func letters(of number: Int32) -> ArraySlice<UInt8> { letters[range(of: Int(number))] }

    func isSame(_ number: Int32, as text: Substring) -> Bool { letters(of: number).elementsEqual(text.utf8) }

    private func range(of number: Int) -> Range<Int> { (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]) }

    /// The way by Unicode's tables; the words so spelled are remembered.
    private mutating func numberOfOther(_ text: String) -> Int32 {
        if let known = spelled[text] { return known }
        let number = number(ofFolded: Array(Self.fold(text).utf8))
        spelled[text] = number
        return number
    }

    private mutating func number(ofFolded word: [UInt8]) -> Int32 {
        let hash = hash(of: word), (known, slot) = find(word, hash)
        return known ?? add(word, hash, at: slot)
    }

    private mutating func add(_ word: [UInt8], _ hash: UInt32, at slot: Int) -> Int32 {
        let number = Int32(ends.count)
        letters += word
        ends.append(Int32(letters.count))
        hashes.append(hash)
        slots[slot] = number
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    /// The word's number, or the free slot where it belongs.
    private func find(_ word: [UInt8], _ hash: UInt32) -> (number: Int32?, slot: Int) {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, letters[range(of: number)].elementsEqual(word) { return (slots[slot], slot) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (nil, slot)
    }

    private mutating func grow() {
        slots = .init(repeating: -1, count: slots.count * 4)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    private func hash(of word: [UInt8]) -> UInt32 {
        var hashing = Hashing(seed: seed, count: word.count)
        for byte in word { hashing.add(byte) }
        return hashing.result
    }

    private static func foldIfASCII(_ text: String) -> String? {
        var letters = Array(text.utf8)
        for index in letters.indices {
            if letters[index] >= 0x80 { return nil }
            letters[index] = small(letters[index])
        }
        return String(decoding: letters, as: UTF8.self)
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

/// Eight letters at a time by a folded product with the seed.
private struct Hashing {
    private var hash: UInt64, chunk: UInt64 = 0, filled = 0
    private let key: UInt64

    init(seed: UInt64, count: Int) { (hash, key) = (seed ^ UInt64(count), seed | 1) }

    @inline(__always) mutating func add(_ byte: UInt8) {
        chunk = chunk << 8 | UInt64(byte)
        filled += 1
        if filled == 8 { mix() }
    }

    var result: UInt32 {
        var last = self
        last.mix()
        return UInt32(truncatingIfNeeded: last.hash ^ last.hash >> 32)
    }

    private mutating func mix() {
        (hash, chunk, filled) = (folded(hash ^ chunk, key) ^ hash &* 0x9E37_79B9_7F4A_7C15, 0, 0)
    }
}

/// The two halves of a product, one upon the other: every bit of the result hangs on all of both.
func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
}
