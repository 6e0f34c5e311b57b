// Who is named an officer when the house already has its policy: they count once an officer of before agrees, or after a time in which everybody
// can see it (decision 041).

import Crypto
import Policy
public import Store
import Vault

/// An officer whose word doesn't count yet.
public struct NewOfficer: Sendable, Hashable {
    public let role: String
    public let number: Int64
    public let named: Instant
    /// From then on it does, if no officer agrees before.
    public var counts: Instant { named + Environment.officersWait }
}

extension Environment {
    /// As long as the widest change of the policy waits.
    public static let officersWait = Swift.Duration.seconds(14 * 86_400)

    /// Those who were named and don't count yet; in a house of development, and before its first version, everybody does.
    public func newOfficers() throws(NotDone) -> [NewOfficer] {
        guard !settings.isDevelopment, let founded = try editions().compactMap(\.published).min() else { return [] }
        // The signed note says the second only: who was named within it was there before.
        let since = max(founded + .seconds(1), clock.now() - Self.officersWait)
        return try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT role, number, since FROM staff WHERE since > \(since) AND subject NOT IN (SELECT subject FROM officer_agreed)
                        ORDER BY since, role, number
                    """
                ) { NewOfficer(role: $0.text(0), number: $0.integer(1), named: $0.instant(2)) }
            }
        }.filter { Officer.roles.contains($0.role) }
    }

    /// The roles of officers that nobody has while the first version waits for them.
    func missingOfficers() throws(NotDone) -> [String] {
        guard try !isOpen else { return [] }
        return try attempt { () throws(Refusal) in
            let there = try store.read { (rows) throws(Refusal) in try rows.all("SELECT DISTINCT role FROM staff") { $0.text(0) } }
            return Officer.roles.filter { !there.contains($0) }
        }
    }

    /// When the word of this officer counts; nil: it does.
    public func waiting(_ member: StaffMember) throws(NotDone) -> NewOfficer? {
        try newOfficers().first { $0.role == member.role && $0.number == member.number }
    }

    /// An officer who counts knows the new one, who counts from now on.
    public func agree(toOfficer role: String, _ number: Int64, in session: Session) async throws(NotDone) {
        guard let member = session.staff, member.isOfficer, try waiting(member) == nil else { throw .notFound }
        guard try newOfficers().contains(where: { $0.role == role && $0.number == number }) else { throw .notFound }
        guard session.isStrong || !settings.staffNeedsSecondFactor else { throw .notFound }
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run(
                    """
                    INSERT INTO officer_agreed (subject, at) SELECT subject, \(now) FROM staff WHERE role = \(role) AND number = \(number)
                        ON CONFLICT DO NOTHING
                    """)
                return
            }
        }
    }

    /// Word to everybody who works here that somebody was named an officer. What can't be sent keeps nobody from being named: it stands on
    /// everybody's page of today.
    func tellOfOfficer(_ role: String, translated: String) async throws(NotDone) {
        guard Officer.roles.contains(role), let named = try newOfficers().last(where: { $0.role == role }) else { return }
        let team = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT subject FROM staff WHERE came IS NOT NULL") { Subject(id: $0.integer(0)) }
            }
        }
        for subject in team {
            try? await post(
                StaffInvitation.self, .officerNamed(named, translated: translated, self), to: subject, about: Token(from: randomness),
                lifetime: Self.officersWait)
        }
    }
}
