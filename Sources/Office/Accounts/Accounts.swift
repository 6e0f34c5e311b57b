// Register, sign in, sign out.

import Crypto
import Outbound
import Policy
import Store
public import Vault

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
    public func register(_ form: Registration, from asker: Asker = Asker()) async throws(NotDone) -> Token {
        let form = form.trimmed, number = form.email.isEmpty ? outbound.number(form.telephone) : nil
        let faults = form.faults(reachesTelephones: outbound.reachesTelephones, isNumber: number != nil)
        guard faults.isEmpty else { throw .form(faults) }
        guard try isOpen else { throw .notFound }
        if number == nil { try offer(ConfirmationCode.self) } else { try offer(TelephoneCode.self) }
        let address = number.map { LookupAddress(telephone: $0) } ?? LookupAddress(email: form.email)
        let token = Token(from: randomness), code = Challenge.newCode(randomness), now = clock.now()
        // Counted whoever has it, so that it takes the same time.
        let mayBe = try await attempt { () async throws(Refusal) in try await mayGive(address, from: asker.network, at: now) }
        let owner = try attempt { () throws(Refusal) in try vault.find(address) }
        guard owner == nil, mayBe else {
            let posted = try await attempt { () async throws(Refusal) in
                let notice = try await unlessGone(owner) { (owner) async throws(Refusal) in
                    try await prepare(AddressNotice.self, .addressNotice(self), for: owner, about: token)
                }
                try await store.write { (rows) throws(Refusal) in
                    try Challenge.insert(token, code, for: nil, .registration, isByNumber: number != nil, by: vault, at: now, in: rows)
                    guard let owner, let notice, try !self.isStaff(owner, in: rows.snapshot),
                        try Challenge.issue(to: owner, asked: .notice, at: now, in: rows)
                    else { return }
                    try notice.enqueue(at: now, in: rows)
                }
                return notice
            }
            await dispatch(posted)
            return token
        }
        let subject = try await attempt { () async throws(Refusal) in
            let marking = try await marking(at: now)
            return try await vault.admit(RegisteredContact(form)) { (subject, rows) throws(Refusal) in
                if number != nil { try rows.run("INSERT INTO by_telephone (subject) VALUES (\(subject))") }
                try Challenge.insert(token, code, for: subject, .registration, isByNumber: number != nil, by: vault, at: now, in: rows)
                _ = try issue(to: subject, for: asker, marking, at: now, in: rows)
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
        outbound.reachesTelephones && refusal(of: .telephoneAccount) == nil
    }

    /// A code may go to the number of a customer who has no address.
    public var sendsCodesToTelephones: Bool { outbound.reachesTelephones && refusal(of: .telephoneSignIn) == nil }

    /// Whether this is a number to which a code can go, and no address.
    public func isNumber(_ typed: String) -> Bool { !typed.contains("@") && outbound.number(typed.trimmed) != nil }

    /// The field through which codes and notices go to them: `email address` or, of who has none, `telephone number`.
    public func reachedThrough(_ session: Session) throws(NotDone) -> String {
        try attempt { () throws(Refusal) in try reachedBy(session.subject).field }
    }

    /// Whose number somebody gives again hears of it.
    public var tellsOwnersOfNumbers: Bool { vault.refusal(ofAnyOf: [TelephoneAddressNotice.self]) == nil }

    /// What somebody signs in with: an address or, where this house reaches telephones, a number.
    func lookup(_ typed: String) throws(NotDone) -> (address: LookupAddress, isNumber: Bool) {
        if !typed.contains("@"), let number = outbound.number(typed) { return (LookupAddress(telephone: number), true) }
        if let fault = Registration.fault(ofEmail: typed) { throw .form([fault]) }
        return (LookupAddress(email: typed), false)
    }

    /// Mails a code to the address, if it has an account and a rule lets one go to whose it is; the answer is the same if not.
    /// - Parameter isForStaff: by the form of those who work here; what is refused to all hangs on that, not on the address.
    public func startSignIn(email: String, isForStaff: Bool = false, from asker: Asker = Asker()) async throws(NotDone) -> Token {
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
            let marking = try await marking(at: now)
            let letter =
                try await unlessGone(subject) { (subject) async throws(Refusal) in
                    try await prepareCode(code, for: subject, about: token)
                } ?? nil
            try await store.write { (rows) throws(Refusal) in
                // A code that isn't mailed must not open anything either.
                var receiver: Subject?, asked = Challenge.Asking.stranger
                if let subject, let letter, let issued = try issue(to: subject, for: asker, marking, at: now, in: rows) {
                    (receiver, asked) = (subject, issued)
                    try letter.enqueue(at: now, in: rows)
                }
                try Challenge.insert(token, code, for: receiver, .signIn, isByNumber: isNumber, asked: asked, by: vault, at: now, in: rows)
            }
            return letter
        }
        await dispatch(posted)
        return token
    }

    /// For whose code this browser waits: of whoever came by the first administrator's link, and of whoever gave a number. It says nothing of
    /// who has an account.
    public func awaited(_ challenge: Token) throws(NotDone) -> (isFirstAdministrator: Bool, isByNumber: Bool) {
        try attempt { () throws(Refusal) in
            let found = try store.read { (rows) throws(Refusal) in try Challenge.find(challenge, by: vault, in: rows) }
            return (found?.kind == .administrator, found?.isByNumber == true)
        }
    }

    /// A new code for the same browser, to the same address; the old one is worth nothing any more.
    public func sendAnotherCode(_ challenge: Token, from asker: Asker = Asker()) async throws(NotDone) {
        let code = Challenge.newCode(randomness), now = clock.now()
        let known = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in try Challenge.find(challenge, by: vault, in: rows) }
        }
        // A code that proves a new address goes to that address and nowhere else: its person asks for a new one on their page.
        guard let known, known.kind.opensSession, let subject = known.subject else { return }
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            guard let letter = try await prepareCode(code, for: subject, about: Token(from: randomness)) else { return nil }
            let marking = try await marking(at: now)
            try await store.write { (rows) throws(Refusal) in
                guard let old = try Challenge.find(challenge, by: vault, in: rows.snapshot), old.isOpen(at: now), old.subject == subject,
                    old.sent < now - .seconds(10), let asked = try issue(to: subject, for: asker, marking, at: now, in: rows)
                else { return }
                try old.renew(challenge, code, asked: asked, by: vault, at: now, in: rows)
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
            try await store.write { (rows) throws(Refusal) in try Challenge.attempt(challenge, typed, by: vault, at: now, in: rows) }
        }
        switch trial {
        case .expired: return .expired
        case .wrong(let left): return left > 0 ? .wrong(left: left) : .expired
        case .right(let subject, .signIn):
            try await attempt { () async throws(Refusal) in try await confirmAddress(of: subject, at: now) }
            switch try await enter(subject, from: browser, begun: now, isProved: true) {
            case .signedIn(let session): return .signedIn(session)
            case .secondFactor(let challenge): return .secondFactor(challenge)
            }
        case .right(let subject, let kind):
            guard try await prove(subject, kind) else { return .taken }
            return .signedIn(try await openSession(of: subject, from: browser, begun: now, isFirst: true))
        }
    }
}

extension Environment {
    /// The address becomes the subject's, whoever else gave it meanwhile; false where somebody was quicker.
    private func prove(_ subject: Subject, _ kind: Challenge.Kind) async throws(NotDone) -> Bool {
        let now = clock.now()
        return try await attempt { () async throws(Refusal) in
            let newcomer = kind == .administrator ? nil : try await newcomer(subject)
            let address = if let newcomer { newcomer.address } else { try await staffAddress(of: subject) }
            guard let address, try await vault.claim(address, for: subject), try await enter(subject, kind, at: now) else {
                try await vault.expire(subject)
                return false
            }
            if let newcomer { try await index(subject, newcomer.contact) }
            return true
        }
    }

    /// A code that came back to sign in proves the address too: a crash between claim and entry is mended here.
    private func confirmAddress(of subject: Subject, at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            // Nor does somebody become a customer by having worked here.
            guard try !self.isStaff(subject, in: rows.snapshot),
                try !rows.exists("SELECT 1 FROM former_staff WHERE subject = \(subject)")
            else { return }
            try rows.run("INSERT INTO proved_address (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
        }
    }

    /// Writes that the address is proved. The one-time link brings in one administrator: who proves their address second is late.
    private func enter(_ subject: Subject, _ kind: Challenge.Kind, at now: Instant) async throws(Refusal) -> Bool {
        try await store.write { (rows) throws(Refusal) -> Bool in
            if kind == .administrator {
                guard try !Self.hasAdministrator(rows.snapshot) else { return false }
                try rows.run("DELETE FROM invitation")
                try self.employ(subject, as: "administrator", at: now, in: rows)
            } else {
                try rows.run("INSERT INTO proved_address (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
            }
            return true
        }
    }

    private func newcomer(_ subject: Subject) async throws(Refusal) -> (address: LookupAddress?, contact: Newcomer) {
        let reached = try reachedBy(subject), grant: Grant<Newcomer> = try await vault.grant(of: subject, by: .theSite, on: Basis())
        let contact = try vault.read(grant).value
        return (reached.address(reached.field == "email address" ? contact.address : contact.telephone), contact)
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
