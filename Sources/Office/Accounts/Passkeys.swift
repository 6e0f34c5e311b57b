// Passkeys: added on the account's page, and signing in by one.

import Crypto
import Passkeys
import Policy
import Store
public import Vault

/// What the browser needs to make a passkey.
public struct PasskeyDraft: Sendable {
    /// Hexadecimal, as is `user`: a random handle by which the device keeps apart two accounts of this site.
    public let challenge, user: String
    /// How the device names the account to its owner.
    public let name: String
    public let site: String
    /// Those of this account, so that a device makes no second one.
    public let present: [String]
    public let sealed: String
}

/// What the browser brought back, each in hexadecimal.
public struct PasskeyAnswer: Sendable {
    let id, clientData, authenticatorData, signature: [UInt8]
    /// nil: not hexadecimal, or longer than any.
    public init?(id: String = "", clientData: String, authenticatorData: String, signature: String = "") {
        let all = [id, clientData, authenticatorData, signature].map { $0.utf8.count <= 8_192 ? Hex.decode($0) : nil }
        guard let id = all[0], let client = all[1], let data = all[2], let signature = all[3] else { return nil }
        (self.id, self.clientData, self.authenticatorData, self.signature) = (id, client, data, signature)
    }
}

extension Environment {
    /// The host that passkeys are made for; nil: the house has no address that they could be made for.
    public var passkeySite: String? { PasskeySite(address: settings.address)?.id }

    public func draftOfPasskey(in session: Session) async throws(NotDone) -> PasskeyDraft {
        guard isFresh(session) else { throw .signInAnew }
        guard let site = PasskeySite(address: settings.address) else { throw .notFound }
        let challenge = randomness.bytes(32)
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        let name = held.first { ["email address", "staff email address"].contains($0.field) }?.value ?? settings.operatorName
        return PasskeyDraft(
            challenge: Hex.encode(challenge), user: Hex.encode(randomness.bytes(16)), name: name, site: site.id,
            present: KeptPasskey.read(held.first { $0.field == "passkeys" }?.value).map { Hex.encode($0.passkey.id) },
            sealed: try await sealed(challenge, Self.passkeyDraft, session))
    }

    /// Since when each of the account's passkeys is there, the oldest first.
    func passkeys(of session: Session) throws(NotDone) -> [Instant] {
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        return KeptPasskey.read(held.first { $0.field == "passkeys" }?.value).map(\.since)
    }

    /// Adds what the browser made for the draft.
    public func addPasskey(_ draft: String, _ answer: PasskeyAnswer, in session: Session) async throws(NotDone) {
        guard isFresh(session), let challenge = try opened(draft, Self.passkeyDraft, session) else { throw .signInAnew }
        guard let site = PasskeySite(address: settings.address) else { throw .notFound }
        try refuseKey(SetPasskeys.self, session)
        let passkey: Passkey
        do throws(PasskeyFault) {
            passkey = try Passkey(created: answer.clientData, answer.authenticatorData, for: challenge, at: site)
        } catch { throw .form([.passkeyUnfit]) }
        let present = try kept(by: session)
        guard !present.contains(where: { $0.passkey.id == passkey.id }), present.count < Self.mostPasskeys else {
            throw .form([.passkeyUnfit])
        }
        try await keep(present + [KeptPasskey(passkey: passkey, since: clock.now())], session) { (subject, rows) throws(Refusal) in
            try rows.run(
                "INSERT INTO passkey (id, subject, count) VALUES (\(KeptPasskey.hash(passkey.id)), \(subject), \(Int64(passkey.count)))")
        }
    }

    /// `number`: its place among `passkeys`, from 0.
    public func removePasskey(_ number: Int, in session: Session) async throws(NotDone) {
        guard isFresh(session) else { throw .signInAnew }
        var present = try kept(by: session)
        guard present.indices.contains(number) else { throw .notFound }
        let gone = KeptPasskey.hash(present.remove(at: number).passkey.id)
        if let refused = try previewOfRemovingPasskey(session) { throw .refused(.policy(refused)) }
        // The row first: without it nothing signs in by this passkey.
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM passkey WHERE id = \(gone)")
                return
            }
        }
        if present.isEmpty {
            _ = try await attempt { () async throws(Refusal) in try await vault.remove(RemovedPasskeys.self, of: session.subject) }
            try await endOtherSessions(of: session)
            try await tellOfChange(to: session.subject, begun: session.since)
        } else {
            try await keep(present, session) { (_, _) throws(Refusal) in }
        }
    }

    /// A challenge for the browser to have signed; the token belongs in a cookie of it.
    public func beginPasskey() async throws(NotDone) -> (token: Token, challenge: String) {
        let token = Token(from: randomness), code = Challenge.unguessable(randomness), now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try Challenge.insert(token, code, for: nil, .passkey, by: vault, at: now, in: rows)
            }
        }
        return (token, Hex.encode(Self.passkeyChallenge(token)))
    }

    /// Signs in by what the browser brought for the challenge, which is used up, right or wrong.
    public func signIn(passkey answer: PasskeyAnswer, for token: Token, from browser: Token? = nil) async throws(NotDone) -> PasswordOutcome
    {
        guard let site = PasskeySite(address: settings.address) else { throw .notFound }
        let now = clock.now(), hash = KeptPasskey.hash(answer.id)
        let found = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> (Subject, UInt32)? in
                guard try Challenge.use(token, .passkey, by: vault, at: now, in: rows) else { return nil }
                return try rows.first("SELECT subject, count FROM passkey WHERE id = \(hash)") {
                    (Subject(id: $0.identity(0)), UInt32(truncatingIfNeeded: $0.integer(1)))
                }
            }
        }
        guard let (subject, count) = found else { return .wrong }
        let keys = try await attempt { () async throws(Refusal) in
            try await unlessGone(subject) { (subject) async throws(Refusal) in try await signInKeys(of: subject) }
        }
        guard let passkey = KeptPasskey.read(keys?.passkeys).first(where: { $0.passkey.id == answer.id })?.passkey else { return .wrong }
        let used: Passkey.Used
        do throws(PasskeyFault) {
            used = try Passkey(id: passkey.id, algorithm: passkey.algorithm, key: passkey.key, count: count).verify(
                answer.clientData, answer.authenticatorData, answer.signature, for: Self.passkeyChallenge(token), at: site)
        } catch { return .wrong }
        let isCounted = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE passkey SET count = \(Int64(used.count)) WHERE id = \(hash) AND count = \(Int64(count))") == 1
            }
        }
        guard isCounted else { return .wrong }
        // A device that made sure who holds it is two factors.
        if used.isVerified { return .signedIn(try await openSession(of: subject, from: browser, begun: now, isStrong: true)) }
        switch try await enter(subject, from: browser, begun: now) {
        case .signedIn(let session): return .signedIn(session)
        case .secondFactor(let challenge): return .secondFactor(challenge)
        }
    }

    /// What `removePasskey` would refuse at this moment: the last one is deleted, and without one of several the others are kept anew.
    public func previewOfRemovingPasskey(_ session: Session) throws(NotDone) -> Refused? {
        guard try kept(by: session).count > 1 else { return try refusal(ofRemoving: .passkeys, of: session.subject) }
        return try attempt { () throws(Refusal) in try vault.preview(SetPasskeys.self, of: session.subject) }
    }

    public func previewOfPasskey(_ session: Session) throws(NotDone) -> Refused? { try preview(SetPasskeys.self, session) }
}

extension Environment {
    private static let passkeyDraft = "passkey"
    private static let mostPasskeys = 10

    /// What is signed hangs on a number that this browser alone has.
    private static func passkeyChallenge(_ token: Token) -> [UInt8] { SHA256.hash(Array("voffice/passkey/1|\(token.text)".utf8)).bytes }

    private func kept(by session: Session) throws(NotDone) -> [KeptPasskey] {
        let held = try attempt { () throws(Refusal) in try vault.holdings(of: session.own) }
        return KeptPasskey.read(held.first { $0.field == "passkeys" }?.value)
    }

    private func keep(
        _ passkeys: [KeptPasskey], _ session: Session,
        alongside: @escaping @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> Void
    ) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            try await vault.collect(SetPasskeys(passkeys: passkeys), of: session.subject, on: Basis()) { (subject, rows) throws(Refusal) in
                try session.mustStand(in: rows)
                try alongside(subject, rows)
            }
        }
        try await endOtherSessions(of: session)
        try await tellOfChange(to: session.subject, begun: session.since)
    }
}

/// A passkey as the vault keeps it: a line of id, algorithm, public key and the second since which it is there.
struct KeptPasskey: Sendable {
    let passkey: Passkey
    let since: Instant

    static func read(_ text: String?) -> [KeptPasskey] {
        (text ?? "").split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 4, let id = Hex.decode(parts[0]), let algorithm = Int(parts[1]), let key = Hex.decode(parts[2]),
                let since = Int64(parts[3])
            else { return nil }
            return KeptPasskey(
                passkey: Passkey(id: id, algorithm: algorithm, key: key, count: 0), since: Instant(microseconds: since))
        }
    }

    var line: String { "\(Hex.encode(passkey.id)) \(passkey.algorithm) \(Hex.encode(passkey.key)) \(since.microseconds)" }

    /// What the database keeps of an id.
    static func hash(_ id: [UInt8]) -> [UInt8] { SHA256.hash(Array("voffice/passkey-id/1|".utf8) + id).bytes }
}

/// The public halves of the person's passkeys.
struct SetPasskeys: Collecting {
    static let declared: UseDeclaration = .collect("passkeys", from: "settings page", to: "make sure it is you")
    let passkeys: [KeptPasskey]
    var values: [Given] { [Given("passkeys", passkeys.map(\.line).joined(separator: "\n"))] }
}

/// The last passkey goes.
struct RemovedPasskeys: Use {
    static let declared: UseDeclaration = .own(.delete, "passkeys")
}
