// A code on its way: made, sent, tried. The database keeps a hash that only the browser's token and the code together give.

import Crypto
import Store
import Vault

struct Challenge: Sendable {
    /// `administrator`: the first one, by the one-time link. `address`: of somebody signed in, who gives a new one.
    enum Kind: String, Sendable { case registration, administrator, signIn = "sign in", address }
    static let lifetime = Swift.Duration.seconds(600)
    static let triesAllowed = 5

    let subject: Subject?
    let kind: Kind
    let code: [UInt8]
    let made: Instant
    let tries: Int
    let isDone: Bool

    static func hash(_ token: Token, _ code: String) -> [UInt8] {
        SHA256.hash(Array("voffice/code/1|\(token.text)|\(code)".utf8)).bytes
    }

    /// Six digits.
    static func newCode(_ randomness: any Randomness) -> String {
        let number = randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    static func insert(
        _ token: Token, _ code: String, for subject: Subject?, _ kind: Kind, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO challenge (id, subject, kind, code, made)
                VALUES (\(token.hash), \(subject), \(kind.rawValue), \(hash(token, code)), \(now))
            """)
    }

    /// Whether a person may get one more code, and that they got it. Guessing gets slower the more guesses miss, and never so slow
    /// that the owner is locked out: five codes in ten minutes; after 20 misses in a day one in ten minutes; after 100 one an hour.
    static func issue(to subject: Subject, at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        func count(_ sql: SQL) throws(Refusal) -> Int64 { try rows.first(sql) { $0.integer(0) } ?? 0 }
        let missed = try count("SELECT count(*) FROM code_missed WHERE subject = \(subject) AND at > \(now - .seconds(86_400))")
        let (codes, seconds): (Int64, Int64) = missed < 20 ? (5, 600) : missed < 100 ? (1, 600) : (1, 3_600)
        let issued = try count("SELECT count(*) FROM code_issued WHERE subject = \(subject) AND at > \(now - .seconds(seconds))")
        guard issued < codes else { return false }
        try rows.run("INSERT INTO code_issued (subject, at) VALUES (\(subject), \(now))")
        return true
    }

    static func find(_ token: Token, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Challenge? {
        try rows.first("SELECT subject, kind, code, made, tries, done FROM challenge WHERE id = \(token.hash)") { row in
            Challenge(
                subject: row.integerOrNil(0).map { Subject(id: $0) }, kind: Kind(rawValue: row.text(1)) ?? .signIn, code: row.blob(2),
                made: row.instant(3), tries: Int(row.integer(4)), isDone: row.bool(5))
        }
    }

    enum Trial: Sendable { case right(Subject, Kind), wrong(left: Int), expired }

    /// Counts the try and, where it is right, uses the challenge up: two tries at once can't both succeed.
    static func attempt(
        _ token: Token, _ typed: String, isForAddress: Bool = false, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Trial {
        guard let challenge = try find(token, in: rows.snapshot), !challenge.isDone, (challenge.kind == .address) == isForAddress,
            challenge.tries < triesAllowed,
            now <= challenge.made + lifetime
        else { return .expired }
        guard constantTimeEqual(challenge.code, hash(token, typed)), let subject = challenge.subject else {
            try rows.run("UPDATE challenge SET tries = tries + 1 WHERE id = \(token.hash)")
            if let subject = challenge.subject { try rows.run("INSERT INTO code_missed (subject, at) VALUES (\(subject), \(now))") }
            return .wrong(left: triesAllowed - challenge.tries - 1)
        }
        try rows.run("UPDATE challenge SET done = 1 WHERE id = \(token.hash)")
        return .right(subject, challenge.kind)
    }
}
