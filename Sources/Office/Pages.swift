// What pages show of rooms that they don't import.

public import Store
import Outbound

/// A moment, as pages print it.
public typealias PointInTime = Instant

extension Instant {
    /// Whole seconds since 1970-01-01 00:00 UTC.
    public var unixSeconds: Int64 { seconds }
}

/// A mail that a development directory kept instead of sending it.
public struct OutboxMail: Sendable {
    public let at: PointInTime
    public let to, subject, text: String
}

extension Environment {
    /// Newest first; empty but in a development directory.
    public var outbox: [OutboxMail] {
        outbound.outbox.map { OutboxMail(at: $0.at, to: $0.to, subject: $0.subject, text: $0.text) }
    }
}
