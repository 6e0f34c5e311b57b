// What stands behind a verdict: rules, lacks, obligations.

/// A verdict in full, as it is printed and compared.
public struct Outcome: Sendable {
    public enum Why: Sendable, Equatable {
        case needs(Needs)
        case forbidden(by: String, needs: Needs?)
        case noRule
        case keptByLaw(by: String)
        case notKept
    }
    /// Nil: yes.
    public var why: Why?
    /// Addresses of the rules that permit or keep.
    public var rules: [String] = []
    /// Fields that must go along.
    public var along: [String] = []
    /// With the number of the older version where only that demands it.
    public var obligations: [(obligation: Obligation, version: Int?)] = []
    /// Of a question of retention: why it is kept.
    public var reasons: [String]?
    /// The older version that alone says so.
    public var version: Int?
}

extension Policy {
    /// The rules, lacks and obligations behind a verdict, for records and pages.
    public func account(of verdict: Verdict, on flow: Flow, _ facts: Facts) -> Account {
        let outcome = outcome(of: flow, facts)
        switch outcome.why {
        case nil:
            return Account(
                rules: outcome.rules, needs: [], obligations: outcome.obligations.map(\.obligation), along: outcome.along, lacking: nil)
        case .needs(let needs): return Account(rules: [], needs: needs.literals, obligations: [], along: [], lacking: needs)
        case .forbidden(let by, let needs):
            return Account(rules: [by], needs: needs?.literals ?? [], obligations: [], along: [], lacking: needs)
        case .keptByLaw(let by): return Account(rules: [by], needs: [], obligations: [], along: [], lacking: nil)
        case .noRule, .notKept: return Account(rules: [], needs: [], obligations: [], along: [], lacking: nil)
        }
    }

    /// The verdict with all that belongs to it.
    func outcome(of flow: Flow, _ given: Facts) -> Outcome {
        let facts = given.inAggregate(flow.verb == .aggregate)
        let verb = Int(flow.verb.rawValue)
        switch decide(flow, given) {
        case .yes:
            var rules: [String] = [], along: [String] = []
            for index in permissions(reaching: flow) {
                let permission = model.expansion.permissions[index]
                guard permits(permission, flow, facts) else { continue }
                let address = model.address(permission.rule)
                if !rules.contains(address) { rules.append(address) }
                for name in permission.along.map(model.name) where !along.contains(name) { along.append(name) }
            }
            return Outcome(rules: rules, along: along, obligations: obligations(of: flow).map { ($0, nil) })
        case .needs:
            return Outcome(why: .needs(nearestNeeds(flow, facts)))
        case .forbidden(let index):
            let prohibition = model.expansion.prohibitions[model.prohibitions[verb][Int(index)]]
            let needs = prohibition.unless.flatMap { $0.nearest(model, facts) }.map(model.needs)
            return Outcome(why: .forbidden(by: model.address(prohibition.rule), needs: needs))
        case .keptByLaw(let rule): return Outcome(why: .keptByLaw(by: model.address(Int(rule))))
        case .noRule: return Outcome(why: .noRule)
        }
    }

    /// Whoever starts it, in the order of the document.
    private func permissions(reaching flow: Flow) -> [Int] {
        let verb = Int(flow.verb.rawValue), count = table.heads[verb].prohibitions
        var found: [Int] = []
        table.forEach(reaching: flow, byAnyone: true) { entry in
            if entry >= count { found.append(model.permissions[verb][entry - count]) }
            return true
        }
        return found
    }

    private func permits(_ permission: Permission, _ flow: Flow, _ facts: Facts) -> Bool {
        permission.reach.contains(flow) && permission.when.contains { model.lacking($0, facts).isEmpty }
    }

    /// The conjunction that lacks least, a starter counted as one.
    private func nearestNeeds(_ flow: Flow, _ facts: Facts) -> Needs {
        var best: (needs: Needs, count: Int)?
        for index in permissions(reaching: flow) {
            let permission = model.expansion.permissions[index]
            let isFit = permission.reach.starter.contains(flow.starter.symbol)
            for conjunction in permission.when {
                let lacking = model.lacking(conjunction, facts)
                let count = lacking.count + (isFit ? 0 : 1)
                guard count < best?.count ?? .max else { continue }
                var needs = model.needs(lacking)
                if !isFit { needs.by = (permission.reach.starter.list ?? []).map(model.name) }
                best = (needs, count)
            }
        }
        return best?.needs ?? Needs()
    }

    /// What whoever permits the flow owes the person, whatever the facts.
    public func obligations(of flow: Flow) -> [Obligation] {
        model.expansion.tellings.filter { telling in telling.reaches.contains { $0.contains(flow) } }.map { telling in
            Obligation(
                rule: model.address(telling.rule), onceEnds: telling.onceEnds.map { model.text(of: $0) },
                ends: telling.onceEnds.map { $0.map(model.needs) })
        }
    }
}

extension Needs {
    /// As a lawyer would list them: `an open case`, `not refused`, `by customer service`.
    public var literals: [String] {
        self.set + clear.map { "not " + $0 } + (by.isEmpty ? [] : ["by " + by.joined(separator: " or ")])
    }
}

extension Model {
    func text(of formula: Formula) -> String {
        formula.map { $0.map { ($0.mustHold ? "" : "not ") + name($0.condition) }.joined(separator: " and ") }.joined(separator: " or ")
    }
}
