// What the person decides about their data without using them: an entry in their chain, written with the office's own rows.

import Policy
public import Store

extension Vault {
    /// Enters that the person did this. `alongside` writes what it changes, and says whether it changed anything; so does this.
    /// - Parameters:
    ///   - verb: as the entry says it, `restrict`.
    ///   - things: what it is about.
    ///   - rules: by which it was taken in.
    @discardableResult
    public func record(
        _ verb: String, of own: OwnSession, on things: [String] = ["everything"], by rules: [String] = [], in matter: Int64? = nil,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Bool
    ) async throws(Refusal) -> Bool {
        let keys = try await monthKeys(of: own.subject), house = atThisMoment
        let use = RecordedUse(
            at: clock.now(), verb: verb, who: "the person", things: things, purpose: nil, outcome: "yes", rules: rules,
            version: house.versionText, matter: matter)
        return try await store.write { (rows) throws(Refusal) -> Bool in
            try self.refuseErased(own.subject, in: rows)
            guard try alongside(rows) else { return false }
            _ = try self.ledger.append(use, of: own.subject, staff: nil, under: keys, in: rows)
            return true
        }
    }

    /// The same by somebody of the staff, at the person's word: the policy has to permit each of these uses. An attempt that it refuses is
    /// entered, and thrown once the entry is durable.
    @discardableResult
    public func record(
        _ verb: String, as uses: [any Use.Type], on things: [String], of subject: Subject, by actor: Actor, on basis: Basis,
        alongside: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Bool
    ) async throws(Refusal) -> Bool {
        let house = atThisMoment, keys = try await monthKeys(of: subject), now = clock.now()
        let moment = Moment(subject: subject, actor: actor, basis: basis)
        var asked: [(use: any Use.Type, collected: [[Int64?]])] = []
        for use in uses { asked.append((use, try house.collected(use, of: subject, on: basis))) }
        do throws(Refusal) {
            return try await store.write { [asked] (rows) throws(Refusal) -> Bool in
                try house.refuseErased(subject, in: rows)
                var rules: [String] = []
                for (use, collected) in asked {
                    let judgement = try house.judgement(use, moment, collected, in: rows.snapshot)
                    guard !judgement.waits else { throw .untellable }
                    if let refused = judgement.refused { throw .policy(refused) }
                    rules += judgement.rules.filter { [rules] in !rules.contains($0) }
                }
                guard try alongside(rows) else { return false }
                let use = RecordedUse(
                    at: now, verb: verb, who: actor.shown, things: things, purpose: uses.last?.purpose, outcome: "yes", rules: rules,
                    version: house.versionText, matter: basis.matter)
                _ = try house.ledger.append(use, of: subject, staff: actor.staff, under: keys, in: rows)
                return true
            }
        } catch {
            guard case .policy(let refused) = error else { throw error }
            let tried = uses.first { $0.verb == refused.verb && $0.things.contains(refused.thing) } ?? uses[0]
            throw .policy(try await house.entered(refused, tried.verb, tried.things, of: subject, by: actor, on: basis))
        }
    }

    private func judgement<U: Use>(
        _: U.Type, _ moment: Moment, _ collected: [[Int64?]], in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judge.Judgement {
        try judge.judge(U.self, who: moment.actor.name, moment: moment, collectedEach: collected, in: rows)
    }
}
