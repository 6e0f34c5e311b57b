// The two who publish. Each has a key of their own, which the house holds for them: it is derived from the key ring, the role, the
// number and the person, so no table says whose it is, and whoever has only the database can't sign.

import Crypto
import TransparencyLog

/// A member of staff in one of the two roles, who has just signed in anew.
public struct Officer: Sendable, Hashable {
    /// The roles without which nothing is published.
    public static let roles = ["policy officer", "privacy officer"]

    public let subject: Subject
    public let role: String
    public let number: Int64

    /// nil: another role has no say in it.
    public init?(_ subject: Subject, role: String, number: Int64) {
        guard Self.roles.contains(role) else { return nil }
        (self.subject, self.role, self.number) = (subject, role, number)
    }
}

/// Names and keys of officers, as their signatures carry them.
struct OfficerKeys {
    /// The log's name, and those that it had before it lost entries (`….412` after the loss behind 412): what was signed then stays signed.
    let origins: [String]
    private let secret: Secret

    init(_ ring: KeyRing, origin: String) {
        secret = ring.owner.derive("officers", 1)
        origins = Vault.names(upTo: origin)
    }

    func signer(for officer: Officer) throws(LogFault) -> NoteSigner {
        let person = String(HMACSHA256.code(for: Array("voffice/officer/1|\(officer.subject.id)".utf8), under: secret).hex.prefix(16))
        return try Name(role: officer.role, number: officer.number, person: person).signer(origins[0], secret)
    }

    /// Who signed, by the name in a signature; nil: nobody of this house has that name.
    func signer(named name: String) -> (name: Name, verifier: NoteVerifier)? {
        guard let origin = origins.first(where: { name.hasPrefix($0 + "/") }), let read = Name(name.dropFirst(origin.count + 1)),
            let signer = try? read.signer(origin, secret)
        else { return nil }
        return (read, signer.verifier)
    }

    /// `policy-officer-1-0123456789abcdef`: role, number, and letters that are the same for the same person, and say nothing else.
    struct Name: Hashable {
        let role: String, number: Int64, person: String

        init(role: String, number: Int64, person: String) { (self.role, self.number, self.person) = (role, number, person) }

        init?(_ text: Substring) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let number = Int64(parts[2]) else { return nil }
            self.init(role: "\(parts[0]) \(parts[1])", number: number, person: parts[3])
            guard Officer.roles.contains(role), self.text == text else { return nil }
        }

        var text: String { "\(role.split(separator: " ").joined(separator: "-"))-\(number)-\(person)" }

        fileprivate func signer(_ origin: String, _ secret: Secret) throws(LogFault) -> NoteSigner {
            do {
                let seed = try Secret(bytes: HMACSHA256.code(for: Array("voffice/officer-key/1|\(text)".utf8), under: secret).bytes)
                return try NoteSigner(name: "\(origin)/\(text)", key: SigningKey(seed: seed), kind: .cosignature)
            } catch { throw .malformed(.key) }
        }
    }
}
