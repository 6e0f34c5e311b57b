// What goes next and what is kept, in numbers: counted from rows, without opening anything.

import Policy
public import Store

public struct Outlook: Sendable {
    /// People of whom something is looked at again within a day, a week, thirty days, and later: a value may have run out then.
    public let withinDay, withinWeek, withinMonth, later: Int
    /// When the house last looked at everybody.
    public let lookedAtAll: Instant?
    /// What lies together because the same rules keep it.
    public let classes: [Kept]
    /// Of people who left, for a law's sake: how much, and when the first of it goes.
    public let retained: Int, firstRetained: Instant?

    public struct Kept: Sendable {
        /// Empty: of a version that isn't loaded any more.
        public let fields: [String]
        /// The rules that keep it, and the version that they are of: the present one, or the last that kept it so.
        public let rules: [String], version: String
        public let isFormer: Bool
        public let records: Int, people: Int
    }
}

extension Vault {
    /// The classes with most records come first.
    /// - Parameter nobody: gives the subjects that aren't counted as people, for nobody is known of whom they would be.
    public func outlook(besides nobody: SQL = "SELECT 0") throws(Refusal) -> Outlook {
        let now = clock.now(), present = atThisMoment
        let former = present.versions.loaded.map(\.policy).filter { $0.versionText != present.versionText }
        let versions = ([present.policy] + former.reversed()).map { (policy: $0, fields: Self.fields(of: $0)) }
        return try store.read { (rows) throws(Refusal) in
            let held = try rows.all(
                """
                SELECT kind, count(*), count(DISTINCT CASE WHEN subject IN (\(nobody)) THEN NULL ELSE subject END) FROM record GROUP BY kind
                    ORDER BY count(*) DESC, kind
                """
            ) {
                (kind: $0.identity(0), records: Int($0.integer(1)), people: Int($0.integer(2)))
            }
            let retained = try rows.first("SELECT count(*), min(until) FROM retained") { (Int($0.integer(0)), $0.instantOrNil(1)) }
            return Outlook(
                withinDay: try Self.due(-366, 1, now, nobody, rows), withinWeek: try Self.due(1, 7, now, nobody, rows),
                withinMonth: try Self.due(7, 30, now, nobody, rows), later: try Self.due(30, 36_600, now, nobody, rows),
                lookedAtAll: try rows.first("SELECT at FROM swept") { $0.instant(0) },
                classes: held.map { held in
                    let version = versions.first { $0.fields[held.kind] != nil } ?? versions[0], names = version.fields[held.kind] ?? []
                    return Outlook.Kept(
                        fields: names, rules: names.first.map { version.policy.terms(of: $0).map(\.address) } ?? [],
                        version: version.policy.versionText, isFormer: version.policy.versionText != present.versionText,
                        records: held.records, people: held.people)
                },
                retained: retained?.0 ?? 0, firstRetained: retained?.1)
        }
    }

    /// By the class in which they lie.
    private static func fields(of policy: Policy) -> [Int64: [String]] {
        var fields: [Int64: [String]] = [:]
        for field in policy.fields { if let kind = policy.retentionClass(of: field.name) { fields[kind, default: []].append(field.name) } }
        return fields
    }

    /// Of how many people something is due between so many days from now.
    private static func due(
        _ from: Int64, _ to: Int64, _ now: Instant, _ nobody: SQL, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Int {
        let begin = now + .seconds(from * 86_400), end = now + .seconds(to * 86_400)
        let count = try rows.first(
            "SELECT count(*) FROM chain WHERE due > \(begin) AND due <= \(end) AND subject NOT IN (\(nobody))"
        ) { $0.integer(0) }
        return Int(count ?? 0)
    }
}
