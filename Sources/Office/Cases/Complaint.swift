// A case that says "that wasn't my wish": whoever of the staff did it there neither reads it nor takes it, nor any other of that person until it
// is settled, and the privacy officer hears of it.

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

    /// Whether this member of staff has nothing to do with a case: it complains of what they did before at its person's word, or is another of
    /// that person while such a complaint isn't settled.
    static func concerns(_ role: String, _ staff: Int64, in number: SQL) -> SQL { concerns(role: "\(role)", staff: "\(staff)", in: number) }

    fileprivate static func concerns(role: SQL, staff: SQL, in number: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM help_case o JOIN help_case k ON k.subject = o.subject JOIN case_step s ON s.number = k.against
            WHERE o.number = \(number) AND k.against IS NOT NULL AND s.role = \(role) AND s.staff = \(staff) AND s.at <= k.opened
            AND s.kind IN ('code sent', 'new code', 'verified', 'called back', 'wanted', 'changed')
            AND (k.number = o.number OR NOT EXISTS (SELECT 1 FROM help_case_closed e WHERE e.number = k.number)))
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
                try rows.exists("SELECT 1 WHERE \(Complaint.concerns(staff.role, staff.number, in: "\(number)"))")
            }
        }
    }
}
