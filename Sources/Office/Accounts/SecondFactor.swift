// A second factor: the code of an authenticator app, asked for after password or e-mailed code.

import Crypto
import Policy
import Store
import Vault

/// What an app needs to make codes; it becomes the second factor when a code of it comes back.
public struct FactorDraft: Sendable {
    /// As people type it into an app.
    public let secret: String
    /// As apps read it, from a QR code or a link: `otpauth://totp/...`.
    public let address: String
    /// The same for us, sealed: it comes back with the form.
    public let sealed: String
}

/// What came of a second factor.
public enum FactorOutcome: Sendable {
    case signedIn(Session)
    /// Not the code, or one that was used; so many tries are left.
    case wrong(left: Int)
    /// Sign in anew.
    case expired
    /// Neither a code of an app nor a recovery code, so no try was used up.
    case unfit
}

extension Environment {
    public func draftOfFactor(in session: Session, again sealed: String? = nil) async throws(NotDone) -> FactorDraft {
        guard isFresh(session) else { throw .signInAnew }
        let known = try sealed.flatMap { (sealed) throws(NotDone) in try opened(sealed, Self.factorDraft, session) }
        let secret = known ?? OneTimeCode.newSecret(from: randomness)
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let email = held.first { ["email address", "staff email address"].contains($0.field) }?.value ?? "\(session.subject.id)"
        let text = OneTimeCode.text(of: secret), issuer = settings.operatorName.encodedForAddress
        return FactorDraft(
            secret: text, address: "otpauth://totp/\(issuer):\(email.encodedForAddress)?secret=\(text)&issuer=\(issuer)",
            sealed: try await self.sealed(secret, Self.factorDraft, session))
    }

    /// Makes the draft the second factor, if the code is one of it; ends all other sessions.
    public func setFactor(_ sealed: String, code: String, in session: Session) async throws(NotDone) {
        guard isFresh(session), let secret = try opened(sealed, Self.factorDraft, session) else { throw .signInAnew }
        let now = clock.now()
        guard let step = OneTimeCode.step(of: code.filter { !$0.isWhitespace }, secret: secret, at: now.seconds) else {
            throw .form([.codeWrong])
        }
        try refuseKey(SetFactor.self, session)
        try await attempt { () async throws(Refusal) in
            try await vault.collect(SetFactor(secret: secret), of: session.subject, on: Basis()) { (subject, rows) throws(Refusal) in
                try session.mustStand(in: rows)
                // In the place of another it is as old as that: taken away, it would leave less than there was.
                try rows.run(
                    """
                    INSERT INTO second_factor (subject, step, since, codes) VALUES (\(subject), \(step), \(now), \(now))
                        ON CONFLICT (subject) DO UPDATE SET step = excluded.step
                    """)
                try self.strengthen(session, in: rows)
                return
            }
        }
        try await endOtherSessions(of: session)
        try await tellOfChange(to: session.subject, begun: session.since)
    }

    /// Takes the second factor away, and its recovery codes with it.
    public func removeFactor(in session: Session) async throws(NotDone) {
        guard isFresh(session) else { throw .signInAnew }
        if let refused = try refusal(ofRemoving: .factor, of: session.subject) { throw .refused(.policy(refused)) }
        try await attempt { () async throws(Refusal) in
            // The row first: whoever signs in between the two isn't asked for what is about to go.
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM second_factor WHERE subject = \(session.subject)")
                try rows.run("DELETE FROM recovery_used WHERE subject = \(session.subject)")
                return
            }
            try await vault.remove(RemovedFactor.self, of: session.subject)
        }
        try await endOtherSessions(of: session)
        try await tellOfChange(to: session.subject, begun: session.since)
    }

    /// Tries a code of the app, or a recovery code.
    public func confirmFactor(_ challenge: Token, code: String, from browser: Token? = nil) async throws(NotDone) -> FactorOutcome {
        let now = clock.now(), typed = code.filter { $0.isLetter || $0.isNumber }
        guard Challenge.isCode(typed) || typed.utf8.count == Self.lengthOfRecoveryCode else { return .unfit }
        let trial = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in try Challenge.tryFactor(challenge, by: vault, at: now, in: rows) }
        }
        let subject: Subject, left: Int
        switch trial {
        case .closed: return .expired
        case .wait(let seconds): throw .tooMany(after: seconds)
        case .open(let whose, let tries): (subject, left) = (whose, tries)
        }
        let keys = try await attempt { () async throws(Refusal) in try await signInKeys(of: subject) }
        let isRight: Bool
        if typed.utf8.count == OneTimeCode.digits {
            isRight = try await takeStep(typed, keys, subject)
        } else {
            isRight = try await takeRecoveryCode(typed, keys, subject)
        }
        guard isRight else { return left > 0 ? .wrong(left: left) : .expired }
        let isFirst = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> Bool in
                try rows.run("DELETE FROM factor_missed WHERE subject = \(subject) AND at = \(now)")
                return try rows.run("UPDATE challenge SET done = 1 WHERE id = \(challenge.hash) AND done = 0") == 1
            }
        }
        guard isFirst else { return .expired }
        if typed.utf8.count != OneTimeCode.digits { try await tellOfChange(to: subject, begun: now) }
        return .signedIn(try await openSession(of: subject, from: browser, begun: now, isStrong: true))
    }
}

extension Environment {
    static let factorDraft = "second factor"

    /// After the first factor: a session, or the question for the second.
    /// `isProved`: it was a code to their own address.
    func enter(_ subject: Subject, from browser: Token?, begun: Instant, isProved: Bool = false) async throws(NotDone) -> Entrance {
        let token = Token(from: randomness), code = Challenge.unguessable(randomness), now = clock.now()
        let isAsked = try await attempt { () async throws(Refusal) in
            let hasFactor = try store.read { (rows) throws(Refusal) in
                try rows.exists("SELECT 1 FROM second_factor WHERE subject = \(subject)")
            }
            guard hasFactor else { return false }
            try await store.write { (rows) throws(Refusal) in
                try Challenge.insert(token, code, for: subject, .secondFactor, isProved: isProved, by: vault, at: now, in: rows)
            }
            return true
        }
        return isAsked ? .secondFactor(token) : .signedIn(try await openSession(of: subject, from: browser, begun: begun))
    }

    /// A code of the app, of a step that wasn't taken before: of two at once with the same code one wins.
    private func takeStep(_ code: String, _ keys: SignInKeys, _ subject: Subject) async throws(NotDone) -> Bool {
        let now = clock.now()
        guard let secret = keys.factor, let step = OneTimeCode.step(of: code, secret: secret, at: now.seconds) else { return false }
        return try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                guard try rows.run("UPDATE second_factor SET step = \(step) WHERE subject = \(subject) AND step < \(step)") == 1 else {
                    return false
                }
                // The app has its own clock, and the two agree. Customers' apps are theirs.
                if try self.isStaff(subject, in: rows.snapshot) { try Vault.believeClock(at: now, in: rows) }
                return true
            }
        }
    }

    /// Sealed for the session's person, to come back with a form of theirs.
    func sealed(_ plain: [UInt8], _ what: String, _ session: Session) async throws(NotDone) -> String {
        let key = IdempotencyKey("\(what) \(Hex.encode(session.token.hash))")
        return Hex.encode(
            try await attempt { () async throws(Refusal) in try await vault.seal(waiting: plain, for: session.subject, as: key) })
    }

    /// nil: it wasn't sealed for this session.
    func opened(_ sealed: String, _ what: String, _ session: Session) throws(NotDone) -> [UInt8]? {
        guard let bytes = Hex.decode(sealed) else { return nil }
        let key = IdempotencyKey("\(what) \(Hex.encode(session.token.hash))")
        do throws(Refusal) {
            let (subject, plain) = try vault.open(waiting: bytes, as: key)
            return subject == session.subject ? plain : nil
        } catch {
            if case .damaged = error { return nil }
            throw .refused(error)
        }
    }
}

/// What follows the first factor.
enum Entrance: Sendable { case signedIn(Session), secondFactor(Token) }

/// What it takes to check the codes of an app.
struct SetFactor: Collecting {
    static let declared: UseDeclaration = .collect("second factor", from: "settings page", to: "make sure it is you")
    let secret: [UInt8]
    var values: [Given] { [Given("second factor", Hex.encode(secret))] }
}

/// The second factor goes.
struct RemovedFactor: Use {
    static let declared: UseDeclaration = .own(.delete, "second factor", "recovery codes")
}

extension String {
    /// Percent-encoded but for letters, digits and `-._` (RFC 3986).
    fileprivate var encodedForAddress: String {
        utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + Hex.encode([byte]).uppercased()
            }
        }.joined()
    }
}
