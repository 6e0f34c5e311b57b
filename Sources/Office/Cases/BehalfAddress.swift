// A new address or number that a caller told customer service: it counts once a code that went there is read out, and whoever had the old
// one can say for a week that it wasn't they.

import Policy
import Store
import Vault

extension Environment {
    func startChange(
        of wish: Wish, to value: String, _ found: CaseRow, _ session: Session, _ member: StaffMember
    ) async throws(NotDone) -> Changed {
        let fault: FormFault? =
            switch wish {
            case .email: Registration.fault(ofEmail: value)
            default: value.isEmpty ? .telephoneMissing : Registration.isTelephone(value) ? nil : .telephoneUnfit
            }
        if let fault { throw .form([fault]) }
        let number = found.summary.number, subject = found.subject, now = clock.now()
        try await demand(wish, found, member)
        try await turns.run(subject) { () async throws(NotDone) in
            try await start(
                value, of: wish.rawValue, .staff(member, of: subject, wish, inCase: number), deskToken("address", number, session, now),
                at: now)
        }
        return .codeSent
    }

    /// Tries the code that the caller read out, which went to the new address or number.
    public func confirmTold(_ wish: Wish, code: String, in number: Int64, for session: Session) async throws(NotDone) -> AddressOutcome {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), subject = found.subject
        try await demand(wish, found, member)
        return try await turns.run(subject) { () async throws(NotDone) in
            guard let token = try toldChange(in: number, of: wish, session) else { return .expired }
            return try await confirm(token, code, .staff(member, of: subject, wish, inCase: number))
        }
    }

    /// The challenge of a new address that who looks has sent a code to, in this case; nil: there is none, or a colleague did.
    func toldChange(in number: Int64, of wish: Wish, _ session: Session) throws(NotDone) -> Token? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                let made = try rows.all(
                    "SELECT made FROM address_change WHERE matter = \(number) AND field = \(wish.rawValue) AND changed IS NULL"
                ) { $0.instant(0) }
                for made in made {
                    let token = deskToken("address", number, session, made)
                    if try AddressChange.find(token, by: vault, in: rows) != nil { return token }
                }
                return nil
            }
        }
    }

    /// The person says in their own case that what was done there at somebody's word wasn't their wish; gives the case in which that is looked
    /// into, the one that is open already where there is one. nil: no rule takes their word in.
    public func objectToCase(_ number: Int64, by session: Session) async throws(NotDone) -> Int64? {
        guard let found = try caseRow(number), found.subject == session.subject, try steps(ofCase: number).contains(where: \.isAtTheirWord)
        else { throw .notFound }
        let subject = session.subject, now = clock.now()
        return try await turns.run(subject) { () async throws(NotDone) in
            if let known = try objection(to: number) { return known }
            return try await attempt { () async throws(Refusal) in
                let opened = try await openObjection(to: number, of: subject)
                try await store.write { (rows) throws(Refusal) in
                    try Self.forgetVerified(subject, in: rows)
                    try Self.note(.objected, in: number, by: nil, at: now, rows)
                }
                return opened
            }
        }
    }

    /// The case that complains of another and isn't settled.
    public func objection(to number: Int64) throws(NotDone) -> Int64? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    """
                    SELECT number FROM help_case k WHERE against = \(number)
                        AND NOT EXISTS (SELECT 1 FROM help_case_closed x WHERE x.number = k.number)
                    """
                ) { $0.integer(0) }
            }
        }
    }

    /// A case of the person's own that says that what customer service did was not their wish; nil: no rule takes their word in. Whoever did
    /// it has nothing to do with this one (`Complaint`).
    @discardableResult
    func openObjection(to number: Int64, of subject: Subject) async throws(Refusal) -> Int64? {
        let now = clock.now(), item = newItem(), due = due(from: now)
        let answering = try reachedBy(subject).field == "email address" ? Answering.email : .telephone
        do throws(Refusal) {
            return try await vault.collect(
                CaseText(text: Self.words(ofObjectionTo: number)), of: subject, item: item, on: Basis(item: item)
            ) {
                (subject, rows) throws(Refusal) in
                try rows.first(
                    """
                    INSERT INTO help_case (number, subject, item, opened, answering, state, due, against)
                        VALUES (\(try rows.nextNumber(of: "help_case")), \(subject), \(item), \(now), \(answering.rawValue), 'new', \(due),
                        \(number)) RETURNING number
                    """
                ) { $0.integer(0) }
            }
        } catch {
            guard case .policy = error else { throw error }
            return nil
        }
    }

    /// What is kept as theirs where they pressed that it wasn't their wish, and wrote nothing: a page says it in the language of who reads it.
    public static func words(ofObjectionTo number: Int64) -> String {
        """
        What customer service did in case \(number) was not my wish.
        Yang dilakukan layanan pelanggan dalam pertanyaan \(number) bukan kehendak saya.
        """
    }

    /// What the policy would refuse in the end isn't begun; the attempt is in the person's list.
    private func demand(_ wish: Wish, _ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        let basis = basis(of: wish, in: found.summary.number)
        try await attempt { () async throws(Refusal) in
            for use in wish.uses { try await vault.demand(use, of: found.subject, by: member.actor, on: basis) }
        }
    }
}
