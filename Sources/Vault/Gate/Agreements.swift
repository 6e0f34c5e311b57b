// What a person says to a newer version: yes, no, or nothing, which is a no. A yes that isn't taken back lets that version decide
// beside the one under which something was collected.

public import Policy
public import Store

/// What somebody said to a version.
public struct Said: Sendable, Hashable {
    public let isYes: Bool
    public let since: Instant
}

enum Agreements {
    static let step: (name: StaticString, statements: [SQL]) = (
        "what people say to newer versions",
        [
            """
            CREATE TABLE policy_word (subject INTEGER NOT NULL, version INTEGER NOT NULL, yes INTEGER NOT NULL, since INTEGER NOT NULL,
                PRIMARY KEY (subject, version)) STRICT, WITHOUT ROWID
            """
        ]
    )

    /// The versions that somebody agreed to, in the order of their yes.
    static func of(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Int64] {
        try rows.all("SELECT version FROM policy_word WHERE subject = \(subject) AND yes = 1 ORDER BY since, version") { $0.integer(0) }
    }

    static func word(of subject: Subject, to version: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Said? {
        try rows.first("SELECT yes, since FROM policy_word WHERE subject = \(subject) AND version = \(version)") {
            Said(isYes: $0.bool(0), since: $0.instant(1))
        }
    }
}

extension Judge {
    /// Of the versions that the person agreed to those that are loaded: one that hasn't begun decides nothing.
    func agreed(by subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [LoadedVersion] {
        try Agreements.of(subject, in: rows).compactMap { versions[$0] }
    }
}

/// A newer version of the policy than the one under which something of a person's was collected, and what it would change for that.
public struct NewerVersion: Sendable {
    public let row: Int64
    public let policy: Policy
    /// When it begins; nil: it is in force.
    public let begins: Instant?
    /// By the version under which their data were collected, the oldest first.
    public let changes: [Change]
    public let said: Said?

    /// What it changes for what was collected under one former version.
    public struct Change: Sendable {
        public let former: Policy
        /// The items that need a yes, by their new names, and all that are stored.
        public let asked: [String], stored: [String]
        public let difference: Difference
    }
}

extension Vault {
    /// The version in force, and the next that is published, where they ask for the person's yes or got their word.
    public func newerVersions(for own: OwnSession) throws(Refusal) -> [NewerVersion] {
        let now = clock.now(), entries = Self.entries(try openEach(try stored(of: own.subject)).opened)
        let collected = Dictionary(grouping: entries, by: \.version)
        var turns: [(versions: Versions, begins: Instant?)] = [(versions, nil)]
        if let next = course.next(after: now) { turns.append((next.versions, next.since)) }
        var found: [NewerVersion] = []
        for (versions, begins) in turns {
            let target = versions.current
            var changes: [NewerVersion.Change] = []
            for former in versions.loaded.sorted(by: { $0.since < $1.since }) where former.row != target.row {
                guard let entries = collected[former.row] else { continue }
                let difference = try course.difference(from: former, to: target) { () throws(Refusal) in
                    try wordingOnly(from: former, to: target, among: versions)
                }
                let stored = Set(entries.map { versions.nameNow(of: $0.field, in: former.row) })
                let asked = difference.demands.yes.filter(stored.contains)
                guard !asked.isEmpty else { continue }
                changes.append(
                    NewerVersion.Change(former: former.policy, asked: asked, stored: stored.sorted(), difference: difference))
            }
            let said = try store.read { (rows) throws(Refusal) in try Agreements.word(of: own.subject, to: target.row, in: rows) }
            guard !changes.isEmpty || said != nil else { continue }
            found.append(NewerVersion(row: target.row, policy: target.policy, begins: begins, changes: changes, said: said))
        }
        return found
    }

    /// What changed in wording only, by the notes of the versions on the way.
    private func wordingOnly(
        from former: LoadedVersion, to target: LoadedVersion, among versions: Versions
    ) throws(Refusal) -> Set<String> {
        var steps = [(policy: former.policy, marked: Set<String>())]
        for version in versions.loaded.sorted(by: { $0.row < $1.row }) where former.row < version.row && version.row <= target.row {
            steps.append((version.policy, try wordingOnly(in: version.row)))
        }
        return Policy.wordingOnly(through: steps)
    }

    /// What the note of a version marks so, against the one before it.
    private func wordingOnly(in version: Int64) throws(Refusal) -> Set<String> {
        let text = try store.read { (rows) throws(Refusal) in
            try rows.first(
                "SELECT p.text FROM policy_publication u JOIN policy_proposal p ON p.id = u.proposal WHERE u.version = \(version)"
            ) { $0.text(0) }
        }
        return Set(text.flatMap { PolicyNote(text: $0) }?.wordingOnly ?? [])
    }

    /// Every word that the person gave, with the version that it was given to, the newest first.
    public func words(of own: OwnSession) throws(Refusal) -> [(version: Int64, said: Said)] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT version, yes, since FROM policy_word WHERE subject = \(own.subject) ORDER BY since DESC, version DESC") {
                ($0.integer(0), Said(isYes: $0.bool(1), since: $0.instant(2)))
            }
        }
    }

    /// Enters the person's word to a version; nil takes it back. Said again it is said once.
    /// - Parameter U: the choice as the policy knows it, which must let it be taken in; taking it back needs no rule.
    /// - Throws: `gone` where there is no such version to say anything to.
    public func say<U: Use>(_ word: Bool?, to version: Int64, as _: U.Type, of own: OwnSession) async throws(Refusal) {
        guard let policy = course.policy(version) else { throw .gone }
        if word != nil {
            let asking = try newerVersions(for: own)
            guard asking.contains(where: { $0.row == version }) else { throw .gone }
        }
        let subject = own.subject, now = clock.now(), vault = self
        let rules = word == nil ? [] : try rules(taking: U.self, of: subject)
        let verb = word.map { $0 ? "agree" : "decline" } ?? "withdraw"
        try await record(verb, of: own, on: ["policy version \(policy.version.number)"], by: rules, in: version) {
            (rows) throws(Refusal) -> Bool in
            guard let word else {
                return try rows.run("DELETE FROM policy_word WHERE subject = \(subject) AND version = \(version)") > 0
            }
            try vault.permit(U.self, of: subject, in: rows.snapshot)
            return try rows.run(
                """
                INSERT INTO policy_word (subject, version, yes, since) VALUES (\(subject), \(version), \(word ? 1 as Int64 : 0), \(now))
                    ON CONFLICT (subject, version) DO UPDATE SET yes = excluded.yes, since = excluded.since
                    WHERE policy_word.yes <> excluded.yes
                """) > 0
        }
    }

    /// The rules by which it would be taken in at this moment.
    private func rules<U: Use>(taking _: U.Type, of subject: Subject) throws(Refusal) -> [String] {
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        return try store.read { (rows) throws(Refusal) in
            try judge.judge(
                U.self, who: U.source, moment: moment, collected: U.things.map { _ in nil }, isRecorded: false, in: rows
            ).rules
        }
    }
}
