// What the person decides about their data without using them: an entry in their chain, written with the office's own rows.

public import Store

extension Vault {
    /// Enters that the person did this. `alongside` writes what it changes, and says whether it changed anything; so does this.
    /// - Parameters:
    ///   - verb: as the entry says it, `restrict`.
    ///   - things: what it is about.
    ///   - rules: by which it was taken in.
    @discardableResult
    public func record(
        _ verb: String, of own: OwnSession, on things: [String] = ["everything"], by rules: [String] = [], in matter: Int64? = nil,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Bool
    ) async throws(Refusal) -> Bool {
        let keys = try await monthKeys(of: own.subject), house = atThisMoment
        let use = RecordedUse(
            at: clock.now(), verb: verb, who: "the person", things: things, purpose: nil, outcome: "yes", rules: rules,
            version: house.versionText, matter: matter)
        return try await store.write { (rows) throws(Refusal) -> Bool in
            try self.refuseErased(own.subject, in: rows)
            guard try alongside(rows) else { return false }
            _ = try self.ledger.append(use, of: own.subject, staff: nil, under: keys, in: rows)
            return true
        }
    }
}
