// Whoever reads no code is called back at a number that we knew before. They are told so at their address, and it counts once the policy's
// waiting time is over and nobody said that it wasn't they: a clerk's word alone opens nothing.

import Crypto
import Outbound
public import Policy
public import Store
import Vault

/// A call back, as the desk sees it.
public struct CallBack: Sendable, Hashable {
    public let asked: Instant
    let due: Instant?
    /// The first day on which it counts; nil: the notice hasn't left yet.
    public var from: Day? { due.map { Day(of: $0 + .microseconds(1)) } }
    /// The last moment at which it does.
    var end: Instant? { due.map { $0 + Environment.callBackCounts } }

    static func find(in number: Int64, of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> CallBack? {
        try rows.first("SELECT asked, due FROM call_back WHERE number = \(number) AND subject = \(subject)") {
            CallBack(asked: $0.instant(0), due: $0.instantOrNil(1))
        }
    }

    func counts(at now: Instant) -> Bool { due.map { $0 <= now && now <= $0 + Environment.callBackCounts } ?? false }
}

extension Environment {
    /// So long a call back counts, once its waiting time is over.
    static let callBackCounts = Swift.Duration.seconds(7 * 86_400)

    /// They called the number that was open to them and spoke with the customer, who is told so, and can say no until the policy's waiting
    /// time is over. Said already, it stays as it is.
    public func callBack(in number: Int64, for session: Session) async throws(NotDone) {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), subject = found.subject, now = clock.now(), alarm = Token(from: randomness)
        try await mayVerify(found, member)
        guard try isKnown("telephone number", of: subject) else { throw .form([.numberUnknown]) }
        guard let open = try attempt({ () throws(Refusal) in try openNumber(found, member) }), !open.isEmpty else {
            throw .form([.numberUnopened])
        }
        if let refused = try attempt({ () throws(Refusal) in vault.refusal(ofAnyOf: [try message(CallBackNotice.self, for: subject)]) }) {
            throw .refused(.policy(refused))
        }
        let notice = try await attempt { () async throws(Refusal) in
            let from = Day(of: dueOfCallBack(sent: now) + .microseconds(1))
            return try await prepare(
                CallBackNotice.self, .calledBack(in: number, from: from, alarm: alarm, self), for: subject, matter: number, about: alarm,
                lifetime: .seconds(86_400))
        }
        let isNew = try await attempt { () async throws(Refusal) in
            try await vault.record(
                "call back", as: [CallerTelephone.self], on: CallerTelephone.declared.things, of: subject, by: member.actor,
                on: Basis(matter: number)
            ) { (rows) throws(Refusal) in
                let isNew = try rows.run(
                    """
                    INSERT INTO call_back (number, subject, alarm, asked) VALUES (\(number), \(subject), \(alarm.hash), \(now))
                        ON CONFLICT DO NOTHING
                    """)
                guard isNew > 0 else { return false }
                try notice.enqueue(at: now, in: rows)
                try Self.note(.calledBack, in: number, by: member, at: now, rows)
                return true
            }
        }
        if isNew { await dispatch(notice) }
    }

    /// When a call back counts whose notice left at this moment: after the policy's waiting time, of whole days.
    func dueOfCallBack(sent: Instant) -> Instant {
        policy.notice(of: CalledBack().name).map { Day(of: sent).adding($0).end } ?? sent
    }

    /// The notice of this job has left.
    func noteCallBackTold(_ key: IdempotencyKey) async throws(NotSent) {
        let alarm = key.value.split(separator: " ").last.flatMap { Hex.decode(String($0)) } ?? []
        do throws(Refusal) {
            let due = dueOfCallBack(sent: clock.now())
            try await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE call_back SET due = \(due) WHERE alarm = \(alarm) AND due IS NULL")
                return
            }
        } catch { throw .refused(error) }
    }

    /// "That wasn't me", by whom the notice went to: nobody is verified any more, everybody is out, and a case says so.
    func stopCallBack(_ alarm: Token) async throws(Refusal) -> Bool {
        let now = clock.now()
        let found = try await store.write { (rows) throws(Refusal) -> (Subject, Int64)? in
            let found = try rows.first("SELECT subject, number FROM call_back WHERE alarm = \(alarm.hash)") {
                (Subject(id: $0.identity(0)), $0.integer(1))
            }
            guard let (subject, number) = found else { return nil }
            try self.turnOut(subject, in: rows)
            try Self.note(.objected, in: number, by: nil, at: now, rows)
            return (subject, number)
        }
        guard let (subject, number) = found else { return false }
        try await openObjection(to: number, of: subject)
        return true
    }
}
