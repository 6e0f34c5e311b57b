// What is true at the moment of use, as far as anybody answered.

/// Conditions, three-valued: a fact that nobody answered refuses, whichever way the rule asks.
public struct Facts: Sendable, Equatable {
    /// A bit for each condition; its place is the index of `Policy.condition(_:)`.
    public var holding, known: SIMD8<UInt64>

    /// Nothing holds, and that is known of all but what `known` leaves out.
    @inlinable public init(holding: SIMD8<UInt64> = .zero, known: SIMD8<UInt64> = .init(repeating: .max)) {
        (self.holding, self.known) = (holding, known)
    }

    /// Nobody answered anything.
    public static let unknown = Facts(known: .zero)

    /// True, false, or nil where nobody answered.
    @inlinable public subscript(_ condition: Name) -> Bool? {
        get {
            switch state(UInt16(truncatingIfNeeded: condition.index)) {
            case .holds: true
            case .fails: false
            case .unknown: nil
            }
        }
        set {
            let word = Int(condition.index / 64) & 7, bit: UInt64 = 1 << UInt64(condition.index % 64)
            if newValue == nil { known[word] &= ~bit } else { known[word] |= bit }
            if newValue == true { holding[word] |= bit } else { holding[word] &= ~bit }
        }
    }

    @usableFromInline enum State { case holds, fails, unknown }

    @inlinable func state(_ bit: UInt16) -> State {
        let word = Int(bit / 64) & 7, at = UInt64(bit % 64)
        if known[word] >> at & 1 == 0 { return .unknown }
        return holding[word] >> at & 1 == 1 ? .holds : .fails
    }

    /// `in aggregate` is no fact: the verb says it.
    @inlinable func inAggregate(_ value: Bool) -> Facts {
        var facts = self
        facts.known[0] |= 1
        facts.holding[0] = facts.holding[0] & ~1 | (value ? 1 : 0)
        return facts
    }
}
