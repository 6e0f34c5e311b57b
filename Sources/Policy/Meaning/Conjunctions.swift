// Conditions as alternatives: what must be true and what false, for each way in which a rule can apply.

enum Conjunctions {
    static let limit = 256

    /// Those of `on`, each with the opposite of one literal of every conjunction of `unless`, and with `always` at its
    /// end; what contradicts itself is left out. Nil where there are more than the limit.
    static func of(_ when: When, always: [Literal] = []) -> Formula? {
        var all = tidy(when.on ?? [[]])
        if all.count > limit { return nil }
        for lifted in when.unless ?? [] {
            var next: Formula = []
            for conjunction in all {
                for literal in lifted {
                    guard let joined = join(conjunction, Literal(condition: literal.condition, mustHold: !literal.mustHold)) else {
                        continue
                    }
                    next.append(joined)
                }
                if next.count > 16 * limit { return nil }
            }
            all = next
        }
        if always.isEmpty { return all.count > limit ? nil : all }
        all = all.compactMap { conjunction in always.reduce(conjunction) { joined, literal in joined.flatMap { join($0, literal) } } }
        return all.count > limit ? nil : all
    }

    /// Few enough without a look at what contradicts itself.
    private static func isSmall(_ when: When) -> Bool {
        var count = when.on?.count ?? 1
        for lifted in when.unless ?? [] where count <= limit { count *= lifted.count }
        return count <= limit
    }

    /// Each literal once, without conjunctions that contradict themselves.
    static func tidy(_ formula: Formula) -> Formula {
        if formula.allSatisfy(isTidy) { return formula }
        return formula.compactMap { $0.reduce([] as [Literal]?) { joined, literal in joined.flatMap { join($0, literal) } } }
    }

    private static func isTidy(_ conjunction: [Literal]) -> Bool {
        for (index, literal) in conjunction.enumerated().dropFirst() {
            for before in conjunction[..<index] where before.condition == literal.condition { return false }
        }
        return true
    }

    private static func join(_ conjunction: [Literal], _ literal: Literal) -> [Literal]? {
        if let same = conjunction.first(where: { $0.condition == literal.condition }) {
            return same.mustHold == literal.mustHold ? conjunction : nil
        }
        return conjunction + [literal]
    }

    /// So few literals can't make more cases than the limit, however they are joined: five times three of them make 243.
    static let alwaysFit = 15

    /// Whether the condition of a rule stays within the limit.
    static func fit(_ body: RuleBody) -> Bool {
        switch body {
        case .collect(_, _, _, let when), .derive(_, _, _, _, let when, _), .use(_, _, _, _, let when), .give(_, _, _, _, _, let when),
            .send(_, _, _, _, _, _, _, _, let when), .aggregate(_, _, _, _, _, _, _, let when):
            return isSmall(when) || of(when) != nil
        case .never(let never): return (never.when.on ?? []).count <= limit && (never.when.unless ?? []).count <= limit
        case .keep(_, .whileTrue(let formula, _), _): return formula.count <= limit
        case .tell(_, _, _, let formula): return (formula ?? []).count <= limit
        case .keep, .change: return true
        }
    }
}
