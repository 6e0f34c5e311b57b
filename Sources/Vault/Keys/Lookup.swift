// Finding a person by what they type. The keyed hash of a normalised address is never stored: a second one of it, under its bucket's key,
// is the label of the row, and the row's content is sealed under that key too. So a look-up that was destroyed dies with the old
// bucket key, as the keys do.

import Crypto
import Store

extension KeyStore {
    static let lookups: (name: StaticString, statements: [SQL]) = (
        "look-ups in buckets",
        [
            """
            CREATE TABLE address (label BLOB NOT NULL PRIMARY KEY, bucket INTEGER NOT NULL, owner BLOB NOT NULL, sealed BLOB NOT NULL)
                STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX address_owner ON address (owner)",
            "CREATE INDEX address_bucket ON address (bucket)",
        ]
    )

    /// nil: nobody has it.
    func subject(at address: LookupAddress) throws(Refusal) -> Subject? {
        try reading { (rows) throws(Refusal) -> Subject? in
            let place = try place(of: address, in: rows)
            let sealed = try rows.first("SELECT sealed FROM address WHERE label = \(place.label)", { $0.blob(0) })
            return try sealed.map { (sealed) throws(Refusal) in try place.open(sealed).subject }
        }
    }

    func hasAddress(_ subject: Subject) throws(Refusal) -> Bool {
        let owner = ownerLabel(of: subject)
        return try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM address WHERE owner = \(owner)") }
    }

    /// Gives the address to the subject, or tells who has it already; the database lets only one win.
    func claim(_ address: LookupAddress, for subject: Subject) async throws(Refusal) -> Subject {
        let owner = ownerLabel(of: subject)
        return try await change { (rows) throws(Refusal) -> Subject in
            guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)") else { throw .gone }
            let place = try self.place(of: address, in: rows.snapshot)
            try self.put(place, owner, subject, in: rows)
            guard let present = try rows.first("SELECT sealed FROM address WHERE label = \(place.label)", { $0.blob(0) }) else {
                throw .damaged("look-up table")
            }
            return try place.open(present).subject
        }
    }

    /// Takes an address back from a subject who has nothing else any more.
    func release(_ address: LookupAddress, from subject: Subject) async throws(Refusal) {
        let owner = ownerLabel(of: subject)
        try await change { (rows) throws(Refusal) in
            let place = try self.place(of: address, in: rows.snapshot)
            let gone = try rows.run("DELETE FROM address WHERE label = \(place.label) AND owner = \(owner)")
            if gone > 0 { try self.touch(place.bucket, in: rows) }
        }
    }

    func releaseAddresses(of subject: Subject) async throws(Refusal) {
        let owner = ownerLabel(of: subject)
        try await change { (rows) throws(Refusal) in try self.releaseAll(of: owner, in: rows) }
    }

    /// No address leads to the subject any more; but whoever is given one of them next is told who had it last (`formerHolder`). Of a second
    /// one who had it the first is forgotten here.
    func leaveAddresses(of subject: Subject) async throws(Refusal) {
        let owner = ownerLabel(of: subject), former = formerLabel(of: subject)
        try await change { (rows) throws(Refusal) in
            let buckets = try self.buckets(in: rows.snapshot)
            let present = try rows.all("SELECT label, bucket, sealed FROM address WHERE owner = \(owner)") {
                ($0.blob(0), $0.integer(1), $0.blob(2))
            }
            for (label, bucket, sealed) in present {
                guard let (_, inner) = try? LookupPlace(label: label, bucket: bucket, buckets).open(sealed) else { continue }
                let place = LookupPlace(inner: Self.former(inner, buckets.ring), buckets)
                try rows.run("DELETE FROM address WHERE label = \(place.label)")
                try self.touch(place.bucket, in: rows)
                try self.put(place, former, subject, in: rows)
            }
            try self.releaseAll(of: owner, in: rows)
        }
    }

    /// Who had the address when they left; nil: nobody who is still known.
    func formerHolder(of address: LookupAddress) throws(Refusal) -> Subject? {
        try reading { (rows) throws(Refusal) -> Subject? in
            let buckets = try buckets(in: rows),
                place = LookupPlace(inner: Self.former(Self.hash(address, buckets.ring), buckets.ring), buckets)
            let sealed = try rows.first("SELECT sealed FROM address WHERE label = \(place.label)", { $0.blob(0) })
            return try sealed.map { (sealed) throws(Refusal) in try place.open(sealed).subject }
        }
    }

    /// The hash by which an address that was left is found, from the one by which it was found before.
    private static func former(_ inner: [UInt8], _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("left|".utf8) + inner, under: ring.lookup).bytes
    }

    private static func hash(_ address: LookupAddress, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array(address.normalised.utf8), under: ring.lookup).bytes
    }

    /// Whose the row of an address is that was left: none of those that lead to them.
    func formerLabel(of subject: Subject) -> [UInt8] { Self.formerLabel(of: subject, ring) }

    static func formerLabel(of subject: Subject, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("left|\(subject.id)".utf8), under: ring.owner).bytes
    }

    /// Deletes the look-ups of a subject.
    func releaseAll(of owner: [UInt8], in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let buckets = try rows.all("DELETE FROM address WHERE owner = \(owner) RETURNING bucket") { $0.integer(0) }
        for bucket in Set(buckets) { try touch(bucket, in: rows) }
        try dropSearchKeys(of: owner, in: rows)
    }

    /// Puts the look-ups of a bucket under its new key. One that doesn't open stays as it is: nothing is destroyed on a guess.
    func relabel(_ bucket: Int64, from old: Buckets, to new: Buckets, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let present = try rows.all("SELECT label, owner, sealed FROM address WHERE bucket = \(bucket)") {
            ($0.blob(0), $0.blob(1), $0.blob(2))
        }
        for (label, owner, sealed) in present {
            guard let (subject, inner) = try? LookupPlace(label: label, bucket: bucket, old).open(sealed) else { continue }
            try rows.run("DELETE FROM address WHERE label = \(label)")
            try put(LookupPlace(inner: inner, new), owner, subject, in: rows)
        }
    }

    /// Rows of before the buckets: their label was the first hash itself. One that doesn't open leads to nobody and stays: the doctor names it.
    func moveLookups() throws(Refusal) {
        guard try store.read({ (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM lookup") }) else { return }
        try store.writeAndWait { (rows) throws(Refusal) in
            let buckets = try self.buckets(in: rows.snapshot)
            for (inner, owner, sealed) in try rows.all("SELECT label, owner, sealed FROM lookup", { ($0.blob(0), $0.blob(1), $0.blob(2)) })
            {
                guard inner.count == Digest.length, let bytes = try? Sealed.open(sealed, under: buckets.ring.lookup, boundTo: inner),
                    let id = Int64(String(decoding: bytes, as: UTF8.self))
                else { continue }
                try self.put(LookupPlace(inner: inner, buckets), owner, Subject(id: id), in: rows)
                try rows.run("DELETE FROM lookup WHERE label = \(inner)")
            }
            return
        }
    }

    private func place(of address: LookupAddress, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> LookupPlace {
        let buckets = try buckets(in: rows)
        return LookupPlace(inner: Self.hash(address, buckets.ring), buckets)
    }

    private func put(
        _ place: LookupPlace, _ owner: [UInt8], _ subject: Subject, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO address (label, bucket, owner, sealed) VALUES (\(place.label), \(place.bucket), \(owner), \(place.seal(subject)))
                ON CONFLICT DO NOTHING
            """)
    }
}

/// Where the look-up row of an address lies, and what opens it.
struct LookupPlace: Sendable {
    let label: [UInt8], bucket: Int64
    private let inner: [UInt8], key: Secret

    init(inner: [UInt8], _ buckets: Buckets) {
        bucket = Int64(inner.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % UInt64(Buckets.count))
        key = buckets[bucket].derive("look-ups", 1)
        label = HMACSHA256.code(for: inner, under: key).bytes
        self.inner = inner
    }

    /// A row that is there already.
    init(label: [UInt8], bucket: Int64, _ buckets: Buckets) {
        (self.label, self.bucket, inner, key) = (label, bucket, [], buckets[bucket].derive("look-ups", 1))
    }

    /// 32 bytes of the first hash, then the subject's number in decimal.
    func seal(_ subject: Subject) -> [UInt8] { seal(inner + Array("\(subject.id)".utf8)) }
    func seal(_ content: [UInt8]) -> [UInt8] { Sealed.seal(content, under: key, boundTo: label) }
    /// nil: it doesn't open here.
    func content(of sealed: [UInt8]) -> [UInt8]? { try? Sealed.open(sealed, under: key, boundTo: label) }

    func open(_ sealed: [UInt8]) throws(Refusal) -> (subject: Subject, inner: [UInt8]) {
        guard let bytes = content(of: sealed), bytes.count > Digest.length,
            let id = Int64(String(decoding: bytes[Digest.length...], as: UTF8.self))
        else { throw .damaged("look-up table") }
        return (Subject(id: id), Array(bytes.prefix(Digest.length)))
    }
}

/// An e-mail address as it is compared, without blanks around it, in small letters; or a telephone number, with its country.
public struct LookupAddress: Hashable, Sendable {
    let normalised: String
    public init(email: String) {
        var text = Substring(email)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        normalised = "mailto:" + text.lowercased()
    }

    /// - Parameter telephone: the digits of ITU-T E.164, without the plus sign.
    public init(telephone: String) { normalised = "tel:+" + telephone }
}
