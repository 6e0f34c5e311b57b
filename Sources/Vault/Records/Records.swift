// Sealed records: found by whose they are and which class, opened under their key, written anew as a whole.

import Crypto
import Policy
import Store

extension Vault {
    /// A record as it lies in the database.
    struct Stored {
        let name: RecordName, sealed: [UInt8]
    }

    /// The entries of all records that may hold these fields: those of items first, then those of the person's own record.
    func entries(of fields: [String], of subject: Subject, items: [Int64]) throws(Refusal) -> [Entry] {
        Self.entries(try open(try stored(of: subject, holding: fields, in: items)))
    }

    static func entries(_ opened: [(record: Stored, entries: [Entry])]) -> [Entry] {
        opened.filter { $0.record.name.item != 0 }.flatMap(\.entries) + opened.filter { $0.record.name.item == 0 }.flatMap(\.entries)
    }

    /// Whether these records lie there as they did.
    func isThere(_ names: [RecordName], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        for name in names {
            let isSame = try rows.exists(
                """
                SELECT 1 FROM record WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                    AND generation = \(name.generation)
                """)
            guard isSame else { return false }
        }
        return true
    }

    /// Those that may hold these fields in these items, each looked up by its place: somebody may have a hundred thousand others.
    /// - Throws: `damaged` where one of the person's own was taken out, so that nobody says that nothing is held, or puts another in its place.
    func stored(of subject: Subject, holding fields: [String], in items: [Int64]) throws(Refusal) -> [Stored] {
        let found = try there(of: subject, holding: fields, in: items)
        guard items.contains(0) else { return found }
        let missing = versions.classes(of: fields).subtracting(found.filter { $0.name.item == 0 }.map(\.name.kind))
        if !missing.isEmpty, try !takenOut(of: subject, among: missing).isEmpty { throw .damaged("record") }
        return found
    }

    /// The same of those that are there.
    func there(of subject: Subject, holding fields: [String], in items: [Int64]) throws(Refusal) -> [Stored] {
        let kinds = versions.classes(of: fields).sorted()
        return try store.read { (rows) throws(Refusal) in
            var found: [Stored] = []
            for kind in kinds {
                for item in items {
                    if let record = try Self.stored(of: subject, kind, item, in: rows) { found.append(record) }
                }
            }
            return found
        }
    }

    private static func stored(
        of subject: Subject, _ kind: Int64, _ item: Int64, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Stored? {
        try rows.first("SELECT generation, sealed FROM record WHERE subject = \(subject) AND kind = \(kind) AND item = \(item)") {
            Stored(name: RecordName(subject: subject, kind: kind, item: item, generation: $0.integer(0)), sealed: $0.blob(1))
        }
    }

    func stored(of subject: Subject) throws(Refusal) -> [Stored] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT kind, item, generation, sealed FROM record WHERE subject = \(subject) ORDER BY kind, item") { row in
                Stored(
                    name: RecordName(subject: subject, kind: row.identity(0), item: row.identity(1), generation: row.integer(2)),
                    sealed: row.blob(3))
            }
        }
    }

    /// Several records with one look into the key store.
    func open(_ records: [Stored]) throws(Refusal) -> [(record: Stored, entries: [Entry])] {
        let keys = try keys.keys(of: records.map(\.name))
        return try records.map { (record) throws(Refusal) in (record, try open(record, under: keys[record.name])) }
    }

    /// The same where one that is damaged, or whose key is, doesn't keep its person from the others.
    func openEach(_ records: [Stored]) throws(Refusal) -> (opened: [(record: Stored, entries: [Entry])], closed: [RecordName]) {
        do throws(Refusal) { return (try open(records), []) } catch {
            guard case .damaged = error else { throw error }
        }
        var opened: [(record: Stored, entries: [Entry])] = [], closed: [RecordName] = []
        for record in records {
            do throws(Refusal) { opened.append((record, try open(record))) } catch {
                guard case .damaged = error else { throw error }
                closed.append(record.name)
            }
        }
        return (opened, closed)
    }

    /// What may lie in a record of a class, by the present names.
    func fields(in kind: Int64) -> [String] {
        versions.loaded.flatMap { version in
            version.policy.fields.filter { version.policy.retentionClass(of: $0.name) == kind }
                .map { versions.nameNow(of: $0.name, in: version.row) }
        }.reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    func open(_ stored: Stored) throws(Refusal) -> [Entry] { try open(stored, under: try keys.key(of: stored.name)) }

    func open(_ stored: Stored, under key: Secret?) throws(Refusal) -> [Entry] {
        guard let key else {
            // A rewrite destroys the old key after the new record is durable: who read the old row just before looks again.
            let name = stored.name
            let now = try store.read { (rows) throws(Refusal) in try Self.stored(of: name.subject, name.kind, name.item, in: rows) }
            guard let now else { throw .gone }
            if now.name.generation > stored.name.generation { return try open(now) }
            // It is still there, and nobody takes it away: its key was lost.
            guard try store.read({ (rows) throws(Refusal) in try isHere(name.subject, in: rows) }), try keys.key(of: name) == nil else {
                throw .gone
            }
            throw .damaged("record")
        }
        let plain: [UInt8]
        do { plain = try Sealed.open(stored.sealed, under: key, boundTo: stored.name.binding) } catch { throw .damaged("record") }
        var entries = try EntryCoding.decode(plain)
        for index in entries.indices {
            entries[index].item = stored.name.item
            guard entries[index].version != versions.current.row else { continue }
            entries[index].renamed = versions.nameNow(of: entries[index].field, in: entries[index].version)
        }
        return entries
    }

    /// The keys of this month's uses of a subject, made at their first use in it.
    /// - Parameter isNew: they get their key pair with them.
    func monthKeys(of subject: Subject, isNew: Bool = false) async throws(Refusal) -> Ledger.MonthKeys {
        let names = try monthNames(of: subject)
        if isNew { return try await monthKeys(names, among: [:], newcomer: subject) }
        return try await monthKeys(names, among: try keys.keys(of: [names.uses, names.staff]))
    }

    func monthNames(of subject: Subject) throws(Refusal) -> (uses: RecordName, staff: RecordName) {
        guard let kind = policy.retentionClass(of: RecordOfUses.field) else { throw .unbound(RecordOfUses.field) }
        return Ledger.MonthKeys.names(of: subject, kind: kind, month: Ledger.MonthKeys.month(of: clock.now()))
    }

    func monthKeys(
        _ names: (uses: RecordName, staff: RecordName), among found: [RecordName: Secret], newcomer: Subject? = nil
    ) async throws(Refusal) -> Ledger.MonthKeys {
        if let uses = found[names.uses], let staff = found[names.staff] { return Ledger.MonthKeys(names.uses, uses: uses, staff: staff) }
        let made = try await keys.makeKeys(for: [names.uses, names.staff], newcomer: newcomer)
        guard let uses = made[names.uses], let staff = made[names.staff] else { throw .damaged("key store") }
        return Ledger.MonthKeys(names.uses, uses: uses, staff: staff)
    }
}

extension Versions {
    /// The retention classes that hold these fields, in any version.
    func classes(of fields: [String]) -> Set<Int64> {
        var classes: Set<Int64> = []
        for version in loaded {
            for field in fields {
                if let kind = version.policy.retentionClass(of: nameThen(of: field, in: version.row)) { classes.insert(kind) }
            }
        }
        return classes
    }
}
