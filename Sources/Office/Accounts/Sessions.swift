// Where somebody is signed in: begun, seen, listed, ended; and word of a browser that wasn't known.

import Crypto
import Outbound
import Policy
public import Store
import Vault

/// One of a person's sessions. Nothing of the browser or its network is kept.
public struct OpenSession: Sendable, Hashable {
    /// Its entry in the person's chain of uses, which tells nothing that opens it.
    public let number: Int64
    public let since: Instant
    /// When it was last used, at most an hour off.
    public let seen: Instant
    public let isThisOne: Bool
    /// Used within the last two hours.
    public let isRecent: Bool
}

/// What a notice that was sent tells of.
public enum Alarm: Sendable {
    /// Somebody came in, or changed how one comes in.
    case signIn
    /// Somebody asks to come in without the second factor.
    case wayBack
    /// Customer service called a number of theirs, for somebody who wants something changed.
    case callBack
}

extension Environment {
    /// The newest first.
    public func sessions(of session: Session) throws(NotDone) -> [OpenSession] {
        let now = clock.now()
        let all = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all(
                    "SELECT entry, since, seen, id FROM session WHERE subject = \(session.subject) ORDER BY since DESC, entry DESC"
                ) { row in
                    let seen = max(row.instant(1), row.instant(2))
                    return OpenSession(
                        number: row.integer(0), since: row.instant(1), seen: seen, isThisOne: row.blob(3) == session.token.hash,
                        isRecent: now < seen + .seconds(7_200))
                }
            }
        }
        return all.filter { now <= endOfSession($0.since, session.staff) && !isIdle(session.staff, $0.since, $0.seen, at: now) }
    }

    /// Ends one of the person's sessions; one that is over already needs no ending.
    /// false: there was none, or it was over already.
    @discardableResult
    public func endSession(_ number: Int64, of session: Session) async throws(NotDone) -> Bool {
        defer { kept.forget(session.subject) }
        return try await change { (rows) throws(Refusal) in
            try rows.run("DELETE FROM session WHERE subject = \(session.subject) AND entry = \(number)") > 0
        }
    }

    /// Ends all of the person's sessions but this one.
    public func endOtherSessions(of session: Session) async throws(NotDone) {
        defer { kept.forget(session.subject) }
        try await change { (rows) throws(Refusal) in
            try rows.run("DELETE FROM session WHERE subject = \(session.subject) AND id <> \(session.token.hash)")
        }
    }

    /// What the link of a notice is about, while it is good.
    public func alarm(_ token: Token) throws(NotDone) -> Alarm? {
        let then = clock.now() - Self.lifeOfAlarm
        return try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                if try rows.exists("SELECT 1 FROM alarm WHERE id = \(token.hash) AND made > \(then)") { return .signIn }
                if try rows.exists("SELECT 1 FROM way_back WHERE alarm = \(token.hash)") { return .wayBack }
                return try rows.exists("SELECT 1 FROM call_back WHERE alarm = \(token.hash)") ? .callBack : nil
            }
        }
    }
}

extension Environment {
    /// Ends every session of a person, knows none of their browsers any more, and lets none of the sign-ins through that are under way.
    func turnOut(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let now = clock.now()
        // Before it is done: whoever asks in between sees that the session is still there, or isn't.
        kept.forget(subject)
        try rows.run("DELETE FROM session WHERE subject = \(subject)")
        try rows.run("DELETE FROM known_browser WHERE subject = \(subject)")
        try rows.run("DELETE FROM challenge WHERE subject = \(subject)")
        try rows.run("DELETE FROM way_back WHERE subject = \(subject)")
        try Self.forgetVerified(subject, in: rows)
        try rows.run(
            "INSERT INTO turned_out (subject, at) VALUES (\(subject), \(now)) ON CONFLICT (subject) DO UPDATE SET at = excluded.at")
    }

    /// Begins a session. From a browser that isn't known its person hears of it, unless it is their `first`. `begun`: when they were
    /// asked who they are; everybody may have been turned out since.
    func openSession(
        of subject: Subject, from browser: Token?, begun: Instant, isFirst: Bool = false, isStrong: Bool = false
    ) async throws(NotDone) -> Session {
        let token = Token(from: randomness), mark = browser ?? Token(from: randomness), alarm = Token(from: randomness)
        let now = clock.now()
        if let refused = vault.refusal(ofAnyOf: [ReadSessionCookie.self]) { throw .refused(.policy(refused)) }
        let posted = try await attempt { () async throws(Refusal) in
            let own = try await vault.openSession(of: subject)
            let notice = isFirst ? nil : try await notice(.signInNotice(alarm: alarm, self), to: subject, alarm: alarm)
            let vault = vault, word = wordOfSession(token, subject, now, own.entry, isStrong: isStrong)
            return try await store.write { (rows) throws(Refusal) -> Posted? in
                try vault.permit(SetSessionCookie.self, of: subject, in: rows.snapshot)
                guard try !rows.exists("SELECT 1 FROM turned_out WHERE subject = \(subject) AND at > \(begun)"),
                    try !rows.exists("SELECT 1 FROM former_staff WHERE subject = \(subject)")
                else { return nil }
                try rows.run(
                    """
                    INSERT INTO session (id, subject, since, entry, seen, strong, word)
                        VALUES (\(token.hash), \(subject), \(now), \(own.entry), \(now), \(isStrong ? 1 as Int64 : 0), \(word))
                    """)
                try rows.run("UPDATE staff SET came = \(now) WHERE subject = \(subject) AND came IS NULL")
                // Whoever has the second factor hasn't lost it.
                if isStrong { try rows.run("DELETE FROM way_back WHERE subject = \(subject)") }
                if try self.recognise(mark, of: subject, at: now, in: rows) { return nil }
                guard let notice else { return nil }
                try rows.run("INSERT INTO alarm (id, subject, made, begun) VALUES (\(alarm.hash), \(subject), \(now), \(now))")
                try notice.enqueue(at: now, in: rows)
                return notice
            }
        }
        await dispatch(posted)
        guard var session = try session(token) else { throw .notFound }
        // No cookie where no rule lets us set it, or know anybody by it.
        session.browser = vault.refusal(ofAnyOf: [SetBrowserMark.self, ReadBrowserMark.self]) == nil ? mark : nil
        return session
    }

    /// Whether a mark set then is still good.
    func isKnown(since: Instant, at now: Instant) -> Bool {
        vault.end(of: "browser mark", from: Day(of: since)).map { now <= $0.end } ?? false
    }

    /// The session was used at this moment: written down so often and no more, after the answer.
    func noteVisit(_ token: Token, _ seen: Instant, every pause: Swift.Duration, at now: Instant) {
        guard now >= seen + pause else { return }
        let store = store
        Task.detached {
            try? await store.write { (rows) throws(Refusal) in
                try rows.run("UPDATE session SET seen = \(now) WHERE id = \(token.hash) AND seen < \(now)")
                return
            }
        }
    }

    /// Whether the browser was signed in to the account before. Without the rule for its mark none ever is.
    func knows(_ browser: Token?, of subject: Subject, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        guard let browser else { return false }
        do throws(Refusal) { try vault.permit(ReadBrowserMark.self, of: subject, in: rows) } catch {
            guard case .policy = error else { throw error }
            return false
        }
        let since = try rows.first("SELECT since FROM known_browser WHERE id = \(Self.id(of: browser, subject))") { $0.instant(0) }
        return since.map { isKnown(since: $0, at: now) } ?? false
    }

    /// The same mark in two accounts leaves two rows that nobody can put together.
    private static func id(of mark: Token, _ subject: Subject) -> [UInt8] {
        SHA256.hash(Array("voffice/browser/1|\(subject.id)|\(mark.text)".utf8)).bytes
    }

    /// Knows the browser no more.
    static func forget(_ browser: Token, of subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("DELETE FROM known_browser WHERE id = \(id(of: browser, subject))")
    }

    /// Knows the browser from now on; true where it was known before. Without the rules for the mark none ever is.
    private func recognise(
        _ mark: Token, of subject: Subject, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Bool {
        do throws(Refusal) {
            try vault.permit(SetBrowserMark.self, of: subject, in: rows.snapshot)
            try vault.permit(ReadBrowserMark.self, of: subject, in: rows.snapshot)
        } catch {
            guard case .policy = error else { throw error }
            return false
        }
        let id = Self.id(of: mark, subject)
        let since = try rows.first("SELECT since FROM known_browser WHERE id = \(id)") { $0.instant(0) }
        try rows.run(
            """
            INSERT INTO known_browser (id, subject, since) VALUES (\(id), \(subject), \(now))
                ON CONFLICT (id) DO UPDATE SET since = excluded.since
            """)
        return since.map { isKnown(since: $0, at: now) } ?? false
    }

    /// How the person comes in was changed: they hear of it, and can turn everybody out. `begun`: when whoever did it had come in.
    func tellOfChange(to subject: Subject, begun: Instant) async throws(NotDone) {
        let alarm = Token(from: randomness), now = clock.now()
        let posted = try await attempt { () async throws(Refusal) in
            let notice = try await notice(.changeOfKeys(alarm: alarm, self), to: subject, alarm: alarm)
            try await store.write { (rows) throws(Refusal) in
                try rows.run("INSERT INTO alarm (id, subject, made, begun) VALUES (\(alarm.hash), \(subject), \(now), \(begun))")
                try notice.enqueue(at: now, in: rows)
            }
            return notice
        }
        await dispatch(posted)
    }

    /// Also where no rule lets us send it: the refusal is then in its person's list, which nobody else tells them.
    private func notice(_ letter: Letter, to subject: Subject, alarm: Token) async throws(Refusal) -> Posted {
        let isStaff = try store.read { (rows) throws(Refusal) in try self.isStaff(subject, in: rows) }
        return isStaff
            ? try await prepare(StaffSignInNotice.self, letter, for: subject, about: alarm, lifetime: .seconds(86_400))
            : try await prepare(SignInNotice.self, letter, for: subject, about: alarm, lifetime: .seconds(86_400))
    }

    @discardableResult
    private func change<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> T
    ) async throws(NotDone) -> T {
        try await attempt { () async throws(Refusal) in try await store.write { (rows) throws(Refusal) in try body(rows) } }
    }
}
