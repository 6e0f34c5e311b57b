// Rules that can never apply, and rules that another one makes superfluous.

extension Policy {
    /// A permission satisfied for no flow and facts, a prohibition, `keep` or `tell` whose condition can't hold.
    func checkApplies(_ reasoning: Reasoning, _ report: inout Report) {
        var applies = [Bool](repeating: true, count: model.document.rules.count)
        for permission in model.expansion.permissions { applies[permission.rule] = false }
        for (index, permission) in model.expansion.permissions.enumerated() where !applies[permission.rule] {
            let truth = reasoning.truth(of: index)
            guard truth != Logic.never else { continue }
            permission.reach.forEachFlow { flow in
                let forbidden = reasoning.forbidden(reasoning.reaching(flow).prohibitions)
                applies[permission.rule] = reasoning.logic.butNot(truth, forbidden) != Logic.never
                return !applies[permission.rule]
            }
        }
        let prohibitions = Dictionary(grouping: model.expansion.prohibitions, by: \.rule)
        for (index, rule) in model.document.rules.enumerated() {
            switch rule.body {
            case .never(let never):
                let on = never.when.on ?? [[]], unless = never.when.unless ?? []
                if let all = prohibitions[index] {
                    applies[index] = all.contains { reasoning.truth($0) != Logic.never }
                } else {
                    applies[index] = reasoning.logic.butNot(reasoning.truth(on, nil), reasoning.truth(unless, nil)) != Logic.never
                }
            case .keep(_, .whileTrue(let formula, _), _): applies[index] = reasoning.truth(formula, .read) != Logic.never
            case .tell(_, _, _, let formula): applies[index] = formula.map { reasoning.truth($0, .read) != Logic.never } ?? true
            default: break
            }
            guard !applies[index] else { continue }
            report.error(
                "rule-never-applies", rule.place, "This rule never applies: its condition can't be true, or a “never” takes all of it.",
                "Mend its condition, or take it out.")
        }
    }

    /// One other rule permits the same or more, under conditions that this one's imply.
    func checkCovered(_ reasoning: Reasoning, _ report: inout Report) {
        let permissions = model.expansion.permissions
        let byRule = Dictionary(grouping: permissions.indices) { permissions[$0].rule }
        for (rule, mine) in byRule.sorted(by: { $0.key < $1.key }) {
            var candidates: Set<Int>?
            for index in mine {
                let found = Set(covering(index, reasoning).map { permissions[$0].rule })
                candidates = candidates?.intersection(found) ?? found
                if candidates!.isEmpty { break }
            }
            let covering = (candidates ?? []).filter { other in
                guard other != rule else { return false }
                if other < rule { return true }
                // Of equals the later one is superfluous.
                return !byRule[other]!.allSatisfy { theirs in self.covering(theirs, reasoning).contains { permissions[$0].rule == rule } }
            }
            guard let other = covering.min() else { continue }
            report.warn(
                "rule-covered", model.document.rules[rule].place, "\(model.address(other)) permits all that this rule permits.",
                "Take this rule out, unless it is here for people to read.")
        }
    }

    /// The permissions of the same flows or more, on conditions that this one's imply.
    private func covering(_ index: Int, _ reasoning: Reasoning) -> [Int] {
        let mine = model.expansion.permissions[index], truth = reasoning.truth(of: index)
        guard truth != Logic.never else { return [] }
        var first: Flow?
        mine.reach.forEachFlow { flow in
            first = flow
            return false
        }
        guard let first else { return [] }
        return reasoning.reaching(first).permissions.filter { other in
            let theirs = model.expansion.permissions[other]
            return theirs.rule != mine.rule && mine.reach.isSubset(of: theirs.reach)
                && Set(mine.along).isSubset(of: theirs.along) && (mine.statistic.map { theirs.statistic!.isAsWide(as: $0) } ?? true)
                && reasoning.logic.implies(truth, reasoning.truth(of: other))
        }
    }
}

extension Statistic {
    /// No more people, no smaller budget, no longer a period.
    func isAsWide(as other: Statistic) -> Bool { people <= other.people && budget >= other.budget && days <= other.days }
}
