// "It isn't theirs": a contact that was joined to the wrong person leaves them, and is of nobody known again.

import Policy
public import Store
import Vault

extension StaffCase {
    /// Since when the person could read what was said, where the contact may still turn out to be somebody else's; nil: it wasn't joined, or
    /// is proved to be theirs.
    public var joinedUnproved: Instant? { summary.isOpen && summary.isJoined ? Environment.joinedUnproved(steps)?.at : nil }
}

extension Environment {
    /// The words and what was written down before go with the contact; what was written down since goes for good, for it may be about either of
    /// the two. Who had it reads in their list that it was theirs and isn't. Whoever does this has it in hand again, and where
    /// no clock runs it begins anew: what was answered wasn't answered to whoever asked.
    public func part(_ number: Int64, by staff: StaffMember) async throws(NotDone) {
        let found = try workable(number, for: staff), steps = try steps(ofCase: number), now = clock.now()
        let due = found.summary.due ?? due(from: now)
        guard found.summary.channel != .form, found.summary.isJoined, let place = steps.lastIndex(where: { $0.kind == .joined }) else {
            throw .notFound
        }
        guard Self.joinedUnproved(steps) != nil else { throw .form([.contactProved]) }
        // A joining that a crash cut off is finished before it is undone.
        try await finishJoining(number, by: staff)
        let before = steps[..<place].compactMap(\.item), since = steps[place...].compactMap(\.item)
        let subject = found.subject, basis = Basis(matter: number, item: found.item, further: before)
        try await turns.run(subject) { () async throws(NotDone) in
            try await attempt { () async throws(Refusal) in
                let grant: Grant<ContactPapers> = try await vault.grant(of: subject, by: staff.actor, on: basis)
                let papers = try vault.read(grant).value, contact = try await admitAgain(papers, of: found, by: staff)
                _ = try await vault.record(
                    "part", as: [ContactPapers.self], on: ContactPapers.declared.things, of: subject, by: staff.actor, on: basis
                ) { (rows) throws(Refusal) in
                    try Self.take(vault, found, from: subject, to: contact, before + since, due: due, by: staff, in: rows)
                    try rows.run("UPDATE case_step SET item = NULL WHERE number = \(number) AND place > \(place)")
                    try Self.note(.parted, in: number, by: staff, at: now, rows)
                    return true
                }
                try await sweepParted(of: subject)
            }
        }
        kept.forget(subject)
    }

    /// The step of the joining after which nothing shows that it was right: no code read out, nothing that the person wrote themselves.
    static func joinedUnproved(_ steps: [CaseStep]) -> CaseStep? {
        guard let place = steps.lastIndex(where: { $0.kind == .joined }) else { return nil }
        let proves: Set<CaseStep.Kind> = [.added, .verified, .changed]
        let isProved = steps[place...].contains { proves.contains($0.kind) || $0.kind == .reopened && $0.who == nil }
        return isProved ? nil : steps[place]
    }

    /// Somebody of whom it may be, with the words and the notes: on the way to the case as where it was joined, so that after a crash the next
    /// look at the case takes it back.
    func admitAgain(_ papers: ContactPapers, of found: CaseRow, by staff: StaffMember) async throws(Refusal) -> Subject {
        let number = found.summary.number, now = clock.now()
        let contact = try await vault.admit(
            Office.contact(papers.text, from: papers.address), item: found.item, by: staff.actor, on: Basis(item: found.item)
        ) { (subject, rows) throws(Refusal) in
            try rows.run("INSERT INTO caller (subject, since, number) VALUES (\(subject), \(now), \(number))")
            return subject
        }
        if !papers.notes.isEmpty {
            try await vault.collect(CaseNote(papers.notes), of: contact, by: staff.actor, on: Basis(matter: number)) {
                (_, _) throws(Refusal) in
            }
        }
        return contact
    }

    /// A new row takes the number, for whose it is isn't changed in place; what was begun at their word is over.
    private static func take(
        _ vault: Vault, _ found: CaseRow, from subject: Subject, to contact: Subject, _ texts: [Int64], due: Instant?,
        by staff: StaffMember,
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let number = found.summary.number, case_ = found.summary
        guard try rows.run("DELETE FROM help_case WHERE number = \(number) AND subject = \(subject)") == 1 else { throw .gone }
        try rows.run(
            """
            INSERT INTO help_case (number, subject, item, opened, channel, answering, joined, queue, owner, state, due)
                VALUES (\(number), \(contact), \(found.item), \(case_.opened), \(case_.channel.rawValue), \(case_.answering.rawValue), 0,
                \(staff.role), \(staff.number), 'open', \(due))
            """)
        try rows.run("UPDATE caller SET number = NULL WHERE subject = \(contact)")
        try rows.run("DELETE FROM caller_code WHERE number = \(number)")
        try rows.run("DELETE FROM call_back WHERE number = \(number)")
        try rows.run("DELETE FROM change_asked WHERE number = \(number)")
        for item in [found.item] + texts { try rows.run("INSERT INTO parted_item (subject, item) VALUES (\(subject), \(item))") }
        try vault.speak(for: partedItems, where: "subject = \(subject)", in: rows)
    }

    /// What such a row names is destroyed.
    static let partedItems = WordedTable("parted_item") { condition in
        "SELECT subject, \(partedText), word FROM parted_item WHERE \(condition)"
    } put: { (subject, text, word) in
        "UPDATE parted_item SET word = \(word) WHERE subject = \(subject) AND \(partedText) = \(text)"
    }
    private static let partedText: SQL = "'' || subject || '|' || item"

    /// Takes away from somebody what turned out not to be theirs. Where a crash came in between, the next hour does it.
    func sweepParted(of subject: Subject? = nil) async throws(Refusal) {
        let numbers = subject.map { $0.id...$0.id } ?? 0...Int64.max
        // Rows of before there were words get theirs at the first look.
        _ = try await vault.subjects(of: Self.partedItems, where: "1 = 0")
        let left = try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT subject, item, \(Self.partedText), word FROM parted_item WHERE subject >= \(numbers.lowerBound) AND subject <= \(numbers.upperBound) LIMIT 1000
                """
            ) { (Subject(id: $0.identity(0)), item: $0.identity(1), text: $0.text(2), word: $0.blobOrNil(3)) }
        }
        for (whose, item, text, word) in left where try vault.isOurs(text, word, of: Self.partedItems) {
            try await vault.discard(item: item, of: whose)
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM parted_item WHERE subject = \(whose) AND item = \(item)")
                return
            }
        }
    }
}
