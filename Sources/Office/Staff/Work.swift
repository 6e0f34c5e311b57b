// What each member of staff did with people's data: their own for themselves, everybody's for the privacy officer, the unusual first.

import Policy
import Store
public import Vault

/// What somebody who works here did lately, in figures.
public struct WorkSummary: Sendable {
    public let role: String
    public let number: Int64
    /// They work here no longer; what they did is to be seen as long as the policy keeps it.
    public let hasLeft: Bool
    /// Uses of data of people who don't work here, the refused among them.
    public let uses: Int
    public let people: Int
    /// Calls and mails that came from nobody known, whose data they used as well.
    public let contacts: Int
    public let refused: Int
    /// What somebody should look at, the weightiest first; it accuses nobody.
    public let signs: [Sign]

    public enum Sign: Sendable, Hashable {
        /// In so many contacts somebody was looked for and found, and it was nobody's call: nothing shows that it ever came in. `of`: in how
        /// many they looked for somebody at all.
        case foundForNobody(Int, of: Int)
        /// Without a case, a hold or anything else that leads to whom it is about.
        case withoutMatter(Int)
        /// Between ten at night and six in the morning, where the house is.
        case atNight(Int)
        /// So many people's data within one day.
        case manyPeople(Int)
        /// So many uses of one person's data.
        case samePerson(Int)
    }
}

extension Environment {
    /// How far back the figures go.
    public static let workLookedAt = Swift.Duration.seconds(28 * 86_400)

    /// Of whom works here: what they did themselves, the newest first.
    public func ownWork(_ session: Session, before: Int64? = nil) throws(NotDone) -> WorkLog {
        guard session.staff != nil else { throw .notFound }
        return try attempt { () throws(Refusal) in try vault.workLog(of: session.own, before: before, limit: Self.part) }
    }

    /// What one of them did, for the privacy officer; whose it is sees that it was looked at.
    public func work(of role: String, _ number: Int64, before: Int64? = nil, for officer: StaffMember) async throws(NotDone) -> WorkLog {
        guard let subject = try anySubject(role, number) else { throw .notFound }
        return try await attempt { () async throws(Refusal) in
            let grant: Grant<OthersWork> = try await vault.grant(of: subject, by: officer.actor, on: Basis())
            return try vault.workLog(grant, before: before, limit: Self.part)
        }
    }

    /// Everybody's of the last weeks in figures, the unusual first; each look is in the list of whose work it is.
    public func everybodysWork(for officer: StaffMember) async throws(NotDone) -> [WorkSummary] {
        try await attempt { () async throws(Refusal) in
            let team = try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT subject, role, number, came IS NULL FROM staff WHERE came IS NOT NULL
                        UNION ALL SELECT subject, role, number, at IS NOT NULL FROM former_staff WHERE role IS NOT NULL ORDER BY 2, 3
                    """
                ) { row in (subject: Subject(id: row.identity(0)), role: row.text(1), number: row.integer(2), hasLeft: row.bool(3)) }
            }
            var summaries: [WorkSummary] = []
            for (subject, role, number, hasLeft) in team {
                do throws(Refusal) {
                    let grant: Grant<OthersWork> = try await vault.grant(of: subject, by: officer.actor, on: Basis())
                    let log = try vault.workLog(grant, within: Self.workLookedAt, limit: Self.most)
                    let searches = try searches(role, number)
                    summaries.append(WorkSummary(log.entries, of: role, number, hasLeft: hasLeft, searches))
                } catch {
                    // Somebody whose erasure is under way no longer works here.
                    guard case .gone = error else { throw error }
                }
            }
            return summaries.unusualFirst
        }
    }

    /// In how many contacts of the last weeks they looked for somebody; and of those in which they found somebody how many are joined to nobody.
    private func searches(_ role: String, _ number: Int64) throws(Refusal) -> (contacts: Int, foundForNobody: Int) {
        let then = clock.now() - Self.workLookedAt
        return try store.read { (rows) throws(Refusal) in
            try rows.first(
                """
                SELECT count(DISTINCT s.number), count(DISTINCT CASE WHEN s.about NOT IN ('0', 'many') AND c.joined = 0 THEN s.number END)
                    FROM case_step s JOIN help_case c ON c.number = s.number WHERE s.kind = 'searched' AND s.role = \(role)
                    AND s.staff = \(number) AND s.at > \(then)
                """
            ) { (Int($0.integer(0)), Int($0.integer(1))) } ?? (0, 0)
        }
    }

    /// Why the policy would keep everybody's work from who looks; nil: it wouldn't.
    public func previewOfWork(by member: StaffMember) throws(NotDone) -> Refused? {
        try preview(OthersWork.self, by: member)
    }

    private static let part = 100
    /// Of one person's entries that are looked through for the figures.
    private static let most = 5000
}

extension WorkSummary {
    /// From how many on it is worth a look.
    enum Threshold {
        static let people = 20, same = 10, contacts = 3
    }

    init(
        _ entries: [WorkEntry], of role: String, _ number: Int64, hasLeft: Bool = false,
        _ searches: (contacts: Int, foundForNobody: Int) = (0, 0)
    ) {
        // What concerns colleagues (the team's page, this list) isn't about anybody whom the house works for.
        let colleagues = Set(TeamContact.declared.things + OthersWork.declared.things)
        // What was refused there is: somebody looked where they have no business.
        let entries = entries.filter { !colleagues.isSuperset(of: $0.use.things) || $0.use.isRefusal }
        // What came in and is nobody's is no person; once it is somebody's, the uses are theirs.
        let contacts = Set(entries.filter(\.isContact).map(\.person))
        var ofDay: [Day: Set<Int>] = [:], ofPerson: [Int: Int] = [:], atNight = 0, withoutMatter = 0
        for entry in entries {
            if !contacts.contains(entry.person) {
                ofDay[Day(of: entry.use.at), default: []].insert(entry.person)
                ofPerson[entry.person, default: 0] += 1
            }
            // What comes in is about nobody's case yet; what is opened must be.
            if entry.use.matter == nil, entry.use.verb != "collect" { withoutMatter += 1 }
            if entry.use.at.isAtNight { atNight += 1 }
        }
        let busiest = ofDay.values.lazy.map(\.count).max() ?? 0, same = ofPerson.values.max() ?? 0
        var signs: [Sign] = []
        if searches.foundForNobody >= Threshold.contacts { signs.append(.foundForNobody(searches.foundForNobody, of: searches.contacts)) }
        if withoutMatter > 0 { signs.append(.withoutMatter(withoutMatter)) }
        if busiest >= Threshold.people { signs.append(.manyPeople(busiest)) }
        if same >= Threshold.same { signs.append(.samePerson(same)) }
        if atNight > 0 { signs.append(.atNight(atNight)) }
        (self.role, self.number, self.signs, self.hasLeft) = (role, number, signs, hasLeft)
        (uses, people, refused) = (entries.count, ofPerson.count, entries.count { $0.use.outcome.hasPrefix("no, ") })
        self.contacts = contacts.count
    }

    /// A contact that nothing came in for is a way to look at anybody: whoever seems to make them up stands first, by how many and by how
    /// much of all that they recorded, for whoever takes in a hundred calls has a few that are nobody's.
    fileprivate var weight: (Double, Int, Int) {
        let invented = signs.lazy.compactMap { sign -> Double? in
            guard case .foundForNobody(let count, let all) = sign else { return nil }
            return Double(count * count) / Double(max(count, all))
        }.first
        return (invented ?? 0, signs.count, uses)
    }
}

extension [WorkSummary] {
    var unusualFirst: Self { sorted { first, second in first.weight > second.weight } }
}

extension WorkEntry {
    /// A call or a mail that was taken in, as nobody's yet.
    fileprivate var isContact: Bool {
        use.verb == "collect" && use.matter == nil && Set(ContactText.declared.things).isSuperset(of: use.things)
    }
}

extension Instant {
    /// From ten in the evening to six in the morning, where the house is.
    fileprivate var isAtNight: Bool {
        let hour = (seconds + HouseZone.seconds) % 86_400 / 3600
        return hour >= 22 || hour < 6
    }
}

/// Their own.
struct OwnWork: Use {
    static let declared: UseDeclaration = .own(.read, "work log")
}

/// What the privacy officer looks through.
struct OthersWork: Reading {
    static let declared: UseDeclaration = .read("work log", by: "privacy officer", to: "keep the record")
    init(_ record: borrowing Opened) throws(Refusal) {}
}

/// What it is made of.
struct WorkMade: Use {
    static let declared: UseDeclaration = .derive("work log", from: "record of uses", to: "keep the record")
}
