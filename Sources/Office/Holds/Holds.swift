// Legal holds: what a court or a claim forbids to lose is named by one officer and agreed to by the other; either ends it.

import Outbound
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
    /// The last day on which a court forbids to tell the person; empty: none does.
    public let silence: String
    public init(customer: String, fields: [String], reason: String, review: String, silence: String = "") {
        (self.customer, self.fields, self.reason, self.review, self.silence) = (customer, fields, reason, review, silence)
    }
}

/// A hold as officers see it.
public struct HoldSummary: Sendable {
    public let hold: Hold
    /// What stands of a restraint in it.
    public let restraint: Restraint?
    /// The other officer may agree.
    public let mayAgree: Bool
    /// The other officer may agree that the restraint runs longer.
    public let mayAgreeToSilence: Bool
    /// Its day of review is past, and with it the copy.
    public let isOver: Bool
}

/// The papers of a hold, opened.
public struct HoldPapers: Sendable {
    public let summary: HoldSummary
    /// nil where nobody may open it: before both agreed, and where the policy refuses.
    public let reason: String?
    /// Why the policy does.
    public let unread: Refused?
}

extension Environment {
    /// The fields of which a copy can be laid aside.
    public static var fieldsToHold: [String] { HeldCopy.declared.from }

    /// The longest time until somebody has to look again.
    public static let longestHold = 366

    /// The list opens nothing.
    public func holds(for member: StaffMember) throws(NotDone) -> [HoldSummary] {
        guard member.isOfficer else { throw .notFound }
        let counts = try waiting(member) == nil
        return try attempt { () throws(Refusal) in
            try vault.holds().map { (hold) throws(Refusal) in try summary(hold, for: member, counts) }
        }
    }

    /// Opens what the matter is about; that is recorded.
    public func papers(ofHold number: Int64, for member: StaffMember) async throws(NotDone) -> HoldPapers {
        guard let summary = try holds(for: member).first(where: { $0.hold.number == number }) else { throw .notFound }
        let hold = summary.hold
        guard hold.agreed != nil else { return HoldPapers(summary: summary, reason: nil, unread: nil) }
        // What can't be read can be ended all the same.
        do throws(Refusal) {
            let grant: Grant<DemandText> = try await vault.grant(of: hold.matter, by: member.actor, on: Basis(matter: number))
            return HoldPapers(summary: summary, reason: try vault.read(grant).value.text, unread: nil)
        } catch {
            guard case .policy(let refused) = error else { throw .refused(error) }
            return HoldPapers(summary: summary, reason: nil, unread: refused)
        }
    }

    private func summary(_ hold: Hold, for member: StaffMember, _ counts: Bool) throws(Refusal) -> HoldSummary {
        func isOther(_ first: String) -> Bool { !first.hasPrefix(member.role + " ") }
        let restraint = try vault.restraint(of: hold.number)
        return HoldSummary(
            hold: hold, restraint: restraint, mayAgree: counts && hold.agreed == nil && hold.subject != nil && isOther(hold.first),
            mayAgreeToSilence: counts && hold.agreed != nil && restraint?.first.map(isOther) ?? false,
            isOver: hold.agreed != nil && hold.review < Day(of: clock.now()))
    }

    /// Nothing is held before the other officer agrees.
    public func propose(_ form: HoldForm, by member: StaffMember) async throws(NotDone) {
        guard member.isOfficer else { throw .notFound }
        if let new = try waiting(member) { throw .form([.officerWaits(new)]) }
        // A hold whose copy no rule lets be made would only look like one.
        if let refused = refusal(of: .hold) { throw .refused(.policy(refused)) }
        let reason = form.reason.trimmed, fields = Self.fieldsToHold.filter(form.fields.contains)
        var faults: [FormFault] = []
        if form.customer.trimmed.isEmpty { faults.append(.customerUnknown) }
        if fields.isEmpty { faults.append(.fieldsMissing) }
        if reason.isEmpty { faults.append(.textMissing) }
        if reason.unicodeScalars.count > Self.longestCaseText { faults.append(.textTooLong(limit: Self.longestCaseText)) }
        let review = day(form.review)
        if review == nil { faults.append(.dayUnfit) }
        let silence = day(form.silence)
        if silence == nil, !form.silence.trimmed.isEmpty { faults.append(.silenceUnfit) }
        guard faults.isEmpty, let review else { throw .form(faults) }
        // Asked last: a form that is refused for anything else doesn't tell who is a customer.
        guard let subject = try subject(named: form.customer.filter { !$0.isWhitespace }) else { throw .form([.customerUnknown]) }
        do throws(Refusal) {
            _ = try await vault.proposeHold(
                LegalDemand(text: reason), on: fields, of: subject, until: review, silence: silence, by: member.holding)
        } catch {
            // Nobody has the number, or nothing of these is stored.
            if case .gone = error { throw .form([.customerUnknown]) }
            throw .refused(error)
        }
    }

    /// A day to come, within a year.
    private func day(_ text: String) -> Day? {
        let today = Day(of: clock.now())
        return Day(iso: text.trimmed).flatMap { $0 > today && $0.number <= today.number + Self.longestHold ? $0 : nil }
    }

    private func subject(named name: String) throws(NotDone) -> Subject? {
        if let number = Int64(name), !name.hasPrefix("+") { return Subject(id: number) }
        if let number = outbound.number(name) {
            return try attempt { () throws(Refusal) in try vault.find(LookupAddress(telephone: number)) }
        }
        guard Registration.isEmail(name) else { return nil }
        return try attempt { () throws(Refusal) in try vault.find(LookupAddress(email: name)) }
    }

    public func agree(toHold number: Int64, by member: StaffMember) async throws(NotDone) {
        try await act(member) { (officer) throws(Refusal) in try await vault.agreeToHold(HeldCopy.self, number, by: officer) }
    }

    public func end(hold number: Int64, by member: StaffMember) async throws(NotDone) {
        try await act(member) { (officer) throws(Refusal) in try await vault.endHold(number, by: officer) }
    }

    /// Asks the other officer that the person be told later still.
    public func prolongSilence(ofHold number: Int64, until text: String, by member: StaffMember) async throws(NotDone) {
        guard let day = day(text) else { throw .form([.silenceUnfit]) }
        try await act(member) { (officer) throws(Refusal) in try await vault.extendRestraint(of: number, until: day, by: officer) }
    }

    public func agree(toSilenceOfHold number: Int64, by member: StaffMember) async throws(NotDone) {
        try await act(member) { (officer) throws(Refusal) in try await vault.agreeToRestraint(of: number, by: officer) }
    }

    /// From now on the person may know.
    public func endSilence(ofHold number: Int64, by member: StaffMember) async throws(NotDone) {
        try await act(member) { (officer) throws(Refusal) in try await vault.endRestraint(of: number, by: officer) }
    }

    private func act(_ member: StaffMember, _ body: (HoldingOfficer) async throws(Refusal) -> Void) async throws(NotDone) {
        guard member.isOfficer else { throw .notFound }
        if let new = try waiting(member) { throw .form([.officerWaits(new)]) }
        do throws(Refusal) { try await body(member.holding) } catch {
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
                    since: hold.agreed ?? hold.proposed, matter: hold.number)
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
