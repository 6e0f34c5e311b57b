// Facts on which a rule applies, looked for among few before anything is reasoned out: nearly every rule has some, and then no two
// conditions need to be compared.

extension Reasoning {
    /// Whether a permission lets a flow through on some facts, every `never` heeded; nil: the conditions are too entangled to tell.
    func applies(_ permission: Int, to flow: Flow) -> Bool? {
        let stops = prohibitions(reaching: flow), each = policy.model.expansion.permissions[permission], key = [permission, -1] + stops
        if let known = applying[key] { return known }
        var applies: Bool? = true
        if !isMet(each.when, flow.verb, outside: stops.map { policy.model.expansion.prohibitions[$0] }.map { ($0.on, $0.unless) }) {
            let truth = logic.butNot(truth(of: permission), forbidden(stops))
            applies = logic.isExhausted ? nil : truth != Logic.never
        }
        applying[key] = applies
        return applies
    }

    /// Whether a condition can hold; nil: it is too entangled to tell.
    func canHold(_ on: Formula, unless: Formula, _ verb: Verb?) -> Bool? {
        if isMet(on, verb, outside: [(unless, nil)]) { return true }
        let truth = logic.butNot(truth(on, verb), truth(unless, verb))
        return logic.isExhausted ? nil : truth != Logic.never
    }

    /// Whether some facts permit the flow, prohibitions and laws heeded, or it is too entangled to tell that none do.
    func mayPermit(_ flow: Flow) -> Bool {
        var isMet = false
        if flow.verb != .delete || lawful(flow.thing.symbol) == Logic.never {
            forEachPermission(reaching: flow) { permission in
                isMet = applies(permission, to: flow) == true
                return !isMet
            }
        }
        return isMet || permitted(flow) != Logic.never || logic.isExhausted
    }

    /// Whether there are facts of which the one holds without the other; false: none were found.
    func isMet(_ formula: Formula, butNot other: Formula, _ verb: Verb) -> Bool { isMet(formula, verb, outside: [(other, nil)]) }

    /// No law keeps the field, whatever the facts.
    func isFree(_ field: Int) -> Bool {
        (policy.model.keepings[field] ?? []).allSatisfy { !policy.model.expansion.keepings[$0].isLaw }
    }

    /// Alternatives as they are written, those left out that can't be; `in aggregate` is settled by the verb.
    func written(_ formula: Formula, _ verb: Verb) -> Alternatives.Conjunctions {
        var seen: Set<[Literal]> = []
        return Conjunctions.tidy(formula).filter { seen.insert($0).inserted }.compactMap { conjunction in
            let settled = policy.model.symbols.conditions[Symbols.inAggregate]
            if conjunction.contains(where: { $0.condition == settled && $0.mustHold != (verb == .aggregate) }) { return nil }
            return conjunction.filter { $0.condition != settled }.map { (bit(of: $0.condition), $0.mustHold) }
        }
    }

    /// Facts of each alternative, with all others false, and with all others true.
    private func isMet(_ formula: Formula, _ verb: Verb?, outside stops: [(on: Formula, unless: Formula?)]) -> Bool {
        for alternative in formula.prefix(64) {
            for others in [false, true] where looks < Limits.looks {
                var facts: [Int: Bool] = verb.map { [policy.model.symbols.conditions[Symbols.inAggregate]: $0 == .aggregate] } ?? [:]
                func holds(_ conjunction: [Literal]) -> Bool {
                    looks += conjunction.count
                    return conjunction.allSatisfy { facts[$0.condition, default: others] == $0.mustHold }
                }
                for literal in alternative where facts[literal.condition] == nil { facts[literal.condition] = literal.mustHold }
                let isStopped = stops.contains { stop in
                    stop.on.contains(where: holds) && !(stop.unless?.contains(where: holds) ?? false)
                }
                if holds(alternative), !isStopped { return true }
            }
        }
        return false
    }
}
