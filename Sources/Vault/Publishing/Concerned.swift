// How many people a change concerns, counted without opening a record: by the retention classes in which something of theirs lies.

public import Policy
public import Store

extension Draft {
    /// At most so many people have something stored that the change needs their yes for; nil where it needs none.
    public func concerned(in store: Store) throws(PublishingFault) -> Int? {
        try difference.concerned(policies: [parent, policy], in: store)
    }
}

extension Difference {
    /// At most so many people have something stored that this needs their yes for; nil where it needs none. A record may hold
    /// other items of its class alone, so those who have nothing of it may be counted too.
    /// - Parameter policies: the two versions that are compared; those of the database are added.
    public func concerned(policies: [Policy], in store: Store) throws(PublishingFault) -> Int? {
        if demands.yes.isEmpty { return nil }
        let former = formerly.filter { demands.yes.contains($0.name) }.map(\.tag), fields = demands.yes + former
        return try store.read { (rows) throws(PublishingFault) in
            let stored = try rows.all("SELECT document FROM policy_version") { $0.blob(0) }
            let all = policies + stored.compactMap { Policy.compile($0, file: "a version", checked: false).policy }
            let classes = Set(all.flatMap { policy in fields.compactMap(policy.retentionClass) })
            var people: Set<Int64> = []
            for kind in classes {
                people.formUnion(
                    try rows.all(
                        """
                        SELECT DISTINCT r.subject FROM record r JOIN subject s ON s.id = r.subject WHERE r.kind = \(kind)
                            AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.subject = r.subject)
                        """
                    ) { $0.integer(0) })
            }
            return people.count
        }
    }
}
