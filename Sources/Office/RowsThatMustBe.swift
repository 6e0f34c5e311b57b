// What the office's tables must have because other rows, records or lists speak of it; the doctor names what lacks.

import Store
public import Vault

extension Environment {
    /// What the tables must have because others do.
    public static var presence: Presence {
        var presence = Presence()
        // Whoever was invited at a customer's address is found by none.
        presence.found = ["SELECT subject FROM proved_address", "SELECT subject FROM staff WHERE came IS NOT NULL"]
        presence.searched = (
            "SELECT i.subject FROM search_indexed i JOIN proved_address p ON p.subject = i.subject WHERE i.at > 0", "full name"
        )
        presence.told = ToldState.all
        presence.numbers = [
            ("help_case", "SELECT max(number) FROM help_case"), ("name_question", "SELECT max(number) FROM use_complaint"),
        ]
        presence.items = [
            ("case message", "the case", stepOrCase), ("case note", "the case", stepOrCase),
            (
                "second factor", "the row of the second factor",
                { (subject, _, rows) throws(StoreFault) in
                    try rows.exists(
                        """
                        SELECT 1 FROM second_factor WHERE subject = \(subject)
                            UNION ALL SELECT 1 FROM former_staff WHERE subject = \(subject)
                        """)
                }
            ),
        ]
        presence.contradictions = [
            (
                "a closing that its steps tell, of case",
                "SELECT c.number FROM help_case c WHERE \(isToldClosed) AND NOT \(isClosed) ORDER BY c.number"
            ),
            (
                "a step that tells the closing, or the closing was put there, of case",
                "SELECT c.number FROM help_case c WHERE \(isClosed) AND NOT \(isToldClosed) ORDER BY c.number"
            ),
            (
                "a step between others, of case",
                "SELECT number FROM case_step GROUP BY number HAVING max(place) <> count(*) ORDER BY number"
            ),
            (
                "how many numbers of a role of the staff were given, up to number",
                """
                SELECT max(s.number) FROM (SELECT role, number FROM staff UNION ALL SELECT role, number FROM former_staff) s
                    WHERE s.number > coalesce((SELECT n.last FROM staff_number n WHERE n.role = s.role), 0)
                    GROUP BY s.role ORDER BY s.role
                """
            ),
            (
                "the case of the steps of case",
                "SELECT DISTINCT number FROM case_step WHERE number NOT IN (SELECT number FROM help_case) ORDER BY number"
            ),
        ]
        presence.worded = [formerStaff, staffRows, addressChanges, partedItems]
        presence.staff = """
            SELECT subject, role || ' ' || number FROM staff UNION ALL SELECT subject, role || ' ' || number FROM former_staff
                WHERE subject NOT IN (SELECT subject FROM staff)
            """
        return presence
    }

    private static let isClosed: SQL = "EXISTS (SELECT 1 FROM help_case_closed x WHERE x.number = c.number)"
    private static let isToldClosed: SQL = """
        EXISTS (SELECT 1 FROM case_step s WHERE s.number = c.number AND s.kind = 'closed' AND NOT EXISTS
            (SELECT 1 FROM case_step l WHERE l.number = c.number AND l.kind = 'reopened' AND l.place > s.place))
        """

    /// Of what was said and written down in a case, or in a complaint of a use; of what was said by nobody known yet, too, and of what is about to be somebody else's.
    private static let stepOrCase: Presence.HasOwner = { (subject, item, rows) throws(StoreFault) in
        if try rows.exists("SELECT 1 FROM help_case WHERE subject = \(subject) AND item = \(item)") { return true }
        let isOfStep = try rows.exists(
            "SELECT 1 FROM help_case c JOIN case_step s ON s.number = c.number WHERE c.subject = \(subject) AND s.item = \(item)")
        if isOfStep { return true }
        let isSaid = try rows.exists(
            """
            SELECT 1 FROM parted_item WHERE subject = \(subject) AND item = \(item)
                UNION ALL SELECT 1 FROM use_complaint WHERE subject = \(subject) AND (words = \(item) OR answer = \(item))
            """)
        if isSaid { return true }
        let joined = try rows.first("SELECT number FROM caller WHERE subject = \(subject)") { $0.integerOrNil(0) } ?? nil
        guard let joined else { return false }
        return try rows.exists("SELECT 1 FROM help_case WHERE number = \(joined)")
    }
}
