// What a person sees of what is held of them and who used it, and how they leave.

import Policy
public import Store
public import Vault

/// What a deletion does, told before it is done.
public struct Departure: Sendable {
    /// The fields that go, as the policy names them.
    public let goes: [String]
    /// What the policy keeps, each with its rule.
    public let stays: [Staying]
}
public struct Staying: Sendable, Hashable {
    public let field: String
    /// The rule that keeps it.
    public let rule: String
    /// The words of its reason, or the law that it cites.
    public let reason: String
    public let byLaw: Bool
    /// The last moment.
    public let until: Instant
}

/// What was done at a deletion, shown once and kept under its receipt number.
public struct Farewell: Sendable {
    /// Random; says nothing of the person.
    public let receipt: String
    public let at: Instant
    public let stays: [Staying]
}

extension Environment {
    /// Each stored value with why, since, until, source and version.
    public func holdings(of session: Session) throws(NotDone) -> [Holding] { fatalError() }

    /// The newest first; `before` is the sequence number to go on from.
    public func uses(of session: Session, before: Int64?, limit: Int) throws(NotDone) -> [ChainEntry] { fatalError() }

    /// One entry of the person's chain, with the state of its proof.
    public func use(_ sequence: Int64, of session: Session) throws(NotDone) -> ChainEntry { fatalError() }

    /// The proof as JSON that the browser verifies; nil until it is under a signed checkpoint.
    public func proof(of sequence: Int64, of session: Session) throws(NotDone) -> [UInt8]? { fatalError() }

    public func departure(of session: Session) throws(NotDone) -> Departure { fatalError() }

    /// Destroys the keys, then the rows; ends all sessions.
    public func leave(_ session: Session) async throws(NotDone) -> Farewell { fatalError() }

    /// What stays of a deletion, by its receipt; for the page that the person can come back to.
    public func farewell(receipt: String) throws(NotDone) -> Farewell { fatalError() }
}
