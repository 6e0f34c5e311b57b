// How the keys forget for good. Whatever was destroyed could still be opened by somebody with an older copy of the key store, as long as
// the key above it lives. So, once a day, classes of which a key was destroyed get a new class key, their buckets a new bucket key, the
// ring is written anew under a new root, and the old root is forgotten. A rotation does that to every bucket.
//
// Each step is durable before the next: root N + 1, ring N + 1, one transaction in which the keys go under the new buckets and N + 1
// begins to hold, root N forgotten. A crash before the transaction leaves N, one after it N + 1; a start forgets the other.

public import Crypto
import Policy
public import Store
import Synchronization

extension KeyStore {
    static let renewals: (name: StaticString, statements: [SQL]) = (
        "generations of the ring",
        [
            """
            CREATE TABLE ring (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, renewed INTEGER NOT NULL)
                STRICT
            """,
            "INSERT INTO ring (one, generation, renewed) VALUES (1, 1, 0)",
            // Buckets below which something was destroyed; subject 0 where it was somebody with everything of theirs.
            """
            CREATE TABLE touched (bucket INTEGER NOT NULL, subject INTEGER NOT NULL, kind INTEGER NOT NULL,
                PRIMARY KEY (bucket, subject, kind)) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX class_key_bucket ON class_key ((subject % 4096))",
        ]
    )

    /// About so many keys go under a new bucket in one transaction: nobody else writes keys meanwhile.
    static let mostAtOnce = 2_000

    /// Something in the bucket was destroyed, of a class that lives on or of somebody who is gone whole.
    func touch(
        _ bucket: Int64, _ subject: Subject = Subject(id: 0), _ kind: Int64 = 0, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        try rows.run("INSERT INTO touched (bucket, subject, kind) VALUES (\(bucket), \(subject), \(kind)) ON CONFLICT DO NOTHING")
    }

    /// Renews the buckets that were touched, if that wasn't done today.
    /// - Returns: how many were.
    func renewTouched() async throws(HouseFault) -> Int {
        let today = Day(of: clock.now())
        return try await alone { () async throws(HouseFault) -> Int in
            let touched = try self.asking { (rows) throws(Refusal) -> [Int64] in
                let last = try rows.first("SELECT renewed FROM ring") { Day(of: $0.instant(0)) }
                return last == today ? [] : try rows.all("SELECT DISTINCT bucket FROM touched ORDER BY bucket") { $0.integer(0) }
            }
            return try await self.renew(touched)
        } ?? 0
    }

    /// Renews every bucket; nil where somebody else is at it.
    func renewAll() async throws(HouseFault) -> Int? {
        try await alone { () async throws(HouseFault) -> Int in try await self.renew((0..<Int64(Buckets.count)).map { $0 }) }
    }

    /// Forgets what an interrupted renewal left, unless one is under way at this moment.
    func finishRenewal() async throws(HouseFault) { _ = try await alone { () async throws(HouseFault) in } }

    /// Puts these buckets' keys under new ones, a few buckets at a time. Gives how many buckets.
    private func renew(_ buckets: [Int64]) async throws(HouseFault) -> Int {
        guard !buckets.isEmpty else { return 0 }
        let sizes = try asking { (rows) throws(Refusal) in
            try rows.all("SELECT subject % 4096, count(*) FROM class_key GROUP BY subject % 4096") { ($0.integer(0), Int($0.integer(1))) }
        }
        let size = Dictionary(sizes, uniquingKeysWith: +)
        var rest = buckets[...]
        while !rest.isEmpty {
            var round: Set<Int64> = [], keys = 0
            while let next = rest.first, round.isEmpty || keys + (size[next] ?? 0) <= Self.mostAtOnce {
                round.insert(next)
                keys += size[next] ?? 0
                rest.removeFirst()
            }
            try await renew(round)
        }
        return buckets.count
    }

    private func renew(_ round: Set<Int64>) async throws(HouseFault) {
        let old: Buckets, new: Buckets
        do throws(Refusal) { old = try reading { (rows) throws(Refusal) in try buckets(in: rows) } } catch { throw .refusal(error) }
        new = old.renewing(round, from: randomness)
        do throws(KeyFault) { try rings.put(new) } catch { throw .keys(error) }
        do throws(Refusal) { try await begin(new, after: old, in: round) } catch {
            rings.drop(new.generation)
            throw .refusal(error)
        }
        truncation.isDue.store(true, ordering: .relaxed)
        truncateIfDue(patience: .milliseconds(100))
        do throws(KeyFault) { try rings.forget(allBut: new.generation) } catch { throw .keys(error) }
    }

    /// The transaction in which the new generation begins to hold.
    func begin(_ new: Buckets, after old: Buckets, in round: Set<Int64>) async throws(Refusal) {
        let now = clock.now()
        try await change { (rows) throws(Refusal) in
            for bucket in round {
                try self.rewrap(bucket, from: old, to: new, in: rows)
                try self.relabel(bucket, from: old, to: new, in: rows)
                try self.relabelSearchKeys(bucket, from: old, to: new, in: rows)
                try rows.run("DELETE FROM touched WHERE bucket = \(bucket)")
            }
            let held = "generation = \(old.generation)" as SQL
            guard try rows.run("UPDATE ring SET generation = \(new.generation), renewed = \(now) WHERE \(held)") == 1 else {
                throw .outdated
            }
        }
    }

    /// Class keys of which something was destroyed are made anew, with what still lies below them. One that doesn't open stays as it is.
    private func rewrap(
        _ bucket: Int64, from old: Buckets, to new: Buckets, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let touched = try rows.all("SELECT subject, kind FROM touched WHERE bucket = \(bucket)") { [$0.identity(0), $0.identity(1)] }
        let classes = try rows.all("SELECT subject, kind, wrapped FROM class_key WHERE subject % 4096 = \(bucket)") {
            (Subject(id: $0.identity(0)), $0.identity(1), $0.blob(2))
        }
        for (subject, kind, wrapped) in classes {
            let binding = Self.classBinding(subject, kind)
            guard let former = try? Self.unwrap(wrapped, under: old[bucket], binding) else { continue }
            let isTouched = touched.contains([subject.id, kind]), key = isTouched ? Secret(from: randomness) : former
            if isTouched { try rewrapItems(of: subject, kind, from: former, to: key, in: rows) }
            try rows.run(
                """
                UPDATE class_key SET wrapped = \(Sealed.wrap(key, under: new[bucket], boundTo: binding)),
                    generation = generation + \(isTouched) WHERE subject = \(subject) AND kind = \(kind)
                """)
        }
    }

    private func rewrapItems(
        of subject: Subject, _ kind: Int64, from old: Secret, to new: Secret, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let items = try rows.all("SELECT item, generation, wrapped FROM item_key WHERE subject = \(subject) AND kind = \(kind)") {
            (RecordName(subject: subject, kind: kind, item: $0.identity(0), generation: $0.integer(1)), $0.blob(2))
        }
        if kind == Self.classOfPairs { try rewrapPair(of: subject, from: old, to: new, in: rows) }
        for (name, wrapped) in items {
            guard let key = try? Self.unwrap(wrapped, under: old, name.keyBinding) else { continue }
            try rows.run(
                """
                UPDATE item_key SET wrapped = \(Sealed.wrap(key, under: new, boundTo: name.keyBinding)) WHERE subject = \(subject)
                    AND kind = \(kind) AND item = \(name.item) AND generation = \(name.generation)
                """)
        }
    }

    private func rewrapPair(
        of subject: Subject, from old: Secret, to new: Secret, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let former = try rows.first("SELECT subject, public, seed FROM key_pair WHERE subject = \(subject)", WrappedPair.init)
        guard let pair = try? former?.open(under: old) else { return }
        let wrapped = WrappedPair(pair, of: subject, under: new, from: randomness)
        try rows.run("UPDATE key_pair SET seed = \(wrapped.seed) WHERE subject = \(subject)")
    }

    private func asking<Value>(_ body: (borrowing Snapshot<Refusal>) throws(Refusal) -> Value) throws(HouseFault) -> Value {
        do throws(Refusal) { return try store.read(body) } catch { throw .refusal(error) }
    }
}

extension KeyStore {
    /// One renewal at a time, of whatever process: what an interrupted one left is forgotten first. nil where another is under way.
    private func alone<Value>(_ body: () async throws(HouseFault) -> Value) async throws(HouseFault) -> Value? {
        let lock: Int32?
        do throws(KeyFault) { lock = try DurableFile.hold(KeyFolder.renewing(rings.folder)) } catch { throw .keys(error) }
        guard let lock else { return nil }
        defer { DurableFile.release(lock) }
        let holds: Int64
        do throws(Refusal) { holds = try reading { (rows) throws(Refusal) in try buckets(in: rows).generation } } catch {
            throw .refusal(error)
        }
        do throws(KeyFault) { try rings.forget(allBut: holds) } catch { throw .keys(error) }
        return try await body()
    }
}

extension Vault {
    /// Once a day: keys of nothing go, and what was destroyed since the last time can't be opened any more with older copies of the key
    /// store. Whoever has no key pair yet gets one.
    @discardableResult
    public func renewTouchedKeys() async throws(HouseFault) -> Int {
        do throws(Refusal) {
            try await givePairs()
            try await sweepKeysOfNothing()
        } catch { throw .refusal(error) }
        return try await keys.renewTouched()
    }
}

extension Vault {
    /// Whether what another server renewed can be read here.
    /// - Throws: what the operator hears where the folder of the keys isn't the one that it wrote.
    public func followKeys() throws(HouseFault) {
        let holds: Int64?
        do throws(StoreFault) {
            holds = try keys.store.read { (rows) throws(StoreFault) in try rows.first("SELECT generation FROM ring") { $0.integer(0) } }
        } catch { throw .store(error) }
        guard let holds else { return }
        do throws(KeyFault) { _ = try keys.rings.standing(holds) } catch { throw .keys(error) }
    }
}

/// The keys of a house without its data, for the command line; a house that is open goes on meanwhile.
public enum HouseKeys {
    /// Renews every key between the root and the classes.
    /// - Returns: the new generation of the root; nil where another renewal is under way.
    public static func rotate(
        in folder: String, _ database: Database? = nil, clock: any Clock, randomness: any Randomness
    ) async throws(HouseFault) -> Int64? {
        let database = database ?? KeyStore.database(in: folder)
        guard try database.holdsHouse() else { throw .keys(.unreadable(database.place)) }
        let keys = try KeyStore.open(in: folder, database, roots: nil, mayMake: false, clock: clock, randomness: randomness)
        defer { keys.store.close() }
        guard try await keys.renewAll() != nil else { return nil }
        do throws(Refusal) { return try keys.store.read { (rows) throws(Refusal) in try keys.buckets(in: rows).generation } } catch {
            throw .refusal(error)
        }
    }
}
