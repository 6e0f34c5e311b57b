// What pages show of rooms that they don't import.

public import Store
import Outbound
import Vault

/// A moment, as pages print it.
public typealias PointInTime = Instant

extension Instant {
    /// Whole seconds since 1970-01-01 00:00 UTC.
    public var unixSeconds: Int64 { seconds }
}

extension Environment {
    /// This moment, or one so many days from it.
    public func moment(inDays days: Int = 0) -> PointInTime { clock.now() + .seconds(days * 86_400) }
}

/// A mail that a development directory kept instead of sending it.
public struct OutboxMail: Sendable {
    public let at: PointInTime
    public let to, subject, text: String
}

extension Environment {
    /// Newest first; empty but in a development directory.
    public var keepsMails: Bool { outbound.keepsMails }

    public var outbox: [OutboxMail] {
        outbound.outbox.map { OutboxMail(at: $0.at, to: $0.to, subject: $0.subject, text: $0.text) }
    }
}

/// Why nothing can be written for a while.
public struct WritingStop: Sendable, Hashable {
    /// When trying again may help, in seconds.
    public let seconds: Int
    /// What the operator has to do; nil where it passes by itself.
    public let forTheOperator: String?
}

extension NotDone {
    /// For the operator, where a row that had to be new is there already: somebody changed the database. nil: that isn't it.
    public var rowInTheWay: String? {
        guard case .refused(.store(.conflict)) = self, case .refused(.store(let fault)) = self else { return nil }
        return "\(fault)"
    }

    /// nil: something else was the matter.
    public var writingStop: WritingStop? {
        // Another version came into force just now; asked again, it decides.
        if case .refused(.policyChanged) = self { return WritingStop(seconds: 2, forTheOperator: nil) }
        guard case .refused(.store(let fault)) = self else { return nil }
        return switch fault {
        case .busy, .crowded, .slow: WritingStop(seconds: 5, forTheOperator: nil)
        case .unreachable: WritingStop(seconds: 30, forTheOperator: "\(fault)")
        case .full, .readOnly, .inputOutput, .denied: WritingStop(seconds: 300, forTheOperator: "\(fault)")
        default: nil
        }
    }
}
