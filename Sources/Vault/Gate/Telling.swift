// When the person may be told of a use: at once, or, where the policy says so, once something has ended.

import Policy
import Store

/// The condition of a `tell ... once CONDITION ends`, as alternatives of literals.
struct Postponement: Sendable {
    let alternatives: [[(condition: Name, holds: Bool)]]

    init(_ alternatives: [Needs], in policy: Policy) throws(Unbound) {
        var all: [[(condition: Name, holds: Bool)]] = []
        for needs in alternatives {
            var literals: [(condition: Name, holds: Bool)] = []
            for name in needs.set { literals.append((try policy.condition(name), true)) }
            for name in needs.clear { literals.append((try policy.condition(name), false)) }
            all.append(literals)
        }
        self.alternatives = all
    }

    var names: [Name] { alternatives.flatMap { $0.map(\.condition) } }

    /// What nobody can answer isn't over.
    func isOver(on facts: Facts) -> Bool {
        alternatives.allSatisfy { literals in literals.contains { literal in facts[literal.condition].map { $0 != literal.holds } ?? false }
        }
    }
}

extension Judge {
    /// Whether either version has the person told only later; where several say when, the latest counts.
    func waits<U: Use>(
        _: U.Type, who: String?, _ index: Int, _ bound: Versions.Thing, collected: Int64?, _ answers: inout Answers,
        in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Bool {
        if try waits(bound, in: versions.current, &answers, rows) { return true }
        guard let collected, collected != versions.current.row, let version = versions[collected],
            let before = try? versions.bind(U.self, who: who, in: version)[index]
        else { return false }
        return try waits(before, in: version, &answers, rows)
    }

    private func waits(
        _ bound: Versions.Thing, in version: LoadedVersion, _ answers: inout Answers, _ rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Bool {
        for waiting in bound.waits {
            let facts = try answers.facts(for: waiting.names, of: version, rows)
            if !waiting.isOver(on: facts) { return true }
        }
        return false
    }
}
