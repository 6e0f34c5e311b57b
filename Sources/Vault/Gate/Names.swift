// What a verdict means to the house.

import Policy

extension Verdict {
    /// A rule permits it, now or under other facts.
    var mayBeYes: Bool {
        switch self {
        case .yes, .needs: true
        case .forbidden, .keptByLaw, .noRule: false
        }
    }
}
