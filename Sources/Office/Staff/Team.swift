// Who works here: the first administrator, invitations, the list.

import Crypto
import Outbound
import Policy
public import Store
public import Vault

public struct TeamMember: Sendable, Hashable {
    /// Empty where what is stored of them can't be opened.
    public let name, email: String
    public let isUnreadable: Bool
    public let role: String
    public let number: Int64
    public let since: Instant
    /// They were invited, and haven't come in yet.
    public let isInvited: Bool
    /// An officer whose word doesn't count yet.
    public let waits: NewOfficer?
    /// Nobody else who has come in, and whose word counts, does this work.
    public let isOnly: Bool
    /// Without them nobody could let anybody in.
    public var isIrreplaceable: Bool { isOnly && role == "administrator" }
}

extension Environment {
    /// A new one-time link for the first administrator, good for a day, as long as none has come in; nil afterwards.
    public func firstInvitation() async throws(NotDone) -> Token? {
        let token = Token(from: randomness), now = clock.now()
        return try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> Token? in
                guard try !Self.hasAdministrator(rows.snapshot) else { return nil }
                try rows.run("DELETE FROM invitation")
                try rows.run("INSERT INTO invitation (id, role, made) VALUES (\(self.mark(of: token)), 'administrator', \(now))")
                return token
            }
        }
    }

    /// Under which the link's row lies: whoever writes the data can't make one of their own.
    private func mark(of invitation: Token) -> [UInt8] { vault.word(on: invitation.text, as: "invitation") }

    /// True while the one-time link of the first administrator is good.
    public func isInvitation(_ token: Token) throws(NotDone) -> Bool {
        let then = clock.now() - .seconds(86_400)
        return try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                guard try !Self.hasAdministrator(rows) else { return false }
                return try rows.exists("SELECT 1 FROM invitation WHERE id = \(self.mark(of: token)) AND made > \(then)")
            }
        }
    }

    /// Takes the one-time link: stores name and address, mails a code, gives the browser's challenge as `register` does.
    public func begin(_ invitation: Token, name: String, email: String) async throws(NotDone) -> Token {
        let contact = StaffContact(name: name.trimmed, email: email.trimmed)
        guard contact.faults.isEmpty else { throw .form(contact.faults) }
        guard try isInvitation(invitation) else { throw .notFound }
        try offer(StaffCode.self)
        // Whether somebody has the address already, its owner learns, after the code.
        let token = Token(from: randomness), code = Challenge.newCode(randomness), now = clock.now()
        let subject = try await attempt { () async throws(Refusal) in
            try await vault.admit(contact, on: Basis(invitation: mark(of: invitation))) { (subject, rows) throws(Refusal) in
                // The link is used up once a code has proved the address: a slip in typing must not lock the house.
                try Challenge.insert(token, code, for: subject, .administrator, by: vault, at: now, in: rows)
                return subject
            }
        }
        try await post(StaffCode.self, .code(code, self), to: subject, about: token)
        return token
    }

    /// Why the policy would refuse who comes by this link, and otherwise the rule by which each field of theirs is taken in.
    public func previewOfBeginning(_ invitation: Token) throws(NotDone) -> (refused: Refused?, rules: [String: String]) {
        let basis = Basis(invitation: mark(of: invitation))
        return try attempt { () throws(Refusal) in
            let (refused, rules) = try vault.preview(StaffContact.self, by: .theSite, on: basis)
            // Where the policy lacks the rule for this link, it isn't the other way's condition that they lack.
            let own = refused?.without(FirstInvitation().name, not: AdministratorsWord().name)
            let taking = zip(StaffContact.declared.things, rules).compactMap { field, rules in rules.first.map { (field, $0) } }
            return (own, Dictionary(taking) { first, _ in first })
        }
    }

    /// Roles of the policy that an administrator may give.
    public var roles: [String] { policy.roles }

    /// Stores name and address and mails word of it; they sign in with their address.
    /// - Parameter translated: the role in Indonesian.
    public func invite(name: String, email: String, role: String, translated: String? = nil, by administrator: StaffMember)
        async throws(NotDone)
    {
        let contact = StaffContact(name: name.trimmed, email: email.trimmed)
        var faults = contact.faults
        if !roles.contains(role) { faults.append(.roleUnknown) }
        guard faults.isEmpty else { throw .form(faults) }
        let address = LookupAddress(email: contact.email), now = clock.now()
        if let refused = vault.refusal(ofAnyOf: [StaffInvitation.self]) { throw .refused(.policy(refused)) }
        // Who may not hire isn't told either who works here.
        try attempt { () throws(Refusal) in
            let refused = try vault.preview(StaffContact.self, by: administrator.actor).refused
            if let refused { throw .policy(refused.without(AdministratorsWord().name, not: FirstInvitation().name)) }
        }
        try refuseColleague(at: address, as: role)
        let before = try attempt { () throws(Refusal) in [try vault.formerHolder(of: address), try vault.find(address)].compactMap(\.self) }
        let subject = try await attempt { () async throws(Refusal) in
            try await vault.admit(contact, by: administrator.actor) { (subject, rows) throws(Refusal) in
                try self.employ(subject, as: role, at: now, in: rows)
                for former in before { try Self.remember(former, in: subject, rows) }
                return subject
            }
        }
        // A customer's address stays theirs. Whoever invites sees no difference; the mail tells its owner.
        let isTheirs = try await attempt { () async throws(Refusal) in try await vault.claim(address, for: subject) }
        if !isTheirs {
            do throws(NotDone) { try refuseColleague(at: address, as: role) } catch {
                try await attempt { () async throws(Refusal) in try await vault.expire(subject) }
                throw error
            }
        }
        let named = translated ?? role
        let letter =
            isTheirs
            ? Letter.invitation(role: role, translated: named, self) : .invitationOfCustomer(role: role, translated: named, self)
        try await post(StaffInvitation.self, letter, to: subject, about: Token(from: randomness), lifetime: Self.lifeOfInvitation)
        try await tellOfOfficer(role, translated: named)
    }

    /// Whoever was invited at a customer's address can't come in by it: three days later, when the letter's time is over, they are forgotten,
    /// and the customer's address with them.
    func sweepInvitations(at now: Instant) async throws(Refusal) {
        let invited = try await vault.subjects(of: Self.staffRows, where: "since < \(now - Self.lifeOfInvitation)")
        try await Vault.each(of: invited) { (subject) async throws(Refusal) in
            if try !vault.hasAddress(subject) { try await vault.expire(subject) }
        }
    }
    private static let lifeOfInvitation = Swift.Duration.seconds(3 * 86_400)

    /// Who works here is no secret among administrators: the address of a colleague is refused, and by which rule where roles are apart.
    private func refuseColleague(at address: LookupAddress, as role: String) throws(NotDone) {
        let theirs = try attempt { () throws(Refusal) -> [String] in
            guard let owner = try vault.find(address) else { return [] }
            return try store.read { (rows) throws(Refusal) in try rows.all("SELECT role FROM staff WHERE subject = \(owner)") { $0.text(0) }
            }
        }
        guard !theirs.isEmpty else { return }
        let apart = theirs.lazy.compactMap { policy.separation(of: role, from: $0) }.first
        throw .form([apart.map { .roleApart($0) } ?? .addressTaken])
    }

    /// Everyone who works here; each name and address is a recorded use.
    public func team(for administrator: StaffMember) async throws(NotDone) -> [TeamMember] {
        let new = try newOfficers()
        return try await attempt { () async throws(Refusal) in
            let rows = try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT subject, role, number, since, came IS NOT NULL FROM staff ORDER BY role, number") { row in
                    (Subject(id: row.identity(0)), row.text(1), row.integer(2), row.instant(3), row.bool(4))
                }
            }
            var team: [TeamMember] = []
            for (subject, role, number, since, hasCome) in rows {
                let contact: TeamContact?
                do throws(Refusal) {
                    let grant: Grant<TeamContact> = try await vault.grant(of: subject, by: administrator.actor, on: Basis())
                    contact = try vault.read(grant).value
                } catch {
                    switch error {
                    // Somebody whose erasure is under way is no longer of the team.
                    case .gone: continue
                    case .damaged: contact = nil
                    default: throw error
                    }
                }
                func waits(_ role: String, _ number: Int64) -> NewOfficer? { new.first { $0.role == role && $0.number == number } }
                let isOnly = !rows.contains { $0.0 != subject && $0.1 == role && $0.4 && waits($0.1, $0.2) == nil }
                team.append(
                    TeamMember(
                        name: contact?.name ?? "", email: contact?.email ?? "", isUnreadable: contact == nil, role: role, number: number,
                        since: since, isInvited: !hasCome,
                        waits: waits(role, number), isOnly: isOnly))
            }
            return team
        }
    }

    /// One who came in; whoever only took the link and never entered the code doesn't count.
    static func hasAdministrator(_ rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try rows.exists("SELECT 1 FROM staff WHERE role = 'administrator'")
    }

    func employ(
        _ subject: Subject, as role: String, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        // A number that somebody had is never somebody else's: persons read it in their lists of uses.
        let number = try rows.first(
            """
            INSERT INTO staff_number (role, last) VALUES (\(role), 1)
                ON CONFLICT (role) DO UPDATE SET last = staff_number.last + 1 RETURNING last
            """
        ) { $0.integer(0) }
        try rows.run("INSERT INTO staff (subject, role, number, since) VALUES (\(subject), \(role), \(number ?? 1), \(now))")
        try vault.speak(for: Self.staffRows, where: "subject = \(subject)", in: rows)
    }

    /// Who works here may read what others may not, so no row that somebody else put there gives a role.
    static let staffRows = WordedTable("staff") { condition in
        "SELECT subject, \(staffText), word FROM staff t WHERE \(condition)"
    } put: { (subject, word) in
        "UPDATE staff SET word = \(word) WHERE subject = \(subject)"
    }
    static let staffText: SQL = "'' || t.subject || '|' || t.role || '|' || t.number || '|' || t.since"

    /// Whether somebody works here, by a row that this house wrote.
    func isStaff(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        let row = try rows.first("SELECT \(Self.staffText), word FROM staff t WHERE subject = \(subject)") { ($0.text(0), $0.blobOrNil(1)) }
        guard let (text, word) = row else { return false }
        return try vault.isOurs(text, word, of: Self.staffRows)
    }
}

/// What is asked of those who join.
struct StaffContact: Collecting {
    static let declared: UseDeclaration = .collect(
        "staff name", "staff email address", from: "employment form", to: "run the staff's accounts")
    let name, email: String
    var values: [Given] { [Given("staff name", name), Given("staff email address", email)] }
    var faults: [FormFault] { Registration.faults(name: name, email: email) }
}

/// What the administrator sees of them.
struct TeamContact: Reading {
    static let declared: UseDeclaration = .read("staff name", "staff email address", by: "administrator", to: "run the staff's accounts")
    let name, email: String
    init(_ record: borrowing Opened) throws(Refusal) {
        name = record.text("staff name") ?? ""
        email = record.text("staff email address") ?? ""
    }
}

/// Word that the account is ready.
struct StaffInvitation: Addressed {
    static let declared: UseDeclaration = .send(
        "staff invitation", through: "staff email address", by: "email carrier", to: "run the staff's accounts")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("staff email address") }
}
