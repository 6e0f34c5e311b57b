// Passwords: signing in by one, setting, changing and removing it.

import Crypto
import Policy
public import Store
public import Vault

/// What came of an address and a password.
public enum PasswordOutcome: Sendable {
    case signedIn(Session)
    /// The second factor is asked for next; the token belongs in a cookie of this browser.
    case secondFactor(Token)
    /// No account with this address has this password: which of the two is wrong isn't told.
    case wrong
}

/// The ways in which somebody signs in, beside a code by e-mail.
public struct WaysIn: Sendable {
    /// Since when there is a password; nil: none.
    public let password: Instant?
    /// Since when codes of an app are asked for; nil: they aren't.
    public let factor: Instant?
    /// How many recovery codes are left; nil: none were kept.
    public let recoveryCodes: Int?
    /// Since when each passkey is there.
    public let passkeys: [Instant]
    /// Why the policy keeps each from being taken away; none: it doesn't.
    public let staying: [Key: Refused]
    /// Why the policy takes none of each in, or no other one; none: it does.
    public let closed: [Key: Refused]
    /// Those of which nobody knows, because what they lie in can't be opened; and of each such record the fields that may lie in it.
    public let unreadable: Set<Key>, damaged: [[String]]
    public enum Key: String, Sendable, CaseIterable {
        case password, factor, recoveryCodes, passkeys

        /// As the policy names it.
        var field: String {
            switch self {
            case .password: "password check"
            case .factor: "second factor"
            case .recoveryCodes: "recovery codes"
            case .passkeys: "passkeys"
            }
        }
    }
}

extension Environment {
    /// Signs in by a password. Known and unknown addresses take the same work.
    public func signIn(email: String, password: String, from browser: Token? = nil) async throws(NotDone) -> PasswordOutcome {
        let email = email.trimmed, now = clock.now()
        let address = try lookup(email).address
        // Refused for everybody alike, before anybody is looked up.
        if let refused = vault.refusal(ofAnyOf: [SignInKeys.self]) { throw .refused(.policy(refused)) }
        let tried = try await guess(at: address, from: browser, now)
        let subject = try attempt { () throws(Refusal) in try vault.find(address) }
        let keys = try await attempt { () async throws(Refusal) in
            try await unlessGone(subject) { (subject) async throws(Refusal) in try await signInKeys(of: subject) }
        }
        // What can't be a password takes the time of one.
        let typed = Passphrase(password) ?? .empty
        let matches = try await slowly { () async throws in try await hashing.verify(typed, against: keys?.password) }
        guard matches, let subject else { return .wrong }
        try await forgive(tried, now)
        if let hash = keys?.password, hashing.isOutdated(hash) { try await store(typed, for: subject) }
        switch try await enter(subject, from: browser, begun: now) {
        case .signedIn(let session): return .signedIn(session)
        case .secondFactor(let challenge): return .secondFactor(challenge)
        }
    }

    public func waysIn(of session: Session) throws(NotDone) -> WaysIn {
        let held = try attempt { () throws(Refusal) in try vault.held(of: session.own, beside: []) }
        func since(_ key: WaysIn.Key) -> Instant? { held.values.first { $0.field == key.field }?.since }
        var staying: [WaysIn.Key: Refused] = [:], closed: [WaysIn.Key: Refused] = [:], unreadable: Set<WaysIn.Key> = []
        for key in WaysIn.Key.allCases {
            if since(key) == nil, held.isClosed(key.field) { unreadable.insert(key) }
            do throws(NotDone) {
                closed[key] = try refusal(ofSetting: key, session)
                staying[key] = try refusal(ofRemoving: key, of: session.subject)
            } catch {
                guard case .refused(.damaged) = error else { throw error }
                unreadable.insert(key)
            }
        }
        return WaysIn(
            password: since(.password), factor: since(.factor),
            recoveryCodes: since(.recoveryCodes) == nil ? nil : 10 - (try recoveryCodesUsed(of: session)),
            passkeys: try passkeys(of: session), staying: staying, closed: closed, unreadable: unreadable,
            damaged: held.closed.map(\.fields))
    }

    private func refusal(ofSetting key: WaysIn.Key, _ session: Session) throws(NotDone) -> Refused? {
        switch key {
        case .password: try previewOfPassword(session)
        case .factor: try previewOfFactor(session)
        case .recoveryCodes: try previewOfRecoveryCodes(session)
        case .passkeys: try previewOfPasskey(session)
        }
    }

    /// Why the policy would keep it.
    func refusal(ofRemoving key: WaysIn.Key, of subject: Subject) throws(NotDone) -> Refused? {
        try attempt { () throws(Refusal) in
            switch key {
            case .password: try vault.previewOfRemoving(RemovedPassword.self, of: subject)
            // Recovery codes go with the app.
            case .factor, .recoveryCodes: try vault.previewOfRemoving(RemovedFactor.self, of: subject)
            case .passkeys: try vault.previewOfRemoving(RemovedPasskeys.self, of: subject)
            }
        }
    }

    /// Whether the session began so lately that its person may change how they sign in.
    public func isFresh(_ session: Session) -> Bool { clock.now() <= session.since + Self.signingTime }

    /// Whether they may decide in this session about the account itself: they have just come in, or nobody can come in anew.
    public func decides(_ session: Session) -> Bool {
        guard !isFresh(session) else { return true }
        guard session.staff == nil else { return refusal(of: .staffSignIn) != nil }
        return refusal(of: (try? isByTelephone(session.subject)) == true ? .telephoneSignIn : .signIn) != nil
    }

    /// Sets or changes the password, and ends all other sessions.
    public func setPassword(_ password: String, again: String, in session: Session) async throws(NotDone) {
        guard isFresh(session) else { throw .signInAnew }
        let faults = try faults(of: password, again, session)
        guard faults.isEmpty, let typed = Passphrase(password) else { throw .form(faults) }
        try refuseKey(SetPassword.self, session)
        try await store(typed, for: session.subject, in: session)
        try await endOtherSessions(of: session)
        try await tellOfChange(to: session.subject, begun: session.since)
    }

    public func removePassword(in session: Session) async throws(NotDone) {
        guard isFresh(session) else { throw .signInAnew }
        _ = try await attempt { () async throws(Refusal) in try await vault.remove(RemovedPassword.self, of: session.subject) }
        try await endOtherSessions(of: session)
        try await tellOfChange(to: session.subject, begun: session.since)
    }

    public func previewOfFactor(_ session: Session) throws(NotDone) -> Refused? { try preview(SetFactor.self, session) }
    public func previewOfRecoveryCodes(_ session: Session) throws(NotDone) -> Refused? { try preview(SetRecoveryCodes.self, session) }

    /// What `setPassword` would refuse at this moment.
    public func previewOfPassword(_ session: Session) throws(NotDone) -> Refused? {
        try preview(SetPassword.self, session)
    }

    /// A key that may not be read opens nothing, and one that is asked for locks its person out: so it isn't taken in.
    func preview<U: Collecting>(_: U.Type, _ session: Session) throws(NotDone) -> Refused? {
        if let refused = vault.refusal(ofAnyOf: [SignInKeys.self]) { return refused }
        return try attempt { () throws(Refusal) in try vault.preview(U.self, of: session.subject) }
    }
    func refuseKey<U: Collecting>(_: U.Type, _ session: Session) throws(NotDone) {
        if let refused = try preview(U.self, session) { throw .refused(.policy(refused)) }
    }
}

extension Environment {
    static let leastPassword = 8

    private func faults(of password: String, _ again: String, _ session: Session) throws(NotDone) -> [FormFault] {
        if password.isEmpty { return [.passwordMissing] }
        guard let typed = Passphrase(password) else { return [.passwordUnfit(most: Passphrase.mostBytes)] }
        if typed.length < Self.leastPassword { return [.passwordShort(least: Self.leastPassword)] }
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let own = held.filter {
            ["full name", "email address", "telephone number", "staff name", "staff email address"].contains($0.field)
        }.flatMap {
            [$0.value] + $0.value.split(whereSeparator: { " @.".contains($0) }).map(String.init)
        }
        if settings.commonPasswords.contains(typed.text)
            || CommonPasswords.isNearAtHand(typed.text, own + [settings.operatorName, "vOffice"])
        {
            return [.passwordCommon]
        }
        return password == again ? [] : [.passwordsDiffer]
    }

    /// - Parameter session: in which it is set; nil: it is hashed anew, as it was.
    private func store(_ password: Passphrase, for subject: Subject, in session: Session? = nil) async throws(NotDone) {
        let hash = try await slowly { () async throws in try await hashing.hash(password) }
        try await attempt { () async throws(Refusal) in
            try await vault.collect(SetPassword(hash: hash), of: subject, on: Basis()) { (_, rows) throws(Refusal) in
                try session?.mustStand(in: rows)
            }
        }
    }

    /// What is kept to check who signs in.
    func signInKeys(of subject: Subject) async throws(Refusal) -> SignInKeys {
        let grant: Grant<SignInKeys> = try await vault.grant(of: subject, by: .theSite, on: Basis())
        return try vault.read(grant).value
    }

    /// Where more is asked than can be hashed, the sender comes again.
    func slowly<T>(_ work: () async throws -> T) async throws(NotDone) -> T {
        do { return try await work() } catch { throw .tooMany(after: 5) }
    }
}

/// What it takes to check a password.
struct SetPassword: Collecting {
    static let declared: UseDeclaration = .collect("password check", from: "settings page", to: "make sure it is you")
    let hash: String
    var values: [Given] { [Given("password check", hash)] }
}

/// What is kept to check who signs in.
struct SignInKeys: Reading {
    static let declared: UseDeclaration = .read("password check", "second factor", "recovery codes", "passkeys", to: "make sure it is you")
    /// nil: none was set.
    let password: String?
    /// The secret of the app; nil: there is none.
    let factor: [UInt8]?
    /// The salt and the hashes of recovery codes.
    let recovery: String?
    let passkeys: String?
    init(_ record: borrowing Opened) throws(Refusal) {
        password = record.text("password check")
        factor = record.text("second factor").flatMap { Hex.decode($0) }
        recovery = record.text("recovery codes")
        passkeys = record.text("passkeys")
    }
}

/// The password goes.
struct RemovedPassword: Use {
    static let declared: UseDeclaration = .own(.delete, "password check")
}
