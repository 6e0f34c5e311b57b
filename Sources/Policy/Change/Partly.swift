// What can be told of two versions whose conditions are too entangled to compare as a whole: each flow and each promise by itself.

extension Comparison {
    /// Whatever may have changed counts as changed: people are asked for all that both versions have. What could be compared is there to
    /// be read, and the rules that couldn't are named.
    static func partly(_ new: Policy, _ old: Policy, wordingOnly: Set<Int>, steps: Int = Limits.flow) -> Difference {
        func fresh() -> Comparison { Comparison(new, old, wordingOnly: wordingOnly, Logic(limit: steps, asMet: true)) }
        var comparison = fresh(), found = Difference(), entangled: Set<[Int]> = []
        /// Once so many steps are spent, what lies behind isn't looked at.
        var left = Limits.flowByFlow
        var mine: Set<Int> = [], theirs: Set<Int> = []
        for flow in comparison.flows {
            let group = comparison.group(of: flow)
            var isDone = false
            // Those before it may have spent the steps: it is tried once more alone.
            for _ in 0..<2 where !isDone && !entangled.contains(group) && left > 0 {
                comparison.compare(flow)
                isDone = comparison.isExact
                if isDone {
                    found.add(comparison.difference)
                } else {
                    left -= comparison.logic.steps
                    comparison = fresh()
                }
                comparison.difference = Difference()
            }
            if isDone { continue }
            if left > 0 { entangled.insert(group) }
            let rules = comparison.rules(of: flow)
            if rules.now.isEmpty { theirs.formUnion(rules.before) } else { mine.formUnion(rules.now) }
        }
        /// Keeps what a part of the comparison finds, if it comes to an end.
        func finishes(_ part: (inout Comparison) -> Void) -> Bool {
            var one = fresh()
            one.difference = found
            part(&one)
            if one.isExact { found = one.difference }
            return one.isExact
        }
        let hasTerms = finishes { $0.compareTerms() }, hasPromises = finishes { $0.comparePromises() }
        for (index, rule) in new.model.document.rules.enumerated() {
            switch rule.body {
            case .keep: if !hasTerms { mine.insert(index) }
            case .never, .tell: if !hasPromises { mine.insert(index) }
            default: break
            }
        }
        var rest = fresh()
        rest.difference = found
        rest.compareParties()
        rest.compareMeaning()
        rest.compareAsking()
        rest.compareBudgets()
        found = rest.difference
        found.isExact = false
        found.uncompared =
            mine.sorted().map(new.model.address) + theirs.sorted().map { "\(old.model.address($0)) (version \(old.version.number))" }
        let fields = new.model.symbols.all.indices.filter { new.model.symbols.kind($0) == .field && comparison.isShared($0) }
        found.demands = Difference.Demands(yes: fields.map(comparison.name), posted: true, material: true)
        return found
    }

    /// What decides about a flow: flows alike in that are as hard to compare.
    private func group(of flow: Flow) -> [Int] {
        func all(_ reasoning: Reasoning, _ flow: Flow?) -> [Int] {
            flow.map { reasoning.reaching($0).permissions + [-1] + reasoning.prohibitions(reaching: $0) } ?? []
        }
        return all(now, isOfNew(flow) ? flow : nil) + [-2] + all(before, former(flow)) + (flow.verb == .delete ? [flow.thing.symbol] : [])
    }

    private func rules(of flow: Flow) -> (now: Set<Int>, before: Set<Int>) {
        func all(_ reasoning: Reasoning, _ flow: Flow?) -> Set<Int> {
            guard let flow else { return [] }
            let expansion = reasoning.policy.model.expansion, reaching = reasoning.reaching(flow)
            return Set(
                reaching.permissions.map { expansion.permissions[$0].rule } + reaching.prohibitions.map { expansion.prohibitions[$0].rule })
        }
        return (all(now, isOfNew(flow) ? flow : nil), all(before, former(flow)))
    }
}

extension Difference {
    /// Of one flow more.
    fileprivate mutating func add(_ other: Difference) {
        widened += other.widened
        narrowed += other.narrowed
        statistics += other.statistics
        acts.begins += other.acts.begins
        acts.ends += other.acts.ends
        acts.anew += other.acts.anew
        acts.recounted += other.acts.recounted
    }
}
