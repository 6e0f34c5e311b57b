// Which fields other versions kept otherwise than the present one does: a line may have been lost by mistake, and what it kept with it.

import Policy
public import Store

extension Vault {
    /// The fields that some other version kept by other rules than the present one does: if the policy has errors, it may have lost a line.
    public var fieldsOfOtherTerms: Set<String> {
        let versions = versions
        return versions.loaded.reduce(into: []) { $0.formUnion(versions.fieldsOfOtherTerms(than: $1)) }
    }

    /// The fields that a version of the last while kept by other rules than the present one does, each with the moment at which that is so
    /// long ago. A version counts from when it was in force last.
    public func fieldsOfOtherTerms(within pause: Swift.Duration) throws(Refusal) -> [String: Instant] {
        let versions = versions, now = clock.now()
        let force = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT since, version FROM policy_force WHERE since <= \(now) ORDER BY since") {
                (since: $0.instant(0), version: $0.integer(1))
            }
        }
        return zip(force, force.dropFirst()).reduce(into: [:]) { found, step in
            let over = step.1.since + pause
            guard over > now, let former = versions[step.0.version] else { return }
            for field in versions.fieldsOfOtherTerms(than: former) { found[field] = over }
        }
    }
}

extension Versions {
    /// By their present names.
    fileprivate func fieldsOfOtherTerms(than other: LoadedVersion) -> Set<String> {
        guard other.row != current.row else { return [] }
        func terms(_ field: String, _ policy: Policy) -> Set<String> {
            Set(policy.terms(of: field).compactMap { policy.rule($0.address)?.text })
        }
        return other.policy.fields.reduce(into: []) { found, field in
            let now = nameNow(of: field.name, in: other.row)
            if terms(field.name, other.policy) != terms(now, current.policy) { found.insert(now) }
        }
    }
}
