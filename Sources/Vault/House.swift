// Opens the house: keys, databases, the versions of the policy, and what a crash left unfinished.

public import Crypto
public import Policy
public import Store

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
        let versions = try course(keys.ring, origin)
        try note(logName: former, in: store)
        let vault = Vault(
            Rooms(
                store: store, keys: keys, course: versions,
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
        if try database.holdsHouse(), try keys.holdsHouse() {
            try refuseTornData(database, below: keys)
            return try refuseLostChanges([database, keys], keyFolder: keyFolder)
        }
        guard try !database.holdsHouse(), try keys.holdsHouse() else { return }
        let isInUse: Bool
        do throws(StoreFault) {
            let still = try Still(keys)
            guard try still.has(table: "class_key") else { return }
            isInUse = try still.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM class_key") }
        } catch { throw .store(error) }
        guard !isInUse else { throw .apart("\(database.name) is missing or new, while the keys of people are there.") }
    }

    /// Refuses data that lack what was signed because the end of their write-ahead log doesn't hold. Before they are opened to be written, so that
    /// it stays as it is.
    private static func refuseTornData(_ database: Database, below keys: Database) throws(HouseFault) {
        guard let log = TornLog(beside: database) else { return }
        let size: Int, seen: Int?
        do throws(StoreFault) {
            let data = try Still(database), keyStore = try Still(keys)
            guard try keyStore.has(table: "seen_tree") else { return }
            seen = try keyStore.read { (rows) throws(StoreFault) in try rows.first("SELECT size FROM seen_tree") { Int($0.integer(0)) } }
            let hasLog = try data.has(table: "log_checkpoint")
            size = try data.read { (rows) throws(StoreFault) in
                hasLog ? try rows.first("SELECT max(size) FROM log_checkpoint") { Int($0.integerOrNil(0) ?? 0) } ?? 0 : 0
            }
        } catch { throw .store(error) }
        guard let seen, seen > size else { return }
        throw .dataTorn(log, data: database.name, size: size, seen: seen)
    }

    /// Refuses what would overwrite changes that were durable, and which a page before them keeps from being taken up; unless the operator says
    /// that what holds is enough.
    private static func refuseLostChanges(_ databases: [Database], keyFolder: String) throws(HouseFault) {
        let consent = "\(keyFolder)/\(consent)"
        for database in databases {
            guard let log = TornLog(beside: database), log.hasLostChanges, !DurableFile.exists(consent) else { continue }
            throw .torn(log, consent: consent)
        }
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
            return try store.read { (rows) throws(Refusal) in try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? new }
        } catch { throw .refusal(error) }
    }

    /// Once nothing is refused any more: under it all is signed from then on.
    private static func note(logName name: String, in store: Store) throws(HouseFault) {
        do throws(Refusal) {
            try store.writeAndWait { (rows) throws(Refusal) in
                try rows.run("INSERT INTO log_origin (one, name) VALUES (1, \(name)) ON CONFLICT DO NOTHING")
                return
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
            if !lives, try !hasRows(subject) { try await keys.destroyAll(of: subject) }
        }
    }
}

extension Database {
    /// `isBegun`, for whoever opens a house.
    func holdsHouse() throws(HouseFault) -> Bool { do throws(StoreFault) { return try isBegun() } catch { throw .store(error) } }
}
