// The compiled table against the plain judge, on random policies.
import Testing

@testable import Policy

@Suite struct `The table agrees with a judge that enumerates` {
    static let policies = 2000

    @Test(arguments: 0..<8)
    func `on every flow of random policies`(part: Int) throws {
        var random = Seeded(state: UInt64(part) + 77)
        for seed in stride(from: part, to: Self.policies, by: 8) {
            var drawing = Drawing(UInt64(seed))
            let drawn = drawing.policy()
            let facts = Set(random.some(of: Office.facts, 0...7))
            if let failure = try disagreement(drawn, facts) {
                let small = shrink(drawn, facts)
                Issue.record("seed \(seed), on \(facts.sorted()): \(failure)\n\(small.rules.map(\.text).joined(separator: "\n"))")
                return
            }
        }
    }

    private func disagreement(_ drawn: DrawnPolicy, _ facts: Set<String>) throws -> String? {
        let compilation = Policy.compile(Array(drawn.text.utf8), file: "drawn.md", checked: false)
        guard let policy = compilation.policy else { return compilation.diagnostics.map(\.text).joined() }
        let judge = PlainJudge(policy: drawn)
        let bound = try policy.facts(facts)
        for flow in PlainFlow.all {
            let mine = policy.plain(try policy.flow(flow), bound), theirs = judge.decide(flow, facts)
            if mine != theirs { return "\(flow): table \(mine), judge \(theirs)" }
        }
        return nil
    }

    /// Leaves out rules as long as the two disagree.
    private func shrink(_ drawn: DrawnPolicy, _ facts: Set<String>) -> DrawnPolicy {
        var small = drawn, index = 0
        while index < small.rules.count {
            var less = small
            less.rules.remove(at: index)
            if let failure = try? disagreement(less, facts), !failure.isEmpty { small = less } else { index += 1 }
        }
        return small
    }
}

extension Policy {
    func facts(_ names: Set<String>) throws -> Facts {
        var facts = Facts()
        for name in names { facts[try condition(name)] = true }
        return facts
    }

    func flow(_ flow: PlainFlow) throws -> Flow {
        let verb = Verb.allCases.first { "\($0)" == flow.verb }!
        return try self.flow(
            verb, who: flow.who, thing: flow.thing, purpose: flow.purpose, via: flow.via, carrier: flow.carrier, starter: flow.starter)
    }

    func plain(_ flow: Flow, _ facts: Facts) -> PlainVerdict {
        let outcome = outcome(of: flow, facts)
        func literals(_ needs: Needs) -> Set<String> {
            Set(needs.set + needs.clear.map { "not " + $0 } + (needs.by.isEmpty ? [] : ["by \(needs.by.sorted())"]))
        }
        switch outcome.why {
        case nil:
            return PlainVerdict(
                verdict: "yes", rules: Set(outcome.rules), along: Set(outcome.along),
                told: Set(outcome.obligations.map { $0.obligation.rule + ($0.obligation.ends == nil ? "" : " later") }))
        case .needs(let needs): return PlainVerdict(verdict: "needs", needs: literals(needs))
        case .forbidden(let by, let needs):
            return PlainVerdict(verdict: "forbidden" + (needs == nil ? "" : "+"), rules: [by], needs: needs.map(literals) ?? [])
        case .noRule: return PlainVerdict(verdict: "no rule")
        case .keptByLaw(let by): return PlainVerdict(verdict: "kept by law", rules: [by])
        case .notKept: return PlainVerdict(verdict: "not kept")
        }
    }
}
