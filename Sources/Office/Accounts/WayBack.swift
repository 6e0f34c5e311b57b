// The slow way back for somebody who has neither app nor recovery codes: whoever proved the address asks for it, everybody whom it
// concerns is told, anybody of them can stop it, and after the policy's waiting time it opens.

import Crypto
import Outbound
public import Policy
public import Store
public import Vault

/// Where somebody stands who was asked for the second factor and has none.
public enum WayBack: Sendable {
    /// They came by a password; a code to their address comes first.
    case unproved
    /// It may be asked for. So long it takes; nil: the policy sets no time.
    case open(Duration?)
    /// The policy has no such way.
    case closed(Refused)
    /// It was asked for, and opens on this day; nil: the notice hasn't left yet.
    case waiting(Day?)
    /// It is open, to this day.
    case over(Day)
}

/// A way back that was asked for, as whoever is signed in sees it.
public struct AskedWayBack: Sendable, Hashable {
    public let asked: Instant
    let due: Instant?
    /// The first day on which it is open; nil: the notice hasn't left yet.
    public var from: Day? { due.map(Environment.firstDay) }
}

extension Environment {
    /// So long a way back stays open; then it has to be asked for anew.
    public static let wayBackStaysOpen = Swift.Duration.seconds(7 * 86_400)

    /// So long it takes; nil: the policy sets no time.
    public var wayBackTakes: Duration? { policy.notice(of: WayBackTold().name) }

    /// nil: nobody is asked for a second factor here.
    public func wayBack(_ challenge: Token) throws(NotDone) -> WayBack? {
        let now = clock.now()
        return try attempt { () throws(Refusal) -> WayBack? in
            guard let open = try openFactor(challenge, at: now) else { return nil }
            guard open.isProved else { return .unproved }
            let asked = try store.read { (rows) throws(Refusal) in try AskedWayBack.find(open.subject, at: now, in: rows) }
            if let asked, let due = asked.due, due <= now { return .over(Day(of: due + Self.wayBackStaysOpen)) }
            if let asked { return .waiting(asked.due.map(Self.firstDay)) }
            if let refused = try refusal(ofWayBackOf: open.subject) { return .closed(refused) }
            return .open(wayBackTakes)
        }
    }

    /// Asks for the way back: its person is told by letter, and on every page where they are signed in. Asked for already, it stays as it is.
    public func askWayBack(_ challenge: Token) async throws(NotDone) {
        guard case .open = try wayBack(challenge) else { return }
        let now = clock.now(), alarm = Token(from: randomness)
        let posted = try await attempt { () async throws(Refusal) -> Posted? in
            guard let subject = try openFactor(challenge, at: now)?.subject else { return nil }
            let letter = Letter.wayBackAsked(from: Self.firstDay(try dueOfWayBack(sent: now)), alarm: alarm, self)
            let isStaff = try store.read { (rows) throws(Refusal) in try self.isStaff(subject, in: rows) }
            let notice =
                isStaff
                ? try await prepare(StaffWayBackNotice.self, letter, for: subject, about: alarm, lifetime: .seconds(86_400))
                : try await prepare(WayBackNotice.self, letter, for: subject, about: alarm, lifetime: .seconds(86_400))
            return try await store.write { (rows) throws(Refusal) -> Posted? in
                guard try AskedWayBack.find(subject, at: now, in: rows.snapshot) == nil else { return nil }
                try rows.run(
                    """
                    INSERT INTO way_back (subject, alarm, asked) VALUES (\(subject), \(alarm.hash), \(now))
                        ON CONFLICT (subject) DO UPDATE SET alarm = excluded.alarm, asked = excluded.asked, due = NULL
                    """)
                try notice.enqueue(at: now, in: rows)
                return notice
            }
        }
        await dispatch(posted)
    }

    /// Takes app and recovery codes away, as the policy permits once its person was told long enough ago, and lets them in. nil: not yet.
    public func comeBack(_ challenge: Token, from browser: Token? = nil) async throws(NotDone) -> Session? {
        let now = clock.now()
        guard case .over = try wayBack(challenge), let open = try attempt({ () throws(Refusal) in try openFactor(challenge, at: now) })
        else { return nil }
        let subject = open.subject
        let isFirst = try await attempt { () async throws(Refusal) in
            if let refused = try vault.previewOfRemovingBySite(LostFactor.self, of: subject) { throw .policy(refused) }
            let isFirst = try await store.write { (rows) throws(Refusal) -> Bool in
                // It may have been stopped since.
                guard try AskedWayBack.find(subject, at: now, in: rows.snapshot) != nil else { return false }
                return try rows.run("UPDATE challenge SET done = 1 WHERE id = \(challenge.hash) AND done = 0") == 1
            }
            guard isFirst else { return false }
            try await vault.removeBySite(LostFactor.self, of: subject)
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM second_factor WHERE subject = \(subject)")
                try rows.run("DELETE FROM recovery_used WHERE subject = \(subject)")
                try rows.run("DELETE FROM way_back WHERE subject = \(subject)")
                return
            }
            return true
        }
        guard isFirst else { return nil }
        let session = try await openSession(of: subject, from: browser, begun: now)
        try await endOtherSessions(of: session)
        try await tellOfChange(to: subject, begun: session.since)
        return session
    }

    /// "That wasn't me", by somebody who is signed in.
    public func stopWayBack(_ session: Session) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM way_back WHERE subject = \(session.subject)")
                return
            }
        }
    }
}

extension Environment {
    private func openFactor(_ challenge: Token, at now: Instant) throws(Refusal) -> (subject: Subject, isProved: Bool)? {
        let found = try store.read { (rows) throws(Refusal) in try Challenge.find(challenge, by: vault, in: rows) }
        guard let found, found.kind == .secondFactor, found.isOpen(at: now), let subject = found.subject else { return nil }
        return (subject, found.isProved)
    }

    /// Why neither the notice may go nor the factors afterwards; nil: both may.
    private func refusal(ofWayBackOf subject: Subject) throws(Refusal) -> Refused? {
        let isStaff = try store.read { (rows) throws(Refusal) in try self.isStaff(subject, in: rows) }
        let notice: any Use.Type = isStaff ? StaffWayBackNotice.self : try message(WayBackNotice.self, for: subject)
        if let refused = vault.refusal(ofAnyOf: [notice]) { return refused }
        return try vault.previewOfRemovingBySite(LostFactor.self, of: subject, supposing: [WayBackTold().name: true])
    }

    /// When the way back opens whose notice left at this moment: after the policy's waiting time, of whole days.
    private func dueOfWayBack(sent: Instant) throws(Refusal) -> Instant {
        wayBackTakes.map { Day(of: sent).adding($0).end } ?? sent
    }

    /// The notice of this job has left.
    func noteWayBackTold(_ key: IdempotencyKey) async throws(NotSent) {
        let alarm = key.value.split(separator: " ").last.flatMap { Hex.decode(String($0)) } ?? []
        do throws(Refusal) {
            let due = try dueOfWayBack(sent: clock.now())
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE way_back SET due = \(due) WHERE alarm = \(alarm) AND due IS NULL")
                return
            }
        } catch { throw .refused(error) }
    }

    /// The first day that doesn't lie before the moment: a term's last day still counts.
    fileprivate static func firstDay(_ due: Instant) -> Day { Day(of: due + .microseconds(1)) }

    func sweepWaysBack(at now: Instant) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run(
                """
                DELETE FROM way_back WHERE due IS NULL AND asked < \(now - .seconds(86_400)) OR due < \(now - Self.wayBackStaysOpen)
                """)
            return
        }
    }
}

extension AskedWayBack {
    /// nil: none, or one whose notice never left, or that stood open long enough.
    static func find(_ subject: Subject, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> AskedWayBack? {
        let found = try rows.first("SELECT asked, due FROM way_back WHERE subject = \(subject)") {
            AskedWayBack(asked: $0.instant(0), due: $0.instantOrNil(1))
        }
        guard let found, found.isStanding(at: now) else { return nil }
        return found
    }

    func isStanding(at now: Instant) -> Bool {
        due.map { now <= $0 + Environment.wayBackStaysOpen } ?? (now <= asked + .seconds(86_400))
    }
}

/// App and recovery codes of somebody who lost them.
struct LostFactor: Use {
    static let declared: UseDeclaration = .delete("second factor", "recovery codes", to: "make sure it is you")
}

/// Word that somebody asks to come in without them.
struct WayBackNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "way-back notice", through: "email address", by: "email carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the number of somebody who has no address.
struct TelephoneWayBackNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "way-back notice", through: "telephone number", by: "telephone carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

/// The same to a member of staff.
struct StaffWayBackNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "way-back notice", through: "staff email address", by: "email carrier", to: "run the staff's accounts")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("staff email address") }
}
