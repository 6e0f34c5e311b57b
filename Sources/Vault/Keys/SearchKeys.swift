// Finding people by what several may share: the words of a name, a telephone number.
//
// A key is hashed under the ring's look-up key; the row of its n-th holder lies at the hash of that and n, so that no two rows are equal and
// none tells how many hold the same. The holders of a key are numbered without a gap: who leaves gives their place to the last. Rows are
// sealed in buckets as the look-ups of addresses are, and die with them:
//
//     kind, 1 byte · hash of key and place, 32 · hash of the key, 32 · the subject's number in decimal

import Crypto
import Store

/// What a key is made of; who has another name gets other keys of that kind alone.
public enum SearchKind: UInt8, Sendable, CaseIterable {
    case nameWord = 1
    case telephone = 2
}

extension KeyStore {
    static let searchKeys: (name: StaticString, statements: [SQL]) = (
        "keys by which people are searched for",
        [
            """
            CREATE TABLE search_key (label BLOB NOT NULL PRIMARY KEY, bucket INTEGER NOT NULL, owner BLOB NOT NULL, sealed BLOB NOT NULL)
                STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX search_key_owner ON search_key (owner)",
            "CREATE INDEX search_key_bucket ON search_key (bucket)",
        ]
    )

    /// So many holders of the rarest key are looked through; where there are more, it is too common.
    static let mostHolders: Int64 = 2_000

    /// Who holds all of these keys; nil: more than `most`, or so many that nobody counts them.
    func holders(of texts: [String], _ kind: SearchKind, atMost most: Int) throws(Refusal) -> [Subject]? {
        try reading { (rows) throws(Refusal) -> [Subject]? in
            let buckets = try buckets(in: rows), keys = Set(texts.map { SearchKey(kind, $0, buckets.ring) })
            if keys.isEmpty { return [] }
            guard let rarest = try rarest(of: keys, most, buckets, in: rows) else { return nil }
            var found: [Subject] = []
            for holder in rarest {
                let theirs = keys.count == 1 ? keys : Set(try held(by: ownerLabel(of: holder), buckets, in: rows).map(\.key))
                guard keys.isSubset(of: theirs) else { continue }
                found.append(holder)
                if found.count > most { return nil }
            }
            return found
        }
    }

    /// Gives the subject these keys of a kind in place of those that they had.
    func set(_ texts: [String], _ kind: SearchKind, of subject: Subject) async throws(Refusal) {
        let owner = ownerLabel(of: subject)
        try await change { (rows) throws(Refusal) in
            // Who was forgotten since is found by nothing again.
            guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)") else { throw .gone }
            let buckets = try self.buckets(in: rows.snapshot), keys = Set(texts.map { SearchKey(kind, $0, buckets.ring) })
            let present = try self.held(by: owner, buckets, in: rows.snapshot).filter { $0.key.kind == kind }
            for row in present where !keys.contains(row.key) { try self.drop(row, buckets, in: rows) }
            for key in keys.subtracting(present.map(\.key)) {
                let end = try Self.end(of: key, buckets, in: rows.snapshot)
                try Self.put(SearchRow(key: key, place: end, subject: subject), owner, buckets, in: rows)
            }
        }
    }

    /// Deletes all of an owner's; what doesn't open is deleted as it lies.
    func dropSearchKeys(of owner: [UInt8], in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let buckets = try buckets(in: rows.snapshot)
        for row in try held(by: owner, buckets, in: rows.snapshot) { try drop(row, buckets, in: rows) }
        let left = try rows.all("DELETE FROM search_key WHERE owner = \(owner) RETURNING bucket") { $0.integer(0) }
        for bucket in Set(left) { try touch(bucket, in: rows) }
    }

    /// Puts the rows of a bucket under its new key.
    func relabelSearchKeys(_ bucket: Int64, from old: Buckets, to new: Buckets, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let present = try rows.all("SELECT label, owner, sealed FROM search_key WHERE bucket = \(bucket)") {
            ($0.blob(0), $0.blob(1), $0.blob(2))
        }
        for (label, owner, sealed) in present {
            guard let row = SearchRow(sealed, label: label, bucket: bucket, old) else { continue }
            try rows.run("DELETE FROM search_key WHERE label = \(label)")
            try Self.put(row, owner, new, in: rows)
        }
    }

    /// The holders of the key that has fewest; nil: of each there are too many.
    private func rarest(
        of keys: Set<SearchKey>, _ most: Int, _ buckets: Buckets, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> [Subject]? {
        var least: (key: SearchKey, count: Int64)?
        for key in keys {
            let count = try Self.end(of: key, buckets, in: rows)
            if count < least?.count ?? Self.mostHolders { least = (key, count) }
        }
        guard let least, keys.count > 1 || least.count <= most else { return nil }
        var holders: [Subject] = []
        for place in 0..<least.count {
            if let row = try Self.row(at: place, of: least.key, buckets, in: rows)?.row { holders.append(row.subject) }
        }
        return holders
    }

    private func held(by owner: [UInt8], _ buckets: Buckets, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [SearchRow] {
        try rows.all("SELECT label, bucket, sealed FROM search_key WHERE owner = \(owner)") {
            SearchRow($0.blob(2), label: $0.blob(0), bucket: $0.integer(1), buckets)
        }.compactMap { $0 }
    }

    /// The last holder moves to the place that becomes free.
    private func drop(_ row: SearchRow, _ buckets: Buckets, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let last = try Self.end(of: row.key, buckets, in: rows.snapshot) - 1
        guard let moved = try Self.row(at: last, of: row.key, buckets, in: rows.snapshot) else { throw .damaged("search keys") }
        for number in Set([row.place, last]) {
            let lies = LookupPlace(inner: row.key.inner(at: number), buckets)
            try rows.run("DELETE FROM search_key WHERE label = \(lies.label)")
            try touch(lies.bucket, in: rows)
        }
        if row.place != last {
            try Self.put(SearchRow(key: row.key, place: row.place, subject: moved.row.subject), moved.owner, buckets, in: rows)
        }
    }

    /// The first place that is free: found by doubling and halving, for places have no gap.
    private static func end(of key: SearchKey, _ buckets: Buckets, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Int64 {
        func isTaken(_ place: Int64, _ rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
            try rows.exists("SELECT 1 FROM search_key WHERE label = \(LookupPlace(inner: key.inner(at: place), buckets).label)")
        }
        guard try isTaken(0, rows) else { return 0 }
        var taken: Int64 = 0, free: Int64 = 1
        while try isTaken(free, rows) { (taken, free) = (free, free * 2) }
        while free - taken > 1 {
            let middle = (taken + free) / 2
            if try isTaken(middle, rows) { taken = middle } else { free = middle }
        }
        return free
    }

    private static func row(
        at place: Int64, of key: SearchKey, _ buckets: Buckets, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> (row: SearchRow, owner: [UInt8])? {
        let lies = LookupPlace(inner: key.inner(at: place), buckets)
        let found = try rows.first("SELECT owner, sealed FROM search_key WHERE label = \(lies.label)") { ($0.blob(0), $0.blob(1)) }
        guard let found else { return nil }
        guard let row = SearchRow(found.1, label: lies.label, bucket: lies.bucket, buckets) else { throw .damaged("search keys") }
        return (row, found.0)
    }

    private static func put(
        _ row: SearchRow, _ owner: [UInt8], _ buckets: Buckets, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let lies = LookupPlace(inner: row.key.inner(at: row.place), buckets)
        try rows.run(
            """
            INSERT INTO search_key (label, bucket, owner, sealed) VALUES (\(lies.label), \(lies.bucket), \(owner), \(row.sealed(at: lies)))
            """)
    }
}

/// A key as it is kept: its hash.
struct SearchKey: Hashable, Sendable {
    let kind: SearchKind
    fileprivate let hash: [UInt8]

    init(_ kind: SearchKind, _ text: String, _ ring: KeyRing) {
        self.kind = kind
        hash = HMACSHA256.code(for: [kind.rawValue] + Array(text.utf8), under: ring.lookup).bytes
    }

    fileprivate init(_ kind: SearchKind, hash: [UInt8]) { (self.kind, self.hash) = (kind, hash) }

    func inner(at place: Int64) -> [UInt8] { SHA256.hash(hash + Array("\(place)".utf8)).bytes }
}

/// A key of somebody's, and their place among its holders.
struct SearchRow: Sendable {
    let key: SearchKey, place: Int64, subject: Subject

    init(key: SearchKey, place: Int64, subject: Subject) { (self.key, self.place, self.subject) = (key, place, subject) }

    /// nil: it doesn't open, or says something else than its label.
    init?(_ sealed: [UInt8], label: [UInt8], bucket: Int64, _ buckets: Buckets) {
        guard let bytes = LookupPlace(label: label, bucket: bucket, buckets).content(of: sealed), bytes.count > Digest.length,
            let kind = SearchKind(rawValue: bytes[0])
        else { return nil }
        let numbers = String(decoding: bytes[(1 + Digest.length)...], as: UTF8.self).split(separator: " ").compactMap { Int64($0) }
        guard numbers.count == 2 else { return nil }
        (key, place) = (SearchKey(kind, hash: Array(bytes[1...Digest.length])), numbers[0])
        subject = Subject(id: numbers[1])
        guard LookupPlace(inner: key.inner(at: place), buckets).label == label else { return nil }
    }

    fileprivate func sealed(at lies: LookupPlace) -> [UInt8] {
        lies.seal([key.kind.rawValue] + key.hash + Array("\(place) \(subject.id)".utf8))
    }
}
