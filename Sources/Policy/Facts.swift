// What is true at the moment of use, as far as anybody answered.

/// Conditions, three-valued: a fact that nobody answered refuses, whichever way the rule asks.
public struct Facts: Sendable, Hashable {
    /// A bit for each condition; its place is the index of `Policy.condition(_:)`.
    public var holding, known: Bits

    /// Nothing holds, and that is known of all but what `known` leaves out.
    @inlinable public init(holding: Bits = Bits(repeating: 0), known: Bits = Bits(repeating: .max)) {
        (self.holding, self.known) = (holding, known)
    }

    /// Nobody answered anything.
    public static let unknown = Facts(known: Bits(repeating: 0))

    /// True, false, or nil where nobody answered.
    @inlinable public subscript(_ condition: Name) -> Bool? {
        get {
            let word = Int(condition.index / 64) & 7, bit: UInt64 = 1 << UInt64(condition.index % 64)
            return known[word] & bit == 0 ? nil : holding[word] & bit != 0
        }
        set {
            let word = Int(condition.index / 64) & 7, bit: UInt64 = 1 << UInt64(condition.index % 64)
            if newValue == nil { known[word] &= ~bit } else { known[word] |= bit }
            if newValue == true { holding[word] |= bit } else { holding[word] &= ~bit }
        }
    }

    /// What of 64 conditions is known to hold, and what to fail. `in aggregate`, the first of all, is no fact: the verb says it.
    @inlinable func word(_ word: Int, inAggregate: Bool) -> (holds: UInt64, fails: UInt64) {
        var (holds, fails) = (holding[word] & known[word], known[word] & ~holding[word])
        if word == 0 { (holds, fails) = (holds & ~1 | (inAggregate ? 1 : 0), fails & ~1 | (inAggregate ? 0 : 1)) }
        return (holds, fails)
    }

    /// The same for one who looks at single facts.
    func inAggregate(_ value: Bool) -> Facts {
        var facts = self
        facts[Name(index: UInt32(Symbols.inAggregate))] = value
        return facts
    }
}

/// 512 bits, read a word at a time.
public struct Bits: Sendable, Hashable {
    @usableFromInline var words: InlineArray<8, UInt64>

    @inlinable public init(repeating word: UInt64) { words = InlineArray(repeating: word) }

    @inlinable subscript(_ word: Int) -> UInt64 {
        // Few policies have more than 64 conditions, and a look by a number that isn't known beforehand copies all words first.
        get { word == 0 ? words[0] : words[word] }
        set { words[word] = newValue }
    }

    public static func == (a: Bits, b: Bits) -> Bool { a.words.indices.allSatisfy { a.words[$0] == b.words[$0] } }
    public func hash(into hasher: inout Hasher) { for index in words.indices { hasher.combine(words[index]) } }
}
