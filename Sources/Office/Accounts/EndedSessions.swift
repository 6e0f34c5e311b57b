// Sessions that are over go by themselves, whether or not anybody asks for them: one that is gone doesn't live again when a clock goes back.

import Policy
import Store
import Vault

extension Environment {
    /// Twice a minute. Nothing goes by a clock that stands so far ahead that it is more likely wrong.
    public func endSessions() async throws(NotDone) {
        let now = clock.now()
        try await attempt { () async throws(Refusal) in
            guard try vault.clockAhead() == nil else { return }
            // Which the policy keeps by other terms than before may be out by mistake.
            guard !((try? notForgotten())?.fields.contains("session cookie") ?? true) else { return }
            try await endSessions(at: now)
        }
    }

    func endSessions(at now: Instant) async throws(Refusal) {
        let ended = try store.read { (rows) throws(Refusal) -> [Instant] in
            // The oldest ends first: mostly none is over, however many there are.
            let oldest = try rows.first("SELECT since FROM session ORDER BY since LIMIT 1") { $0.instant(0) }
            guard let oldest, isOver(oldest, at: now) else { return [] }
            return try rows.all("SELECT DISTINCT since FROM session WHERE since < \(now)") { $0.instant(0) }.filter { isOver($0, at: now) }
        }
        let isAnyOver = try store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM session \(Self.atWork(overAt: now))") }
        guard !ended.isEmpty || isAnyOver else { return }
        try await store.write { (rows) throws(Refusal) in
            for since in ended { try rows.run("DELETE FROM session WHERE since = \(since)") }
            try rows.run("DELETE FROM session \(Self.atWork(overAt: now))")
            return
        }
    }

    /// By the policy's term of the cookie, which counts for everybody.
    private func isOver(_ since: Instant, at now: Instant) -> Bool { endOfSession(since, nil) < now }

    /// Those of who works here that nobody uses any more, or that are as old as one may be.
    private static func atWork(overAt now: Instant) -> SQL {
        """
        WHERE subject IN (SELECT subject FROM staff) AND (since < \(now - longestAtWork)
            OR CASE WHEN seen > since THEN seen ELSE since END < \(now - longestIdle))
        """
    }
}
