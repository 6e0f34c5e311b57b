// What somebody's complaint keeps from whoever of the staff it is about, under each number that they have and had here: a case that says "that
// wasn't my wish", or what was asked of a use in its receipt (`WhoItWas`). The privacy officer hears of both.

public import Store
import Vault

/// A complaint of what was done in a case.
public struct Complaint: Sendable, Hashable {
    public let number: Int64
    /// The case in which it was done.
    public let against: Int64
    public let opened: Instant
    /// Nobody else who has come in does the work of whoever it complains of: nobody can answer it.
    public let isNobodys: Bool

    /// Whether this member of staff has nothing to do with a case: it complains of what they did before at its person's word, or its person
    /// has complained of them, and it isn't settled.
    static func concerns(_ staff: StaffMember, in number: SQL) -> SQL {
        concerns(role: "\(staff.role)", staff: "\(staff.number)", in: number)
    }

    fileprivate static func concerns(role: SQL, staff: SQL, in number: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM help_case o WHERE o.number = \(number) AND (\(keeps(role: role, staff: staff, from: "o.subject"))
            OR EXISTS (SELECT 1 FROM case_step d WHERE d.number = o.against AND d.at <= o.opened AND \(atTheirWord("d.kind"))
            AND \(isThey(role, staff, "d.role", "d.staff")))))
        """
    }

    /// Whether this person has complained of this member of staff, and it isn't settled.
    static func keeps(_ staff: StaffMember, from subject: SQL) -> SQL {
        keeps(role: "\(staff.role)", staff: "\(staff.number)", from: subject)
    }

    private static func keeps(role: SQL, staff: SQL, from subject: SQL) -> SQL {
        """
        (EXISTS (SELECT 1 FROM help_case k JOIN case_step s ON s.number = k.against WHERE k.subject = \(subject) AND s.at <= k.opened
            AND NOT EXISTS (SELECT 1 FROM help_case_closed e WHERE e.number = k.number) AND \(atTheirWord("s.kind"))
            AND \(isThey(role, staff, "s.role", "s.staff")))
            OR EXISTS (SELECT 1 FROM use_complaint q WHERE q.subject = \(subject) AND q.settled IS NULL
            AND \(isThey(role, staff, "q.role", "q.staff"))))
        """
    }

    /// Whether a kind of step is one that the staff take for somebody who says who they are.
    private static func atTheirWord(_ kind: SQL) -> SQL {
        "\(kind) IN ('code sent', 'new code', 'verified', 'called back', 'wanted', 'changed')"
    }

    /// Whether whoever works here in this role and number is, or was before they came again, the one in that role and number.
    static func isThey(_ role: SQL, _ number: SQL, _ thatRole: SQL, _ thatNumber: SQL) -> SQL {
        """
        (\(thatRole) = \(role) AND \(thatNumber) = \(number) OR EXISTS (SELECT 1 FROM staff m JOIN worked_before w ON w.subject = m.subject
            WHERE m.role = \(role) AND m.number = \(number) AND w.role = \(thatRole) AND w.number = \(thatNumber)))
        """
    }
}

extension Environment {
    /// Those that aren't settled, for whoever the policy lets read what everybody did; for whoever lets others in, those that nobody can answer.
    func complaints(for member: StaffMember) throws(NotDone) -> [Complaint] {
        let watches = try previewOfWork(by: member) == nil, runs = try previewOfRunning(by: member) == nil
        guard watches || runs else { return [] }
        let found = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT c.number, c.against, c.opened, EXISTS (SELECT 1 FROM staff t WHERE t.role = c.queue AND t.came IS NOT NULL
                        AND NOT (\(Complaint.concerns(role: "t.role", staff: "t.number", in: "c.number")))) FROM help_case c WHERE c.against IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM help_case_closed x WHERE x.number = c.number) ORDER BY c.number
                    """
                ) { Complaint(number: $0.integer(0), against: $0.integer(1), opened: $0.instant(2), isNobodys: !$0.bool(3)) }
            }
        }
        return watches ? found : found.filter(\.isNobodys)
    }

    func concerns(_ staff: StaffMember, _ number: Int64) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.exists("SELECT 1 WHERE \(Complaint.concerns(staff, in: "\(number)"))")
            }
        }
    }
}
