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
            let facts = (0..<2).map { _ in Set(random.some(of: Office.facts, 0...7)) }
            for facts in facts {
                guard let failure = try disagreement(drawn, facts) else { continue }
                let small = shrink(drawn, facts)
                Issue.record("seed \(seed), on \(facts.sorted()): \(failure)\n\(small.rules.map(\.text).joined(separator: "\n"))")
                return
            }
        }
    }

    @Test(arguments: 0..<4)
    func `and after fmt, after reordering, under other names, under two versions`(part: Int) throws {
        for seed in stride(from: part, to: Proof.pairs, by: 4) {
            var drawing = Drawing(UInt64(seed) &* 2_147_483_647)
            let drawn = drawing.policy(), facts = Set(drawing.random.some(of: Office.facts, 0...7))
            var shuffled = drawn
            shuffled.rules.shuffle(using: &drawing.random)
            if let failure = try disagreement(shuffled, facts) { Issue.record("seed \(seed), reordered: \(failure)") }
            let policy = try #require(Policy.compile(Array(drawn.text.utf8), file: "drawn.md", checked: false).policy)
            let again = try #require(Policy.compile(policy.formatted(), file: "again.md", checked: false).policy)
            let renamed = try #require(Policy.compile(Array(drawn.renamed.utf8), file: "renamed.md", checked: false).policy)
            let judge = PlainJudge(policy: drawn), governing = Governing(renamed, collected: policy)
            for flow in PlainFlow.all {
                let theirs = judge.decide(flow, facts)
                #expect(again.plain(try again.flow(flow), try again.facts(facts)) == theirs, "seed \(seed), after fmt: \(flow)")
                let new = Renaming.flow(flow), mine = renamed.plain(try renamed.flow(new), try renamed.facts(Renaming.facts(facts)))
                #expect(mine == Renaming.verdict(theirs), "seed \(seed), renamed: \(new)")
                let named = try Renaming.facts(facts).map { name in try #require(renamed.model.find(name)) }
                let both = governing.answer(Question(subject: .flows([try renamed.flow(new)]), facts: named))
                let alone = Governing(renamed).answer(Question(subject: .flows([try renamed.flow(new)]), facts: named))
                #expect((both.why == nil) == (alone.why == nil) && both.version == nil, "seed \(seed), under two versions: \(new)")
                #expect(both.obligations.map(\.obligation.rule) == alone.obligations.map(\.obligation.rule))
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

/// The office with the names of `DrawnPolicy.renamed`.
enum Renaming {
    static let names = ["city": "town", "clerk": "agent", "shop": "store", "desk": "counter", "serve": "help", "busy": "crowded"]

    static func one(_ name: String) -> String { names[name] ?? name }
    static func facts(_ facts: Set<String>) -> Set<String> { Set(facts.map(one)) }

    static func flow(_ flow: PlainFlow) -> PlainFlow {
        PlainFlow(
            verb: flow.verb, who: one(flow.who), thing: one(flow.thing), purpose: flow.purpose.map(one), via: flow.via.map(one),
            carrier: flow.carrier.map(one), starter: flow.starter.map(one))
    }

    static func verdict(_ verdict: PlainVerdict) -> PlainVerdict {
        var renamed = verdict
        renamed.along = facts(verdict.along)
        renamed.needs = Set(verdict.needs.map(literal))
        return renamed
    }

    private static func literal(_ text: String) -> String {
        if text.hasPrefix("not ") { return "not " + one(String(text.dropFirst(4))) }
        guard text.hasPrefix("by ") else { return one(text) }
        let actors = text.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map { one(String($0.element)) }
        return "by \(actors.sorted())"
    }
}
