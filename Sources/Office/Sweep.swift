// What the office forgets by itself: ended sessions and codes; and, in the vault, what no rule keeps.

import Policy
import Store
import Vault

extension Environment {
    /// Each hour. Nothing goes while the policy has errors, or while the clock is so far ahead of the last entry of the log that it
    /// is more likely wrong than right; the reason comes back as a sentence.
    public func forgetWhatHasRunOut() async throws(NotDone) -> String? {
        if !policyDiagnostics.isEmpty {
            return "the policy has errors, so nothing is forgotten by its terms until they are mended"
        }
        let now = clock.now()
        return try await attempt { () async throws(Refusal) in
            if let last = try vault.lastEntry(), now > last + .seconds(60 * 86_400) {
                return
                    "the clock is more than sixty days ahead of the last entry of the log, so nothing is forgotten until somebody signs in"
            }
            try await vault.finishErasures()
            try await vault.finishRewriting()
            try await sweepSessions(at: now)
            try await sweepAddressChanges(at: now)
            try await vault.sweep()
            try await vault.sweepUses()
            try await vault.sweepKeys()
            do throws(StoreFault) { try await store.forgetWork(before: now - .seconds(30 * 86_400)) } catch { throw .store(error) }
            return nil
        }
    }

    private func sweepSessions(at now: Instant) async throws(Refusal) {
        let sessions = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT since FROM session WHERE since < \(now - .seconds(86_400))") { $0.instant(0) }
        }
        let browsers = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT since FROM known_browser WHERE since < \(now - .seconds(86_400))") { $0.instant(0) }
        }
        let forgotten = browsers.filter { !isKnown(since: $0, at: now) }
        let ended = sessions.filter { (vault.end(of: "session cookie", from: Day(of: $0))?.end ?? $0) < now }
        try await store.write { (rows) throws(Refusal) in
            for since in forgotten { try rows.run("DELETE FROM known_browser WHERE since = \(since)") }
            for since in ended { try rows.run("DELETE FROM session WHERE since = \(since)") }
            let yesterday = now - .seconds(86_400)
            try rows.run("DELETE FROM challenge WHERE made < \(yesterday)")
            try rows.run("DELETE FROM alarm WHERE made < \(now - Self.lifeOfAlarm)")
            try rows.run("DELETE FROM code_issued WHERE at < \(yesterday)")
            try rows.run("DELETE FROM code_missed WHERE at < \(yesterday)")
            try rows.run("DELETE FROM factor_missed WHERE at < \(yesterday)")
            return
        }
    }
}
