// A code on its way: made, sent, tried. The database keeps a hash that the browser's token and the code together give, under a key of the house:
// whoever reads the data can't try codes out, and whoever writes them can't make somebody else's challenge.

import Crypto
import Store
import Vault

struct Challenge: Sendable {
    /// `administrator`: the first one, by the one-time link. `address`: of somebody signed in, who gives a
    /// new one, or for whom the staff type it. `caller`: of somebody who reads it out to customer service.
    /// `secondFactor`: of somebody whose first factor was right; `passkey`: for a
    /// browser to have signed. For these two nothing is mailed.
    enum Kind: String, Sendable {
        case registration, administrator, signIn = "sign in", address, caller, secondFactor = "second factor", passkey

        /// Its code lets somebody in.
        var opensSession: Bool { [.registration, .administrator, .signIn].contains(self) }
    }
    /// Of a code.
    static let lifetime = Swift.Duration.seconds(600)
    /// Of the page that waits for it, over which codes can be sent anew.
    static let patience = Swift.Duration.seconds(1_800)
    /// However many codes are sent: a page that waits for nobody's code must look the same.
    static let triesAllowed = 5

    let subject: Subject?
    let kind: Kind
    let code: [UInt8]
    let made: Instant
    /// When its newest code was sent.
    let sent: Instant
    let tries: Int
    let isDone: Bool
    /// Of a second factor: the first one was a code to the person's own address.
    let isProved: Bool
    /// It was asked for with a telephone number, whoever has that.
    let isByNumber: Bool
    let asked: String

    private static func hash(_ token: Token, _ code: String, _ vault: Vault) -> [UInt8] {
        vault.word(on: "\(token.text)|\(code)", as: "code")
    }

    /// For a challenge that no mailed code opens.
    static func unguessable(_ randomness: any Randomness) -> String { Hex.encode(randomness.bytes(16)) }

    /// Six digits.
    static func newCode(_ randomness: any Randomness) -> String {
        let number = randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// What may be one: six digits.
    static func isCode(_ text: String) -> Bool { text.utf8.count == 6 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    static func insert(
        _ token: Token, _ code: String, for subject: Subject?, _ kind: Kind, isProved: Bool = false,
        isByNumber: Bool = false, asked: Asking = .stranger, by vault: Vault, at now: Instant,
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let challenge = Challenge(
            subject: subject, kind: kind, code: hash(token, code, vault), made: now, sent: now, tries: 0, isDone: false, isProved: isProved,
            isByNumber: isByNumber, asked: asked.rawValue)
        // One made at the same moment for the same page: the newest code holds.
        try rows.run("DELETE FROM challenge WHERE id = \(token.hash)")
        try rows.run(
            """
            INSERT INTO challenge (id, subject, kind, code, made, proved, number, asked, word)
                VALUES (\(token.hash), \(subject), \(kind.rawValue), \(challenge.code), \(now), \(isProved ? 1 as Int64 : 0),
                    \(isByNumber ? 1 as Int64 : 0), \(asked.rawValue), \(challenge.word(token, vault)))
            """)
    }

    /// Another code in its place, sent now.
    func renew(
        _ token: Token, _ code: String, asked: Asking, by vault: Vault, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let renewed = Challenge(
            subject: subject, kind: kind, code: Self.hash(token, code, vault), made: made, sent: now, tries: tries, isDone: isDone,
            isProved: isProved, isByNumber: isByNumber, asked: asked.rawValue)
        try rows.run(
            """
            UPDATE challenge SET code = \(renewed.code), sent = \(now), asked = \(asked.rawValue), word = \(renewed.word(token, vault))
                WHERE id = \(token.hash)
            """)
    }

    /// nil: there is none, or none that this house wrote.
    static func find(_ token: Token, by vault: Vault, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Challenge? {
        let found = try rows.first(
            "SELECT subject, kind, code, made, tries, done, sent, proved, number, asked, word FROM challenge WHERE id = \(token.hash)"
        ) {
            row in
            let challenge = Challenge(
                subject: row.identityOrNil(0).map { Subject(id: $0) }, kind: Kind(rawValue: row.text(1)) ?? .signIn, code: row.blob(2),
                made: row.instant(3), sent: max(row.instant(3), row.instant(6)), tries: Int(row.integer(4)), isDone: row.bool(5),
                isProved: row.bool(7), isByNumber: row.bool(8), asked: row.text(9))
            return (challenge, word: row.blobOrNil(10))
        }
        guard let (challenge, word) = found, challenge.word(token, vault) == word else { return nil }
        return challenge
    }

    /// Uses it up; false where it is of another kind, used or too old.
    static func use(
        _ token: Token, _ kind: Kind, by vault: Vault, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Bool {
        guard let challenge = try find(token, by: vault, in: rows.snapshot), challenge.kind == kind, challenge.isOpen(at: now),
            now <= challenge.made + lifetime
        else { return false }
        try rows.run("UPDATE challenge SET done = 1 WHERE id = \(token.hash)")
        return true
    }

    enum FactorTrial: Sendable { case open(Subject, left: Int), wait(Int), closed }

    /// Counts a try of a second factor as missed until it turns out right. Slower the more miss, as codes are, and never so slow that
    /// its owner is locked out: five in ten minutes; after 20 misses in a day one in ten minutes; after 100 one an hour.
    static func tryFactor(
        _ token: Token, by vault: Vault, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> FactorTrial {
        guard let challenge = try find(token, by: vault, in: rows.snapshot), challenge.isOpen(at: now), challenge.kind == .secondFactor,
            let subject = challenge.subject
        else { return .closed }
        let missed = try rows.all("SELECT at FROM factor_missed WHERE subject = \(subject) AND at > \(now - .seconds(86_400)) ORDER BY at")
        {
            $0.instant(0)
        }
        let (tries, seconds): (Int, Int64) = missed.count < 20 ? (5, 600) : missed.count < 100 ? (1, 600) : (1, 3_600)
        let lately = missed.filter { $0 > now - .seconds(seconds) }
        guard lately.count < tries else { return .wait(Int((lately[lately.count - tries] + .seconds(seconds)).seconds - now.seconds) + 1) }
        try rows.run("INSERT INTO factor_missed (subject, at) VALUES (\(subject), \(now))")
        try rows.run("UPDATE challenge SET tries = tries + 1 WHERE id = \(token.hash)")
        return .open(subject, left: triesAllowed - challenge.tries - 1)
    }

    func isOpen(at now: Instant, _ goesOn: Bool = false) -> Bool {
        (!isDone || goesOn) && tries < Self.triesAllowed && now <= made + Self.patience
    }

    enum Trial: Sendable { case right(Subject, Kind), wrong(left: Int), expired }

    /// Counts the try and, where it is right, uses the challenge up: two tries at once can't both succeed.
    /// - Parameters:
    ///   - kind: what the code must be for; nil: to let somebody in.
    ///   - goesOn: it was right once already, for something that may have been interrupted; the same code goes on with that.
    static func attempt(
        _ token: Token, _ typed: String, for kind: Kind? = nil, goesOn: Bool = false, by vault: Vault, at now: Instant,
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Trial {
        guard let challenge = try find(token, by: vault, in: rows.snapshot), challenge.isOpen(at: now, goesOn),
            kind.map({ $0 == challenge.kind }) ?? challenge.kind.opensSession
        else { return .expired }
        guard constantTimeEqual(challenge.code, hash(token, typed, vault)), let subject = challenge.subject else {
            try rows.run("UPDATE challenge SET tries = tries + 1 WHERE id = \(token.hash)")
            if let subject = challenge.subject {
                try rows.run("INSERT INTO code_missed (subject, at, asked) VALUES (\(subject), \(now), \(challenge.asked))")
            }
            return .wrong(left: triesAllowed - challenge.tries - 1)
        }
        guard now <= challenge.sent + lifetime else { return .expired }
        try rows.run("UPDATE challenge SET done = 1 WHERE id = \(token.hash)")
        return .right(subject, challenge.kind)
    }

    private func word(_ token: Token, _ vault: Vault) -> [UInt8] {
        let about = "\(Hex.encode(token.hash))|\(subject?.id ?? 0)|\(kind.rawValue)|\(Hex.encode(code))"
        return vault.word(on: "\(about)|\(made.microseconds)|\(isProved)|\(isByNumber)", as: "challenge")
    }
}
