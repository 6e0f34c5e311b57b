// The versions as lists show them: proposed, published, in force, former, taken back.

public import Crypto
public import Policy
public import Store

/// A version, or what is to become one.
public struct Edition: Sendable {
    public enum State: String, Sendable {
        /// Not both officers have agreed.
        case proposed
        /// Another version was published in its place.
        case overtaken
        case withdrawn
        /// Published; it hasn't begun.
        case published
        case inForce = "in force"
        /// In force once, and still for what was given under it.
        case former
    }

    public struct Approval: Sendable, Hashable {
        public let role: String, number: Int64
        public let at: Instant
    }

    /// nil: a document that a development directory loaded.
    public let proposal: Int64?
    /// What records name it by; nil: it isn't published.
    public let row: Int64?
    public let number: Int
    public let document: Digest
    /// As hexadecimal digits.
    public let rules: String
    /// What the officers sign, where there is such a text.
    public let note: PolicyNote?
    public let approvals: [Approval]
    /// When the second officer agreed.
    public let published: Instant?
    /// When it came into force last, or will.
    public let since: Instant?
    public let until: Instant?
    /// With all signatures; nil: not published.
    public let signed: [UInt8]?
    /// Its number in the log; nil: not there yet.
    public let leaf: Int64?
    public let state: State
}

extension Edition {
    /// The versions from an older one to this one, each followed by the next; nil where they don't follow each other.
    public func path(from old: Edition, among all: [Edition]) -> [Edition]? {
        var path = [self]
        while let first = path.first, first.document != old.document {
            guard path.count <= all.count, let parent = first.note?.parent,
                let before = all.first(where: { $0.row != nil && $0.document == parent })
            else { return nil }
            path.insert(before, at: 0)
        }
        return path
    }

    /// The document of the version in force; nil in a house without one.
    public static func documentInForce(in store: Store, at now: Instant) throws(Refusal) -> [UInt8]? {
        try store.read { (rows) throws(Refusal) in
            try rows.first(
                """
                SELECT v.document FROM policy_force f JOIN policy_version v ON v.id = f.version WHERE f.since <= \(now)
                    ORDER BY f.since DESC LIMIT 1
                """
            ) { $0.blob(0) }
        }
    }

    /// All of a house, the newest first.
    public static func all(in store: Store, at now: Instant) throws(Refusal) -> [Edition] {
        try store.read { (rows) throws(Refusal) in
            let force = try rows.all("SELECT since, version FROM policy_force ORDER BY since") {
                (since: $0.instant(0), version: $0.integer(1))
            }
            let isUnfounded = try rows.exists(
                "SELECT 1 FROM policy_founding WHERE NOT EXISTS (SELECT 1 FROM policy_publication)")
            let times = Times(force, now)
            let head = try rows.first("SELECT digest FROM policy_version WHERE id = \(times.last)") { $0.blob(0) }.flatMap(Digest.init)
            var editions = try proposed(times, head, isUnfounded: isUnfounded, now, rows)
            editions += try loaded(times, rows).filter { loaded in
                !editions.contains { $0.row == loaded.row || $0.note?.parent == nil && $0.document == loaded.document }
            }
            return editions.sorted { ($0.since ?? .distantFuture, $0.number) > ($1.since ?? .distantFuture, $1.number) }
        }
    }

    /// When each version was in force.
    private struct Times {
        let force: [(since: Instant, version: Int64)], now: Instant
        init(_ force: [(since: Instant, version: Int64)], _ now: Instant) { (self.force, self.now) = (force, now) }
        var last: Int64 { force.last?.version ?? 0 }
        var current: Int64? { (force.last { $0.since <= now } ?? force.first)?.version }
        func span(_ version: Int64) -> (since: Instant?, until: Instant?) {
            guard let place = force.lastIndex(where: { $0.version == version }) else { return (nil, nil) }
            return (force[place].since, place + 1 < force.count ? force[place + 1].since : nil)
        }
        func state(_ version: Int64) -> State {
            current == version ? .inForce : (span(version).since ?? now) > now ? .published : .former
        }
    }

    private static func proposed(
        _ times: Times, _ head: Digest?, isUnfounded: Bool, _ now: Instant, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> [Edition] {
        let approvals = try rows.all("SELECT proposal, role, number, at FROM policy_approval ORDER BY at") {
            ($0.integer(0), Approval(role: $0.text(1), number: $0.integer(2), at: $0.instant(3)))
        }
        return try rows.all(
            """
            SELECT p.id, p.text, u.version, u.note, u.at, u.since, u.leaf, w.proposal FROM policy_proposal p
                LEFT JOIN policy_publication u ON u.proposal = p.id LEFT JOIN policy_withdrawal w ON w.proposal = p.id
            """
        ) { row -> Edition? in
            guard let note = PolicyNote(text: row.text(1)) else { return nil }
            let id = row.integer(0), version = row.integerOrNil(2), isWithdrawn = row.integerOrNil(7) != nil
            let span = times.span(version ?? 0)
            let since = row.instantOrNil(5) ?? span.since
            let isNext = note.parent == nil ? isUnfounded : !isUnfounded && note.parent == head
            return Edition(
                proposal: id, row: version, number: note.number, document: note.document, rules: note.rules.hex, note: note,
                approvals: approvals.filter { $0.0 == id }.map(\.1), published: row.instantOrNil(4),
                since: since, until: span.until, signed: row.blobOrNil(3), leaf: row.integerOrNil(6),
                state: isWithdrawn
                    ? .withdrawn : (since ?? now) > now ? .published : version.map(times.state) ?? (isNext ? .proposed : .overtaken))
        }.compactMap { $0 }
    }

    /// Those that a development directory loaded from its file.
    private static func loaded(_ times: Times, _ rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Edition] {
        try rows.all("SELECT id, number, digest, (SELECT name FROM policy_force WHERE version = id LIMIT 1) FROM policy_version") { row in
            (id: row.integer(0), number: Int(row.integer(1)), digest: Digest(bytes: row.blob(2)), name: row.textOrNil(3))
        }.compactMap { version in
            guard let digest = version.digest, let name = version.name else { return nil }
            let span = times.span(version.id)
            return Edition(
                proposal: nil, row: version.id, number: version.number, document: digest,
                rules: name.split(separator: " ").last.map(String.init) ?? "", note: nil, approvals: [], published: nil,
                since: span.since, until: span.until, signed: nil, leaf: nil, state: times.state(version.id))
        }
    }
}

extension Instant {
    fileprivate static var distantFuture: Instant { Instant(microseconds: .max) }
}

extension Vault {
    /// What was withdrawn or overtaken never holds: it stands behind the others.
    public func editions() throws(Refusal) -> [Edition] {
        let all = try Edition.all(in: store, at: clock.now()), idle: Set<Edition.State> = [.withdrawn, .overtaken]
        return all.filter { !idle.contains($0.state) } + all.filter { idle.contains($0.state) }
    }

    /// Numbers of proposals whose note can't be read.
    public func unreadableProposals() throws(Refusal) -> [Int64] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT id, text FROM policy_proposal ORDER BY id") { (id: $0.integer(0), note: PolicyNote(text: $0.text(1))) }
        }.filter { $0.note == nil }.map(\.id)
    }

    /// The bytes of a document, by its digest: of a version, or of one that is proposed. nil: there is none.
    public func document(_ digest: Digest) throws(Refusal) -> [UInt8]? {
        let document = try store.read { (rows) throws(Refusal) -> [UInt8]? in
            let version = try rows.first("SELECT document FROM policy_version WHERE digest = \(digest.bytes)") { $0.blob(0) }
            if let version { return version }
            // Few are ever proposed.
            return try rows.all("SELECT document FROM policy_proposal") { $0.blob(0) }.first { SHA256.hash($0) == digest }
        }
        guard let document else { return nil }
        guard SHA256.hash(document) == digest else { throw .damaged("the policy's document \(digest.hex)") }
        return document
    }

    /// The version that is published and hasn't begun; of several the nearest.
    public var coming: (row: Int64, number: Int, since: Instant)? {
        course.next(after: clock.now()).map { ($0.versions.current.row, $0.versions.current.policy.version.number, $0.since) }
    }

    /// A version in force, or that was or will be; nil: none of them.
    public func policy(ofVersion row: Int64) -> Policy? { course.policy(row) }

    /// The version that an entry names (`Policy.versionText`), where it is still loaded.
    public func policy(named text: String) -> Policy? {
        let present = atThisMoment
        return present.versionText == text ? present.policy : present.versions.loaded.first { $0.policy.versionText == text }?.policy
    }

    /// A translation that was published beside the version in force, or another; in a house without one that lies beside the first that is
    /// proposed, as it was proposed. nil: there is none.
    public func translation(_ language: String, of version: Policy? = nil) throws(Refusal) -> [UInt8]? {
        let digest = (version ?? policy).documentDigest
        if let edition = try editions().first(where: { $0.document == digest }), edition.state == .proposed, let note = edition.note,
            note.parent == nil, let hash = note.translations.first(where: { $0.language == language })?.document
        {
            return try store.read { (rows) throws(Refusal) in
                try rows.first(
                    "SELECT document FROM policy_translation WHERE proposal = \(edition.proposal ?? 0) AND language = \(language)"
                ) { $0.blob(0) }
            }.flatMap { SHA256.hash($0) == hash ? $0 : nil }
        }
        return try store.read { (rows) throws(Refusal) -> [UInt8]? in
            try rows.first(
                """
                SELECT t.document FROM policy_publication u JOIN policy_version v ON v.id = u.version
                    JOIN policy_translation t ON t.proposal = u.proposal WHERE v.digest = \(digest.bytes) AND t.language = \(language)
                """
            ) { $0.blob(0) }
        }
    }
}
