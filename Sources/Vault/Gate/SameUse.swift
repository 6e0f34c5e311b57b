// Looking again: each use by a member of staff has a row of numbers that leads to its entry, which alone says what it was. What one of them
// was granted in a case a while ago is the same use when they load the page again.

import Crypto
import Policy
import Store

extension Ledger {
    static let staffUses: (name: StaticString, statements: [SQL]) = (
        "what the staff did",
        [
            """
            CREATE TABLE staff_use (subject INTEGER NOT NULL, seq INTEGER NOT NULL, staff INTEGER NOT NULL, at INTEGER NOT NULL,
                PRIMARY KEY (subject, seq)) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX staff_use_staff ON staff_use (staff, at)",
        ]
    )
}

extension Vault {
    /// A grant under the entry of a use like this that the same member of staff was allowed in this case within the last `span`, if the
    /// policy allows it now too; nil: there is none, so a new use has to be asked for.
    public func again<U: Reading>(
        _: U.Type = U.self, of subject: Subject, by actor: Actor, on basis: Basis, within span: Swift.Duration
    ) throws(Refusal) -> Grant<U>? { try atThisMoment.standing(U.self, of: subject, by: actor, on: basis, within: span) }

    private func standing<U: Reading>(
        _: U.Type, of subject: Subject, by actor: Actor, on basis: Basis, within span: Swift.Duration
    ) throws(Refusal) -> Grant<U>? {
        guard let staff = actor.staff, let matter = basis.matter else { return nil }
        let now = clock.now(), since = now - span
        let recent = try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT seq FROM staff_use WHERE subject = \(subject) AND staff = \(staff) AND at > \(since) ORDER BY seq DESC LIMIT 50
                """
            ) { $0.integer(0) }
        }
        if recent.isEmpty { return nil }
        let things = things(U.self, in: try entries(of: fields(of: U.self), of: subject, items: basis.items))
        for number in recent {
            let use = try entry(number, of: subject).use
            guard use.verb == "\(U.verb)", use.things == things, use.purpose == U.purpose, use.matter == matter, use.outcome == "yes"
            else { continue }
            guard try preview(U.self, of: subject, by: actor, on: basis) == nil else { return nil }
            return Grant(
                subject: subject, items: basis.items, entry: number, since: use.at, expires: now + .seconds(30), things: things, opened: [])
        }
        return nil
    }
}
