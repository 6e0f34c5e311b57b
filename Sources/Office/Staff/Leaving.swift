// Somebody stops working here: their access ends at once, and what the policy keeps only of who works here goes with the next sweep.

import Store
import Vault

extension Environment {
    /// Ends the employment of who has this number in this role: their sessions, known browsers, codes and passkeys are gone when this
    /// returns, and no address leads to them: whoever is invited at it again is known as who they were (`worked_before`), and no more. Only who may hire may do so, and it is in the list of whom it is about.
    /// Throws `.form([.lastAdministrator])` where nobody else administers the house, `.notFound` for who doesn't work here.
    public func endEmployment(of role: String, _ number: Int64, by administrator: StaffMember) async throws(NotDone) {
        try attempt { () throws(Refusal) in
            if let refused = try vault.preview(StaffContact.self, by: administrator.actor).refused { throw .policy(refused) }
        }
        guard let subject = try staffSubject(role, number) else { throw .notFound }
        let isEnded = try await attempt { () async throws(Refusal) -> Bool in
            do throws(Refusal) {
                let _: Grant<TeamContact> = try await vault.grant(of: subject, by: administrator.actor, on: Basis())
            } catch {
                // Where nothing of theirs opens, nothing is read; their access ends all the same.
                guard case .damaged = error else { throw error }
            }
            return try await store.write { (rows) throws(Refusal) -> Bool in
                guard try Self.isReplaceable(subject, role, in: rows.snapshot) else { return false }
                try self.turnOut(subject, in: rows)
                try rows.run("DELETE FROM passkey WHERE subject = \(subject)")
                try rows.run("DELETE FROM second_factor WHERE subject = \(subject)")
                try rows.run("DELETE FROM way_back WHERE subject = \(subject)")
                try Self.releaseCases(of: role, number, in: rows)
                try rows.run("DELETE FROM staff WHERE subject = \(subject)")
                try rows.run(
                    """
                    INSERT INTO former_staff (subject, at, role, number) VALUES (\(subject), \(self.clock.now()), \(role), \(number))
                        ON CONFLICT DO NOTHING
                    """)
                try self.vault.speak(for: Self.formerStaff, where: "subject = \(subject)", in: rows)
                // A sweep may have come between the entry and this.
                try Vault.lookAgain(at: subject, in: rows)
                return true
            }
        }
        guard isEnded else { throw .form([.lastAdministrator]) }
        try await attempt { () async throws(Refusal) in try await vault.leaveAddresses(of: subject) }
    }

    /// Who works here again is, for whoever complained of them, who they were: by role and number. Of whom nobody left it is nothing.
    static func remember(_ former: Subject, in subject: Subject, _ rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO worked_before (subject, role, number) SELECT \(subject), role, number FROM former_staff
                WHERE subject = \(former) AND role IS NOT NULL ON CONFLICT DO NOTHING
            """)
        try rows.run(
            """
            INSERT INTO worked_before (subject, role, number) SELECT \(subject), role, number FROM worked_before WHERE subject = \(former)
            ON CONFLICT DO NOTHING
            """)
    }

    /// Who left the staff loses addresses, and in the end all that is theirs.
    static let formerStaff = WordedTable("former_staff") { condition in
        """
        SELECT subject, '' || subject || '|' || at || '|' || coalesce(role, '') || '|' || coalesce(number, 0), word FROM former_staff
            WHERE \(condition)
        """
    } put: { (subject, word) in
        "UPDATE former_staff SET word = \(word) WHERE subject = \(subject)"
    }

    /// A crash may have come between the end of an employment and that of its addresses. Of whom nothing is kept but what they did with
    /// people's data, nobody knows the name any more; and once that is over too, nothing is left.
    func sweepFormerStaff() async throws(Refusal) {
        let former = try await vault.subjects(of: Self.formerStaff, where: "1 = 1")
        try await Vault.each(of: former) { (subject) async throws(Refusal) in
            if try vault.hasAddress(subject) { try await vault.leaveAddresses(of: subject) }
            if try vault.isOver(workOf: subject) { try await vault.expire(subject) }
        }
    }

    func staffSubject(_ role: String, _ number: Int64) throws(NotDone) -> Subject? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT subject FROM staff WHERE role = \(role) AND number = \(number)") { Subject(id: $0.identity(0)) }
            }
        }
    }

    /// Who has or had this number in this role, as long as what they did is kept.
    func anySubject(_ role: String, _ number: Int64) throws(NotDone) -> Subject? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    """
                    SELECT subject FROM staff WHERE role = \(role) AND number = \(number)
                        UNION ALL SELECT subject FROM former_staff WHERE role = \(role) AND number = \(number)
                    """
                ) { Subject(id: $0.identity(0)) }
            }
        }
    }

    /// Not the only administrator who has come in: a house without one lets nobody in any more.
    private static func isReplaceable(_ subject: Subject, _ role: String, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        guard role == "administrator" else { return true }
        return try rows.exists(
            """
            SELECT 1 FROM staff WHERE role = 'administrator' AND subject <> \(subject)
                AND came IS NOT NULL
            """)
    }
}
