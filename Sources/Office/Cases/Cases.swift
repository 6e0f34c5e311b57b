// A customer asks to be called; customer service answers, closes, opens again.

public import Store
public import Vault

public struct CaseSummary: Sendable, Hashable {
    public let number: Int64
    public let opened: Instant
    /// nil: open.
    public let closed: Instant?
    public var isOpen: Bool { closed == nil }
}

/// A case as its own customer sees it.
public struct OwnCase: Sendable {
    public let summary: CaseSummary
    public let text: String
}

/// A case as customer service sees it, as far as the policy lets them.
public struct StaffCase: Sendable {
    public let summary: CaseSummary
    /// Opened and recorded; nil with `refusal` where the policy says no.
    public let customer: Disclosed<CaseCustomer>?
    public let refusal: Refused?
}

extension Environment {
    /// Opens a case with what the person wrote; `telephone` is where to call, and is stored with the contact data.
    public func askForCall(_ session: Session, text: String, telephone: String) async throws(NotDone) -> CaseSummary { fatalError() }

    public func cases(of session: Session) throws(NotDone) -> [CaseSummary] { fatalError() }
    public func ownCase(_ number: Int64, of session: Session) throws(NotDone) -> OwnCase { fatalError() }

    /// Numbers, times and states only, open ones first; no personal data.
    public func cases(for staff: StaffMember) throws(NotDone) -> [CaseSummary] { fatalError() }

    /// Reads name and text as a recorded use.
    public func staffCase(_ number: Int64, for staff: StaffMember) async throws(NotDone) -> StaffCase { fatalError() }

    /// The telephone number, as a recorded use; a refusal of the policy comes as `.refused(.policy)`, recorded too.
    public func telephone(in number: Int64, for staff: StaffMember) async throws(NotDone) -> Disclosed<CaseTelephone> { fatalError() }

    public func closeCase(_ number: Int64, by staff: StaffMember) async throws(NotDone) { fatalError() }
    public func reopenCase(_ number: Int64, by session: Session) async throws(NotDone) { fatalError() }
}
