// The conditions of the policy, answered by the house from its own rows; never passed in by a caller.

public import Store

/// Everything that a condition may look at: whose data, who asks, on what basis.
public struct Moment: Sendable {
    public let subject: Subject, actor: Actor, basis: Basis
    /// Of a message: the field that it goes through.
    public internal(set) var through: String?
    /// The message itself.
    public internal(set) var message: String?
    /// What a page supposes ("if you restricted it"), in place of what the house would answer. Nothing is done on it.
    var supposed: [String: Bool] = [:]
    public init(subject: Subject, actor: Actor, basis: Basis, through: String? = nil) {
        (self.subject, self.actor, self.basis, self.through) = (subject, actor, basis, through)
    }
}

public struct Answer: Sendable {
    /// nil: not known; it neither permits nor lifts a `never`.
    public let holds: Bool?
    /// When it last held, which `keep ... while COND, then D` counts from; nil: never.
    public let lastHeld: Instant?
    /// When it last didn't hold, which `keep ... while not COND, then D` counts from; nil: it always did.
    public let lastFailed: Instant?
    /// From when on it may be another although nothing is entered about the person until then; nil: never. The sweep looks again then.
    public let changes: Instant?
    public init(_ holds: Bool?, lastHeld: Instant? = nil, lastFailed: Instant? = nil, changes: Instant? = nil) {
        (self.holds, self.lastHeld, self.lastFailed, self.changes) = (holds, lastHeld, lastFailed, changes)
    }
}

/// One condition of the policy; the office registers each at start. Asked again in the transaction that records the use. Whatever changes
/// the answer about somebody is entered in their chain, in the same transaction or after it; of anything else the answer says when.
public protocol Condition: Sendable {
    /// As the policy names it.
    var name: String { get }
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer
    /// What its rows hold and the person's list tells too. Where the two differ, the sweep takes the answer for unknown.
    var told: [ToldState] { get }
}

extension Condition {
    public var told: [ToldState] { [] }
}

/// A moment of the policy from which time is counted (`keep ... after EVENT`).
public protocol Event: Sendable {
    var name: String { get }
    func happened(to subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Instant?
}
