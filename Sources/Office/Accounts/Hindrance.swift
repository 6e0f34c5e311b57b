// Why a letter that was to leave later didn't: said to the operator in English in the table of jobs, and on pages in their language.

import Outbound
import Store
import Vault

public enum Hindrance: Sendable, Hashable, CaseIterable {
    case policy, unreadable, undecided
    /// The carrier takes nothing, or not this one.
    case shut, notThis
    case late, refused, unknown

    /// - Parameter carrier: as the operator calls it.
    func sentence(_ carrier: String) -> String {
        switch self {
        case .policy: "the policy refuses that we send it"
        case .unreadable: "it can't be opened"
        case .undecided: "it must be decided anew"
        case .shut: "the \(carrier) takes nothing now"
        case .notThis: "the \(carrier) doesn't take this one now"
        case .late: "its time was over before the \(carrier) took it"
        case .refused: "the \(carrier) refuses it for good"
        case .unknown: "whether the \(carrier) took it isn't known"
        }
    }

    init?(_ sentence: String, of carrier: String) {
        guard let found = Self.allCases.first(where: { $0.sentence(carrier) == sentence }) else { return nil }
        self = found
    }
}

extension JobFault {
    /// nil: whom it was for has left, and nothing is to be done.
    init?(_ error: NotSent, by carrier: String, of job: Job) {
        func said(_ hindrance: Hindrance) -> String { hindrance.sentence(carrier) }
        switch error {
        case .refused(.gone): return nil
        // A person's own word may have come in between.
        case .refused(.policy): self = .turnedDown(after: nil, said(.policy))
        case .refused(.store(let fault)): self = .later(after: 0, "\(fault)")
        // Another version of the policy began in between: it decides.
        case .refused(.policyChanged), .refused(.expired), .refused(.outdated): self = .later(after: 0, said(.undecided))
        case .refused: self = .never(said(.unreadable))
        case .carrier(.later(let seconds)): self = .later(after: seconds, said(.shut))
        case .carrier(.thisLater(let seconds)): self = .turnedDown(after: seconds, said(.notThis))
        // Where only its recipient kept it waiting, the carrier isn't to blame either.
        case .carrier(.tooLate) where job.isTurnedDown: self = .turnedDown(after: nil, said(.late))
        case .carrier(.tooLate): self = .never(said(.late))
        case .carrier(.never): self = .turnedDown(after: nil, said(.refused))
        case .carrier(.outcomeUnknown): self = .never(said(.unknown))
        }
    }
}
