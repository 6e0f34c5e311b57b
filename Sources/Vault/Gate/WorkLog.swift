// What a member of staff did with other people's data: the rows of their uses lead to the entries in those people's chains, which are
// opened anew each time. Nothing of it is stored a second time, so what a person takes along when they leave is gone from here too.

import Policy
public import Store

/// A use by a member of staff. Whom it was about is a number that holds within this log, and nothing else.
public struct WorkEntry: Sendable {
    public let use: RecordedUse
    /// The same person has the same number: from 1, in the order in which their data were first used.
    public let person: Int
}

/// A part of somebody's work log, the newest first.
public struct WorkLog: Sendable {
    public let entries: [WorkEntry]
    /// Before when the next part ends, in microseconds since 1970; nil: there is nothing older.
    public let next: Int64?
}

extension Vault {
    static let workLog = "work log"

    /// What a grant for somebody's work log opens.
    /// - Parameters:
    ///   - span: how far back; nil: as far as the policy keeps it.
    ///   - limit: of entries, counted on to the end of the moment at which it is reached.
    public func workLog<U: Reading>(
        _ grant: consuming Grant<U>, within span: Swift.Duration? = nil, before: Int64? = nil, limit: Int
    ) throws(Refusal) -> WorkLog {
        guard U.things == [Self.workLog] else { throw .unbound(Self.workLog) }
        let staff = grant.subject
        _ = try read(grant)
        return try workLog(of: staff, span, before, limit)
    }

    /// What a grant for somebody's work log opens of one entry in one person's list; nil: they didn't do that, or it is kept no longer.
    public func workEntry<U: Reading>(_ grant: consuming Grant<U>, _ sequence: Int64, of person: Subject) throws(Refusal) -> RecordedUse? {
        guard U.things == [Self.workLog] else { throw .unbound(Self.workLog) }
        let staff = grant.subject, moment = Moment(subject: staff, actor: .theSite, basis: Basis())
        _ = try read(grant)
        let at = try store.read { (rows) throws(Refusal) in
            let refused = try judge.refusal(ofDeriving: Self.workLog, from: RecordOfUses.field, moment: moment, in: rows)
            if let refused { throw .policy(refused) }
            return try rows.first("SELECT at FROM staff_use WHERE subject = \(person) AND seq = \(sequence) AND staff = \(staff)") {
                $0.instant(0)
            }
        }
        guard let at else { return nil }
        if let end = end(of: Self.workLog, from: Day(of: at)), end < Day(of: clock.now()) { return nil }
        do throws(Refusal) { return try entry(sequence, of: person).use } catch {
            guard case .gone = error else { throw error }
            return nil
        }
    }

    /// Their own, if the policy lets them read it.
    public func workLog(of own: OwnSession, before: Int64? = nil, limit: Int) throws(Refusal) -> WorkLog {
        try store.read { (rows) throws(Refusal) in try mayRead(own, Self.workLog, in: rows) }
        return try workLog(of: own.subject, nil, before, limit)
    }

    /// Since when something stands in it; nil: nothing does.
    public func beginOfWorkLog(of own: OwnSession) throws(Refusal) -> Instant? {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT min(at) FROM staff_use WHERE staff = \(own.subject)") { $0.instantOrNil(0) } ?? nil
        }
    }

    /// Whether something stands in it that the policy keeps.
    func isKept(workOf staff: Subject) throws(Refusal) -> Bool {
        let last = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT max(at) FROM staff_use WHERE staff = \(staff)") { $0.instantOrNil(0) } ?? nil
        }
        guard let last, let end = end(of: Self.workLog, from: Day(of: last)) else { return false }
        return end >= Day(of: clock.now())
    }

    /// Nothing of theirs is stored, and nothing that they did is kept.
    public func isOver(workOf staff: Subject) throws(Refusal) -> Bool {
        let isStored = try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM record WHERE subject = \(staff)") }
        let isKept = try isKept(workOf: staff)
        return !isStored && !isKept
    }

    private func workLog(of staff: Subject, _ span: Swift.Duration?, _ before: Int64?, _ limit: Int) throws(Refusal) -> WorkLog {
        let now = clock.now(), today = Day(of: now)
        let moment = Moment(subject: staff, actor: .theSite, basis: Basis())
        let (people, uses) = try store.read { (rows) throws(Refusal) in
            let refused = try judge.refusal(ofDeriving: Self.workLog, from: RecordOfUses.field, moment: moment, in: rows)
            if let refused { throw .policy(refused) }
            let people = try rows.all(
                "SELECT subject FROM staff_use WHERE staff = \(staff) GROUP BY subject ORDER BY min(at), subject"
            ) { Subject(id: $0.identity(0)) }
            let since = span.map { now - $0 } ?? Instant(microseconds: 0)
            let uses = try rows.all(
                """
                SELECT subject, seq, at FROM staff_use WHERE staff = \(staff) AND at > \(since) AND at < \(before ?? .max)
                    ORDER BY at DESC, subject, seq DESC LIMIT \(limit + Self.mostAtOnce)
                """
            ) { (subject: Subject(id: $0.identity(0)), sequence: $0.integer(1), at: $0.instant(2)) }
            return (people, uses)
        }
        let numbers = Dictionary(zip(people, 1...)) { first, _ in first }
        // A moment isn't cut in two: the next part begins before it.
        let last = uses.count > limit ? uses[limit - 1].at : nil
        var entries: [WorkEntry] = []
        for (subject, sequence, at) in uses {
            if let last, at < last { break }
            // What the policy no longer keeps of it isn't shown, also where the person's own list goes back further.
            if let end = end(of: Self.workLog, from: Day(of: at)), end < today { continue }
            do throws(Refusal) {
                entries.append(WorkEntry(use: try entry(sequence, of: subject).use, person: numbers[subject] ?? 0))
            } catch {
                guard case .gone = error else { throw error }
            }
        }
        return WorkLog(entries: entries, next: last?.microseconds)
    }

    /// Of uses at one moment.
    private static let mostAtOnce = 50
}
