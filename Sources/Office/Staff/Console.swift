// The console: what waits for whoever works here, what runs by a clock, what the house does by itself. Numbers, kinds and times only, so nothing
// of it opens a record; to whom it is shown hangs on rules of the policy all the same (decision 036).

import Policy
public import Store
public import Vault

/// What waits for one of the staff.
public struct Today: Sendable {
    public struct Cases: Sendable, Hashable { public let mine, untaken, overdue: Int, next: Instant? }
    public struct Officer: Sendable {
        /// Proposed versions that this officer hasn't agreed to.
        public let versions: [Edition]
        /// Proposals that aren't as they were proposed, or can't be read any more: nobody can sign them.
        public let changed: [Int64]
        /// Holds that the other officer asked for, and those whose day of review is near or past.
        public let asked, reviews: [Int64]
    }
    /// nil: no case comes to this role.
    public let cases: Cases?
    /// Cases in which somebody says that what was done as theirs wasn't their wish.
    public let complaints: [Complaint]
    /// Complaints of uses that wait for whoever looks; and for whoever lets others in those that nobody can look into.
    public let nameQuestions, nobodysQuestions: [NameQuestion]
    /// Cases for which nobody is left.
    public let stranded: [Stranded]
    /// Officers who were named and don't count yet: everybody who works here sees it.
    public let newOfficers: [NewOfficer]
    /// The roles of officers for whom the house waits to open; only for whoever runs it.
    public let missingOfficers: [String]
    /// nil: no officer.
    public let officer: Officer?
    /// nil: not this role's to look after.
    public let house: House?
    /// Jobs that failed, and whether all works.
    public struct House: Sendable {
        public let failed: Int, status: ServiceStatus
        /// What keeps it from writing, or from signing.
        public let writing: Halt?, signing: Halt?
        /// Why nothing is forgotten at this moment; nil: it is.
        public let doubt: ClockDoubt?
        /// Something doesn't work besides that.
        public var lacksElse: Bool {
            var besides = status
            besides.forgetting = .works
            return !besides.isFine
        }
    }

    public var isEmpty: Bool {
        let work = cases.map { $0.mine + $0.untaken + $0.overdue } ?? 0
        let signing = officer.map { $0.versions.count + $0.changed.count + $0.asked.count + $0.reviews.count } ?? 0
        let news =
            stranded.count + complaints.count + nameQuestions.count + nobodysQuestions.count + newOfficers.count + missingOfficers.count
        return work + signing + news + (house?.failed ?? 0) == 0 && house?.status.isFine ?? true
    }
}

/// What somebody asked for or is owed, and until when.
public struct Clocked: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case questions, deletions, clearing, waysBack, addresses, restrictions, holdsAsked, holdsReviewed
    }
    public let kind: Kind
    public let open: Int
    public let oldest: Instant?
    /// The first that is due.
    public let due: Instant?
    public let late: Int
}

/// What the privacy officer watches.
public struct Keeping: Sendable {
    public let clocks: [Clocked]
    public let outlook: Outlook
    /// Calls and mails that are nobody's, with words that are kept of them.
    public let contacts: Int
    /// Holds that stand.
    public let holds: [Hold]
    /// Why nothing is forgotten at this moment; nil: it is.
    public let doubt: ClockDoubt?
}

/// A job that nobody tries again by itself.
public struct FailedWork: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case mail, text, clearing, other }
    public let kind: Kind
    /// The message, as the policy calls it.
    public let what: String
    public let at: Instant
    public let tries: Int
    /// As it was told the operator, in English.
    public let reason: String
    /// The same, where it is one that is known; nil: what went wrong with a file or a database.
    public let hindrance: Hindrance?
}

extension Environment {
    /// A review is near so long before its day.
    static let nearReview = 14

    public func today(for member: StaffMember) throws(NotDone) -> Today {
        let now = clock.now()
        var cases: Today.Cases?
        if isDesk(member.role) {
            let open = try self.cases(for: member).filter(\.isOpen)
            cases = Today.Cases(
                mine: open.count { $0.isOwn(of: member) && $0.waitsForStaff }, untaken: open.count { $0.owner == nil && !$0.isResting },
                overdue: open.count { isOverdue($0) }, next: open.compactMap(\.due).filter { $0 >= now }.min())
        }
        var officer: Today.Officer?
        if member.isOfficer {
            let counts = try waiting(member) == nil, holds = try holds(for: member), near = Day(Day(of: now).number + Self.nearReview)
            let editions = try editions(), altered = alteredProposals(among: editions)
            officer = Today.Officer(
                versions: editions.filter { edition in
                    counts && edition.state == .proposed && !edition.approvals.contains { $0.role == member.role }
                        && !(edition.proposal.map(altered.contains) ?? false)
                }, changed: try altered.sorted() + unreadableProposals(),
                asked: holds.filter { $0.mayAgree || $0.mayAgreeToSilence }.map(\.hold.number),
                reviews: holds.filter { $0.hold.agreed != nil && $0.hold.ended == nil && $0.hold.review <= near }.map(\.hold.number))
        }
        let isTheirs = try previewOfRunning(by: member) == nil, (questions, nobodys) = try nameQuestionsWaiting(for: member)
        return Today(
            cases: cases, complaints: try complaints(for: member), nameQuestions: questions, nobodysQuestions: nobodys,
            stranded: try stranded(for: member), newOfficers: try newOfficers(), missingOfficers: isTheirs ? try missingOfficers() : [],
            officer: officer,
            house: isTheirs ? try house() : nil)
    }

    /// For whoever the policy lets read the work log.
    public func keeping(for member: StaffMember) throws(NotDone) -> Keeping {
        if let refused = try previewOfWork(by: member) { throw .refused(.policy(refused)) }
        return try attempt { () throws(Refusal) in
            let holds = try vault.holds().filter { $0.ended == nil }
            return Keeping(
                clocks: try clocks(holds), outlook: try vault.outlook(besides: "SELECT subject FROM caller"), contacts: try contacts(),
                holds: holds.filter { $0.agreed != nil },
                doubt: try vault.clockAhead())
        }
    }

    /// Why the policy would keep the running of the house from somebody; nil: it wouldn't.
    public func previewOfRunning(by member: StaffMember) throws(NotDone) -> Refused? {
        try preview(TeamContact.self, by: member)
    }

    func failed() throws(NotDone) -> [FailedWork] {
        do throws(StoreFault) { return try store.failedJobs().map(FailedWork.init) } catch { throw .refused(.store(error)) }
    }
}

extension Environment {
    private func contacts() throws(Refusal) -> Int {
        try store.read { (rows) throws(Refusal) in try rows.first("SELECT count(*) FROM caller") { Int($0.integer(0)) } ?? 0 }
    }

    private func clocks(_ holds: [Hold]) throws(Refusal) -> [Clocked] {
        let now = clock.now()
        /// `rows`: when each was asked for, and until when; NULL where no clock runs.
        let queries: [(Clocked.Kind, SQL)] = [
            (.deletions, "SELECT since, deleted_at FROM asleep WHERE ended IS NULL AND deleted_at IS NOT NULL"),
            (.clearing, "SELECT due, NULL FROM job WHERE kind = \(Vault.clearing) AND failed IS NULL"),
            (.waysBack, "SELECT asked, due FROM way_back"),
            (.addresses, "SELECT made, NULL FROM address_change WHERE proved IS NULL"),
            (.restrictions, "SELECT since, NULL FROM restriction WHERE ended IS NULL"),
        ]
        var clocks = try store.read { (rows) throws(Refusal) in
            let open = try rows.all(
                """
                SELECT c.subject, c.opened, c.due FROM help_case c
                    WHERE NOT EXISTS (SELECT 1 FROM help_case_closed x WHERE x.number = c.number)
                """
            ) { (subject: Subject(id: $0.identity(0)), opened: $0.instant(1), due: $0.instantOrNil(2)) }
            let resting = try CaseRow.resting(Set(open.map(\.subject)), in: rows)
            let questions = open.map { ($0.opened, resting.contains($0.subject) ? nil : $0.due) }
            return try [Clocked(.questions, questions, now)]
                + queries.map { (kind, query) throws(Refusal) in
                    Clocked(kind, try rows.all(query) { ($0.instant(0), $0.instantOrNil(1)) }, now)
                }
        }
        let asked = holds.filter { $0.agreed == nil }, standing = holds.filter { $0.agreed != nil }
        clocks.append(Clocked(.holdsAsked, asked.map { ($0.proposed, $0.proposed + OpenMatter.patience) }, now))
        clocks.append(Clocked(.holdsReviewed, standing.map { ($0.proposed, $0.review.end) }, now))
        return clocks
    }
}

extension Clocked {
    fileprivate init(_ kind: Kind, _ open: [(Instant, Instant?)], _ now: Instant) {
        self.init(
            kind: kind, open: open.count, oldest: open.map(\.0).min(), due: open.compactMap(\.1).min(),
            late: open.count { $0.1.map { $0 < now } ?? false })
    }
}

extension FailedWork {
    /// Somebody was invited to work here, and doesn't know it.
    public var isInvitation: Bool { what == StaffInvitation.declared.things.first }

    fileprivate init(_ job: FailedJob) {
        kind =
            switch job.kind {
            case Environment.mailJob: .mail
            case Environment.textJob: .text
            case Vault.clearing: .clearing
            default: .other
            }
        let name = String(job.key.value.prefix { $0 != " " })
        what = Environment.messages[name]?.declared.things.first ?? ""
        (at, tries, reason) = (job.at, job.attempts, job.reason)
        hindrance = Hindrance(job.reason, of: Environment.carrier(of: job.kind))
    }
}
