// Whether anything of a person changed: numbers that grow with each entry and each rewriting.

public import Store

extension Vault {
    /// Equal as long as nothing changed of what the person's own pages are made of.
    public struct Stamp: Hashable, Sendable { let newest, records, generations, counted: Int64 }

    /// Refusals of theirs that came again and aren't told by an entry of their own yet.
    public func countedRefusals(of own: OwnSession) throws(Refusal) -> Int64 { try keys.countedRefusals(of: own.subject) }

    /// - Parameter counted: `countedRefusals`, asked before.
    public static func stamp(of own: OwnSession, counted: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Stamp {
        let found = try rows.first(
            """
            SELECT (SELECT seq FROM chain WHERE subject = \(own.subject)), count(*), coalesce(sum(generation), 0)
                FROM record WHERE subject = \(own.subject)
            """
        ) { Stamp(newest: $0.integerOrNil(0) ?? 0, records: $0.integer(1), generations: $0.integer(2), counted: counted) }
        return found ?? Stamp(newest: 0, records: 0, generations: 0, counted: counted)
    }
}
