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
        guard !names.isEmpty else { return [] }
        var seen = ChangesSeen()
        do throws(Refusal) {
            for (record, entries) in try openEach(try stored(of: subject)).opened { seen.see(entries, in: record.name.item) }
            for (use, sequence) in try list(of: subject) { seen.see(use, sequence) }
        } catch {
            guard case .damaged = error else { throw error }
            return []
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
        return zip(names, made).filter { name, made in
            made.map { !seen.lacks(name, made: $0, fields: Policy.fields(in: name.kind, of: policies)) } ?? true
        }.map(\.0)
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
        var sure: [RecordName] = [], perhaps: [RecordName] = []
        for name in held where !used.contains(name) {
            let isMonth = kinds.contains(name.kind), month = name.item / 2
            if isMonth ? month < past && !months.contains([name.kind, month]) : records.contains(where: name.isBefore) {
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
