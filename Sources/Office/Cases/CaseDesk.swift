// The cases as the staff see them: each role its queue, by numbers and times; a person only within a case, as far as the policy lets them.

public import Policy
import Store
public import Vault

/// A case as who works on it sees it.
public struct StaffCase: Sendable {
    public let summary: CaseSummary
    /// Opened and recorded; nil with `refusal` where the policy says no.
    public let customer: Disclosed<CaseCustomer>?
    public let refusal: Refused?
    /// What the customer wrote first; empty where it was taken away.
    public var words: String { customer?.value.texts[item] ?? "" }
    let item: Int64
    /// What was done; with its texts where the policy lets who looks read them.
    public let steps: [CaseStep]
    /// Why it doesn't.
    public let unread: Refused?
    /// What lies in it can't be opened: neither read nor refused.
    public var isDamaged = false
    /// Somebody who works here asked: they have no name, address or number as a customer.
    public var isOfStaff = false
}

/// How a case ended.
public enum CaseEnd: Sendable {
    case closed
    /// With its person.
    case deleted
}

extension Environment {
    /// The roles that a case can be handed to: those for which the policy opens something on an open case.
    public var desks: [String] { policy.roles.filter { isDesk($0) } }

    /// What the policy lets a role read of whose case is open, in order to answer; the fields by its names.
    public func fieldsOpen(to role: String) -> [String] { Array(openFields(to: role)) }

    func isDesk(_ role: String) -> Bool { openFields(to: role).contains { _ in true } }

    /// By which the version before opened something of an open case to a role, where the present one opens nothing.
    public func formerDesk(_ role: String) -> Rule? {
        guard !isDesk(role), let former = vault.formerPolicy, let condition = try? former.condition(OpenCase().name) else { return nil }
        return former.fields.lazy.compactMap { (field) -> Rule? in
            guard let flow = former.reading(field.name, by: role, to: CaseCustomer.declared.purpose),
                former.asked(by: flow).contains(condition)
            else { return nil }
            return former.ruleAllowing(flow)
        }.first
    }

    private func openFields(to role: String) -> some Sequence<String> {
        let policy = policy, condition = try? policy.condition(OpenCase().name)
        return policy.fields.lazy.map(\.name).filter { field in
            guard let condition, let flow = policy.reading(field, by: role, to: CaseCustomer.declared.purpose) else { return false }
            return policy.asked(by: flow).contains(condition)
        }
    }

    /// What a case itself holds: who asks, what they said, what was written down.
    public static let fieldsOfCase = CaseCustomer.declared.things + CaseNotes.declared.things

    /// Number, times and state of one case, for whom the policy opens something in cases; no personal data.
    public func staffSummary(_ number: Int64, for staff: StaffMember) throws(NotDone) -> CaseSummary {
        let found = try caseRow(number, for: staff)
        guard !isDesk(staff.role) || found.summary.queue != staff.role else { return found.summary }
        do throws(NotDone) {
            guard let refused = try previewOfCase(number, for: staff), !isDesk(staff.role) || isOthers(found.summary, staff) else {
                return found.summary
            }
            throw .refused(.policy(refused))
        } catch {
            // What can't be opened says so where it is read.
            guard case .refused(.damaged) = error, isDesk(staff.role), !isOthers(found.summary, staff) else { throw error }
            return found.summary
        }
    }

    /// Why nothing can be done in a case any more; nil: something can, or there never was one. Only to whom cases open it is told.
    public func end(ofCase number: Int64, for staff: StaffMember) throws(NotDone) -> CaseEnd? {
        guard number > 0, isDesk(staff.role), try !concerns(staff, number) else { return nil }
        if let found = try caseRow(number) { return found.summary.isOpen ? nil : .closed }
        let isGiven = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.exists("SELECT 1 FROM number_given WHERE name = 'help_case' AND last >= \(number)")
            }
        }
        return isGiven ? .deleted : nil
    }

    /// Nothing is attempted in a case that is over: `end(ofCase:for:)` says that to whom cases open, and the policy refuses it to others.
    func caseToWork(in number: Int64, for staff: StaffMember) throws(NotDone) -> CaseRow {
        let found = try caseRow(number, for: staff)
        guard found.summary.isOpen || !isDesk(staff.role) else { throw .notFound }
        return found
    }

    /// The queue of who asks, what is due first in front, then what was closed last; no personal data.
    public func cases(for staff: StaffMember) throws(NotDone) -> [CaseSummary] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                let open = try rows.all(
                    """
                    SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE c.queue = \(staff.role) AND x.at IS NULL
                        ORDER BY c.due IS NULL, c.due, c.number LIMIT 1000
                    """, CaseRow.init)
                let closed = try rows.all(
                    """
                    SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE c.queue = \(staff.role) AND x.at IS NOT NULL
                        ORDER BY x.at DESC, c.number DESC LIMIT 500
                    """, CaseRow.init)
                let shown = try Complaint.without((open + closed).filter { $0.subject != staff.subject }, whatConcerns: staff, in: rows)
                let (waiting, over) = (shown.filter(\.summary.isOpen), shown.filter { !$0.summary.isOpen })
                let first = try CaseRow.resting(waiting, in: rows).map(\.summary).sorted(by: Self.comesFirst)
                return Array((first + over.map(\.summary)).prefix(500))
            }
        }
    }

    /// What is due first; what has no clock, in the order in which it came.
    private static func comesFirst(_ one: CaseSummary, _ other: CaseSummary) -> Bool {
        switch (one.due, other.due) {
        case (let due?, let later?) where due != later: due < later
        case (_?, nil): true
        case (nil, _?): false
        default: one.number < other.number
        }
    }

    /// Reads name, text and notes as recorded uses.
    public func staffCase(_ number: Int64, for staff: StaffMember) async throws(NotDone) -> StaffCase {
        _ = try caseRow(number, for: staff)
        // Whom the policy lets read nothing of it can't finish it either, and sees why below.
        do throws(NotDone) { try await finishJoining(number, by: staff) } catch {
            guard case .refused(.policy) = error else { throw error }
        }
        let found = try caseRow(number, for: staff)
        let steps = try steps(ofCase: number)
        if let refused = try isKnownToRefuse(found, steps, staff) {
            return StaffCase(summary: found.summary, customer: nil, refusal: refused, item: found.item, steps: steps, unread: refused)
        }
        do throws(Refusal) {
            let added = steps.filter { $0.kind == .added }, (said, closed) = try openable(added, CaseCustomer.self, of: found, for: staff)
            let grant: Grant<CaseCustomer> = try await vault.grant(
                of: found.subject, by: staff.actor, on: found.basis(with: said), sameWithin: Self.sameUse)
            let customer = try vault.read(grant), texts = customer.value.texts
            let (read, unread) = try await opened(
                steps.map { $0.kind == .added ? $0.with(texts, closed: closed) : $0 }, of: found, for: staff)
            return StaffCase(
                summary: found.summary, customer: customer, refusal: nil, item: found.item, steps: read, unread: unread,
                isDamaged: read.contains(where: \.isUnreadable), isOfStaff: try isOfStaff(found.subject))
        } catch {
            // To whom the policy opens nothing in any case, or nothing of this one, which isn't theirs, not even what happened in it is told.
            guard desks.contains(staff.role), !isOthers(found.summary, staff) else { throw .refused(error) }
            if case .damaged = error {
                return StaffCase(
                    summary: found.summary, customer: nil, refusal: nil, item: found.item, steps: steps.map(\.closed), unread: nil,
                    isDamaged: true)
            }
            guard case .policy(let refused) = error else { throw .refused(error) }
            return StaffCase(summary: found.summary, customer: nil, refusal: refused, item: found.item, steps: steps, unread: refused)
        }
    }

    func isOfStaff(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in try isStaff(subject, in: rows) }
    }

    /// The case after something in it was refused: where its own reading would be refused too, that is said and not attempted.
    public func staffCaseAfterRefusal(_ number: Int64, for staff: StaffMember) async throws(NotDone) -> StaffCase {
        let summary = try staffSummary(number, for: staff)
        guard let refused = try previewOfCase(number, for: staff) else { return try await staffCase(number, for: staff) }
        return StaffCase(
            summary: summary, customer: nil, refusal: refused, item: 0, steps: try steps(ofCase: number), unread: refused)
    }

    /// It is in another role's queue, and the policy lets this one read it on no condition.
    private func isOthers(_ summary: CaseSummary, _ staff: StaffMember) -> Bool {
        summary.queue != staff.role && !policy.mayEverRead(CaseCustomer.declared, by: staff.role)
    }

    /// Where it is known beforehand that a case in one's queue isn't read, nothing is asked, and no attempt is entered against the person: it
    /// was handed to a role whose work that isn't, or it is closed, or rests.
    private func isKnownToRefuse(_ found: CaseRow, _ steps: [CaseStep], _ staff: StaffMember) throws(NotDone) -> Refused? {
        let summary = found.summary, isPaused = !summary.isOpen || summary.isResting
        guard summary.queue == staff.role, isPaused && isDesk(staff.role) || steps.contains(where: { $0.kind == .handed }) else {
            return nil
        }
        let refused = try attempt { () throws(Refusal) -> Refused? in
            do throws(Refusal) {
                return try vault.preview(CaseCustomer.self, of: found.subject, by: staff.actor, on: found.basis)
            } catch {
                // What can't be opened says so where it is read.
                guard case .damaged = error else { throw error }
                return nil
            }
        }
        guard let refused, !isPaused else { return refused }
        guard case .noRule = refused.why, refused.missing == nil else { return nil }
        return refused
    }

    public func closeCase(_ number: Int64, by staff: StaffMember) async throws(NotDone) {
        let found = try caseToWork(in: number, for: staff)
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            // Who may not see the case has no say in it; the policy decides, and the person sees who closed it.
            let _: Grant<CaseCustomer> = try await vault.grant(of: found.subject, by: staff.actor, on: found.basis)
            try await store.write { (rows) throws(Refusal) in
                try Self.close(number, by: staff, at: now, rows)
            }
        }
    }

    /// - Parameter staff: nil: the person did it themselves.
    static func close(
        _ number: Int64, by staff: StaffMember?, at now: Instant, _ rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let isNew = try rows.run("INSERT INTO help_case_closed (number, at) VALUES (\(number), \(now)) ON CONFLICT DO NOTHING") > 0
        if isNew { try note(.closed, in: number, by: staff, at: now, rows) }
    }

    /// Their texts are one use, whatever their number; none is made where there is no text.
    private func opened(
        _ steps: [CaseStep], of found: CaseRow, for staff: StaffMember
    ) async throws(Refusal) -> ([CaseStep], Refused?) {
        let (notes, closed) = try openable(steps.filter { $0.kind != .added && $0.item != nil }, CaseNotes.self, of: found, for: staff)
        func with(_ texts: [Int64: String]) -> [CaseStep] { steps.map { $0.kind == .added ? $0 : $0.with(texts, closed: closed) } }
        guard !notes.isEmpty else { return (with([:]), nil) }
        do throws(Refusal) {
            let grant: Grant<CaseNotes> = try await vault.grant(
                of: found.subject, by: staff.actor, on: found.basis(with: notes), sameWithin: Self.sameUse)
            return (with(try vault.read(grant).value.texts), nil)
        } catch {
            guard case .policy(let refused) = error else { throw error }
            return (steps, refused)
        }
    }

    /// Those whose texts open, and the items of those that don't: what can't be opened doesn't keep the rest from who looks.
    private func openable<U: Reading>(
        _ steps: [CaseStep], _: U.Type, of found: CaseRow, for staff: StaffMember
    ) throws(Refusal) -> ([CaseStep], Set<Int64>) {
        func opens(_ steps: [CaseStep]) throws(Refusal) -> Bool {
            do throws(Refusal) { _ = try vault.preview(U.self, of: found.subject, by: staff.actor, on: found.basis(with: steps)) } catch {
                guard case .damaged = error else { throw error }
                return false
            }
            return true
        }
        if steps.isEmpty { return ([], []) }
        let isWhole = try opens(steps), isNone = try !opens([])
        if isWhole || isNone { return (steps, []) }
        var good: [CaseStep] = []
        for step in steps { if try opens([step]) { good.append(step) } }
        return (good, Set(steps.compactMap(\.item)).subtracting(good.compactMap(\.item)))
    }
}

extension CaseStep {
    /// Where nothing of the case opens.
    fileprivate var closed: CaseStep {
        var step = self
        step.isUnreadable = hasText
        return step
    }
}
