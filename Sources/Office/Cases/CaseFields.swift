// What of a customer stays hidden in a case until somebody gives a reason: one of those for which the policy knows their work.

import Policy
public import Store
public import Vault

/// A field and the reason for which it opens.
public enum CaseReason: String, CaseIterable, Sendable, Hashable {
    case telephoneToAnswer = "telephone-to-answer"
    case telephoneOfCaller = "telephone-of-caller"
    case emailOfCaller = "email-of-caller"
    case callerAddress = "caller-address"

    /// As the policy names it.
    public var field: String { use.declared.things[0] }
    public var purpose: String { use.declared.purpose ?? "" }

    var use: any CaseField.Type {
        switch self {
        case .telephoneToAnswer: CaseTelephone.self
        case .telephoneOfCaller: CallerTelephone.self
        case .emailOfCaller: CallerEmail.self
        case .callerAddress: CallerAddress.self
        }
    }
}

/// How one of them stands for who looks.
public struct CaseOpening: Sendable {
    public let reason: CaseReason
    /// What would be said if it were asked for now; nil: yes.
    public let refusal: Refused?
    /// false: the policy would open it, and there is nothing to open.
    public let isStored: Bool
    /// Opened a while ago and still open: reloading until then is the same use.
    public let open: (value: String, until: Instant, seconds: Int64)?
    /// What it would open can't be opened.
    public var isDamaged = false
}

extension Environment {
    /// So long what was opened in a case stays open to who opened it: reloading the page is no second use.
    static let sameUse = Swift.Duration.seconds(15 * 60)

    /// Opens a field for its reason: one use, recorded before this returns. A refusal of the policy comes as `.refused(.policy)`; where nothing
    /// is stored nothing is read, and that comes as `.form`.
    public func open(_ reason: CaseReason, in number: Int64, for staff: StaffMember) async throws(NotDone) {
        try await open(reason.use, in: number, for: staff)
    }

    /// Each field and reason, with what is open still.
    public func openings(in number: Int64, for staff: StaffMember) throws(NotDone) -> [CaseOpening] {
        let found = try caseRow(number, for: staff)
        let (subject, basis, summary) = (found.subject, found.basis, found.summary)
        return try attempt { () throws(Refusal) in
            try CaseReason.allCases.filter(summary.hides).map { (reason) throws(Refusal) in
                do throws(Refusal) { return try opening(reason, reason.use, of: subject, for: staff, on: basis) } catch {
                    guard case .damaged = error else { throw error }
                    return CaseOpening(reason: reason, refusal: nil, isStored: true, open: nil, isDamaged: true)
                }
            }
        }
    }

    private func open<U: CaseField>(_: U.Type, in number: Int64, for staff: StaffMember) async throws(NotDone) {
        let found = try caseRow(number, for: staff), (subject, basis) = (found.subject, found.basis)
        let isEmpty = try attempt { () throws(Refusal) in
            guard try vault.preview(U.self, of: subject, by: staff.actor, on: basis) == nil else { return false }
            return try !vault.isStored(U.self, of: subject, on: basis)
        }
        guard !isEmpty else { throw .form([.nothingStored(U.declared.things[0])]) }
        try await attempt { () async throws(Refusal) in
            let _: Grant<U> = try await vault.grant(of: subject, by: staff.actor, on: basis)
        }
    }

    private func opening<U: CaseField>(
        _ reason: CaseReason, _: U.Type, of subject: Subject, for staff: StaffMember, on basis: Basis
    ) throws(Refusal) -> CaseOpening {
        if let again = try vault.again(U.self, of: subject, by: staff.actor, on: basis, within: Self.sameUse) {
            let until = again.since + Self.sameUse
            let seconds = max(until.seconds - clock.now().seconds, 0)
            return CaseOpening(reason: reason, refusal: nil, isStored: true, open: (try vault.read(again).value.shown, until, seconds))
        }
        let refused = try vault.preview(U.self, of: subject, by: staff.actor, on: basis)
        guard refused == nil else { return CaseOpening(reason: reason, refusal: refused, isStored: true, open: nil) }
        return CaseOpening(reason: reason, refusal: nil, isStored: try vault.isStored(U.self, of: subject, on: basis), open: nil)
    }
}

/// One field of the customer, as it is shown.
protocol CaseField: Reading {
    /// Empty where none is stored.
    var shown: String { get }
}

extension CaseTelephone: CaseField {
    var shown: String { number }
}

/// To call back whoever says that they are the customer.
struct CallerTelephone: CaseField {
    static let declared: UseDeclaration = .read("telephone number", by: "customer service", to: "make sure it is you")
    let shown: String
    init(_ record: borrowing Opened) throws(Refusal) { shown = record.text("telephone number") ?? "" }
}

/// To see whether a mail comes from the customer's address.
struct CallerEmail: CaseField {
    static let declared: UseDeclaration = .read("email address", by: "customer service", to: "make sure it is you")
    let shown: String
    init(_ record: borrowing Opened) throws(Refusal) { shown = record.text("email address") ?? "" }
}

/// The number or address that a call or a mail came from.
struct CallerAddress: CaseField {
    static let declared: UseDeclaration = .read("caller address", by: "customer service", to: "answer you")
    let shown: String
    init(_ record: borrowing Opened) throws(Refusal) { shown = record.text("caller address") ?? "" }
}

extension CaseSummary {
    /// Of somebody who isn't known nothing is stored but where they called from; a form says nothing of that.
    func hides(_ reason: CaseReason) -> Bool { reason == .callerAddress ? channel != .form : isJoined }
}
