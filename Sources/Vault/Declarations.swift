// To be filled.
public import Policy
public import Store
public struct OwnSession: Sendable { public let subject: Subject }
/// A stored value, with all that must be known of it.
public struct Holding: Sendable {
    public let field: String
    public let kind: FieldKind
    public let value: String
    /// The rules of the version at collection under which it was collected, with the purposes' prose.
    public let rules: [Rule]
    public let source: String
    public let since: Instant
    public let version: Version
    /// The last moment, as far as can be known now; nil: while a condition holds.
    public let until: Instant?
    public let terms: [Term]
}
public enum ProofState: Sendable, Hashable {
    /// Durable; the next checkpoint is a second away.
    case recorded
    /// Under a signed checkpoint, verified by the server just now; `number` is its place in the log.
    case signed(number: Int64)
    /// The log and the entry don't fit together.
    case mismatch
}
public struct ChainEntry: Sendable {
    /// From 1.
    public let sequence: Int64
    public let use: RecordedUse
    public let proof: ProofState
    /// What the browser verifies: the common part, as its hash went into the log.
    public let text: String
}
public struct Vault: Sendable { public var policy: Policy { fatalError() } }
