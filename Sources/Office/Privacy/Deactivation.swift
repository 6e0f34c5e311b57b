// An account that sleeps: its person comes back, or it goes when its time is over; with a day on which it is to be deleted, it goes then.

import Crypto
import Outbound
public import Policy
public import Store
public import Vault

/// Since when an account sleeps, and when it is to be deleted, if it is.
public struct Sleep: Sendable {
    public let since: Instant
    public let deletedAt: Instant?
    public let slumber: Slumber
    /// The last day of the sleep, after which nothing keeps the account; nil: no rule says so.
    public var until: Day? { slumber.until }
}

/// What the policy makes of an account that sleeps.
public struct Slumber: Sendable {
    /// The last day on which it can be woken; nil: no end is known.
    public let until: Day?
    /// What goes before that, and wouldn't if the account were awake.
    public let lost: [Foreseen]
    /// What they are reached by, where it goes so soon that nobody could come back: a sleep would be the end of the account.
    public let end: Foreseen?
}

extension Foreseen {
    fileprivate func ends(before other: Foreseen) -> Bool {
        guard isKept else { return other.isKept }
        guard other.isKept, let until else { return false }
        return other.until.map { until < $0 } ?? true
    }
    fileprivate func ends(by day: Day) -> Bool { !isKept || until.map { $0 < day } ?? false }
}

extension Environment {
    /// So long a deletion can be undone that wasn't asked for at once.
    public static let undoing = Swift.Duration.seconds(7 * 86_400)

    /// nil: the account is awake.
    public func sleep(of session: Session) throws(NotDone) -> Sleep? { try sleep(of: session.subject) }

    /// What the policy would make of the account's sleep, from a moment on.
    public func slumber(of session: Session) throws(NotDone) -> Slumber { try slumber(of: session.subject, since: nil) }

    func sleep(of subject: Subject) throws(NotDone) -> Sleep? {
        let found = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT since, deleted_at FROM asleep WHERE subject = \(subject) AND ended IS NULL") {
                    ($0.instant(0), $0.instantOrNil(1))
                }
            }
        }
        guard let (since, deletedAt) = found else { return nil }
        return Sleep(since: since, deletedAt: deletedAt, slumber: try slumber(of: subject, since: since))
    }

    private func slumber(of subject: Subject, since: Instant?) throws(NotDone) -> Slumber {
        let now = clock.now(), day = Day(of: since ?? now), active = AccountActive().name, asleep = AccountDeactivated().name
        return try attempt { () throws(Refusal) in
            let sleeping = try vault.foreseen(
                of: subject, supposing: [active: false, asleep: true], events: [Deactivated().name: day])
            let awake = try vault.foreseen(
                of: subject, supposing: [active: true, asleep: false], events: [Deactivated().name: nil])
            let reached = try reachedBy(subject).field
            // Who works here is reached by neither, and sleeps by no rule for customers.
            guard let address = sleeping.first(where: { $0.field == reached && $0.item == 0 }) else {
                return Slumber(until: nil, lost: [], end: nil)
            }
            let lost = zip(sleeping, awake).filter { $0.ends(before: $1) && $0.ends(before: address) }.map(\.0)
            return Slumber(until: address.until, lost: lost, end: address.ends(by: Day(of: now + Self.undoing)) ? address : nil)
        }
    }

    /// The account sleeps from now on.
    /// - Throws: the refusal where the policy would soon keep nothing to come back by.
    public func deactivate(_ session: Session) async throws(NotDone) {
        try refuseLastSleep(of: session.subject)
        let now = clock.now(), subject = session.subject
        try await choose("deactivate", session) { (rows) throws(Refusal) in try Self.lull(subject, at: now, deletedAt: nil, [], in: rows) }
    }

    /// It wakes, and is not deleted. To come back needs no rule: nothing new is taken in by it.
    public func reactivate(_ session: Session) async throws(NotDone) {
        let now = clock.now(), subject = session.subject
        _ = try await attempt { () async throws(Refusal) in
            try await vault.record("reactivate", of: session.own) { (rows) throws(Refusal) in
                try Self.wake(subject, at: now, in: rows)
            }
            try await vault.expectNoDeletion(of: subject)
        }
    }

    func expectDeletion(of subject: Subject, on day: Instant, _ receipt: [UInt8]) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            try await vault.expect(AskedDeletion(subject: subject, due: day, receipt: receipt))
        }
    }

    /// Whether they may have the account deleted in this session: as of whatever else is about the account itself, and also where what they are
    /// reached by was lost, so that no code could bring them in anew.
    public func decidesToLeave(_ session: Session) -> Bool {
        decides(session) || session.staff == nil && (try? vault.lacks(reachedBy(session.subject).field, of: session.own)) == true
    }

    /// In seven days the account is deleted, unless its person comes back; they hear of it by a letter with the number of the receipt,
    /// which leaves by a job. nil: the policy has no rule for a receipt, or it was asked before.
    public func leaveLater(_ session: Session) async throws(NotDone) -> String? {
        guard let refused = try previewOfLeaving(session) else {
            try refuseLastSleep(of: session.subject)
            guard decidesToLeave(session) else { throw .signInAnew }
            let now = clock.now(), end = now + Self.undoing, subject = session.subject
            let receipt = try attempt { () throws(Refusal) in try vault.newReceipt(of: session.subject) }
            let hash = receipt.map(Vault.hash(ofReceipt:)) ?? []
            var letter: Posted?
            if session.staff == nil, try tellsOfChanges(to: subject) {
                letter = try await attempt { () async throws(Refusal) in
                    try await prepare(
                        ChangeNotice.self, .deletionAsked(on: Day(of: end), receipt: receipt, self), for: subject,
                        about: Token(from: randomness), lifetime: Self.undoing)
                }
            }
            let isNew = try await choose("ask deletion", session) { [letter] (rows) throws(Refusal) in
                let changed = try Self.lull(subject, at: now, deletedAt: end, hash, in: rows)
                if changed > 0 { try letter?.enqueue(at: now, in: rows) }
                return changed
            }
            guard isNew else { return nil }
            try await expectDeletion(of: subject, on: end, hash)
            await dispatch(letter)
            return receipt
        }
        throw .refused(.policy(refused))
    }

    /// When the deletion comes that has this receipt; nil: there is none that was asked for and isn't done.
    public func day(ofDeletion receipt: String) throws(NotDone) -> Instant? {
        let hash = Vault.hash(ofReceipt: receipt.trimmed.uppercased())
        return try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT deleted_at FROM asleep WHERE receipt = \(hash) AND ended IS NULL") { $0.instantOrNil(0) } ?? nil
            }
        }
    }

    /// Deletes the accounts whose seven days are over. What the policy doesn't let go by now stays asleep, and is tried again.
    func deleteAsAsked(at now: Instant) async throws(Refusal) {
        let due = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, receipt FROM asleep WHERE deleted_at <= \(now) AND ended IS NULL") {
                (Subject(id: $0.identity(0)), $0.blobOrNil(1) ?? [])
            }
        }
        try await Vault.each(of: due) { (subject, receipt) async throws(Refusal) in
            // Nobody goes because of a row that they didn't ask for.
            guard try vault.isAsTold(.deletion, of: subject) else {
                throw .damaged("the row that person \(subject.id) is to be deleted, whose list says otherwise,")
            }
            try await delete(subject, receipt)
        }
    }

    /// Those too whose rows somebody took out or changed, as the keys remember and their lists say.
    func deleteAsRemembered(at now: Instant) async throws(Refusal) {
        let due = try await vault.deletionsDue(at: now, .deletion, "to be deleted")
        try await Vault.each(of: due) { (asked) async throws(Refusal) in try await delete(asked.subject, asked.receipt) }
    }

    private func delete(_ subject: Subject, _ receipt: [UInt8]) async throws(Refusal) {
        do throws(Refusal) {
            try await vault.erase(subject, receipt: receipt)
            outbound.forget(subject)
            kept.forget(subject)
        } catch {
            switch error {
            case .policy, .gone: return
            default: throw error
            }
        }
    }

    func refuseLastSleep(of subject: Subject) throws(NotDone) {
        guard let end = try slumber(of: subject, since: nil).end else { return }
        throw .refused(.policy(end.refused))
    }

    /// Whether it slept.
    static func wake(_ subject: Subject, at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        try rows.run("UPDATE asleep SET ended = \(now), deleted_at = NULL, receipt = NULL WHERE subject = \(subject) AND ended IS NULL") > 0
    }

    /// One that sleeps already, and gets no day on which it goes, stays as it is.
    static func lull(
        _ subject: Subject, at now: Instant, deletedAt: Instant?, _ receipt: [UInt8], in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Int {
        try rows.run(
            """
            INSERT INTO asleep (subject, since, deleted_at, receipt) VALUES (\(subject), \(now), \(deletedAt), \(receipt))
                ON CONFLICT (subject) DO UPDATE SET since = CASE WHEN asleep.ended IS NULL THEN asleep.since ELSE excluded.since END,
                    ended = NULL, deleted_at = excluded.deleted_at, receipt = excluded.receipt
                WHERE asleep.ended IS NOT NULL OR asleep.deleted_at IS NULL AND excluded.deleted_at IS NOT NULL
            """)
    }
}
