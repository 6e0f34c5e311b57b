// Small bridges to the policy's types.

import Policy

extension Facts {
    /// Answers one condition.
    mutating func set(_ name: Name, _ holds: Bool) {
        let word = Int(name.index) / 64, bit = UInt64(1) << UInt64(name.index % 64)
        known[word] |= bit
        if holds { holding[word] |= bit }
    }
}

extension Verdict {
    /// A rule permits it, now or under other facts.
    var mayBeYes: Bool {
        switch self {
        case .yes, .needs: true
        case .forbidden, .keptByLaw, .noRule: false
        }
    }
}
