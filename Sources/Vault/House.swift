// Opens the house: keys, databases, the versions of the policy, and what a crash left unfinished.

public import Crypto
public import Policy
public import Store

/// Why the house doesn't open; the text tells the operator what it means and what to do next.
public enum HouseFault: Error {
    case keys(KeyFault)
    case store(StoreFault)
    case refusal(Refusal)
    /// Data and keys aren't of one house, or one of the two is missing.
    case apart(String)
    /// The data end before what their keys have signed: an older copy was put back. `consent` is the file that accepts the loss.
    case behind(data: String, size: Int, seen: Int, consent: String)
    /// The keys were changed so often, and the data remember more: an older key store was put back.
    case keysOlder(keys: Database, data: String, has: Int64, known: Int64)
    /// The same, and the end of the keys' write-ahead log doesn't hold: what it had is lost. `lacking`: what nothing opens without it.
    case keysTorn(TornLog, keys: String, data: String, has: Int64, known: Int64, lacking: Lacking)
    /// The data's log of that size isn't the one that their keys have signed.
    case otherHistory(data: String, size: Int)
    /// A version that was in force once can't be read any more.
    case policy(version: Int64)
    /// What was published isn't as it was signed.
    case published(PublishingFault)
    /// The database lacks so many steps that this program makes at its next start.
    case pending(Int)
}

extension HouseFault {
    /// What happened and what to do next, for the operator.
    public var sentence: String {
        switch self {
        case .keys(.unreadable(let path)):
            "\(path) can't be read, or its other half is missing. Put both key files back from the key backup."
        case .keys(.unwritable(let path)): "\(path) can't be written. Is the disk full, or the folder somebody else's?"
        case .keys(.doesNotOpen(let path)):
            "\(path) doesn't open under its root: one of the two was changed or is another house's. Put both back from the key backup."
        case .keys(.changed(let path)):
            """
            \(path) isn't as this house wrote it. Set it aside under another name: the open house writes it anew within a second, with everybody \
            whom it knows as forgotten.
            """
        case .keys(.lost(let folder)):
            """
            the keys are lost: there is no key store in \(folder). Without it nobody can read who anybody is: no name, address or message, nor \
            who used them; numbers, times, amounts and the signed log stay readable. Nothing was changed. Put the newest backup back (`voffice \
            restore` into another directory): its key part opens for \(Safe.days) days. If there is none, docs/operating.md says how to go on.
            """
        case .store(let fault): "the database: \(fault)"
        case .refusal(let refusal): "the vault doesn't open: \(refusal.sentence)"
        case .apart(let what): "\(what) Nothing was changed. Put both back from backups of the same house, then start again."
        case .behind(let data, let size, let seen, let consent):
            """
            \(data) is older than its keys: its log has \(size) entries, and \(seen) were signed. Nothing was changed. Put the newest copy of \
            \(data) back and start again. If there is none, and this copy is a restore that you mean: what came after it is lost, and \
            the log will say so. Make an empty file \(consent) and start again.
            """
        case .keysOlder(let keys, let data, let has, let known):
            """
            \(keys.name) is older than \(data): it was changed \(has) times, and \(data) remembers change \(known). Nobody who came since could \
            be read, and who was forgotten since would be known again. Nothing was changed. An older copy was put back\(Self.orLost(keys)). Put \
            the newest copy of \(keys.name) back, with the keys folder of that moment, and start again. If there is none, restore the newest \
            backup, data and keys of one moment.
            """
        case .keysTorn(let log, let keys, let data, let has, let known, let lacking):
            """
            \(log.path) is damaged: \(log.hold) of its \(log.of) pages hold. As far as they do, \(keys) was changed \(has) times, and \(data) \
            remembers change \(known): what was done to the keys in between lies in the pages that don't hold, who was forgotten then \
            included. Without it \(lacking.text) can't be read. Nothing was changed. Put \(log.path) back as it was when the house ended, \
            from a snapshot of the disk say, and start again: nothing is lost then. If there is none, keep the directory aside and restore the \
            newest backup, data and keys of one moment: that loses what came after it, and the log will say so.
            """
        case .otherHistory(let data, let size):
            """
            \(data) holds another history than its keys: the \(size) entries that were signed aren't those in its log. Nothing was changed. \
            Somebody changed it, or it is another copy's: keep it aside, and put the data back that these keys belong to.
            """
        case .policy(let version):
            "the policy in row \(version) can't be read any more: the database was changed. Restore it from a backup."
        case .published(let fault): fault.description
        case .pending(let steps):
            "the databases are \(steps) steps older than this program. Start the house once; it brings them up to date."
        }
    }

    /// Of a file: what goes with it may be lost.
    private static func orLost(_ keys: Database) -> String {
        if case .file = keys { ", or \(keys.name)-wal, which goes with it, was lost or cut" } else { "" }
    }
}

extension Vault {
    /// - Parameters:
    ///   - store: the data, migrated with `Vault.migrations` before the office's own.
    ///   - keyFolder: holds the root, the ring and the key store; a folder of its own, so that backups keep it apart.
    ///   - keys: the database of the key store; nil for a file in `keyFolder`.
    ///   - roots: who holds the root; nil for a file in `keyFolder`.
    ///   - origin: the log's name for a new house; an old one keeps its name, whatever its address is now.
    ///   - document: the policy in force, compiled; it becomes the newest version if it isn't yet.
    public static func open(
        store: Store, keyFolder: String, keys: Database? = nil, policy: Policy, document: [UInt8], origin: String,
        conditions: [any Condition],
        events: [any Event] = [], roots: (any RootHolder)? = nil, clock: any Clock, randomness: any Randomness, forget: @escaping Forget
    ) async throws(HouseFault) -> Vault {
        try await open(store, keyFolder, keys, roots, origin, conditions, events, clock, randomness, forget) { (_, _) throws(HouseFault) in
            try development(policy, document, in: store, at: clock.now())
        }
    }

    /// Opens a house of production, which runs by what was published in it and by no file.
    public static func open(
        published store: Store, keyFolder: String, keys: Database? = nil, origin: String, conditions: [any Condition],
        events: [any Event] = [],
        roots: (any RootHolder)? = nil, clock: any Clock, randomness: any Randomness, forget: @escaping Forget
    ) async throws(HouseFault) -> Vault {
        let vault = try await open(store, keyFolder, keys, roots, origin, conditions, events, clock, randomness, forget) {
            (ring, origin) throws(HouseFault) in try production(ring, origin: origin, in: store)
        }
        do throws(PublishingFault) { try vault.checkPublicationsInLog() } catch { throw .published(error) }
        return vault
    }

    private static func open(
        _ store: Store, _ keyFolder: String, _ keyDatabase: Database?, _ roots: (any RootHolder)?, _ origin: String,
        _ conditions: [any Condition],
        _ events: [any Event], _ clock: any Clock, _ randomness: any Randomness, _ forget: @escaping Forget,
        course: (KeyRing, String) throws(HouseFault) -> Course
    ) async throws(HouseFault) -> Vault {
        let house = try houseOfData(store)
        try refuseTornKeys(keyDatabase ?? KeyStore.database(in: keyFolder), than: store)
        let keys = try KeyStore.open(
            in: keyFolder, keyDatabase, roots: roots, mayMake: house == nil, clock: clock, randomness: randomness)
        try bind(store, house, to: keys)
        try refuseOlderKeys(keys, than: store)
        let former = try logName(in: store, orElse: origin)
        let lost = try lost(in: store, keys, keyFolder: keyFolder, origin: former)
        let origin = lost.map { name(afterLosing: $0.tree, of: $0.log) } ?? former
        let vault = Vault(
            Rooms(
                store: store, keys: keys, course: try course(keys.ring, origin),
                conditions: Dictionary(conditions.map { ($0.name, $0) }, uniquingKeysWith: { $1 }), clock: clock, randomness: randomness,
                origin: origin, events: events, forget: forget))
        do throws(Refusal) {
            try keys.moveLookups()
            try vault.expectLease()
            if let lost { try await vault.goOn(losing: lost.tree, of: lost.log, keyFolder: keyFolder) }
            try await vault.catchUpWithLog()
            try await vault.finishErasures(atStart: true)
            try await vault.finishRewriting(atStart: true)
            try await vault.sweepKeys()
        } catch { throw .refusal(error) }
        try await keys.finishRenewal()
        keys.clearLeftoversIfDue()
        return vault
    }

    /// A document that is or will be in force, under a number of its own.
    static func addVersion<Failure>(
        _ number: Int, _ document: [UInt8], _ digest: Digest, at moment: Instant, in rows: borrowing Transaction<Failure>
    ) throws(Failure) -> Int64 {
        let row = try rows.nextNumber(of: "policy_version")
        try rows.run(
            """
            INSERT INTO policy_version (id, number, document, digest, loaded_at)
                VALUES (\(row), \(number), \(document), \(digest.bytes), \(moment))
            """)
        return row
    }

    /// Refuses a house whose data are missing while the keys of people are there, before its database is made.
    public static func refuseMissingData(_ database: Database, keyFolder: String, keys: Database? = nil) throws(HouseFault) {
        let keys = keys ?? KeyStore.database(in: keyFolder)
        guard try !database.holdsHouse(), try keys.holdsHouse() else { return }
        let isInUse: Bool
        do throws(StoreFault) {
            let still = try Still(keys)
            guard try still.has(table: "class_key") else { return }
            isInUse = try still.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM class_key") }
        } catch { throw .store(error) }
        guard !isInUse else { throw .apart("\(database.name) is missing or new, while the keys of people are there.") }
    }

    private static func houseOfData(_ store: Store) throws(HouseFault) -> [UInt8]? {
        do throws(Refusal) {
            return try store.read { (rows) throws(Refusal) in try rows.first("SELECT id FROM house") { $0.blob(0) } }
        } catch { throw .refusal(error) }
    }

    /// Data and keys carry the same random number, and the key store a probe that only its own ring opens. A new house gets its
    /// number in the keys first; data without a number beside keys that are in use are a lost or foreign database.
    private static func bind(_ store: Store, _ house: [UInt8]?, to keys: KeyStore) throws(HouseFault) {
        let known: (id: [UInt8], probe: [UInt8], isInUse: Bool)?
        do throws(Refusal) {
            known = try keys.store.read { (rows) throws(Refusal) in
                let isInUse = try rows.exists("SELECT 1 FROM class_key")
                return try rows.first("SELECT id, probe FROM house") { ($0.blob(0), $0.blob(1), isInUse) }
            }
        } catch { throw .refusal(error) }
        guard let known else {
            guard house == nil else { throw .apart("The key store is missing or new, while \(store.name) is that of a house.") }
            return try number(store, keys)
        }
        guard (try? Sealed.open(known.probe, under: keys.ring.lookup, boundTo: known.id)) != nil else {
            throw .apart("\(keys.store.name) and the key ring belong to different houses.")
        }
        if let house {
            guard house == known.id else { throw .apart("\(store.name) and the keys belong to different houses.") }
            return
        }
        guard !known.isInUse else { throw .apart("\(store.name) is missing or new, while the keys of people are there.") }
        try write(known.id, in: store)
    }

    private static func number(_ store: Store, _ keys: KeyStore) throws(HouseFault) {
        let id = keys.randomness.bytes(16), probe = Sealed.seal(id, under: keys.ring.lookup, boundTo: id)
        do throws(Refusal) {
            try keys.store.writeAndWait { (rows) throws(Refusal) in
                try rows.run("INSERT INTO house (one, id, probe) VALUES (1, \(id), \(probe))")
                return
            }
        } catch { throw .refusal(error) }
        try write(id, in: store)
    }

    private static func write(_ id: [UInt8], in store: Store) throws(HouseFault) {
        do throws(Refusal) {
            try store.writeAndWait { (rows) throws(Refusal) in
                try rows.run("INSERT INTO house (one, id) VALUES (1, \(id))")
                return
            }
        } catch { throw .refusal(error) }
    }

    private static func logName(in store: Store, orElse new: String) throws(HouseFault) -> String {
        do throws(Refusal) {
            return try store.writeAndWait { (rows) throws(Refusal) in
                try rows.run("INSERT INTO log_origin (one, name) VALUES (1, \(new)) ON CONFLICT DO NOTHING")
                return try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? new
            }
        } catch { throw .refusal(error) }
    }

    /// Every version that was ever in force here, compiled anew from its document, the present one last.
    static func loaded(_ policy: Policy, _ document: [UInt8], in store: Store, at now: Instant) throws(HouseFault)
        -> [LoadedVersion]
    {
        let known: [(row: Int64, document: [UInt8], since: Instant)]
        do throws(Refusal) {
            known = try store.writeAndWait { (rows) throws(Refusal) in
                if try !rows.exists("SELECT 1 FROM policy_version WHERE digest = \(policy.documentDigest.bytes)") {
                    _ = try addVersion(policy.version.number, document, policy.documentDigest, at: now, in: rows)
                }
                return try rows.all(
                    """
                    SELECT id, document, loaded_at FROM policy_version
                        ORDER BY CASE WHEN digest = \(policy.documentDigest.bytes) THEN 1 ELSE 0 END, loaded_at, id
                    """
                ) { ($0.integer(0), $0.blob(1), $0.instant(2)) }
            }
        } catch { throw .refusal(error) }
        var loaded: [LoadedVersion] = []
        for (row, document, since) in known.dropLast() {
            guard let former = Policy.compile(document, file: "version \(row)").policy else { throw .policy(version: row) }
            loaded.append(LoadedVersion(row: row, since: since, policy: former))
        }
        let present = known[known.count - 1]
        return loaded + [LoadedVersion(row: present.row, since: present.since, policy: policy)]
    }

    /// Ends all writing of keys; before the store of the data closes, so that another server can go on at once.
    public func close() {
        giveBackLease()
        keys.store.close()
    }

    /// Keys that nothing is sealed under are what an interrupted registration leaves: gone after a day.
    public func sweepKeys() async throws(Refusal) {
        for subject in try keys.subjectsWithKeys(madeBefore: clock.now() - .seconds(86_400)) {
            let lives = try store.read { (rows) throws(Refusal) in
                try rows.exists("SELECT 1 FROM subject WHERE id = \(subject) UNION ALL SELECT 1 FROM retained WHERE subject = \(subject)")
            }
            if !lives { try await keys.destroyAll(of: subject) }
        }
    }
}

extension Database {
    /// `isBegun`, for whoever opens a house.
    func holdsHouse() throws(HouseFault) -> Bool { do throws(StoreFault) { return try isBegun() } catch { throw .store(error) } }
}
