// What the person decides about their data without using them: an entry in their chain, written with the office's own rows.

public import Store

extension Vault {
    /// Enters that the person did this. `alongside` writes what it changes, and says whether it changed anything.
    /// - Parameter verb: as the entry says it, `restrict`.
    public func record(
        _ verb: String, of own: OwnSession,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Bool
    ) async throws(Refusal) {
        let keys = try await monthKeys(of: own.subject), house = atThisMoment
        let use = RecordedUse(
            at: clock.now(), verb: verb, who: "the person", things: ["everything"], purpose: nil, outcome: "yes", rules: [],
            version: house.versionText, matter: nil)
        try await store.write { (rows) throws(Refusal) -> Void in
            try self.refuseErased(own.subject, in: rows)
            guard try alongside(rows) else { return }
            _ = try self.ledger.append(use, of: own.subject, staff: nil, under: keys, in: rows)
        }
    }
}
