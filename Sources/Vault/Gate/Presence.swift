// Whether there is anything to read, asked before somebody reads: what isn't there isn't said to have been read.

import Policy

extension Vault {
    /// Whether a value is stored that the use would read. Nothing is released and nothing recorded: ask only where the policy would permit it.
    public func isStored<U: Reading>(_: U.Type, of subject: Subject, on basis: Basis) throws(Refusal) -> Bool {
        try collected(U.self, of: subject, on: basis).contains { $0.contains { $0 != nil } }
    }
}
