// A customer asks to be called; customer service answers, closes, opens again.

import Crypto
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
    /// Why the policy keeps the text from them.
    public let refusal: Refused?
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
    public func askForCall(_ session: Session, text: String, telephone: String) async throws(NotDone) -> CaseSummary {
        let text = text.trimmed, telephone = telephone.trimmed
        var faults: [FormFault] = []
        if text.isEmpty { faults.append(.textMissing) }
        if text.unicodeScalars.count > Self.longestCaseText { faults.append(.textTooLong(limit: Self.longestCaseText)) }
        if telephone.isEmpty {
            faults.append(.telephoneMissing)
        } else if !Registration.isTelephone(telephone) {
            faults.append(.telephoneUnfit)
        }
        guard faults.isEmpty else { throw .form(faults) }
        // One after the other: of many at once no more are opened than may be.
        return try await turns.run(session.subject) { () async throws(NotDone) in try await open(text, telephone, for: session) }
    }

    private func open(_ text: String, _ telephone: String, for session: Session) async throws(NotDone) -> CaseSummary {
        let subject = session.subject, now = clock.now()
        guard try cases(of: session).filter(\.isOpen).count < Self.mostOpenCases else { throw .tooMany(after: 86_400) }
        let item = Int64(bitPattern: randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 2) | 1
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let known = held.first { $0.field == "telephone number" }?.value
        // What they sign in with changes by a code to it, not in passing.
        if known != telephone, try attempt({ () throws(Refusal) in try isByTelephone(subject) }) { throw .form([.telephoneIsAddress]) }
        return try await attempt { () async throws(Refusal) in
            // The same words within a minute are the same press, sent twice.
            if let twin = held.first(where: { $0.field == "case message" && $0.value == text && $0.since > now - .seconds(60) }),
                let known = try summary(ofItem: twin.item)
            {
                return known
            }
            if known != telephone {
                try await vault.collect(CallBackNumber(number: telephone), of: subject, on: Basis()) { (_, _) throws(Refusal) in }
            }
            return try await vault.collect(CaseText(text: text), of: subject, item: item, on: Basis(item: item)) {
                (subject, rows) throws(Refusal) in
                let number = try rows.first(
                    "INSERT INTO help_case (subject, item, opened) VALUES (\(subject), \(item), \(now)) RETURNING number",
                    { $0.integer(0) })
                return CaseSummary(number: number ?? 0, opened: now, closed: nil)
            }
        }
    }

    public func cases(of session: Session) throws(NotDone) -> [CaseSummary] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT c.number, c.opened, x.at FROM help_case c LEFT JOIN help_case_closed x ON x.number = c.number
                        WHERE c.subject = \(session.subject) ORDER BY c.number DESC
                    """, CaseSummary.init)
            }
        }
    }

    public func ownCase(_ number: Int64, of session: Session) throws(NotDone) -> OwnCase {
        let found = try caseRow(number)
        guard let found, found.subject == session.subject else { throw .notFound }
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let message = held.first { $0.field == "case message" && $0.item == found.item }
        return OwnCase(summary: found.summary, text: message?.value ?? "", refusal: message?.refusal)
    }

    /// Number, times and state of one case; no personal data.
    public func staffSummary(_ number: Int64) throws(NotDone) -> CaseSummary {
        guard let found = try caseRow(number) else { throw .notFound }
        return found.summary
    }

    /// Numbers, times and states only, the oldest open one first; no personal data.
    public func cases(for staff: StaffMember) throws(NotDone) -> [CaseSummary] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT c.number, c.opened, x.at FROM help_case c LEFT JOIN help_case_closed x ON x.number = c.number
                        ORDER BY x.at IS NOT NULL, CASE WHEN x.at IS NULL THEN c.number ELSE -c.number END LIMIT 500
                    """, CaseSummary.init)
            }
        }
    }

    /// Reads name and text as a recorded use.
    public func staffCase(_ number: Int64, for staff: StaffMember) async throws(NotDone) -> StaffCase {
        guard let found = try caseRow(number) else { throw .notFound }
        do throws(Refusal) {
            let grant: Grant<CaseCustomer> = try await vault.grant(of: found.subject, by: staff.actor, on: found.basis)
            return StaffCase(summary: found.summary, customer: try vault.read(grant), refusal: nil)
        } catch {
            guard case .policy(let refused) = error else { throw .refused(error) }
            return StaffCase(summary: found.summary, customer: nil, refusal: refused)
        }
    }

    /// The telephone number, as a recorded use; a refusal of the policy comes as `.refused(.policy)`, recorded too.
    public func telephone(in number: Int64, for staff: StaffMember) async throws(NotDone) -> Disclosed<CaseTelephone> {
        guard let found = try caseRow(number) else { throw .notFound }
        return try await attempt { () async throws(Refusal) in
            let grant: Grant<CaseTelephone> = try await vault.grant(of: found.subject, by: staff.actor, on: found.basis)
            return try vault.read(grant)
        }
    }

    public func closeCase(_ number: Int64, by staff: StaffMember) async throws(NotDone) {
        guard let found = try caseRow(number) else { throw .notFound }
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            // Who may not see the case has no say in it; the policy decides, and the person sees who closed it.
            let _: Grant<CaseCustomer> = try await vault.grant(of: found.subject, by: staff.actor, on: found.basis)
            try await store.write { (rows) throws(Refusal) in
                try rows.run("INSERT INTO help_case_closed (number, at) VALUES (\(number), \(now)) ON CONFLICT DO NOTHING")
                return
            }
        }
    }

    /// The policy says that the person sets this condition: nobody else opens a case again.
    public func reopenCase(_ number: Int64, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject else { throw .notFound }
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM help_case_closed WHERE number = \(number)")
                return
            }
        }
    }
}

extension CaseSummary {
    init(_ row: borrowing Row) {
        self.init(number: row.integer(0), opened: row.instant(1), closed: row.instantOrNil(2))
    }
}

extension Environment {
    static let longestCaseText = 5_000
    static let mostOpenCases = 20

    private struct CaseRow {
        let subject: Subject, item: Int64, summary: CaseSummary
        var basis: Basis { Basis(matter: summary.number, item: item) }
    }

    private func summary(ofItem item: Int64) throws(Refusal) -> CaseSummary? {
        try store.read { (rows) throws(Refusal) in
            try rows.first(
                """
                SELECT c.number, c.opened, x.at FROM help_case c LEFT JOIN help_case_closed x ON x.number = c.number
                    WHERE c.item = \(item)
                """, CaseSummary.init)
        }
    }

    /// Whose case it is, and what a use for it stands on.
    func basis(ofCase number: Int64) throws(NotDone) -> (Subject, Basis)? { try caseRow(number).map { ($0.subject, $0.basis) } }

    private func caseRow(_ number: Int64) throws(NotDone) -> CaseRow? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    """
                    SELECT c.number, c.opened, x.at, c.subject, c.item FROM help_case c
                        LEFT JOIN help_case_closed x ON x.number = c.number WHERE c.number = \(number)
                    """
                ) { CaseRow(subject: Subject(id: $0.integer(3)), item: $0.integer(4), summary: CaseSummary($0)) }
            }
        }
    }
}
