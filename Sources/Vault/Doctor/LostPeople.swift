// Whose row in `subject` is gone, although their keys are there and what lies under them: nobody forgot them. The register of the destroyed
// would know.

import Store

struct LostPerson: Sendable {
    let subject: Subject
    /// When their first key was made: the moment at which they came.
    let since: Instant

    /// Those whom the data don't know and still have rows of. Whom a law keeps under a number has no key pair, and isn't among them.
    static func all(in data: Still, besides people: Set<Int64>, _ keys: Still) throws(StoreFault) -> [LostPerson] {
        let holders = try keys.read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT k.subject, min(k.made) FROM class_key k JOIN key_pair p ON p.subject = k.subject
                    WHERE NOT EXISTS (SELECT 1 FROM destroyed d WHERE d.subject = k.subject) GROUP BY k.subject HAVING max(k.confirmed) = 1
                    ORDER BY k.subject
                """
            ) { LostPerson(subject: Subject(id: $0.identity(0)), since: $0.instant(1)) }
        }
        let unknown = holders.filter { !people.contains($0.subject.id) }
        guard !unknown.isEmpty else { return [] }
        return try data.read { (rows) throws(StoreFault) in
            var lost: [LostPerson] = []
            for person in unknown {
                let hasRows = try rows.exists(
                    "SELECT 1 FROM record WHERE subject = \(person.subject) UNION ALL SELECT 1 FROM use_record WHERE subject = \(person.subject)"
                )
                if hasRows { lost.append(person) }
            }
            return lost
        }
    }

    /// Everybody who has rows of the kind that say who there is.
    static func known(in data: Still) throws(StoreFault) -> Set<Int64> {
        try data.read { (rows) throws(StoreFault) in
            Set(
                try rows.all("SELECT id FROM subject UNION SELECT subject FROM retained UNION SELECT subject FROM erasure") {
                    $0.identity(0)
                })
        }
    }
}
