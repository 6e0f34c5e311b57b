// Legal holds: what a court or a claim forbids to lose is named by one officer and agreed to by the other; either ends it.

import Policy
import Store
public import Vault

/// What an officer writes who wants something held.
public struct HoldForm: Sendable {
    /// Their e-mail address, or their number.
    public let customer: String
    public let fields: [String]
    /// The law, the order and why; what it says of whom stays sealed.
    public let reason: String
    /// The last day, `2027-01-31`.
    public let review: String
    public init(customer: String, fields: [String], reason: String, review: String) {
        (self.customer, self.fields, self.reason, self.review) = (customer, fields, reason, review)
    }
}

/// A hold as officers see it.
public struct HoldSummary: Sendable {
    public let hold: Hold
    /// Opened and recorded; nil until both agreed, and where the policy refuses to open it.
    public let reason: String?
    /// Why it does.
    public let unread: Refused?
    /// The other officer may agree.
    public let mayAgree: Bool
    /// Its day of review is past, and with it the copy.
    public let isOver: Bool
}

extension Environment {
    /// The fields of which a copy can be laid aside.
    public static var fieldsToHold: [String] { HeldCopy.declared.from }

    /// The longest time until somebody has to look again.
    public static let longestHold = 366

    public func holds(for member: StaffMember) async throws(NotDone) -> [HoldSummary] {
        guard member.isOfficer else { throw .notFound }
        return try await attempt { () async throws(Refusal) in
            var all: [HoldSummary] = []
            for hold in try vault.holds() {
                var reason: String?, unread: Refused?
                if hold.agreed != nil {
                    // What can't be read can be ended all the same.
                    do throws(Refusal) {
                        let grant: Grant<DemandText> = try await vault.grant(
                            of: hold.matter, by: member.actor, on: Basis(matter: hold.number))
                        reason = try vault.read(grant).value.text
                    } catch {
                        guard case .policy(let refused) = error else { throw error }
                        unread = refused
                    }
                }
                let isOther = !hold.first.hasPrefix(member.role + " ")
                all.append(
                    HoldSummary(
                        hold: hold, reason: reason, unread: unread, mayAgree: hold.agreed == nil && hold.subject != nil && isOther,
                        isOver: hold.agreed != nil && hold.review < Day(of: clock.now())))
            }
            return all
        }
    }

    /// Nothing is held before the other officer agrees.
    public func propose(_ form: HoldForm, by member: StaffMember) async throws(NotDone) {
        guard member.isOfficer else { throw .notFound }
        let reason = form.reason.trimmed, today = Day(of: clock.now()), fields = Self.fieldsToHold.filter(form.fields.contains)
        var faults: [FormFault] = []
        if fields.isEmpty { faults.append(.fieldsMissing) }
        if reason.isEmpty { faults.append(.textMissing) }
        if reason.unicodeScalars.count > Self.longestCaseText { faults.append(.textTooLong(limit: Self.longestCaseText)) }
        let review = Day(iso: form.review.trimmed)
        if review.map({ $0 <= today || $0.number > today.number + Self.longestHold }) ?? true { faults.append(.dayUnfit) }
        guard faults.isEmpty, let review else { throw .form(faults) }
        // Asked last: a form that is refused for anything else doesn't tell who is a customer.
        guard let subject = try subject(named: form.customer.filter { !$0.isWhitespace }) else { throw .form([.customerUnknown]) }
        do throws(Refusal) {
            _ = try await vault.proposeHold(LegalDemand(text: reason), on: fields, of: subject, until: review, by: member.holding)
        } catch {
            // Nobody has the number, or nothing of these is stored.
            if case .gone = error { throw .form([.customerUnknown]) }
            throw .refused(error)
        }
    }

    private func subject(named name: String) throws(NotDone) -> Subject? {
        if let number = Int64(name) { return Subject(id: number) }
        guard Registration.isEmail(name) else { return nil }
        return try attempt { () throws(Refusal) in try vault.find(LookupAddress(email: name)) }
    }

    public func agree(toHold number: Int64, by member: StaffMember) async throws(NotDone) {
        guard member.isOfficer else { throw .notFound }
        do throws(Refusal) { try await vault.agreeToHold(HeldCopy.self, number, by: member.holding) } catch {
            if case .gone = error { throw .notFound }
            throw .refused(error)
        }
    }

    public func end(hold number: Int64, by member: StaffMember) async throws(NotDone) {
        guard member.isOfficer else { throw .notFound }
        do throws(Refusal) { try await vault.endHold(number, by: member.holding) } catch {
            if case .gone = error { throw .notFound }
            throw .refused(error)
        }
    }

    /// The copies that are laid aside of the person, as the policy lets them know of them.
    func heldCopies(of session: Session) throws(Refusal) -> [Beside] {
        try vault.holds(of: session.subject).flatMap { hold in
            hold.fields.map { field in
                Beside(
                    .derive, "held copy", from: nil, to: "answer a legal demand", via: field, by: "privacy officer", value: field,
                    since: hold.agreed ?? hold.proposed)
            }
        }
    }
}

extension StaffMember {
    fileprivate var holding: HoldingOfficer { HoldingOfficer(subject, role: role, number: number) }
}

/// What the matter is about, as the first officer wrote it.
struct LegalDemand: Collecting {
    static let declared: UseDeclaration = .collect("legal demand", from: "legal desk", to: "answer a legal demand")
    let text: String
    var values: [Given] { [Given("legal demand", text)] }
}

struct DemandText: Reading {
    static let declared: UseDeclaration = .read("legal demand", by: "privacy officer", to: "answer a legal demand")
    let text: String
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("legal demand") ?? "" }
}

/// The copy that is laid aside.
struct HeldCopy: Use {
    static let declared: UseDeclaration = .derive(
        "held copy", from: "full name", "email address", "telephone number", "case message", by: "privacy officer",
        to: "answer a legal demand")
}
