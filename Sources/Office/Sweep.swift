// What the office forgets by itself: ended sessions and codes; and, in the vault, what no rule keeps.

import Policy
import Store
import Vault

extension Environment {
    /// What isn't forgotten while the policy has errors: it has other terms than it had.
    public var fieldsNotForgotten: Set<String> { policyDiagnostics.isEmpty ? [] : vault.fieldsOfOtherTerms }

    /// Each hour. Nothing goes while the clock is so far ahead of the last entry of the log that it is more likely wrong than right; and
    /// while the policy has errors, nothing whose terms are others than they were. The reason comes back as a sentence.
    public func forgetWhatHasRunOut() async throws(NotDone) -> String? {
        let now = clock.now(), spared = fieldsNotForgotten
        return try await attempt { () async throws(Refusal) in
            if let last = try vault.lastEntry(), now > last + .seconds(60 * 86_400) {
                return
                    "the clock is more than sixty days ahead of the last entry of the log, so nothing is forgotten until somebody signs in"
            }
            try await vault.finishErasures()
            try await vault.finishRewriting()
            try await sweepSessions(at: now, sparing: spared)
            try await sweepAddressChanges(at: now)
            try await sweepInvitations(at: now)
            try await vault.lapseHolds(proposedBefore: now - OpenMatter.patience)
            try await deleteAsAsked(at: now)
            try await vault.sweep(sparing: spared)
            if !spared.contains("record of uses") { try await vault.sweepUses() }
            try await vault.sweepKeys()
            do throws(StoreFault) { try await store.forgetWork(before: now - .seconds(30 * 86_400)) } catch { throw .store(error) }
            guard !spared.isEmpty else { return nil }
            return
                "the policy has errors and other terms than it had for \(spared.sorted().joined(separator: ", ")), so these aren't forgotten "
                + "until the errors are mended"
        }
    }

    private func sweepSessions(at now: Instant, sparing spared: Set<String>) async throws(Refusal) {
        let sessions = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT since FROM session WHERE since < \(now - .seconds(86_400))") { $0.instant(0) }
        }
        let browsers = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT since FROM known_browser WHERE since < \(now - .seconds(86_400))") { $0.instant(0) }
        }
        let forgotten = spared.contains("browser mark") ? [] : browsers.filter { !isKnown(since: $0, at: now) }
        let ended =
            spared.contains("session cookie")
            ? [] : sessions.filter { (vault.end(of: "session cookie", from: Day(of: $0))?.end ?? $0) < now }
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
