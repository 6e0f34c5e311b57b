// A key pair for everyone from the first day: anybody may put something in for them, and only with the secret half is it taken out. The
// seed of that half is wrapped under a class key of its own, so that it is renewed and destroyed as every key of theirs is.

import Crypto
import Store

/// A pair as it lies in the key store.
struct WrappedPair: Sendable {
    let subject: Subject
    let publicKey: [UInt8], seed: [UInt8]

    init(_ pair: BoxKeyPair, of subject: Subject, under key: Secret, from randomness: any Randomness) {
        (self.subject, publicKey) = (subject, pair.publicKey.bytes)
        seed = Sealed.wrap(pair.seed, under: key, boundTo: Self.binding(subject, publicKey), nonceFrom: randomness)
    }

    init(_ row: borrowing Row) { (subject, publicKey, seed) = (Subject(id: row.identity(0)), row.blob(1), row.blob(2)) }

    /// Both halves; throws where one of them, or whose they are, was changed: the seed is bound to the public half.
    func open(under key: Secret) throws(Refusal) -> BoxKeyPair {
        BoxKeyPair(seed: try KeyStore.unwrap(seed, under: key, Self.binding(subject, publicKey)))
    }

    private static func binding(_ subject: Subject, _ publicKey: [UInt8]) -> [UInt8] {
        Array("voffice/pair/1|\(subject.id)|\(Hex.encode(publicKey))".utf8)
    }
}

extension KeyStore {
    static let pairs: (name: StaticString, statements: [SQL]) = (
        "a key pair for everyone",
        [
            "CREATE TABLE key_pair (subject INTEGER NOT NULL PRIMARY KEY, public BLOB NOT NULL, seed BLOB NOT NULL) STRICT, WITHOUT ROWID",
            // Since then everybody has one: whose is missing has lost it.
            "CREATE TABLE pairs_given (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT",
        ]
    )

    /// The class above the seeds: the number of no set of rules.
    static let classOfPairs: Int64 = -1

    /// nil: destroyed, or never made.
    func pair(of subject: Subject) throws(Refusal) -> BoxKeyPair? {
        try reading { (rows) throws(Refusal) -> BoxKeyPair? in
            guard let above = try classKey(of: subject, Self.classOfPairs, in: rows),
                let pair = try rows.first("SELECT subject, public, seed FROM key_pair WHERE subject = \(subject)", WrappedPair.init)
            else { return nil }
            return try pair.open(under: above)
        }
    }

    /// Who has one keeps it, and of whom the keys were destroyed nothing is made again.
    func ensurePair(of subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let has = "SELECT 1 FROM key_pair WHERE subject = \(subject) UNION ALL SELECT 1 FROM destroyed WHERE subject = \(subject)" as SQL
        guard try !rows.exists(has) else { return }
        let above = try ensureClassKey(of: subject, Self.classOfPairs, in: rows)
        let pair = WrappedPair(BoxKeyPair(seed: Secret(from: randomness)), of: subject, under: above, from: randomness)
        try rows.run("INSERT INTO key_pair (subject, public, seed) VALUES (\(subject), \(pair.publicKey), \(pair.seed))")
    }

    var pairsAreGiven: Bool {
        get throws(Refusal) { try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM pairs_given") } }
    }
}

extension Vault {
    /// So many are given theirs in one transaction: nobody else writes keys meanwhile.
    private static let mostPairsAtOnce: Int64 = 200

    /// Gives a pair to those who came before there were any; once that is done, never again.
    public func givePairs() async throws(Refusal) {
        guard try !keys.pairsAreGiven else { return }
        let keys = keys, now = clock.now()
        var last = Int64.min
        while true {
            let after = last
            let next = try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT id FROM subject WHERE id > \(after) ORDER BY id LIMIT \(Self.mostPairsAtOnce)") { row in
                    Subject(id: row.identity(0))
                }
            }
            guard let end = next.last else { break }
            try await keys.change { (rows) throws(Refusal) in
                for subject in next { try keys.ensurePair(of: subject, in: rows) }
            }
            last = end.id
        }
        try await keys.change { (rows) throws(Refusal) in
            try rows.run("INSERT INTO pairs_given (one, at) VALUES (1, \(now)) ON CONFLICT DO NOTHING")
            return
        }
    }
}
