// Register, sign in, sign out.

import Crypto
import Outbound
public import Policy
import Store
public import Vault

/// What somebody typed on the registration form; blanks at the ends don't count.
public struct Registration: Sendable {
    public let name, email: String
    /// Empty: none given.
    public let telephone: String
    public init(name: String, email: String, telephone: String) {
        (self.name, self.email, self.telephone) = (name, email, telephone)
    }
}

/// What is wrong with what was typed, a case for each sentence of the form.
public enum FormFault: Error, Sendable, Hashable {
    case nameMissing, nameTooLong(limit: Int)
    /// With nothing to be seen, or with line breaks or marks that aren't seen.
    case nameUnfit
    case emailMissing, emailUnfit, emailTooLong(limit: Int)
    /// With other characters than those of ASCII.
    case emailForeign
    case telephoneMissing, telephoneUnfit
    /// Without its country, so that no code gets there.
    case telephoneUnreached
    /// Another number than the one that they sign in with.
    case telephoneIsAddress
    case textMissing, textTooLong(limit: Int)
    case passwordMissing, passwordShort(least: Int), passwordUnfit(most: Int), passwordCommon, passwordsDiffer
    /// Not the code of the app.
    case codeWrong
    /// The browser brought no passkey of this site, or one that is there already.
    case passkeyUnfit
    case roleUnknown
    /// The person with this address has a role that the policy keeps apart from it.
    case roleApart(Separation)
    case addressTaken
    /// Nobody has this number, or nothing of what is named is stored of them.
    case customerUnknown
    case fieldsMissing
    /// Not a day, or none of the coming year.
    case dayUnfit, silenceUnfit
}

/// Why a verb of the office didn't do it.
public enum NotDone: Error, Sendable {
    case form([FormFault])
    case refused(Refusal)
    /// Nothing there under this number, or not for this person.
    case notFound
    /// A mail could not be handed over; what was stored stays.
    case notSent
    /// The session is too old for what decides about the account: sign in once more.
    case signInAnew
    /// Too many tries; again after so many seconds.
    case tooMany(after: Int)
}

/// What came of a code.
public enum CodeOutcome: Sendable {
    case signedIn(Session)
    /// The code of an app is asked for next; the token belongs in a cookie of this browser.
    case secondFactor(Token)
    /// Not the code; so many tries are left.
    case wrong(left: Int)
    /// Older than ten minutes, used, or tried too often: ask for a new one.
    case expired
    /// Not six digits, so no try was used up.
    case unfit
    /// Somebody proved this address while the code was on its way: sign in instead.
    case taken
}

extension Environment {
    /// Stores the person's contact and sends a code: to the address or, where they gave none, to the number. The answer is the same whether
    /// or not somebody has an account there; the owner of a known one hears of it instead. The token belongs in a cookie of this browser.
    public func register(_ form: Registration) async throws(NotDone) -> Token {
        let form = form.trimmed, number = form.email.isEmpty ? outbound.number(form.telephone) : nil
        let faults = form.faults(reachesTelephones: outbound.reachesTelephones, isNumber: number != nil)
        guard faults.isEmpty else { throw .form(faults) }
        guard try isOpen else { throw .notFound }
        if number == nil { try offer(ConfirmationCode.self) } else { try offer(TelephoneCode.self) }
        let address = number.map { LookupAddress(telephone: $0) } ?? LookupAddress(email: form.email)
        let token = Token(from: randomness), code = Challenge.newCode(randomness), now = clock.now()
        let owner = try attempt { () throws(Refusal) in try vault.find(address) }
        guard owner == nil, throttle.allows(address, at: now) else {
            let posted = try await attempt { () async throws(Refusal) in
                let notice = try await unlessGone(owner) { (owner) async throws(Refusal) in
                    try await prepare(AddressNotice.self, .addressNotice(self), for: owner, about: token)
                }
                try await store.write { (rows) throws(Refusal) in
                    try Challenge.insert(token, code, for: nil, .registration, at: now, in: rows)
                    guard let owner, let notice, try !rows.exists("SELECT 1 FROM staff WHERE subject = \(owner)"),
                        try Challenge.issue(to: owner, at: now, in: rows)
                    else { return }
                    try notice.enqueue(at: now, in: rows)
                }
                return notice
            }
            await dispatch(posted)
            return token
        }
        let subject = try await attempt { () async throws(Refusal) in
            try await vault.admit(RegisteredContact(form)) { (subject, rows) throws(Refusal) in
                if number != nil { try rows.run("INSERT INTO by_telephone (subject) VALUES (\(subject))") }
                try Challenge.insert(token, code, for: subject, .registration, at: now, in: rows)
                _ = try Challenge.issue(to: subject, at: now, in: rows)
                return subject
            }
        }
        try await post(ConfirmationCode.self, .code(code, self), to: subject, about: token)
        return token
    }

    /// Whoever has no address, so that codes and notices go to their number.
    static func isByTelephone(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try rows.exists("SELECT 1 FROM by_telephone WHERE subject = \(subject)")
    }
    func isByTelephone(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in try Self.isByTelephone(subject, in: rows) }
    }

    /// Somebody may give a number instead of an address: this house reaches it, and the policy lets a code go there.
    public var registersByTelephone: Bool {
        outbound.reachesTelephones && vault.refusal(ofAnyOf: [TelephoneCode.self, ProvedNumber.self]) == nil
    }

    /// Whose number somebody gives again hears of it.
    public var tellsOwnersOfNumbers: Bool { vault.refusal(ofAnyOf: [TelephoneAddressNotice.self]) == nil }

    /// What somebody signs in with: an address or, where this house reaches telephones, a number.
    func lookup(_ typed: String) throws(NotDone) -> (address: LookupAddress, isNumber: Bool) {
        if let number = outbound.number(typed), !typed.contains("@") { return (LookupAddress(telephone: number), true) }
        if let fault = Registration.fault(ofEmail: typed) { throw .form([fault]) }
        return (LookupAddress(email: typed), false)
    }

    /// Mails a code to the address, if it has an account and a rule lets one go to whose it is; the answer is the same if not.
    /// - Parameter isForStaff: by the form of those who work here; what is refused to all hangs on that, not on the address.
    public func startSignIn(email: String, isForStaff: Bool = false) async throws(NotDone) -> Token {
        let (address, isNumber) = try lookup(email.trimmed)
        if isNumber {
            try offer(TelephoneCode.self)
        } else if isForStaff {
            try offer(StaffCode.self)
        } else {
            try offer(ConfirmationCode.self)
        }
        let token = Token(from: randomness), code = Challenge.newCode(randomness), now = clock.now()
        let subject = try attempt { () throws(Refusal) in try vault.find(address) }
        let posted = try await attempt { () async throws(Refusal) in
            let letter =
                try await unlessGone(subject) { (subject) async throws(Refusal) in
                    try await prepareCode(code, for: subject, about: token)
                } ?? nil
            try await store.write { (rows) throws(Refusal) in
                // A code that isn't mailed must not open anything either.
                var receiver: Subject?
                if let subject, let letter, try Challenge.issue(to: subject, at: now, in: rows) {
                    receiver = subject
                    try letter.enqueue(at: now, in: rows)
                }
                try Challenge.insert(token, code, for: receiver, .signIn, at: now, in: rows)
            }
            return letter
        }
        await dispatch(posted)
        return token
    }

    /// Whether this browser waits for the code of whoever came by the first administrator's link.
    public func isOfFirstAdministrator(_ challenge: Token) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in try Challenge.find(challenge, in: rows)?.kind == .administrator }
        }
    }

    /// A new code for the same browser, to the same address; the old one is worth nothing any more.
    public func sendAnotherCode(_ challenge: Token) async throws(NotDone) {
        let code = Challenge.newCode(randomness), now = clock.now()
        let known = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in try Challenge.find(challenge, in: rows) }
        }
        // A code that proves a new address goes to that address and nowhere else: its person asks for a new one on their page.
        guard let known, known.kind != .address, let subject = known.subject else { return }
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            guard let letter = try await prepareCode(code, for: subject, about: Token(from: randomness)) else { return nil }
            try await store.write { (rows) throws(Refusal) in
                guard let old = try Challenge.find(challenge, in: rows.snapshot), old.isOpen(at: now), old.subject == subject,
                    old.sent < now - .seconds(10), try Challenge.issue(to: subject, at: now, in: rows)
                else { return }
                try rows.run(
                    "UPDATE challenge SET code = \(Challenge.hash(challenge, code)), sent = \(now) WHERE id = \(challenge.hash)")
                try letter.enqueue(at: now, in: rows)
            }
            return letter
        }
        await dispatch(posted)
    }

    /// Tries a code of six digits (spaces don't count). `browser`: the mark of the browser that it comes from, where it has one.
    public func confirm(_ challenge: Token, code: String, from browser: Token? = nil) async throws(NotDone) -> CodeOutcome {
        let typed = String(code.filter { !$0.isWhitespace }), now = clock.now()
        guard Challenge.isCode(typed) else { return .unfit }
        let trial = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in try Challenge.attempt(challenge, typed, at: now, in: rows) }
        }
        switch trial {
        case .expired: return .expired
        case .wrong(let left): return left > 0 ? .wrong(left: left) : .expired
        case .right(let subject, .signIn):
            try await attempt { () async throws(Refusal) in try await confirmAddress(of: subject, at: now) }
            switch try await enter(subject, from: browser, begun: now) {
            case .signedIn(let session): return .signedIn(session)
            case .secondFactor(let challenge): return .secondFactor(challenge)
            }
        case .right(let subject, let kind):
            guard try await prove(subject, kind) else { return .taken }
            return .signedIn(try await openSession(of: subject, from: browser, begun: now, isFirst: true))
        }
    }

    /// nil: no such session, or ended, or no rule lets the site know anybody by the cookie.
    public func session(_ token: Token) throws(NotDone) -> Session? {
        let now = clock.now()
        return try attempt { () throws(Refusal) in
            guard let row = try store.read({ (rows) throws(Refusal) in try self.sessionRow(token, at: now, in: rows) }) else { return nil }
            noteVisit(token, row.seen, every: row.staff == nil ? .seconds(3_600) : .seconds(120), at: now)
            do throws(Refusal) {
                return Session(
                    subject: row.subject, token: token, since: row.since, staff: row.staff, isStrong: row.isStrong,
                    own: try vault.resume(row.subject, entry: row.entry))
            } catch {
                if case .gone = error { return nil }
                throw error
            }
        }
    }

    public func signOut(_ session: Session) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM session WHERE id = \(session.token.hash)")
                return
            }
        }
    }
}

extension Environment {
    /// The address becomes the subject's, whoever else gave it meanwhile; false where somebody was quicker.
    private func prove(_ subject: Subject, _ kind: Challenge.Kind) async throws(NotDone) -> Bool {
        let now = clock.now()
        return try await attempt { () async throws(Refusal) in
            let address = kind == .administrator ? try await staffAddress(of: subject) : try await customerAddress(of: subject)
            if let address, try await vault.claim(address, for: subject), try await enter(subject, kind, at: now) { return true }
            try await vault.expire(subject)
            return false
        }
    }

    /// A code that came back to sign in proves the address too: a crash between claim and entry is mended here.
    private func confirmAddress(of subject: Subject, at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            guard try !rows.exists("SELECT 1 FROM staff WHERE subject = \(subject)") else { return }
            try rows.run("INSERT INTO proved_address (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
        }
    }

    /// Writes that the address is proved. The one-time link brings in one administrator: who proves their address second is late.
    private func enter(_ subject: Subject, _ kind: Challenge.Kind, at now: Instant) async throws(Refusal) -> Bool {
        try await store.write { (rows) throws(Refusal) -> Bool in
            if kind == .administrator {
                guard try !Self.hasAdministrator(rows.snapshot) else { return false }
                try rows.run("DELETE FROM invitation")
                try Self.employ(subject, as: "administrator", at: now, in: rows)
            } else {
                try rows.run("INSERT INTO proved_address (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
            }
            return true
        }
    }

    private struct SessionRow: Sendable {
        let subject: Subject, since: Instant, entry: Int64, staff: StaffMember?, seen: Instant, isStrong: Bool
    }

    private func sessionRow(_ token: Token, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> SessionRow? {
        let found = try rows.first(
            """
            SELECT s.subject, s.since, s.entry, t.role, t.number, s.seen, s.strong FROM session s LEFT JOIN staff t ON t.subject = s.subject
                WHERE s.id = \(token.hash)
            """
        ) { row -> SessionRow in
            let subject = Subject(id: row.integer(0))
            return SessionRow(
                subject: subject, since: row.instant(1), entry: row.integer(2),
                staff: row.textOrNil(3).map { StaffMember(subject: subject, role: $0, number: row.integer(4)) },
                seen: row.instant(5), isStrong: row.bool(6))
        }
        guard let found, now <= endOfSession(found.since, found.staff), !isIdle(found.staff, found.since, found.seen, at: now) else {
            return nil
        }
        do throws(Refusal) { try vault.permit(ReadSessionCookie.self, of: found.subject, in: rows) } catch {
            if case .policy = error { return nil }
            throw error
        }
        return found
    }

    /// At work a session ends half an hour after its last visit, which is written down every two minutes.
    func isIdle(_ staff: StaffMember?, _ since: Instant, _ seen: Instant, at now: Instant) -> Bool {
        staff != nil && now > max(since, seen) + .seconds(1_800)
    }

    /// A customer's session ends when the policy's term of the cookie does; one at work after eight hours.
    func endOfSession(_ since: Instant, _ staff: StaffMember?) -> Instant {
        let end = vault.end(of: "session cookie", from: Day(of: since))?.end ?? since
        return staff == nil ? end : min(end, since + .seconds(8 * 3_600))
    }

    private func customerAddress(of subject: Subject) async throws(Refusal) -> LookupAddress? {
        try await address(of: subject, item: 0).address
    }

    private func staffAddress(of subject: Subject) async throws(Refusal) -> LookupAddress? {
        let grant: Grant<ProvedStaffAddress> = try await vault.grant(of: subject, by: .theSite, on: Basis())
        return try vault.read(grant).value.address
    }

    /// A refusal of the vault, as what a verb of the office throws.
    func attempt<T>(_ body: () throws(Refusal) -> T) throws(NotDone) -> T {
        do throws(Refusal) { return try body() } catch { throw .refused(error) }
    }
    func attempt<T>(_ body: () async throws(Refusal) -> T) async throws(NotDone) -> T {
        do throws(Refusal) { return try await body() } catch { throw .refused(error) }
    }
}
