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
    /// has complained of them, and it isn't settled. Cases lie by their numbers and people's complaints by people, so each is asked by itself.
    static func concerns(_ staff: StaffMember, _ number: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try concerns(staff.role, staff.number, number, in: rows)
    }

    static func concerns(
        _ role: String, _ staff: Int64, _ number: Int64, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Bool {
        let found = try rows.first("SELECT subject, against, opened FROM help_case WHERE number = \(number)") {
            (subject: Subject(id: $0.identity(0)), against: $0.integerOrNil(1), opened: $0.instant(2))
        }
        guard let found else { return false }
        if let against = found.against, try didIt(role, staff, in: against, upTo: found.opened, rows) { return true }
        return try keeps(role, staff, from: found.subject, in: rows)
    }

    /// Whether this person has complained of this member of staff, and it isn't settled.
    static func keeps(_ staff: StaffMember, from subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try keeps(staff.role, staff.number, from: subject, in: rows)
    }

    private static func keeps(
        _ role: String, _ staff: Int64, from subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Bool {
        let isOfUse = try rows.exists(
            """
            SELECT 1 FROM use_complaint q WHERE q.subject = \(subject) AND q.settled IS NULL
                AND \(isThey("\(role)", "\(staff)", "q.role", "q.staff"))
            """)
        if isOfUse { return true }
        for (_, against, opened) in try rows.all("\(unsettled) AND k.subject = \(subject)", read) {
            if try didIt(role, staff, in: against, upTo: opened, rows) { return true }
        }
        return false
    }

    /// Those of the cases that don't concern them: the same as asking of each, in a few questions for all.
    static func without(
        _ cases: [CaseRow], whatConcerns staff: StaffMember, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> [CaseRow] {
        var complainants = Set(
            try rows.all(
                """
                SELECT subject FROM use_complaint q WHERE q.settled IS NULL
                    AND \(isThey("\(staff.role)", "\(staff.number)", "q.role", "q.staff"))
                """
            ) { Subject(id: $0.identity(0)) })
        for (subject, against, opened) in try rows.all(unsettled, read) {
            if try didIt(staff.role, staff.number, in: against, upTo: opened, rows) { complainants.insert(subject) }
        }
        var left: [CaseRow] = []
        for found in cases where !complainants.contains(found.subject) {
            if let against = found.summary.against, try didIt(staff.role, staff.number, in: against, upTo: found.summary.opened, rows) {
                continue
            }
            left.append(found)
        }
        return left
    }

    /// Whoever complained of something, and it isn't settled.
    static func complainants(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Set<Subject> {
        let ofUses = try rows.all("SELECT DISTINCT subject FROM use_complaint WHERE settled IS NULL") { Subject(id: $0.identity(0)) }
        return Set(ofUses).union(try rows.all(unsettled, read).map(\.0))
    }

    /// Cases that complain of another, and aren't settled.
    private static let unsettled: SQL = """
        SELECT k.subject, k.against, k.opened FROM help_case k WHERE k.against IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM help_case_closed e WHERE e.number = k.number)
        """

    private static func read(_ row: borrowing Row) -> (Subject, against: Int64, opened: Instant) {
        (Subject(id: row.identity(0)), row.integer(1), row.instant(2))
    }

    /// Whether they took a step in this case, up to then, for somebody who said who they were.
    private static func didIt(
        _ role: String, _ staff: Int64, in number: Int64, upTo moment: Instant, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Bool {
        try rows.exists(
            """
            SELECT 1 FROM case_step s WHERE s.number = \(number) AND s.at <= \(moment) AND \(atTheirWord("s.kind"))
                AND \(isThey("\(role)", "\(staff)", "s.role", "s.staff"))
            """)
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
                let open = try rows.all(
                    """
                    SELECT c.number, c.against, c.opened, c.queue FROM help_case c WHERE c.against IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM help_case_closed x WHERE x.number = c.number) ORDER BY c.number
                    """
                ) { (number: $0.integer(0), against: $0.integer(1), opened: $0.instant(2), queue: $0.text(3)) }
                let staff = try rows.all("SELECT role, number FROM staff WHERE came IS NOT NULL") {
                    (role: $0.text(0), number: $0.integer(1))
                }
                var found: [Complaint] = []
                for one in open {
                    var isNobodys = true
                    for who in staff where isNobodys && who.role == one.queue {
                        isNobodys = try Complaint.concerns(who.role, who.number, one.number, in: rows)
                    }
                    found.append(Complaint(number: one.number, against: one.against, opened: one.opened, isNobodys: isNobodys))
                }
                return found
            }
        }
        return watches ? found : found.filter(\.isNobodys)
    }

    /// A case for whoever works in it: of whom its customer complained there is none, nor for whoever asked in it.
    func caseRow(_ number: Int64, for staff: StaffMember) throws(NotDone) -> CaseRow {
        guard let found = try caseRow(number), found.subject != staff.subject, try !concerns(staff, number) else { throw .notFound }
        return found
    }

    func concerns(_ staff: StaffMember, _ number: Int64) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try Complaint.concerns(staff, number, in: rows)
            }
        }
    }
}
