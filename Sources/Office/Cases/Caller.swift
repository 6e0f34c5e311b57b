// Making sure who calls or writes: a code to an address that we knew before, read out by the caller; or a call back to a number that we
// knew before (`CallBack`). Either is a mark of this case, for a while.

import Crypto
import Outbound
public import Policy
public import Store
public import Vault

/// What came of a code that a caller read out.
public enum CallerOutcome: Sendable {
    case verified
    case wrong(left: Int)
    /// Older than ten minutes, used, tried too often, or sent by somebody else.
    case expired
    /// Not six digits, so no try was used up.
    case unfit
}

/// Where a case stands with who calls.
public struct CallerStanding: Sendable {
    /// Why who looks may not verify anybody; nil: they may.
    public let refusal: Refused?
    /// The field of what they are reached by.
    public let reached: String
    /// The last day on which another can take its place back, so that no code to it proves anything; nil: it is known for long enough.
    public let movedUntil: Day?
    /// The fields to which a code can go, each with why none would leave.
    public let channels: [(field: String, refusal: Refused?)]
    /// The code that who looks has sent, and until when it is good; nil: none.
    public let sent: (field: String, until: Instant)?
    /// By what the caller was verified to who looks, and until when that holds; nil: they aren't.
    public let verified: (field: String, until: Instant)?
    public let callBack: CallBack?
    /// A number of theirs has been known for so long that a call to it counts.
    public let isCallable: Bool
    /// Why nobody would be told of a call back.
    public let untold: Refused?
    /// The number that is open to who looks, to call it; nil: none is.
    public let number: String?
}

extension Environment {
    /// So long who read out a code, or wrote it, is known as who they are.
    static let verifiedFor = Swift.Duration.seconds(600)
    /// So long a number must have been theirs that nobody proved, before a code goes there or it is called back.
    static let knownFor = Swift.Duration.seconds(7 * 86_400)

    /// Sends a code to a channel that we knew before: their address, or their number. Who sends it sees neither.
    public func sendCallerCode(in number: Int64, through field: String, for session: Session) async throws(NotDone) {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), subject = found.subject, now = clock.now()
        try await mayVerify(found, member)
        guard try channels(of: subject).contains(field) else { throw .form([.channelUnknown]) }
        if let refused = refusalOfCode(through: field) { throw .refused(.policy(refused)) }
        let token = deskToken("caller", number, session, now), code = Challenge.newCode(randomness)
        let letter = try await attempt { () async throws(Refusal) in
            try await codeLetter(.callerCode(code, self), through: field, for: subject, in: number, about: token)
        }
        let isIssued = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> Bool in
                guard try Challenge.issue(to: subject, asked: .desk, at: now, in: rows) else { return false }
                try rows.run(
                    """
                    INSERT INTO caller_code (number, role, staff, subject, field, made)
                        VALUES (\(number), \(member.role), \(member.number), \(subject), \(field), \(now))
                        ON CONFLICT (number, role, staff) DO UPDATE SET subject = excluded.subject, field = excluded.field, made = excluded.made
                    """)
                try Challenge.insert(token, code, for: subject, .caller, asked: .desk, by: vault, at: now, in: rows)
                try letter.enqueue(at: now, in: rows)
                try Self.note(.codeSent, in: number, by: member, about: field, at: now, rows)
                return true
            }
        }
        guard isIssued else { throw .tooMany(after: 600) }
        await dispatch(letter)
    }

    /// Tries the code that the caller read out. Right, they are verified in this case, to who typed it, for ten minutes; their list says so.
    public func checkCaller(_ code: String, in number: Int64, for session: Session) async throws(NotDone) -> CallerOutcome {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), subject = found.subject, now = clock.now()
        let typed = String(code.filter { !$0.isWhitespace })
        guard Challenge.isCode(typed) else { return .unfit }
        try await mayVerify(found, member)
        guard let sent = try callerCode(in: number, of: subject, by: member) else { return .expired }
        let token = deskToken("caller", number, session, sent.made)
        let trial = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try Challenge.attempt(token, typed, for: .caller, by: vault, at: now, in: rows)
            }
        }
        switch trial {
        case .wrong(let left) where left > 0: return .wrong(left: left)
        case .wrong, .expired:
            // No code is out any more, and nothing says that one is.
            try await attempt { () async throws(Refusal) in
                try await store.write { (rows) throws(Refusal) in
                    try rows.run(
                        """
                        DELETE FROM caller_code WHERE number = \(number) AND role = \(member.role) AND staff = \(member.number)
                            AND made = \(sent.made)
                        """)
                    return
                }
            }
            return .expired
        case .right(let whose, _):
            guard whose == subject else { return .expired }
            _ = try await attempt { () async throws(Refusal) in
                try await vault.record(
                    "verify", as: [CallerName.self], on: [sent.field], of: subject, by: member.actor, on: Basis(matter: number)
                ) { (rows) throws(Refusal) in
                    try rows.run("DELETE FROM caller_code WHERE number = \(number) AND role = \(member.role) AND staff = \(member.number)")
                    try rows.run(
                        """
                        INSERT INTO verified_caller (number, role, staff, subject, field, at)
                            VALUES (\(number), \(member.role), \(member.number), \(subject), \(sent.field), \(now))
                            ON CONFLICT (number, role, staff) DO UPDATE SET subject = excluded.subject, field = excluded.field, at = excluded.at
                        """)
                    try Self.note(.verified, in: number, by: member, about: sent.field, at: now, rows)
                    return true
                }
            }
            return .verified
        }
    }

    func callerStanding(_ found: CaseRow, _ member: StaffMember) throws(NotDone) -> CallerStanding {
        let number = found.summary.number, subject = found.subject, now = clock.now()
        let sent = try callerCode(in: number, of: subject, by: member), channels = try channels(of: subject)
        let isCallable = try isKnown("telephone number", of: subject), moved = try objectionsEnd(of: subject)
        return try attempt { () throws(Refusal) in
            let (verified, callBack) = try store.read { (rows) throws(Refusal) in
                (
                    try rows.first(
                        """
                        SELECT field, at FROM verified_caller WHERE number = \(number) AND role = \(member.role) AND staff = \(member.number)
                            AND subject = \(subject) AND at > \(now - Self.verifiedFor)
                        """
                    ) { (field: $0.text(0), until: $0.instant(1) + Self.verifiedFor) },
                    try CallBack.find(in: number, of: subject, in: rows)
                )
            }
            return CallerStanding(
                refusal: try vault.preview(CallerName.self, of: subject, by: member.actor, on: found.basis),
                reached: try reachedBy(subject).field, movedUntil: moved.map { Day(of: $0) },
                channels: channels.map { ($0, refusalOfCode(through: $0)) },
                sent: sent.flatMap { $0.made + Challenge.lifetime > now ? ($0.field, $0.made + Challenge.lifetime) : nil },
                verified: verified, callBack: callBack, isCallable: isCallable,
                untold: vault.refusal(ofAnyOf: [try message(CallBackNotice.self, for: subject)]), number: try openNumber(found, member))
        }
    }
}

extension Environment {
    /// An open case of somebody who is known.
    func behalfCase(_ number: Int64, for member: StaffMember) throws(NotDone) -> CaseRow {
        let found = try workable(number, for: member)
        guard found.summary.isJoined else { throw .form([.customerUnknown]) }
        return found
    }

    /// One use, however often it is tried within a quarter of an hour; refused to whom the policy lets verify nobody.
    func mayVerify(_ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            let _: Grant<CallerName> = try await vault.grant(
                of: found.subject, by: member.actor, on: found.basis, sameWithin: Self.sameUse)
        }
    }

    /// What belongs to this member's session, this case and this moment alone: the database can't tell it, and nobody else's browser has it.
    func deskToken(_ what: StaticString, _ number: Int64, _ session: Session, _ made: Instant) -> Token {
        let text = "voffice/desk/1|\(what)|\(session.token.text)|\(number)|\(made.microseconds)"
        return Token(String(SHA256.hash(Array(text.utf8)).hex.prefix(32))) ?? session.token
    }

    /// A code through one of the two fields, whatever the person is reached by otherwise.
    func codeLetter(
        _ letter: Letter, through field: String, for subject: Subject, item: Int64 = 0, in number: Int64?, about token: Token
    ) async throws(Refusal) -> Posted {
        field == "email address"
            ? try await prepare(ConfirmationCode.self, letter, for: subject, item: item, matter: number, about: token)
            : try await prepare(TelephoneCode.self, letter, for: subject, item: item, matter: number, about: token)
    }

    func refusalOfCode(through field: String) -> Refused? {
        vault.refusal(ofAnyOf: [field == "email address" ? ConfirmationCode.self : TelephoneCode.self])
    }

    /// What they are reached by, which they proved, and the number of who has an address: each where it is known for a while.
    private func channels(of subject: Subject) throws(NotDone) -> [String] {
        let reached = try attempt { () throws(Refusal) in try reachedBy(subject) }.field, other = "telephone number"
        var channels: [String] = []
        // They come in by an address for their work, which is no customer's.
        if try attempt({ () throws(Refusal) in try isOfStaff(subject) }) { return channels }
        if try isKnown(reached, of: subject) { channels.append(reached) }
        if reached != other, outbound.reachesTelephones, try isKnown(other, of: subject) { channels.append(other) }
        return channels
    }

    /// What they came by in the first place is; what took its place isn't as long as that may come back: whoever moved it may be anybody.
    func isKnown(_ field: String, of subject: Subject) throws(NotDone) -> Bool {
        guard try attempt({ () throws(Refusal) in try reachedBy(subject).field == field }) else {
            return try attempt { () throws(Refusal) in
                try vault.held(field, of: subject).map { $0 <= clock.now() - Self.knownFor } ?? false
            }
        }
        return try objectionsEnd(of: subject) == nil
    }

    private func callerCode(
        in number: Int64, of subject: Subject, by member: StaffMember
    ) throws(NotDone) -> (field: String, made: Instant)? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first(
                    """
                    SELECT field, made FROM caller_code WHERE number = \(number) AND role = \(member.role) AND staff = \(member.number)
                        AND subject = \(subject)
                    """
                ) { ($0.text(0), $0.instant(1)) }
            }
        }
    }

    func openNumber(_ found: CaseRow, _ member: StaffMember) throws(Refusal) -> String? {
        let again = try vault.again(
            CallerTelephone.self, of: found.subject, by: member.actor, on: found.basis, within: Self.sameUse)
        guard let again else { return nil }
        return try vault.read(again).value.shown
    }

    /// Nobody who calls is taken for this person any more, and nothing is done that was asked for so.
    static func forgetVerified(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("DELETE FROM caller_code WHERE subject = \(subject)")
        try rows.run("DELETE FROM verified_caller WHERE subject = \(subject)")
        try rows.run("DELETE FROM call_back WHERE subject = \(subject)")
        // What was asked for as them may not have been their wish.
        try rows.run("DELETE FROM change_asked WHERE subject = \(subject)")
    }

    func sweepVerified(at now: Instant) async throws(Refusal) {
        let yesterday = now - .seconds(86_400)
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM caller_code WHERE made < \(yesterday)")
            try rows.run("DELETE FROM verified_caller WHERE at < \(yesterday)")
            try rows.run("DELETE FROM call_back WHERE due IS NULL AND asked < \(yesterday) OR due < \(now - Self.callBackCounts)")
            try rows.run("DELETE FROM change_asked WHERE at < \(now - .seconds(30 * 86_400))")
            return
        }
    }
}
