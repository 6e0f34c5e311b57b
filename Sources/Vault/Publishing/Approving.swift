// Two officers agree, and the version is published: note, leaf and the moment from which it is in force are one transaction.

import Crypto
public import Policy
public import Store
import TransparencyLog

/// What came of an approval.
public enum Approved: Sendable, Hashable {
    /// The other officer hasn't agreed yet.
    case first
    /// It is published, and begins then.
    case published(since: Instant)
}

extension Vault {
    /// Signs for an officer who has just signed in anew. What is signed is computed again from the documents: the difference, how long
    /// it waits, each digest.
    public func approve(_ proposal: Int64, by officer: Officer) async throws(PublishingFault) -> Approved {
        let read = try store.read { (rows) throws(PublishingFault) in try Proposed(proposal, in: rows) }
        let policy = try read.recomputed(in: store, course).policy
        let now = clock.now(), signatures = try signatures
        let done = try await store.write { (rows) throws(PublishingFault) -> (Approved, Int64) in
            let proposed = try Proposed(proposal, in: rows.snapshot)
            guard proposed.text == read.text else { throw .tampered("The proposal") }
            try proposed.refuseClosed(in: rows.snapshot)
            try proposed.note.refuseTooSoon(publishedAt: now)
            let other = try proposed.otherApproval(than: officer, in: rows.snapshot)
            let mine: [UInt8]
            do throws(LogFault) { mine = try signatures.approve(proposed.text, by: officer, at: now) } catch {
                throw .tampered("The key of \(officer.role) \(officer.number)")
            }
            try rows.run(
                """
                INSERT INTO policy_approval (proposal, role, number, subject, note, at)
                    VALUES (\(proposal), \(officer.role), \(officer.number), \(officer.subject), \(mine), \(now))
                """)
            guard let other else { return (.first, 0) }
            let note: [UInt8], moment: Instant
            do throws(LogFault) {
                note = try signatures.seal(other, with: mine)
                moment = try signatures.open(note, count: 2, sealed: true).at
            } catch { throw .tampered("The first approval") }
            // The house's clock may have been put back between the two.
            try proposed.note.refuseTooSoon(publishedAt: moment)
            let since = proposed.note.since(publishedAt: moment)
            if proposed.note.parent != nil { try Head(rows.snapshot).refuse(beginningAt: since) }
            guard since > now else { throw .inThePast(today: Day(of: now)) }
            let version = try proposed.publish(policy, note, at: moment, since: since, in: rows)
            return (.published(since: since), version)
        }
        if case .published(let since) = done.0, read.note.parent != nil {
            course.add(LoadedVersion(row: done.1, since: since, policy: policy))
        }
        return done.0
    }

    /// Takes a version back that hasn't begun, published or not. One officer is enough: nothing changes by it.
    public func withdraw(_ proposal: Int64, by officer: Officer) async throws(PublishingFault) {
        let now = clock.now(), signatures = try signatures
        let version = try await store.write { (rows) throws(PublishingFault) -> Int64? in
            let proposed = try Proposed(proposal, in: rows.snapshot)
            // A house can't do without its first version.
            guard proposed.note.parent != nil else { throw .unfounded }
            guard try !rows.exists("SELECT 1 FROM policy_withdrawal WHERE proposal = \(proposal)") else { throw .withdrawn }
            let published = try rows.first("SELECT id, version, since FROM policy_publication WHERE proposal = \(proposal)") {
                (id: $0.integer(0), version: $0.integer(1), since: $0.instant(2))
            }
            let note: [UInt8]
            do throws(LogFault) {
                note = try signatures.seal(try signatures.approve(WithdrawalNote.text(of: proposed.text), by: officer, at: now))
            } catch { throw .tampered("The key of \(officer.role) \(officer.number)") }
            try rows.run("INSERT INTO policy_withdrawal (proposal, note, at) VALUES (\(proposal), \(note), \(now))")
            guard let published else { return nil }
            guard now < published.since else { throw .inForce }
            guard try Head(rows.snapshot).version == published.version else { throw .followed }
            try rows.run("DELETE FROM policy_force WHERE version = \(published.version) AND since = \(published.since)")
            try LeafQueue.add(Leaf.open(note), in: rows)
            return published.version
        }
        if let version { course.remove(version) }
    }

    /// What an officer signs: the document compiled, and what it changes of the version before it, if there is one.
    public func change(_ proposal: Int64) throws(PublishingFault) -> (policy: Policy, draft: Draft?) {
        let proposed = try store.read { (rows) throws(PublishingFault) in try Proposed(proposal, in: rows) }
        return try proposed.recomputed(in: store, course)
    }

    /// How many people a change concerns.
    public func concerned(by draft: Draft?) throws(PublishingFault) -> Concerned { try draft?.concerned(in: store) ?? Concerned() }

    private var signatures: Signatures {
        get throws(PublishingFault) {
            do throws(LogFault) { return try Signatures(keys.ring, origin: origin) } catch { throw .tampered("The log's name") }
        }
    }
}

/// A proposal as it lies in the database.
struct Proposed: Sendable {
    let id: Int64, text: String
    let note: PolicyNote
    let document: [UInt8]
    let translations: [String: [UInt8]]

    init(_ id: Int64, in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) {
        let found = try rows.first("SELECT text, document FROM policy_proposal WHERE id = \(id)") { ($0.text(0), $0.blob(1)) }
        guard let (text, document) = found else { throw .unknown }
        guard let note = PolicyNote(text: text) else { throw .altered(.note) }
        let translations = try rows.all("SELECT language, document FROM policy_translation WHERE proposal = \(id)") {
            ($0.text(0), $0.blob(1))
        }
        (self.id, self.text, self.note, self.document) = (id, text, note, document)
        self.translations = Dictionary(translations, uniquingKeysWith: { $1 })
    }

    /// The document compiled, where everything that the note says of it is so.
    func recomputed(in store: Store, _ course: Course) throws(PublishingFault) -> (policy: Policy, draft: Draft?) {
        guard SHA256.hash(document) == note.document else { throw .altered(.document) }
        guard PolicyNote.translations(translations) == note.translations else { throw .altered(.translation) }
        guard let parent = note.parent else {
            guard let policy = Policy.compile(document, file: "the first version").policy, policy.digest == note.rules,
                note.waiting == .none, policy.version.number == note.number, policy.from == note.from
            else { throw .altered(.note) }
            return (policy, nil)
        }
        let (former, words) = try store.read { (rows) throws(PublishingFault) in
            let former = try rows.first("SELECT document FROM policy_version WHERE digest = \(parent.bytes)") { $0.blob(0) }
            return (former, try PolicyNote.translations(of: parent, in: rows))
        }
        guard let former, let old = Policy.compile(former, file: "the version before", checked: false).policy,
            old.documentDigest == parent
        else { throw .altered(.former) }
        let marks = Marks(wordingOnly: note.wordingOnly, isMaterial: note.isMaterial)
        let draft = try course.draft(note) { () throws(PublishingFault) in
            try Draft(document, translations, marks, after: old, words, proposed: note.proposed)
        }
        guard draft.note == note else { throw .altered(.note) }
        return (draft.policy, draft)
    }

    /// Throws where it is no longer, or not yet, to be approved.
    func refuseClosed(in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) {
        guard try !rows.exists("SELECT 1 FROM policy_withdrawal WHERE proposal = \(id)") else { throw .withdrawn }
        guard try !rows.exists("SELECT 1 FROM policy_publication WHERE proposal = \(id)") else { throw .published }
        guard let parent = note.parent else {
            let isFounding = try rows.exists(
                """
                SELECT 1 FROM policy_founding f JOIN policy_version v ON v.id = f.version
                    WHERE v.digest = \(note.document.bytes) AND NOT EXISTS (SELECT 1 FROM policy_publication)
                """)
            guard isFounding else { throw .overtaken }
            return
        }
        guard try Head(rows).digest == parent else { throw .overtaken }
        let greatest = try Head.greatest(rows)
        guard note.number > greatest else { throw .numberTaken(atLeast: greatest + 1) }
    }

    /// The note of the officer in the other role, where there is one already.
    func otherApproval(
        than officer: Officer, in rows: borrowing Snapshot<PublishingFault>
    ) throws(PublishingFault) -> [UInt8]? {
        let given = try rows.all("SELECT role, subject, note FROM policy_approval WHERE proposal = \(id)") {
            (role: $0.text(0), subject: $0.integerOrNil(1), note: $0.blob(2))
        }
        guard !given.contains(where: { $0.subject == officer.subject.id }) else { throw .samePerson }
        guard !given.contains(where: { $0.role == officer.role }) else { throw .approvedAlready(role: officer.role) }
        return given.first?.note
    }

    func publish(
        _ policy: Policy, _ note: [UInt8], at moment: Instant, since: Instant, in rows: borrowing Transaction<PublishingFault>
    ) throws(PublishingFault) -> Int64 {
        var version = try rows.first("SELECT id FROM policy_version WHERE digest = \(self.note.document.bytes)") { $0.integer(0) }
        if self.note.parent != nil {
            guard version == nil else { throw .tampered("The list of versions") }
            version = try Vault.addVersion(self.note.number, document, self.note.document, at: since, in: rows)
        }
        guard let version else { throw .tampered("The founding of the house") }
        if self.note.parent != nil {
            try rows.run("INSERT INTO policy_force (since, version, name) VALUES (\(since), \(version), \(policy.versionText))")
        }
        let publication = try rows.nextNumber(of: "policy_publication")
        try rows.run(
            """
            INSERT INTO policy_publication (id, proposal, version, note, at, since)
                VALUES (\(publication), \(id), \(version), \(note), \(moment), \(since))
            """)
        try LeafQueue.add(Leaf.open(note), about: publication, in: rows)
        return version
    }
}
