// Who called or wrote and isn't known goes with their contact.

import Store
import Vault

extension Environment {
    /// The row alone makes nobody a caller: it could lead to anybody.
    func forgetCaller(_ subject: Subject) async throws(Refusal) {
        let isKnown = try store.read { (rows) throws(Refusal) in
            try rows.exists(
                """
                SELECT 1 FROM proved_address WHERE subject = \(subject) UNION ALL SELECT 1 FROM staff WHERE subject = \(subject)
                    UNION ALL SELECT 1 FROM former_staff WHERE subject = \(subject)
                """)
        }
        // What a customer is found by lies with the keys, where whoever has the data alone takes nothing out.
        guard !isKnown, try !vault.hasAddress(subject), try vault.isAsTold(.arrival, of: subject) else {
            throw .damaged("the row by which person \(subject.id) would be forgotten as a caller, whose list says otherwise,")
        }
        try await vault.expire(subject)
    }

    /// Those whose contact is no longer there, where a crash came in between. Of whose notes are still on their way nothing goes.
    func sweepCallers() async throws(Refusal) {
        let left = try store.read { (rows) throws(Refusal) in
            var left: [Subject] = []
            for caller in try rows.all("SELECT subject, number FROM caller", { (Subject(id: $0.identity(0)), $0.integerOrNil(1)) }) {
                if try rows.exists("SELECT 1 FROM help_case WHERE subject = \(caller.0)") { continue }
                if let number = caller.1, try rows.exists("SELECT 1 FROM help_case WHERE number = \(number)") { continue }
                left.append(caller.0)
                if left.count == 1_000 { break }
            }
            return left
        }
        try await Vault.each(of: left) { (subject) async throws(Refusal) in try await forgetCaller(subject) }
    }
}
