// Keys that nothing is sealed under any more: what a crash between a rewrite and the end of its old key leaves, or one before the rewrite.

import Policy
import Store
import Synchronization

/// What a sweep of before found; a key that is just being made is nothing's for a moment.
final class Suspects: Sendable {
    struct State: Sendable {
        var names: Set<RecordName> = []
        var day: Day?
    }
    let state = Mutex(State())
}

extension Vault {
    /// Once a day. A generation before the one in use goes at once, and so does a month without uses; any other key of nothing when it was
    /// one the day before.
    /// - Returns: how many keys went.
    @discardableResult
    func sweepKeysOfNothing() async throws(Refusal) -> Int {
        let today = Day(of: clock.now()), former = keys.suspects.state.withLock(\.self)
        guard former.day != today else { return 0 }
        var suspects: Set<RecordName> = [], gone = 0, last = Int64.min
        while true {
            let after = last
            let subjects = try keys.store.read { (rows) throws(Refusal) in
                try rows.all("SELECT DISTINCT subject FROM item_key WHERE subject > \(after) ORDER BY subject LIMIT 500") { $0.identity(0) }
            }
            guard let end = subjects.last else { break }
            for subject in subjects {
                let found = try keysOfNothing(of: Subject(id: subject))
                let sure = found.sure + (try unmissed(found.perhaps.filter(former.names.contains), of: Subject(id: subject)))
                try await keys.destroy(sure)
                gone += sure.count
                suspects.formUnion(found.perhaps)
            }
            last = end
        }
        let seen = suspects
        keys.suspects.state.withLock { $0 = Suspects.State(names: seen, day: today) }
        return gone
    }

    /// Without those of which the list says that something was stored then which didn't go since: a record that was taken out can be put back as
    /// long as its key is there. Of a list that doesn't open nobody knows.
    private func unmissed(_ names: [RecordName], of subject: Subject) throws(Refusal) -> [RecordName] {
        guard !names.isEmpty, let missed = try missed(names, of: subject) else { return [] }
        return names.filter { !missed.contains($0) }
    }

    /// Records of somebody's own that were taken out: their keys are there.
    /// - Parameter kinds: nil: of whichever class.
    func takenOut(of subject: Subject, among kinds: Set<Int64>? = nil) throws(Refusal) -> [RecordName] {
        let held = try keys.ownNames(of: subject, among: kinds)
        guard !held.isEmpty else { return [] }
        let there = try store.read { (rows) throws(Refusal) in
            Set(try rows.all("SELECT kind FROM record WHERE subject = \(subject) AND item = 0") { $0.identity(0) })
        }
        let suspected = held.filter { !there.contains($0.kind) }
        guard let missed = try missed(suspected, of: subject), !missed.isEmpty else { return [] }
        // What went just now went with its key.
        let still = Set(try keys.ownNames(of: subject, among: kinds))
        return missed.filter(still.contains).sorted { $0.kind < $1.kind }
    }

    /// Those of which the list says that something was stored then which didn't go since; nil: the list doesn't open, so nobody knows.
    private func missed(_ names: [RecordName], of subject: Subject) throws(Refusal) -> Set<RecordName>? {
        guard !names.isEmpty else { return [] }
        var seen = ChangesSeen()
        do throws(Refusal) {
            for (record, entries) in try openEach(try stored(of: subject)).opened { seen.see(entries, in: record.name.item) }
            for (use, sequence) in try list(of: subject) { seen.see(use, sequence) }
        } catch {
            switch error {
            case .damaged, .gone: return nil
            default: throw error
            }
        }
        let made = try keys.store.read { (rows) throws(Refusal) in
            try names.map { (name) throws(Refusal) in
                try rows.first(
                    """
                    SELECT made FROM item_key WHERE subject = \(subject) AND kind = \(name.kind) AND item = \(name.item)
                        AND generation = \(name.generation)
                    """
                ) { $0.instant(0) }
            }
        }
        let policies = versions.loaded.map(\.policy)
        return Set(
            zip(names, made).filter { name, made in
                made.map { seen.lacks(name, made: $0, fields: Policy.fields(in: name.kind, of: policies)) } ?? false
            }.map(\.0))
    }

    private func keysOfNothing(of subject: Subject) throws(Refusal) -> (sure: [RecordName], perhaps: [RecordName]) {
        // The keys first: what is made after this look isn't in it.
        let held = try keys.names(of: subject)
        let (records, months) = try store.read { (rows) throws(Refusal) in
            (
                try names(of: subject, in: rows),
                try rows.all("SELECT DISTINCT kind, month FROM use_record WHERE subject = \(subject)") { [$0.identity(0), $0.integer(1)] }
            )
        }
        let used = Set(records), kinds = Set(versions.loaded.compactMap { $0.policy.retentionClass(of: "record of uses") })
        let past = Ledger.MonthKeys.month(of: clock.now()) - 1
        // What stands in a key's place has a key of its own: a number that somebody changed hasn't.
        var sure: [RecordName] = [], perhaps: [RecordName] = []
        let renewed = records.filter(Set(held).contains)
        for name in held where !used.contains(name) {
            let isMonth = kinds.contains(name.kind), month = name.item / 2
            if isMonth ? month < past && !months.contains([name.kind, month]) : renewed.contains(where: name.isBefore) {
                sure.append(name)
            } else if !isMonth {
                perhaps.append(name)
            }
        }
        // Which month an entry is of its row alone says: where one doesn't open, the key of another month may be its own.
        if sure.contains(where: { kinds.contains($0.kind) }), try !isWhole(subject) { sure.removeAll { kinds.contains($0.kind) } }
        return (sure, perhaps)
    }

    /// Whether every entry of somebody's list opens.
    private func isWhole(_ subject: Subject) throws(Refusal) -> Bool {
        do throws(Refusal) { _ = try list(of: subject) } catch {
            switch error {
            case .damaged, .gone: return false
            default: throw error
            }
        }
        return true
    }
}

extension KeyStore {
    static let ages: (name: StaticString, statements: [SQL]) = (
        "when keys were made", ["ALTER TABLE item_key ADD COLUMN made INTEGER NOT NULL DEFAULT 0"]
    )
    /// So long a key may be of nothing: a crash left it, and a sweep takes it away.
    static let mayBeOfNothing = Swift.Duration.seconds(2 * 86_400)

    /// Those of the person's own records, each class's newest.
    func ownNames(of subject: Subject, among kinds: Set<Int64>?) throws(Refusal) -> [RecordName] {
        try store.read { (rows) throws(Refusal) in
            guard let kinds else {
                return try rows.all("SELECT kind, max(generation) FROM item_key WHERE subject = \(subject) AND item = 0 GROUP BY kind") {
                    row in
                    RecordName(subject: subject, kind: row.identity(0), item: 0, generation: row.integer(1))
                }
            }
            var names: [RecordName] = []
            for kind in kinds.sorted() {
                let newest = try rows.first(
                    "SELECT max(generation) FROM item_key WHERE subject = \(subject) AND kind = \(kind) AND item = 0"
                ) { $0.integerOrNil(0) }
                if let newest = newest ?? nil { names.append(RecordName(subject: subject, kind: kind, item: 0, generation: newest)) }
            }
            return names
        }
    }

    func holds(_ name: RecordName) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists(
                """
                SELECT 1 FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                    AND generation = \(name.generation)
                """)
        }
    }

    func names(of subject: Subject) throws(Refusal) -> [RecordName] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT kind, item, generation FROM item_key WHERE subject = \(subject)") { row in
                RecordName(subject: subject, kind: row.identity(0), item: row.identity(1), generation: row.integer(2))
            }
        }
    }
}

extension RecordName {
    /// Of the same record, a generation before.
    func isBefore(_ other: RecordName) -> Bool {
        subject == other.subject && kind == other.kind && item == other.item && generation < other.generation
    }
}
