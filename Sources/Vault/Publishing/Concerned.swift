// How many people a change concerns, counted without opening a record: by the retention classes in which something of theirs lies.

public import Policy
public import Store

extension Draft {
    /// How many people have something stored that the change needs their yes for, or treats otherwise.
    public func concerned(in store: Store) throws(PublishingFault) -> Concerned {
        try difference.concerned(policies: [parent, policy], in: store)
    }
}

extension Difference {
    /// How many people have something stored that this needs their yes for, or treats otherwise.
    /// - Parameter policies: the two versions that are compared; those of the database are added.
    public func concerned(policies: [Policy], in store: Store) throws(PublishingFault) -> Concerned {
        let touched = touched, asked = demands.yes + formerly.filter { demands.yes.contains($0.name) }.map(\.tag)
        return try store.read { (rows) throws(PublishingFault) in
            let stored = try rows.all("SELECT document FROM policy_version") { $0.blob(0) }
            let all = policies + stored.compactMap { Policy.compile($0, file: "a version", checked: false).policy }
            func classes(of fields: some Sequence<String>) -> Set<Int64> {
                Set(fields.flatMap { field in all.compactMap { $0.retentionClass(of: field) } })
            }
            var people: [Int64: Set<Int64>] = [:]
            for kind in classes(of: touched) {
                people[kind] = Set(
                    try rows.all(
                        """
                        SELECT DISTINCT r.subject FROM record r JOIN subject s ON s.id = r.subject WHERE r.kind = \(kind)
                            AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.subject = r.subject)
                        """
                    ) { $0.integer(0) })
            }
            func count(_ fields: some Sequence<String>) -> Int? {
                let kinds = classes(of: fields)
                return kinds.isEmpty ? nil : kinds.reduce(into: Set<Int64>()) { $0.formUnion(people[$1] ?? []) }.count
            }
            return Concerned(asked: demands.yes.isEmpty ? nil : count(asked) ?? 0, touched: count(touched))
        }
    }
}
