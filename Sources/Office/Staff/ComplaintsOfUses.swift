// What the privacy officer does with a complaint of a use: sees which use it is, reads what is wrong, learns who it was, and answers.

import Crypto
import Outbound
import Policy
import Store
public import Vault

/// What the privacy officer learns.
public enum LearnedName: Sendable, Hashable {
    case name(String)
    /// It can't be opened.
    case unreadable
    /// They work here no longer, and their name is forgotten.
    case gone
}

/// A complaint as the privacy officer sees it.
public struct ComplaintOfUse: Sendable {
    public let question: NameQuestion
    /// What was done, from the work log of who did it; nil: that is kept no longer, or `unseen` says why not.
    public let use: RecordedUse?
    public let unseen: Refused?
    /// What is wrong, as its person wrote it; nil: nothing was written, it is settled, or `unread` says why not.
    public let words: String?
    public let unread: Refused?
    /// Why no word goes to its person that it was answered; nil: it does.
    public let untold: Refused?
    /// The use, or what was written, is there and can't be opened.
    public let isUseDamaged: Bool, areWordsDamaged: Bool
}

extension Environment {
    /// Those that aren't settled, then those that are, the newest of them first; none about whoever asks. It opens nothing.
    public func nameQuestions(for member: StaffMember) throws(NotDone) -> [NameQuestion] {
        if let refused = try previewOfLearning(by: member) { throw .refused(.policy(refused)) }
        let all = try nameQuestions("NOT \(Complaint.isThey("\(member.role)", "\(member.number)", "q.role", "q.staff"))")
        return all.filter { $0.settled == nil } + all.filter { $0.settled != nil }.reversed()
    }

    /// Those that wait for whoever may learn it; for whoever lets others in, those for which there is nobody.
    func nameQuestionsWaiting(for member: StaffMember) throws(NotDone) -> (questions: [NameQuestion], nobodys: [NameQuestion]) {
        let waiting = mayLearn(member.role) ? try nameQuestions(for: member).filter { $0.settled == nil } : []
        guard try previewOfRunning(by: member) == nil, answersWhoItWas else { return (waiting, []) }
        var nobodys: [NameQuestion] = []
        for question in try nameQuestions("q.settled IS NULL") where try isNobodys(question) { nobodys.append(question) }
        return (waiting, nobodys)
    }

    /// One of them, with the use, which is a look into the work log of who did it, and the words, which is a use of its person's; that somebody
    /// looked is told to its person.
    public func complaintOfUse(_ number: Int64, for member: StaffMember) async throws(NotDone) -> ComplaintOfUse {
        guard let question = try nameQuestions(for: member).first(where: { $0.number == number }) else { throw .notFound }
        let now = clock.now()
        let seen = try await seen(question, by: member), read = try await read(question, by: member)
        if question.looked == nil {
            try await attempt { () async throws(Refusal) in
                try await store.write { (rows) throws(Refusal) in
                    try rows.run(
                        "UPDATE use_complaint SET looked = \(now) WHERE subject = \(question.subject) AND number = \(number) AND looked IS NULL"
                    )
                    return
                }
            }
        }
        return ComplaintOfUse(
            question: question, use: seen.opened, unseen: seen.refused, words: read.opened, unread: read.refused,
            untold: try attempt { () throws(Refusal) in try untold(question.subject) }, isUseDamaged: seen.isDamaged,
            areWordsDamaged: read.isDamaged)
    }

    private func seen(_ question: NameQuestion, by member: StaffMember) async throws(NotDone) -> Looked<RecordedUse> {
        guard let theirs = try anySubject(question.role, question.staff) else { return Looked() }
        return try await refusing { () async throws(Refusal) -> RecordedUse? in
            let grant: Grant<OthersWork> = try await vault.grant(of: theirs, by: member.actor, on: Basis(), sameWithin: Self.sameUse)
            return try vault.workEntry(grant, question.sequence, of: question.subject)
        }
    }

    private func read(_ question: NameQuestion, by member: StaffMember) async throws(NotDone) -> Looked<String> {
        guard question.settled == nil, let item = question.words else { return Looked() }
        return try await refusing { () async throws(Refusal) -> String? in
            let grant: Grant<ComplaintWords> = try await vault.grant(
                of: question.subject, by: member.actor, on: Basis(matter: question.number, item: item), sameWithin: Self.sameUse)
            return try vault.read(grant).value.text
        }
    }

    private struct Looked<T: Sendable> {
        var opened: T?, refused: Refused?, isDamaged = false
    }

    /// What the policy refuses, or can't be opened, is said beside the rest.
    private func refusing<T: Sendable>(_ open: () async throws(Refusal) -> T?) async throws(NotDone) -> Looked<T> {
        do throws(Refusal) { return Looked(opened: try await open()) } catch {
            switch error {
            case .policy(let refused): return Looked(refused: refused)
            case .damaged: return Looked(isDamaged: true)
            default: throw .refused(error)
            }
        }
    }

    /// Opens the name, as a recorded use of theirs whose it is.
    public func learnWhoItWas(_ number: Int64, for member: StaffMember) async throws(NotDone) -> LearnedName {
        let question = try open(number, for: member), now = clock.now()
        let theirs = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    "SELECT subject FROM staff t WHERE \(Complaint.isThey("t.role", "t.number", "\(question.role)", "\(question.staff)"))"
                ) { Subject(id: $0.identity(0)) }
            }
        }
        guard let theirs else { return .gone }
        let name = try await attempt { () async throws(Refusal) -> String? in
            let name: String
            do throws(Refusal) {
                let grant: Grant<NameOnComplaint> = try await vault.grant(
                    of: theirs, by: member.actor, on: Basis(matter: number), sameWithin: Self.sameUse)
                name = try vault.read(grant).value.name
            } catch {
                guard case .damaged = error else { throw error }
                return nil
            }
            try await store.write { (rows) throws(Refusal) in
                try rows.run(
                    "UPDATE use_complaint SET learned = \(now) WHERE subject = \(question.subject) AND number = \(number) AND learned IS NULL"
                )
                return
            }
            return name
        }
        return name.map { .name($0) } ?? .unreadable
    }

    /// With an answer, which its person reads, and of which word goes to them: from now on nobody learns the name by it, nor reads its words.
    /// Whoever hasn't looked at it can't.
    public func settle(_ number: Int64, answering text: String, by member: StaffMember) async throws(NotDone) {
        let question = try open(number, for: member), text = text.trimmed, faults = Self.faults(ofCaseText: text)
        guard question.looked != nil else { throw .notFound }
        guard faults.isEmpty else { throw .form(faults) }
        let now = clock.now(), item = newItem(), subject = question.subject
        let letter = try await turns.run(subject) { () async throws(NotDone) -> Posted? in
            _ = try open(number, for: member)
            return try await attempt { () async throws(Refusal) in
                let letter =
                    try untold(subject) != nil
                    ? nil
                    : try await prepare(
                        ComplaintNotice.self, .complaintAnswered(number, of: question.sequence, self), for: subject,
                        about: Token(from: randomness), lifetime: .seconds(7 * 86_400))
                try await vault.collect(
                    ComplaintAnswer(text: text), of: subject, item: item, by: member.actor, on: Basis(matter: number, item: item)
                ) { (subject, rows) throws(Refusal) in
                    try rows.run(
                        """
                        UPDATE use_complaint SET settled = \(now), answer = \(item)
                            WHERE subject = \(subject) AND number = \(number) AND settled IS NULL
                        """)
                    try letter?.enqueue(at: now, in: rows)
                }
                return letter
            }
        }
        await dispatch(letter)
    }

    private func untold(_ subject: Subject) throws(Refusal) -> Refused? {
        vault.refusal(ofAnyOf: [try message(ComplaintNotice.self, for: subject)])
    }

    private func open(_ number: Int64, for member: StaffMember) throws(NotDone) -> NameQuestion {
        guard let question = try nameQuestions(for: member).first(where: { $0.number == number && $0.settled == nil }) else {
            throw .notFound
        }
        return question
    }

    /// Why they wouldn't learn it, whoever complained; nil: they would.
    private func previewOfLearning(by member: StaffMember) throws(NotDone) -> Refused? {
        let refused = try preview(NameOnComplaint.self, by: member)
        // That nobody complains of themselves isn't what is asked here.
        guard let refused, !mayLearn(member.role) else { return nil }
        return refused
    }
}

/// Who it was, where somebody complains.
struct NameOnComplaint: Reading {
    static let declared: UseDeclaration = .read("staff name", by: "privacy officer", to: "keep the record")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("staff name") ?? "" }
}

/// What is wrong, as whoever complains wrote it.
struct ComplaintWords: Reading {
    static let declared: UseDeclaration = .read("case message", by: "privacy officer", to: "keep the record")
    let text: String
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("case message") ?? "" }
}

/// What the privacy officer answers.
struct ComplaintAnswer: Collecting {
    static let declared: UseDeclaration = .collect("case note", from: "staff entry", to: "keep the record")
    let values: [Given]
    init(text: String) { values = [Given("case note", text)] }
}

/// Word that it was answered, to whoever complained.
struct ComplaintNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "complaint notice", through: "email address", by: "email carrier", to: "keep the record")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the number of somebody who has no address.
struct TelephoneComplaintNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "complaint notice", through: "telephone number", by: "telephone carrier", to: "keep the record")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

extension Letter {
    /// What was answered isn't in it: it lies sealed, and is read on the page of the use.
    static func complaintAnswered(_ number: Int64, of sequence: Int64, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/privacy/uses/\(sequence)"
        return Letter(
            subject: both("\(name) answered your complaint", "\(name) menjawab keluhan Anda"),
            short: both("\(name) answered your complaint \(number)", "Keluhan \(number) Anda dijawab") + ": \(link)",
            text: """
                The privacy officer looked into your complaint \(number), answered it, and settled it. You read the answer here, once you signed in:
                \(link)
                If it isn't enough, you can complain again there.

                Petugas pelindungan data memeriksa keluhan \(number) Anda, menjawabnya, dan menyelesaikannya. Jawabannya Anda baca di sini, setelah
                masuk:
                \(link)
                Bila belum cukup, di sana Anda dapat mengajukan keluhan lagi.

                \(name)
                """)
    }
}

extension Environment {
    /// Each with the numbers of its words and its answer, which lie in the vault.
    static let complaintRows: (name: StaticString, statements: [SQL]) = (
        "complaints of uses: whether somebody looked, what is wrong, and the answer",
        [
            """
            CREATE TABLE use_complaint (subject INTEGER NOT NULL, number INTEGER NOT NULL, seq INTEGER NOT NULL, role TEXT NOT NULL,
                staff INTEGER NOT NULL, asked INTEGER NOT NULL, looked INTEGER, learned INTEGER, settled INTEGER, words INTEGER,
                answer INTEGER, PRIMARY KEY (subject, number)) STRICT
            """,
            """
            INSERT INTO use_complaint (subject, number, seq, role, staff, asked, looked, learned, settled)
                SELECT subject, number, seq, role, staff, asked, learned, learned, settled FROM name_question
            """,
            "DROP TABLE name_question",
        ]
    )
}
