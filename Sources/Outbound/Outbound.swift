// The one door out.
public import Store
/// A mail that the development carrier took, kept in memory and nowhere else.
public struct CarriedMail: Sendable { public let at: Instant, to: String, subject: String, text: String }
public struct Outbound: Sendable {
    /// Newest first; empty but in a development directory.
    public var outbox: [CarriedMail] { [] }
}
