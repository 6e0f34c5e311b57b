// What the office forgets by itself: ended sessions and codes; and, in the vault, what no rule keeps.

import Policy
import Store
import Vault

extension Environment {
    /// So long a house of development, where nothing is published with a waiting time, keeps what its policy keeps by other terms than
    /// before: a line may be out by mistake.
    public static let secondThought = Swift.Duration.seconds(86_400)

    /// What isn't forgotten at this moment although no rule may keep it.
    public func notForgotten() throws(NotDone) -> NotForgotten {
        guard settings.isDevelopment else { return NotForgotten(lost: [], changed: [:]) }
        let changed = try attempt { () throws(Refusal) in try vault.fieldsOfOtherTerms(within: Self.secondThought) }
        return NotForgotten(lost: policyDiagnostics.isEmpty ? [] : vault.fieldsOfOtherTerms, changed: changed)
    }

    /// Until when a field stays in any case; nil: as the policy says.
    public func end(of field: String, in notForgotten: NotForgotten) -> NotForgotten.End? { notForgotten.end(of: field, at: clock.now()) }

    /// Each hour. Nothing goes while the clock is so far ahead of what is known that it is more likely wrong than right; and nothing whose
    /// terms may be others by mistake. What fails keeps nothing else from going. The reasons come back as a sentence.
    public func forgetWhatHasRunOut() async throws(NotDone) -> String? {
        let now = clock.now(), notForgotten = try self.notForgotten(), spared = notForgotten.fields
        var letting = LettingGo()
        // What was promised already doesn't ask what day it is.
        await letting.go { () async throws(Refusal) in try await vault.finishErasures() }
        await letting.go { () async throws(Refusal) in try await vault.finishRewriting() }
        if let doubt = try attempt({ () throws(Refusal) in try vault.clockAhead() }) { return letting.sentence(and: doubt.sentence) }
        await letting.go { () async throws(Refusal) in try await sweepSessions(at: now, sparing: spared) }
        await letting.go { () async throws(Refusal) in try await sweepTries(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepAddressChanges(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepInvitations(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepFormerStaff() }
        await letting.go { () async throws(Refusal) in try await sweepWaysBack(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepVerified(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepCallers() }
        await letting.go { () async throws(Refusal) in try await sweepNameQuestions(at: now) }
        await letting.go { () async throws(Refusal) in try await sweepParted() }
        await letting.go { () async throws(Refusal) in try await sweepSearchIndex() }
        await letting.go { () async throws(Refusal) in try await vault.lapseHolds(proposedBefore: now - OpenMatter.patience) }
        await letting.go { () async throws(Refusal) in try await deleteAsAsked(at: now) }
        await letting.go { () async throws(Refusal) in try await deleteAsRemembered(at: now) }
        await letting.go { () async throws(Refusal) in try await vault.sweep(sparing: spared) }
        await letting.go { () async throws(Refusal) in try await vault.keepFirsts() }
        if !spared.contains("record of uses") { await letting.go { () async throws(Refusal) in try await vault.sweepUses() } }
        await letting.go { () async throws(Refusal) in try await vault.sweepKeys() }
        await letting.go { () async throws(Refusal) in
            do throws(StoreFault) { try await store.forgetWork(before: now - .seconds(30 * 86_400)) } catch { throw .store(error) }
        }
        return letting.sentence(and: notForgotten.sentence)
    }

    private func sweepSessions(at now: Instant, sparing spared: Set<String>) async throws(Refusal) {
        let browsers = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT since FROM known_browser WHERE since < \(now - .seconds(86_400))") { $0.instant(0) }
        }
        let forgotten = spared.contains("browser mark") ? [] : browsers.filter { !isKnown(since: $0, at: now) }
        if !spared.contains("session cookie") { try await endSessions(at: now) }
        try await store.write { (rows) throws(Refusal) in
            for since in forgotten { try rows.run("DELETE FROM known_browser WHERE since = \(since)") }
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

/// One step after the other, each whatever became of those before it.
private struct LettingGo {
    private var faults: [String] = []

    mutating func go(_ step: () async throws(Refusal) -> Void) async {
        do throws(Refusal) { try await step() } catch {
            let fault =
                switch error {
                case .damaged(let what): "\(what) is damaged, or its key"
                default: error.sentence
                }
            if !faults.contains(fault) { faults.append(fault) }
        }
    }

    /// For the operator, together with another reason.
    func sentence(and reason: String?) -> String? {
        guard !faults.isEmpty else { return reason }
        let told = """
            not everything that has run out could be forgotten (\(faults.joined(separator: "; "))); the rest was. It is tried again each hour, \
            and `voffice admin doctor` names what is damaged
            """
        return reason.map { "\(told); \($0)" } ?? told
    }
}
