// The difference of two versions against set difference by enumeration.
import Testing

@testable import Policy

@Suite struct `The difference is what enumeration finds` {
    @Test(arguments: 0..<4)
    func `between a random policy and a change of it`(part: Int) throws {
        for seed in stride(from: part, to: Proof.pairs, by: 4) {
            var drawing = Drawing(UInt64(seed) &* 7919)
            let old = drawing.policy()
            var new = old
            for _ in 0..<Int.random(in: 1...3, using: &drawing.random) {
                let at = Int.random(in: 0..<new.rules.count, using: &drawing.random)
                if drawing.random.chance(40), new.rules.count > 1 { new.rules.remove(at: at) } else { new.rules[at] = drawing.rule() }
            }
            if let failure = try disagreement(old, new, &drawing.random) {
                Issue.record(
                    "seed \(seed): \(failure)\nold:\n\(old.rules.map(\.text).joined(separator: "\n"))\nnew:\n\(new.rules.map(\.text).joined(separator: "\n"))"
                )
                return
            }
        }
    }

    private func disagreement(_ old: DrawnPolicy, _ new: DrawnPolicy, _ random: inout Seeded) throws -> String? {
        let policies = [old, new].map { Policy.compile(Array($0.text.utf8), file: "drawn.md", checked: false).policy }
        guard let before = policies[0], let now = policies[1] else { return "doesn't compile" }
        let difference = now.difference(from: before)
        let judges = (old: PlainJudge(policy: old), new: PlainJudge(policy: new))
        let widened = Dictionary(uniqueKeysWithValues: difference.widened.map { (PlainFlow($0), $0.when) })
        let narrowed = Dictionary(uniqueKeysWithValues: difference.narrowed.map { (PlainFlow($0), $0.when) })
        for _ in 0..<6 {
            let facts = Set(random.some(of: Office.facts, 0...7))
            for flow in PlainFlow.all {
                let mine = judges.new.decide(flow, facts).verdict == "yes", theirs = judges.old.decide(flow, facts).verdict == "yes"
                if (widened[flow]?.hold(facts) ?? false) != (mine && !theirs) { return "widened \(flow) on \(facts.sorted())" }
                if (narrowed[flow]?.hold(facts) ?? false) != (theirs && !mine) { return "narrowed \(flow) on \(facts.sorted())" }
            }
        }
        let never = (more: judges.new.unforbidden(by: judges.old), less: judges.old.unforbidden(by: judges.new))
        if Set(difference.never.more) != never.more { return "never more: \(difference.never.more), judge \(never.more)" }
        if Set(difference.never.less) != never.less { return "never less: \(difference.never.less), judge \(never.less)" }
        let tell = (more: judges.new.untold(by: judges.old), less: judges.old.untold(by: judges.new))
        if Set(difference.tell.more) != tell.more { return "tell more: \(difference.tell.more), judge \(tell.more)" }
        if Set(difference.tell.less) != tell.less { return "tell less: \(difference.tell.less), judge \(tell.less)" }
        return nil
    }

    @Test func `nothing, between a policy and itself reordered and formatted`() throws {
        for seed in 0..<Proof.pairs {
            var drawing = Drawing(UInt64(seed) &* 104_729)
            let drawn = drawing.policy()
            var shuffled = drawn
            shuffled.rules.shuffle(using: &drawing.random)
            let one = try #require(Policy.compile(Array(drawn.text.utf8), file: "one.md", checked: false).policy)
            let other = try #require(Policy.compile(Array(shuffled.text.utf8), file: "two.md", checked: false).policy)
            #expect(one.digest == other.digest)
            let formatted = other.formatted()
            let again = try #require(Policy.compile(formatted, file: "three.md", checked: false).policy)
            #expect(again.formatted() == formatted)
            #expect(again.digest == one.digest)
            let difference = again.difference(from: one)
            #expect(difference.isNothing, "seed \(seed): \(Voice(again).passage(of: difference, from: one).text())")
        }
    }

    @Test func `only the names, between a policy and itself with every name changed`() throws {
        for seed in 0..<Proof.pairs {
            var drawing = Drawing(UInt64(seed) &* 15_485_863)
            let drawn = drawing.policy()
            let old = try #require(Policy.compile(Array(drawn.text.utf8), file: "old.md", checked: false).policy)
            let new = try #require(Policy.compile(Array(drawn.renamed.utf8), file: "new.md", checked: false).policy)
            let difference = new.difference(from: old)
            #expect(difference.widened.isEmpty && difference.narrowed.isEmpty && difference.never.isEmpty && difference.tell.isEmpty)
            #expect(difference.terms.isEmpty && difference.along.isEmpty && difference.demands.yes.isEmpty)
            #expect(difference.formerly.count == 6)
        }
    }
}

extension PlainFlow {
    init(_ cell: Cell) {
        self.init(
            verb: "\(cell.verb)", who: cell.who, thing: cell.thing, purpose: cell.purpose, via: cell.via, carrier: cell.carrier,
            starter: cell.starter)
    }
}

extension [Needs] {
    func hold(_ facts: Set<String>) -> Bool { contains { $0.set.allSatisfy(facts.contains) && !$0.clear.contains(where: facts.contains) } }
}

extension DrawnPolicy {
    /// The same policy with other names for a field, a role, a recipient, a source, a purpose and a condition.
    var renamed: String {
        var text = self.text
        for (old, new) in [
            ("city", "town"), ("clerk", "agent"), ("shop", "store"), ("desk", "counter"), ("serve", "help"), ("busy", "crowded"),
        ] {
            text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                for index in words.indices {
                    let bare = words[index].filter { $0 != "," && $0 != ":" }
                    if bare == old { words[index] = new + words[index].dropFirst(old.count) }
                }
                var line = words.joined(separator: " ")
                if ["field \(new): ", "role \(new)", "recipient \(new): ", "source \(new)", "condition \(new)"].contains(
                    where: line.hasPrefix)
                {
                    line += ", formerly \(old)"
                } else if line.hasPrefix("purpose \(new):") {
                    line = "purpose \(new), formerly \(old): to \(old)"
                }
                return line
            }.joined(separator: "\n")
        }
        return text
    }
}

extension PlainJudge {
    /// Every assignment of the conditions that drawn prohibitions and obligations name.
    private static let facts: [Set<String>] = (0..<16).map { number in
        Set((Office.conditions + ["refused"]).enumerated().filter { number >> $0.offset & 1 == 1 }.map(\.element))
    }

    /// Things of which a `never` speaks in a flow and facts that the other forbids in no way.
    func unforbidden(by other: PlainJudge) -> Set<String> {
        var found: Set<String> = []
        let theirs = other.policy.rules.filter { $0.kind == .never }
        for rule in policy.rules where rule.kind == .never {
            for thing in rule.things.map(Set.init) ?? Set(Office.fields + Office.messages) where !found.contains(thing) {
                var one = rule
                if rule.things != nil { one.things = [thing] }
                let flows = PlainFlow.all.filter { rule.things != nil || $0.thing == thing }
                let isOpen = flows.contains { flow in
                    Self.facts.contains { facts in forbids(one, flow, facts) && !theirs.contains { other.forbids($0, flow, facts) } }
                }
                if isOpen { found.insert(thing) }
            }
        }
        return found
    }

    /// Fields of a flow of which this tells, and the other doesn't, or later.
    func untold(by other: PlainJudge) -> Set<String> {
        var found: Set<String> = []
        for (index, rule) in policy.rules.enumerated() where rule.kind == .tell {
            for field in Set(rule.things!) where !found.contains(field) {
                var one = DrawnPolicy(rules: policy.rules)
                one.rules[index].things = [field]
                let judge = PlainJudge(policy: one)
                let isLess = PlainFlow.all.contains { flow in
                    guard judge.told(flow).contains(where: { $0.split(separator: " ")[0] == address(index) }) else { return false }
                    let theirs = other.told(flow)
                    return theirs.isEmpty || Self.facts.contains { isOver(told(flow), $0) && !other.isOver(theirs, $0) }
                }
                if isLess { found.insert(field) }
            }
        }
        return found
    }

    /// None of the conditions that an obligation waits for holds.
    private func isOver(_ told: Set<String>, _ facts: Set<String>) -> Bool {
        policy.rules.enumerated().allSatisfy { index, rule in
            guard told.contains(address(index) + " later") else { return true }
            return !rule.on!.contains { $0.allSatisfy { ($0.name != "in aggregate" && facts.contains($0.name)) == $0.mustHold } }
        }
    }
}
