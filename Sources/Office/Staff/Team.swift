// Who works here: the first administrator, invitations, the list.

public import Store
import Vault

public struct TeamMember: Sendable, Hashable {
    public let name, email: String
    public let role: String
    public let number: Int64
    public let since: Instant
}

extension Environment {
    /// True while the one-time link of the first administrator is good.
    public func isInvitation(_ token: Token) throws(NotDone) -> Bool { fatalError() }

    /// Takes the one-time link: stores name and address, mails a code, gives the browser's challenge as `register` does.
    public func begin(_ invitation: Token, name: String, email: String) async throws(NotDone) -> Token { fatalError() }

    /// Roles of the policy that an administrator may give.
    public var roles: [String] { [] }

    /// Stores name and address and mails word of it; they sign in with their address.
    public func invite(name: String, email: String, role: String, by administrator: StaffMember) async throws(NotDone) { fatalError() }

    /// Everyone who works here; each name and address is a recorded use.
    public func team(for administrator: StaffMember) async throws(NotDone) -> [TeamMember] { fatalError() }
}
