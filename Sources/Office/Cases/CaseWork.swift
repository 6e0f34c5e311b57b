// What the staff do in a case: take it, write into it, answer, wait, hand it to another role.

import Outbound
import Policy
import Store
import Vault

/// What becomes of a case once it is answered.
public enum Afterwards: String, Sendable, CaseIterable { case wait, close }

extension Environment {
    /// It is theirs from now on. Only a role's own queue is theirs to take from.
    public func takeCase(_ number: Int64, by staff: StaffMember) async throws(NotDone) {
        guard try workable(number, for: staff).summary.queue == staff.role else { throw .notFound }
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                let isTaken =
                    try rows.run(
                        "UPDATE help_case SET owner = \(staff.number), state = 'open' WHERE number = \(number) AND queue = \(staff.role)")
                    > 0
                if isTaken { try Self.note(.taken, in: number, by: staff, at: now, rows) }
            }
        }
    }

    /// Writes down what the next one has to know; the person can read it.
    public func noteCase(_ number: Int64, _ text: String, by staff: StaffMember) async throws(NotDone) {
        try await write(.note, text, in: try workable(number, for: staff), by: staff, then: nil)
    }

    /// A call that was made, with what was said, to whoever wants one.
    public func answerByCall(_ number: Int64, _ text: String, then: Afterwards, by staff: StaffMember) async throws(NotDone) {
        let found = try workable(number, for: staff)
        guard found.summary.answering == .telephone else { throw .form([.wayUnfit]) }
        try await write(.call, text, in: found, by: staff, then: then)
    }

    /// By email to the person's address: granted and recorded when it is sent, which is before this returns. What the mail server didn't take
    /// is thrown as `.notSent`, and nothing is written down.
    public func answerByEmail(_ number: Int64, _ text: String, then: Afterwards, by staff: StaffMember) async throws(NotDone) {
        let found = try workable(number, for: staff), text = text.trimmed, faults = Self.faults(ofCaseText: text)
        guard faults.isEmpty else { throw .form(faults) }
        // What can't be written down isn't sent.
        try attempt { () throws(Refusal) in
            if let refused = vault.refusal(ofAnyOf: [CaseNote.self]) { throw .policy(refused) }
        }
        try await mayWork(in: found, staff)
        let key = IdempotencyKey("CaseAnswer \(number) \(newItem())")
        do throws(NotSent) {
            try await outbound.send(
                CaseAnswer.self, .caseAnswer(text, number, self), to: found.subject, by: staff.actor, on: Basis(matter: number), once: key)
        } catch {
            switch error {
            case .refused(let refusal): throw .refused(refusal)
            case .carrier: throw .notSent
            }
        }
        await noteTaken(Self.mailJob)
        try await write(.mail, text, in: found, by: staff, then: then)
    }

    /// Now another role has to see to it, and sees what its own rules show; nobody of it has taken it yet.
    public func handOver(_ number: Int64, to role: String, by staff: StaffMember) async throws(NotDone) {
        let found = try workable(number, for: staff)
        guard desks.contains(role), role != found.summary.queue else {
            throw .form([formerDesk(role).map { .deskGone(role, rule: $0.text) } ?? .roleUnknown])
        }
        guard try takers(of: number).contains(role) else { throw .form([.deskEmpty(role)]) }
        if found.summary.queue != staff.role { try await mayWork(in: found, staff) }
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                if try Complaint.concerns(staff, number, in: rows.snapshot) { return }
                try rows.run("UPDATE help_case SET queue = \(role), owner = NULL, state = 'open' WHERE number = \(number)")
                try Self.note(.handed, in: number, by: staff, queue: role, at: now, rows)
            }
        }
    }

    /// The cases of who leaves go back to their queue.
    static func releaseCases(of role: String, _ number: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("UPDATE help_case SET owner = NULL WHERE queue = \(role) AND owner = \(number)")
    }

    func workable(_ number: Int64, for staff: StaffMember) throws(NotDone) -> CaseRow {
        let found = try caseRow(number, for: staff)
        guard found.summary.isOpen else { throw .notFound }
        return found
    }

    /// The roles that somebody who has come in has and of whom its customer hasn't complained: who of them reads it is the policy's to say.
    public func takers(of number: Int64) throws(NotDone) -> [String] {
        let at = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                let staff = try rows.all("SELECT role, number FROM staff WHERE came IS NOT NULL") {
                    (role: $0.text(0), number: $0.integer(1))
                }
                var roles: Set<String> = []
                for member in staff where try !Complaint.concerns(member.role, member.number, number, in: rows) {
                    roles.insert(member.role)
                }
                return roles
            }
        }
        return desks.filter(at.contains)
    }

    /// Who may not see the case has no say in it.
    private func mayWork(in found: CaseRow, _ staff: StaffMember) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            let _: Grant<CaseCustomer> = try await vault.grant(
                of: found.subject, by: staff.actor, on: found.basis, sameWithin: Self.sameUse)
        }
    }

    /// Whoever writes into a case that nobody has taken takes it.
    private func write(
        _ kind: CaseStep.Kind, _ text: String, in found: CaseRow, by staff: StaffMember, then: Afterwards?
    ) async throws(NotDone) {
        let text = text.trimmed, faults = Self.faults(ofCaseText: text)
        guard faults.isEmpty else { throw .form(faults) }
        try await mayWork(in: found, staff)
        let number = found.summary.number, now = clock.now(), item = newItem()
        let isTaken = found.summary.owner == nil && found.summary.queue == staff.role
        try await attempt { () async throws(Refusal) in
            try await vault.collect(CaseNote(text: text), of: found.subject, item: item, by: staff.actor, on: found.basis) {
                (_, rows) throws(Refusal) in
                if isTaken {
                    try rows.run("UPDATE help_case SET owner = \(staff.number), state = 'open' WHERE number = \(number) AND owner IS NULL")
                }
                try Self.note(kind, in: number, by: staff, item: item, at: now, rows)
                switch then {
                case nil: break
                case .wait: try rows.run("UPDATE help_case SET state = 'waiting', due = NULL WHERE number = \(number)")
                case .close: try Self.close(number, by: staff, at: now, rows)
                }
            }
        }
    }
}

extension Letter {
    static func caseAnswer(_ text: String, _ number: Int64, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/cases/\(number)"
        return Letter(
            subject: "\(name): our answer in case \(number) / jawaban kami dalam pertanyaan \(number)",
            text: """
                \(text)

                --
                \(name)
                Your case, and who used your data for it: \(link)
                Pertanyaan Anda, dan siapa memakai data Anda untuknya: \(link)
                """)
    }
}
