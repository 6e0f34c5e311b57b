// How long a new version waits after it is published, so that those concerned can read it, answer it, or leave.

public import Policy
public import Store

public enum Waiting: String, Sendable, Hashable, CaseIterable {
    /// It only takes something away from us, and nothing from the persons in our files.
    case none = "nothing"
    case short = "72 hours"
    /// It demands a yes, or it is material.
    case long = "14 days"

    var seconds: Int64 {
        switch self {
        case .none: 0
        case .short: 72 * 3_600
        case .long: 14 * 86_400
        }
    }

    /// What a difference asks for. `isMaterial`: an officer marked it so.
    public init(for difference: Difference, from old: Policy, to new: Policy, isMaterial: Bool) {
        switch new.wait(for: difference, from: old) {
        case _ where isMaterial: self = .long
        case .none: self = .none
        case .hours72: self = .short
        case .days14: self = .long
        }
    }

    /// The first day on which a version can begin that is published now. Its first moment is where the house is.
    public func earliest(from now: Instant) -> Day {
        let then = now + .seconds(seconds)
        let day = Day(of: then)
        return self == .none || day.start == then ? day : Day(day.number + 1)
    }
}
