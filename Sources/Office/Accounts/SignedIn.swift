// Who is signed in, by the cookie that a browser brings, and until when.

import Crypto
import Policy
import Store
import Vault

extension Environment {
    /// nil: no such session, or ended, or no rule lets the site know anybody by the cookie.
    public func session(_ token: Token) throws(NotDone) -> Session? {
        let now = clock.now()
        return try attempt { () throws(Refusal) in
            guard let row = try store.read({ (rows) throws(Refusal) in try self.sessionRow(token, at: now, in: rows) }) else { return nil }
            noteVisit(token, row.seen, every: row.staff == nil ? .seconds(3_600) : .seconds(120), at: now)
            do throws(Refusal) {
                return Session(
                    subject: row.subject, token: token, since: row.since, staff: row.staff, isStrong: row.isStrong,
                    own: try vault.resume(row.subject, entry: row.entry), wayBack: row.wayBack)
            } catch {
                if case .gone = error { return nil }
                throw error
            }
        }
    }

    /// - Parameter browser: what knows the browser again, which it shall no more.
    public func signOut(_ session: Session, forgetting browser: Token? = nil) async throws(NotDone) {
        defer { kept.forget(session.subject) }
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM session WHERE id = \(session.token.hash)")
                if let browser { try Self.forget(browser, of: session.subject, in: rows) }
            }
        }
    }
}

extension Environment {
    private struct SessionRow: Sendable {
        let subject: Subject, since: Instant, entry: Int64, seen: Instant, isStrong: Bool, word: [UInt8]?
        var staff: StaffMember?
        /// Their row of the staff as its word is about it, and the word.
        let employed: (text: String, word: [UInt8]?)?
        var wayBack: AskedWayBack?
    }

    private func sessionRow(_ token: Token, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> SessionRow? {
        let found = try rows.first(
            """
            SELECT s.subject, s.since, s.entry, t.role, t.number, s.seen, s.strong, \(Self.staffText), t.word, s.word FROM session s
                LEFT JOIN staff t ON t.subject = s.subject WHERE s.id = \(token.hash)
            """
        ) { row -> SessionRow in
            let subject = Subject(id: row.identity(0))
            return SessionRow(
                subject: subject, since: row.instant(1), entry: row.integer(2), seen: row.instant(5), isStrong: row.bool(6),
                word: row.blobOrNil(9),
                staff: row.textOrNil(3).map { StaffMember(subject: subject, role: $0, number: row.integer(4)) },
                employed: row.textOrNil(7).map { ($0, row.blobOrNil(8)) })
        }
        guard var found, found.word == wordOfSession(token, found.subject, found.since, found.entry, isStrong: found.isStrong) else {
            return nil
        }
        found.wayBack = try AskedWayBack.find(found.subject, at: now, in: rows)
        if let (text, word) = found.employed, try !vault.isOurs(text, word, of: Self.staffRows) { found.staff = nil }
        guard now <= endOfSession(found.since, found.staff), !isIdle(found.staff, found.since, found.seen, at: now) else {
            forget(token, seen: found.seen)
            return nil
        }
        do throws(Refusal) { try vault.permit(ReadSessionCookie.self, of: found.subject, in: rows) } catch {
            if case .policy = error { return nil }
            throw error
        }
        return found
    }

    /// By which a session's row is one that this house wrote: a row that somebody else put there, or made another's, lets nobody in.
    func wordOfSession(_ token: Token, _ subject: Subject, _ since: Instant, _ entry: Int64, isStrong: Bool) -> [UInt8] {
        vault.word(on: "\(Hex.encode(token.hash))|\(subject.id)|\(since.microseconds)|\(entry)|\(isStrong)", as: "session")
    }

    /// Two factors brought it in.
    func strengthen(_ session: Session, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let word = wordOfSession(session.token, session.subject, session.since, session.own.entry, isStrong: true)
        try rows.run("UPDATE session SET strong = 1, word = \(word) WHERE id = \(session.token.hash)")
    }

    /// One that is over stays over, also when the clock goes back; after the answer.
    private func forget(_ token: Token, seen: Instant) {
        let store = store
        Task.detached {
            try? await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM session WHERE id = \(token.hash) AND seen = \(seen)")
                return
            }
        }
    }

    /// At work a session ends half an hour after its last visit, which is written down every two minutes.
    func isIdle(_ staff: StaffMember?, _ since: Instant, _ seen: Instant, at now: Instant) -> Bool {
        staff != nil && now > max(since, seen) + Self.longestIdle
    }

    static let longestIdle = Swift.Duration.seconds(1_800), longestAtWork = Swift.Duration.seconds(8 * 3_600)

    /// A customer's session ends when the policy's term of the cookie does; one at work after eight hours.
    func endOfSession(_ since: Instant, _ staff: StaffMember?) -> Instant {
        let end = vault.end(of: "session cookie", from: Day(of: since))?.end ?? since
        return staff == nil ? end : min(end, since + Self.longestAtWork)
    }
}
