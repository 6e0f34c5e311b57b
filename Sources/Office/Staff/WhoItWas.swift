// Staff are known by number. Whoever complains of a use asks who it was, and the privacy officer learns it, by the rule for that; the one whose name
// it is reads in their list that it was looked at.

import Policy
public import Store
public import Vault

/// Somebody asks who of the staff used their data.
public struct NameQuestion: Sendable, Hashable {
    public let number: Int64
    public let role: String
    public let staff: Int64
    public let asked: Instant
    /// When the privacy officer learned it, and when they settled it.
    public let learned, settled: Instant?
    /// "customer service 7".
    public var who: String { "\(role) \(staff)" }
}

/// What the privacy officer learns.
public enum LearnedName: Sendable, Hashable {
    case name(String)
    /// They work here no longer, and their name is forgotten.
    case gone
}

extension Environment {
    /// Whether somebody may learn it, where it is asked: else nobody is told that they can ask.
    public var answersWhoItWas: Bool { policy.roles.contains(where: mayLearn) }

    /// Asks who it was in this entry of their list; again is no second question.
    public func askWhoItWas(_ sequence: Int64, for session: Session) async throws(NotDone) {
        let use = try use(sequence, of: session).use, now = clock.now()
        guard answersWhoItWas, let (role, number) = staff(in: use) else { throw .notFound }
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                let subject = session.subject
                guard try !rows.exists("SELECT 1 FROM name_question WHERE subject = \(subject) AND seq = \(sequence)") else { return }
                try rows.run(
                    """
                    INSERT INTO name_question (subject, seq, number, role, staff, asked)
                        VALUES (\(subject), \(sequence), \(try rows.nextNumber(of: "name_question")), \(role), \(number), \(now))
                    """)
            }
        }
    }

    /// What the person asked of this entry; nil: nothing.
    public func nameQuestion(about sequence: Int64, of session: Session) throws(NotDone) -> NameQuestion? {
        try nameQuestions("subject = \(session.subject) AND seq = \(sequence)").first
    }

    /// Whether an entry names one of the staff.
    public func isOfStaff(_ use: RecordedUse) -> Bool { staff(in: use) != nil }

    private func staff(in use: RecordedUse) -> (role: String, number: Int64)? {
        guard let space = use.who.lastIndex(of: " "), let number = Int64(use.who[use.who.index(after: space)...]) else { return nil }
        let role = String(use.who[..<space])
        return policy.roles.contains(role) ? (role, number) : nil
    }

    fileprivate func nameQuestions(_ condition: SQL) throws(NotDone) -> [NameQuestion] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT number, role, staff, asked, learned, settled FROM name_question q WHERE \(condition) ORDER BY number")
                {
                    NameQuestion(
                        number: $0.integer(0), role: $0.text(1), staff: $0.integer(2), asked: $0.instant(3), learned: $0.instantOrNil(4),
                        settled: $0.instantOrNil(5))
                }
            }
        }
    }
}

// For the privacy officer
extension Environment {
    /// Those that aren't settled, but for those about themselves; it opens nobody's name.
    public func nameQuestions(for member: StaffMember) throws(NotDone) -> [NameQuestion] {
        if let refused = try previewOfLearning(by: member) { throw .refused(.policy(refused)) }
        return try nameQuestions("settled IS NULL AND NOT \(Complaint.isThey("\(member.role)", "\(member.number)", "q.role", "q.staff"))")
    }

    /// The same for who may not learn it: none.
    func nameQuestionsWaiting(for member: StaffMember) throws(NotDone) -> [NameQuestion] {
        mayLearn(member.role) ? try nameQuestions(for: member) : []
    }

    /// Opens the name, as a recorded use of theirs whose it is.
    public func learnWhoItWas(_ number: Int64, for member: StaffMember) async throws(NotDone) -> LearnedName {
        let question = try open(number, for: member), now = clock.now()
        let theirs = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    "SELECT subject FROM staff t WHERE \(Complaint.isThey("t.role", "t.number", "\(question.role)", "\(question.staff)"))"
                ) {
                    Subject(id: $0.integer(0))
                }
            }
        }
        guard let theirs else { return .gone }
        let name = try await attempt { () async throws(Refusal) -> String in
            let grant: Grant<NameOnComplaint> = try await vault.grant(
                of: theirs, by: member.actor, on: Basis(matter: number), sameWithin: Self.sameUse)
            let name = try vault.read(grant).value.name
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE name_question SET learned = \(now) WHERE number = \(number) AND learned IS NULL")
                return
            }
            return name
        }
        return .name(name)
    }

    /// Nothing is left to do about it: from now on nobody learns the name by it.
    public func settleNameQuestion(_ number: Int64, by member: StaffMember) async throws(NotDone) {
        _ = try open(number, for: member)
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE name_question SET settled = \(now) WHERE number = \(number) AND settled IS NULL")
                return
            }
        }
    }

    private func open(_ number: Int64, for member: StaffMember) throws(NotDone) -> NameQuestion {
        guard let question = try nameQuestions(for: member).first(where: { $0.number == number }) else { throw .notFound }
        return question
    }

    private func mayLearn(_ role: String) -> Bool {
        let use = NameOnComplaint.declared
        guard let flow = try? policy.flow(.read, who: role, thing: use.things[0], purpose: use.purpose) else { return false }
        return policy.mayPermit(flow)
    }

    /// Why they wouldn't learn it, whoever complained; nil: they would.
    private func previewOfLearning(by member: StaffMember) throws(NotDone) -> Refused? {
        let refused = try attempt { () throws(Refusal) in
            try vault.preview(NameOnComplaint.self, of: member.subject, by: member.actor, on: Basis())
        }
        // That nobody complains of themselves isn't what is asked here.
        guard let refused, !mayLearn(member.role) else { return nil }
        return refused
    }

    /// What was settled stays with its person for a while.
    func sweepNameQuestions(at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM name_question WHERE settled < \(now - .seconds(90 * 86_400))")
            return
        }
    }
}

/// Who it was, where somebody complains.
struct NameOnComplaint: Reading {
    static let declared: UseDeclaration = .read("staff name", by: "privacy officer", to: "keep the record")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("staff name") ?? "" }
}
