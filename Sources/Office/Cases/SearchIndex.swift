// By what a customer is found while a contact is in hand: kept in step with their name and number.

import Outbound
import Store
import Vault

extension Environment {
    /// They are found by these words and this number from now on.
    func index(_ subject: Subject, _ contact: Newcomer) async throws(Refusal) {
        try await vault.index(name: contact.name, of: subject)
        try await vault.index(telephone: outbound.sought(contact.telephone), of: subject)
        let now = clock.now()
        try await store.write { (rows) throws(Refusal) in
            guard try rows.exists("SELECT 1 FROM proved_address WHERE subject = \(subject)") else { return }
            try rows.run(
                "INSERT INTO search_indexed (subject, at) VALUES (\(subject), \(now)) ON CONFLICT (subject) DO UPDATE SET at = excluded.at")
        }
    }

    /// In the transaction that gives them another name or number: a crash before `index` leaves them to the sweep.
    static func unindex(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("UPDATE search_indexed SET at = 0 WHERE subject = \(subject)")
    }

    /// After a new value of theirs is durable.
    func index(_ field: String, _ value: String, of subject: Subject) async throws(Refusal) {
        switch field {
        case "full name": try await vault.index(name: value, of: subject)
        case "telephone number": try await vault.index(telephone: outbound.sought(value), of: subject)
        default: break
        }
        let now = clock.now()
        try await store.write { (rows) throws(Refusal) in
            try rows.run("UPDATE search_indexed SET at = \(now) WHERE subject = \(subject)")
            return
        }
    }

    /// Customers whom nobody would find: of before there was a search, or left by a crash between the two databases.
    func sweepSearchIndex() async throws(Refusal) {
        let lacking = try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT p.subject FROM proved_address p LEFT JOIN search_indexed i ON i.subject = p.subject
                    WHERE i.subject IS NULL OR i.at = 0 LIMIT 1000
                """
            ) { Subject(id: $0.identity(0)) }
        }
        try await Vault.each(of: lacking) { (subject) async throws(Refusal) in
            do throws(Refusal) {
                let grant: Grant<Newcomer> = try await vault.grant(of: subject, by: .theSite, on: Basis())
                try await index(subject, try vault.read(grant).value)
            } catch {
                // Who has left, and whom no rule lets us read.
                switch error {
                case .gone, .policy: return
                default: throw error
                }
            }
        }
    }
}
