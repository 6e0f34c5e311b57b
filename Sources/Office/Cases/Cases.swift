// A customer's side of a case: they ask, see what became of it, open it again.

import Crypto
import Policy
import Store
public import Vault

/// A case as its own customer sees it.
public struct OwnCase: Sendable {
    public let summary: CaseSummary
    public let text: String
    /// Why the policy keeps the text from them.
    public let refusal: Refused?
    /// It is there and can't be opened.
    public let isUnreadable: Bool
    /// Of each record that can't be opened, and has to do with this case, the fields that may lie in it.
    public let closed: [[String]]
    /// A telephone number of theirs is stored, or perhaps is: where it lies can't be opened.
    public let hasTelephone: Bool
    /// Why nobody may look it up although the policy in force has a rule for it: the version under which it was given says no, or this case isn't
    /// one for which it is looked up. nil: it may be.
    public let callRefusal: Refused?
    /// They can give one.
    public let lacksTelephone: Bool
    /// An answer by email could be sent to them.
    public let mayBeMailed: Bool
    /// What was done, with what was written down and answered as far as the policy lets them read it.
    public let steps: [CaseStep]
    /// What is asked for in it as theirs, and not done yet.
    public let wishes: [Wish]
    /// The case in which it is looked into that something done here wasn't their wish, as long as it is open.
    public let complaint: Int64?
}

extension Environment {
    /// Opens a case with what the person wrote. `telephone` is where to call, and is stored with the contact data in place of the number there;
    /// of who wants to be written to it isn't taken in.
    public func askForCall(
        _ session: Session, text: String, telephone: String, answering: Answering = .telephone
    ) async throws(NotDone) -> CaseSummary {
        // Nothing of theirs is a customer's by which an answer could go to them.
        guard session.staff == nil else { throw .notFound }
        let text = text.trimmed, telephone = answering == .email ? "" : telephone.trimmed
        var faults = Self.faults(ofCaseText: text)
        if telephone.isEmpty {
            if answering != .email { faults.append(.telephoneMissing) }
        } else if !Registration.isTelephone(telephone) {
            faults.append(.telephoneUnfit)
        }
        if answering == .email, try !answersByEmail(session).offered { faults.append(.answeringUnfit) }
        guard faults.isEmpty else { throw .form(faults) }
        // One after the other: of many at once no more are opened than may be.
        return try await turns.run(session.subject) { () async throws(NotDone) in
            try await open(text, telephone, answering, for: session)
        }
    }

    /// Whether somebody can be answered by email: they have an address, and the policy lets an answer go there; if it is the policy, why not.
    public func answersByEmail(_ session: Session) throws(NotDone) -> (offered: Bool, refusal: Refused?) {
        guard try attempt({ () throws(Refusal) in try !isByTelephone(session.subject) }) else { return (false, nil) }
        let refusal = refusal(of: .mailAnswer)
        return (refusal == nil, refusal)
    }

    static func faults(ofCaseText text: String) -> [FormFault] {
        // Marks that nobody sees are no words.
        if !text.unicodeScalars.contains(where: \.hasShape) { return [.textMissing] }
        return text.unicodeScalars.count > longestCaseText ? [.textTooLong(limit: longestCaseText)] : []
    }

    private func open(
        _ text: String, _ telephone: String, _ answering: Answering, for session: Session
    ) async throws(NotDone) -> CaseSummary {
        let subject = session.subject, now = clock.now(), item = newItem(), due = due(from: now)
        guard try cases(of: session).filter(\.isOpen).count < Self.mostOpenCases else { throw .tooMany(after: 86_400) }
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let known = held.first { $0.field == "telephone number" }?.value
        let isNew = known != telephone && !telephone.isEmpty
        // What they sign in with changes by a code to it, not in passing.
        if isNew, try attempt({ () throws(Refusal) in try isByTelephone(subject) }) { throw .form([.telephoneIsAddress]) }
        return try await attempt { () async throws(Refusal) in
            // The same words within a minute are the same press, sent twice.
            if let twin = held.first(where: { $0.field == "case message" && $0.value == text && $0.since > now - .seconds(60) }),
                let known = try summary(ofItem: twin.item)
            {
                return known
            }
            if isNew {
                try await vault.collect(CallBackNumber(number: telephone), of: subject, on: Basis()) { (subject, rows) throws(Refusal) in
                    try Self.unindex(subject, in: rows)
                }
                try await index("telephone number", telephone, of: subject)
            }
            try await vault.collect(CaseText(text: text), of: subject, item: item, on: Basis(item: item)) {
                (subject, rows) throws(Refusal) in
                try rows.run(
                    """
                    INSERT INTO help_case (number, subject, item, opened, answering, state, due)
                        VALUES (\(try rows.nextNumber(of: "help_case")), \(subject), \(item), \(now), \(answering.rawValue), 'new', \(due))
                    """)
                return
            }
            guard let opened = try summary(ofItem: item) else { throw .gone }
            return opened
        }
    }

    public func cases(of session: Session) throws(NotDone) -> [CaseSummary] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                let found = try rows.all(
                    """
                    SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE c.subject = \(session.subject) ORDER BY c.number DESC
                    """, CaseRow.init)
                return try CaseRow.resting(found, in: rows).map(\.summary)
            }
        }
    }

    public func ownCase(_ number: Int64, of session: Session) throws(NotDone) -> OwnCase {
        let found = try caseRow(number)
        guard let found, found.subject == session.subject else { throw .notFound }
        let held = try attempt { () throws(Refusal) in try vault.held(of: session.own, beside: []) }, values = held.values
        let message = values.first { $0.field == "case message" && $0.item == found.item }
        let texts = Dictionary(values.filter { ["case note", "case message"].contains($0.field) }.map { ($0.item, $0.value) }) {
            first, _ in first
        }
        let closed = Set(held.closed.map(\.item)), steps = try steps(ofCase: number).map { $0.with(texts, closed: closed) }
        let theirs = closed.intersection([0, found.item] + steps.compactMap(\.item))
        let answering = Actor.staff(Subject(id: 0), role: CaseTelephone.declared.by[0], number: 0)
        // Beside a record that can't be opened nothing is said of it.
        let callRefusal = (try? vault.preview(CaseTelephone.self, of: session.subject, by: answering, on: found.basis)) ?? nil
        return OwnCase(
            summary: found.summary, text: message?.value ?? "", refusal: message?.refusal,
            isUnreadable: message == nil && held.isClosed("case message", item: found.item),
            closed: held.closed.filter { theirs.contains($0.item) && ($0.item != 0 || $0.fields.contains("telephone number")) }.map(
                \.fields),
            hasTelephone: values.contains { $0.field == "telephone number" } || held.isClosed("telephone number"),
            callRefusal: callRefusal, lacksTelephone: try lacking(session).contains("telephone number"),
            mayBeMailed: try answersByEmail(session).offered,
            steps: steps,
            wishes: try wishes(in: number), complaint: try objection(to: number))
    }

    /// The policy says that the person sets this condition: nobody else opens a case again. The clock begins anew.
    public func reopenCase(_ number: Int64, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject else { throw .notFound }
        let now = clock.now(), due = due(from: now)
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                guard try rows.run("DELETE FROM help_case_closed WHERE number = \(number)") > 0 else { return }
                try rows.run("UPDATE help_case SET state = 'reopened', due = \(due) WHERE number = \(number)")
                try Self.note(.reopened, in: number, by: nil, at: now, rows)
            }
        }
    }

    /// Instead of by a call.
    public func chooseEmail(inCase number: Int64, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject, found.summary.isOpen else { throw .notFound }
        let (isOffered, refused) = try answersByEmail(session)
        if let refused { throw .refused(.policy(refused)) }
        guard isOffered else { throw .form([.answeringUnfit]) }
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE help_case SET answering = \(Answering.email.rawValue) WHERE number = \(number)")
                return
            }
        }
    }

    /// The person says that it is settled; what they set they take back.
    public func settleCase(_ number: Int64, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject else { throw .notFound }
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try Self.close(number, by: nil, at: now, rows)
            }
        }
    }

    /// What they have to say since; then it isn't their turn any more.
    public func addToCase(_ number: Int64, text: String, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject, found.summary.isOpen else { throw .notFound }
        let text = text.trimmed, faults = Self.faults(ofCaseText: text)
        guard faults.isEmpty else { throw .form(faults) }
        let now = clock.now(), due = found.summary.due ?? due(from: now), item = newItem()
        try await turns.run(session.subject) { () async throws(NotDone) in
            guard try steps(ofCase: number).count(where: { $0.kind == .added }) < Self.mostAdded else { throw .tooMany(after: 86_400) }
            try await attempt { () async throws(Refusal) in
                try await vault.collect(CaseText(text: text), of: session.subject, item: item, on: Basis(item: item)) {
                    (_, rows) throws(Refusal) in
                    try rows.run(
                        """
                        UPDATE help_case SET due = \(due), state = CASE state WHEN 'waiting' THEN 'open' ELSE state END WHERE number = \(number)
                        """)
                    try Self.note(.added, in: number, by: nil, item: item, at: now, rows)
                }
            }
        }
    }

    private static let mostAdded = 50

    private func summary(ofItem item: Int64) throws(Refusal) -> CaseSummary? {
        try store.read { (rows) throws(Refusal) in
            let found = try rows.all("SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE c.item = \(item)", CaseRow.init)
            return try CaseRow.resting(found, in: rows).first?.summary
        }
    }
}

extension CaseStep {
    /// With its text among those that were opened.
    /// - Parameter closed: the items that can't be.
    func with(_ texts: [Int64: String], closed: Set<Int64> = []) -> CaseStep {
        guard let item else { return self }
        var step = self
        step.text = texts[item]
        step.isUnreadable = step.text == nil && closed.contains(item)
        step.isRemoved = step.text == nil && !closed.contains(item)
        return step
    }
}
