// Staff are known by number. Whoever complains of a use says what is wrong and asks who it was; the privacy officer looks into it by the rules for
// that, and answers (`ComplaintsOfUses`). The one whose name it is reads in their list that it was looked at.

import Policy
public import Store
public import Vault

/// Somebody complains of a use of their data by the staff, and asks who it was.
public struct NameQuestion: Sendable, Hashable {
    public let number: Int64
    public let role: String
    public let staff: Int64
    public let asked: Instant
    /// When the privacy officer looked at it first, learned who it was, and settled it.
    public let looked, learned, settled: Instant?
    /// Somebody wrote what is wrong; what was answered.
    public var hasWords: Bool { words != nil }
    public var isAnswered: Bool { answer != nil }
    /// "customer service 7".
    public var who: String { "\(role) \(staff)" }

    /// The use, in its person's list.
    public let sequence: Int64
    let subject: Subject
    /// Where the texts lie.
    let words: Int64?, answer: Int64?
}

/// A complaint as its person reads it.
public struct OwnComplaint: Sendable, Hashable {
    public let question: NameQuestion
    /// nil: none was written, it is forgotten, or the policy keeps it from them.
    public let words, answer: String?
    /// It is of the only one who could look into it.
    public let isNobodys: Bool
}

extension Environment {
    /// Whether somebody may learn it, where it is asked: else nobody is told that they can ask.
    public var answersWhoItWas: Bool { policy.roles.contains(where: mayLearn) }

    /// Why nobody may write what is wrong with a use; nil: they may.
    public var refusalOfComplaintWords: Refused? { vault.refusal(ofAnyOf: [CaseText.self]) }

    /// Complains of this entry of their list, with what is wrong (empty: nothing is said), and asks who it was. As long as that isn't settled
    /// another press is no second complaint; afterwards there is one again where something is said.
    public func askWhoItWas(_ sequence: Int64, saying words: String = "", for session: Session) async throws(NotDone) {
        let use = try use(sequence, of: session).use, now = clock.now(), words = words.trimmed
        guard answersWhoItWas, let (role, number) = staff(in: use) else { throw .notFound }
        let faults = words.isEmpty ? [] : Self.faults(ofCaseText: words)
        guard faults.isEmpty else { throw .form(faults) }
        let subject = session.subject
        try await turns.run(subject) { () async throws(NotDone) in
            let before = try nameQuestions("q.subject = \(subject) AND q.seq = \(sequence)")
            if before.contains(where: { $0.settled == nil }) { return }
            guard before.isEmpty || !words.isEmpty else { throw .form([.textMissing]) }
            try await attempt { () async throws(Refusal) in
                @Sendable func enter(_ item: Int64?, _ rows: borrowing Transaction<Refusal>) throws(Refusal) {
                    try rows.run(
                        """
                        INSERT INTO use_complaint (subject, seq, number, role, staff, asked, words)
                            VALUES (\(subject), \(sequence), \(try rows.nextNumber(of: "name_question")), \(role), \(number), \(now), \(item))
                        """)
                }
                guard !words.isEmpty else { return try await store.write { (rows) throws(Refusal) in try enter(nil, rows) } }
                let item = newItem()
                try await vault.collect(CaseText(text: words), of: subject, item: item, on: Basis(item: item)) {
                    (_, rows) throws(Refusal) in
                    try enter(item, rows)
                }
            }
        }
    }

    /// All that the person complained of, the newest first.
    public func complaints(of session: Session) throws(NotDone) -> [NameQuestion] {
        try nameQuestions("q.subject = \(session.subject)").reversed()
    }

    /// What the person complained of about this entry, the newest last.
    public func ownComplaints(about sequence: Int64, of session: Session) throws(NotDone) -> [OwnComplaint] {
        let questions = try nameQuestions("q.subject = \(session.subject) AND q.seq = \(sequence)")
        guard !questions.isEmpty else { return [] }
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        func text(_ field: String, _ item: Int64?) -> String? {
            held.first { $0.field == field && $0.item == item && $0.refusal == nil }?.value
        }
        return try questions.map { (question) throws(NotDone) in
            OwnComplaint(
                question: question, words: text("case message", question.words), answer: text("case note", question.answer),
                isNobodys: question.settled == nil ? try isNobodys(question) : false)
        }
    }

    /// Whether an entry names one of the staff.
    public func isOfStaff(_ use: RecordedUse) -> Bool { staff(in: use) != nil }

    private func staff(in use: RecordedUse) -> (role: String, number: Int64)? {
        let who = use.actor
        guard let space = who.lastIndex(of: " "), let number = Int64(who[who.index(after: space)...]) else { return nil }
        let role = String(who[..<space])
        return policy.roles.contains(role) ? (role, number) : nil
    }

    func nameQuestions(_ condition: SQL) throws(NotDone) -> [NameQuestion] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT number, role, staff, asked, looked, learned, settled, subject, seq, words, answer FROM use_complaint q
                        WHERE \(condition) ORDER BY number
                    """
                ) {
                    NameQuestion(
                        number: $0.integer(0), role: $0.text(1), staff: $0.identity(2), asked: $0.instant(3), looked: $0.instantOrNil(4),
                        learned: $0.instantOrNil(5), settled: $0.instantOrNil(6), sequence: $0.identity(8),
                        subject: Subject(id: $0.identity(7)), words: $0.identityOrNil(9), answer: $0.identityOrNil(10))
                }
            }
        }
    }

    func mayLearn(_ role: String) -> Bool { policy.mayEverRead(NameOnComplaint.declared, by: role) }

    /// Nobody who has come in could look into it, besides whoever it is about.
    func isNobodys(_ question: NameQuestion) throws(NotDone) -> Bool {
        let others = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT role FROM staff t WHERE came IS NOT NULL
                        AND NOT \(Complaint.isThey("t.role", "t.number", "\(question.role)", "\(question.staff)"))
                    """
                ) { $0.text(0) }
            }
        }
        return !others.contains(where: mayLearn)
    }

    /// What was settled stays with its person for a while: longer than the texts in it (12 months by the policy), which the doctor looks for in it.
    func sweepNameQuestions(at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM use_complaint WHERE settled < \(now - .seconds(400 * 86_400))")
            return
        }
    }
}
