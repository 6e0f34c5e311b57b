// Proposing a version: anybody at the machine may, for it has no force. The house itself computes what it changes and how long that waits.

import Crypto
public import Policy
public import Store

/// A document that follows the last version that is published, with what that changes.
public struct Draft: Sendable {
    public let note: PolicyNote
    public let parent: Policy, policy: Policy
    public let difference: Difference
    let document: [UInt8]
    let translations: [String: [UInt8]]
    /// Those of the version before, by language.
    let formerTranslations: [String: [UInt8]]
}

/// What an officer says of a change beside the rules.
public struct Marks: Sendable {
    /// Names whose prose changed in wording, not in meaning.
    public var wordingOnly: [String]
    public var isMaterial: Bool
    public init(wordingOnly: [String] = [], isMaterial: Bool = false) { (self.wordingOnly, self.isMaterial) = (wordingOnly, isMaterial) }
}

extension Draft {
    /// - Parameters:
    ///   - document: without an error.
    ///   - translations: by language, as they are shown beside it.
    public init(
        _ document: [UInt8], translations: [String: [UInt8]] = [:], marks: Marks = Marks(), in store: Store, at now: Instant
    ) throws(PublishingFault) {
        let (head, greatest, former) = try store.read { (rows) throws(PublishingFault) in
            let head = try Head(rows)
            return (head, try Head.greatest(rows), try PolicyNote.translations(of: head.digest, in: rows))
        }
        guard let parent = Policy.compile(head.document, file: "version \(head.version)", checked: false).policy else {
            throw .tampered("The document of version \(head.version)")
        }
        try self.init(document, translations, marks, after: parent, former, proposed: now.seconds)
        for name in note.wordingOnly where difference.isExact && !policy.names(difference.wordingOnly, include: name) {
            throw .unchangedName(name)
        }
        guard policy.version.number > greatest else { throw .numberTaken(atLeast: greatest + 1) }
    }

    init(
        _ document: [UInt8], _ translations: [String: [UInt8]], _ marks: Marks, after parent: Policy,
        _ formerTranslations: [String: [UInt8]], proposed: Int64
    ) throws(PublishingFault) {
        let compilation = Policy.compile(document, file: "the document")
        let errors = compilation.diagnostics.count { $0.severity == .error }
        guard let policy = compilation.policy, errors == 0 else { throw .unreadable(errors: errors) }
        for role in Officer.roles where !policy.roles.contains(role) { throw .lacksOfficer(role: role) }
        let wordingOnly = Set(marks.wordingOnly).sorted()
        for name in wordingOnly where policy.prose(of: name) == nil || name.contains("\n") { throw .unknownName(name) }
        difference = policy.difference(from: parent, wordingOnly: Set(wordingOnly))
        note = PolicyNote(
            number: policy.version.number, parent: parent.documentDigest, document: policy.documentDigest, rules: policy.digest,
            from: policy.from, waiting: Waiting(for: difference, from: parent, to: policy, isMaterial: marks.isMaterial),
            proposed: proposed, translations: PolicyNote.translations(translations), wordingOnly: wordingOnly, isMaterial: marks.isMaterial)
        (self.parent, self.policy, self.document, self.translations) = (parent, policy, document, translations)
        self.formerTranslations = formerTranslations
    }

    /// What changes, for whom, and what that demands, in the words of the translation beside it; the version before speaks
    /// in those of its own.
    /// - Parameter concerned: how many people it concerns at most, to be told with it.
    public func passage(in tongue: Tongue, concerned: Concerned = Concerned()) -> Passage {
        let former = formerTranslations[tongue.rawValue].map { Voice(parent, in: tongue, translation: $0) }
        return Voice(policy, in: tongue, translation: translations[tongue.rawValue])
            .passage(of: difference, from: parent, former: former, concerned: concerned)
    }

    /// Languages into which the version before is translated, and this one isn't: its pages would fall back to the document's words.
    public var lostTranslations: [String] { formerTranslations.keys.filter { translations[$0] == nil }.sorted() }

    /// Whether it comes in this language beside its own.
    public func isTranslated(into language: String) -> Bool { translations[language] != nil }

    /// What is wrong with the translations beside it: what they lack, and what is of an earlier text.
    public var faultsOfTranslations: [Diagnostic] {
        translations.sorted { $0.key < $1.key }.flatMap { language, bytes in
            let file = "translation.\(language).md"
            return Policy.check([(document, "policy.md"), (bytes, file)]).diagnostics.filter { $0.file == file }
        }
    }

    /// Why it couldn't begin on its day, if it were published now.
    public func refuseTooSoon(at now: Instant) throws(PublishingFault) { try note.refuseTooSoon(publishedAt: now) }

    /// Writes it down for the officers, and gives its number.
    public func propose(in store: Store, at now: Instant) throws(PublishingFault) -> Int64 {
        try refuseTooSoon(at: now)
        return try store.writeAndWait { (rows) throws(PublishingFault) -> Int64 in try insert(at: now, in: rows) }
    }

    fileprivate func insert(at now: Instant, in rows: borrowing Transaction<PublishingFault>) throws(PublishingFault) -> Int64 {
        let head = try Head(rows.snapshot)
        guard head.digest == note.parent else { throw .overtaken }
        try head.refuse(beginningAt: note.since(publishedAt: now))
        return try note.insert(document, translations, at: now, in: rows)
    }
}

extension Vault {
    /// A document that would follow the last version, with what that changes. Nothing is written down.
    public func draft(_ document: [UInt8], translations: [String: [UInt8]], marks: Marks) throws(PublishingFault) -> Draft {
        let draft = try Draft(document, translations: translations, marks: marks, in: store, at: clock.now())
        try draft.refuseTooSoon(at: clock.now())
        return draft
    }

    /// Writes it down for the officers, and gives its number.
    public func propose(_ draft: Draft) async throws(PublishingFault) -> Int64 {
        let now = clock.now()
        try draft.refuseTooSoon(at: now)
        return try await store.write { (rows) throws(PublishingFault) -> Int64 in try draft.insert(at: now, in: rows) }
    }
}

/// The last version in force, or about to be: what the next one follows.
struct Head {
    let version: Int64, document: [UInt8]
    let digest: Digest, since: Instant

    /// Throws `unfounded` in a house whose first version isn't published.
    init(_ rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) {
        let last = try rows.first(
            """
            SELECT v.id, v.document, v.digest, CASE WHEN u.since > f.since THEN u.since ELSE f.since END
                FROM policy_force f JOIN policy_version v ON v.id = f.version LEFT JOIN policy_publication u ON u.version = v.id
                ORDER BY f.since DESC LIMIT 1
            """
        ) { ($0.integer(0), $0.blob(1), $0.blob(2), $0.instant(3)) }
        guard let last, let digest = Digest(bytes: last.2) else { throw .unfounded }
        if try rows.exists("SELECT 1 FROM policy_founding"), try !rows.exists("SELECT 1 FROM policy_publication") { throw .unfounded }
        (version, document, self.digest, since) = (last.0, last.1, digest, last.3)
    }

    /// Versions follow each other: none begins before the one that it was compared with.
    func refuse(beginningAt moment: Instant) throws(PublishingFault) {
        guard moment > since else { throw .beforeFormer(Day(of: since)) }
    }

    /// The greatest number that any version ever had, also one that was withdrawn.
    static func greatest(_ rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) -> Int {
        Int(try rows.first("SELECT max(number) FROM policy_version") { $0.integerOrNil(0) ?? 0 } ?? 0)
    }
}

extension PolicyNote {
    static func translations(_ documents: [String: [UInt8]]) -> [Translation] {
        documents.sorted { $0.key < $1.key }.map { Translation(language: $0.key, document: SHA256.hash($0.value)) }
    }

    /// Those that were published with a version's document.
    static func translations(of document: Digest, in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) -> [String: [UInt8]]
    {
        let found = try rows.all(
            """
            SELECT t.language, t.document FROM policy_version v JOIN policy_publication u ON u.version = v.id
                JOIN policy_translation t ON t.proposal = u.proposal WHERE v.digest = \(document.bytes)
            """
        ) { ($0.text(0), $0.blob(1)) }
        return Dictionary(found, uniquingKeysWith: { $1 })
    }

    /// The proposal that says the same, made before, and neither published nor taken back.
    private func waiting(in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) -> Int64? {
        let open = try rows.all(
            """
            SELECT p.id, p.text FROM policy_proposal p LEFT JOIN policy_publication u ON u.proposal = p.id
                LEFT JOIN policy_withdrawal w ON w.proposal = p.id WHERE u.proposal IS NULL AND w.proposal IS NULL ORDER BY p.id
            """
        ) { (id: $0.integer(0), note: PolicyNote(text: $0.text(1))) }
        return open.first { each in
            guard var note = each.note else { return false }
            note.proposed = proposed
            return note == self
        }?.id
    }

    @discardableResult
    func insert(
        _ document: [UInt8], _ translations: [String: [UInt8]], at now: Instant, in rows: borrowing Transaction<PublishingFault>
    ) throws(PublishingFault) -> Int64 {
        if let other = try waiting(in: rows.snapshot) { throw .repeated(other) }
        let id = try rows.nextNumber(of: "policy_proposal")
        try rows.run("INSERT INTO policy_proposal (id, text, document, proposed) VALUES (\(id), \(text), \(document), \(now))")
        for (language, translation) in translations.sorted(by: { $0.key < $1.key }) {
            try rows.run("INSERT INTO policy_translation (proposal, language, document) VALUES (\(id), \(language), \(translation))")
        }
        return id
    }
}
