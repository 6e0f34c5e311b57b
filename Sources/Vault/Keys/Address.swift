// Who has an address, for those who have only what somebody typed.

import Store

extension Vault {
    /// Takes the address back from the subject: they have another one now.
    public func release(_ address: LookupAddress, from subject: Subject) async throws(Refusal) {
        try await keys.release(address, from: subject)
    }

    /// No address leads to the subject any more.
    public func releaseAddresses(of subject: Subject) async throws(Refusal) { try await keys.releaseAddresses(of: subject) }

    /// The same of somebody who goes, and of whom the house knows by an address who comes again (`formerHolder`): a row in the key store that
    /// leads from the address to their number, and goes with them.
    public func leaveAddresses(of subject: Subject) async throws(Refusal) { try await keys.leaveAddresses(of: subject) }

    /// Who had the address when they went, the last of several; nil: nobody of whom anything is left.
    public func formerHolder(of address: LookupAddress) throws(Refusal) -> Subject? { try keys.formerHolder(of: address) }

    /// nil: nobody has proved that it is theirs.
    public func find(_ address: LookupAddress) throws(Refusal) -> Subject? {
        guard let subject = try keys.subject(at: address) else { return nil }
        return try lives(subject) ? subject : nil
    }

    /// There is such a person, and nobody is deleting them.
    public func lives(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in try lives(subject, in: rows) }
    }

    func lives(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        if try rows.exists(
            "SELECT 1 FROM subject WHERE id = \(subject) AND NOT EXISTS (SELECT 1 FROM erasure WHERE subject = \(subject))")
        {
            return true
        }
        // A row that this house didn't write shuts nobody out, nor does one that somebody took out: who was forgotten has no keys.
        if let begun = try rows.first("SELECT \(Begun.asStored) FROM erasure WHERE subject = \(subject)", Begun.init), try isOurs(begun) {
            return false
        }
        if try rows.exists("SELECT 1 FROM subject WHERE id = \(subject)") { return true }
        return try keys.holdsKeys(of: subject)
    }

    /// Whether any leads to them.
    public func hasAddress(_ subject: Subject) throws(Refusal) -> Bool { try keys.hasAddress(subject) }

    /// Gives the address to the subject; false where another living person has it. One of many at once gets it.
    public func claim(_ address: LookupAddress, for subject: Subject) async throws(Refusal) -> Bool {
        let owner = try await keys.claim(address, for: subject)
        if owner == subject { return true }
        guard try find(address) == nil else { return false }
        // Left by a registration that a crash interrupted between the two databases.
        try await keys.release(address, from: owner)
        return try await keys.claim(address, for: subject) == subject
    }
}

extension KeyStore {
    /// Somebody who lives, as their keys say it: they have a pair, what it opens is durable, and they aren't in the register of the destroyed.
    func holdsKeys(of subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists(
                """
                SELECT 1 FROM key_pair WHERE subject = \(subject)
                    AND EXISTS (SELECT 1 FROM class_key WHERE subject = \(subject) AND confirmed = 1)
                    AND NOT EXISTS (SELECT 1 FROM destroyed WHERE subject = \(subject))
                """)
        }
    }
}
