// What a house runs by: in development the file as it stands; in production what was published, and until then the document under
// which it was founded.

import Crypto
import Synchronization
public import Policy
public import Store
import TransparencyLog

extension Vault {
    /// Makes a new database one of production: this document is the first version that its officers are asked to publish.
    public static func found(
        _ store: Store, policy: Policy, document: [UInt8], translations: [String: [UInt8]] = [:], at now: Instant
    ) throws(PublishingFault) {
        for role in Officer.roles where !policy.roles.contains(role) { throw .lacksOfficer(role: role) }
        let note = PolicyNote(
            number: policy.version.number, parent: nil, document: policy.documentDigest, rules: policy.digest, from: policy.from,
            waiting: .none, proposed: now.seconds, translations: PolicyNote.translations(translations), wordingOnly: [], isMaterial: false)
        try store.writeAndWait { (rows) throws(PublishingFault) in
            guard try !rows.exists("SELECT 1 FROM policy_version") else { throw .published }
            let row = try addVersion(policy.version.number, document, policy.documentDigest, at: now, in: rows)
            try rows.run("INSERT INTO policy_founding (one, version) VALUES (1, \(row))")
            try rows.run("INSERT INTO policy_force (since, version, name) VALUES (\(now), \(row), \(policy.versionText))")
            try note.insert(document, translations, at: now, in: rows)
        }
    }

    /// False from the founding of a house until its first version is published: it takes in nobody but its staff.
    public var isOpen: Bool {
        get throws(Refusal) {
            if course.isOpen.load(ordering: .relaxed) { return true }
            let now = clock.now()
            let isOpen = try store.read { (rows) throws(Refusal) in
                guard try rows.exists("SELECT 1 FROM policy_founding") else { return true }
                return try rows.exists("SELECT 1 FROM policy_publication WHERE since <= \(now)")
            }
            if isOpen { course.isOpen.store(true, ordering: .relaxed) }
            return isOpen
        }
    }

    /// The document that the file holds, in force from now on; those that were in force before it stay loaded. Where it is the same as at the
    /// last start, what two officers published since goes on: a start changes nothing, a changed file does.
    static func development(_ policy: Policy, _ document: [UInt8], in store: Store, at now: Instant) throws(HouseFault) -> Course {
        guard try !isProduction(store) else {
            throw .apart("The directory is stamped `development`, while \(store.name) is that of a production house.")
        }
        let versions = try loaded(policy, document, in: store, at: now), row = versions[versions.count - 1].row
        if let course = try published(after: row, versions, in: store) { return course }
        do throws(Refusal) {
            try store.writeAndWait { (rows) throws(Refusal) in
                // The file goes before whatever was rehearsed and hasn't begun.
                try rows.run(
                    """
                    INSERT INTO policy_withdrawal (proposal, note, at) SELECT proposal, \([UInt8]()), \(now) FROM policy_publication
                        WHERE since > \(now) ON CONFLICT DO NOTHING
                    """)
                try rows.run("DELETE FROM policy_force WHERE since >= \(now)")
                try Force.begin(row, policy, at: now, in: rows)
            }
        } catch { throw .refusal(error) }
        return Course([Course.Turn(since: now, versions: Versions(versions))])
    }

    /// What was published since the file was last in force, with it before; nil: nothing was, or the file is another than it was then.
    private static func published(after row: Int64, _ versions: [LoadedVersion], in store: Store) throws(HouseFault) -> Course? {
        let force: [(since: Instant, row: Int64, isPublished: Bool)]
        do throws(Refusal) {
            force = try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT f.since, f.version, u.id FROM policy_force f
                        LEFT JOIN policy_publication u ON u.version = f.version AND u.since = f.since ORDER BY f.since
                    """
                ) { (since: $0.instant(0), row: $0.integer(1), isPublished: $0.integerOrNil(2) != nil) }
            }
        } catch { throw .refusal(error) }
        guard let place = force.lastIndex(where: { $0.row == row }) else { return nil }
        let after = force[(place + 1)...], kept = Dictionary(after.map { ($0.row, $0.since) }, uniquingKeysWith: { $1 })
        guard !after.isEmpty, after.allSatisfy(\.isPublished) else { return nil }
        var loaded = versions.filter { kept[$0.row] == nil }, turns = [Course.Turn(since: force[place].since, versions: Versions(loaded))]
        for (since, row, _) in after {
            guard let version = versions.first(where: { $0.row == row }) else { continue }
            loaded.append(LoadedVersion(row: row, since: since, policy: version.policy))
            turns.append(Course.Turn(since: since, versions: Versions(loaded)))
        }
        return Course(turns)
    }

    /// What was published, all of it verified.
    static func production(_ keys: KeyRing, origin: String, in store: Store) throws(HouseFault) -> Course {
        guard try isProduction(store) else {
            throw .apart("The directory is stamped `production`, while \(store.name) isn't that of a production house.")
        }
        do throws(PublishingFault) {
            let signatures: Signatures
            do throws(LogFault) { signatures = try Signatures(keys, origin: origin) } catch { throw .tampered("The log's name") }
            return Course(try PublishedChain(signatures: signatures).timeline(in: store))
        } catch { throw .published(error) }
    }

    /// Takes up, verified anew, what another server published or took back. Until then whatever it would decide is refused: no use is recorded
    /// under another version than the database has in force (`Force`).
    /// - Returns: whether there was anything; in a house of development there never is.
    @discardableResult
    public func followCourse() throws(HouseFault) -> Bool {
        let listed: [Course.Mark]
        do throws(Refusal) {
            listed = try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT since, version FROM policy_force WHERE EXISTS (SELECT 1 FROM policy_founding) ORDER BY since") {
                    Course.Mark(since: $0.instant(0), row: $0.integer(1))
                }
            }
        } catch { throw .refusal(error) }
        guard !listed.isEmpty, listed != course.marks else { return false }
        do throws(PublishingFault) {
            let signatures: Signatures
            do throws(LogFault) { signatures = try Signatures(keys.ring, origin: origin) } catch { throw .tampered("The log's name") }
            let timeline = try PublishedChain(signatures: signatures).timeline(in: store)
            try checkPublicationsInLog()
            course.follow(timeline)
        } catch { throw .published(error) }
        return true
    }

    private static func isProduction(_ store: Store) throws(HouseFault) -> Bool {
        do throws(Refusal) {
            return try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM policy_founding") }
        } catch { throw .refusal(error) }
    }
}
