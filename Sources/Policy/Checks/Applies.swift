// Rules that can never apply, and rules that another one makes superfluous.

extension Policy {
    /// A permission satisfied for no flow and facts, a prohibition, `keep` or `tell` whose condition can't hold.
    /// Gives the first rule that is too entangled to tell, if there is one.
    func checkApplies(_ reasoning: Reasoning, _ report: inout Report) -> RuleNode? {
        var applies = [Bool](repeating: true, count: model.document.rules.count), unknown: Int?
        func examine(_ found: Bool?, _ rule: Int) -> Bool {
            if found == nil, unknown == nil { unknown = rule }
            return found ?? true
        }
        for permission in model.expansion.permissions { applies[permission.rule] = false }
        for (index, permission) in model.expansion.permissions.enumerated() where !applies[permission.rule] {
            permission.reach.forEachFlow { flow in
                applies[permission.rule] = examine(reasoning.applies(index, to: flow), permission.rule)
                return !applies[permission.rule]
            }
        }
        let prohibitions = Dictionary(grouping: model.expansion.prohibitions, by: \.rule)
        for (index, rule) in model.document.rules.enumerated() {
            switch rule.body {
            case .never(let never):
                let on = never.when.on ?? [[]], unless = never.when.unless ?? []
                if let all = prohibitions[index] {
                    applies[index] = all.contains {
                        examine(reasoning.canHold($0.on, unless: $0.unless ?? [], $0.reach.verb), index)
                    }
                } else {
                    applies[index] = examine(reasoning.canHold(on, unless: unless, nil), index)
                }
            case .keep(_, .whileTrue(let formula, _), _):
                applies[index] = examine(reasoning.canHold(formula, unless: [], .read), index)
            case .tell(_, _, _, let formula?): applies[index] = examine(reasoning.canHold(formula, unless: [], .read), index)
            default: break
            }
            guard !applies[index] else { continue }
            let (cause, instead) = hindrance(of: index)
            report.error("rule-never-applies", rule.place, "This rule never applies: \(cause).", instead)
        }
        return unknown.map { model.document.rules[$0] }
    }

    /// Why a rule never applies: its own condition, or which `never` rules take all that it permits.
    private func hindrance(of rule: Int) -> (cause: String, instead: String) {
        let reasoning = Reasoning(self, Logic(limit: Limits.flow)), permissions = model.expansion.permissions
        let mine = permissions.indices.filter { permissions[$0].rule == rule }
        let possible = mine.filter { reasoning.canHold(permissions[$0].when, unless: [], permissions[$0].reach.verb) != false }
        if possible.isEmpty { return ("its condition can't be true", "Mend its condition, or take it out.") }
        var stopping: [Int] = []
        for permission in possible {
            permissions[permission].reach.forEachFlow { flow in
                let stops = reasoning.prohibitions(reaching: flow), truth = reasoning.truth(of: permission)
                let alone = stops.first { reasoning.logic.butNot(truth, reasoning.forbidden([$0])) == Logic.never }
                for each in (alone.map { [$0] } ?? stops).map({ model.expansion.prohibitions[$0].rule }) where !stopping.contains(each) {
                    stopping.append(each)
                }
                return stopping.count < 4 && !reasoning.logic.isExhausted
            }
        }
        if stopping.isEmpty || stopping.count > 3 || reasoning.logic.isExhausted {
            return ("“never” rules take all of it", "Say in those what they leave, or take this rule out.")
        }
        let nevers = stopping.sorted().map { "“never” \(model.address($0))" }.joined(separator: " and ")
        return (
            "\(nevers) take\(stopping.count == 1 ? "s" : "") all of it",
            "Say there what it leaves, with “unless” or “except”, or take this rule out."
        )
    }

    /// One other rule permits the same or more, under conditions that this one's imply: the first of them is named.
    func checkCovered(_ reasoning: Reasoning, _ report: inout Report) {
        let byRule = Dictionary(grouping: model.expansion.permissions.indices) { model.expansion.permissions[$0].rule }
        var covering = Covering(model: model, reasoning: reasoning, byRule: byRule)
        for rule in byRule.keys.sorted() {
            guard let other = covering.first(of: rule) else { continue }
            report.warn(
                "rule-covered", model.document.rules[rule].place, "\(model.address(other)) permits all that this rule permits.",
                "Take this rule out, unless it is here for people to read.")
        }
    }
}

/// Compares rules that speak of the same flows, as long as there aren't too many pairs of them.
private struct Covering {
    let model: Model
    let reasoning: Reasoning
    /// The permissions of each rule.
    let byRule: [Int: [Int]]
    private var pairs = 0

    init(model: Model, reasoning: Reasoning, byRule: [Int: [Int]]) {
        (self.model, self.reasoning, self.byRule) = (model, reasoning, byRule)
    }

    /// The first rule that makes this one superfluous; of equals the later one is.
    mutating func first(of rule: Int) -> Int? {
        let mine = byRule[rule]!
        guard pairs < Limits.pairs, let flow = model.expansion.permissions[mine[0]].reach.first,
            reasoning.canHold(model.expansion.permissions[mine[0]].when, unless: [], flow.verb) != false
        else { return nil }
        var before = -1, found: Int?, looks = 0
        let left = Limits.pairs - pairs
        reasoning.forEachPermission(reaching: flow) { candidate in
            let other = model.expansion.permissions[candidate].rule
            if other == rule || other == before { return true }
            before = other
            looks += 1
            if covers(other, rule), other < rule || !covers(rule, other) { found = other }
            return found == nil && looks < left
        }
        pairs += looks
        return found
    }

    /// Each permission of the one is within one of the other's.
    private func covers(_ other: Int, _ rule: Int) -> Bool {
        byRule[rule]!.allSatisfy { mine in byRule[other]!.contains { covers(permission: $0, mine) } }
    }

    private func covers(permission other: Int, _ mine: Int) -> Bool {
        let (wider, narrower) = (model.expansion.permissions[other], model.expansion.permissions[mine])
        guard reaches(wider, narrower), !reasoning.isMet(narrower.when, butNot: wider.when, narrower.reach.verb) else { return false }
        let truth = reasoning.truth(of: mine)
        return truth != Logic.never && reasoning.logic.implies(truth, reasoning.truth(of: other))
    }

    private func reaches(_ other: borrowing Permission, _ mine: borrowing Permission) -> Bool {
        mine.reach.isSubset(of: other.reach) && mine.along.allSatisfy(other.along.contains)
            && (mine.statistic.map { other.statistic!.isAsWide(as: $0) } ?? true)
    }
}

extension Statistic {
    /// No more people, no smaller budget, no longer a period.
    func isAsWide(as other: Statistic) -> Bool { people <= other.people && budget >= other.budget && days <= other.days }
}
