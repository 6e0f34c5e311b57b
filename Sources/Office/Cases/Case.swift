// A case: numbers, times and states of what somebody asks of us. What they said lies in the vault.

import Crypto
import Policy
public import Store
import Vault

/// How it came.
public enum Channel: String, Sendable, CaseIterable { case form, call, mail }

/// How whoever asked wants to hear from us.
public enum Answering: String, Sendable, CaseIterable { case telephone, email, none }

public enum CaseState: String, Sendable, CaseIterable {
    /// Nobody has taken it yet.
    case new
    case open
    /// It is the person's turn; no clock runs.
    case waiting
    /// The person opened it again, and nobody has taken it since.
    case reopened
    case closed
}

public struct CaseSummary: Sendable, Hashable {
    public let number: Int64
    public let opened: Instant
    /// nil: not closed.
    public let closed: Instant?
    public let channel: Channel
    public let answering: Answering
    /// false: nobody knows yet whose it is.
    public let isJoined: Bool
    /// The role that has to see to it.
    public let queue: String
    /// The number in that role of who has it; nil: nobody has taken it.
    public let owner: Int64?
    public let state: CaseState
    /// Until when somebody answers, by the opening hours; nil: no clock runs.
    public internal(set) var due: Instant?
    /// Its person has their data kept and not used: nobody works on it until they take that back.
    public internal(set) var isResting = false
    /// The case in which something was done that, as its person says here, wasn't their wish; nil: it says nothing of the kind.
    public let against: Int64?

    public var isOpen: Bool { closed == nil }
    /// Somebody here has to do something.
    public var waitsForStaff: Bool { isOpen && state != .waiting && !isResting }
    public func isOwn(of member: StaffMember) -> Bool { queue == member.role && owner == member.number }
}

/// What was done in a case.
public struct CaseStep: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Texts of the staff: a note, an answer by mail, what was said in a call.
        case note, mail, call
        /// What the person said since.
        case added
        case taken, closed, reopened, handed, joined
        /// Somebody was looked for with the contact, and how many fitted; and that it isn't theirs to whom it was joined.
        case searched, parted
        /// What is done on the person's behalf: a code sent to them, or to an address that they want from now on; who calls, verified by it
        /// or called back; what they asked for; that it is done; that they say that it wasn't they.
        case codeSent = "code sent", newCode = "new code", verified, calledBack = "called back", wanted, changed, objected
        /// What was asked for isn't any more.
        case unwanted
    }
    public let kind: Kind
    public let at: Instant
    /// Who, as the person sees them ("customer service 7"); nil: the person.
    public let who: String?
    /// Where its text lies; nil: it has none.
    let item: Int64?
    /// To which role it was handed.
    public let queue: String?
    /// What of the person's: a field by the policy's name, or what was asked for.
    public let about: String?
    /// Filled where it was opened.
    public var text: String?
    /// Where its text was looked for: it is there and can't be opened, or it was taken away.
    public var isUnreadable = false, isRemoved = false
    public var hasText: Bool { item != nil }
}

extension CaseStep {
    /// Something was done with the account, because somebody said that they were its person.
    public var isAtTheirWord: Bool { kind == .changed }
}

extension CaseSummary {
    /// In the order in which `CaseRow.init` reads them, with the case as `c` and its closing as `x`.
    static let columns: SQL = """
        c.number, c.opened, x.at, c.channel, c.answering, c.joined, c.queue, c.owner, c.state, c.due, c.against, c.subject, c.item
        """
    static let tables: SQL = "help_case c LEFT JOIN help_case_closed x ON x.number = c.number"

    fileprivate init(_ row: borrowing Row) {
        let closed = row.instantOrNil(2)
        self.init(
            number: row.integer(0), opened: row.instant(1), closed: closed, channel: Channel(rawValue: row.text(3)) ?? .form,
            answering: Answering(rawValue: row.text(4)) ?? .none, isJoined: row.bool(5), queue: row.text(6), owner: row.integerOrNil(7),
            state: closed != nil ? .closed : CaseState(rawValue: row.text(8)) ?? .open, due: closed == nil ? row.instantOrNil(9) : nil,
            against: row.integerOrNil(10))
    }
}

/// A case with whose it is and where its text lies.
struct CaseRow {
    let subject: Subject, item: Int64
    private(set) var summary: CaseSummary
    var basis: Basis { basis(with: []) }
    /// With the texts of these steps.
    func basis(with steps: [CaseStep]) -> Basis { Basis(matter: summary.number, item: item, further: steps.compactMap(\.item)) }

    /// Of `CaseSummary.columns`; whether it rests isn't known yet.
    init(_ row: borrowing Row) { (subject, item, summary) = (Subject(id: row.identity(11)), row.identity(12), CaseSummary(row)) }

    /// The same with those that rest: while one does, no clock of it runs. Restrictions lie by people, and cases by their numbers.
    static func resting(_ cases: [CaseRow], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [CaseRow] {
        let open = cases.filter(\.summary.isOpen), resting = try Self.resting(Set(open.map(\.subject)), in: rows)
        return cases.map { found in
            guard found.summary.isOpen, resting.contains(found.subject) else { return found }
            var found = found
            (found.summary.isResting, found.summary.due) = (true, nil)
            return found
        }
    }

    /// Which of these people have their data kept and not used.
    static func resting(_ people: Set<Subject>, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Set<Subject> {
        var left = people.sorted { $0.id < $1.id }[...], resting: Set<Subject> = []
        while !left.isEmpty {
            let some = SQL.list(left.prefix(SQL.mostInList))
            resting.formUnion(
                try rows.all("SELECT subject FROM restriction WHERE subject IN (\(some)) AND ended IS NULL") { Subject(id: $0.identity(0)) }
            )
            left = left.dropFirst(SQL.mostInList)
        }
        return resting
    }
}

extension Environment {
    static let longestCaseText = 5_000
    static let mostOpenCases = 20

    /// A number of no meaning for a text of its own.
    func newItem() -> Int64 { Int64(bitPattern: randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 2) | 1 }

    /// Whose case it is, and what a use for it stands on.
    func basis(ofCase number: Int64) throws(NotDone) -> (Subject, Basis)? { try caseRow(number).map { ($0.subject, $0.basis) } }

    func caseRow(_ number: Int64) throws(NotDone) -> CaseRow? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                let found = try rows.all(
                    "SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE c.number = \(number)", CaseRow.init)
                return try CaseRow.resting(found, in: rows).first
            }
        }
    }

    /// In the order in which they were taken; without their texts.
    func steps(ofCase number: Int64) throws(NotDone) -> [CaseStep] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    "SELECT kind, at, role, staff, item, queue, about FROM case_step WHERE number = \(number) ORDER BY place"
                ) { row in
                    CaseStep(
                        kind: CaseStep.Kind(rawValue: row.text(0)) ?? .note, at: row.instant(1),
                        who: row.textOrNil(2).map { "\($0) \(row.integerOrNil(3) ?? 0)" }, item: row.identityOrNil(4),
                        queue: row.textOrNil(5), about: row.textOrNil(6))
                }
            }
        }
    }

    static func note(
        _ kind: CaseStep.Kind, in number: Int64, by member: StaffMember?, item: Int64? = nil, queue: String? = nil,
        about: String? = nil, at now: Instant, _ rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO case_step (number, place, kind, at, role, staff, item, queue, about)
                SELECT \(number), coalesce(max(place), 0) + 1, \(kind.rawValue), \(now), \(member?.role), \(member?.number), \(item), \(queue),
                    \(about)
                FROM case_step WHERE number = \(number)
            """)
    }

    /// Nobody answered in time.
    public func isOverdue(_ summary: CaseSummary) -> Bool { summary.due.map { $0 < clock.now() } ?? false }

    /// Until when somebody answers what is asked now; nil: no location says when it is open.
    func due(from now: Instant) -> Instant? {
        settings.business.desk?.moment(after: .seconds(settings.business.answerWithin), from: now)
    }
}
