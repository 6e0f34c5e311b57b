// Ten codes to come in by when the app is lost: printed once, used once, kept as hashes.

import Crypto
import Policy
import Store
import Vault

/// Codes that their person has still to keep; they are good from `keepRecoveryCodes` on.
public struct RecoveryDraft: Sendable {
    /// `k3d9-x7pm-2f`: ten letters and digits each, 50 bits.
    public let codes: [String]
    public let sealed: String
}

extension Environment {
    public func draftOfRecoveryCodes(in session: Session) async throws(NotDone) -> RecoveryDraft {
        guard isFresh(session) else { throw .signInAnew }
        let codes = (0..<10).map { _ in
            let letters = randomness.bytes(Self.lengthOfRecoveryCode).map { Self.alphabet[Int($0 & 31)] }
            return "\(String(letters[0..<5]))-\(String(letters[5..<10]))"
        }
        let since = try keptSince(session.subject)?.microseconds ?? 0, text = "\(since) \(codes.joined(separator: " "))"
        return RecoveryDraft(codes: codes, sealed: try await sealed(Array(text.utf8), Self.recoveryDraft, session))
    }

    /// From now on these ten are good, and no former ones. A draft counts once, and none does that was made before others were kept: its page
    /// may lie open still, and would make good what was used or replaced.
    public func keepRecoveryCodes(_ sealed: String, in session: Session) async throws(NotDone) {
        guard isFresh(session), let plain = try opened(sealed, Self.recoveryDraft, session) else { throw .signInAnew }
        try refuseKey(SetRecoveryCodes.self, session)
        let parts = String(decoding: plain, as: UTF8.self).split(separator: " "), codes = parts.dropFirst().map { $0.filter { $0 != "-" } }
        guard try await take(draftSince: parts.first.flatMap { Int64($0) } ?? -1, of: session.subject) else { throw .form([.codesOld]) }
        let salt = randomness.bytes(Password.saltLength)
        var hashes: [String] = []
        for code in codes { hashes.append(try await hash(code, salt)) }
        let value = ([Hex.encode(salt)] + hashes).joined(separator: " ")
        try await attempt { () async throws(Refusal) in
            try await vault.collect(SetRecoveryCodes(value: value), of: session.subject, on: Basis()) { (subject, rows) throws(Refusal) in
                try session.mustStand(in: rows)
                try rows.run("DELETE FROM recovery_used WHERE subject = \(subject)")
                return
            }
        }
        try await tellOfChange(to: session.subject, begun: session.since)
    }

    /// Since when the codes that are kept, or the lack of any, have been there; nil: there is no app.
    private func keptSince(_ subject: Subject) throws(NotDone) -> Instant? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT codes FROM second_factor WHERE subject = \(subject)") { $0.instant(0) }
            }
        }
    }

    /// Of all drafts that were made since then one is taken, and then none of them any more.
    private func take(draftSince since: Int64, of subject: Subject) async throws(NotDone) -> Bool {
        let now = clock.now()
        return try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                let isTaken =
                    try rows.run(
                        """
                        UPDATE second_factor SET codes = CASE WHEN codes < \(now) THEN \(now) ELSE codes + 1 END
                            WHERE subject = \(subject) AND codes = \(since)
                        """) > 0
                if isTaken { return true }
                guard since == 0 else { return false }
                return try !rows.exists("SELECT 1 FROM second_factor WHERE subject = \(subject)")
            }
        }
    }

    func recoveryCodesUsed(of session: Session) throws(NotDone) -> Int {
        let used = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT count(*) FROM recovery_used WHERE subject = \(session.subject)") { $0.integer(0) } ?? 0
            }
        }
        return Int(used)
    }

    /// True once for each code.
    func takeRecoveryCode(_ typed: String, _ keys: SignInKeys, _ subject: Subject) async throws(NotDone) -> Bool {
        // What can't be one takes the time of one.
        let parts = (keys.recovery ?? "").split(separator: " ").map(String.init)
        let salt = parts.first.flatMap { Hex.decode($0) } ?? [UInt8](repeating: 0, count: Password.saltLength)
        let hash = Array(try await hash(String(typed.prefix(64)), salt).utf8)
        let place = parts.dropFirst().enumerated().reduce(nil as Int?) { constantTimeEqual(Array($1.element.utf8), hash) ? $1.offset : $0 }
        guard let place else { return false }
        return try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("INSERT INTO recovery_used (subject, place) VALUES (\(subject), \(place)) ON CONFLICT DO NOTHING") == 1
            }
        }
    }

    private static let recoveryDraft = "recovery codes"
    /// Letters and digits, without the hyphen.
    static let lengthOfRecoveryCode = 10
    /// Without letters that are taken for digits.
    private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")

    private func hash(_ code: String, _ salt: [UInt8]) async throws(NotDone) -> String {
        let typed = Passphrase(code.lowercased()) ?? .empty
        return try await slowly { () async throws in
            let secret = try await hashing.stretch(typed, salt: salt)
            return HMACSHA256.code(for: Array("voffice/recovery/1".utf8), under: secret).hex
        }
    }
}

/// What it takes to check ten recovery codes: the salt, then ten hashes.
struct SetRecoveryCodes: Collecting {
    static let declared: UseDeclaration = .collect("recovery codes", from: "settings page", to: "make sure it is you")
    let value: String
    var values: [Given] { [Given("recovery codes", value)] }
}

/// They go, and the app stays.
struct RemovedRecoveryCodes: Use {
    static let declared: UseDeclaration = .own(.delete, "recovery codes")
}
