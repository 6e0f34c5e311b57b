// Who is signed in, and how a browser proves it.

import Crypto
public import Store
public import Vault

/// A random value that the browser holds; the house keeps only its hash.
public struct Token: Hashable, Sendable {
    /// 32 hexadecimal digits, safe in a cookie or an address.
    public let text: String
    /// nil unless the text has the form of a token.
    public init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        self.text = text
    }

    init(from randomness: any Randomness) { text = Hex.encode(randomness.bytes(16)) }

    /// What the database keeps of it.
    var hash: [UInt8] { SHA256.hash(Array(text.utf8)).bytes }
}

/// A signed-in person or member of staff.
public struct Session: Sendable {
    public let subject: Subject
    public let token: Token
    public let since: Instant
    /// nil: a customer.
    public let staff: StaffMember?
    /// Two factors brought it in.
    public let isStrong: Bool
    /// Opened at sign-in and recorded in the person's chain: later own reads go without a write.
    public let own: OwnSession
    /// By which this browser is known again; set where the session has just begun.
    public var browser: Token?
    /// Somebody asks to come in without the second factor; nil: nobody does.
    public var wayBack: AskedWayBack?
}

extension Session {
    /// Throws where it was ended since its request began: what is set in it would outlive it.
    func mustStand(in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        // Written, not only read: so whoever ends it at this moment waits.
        guard try rows.run("UPDATE session SET seen = seen WHERE id = \(token.hash)") == 1 else { throw .gone }
    }
}

public struct StaffMember: Sendable, Hashable {
    public let subject: Subject
    /// As the policy names it.
    public let role: String
    /// What the persons concerned see: "customer service 7".
    public let number: Int64
    public var actor: Actor { .staff(subject, role: role, number: number) }
}
