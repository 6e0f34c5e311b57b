// What a change of declarations demands: other words, setters, marks, parties; the rules stay as they are.
import Testing

@testable import Policy

@Suite struct `What a change of declarations demands` {
    @Test(arguments: 0..<4)
    func `is what enumeration says of whoever is touched by it`(part: Int) throws {
        for seed in stride(from: part, to: Proof.pairs, by: 4) {
            var drawing = Drawing(UInt64(seed) &* 6_700_417)
            var drawn = drawing.policy()
            for _ in 0..<3 { drawn.rules.append(drawing.keep()) }
            let changes = drawing.random.some(of: Redeclared.all, 1...3)
            let turned = drawing.random.chance(50)
            if let failure = try failure(drawn, changes, turned: turned, &drawing.random) {
                let shrunk = shrink(drawn, changes, turned: turned, seed)
                Issue.record("seed \(seed), \(changes.map(\.new)): \(failure)\n\(shrunk.rules.map(\.text).joined(separator: "\n"))")
                return
            }
        }
    }

    private func shrink(_ drawn: DrawnPolicy, _ changes: [Redeclared], turned: Bool, _ seed: Int) -> DrawnPolicy {
        var small = drawn, index = 0
        while index < small.rules.count {
            var less = small, random = Seeded(state: UInt64(seed))
            less.rules.remove(at: index)
            if let found = try? failure(less, changes, turned: turned, &random), found != "doesn't compile" {
                small = less
            } else {
                index += 1
            }
        }
        return small
    }

    /// `turned`: the changed text is the older one.
    private func failure(_ drawn: DrawnPolicy, _ changes: [Redeclared], turned: Bool, _ random: inout Seeded) throws -> String? {
        let changed = changes.reduce(drawn.text) { text, change in text.replacing(change.old + "\n", with: change.new + "\n") }
        let texts = turned ? [changed, drawn.text] : [drawn.text, changed]
        let policies = texts.map { Policy.compile(Array($0.utf8), file: "drawn.md", checked: false).policy }
        guard let before = policies[0], let now = policies[1] else { return "doesn't compile" }
        let difference = now.difference(from: before), demands = difference.demands, judge = PlainJudge(policy: drawn)
        var yes: Set<String> = [], isMaterial = false, isPosted = false
        for effect in changes.flatMap({ turned ? $0.back : $0.forth }) {
            switch effect {
            case .posted: isPosted = true
            case .material: (isMaterial, isPosted) = (true, true)
            case .touches(let name):
                let fields = judge.touched(by: name, among: Set(demands.yes), &random)
                yes.formUnion(fields)
                if fields.isEmpty { isPosted = true }
            }
        }
        if Set(demands.yes) != yes { return "asked about \(demands.yes), touched are \(yes.sorted())" }
        if demands.material != isMaterial { return "material: \(demands.material), by the list \(isMaterial)" }
        if isPosted, !demands.posted { return "isn't posted" }
        if !difference.widened.isEmpty || !difference.narrowed.isEmpty || !difference.terms.isEmpty { return "a flow or a term changed" }
        return nil
    }
}

/// One line of the office's declarations, and another in its place.
private struct Redeclared: Sendable {
    enum Effect: Sendable { case posted, material, touches(String) }
    let old: String, new: String
    var forth: [Effect], back: [Effect]

    init(_ old: String, _ new: String, _ forth: Effect..., back: [Effect]) {
        (self.old, self.new, self.forth, self.back) = (old, new, forth, back)
    }

    static let all = [
        Redeclared("purpose sell: to sell", "purpose sell: to sell more", .touches("sell"), back: [.touches("sell")]),
        Redeclared("purpose serve: to serve", "purpose serve: to serve (promotional)", .posted, back: [.material]),
        Redeclared("role clerk", "role clerk: whoever is there", .touches("clerk"), back: [.touches("clerk")]),
        Redeclared("role boss", "role boss, never with clerk", .posted, back: [.material]),
        Redeclared("person visitor", "person visitor: who comes by", .touches("visitor"), back: [.touches("visitor")]),
        Redeclared("message news: what is new", "message news: what is old", .touches("news"), back: [.touches("news")]),
        Redeclared("source form", "source form: on paper", .posted, back: [.posted]),
        Redeclared("condition busy", "condition busy: too much to do", .touches("busy"), back: [.touches("busy")]),
        Redeclared("condition late", "condition late, set by the site or clerk", .touches("late"), back: [.posted]),
        Redeclared(
            "condition sunny", "condition sunny, set by clerk and boss", .touches("sunny"), .posted, back: [.touches("sunny"), .posted]),
        Redeclared("event order", "event order: something is bought", .touches("order"), back: [.touches("order")]),
        Redeclared("field name: text", "field name: text, sealed", .posted, back: [.material]),
        Redeclared("field age: number", "field age: number, record", .posted, back: [.material]),
        Redeclared("recipient courier: processor in ID", "recipient courier: processor in ID, SG", .material, back: [.posted]),
        Redeclared("recipient shop: partner in any country", "recipient shop: partner in SG", .posted, back: [.material]),
        Redeclared(
            "policy drawn, version 1, from 2026-01-31", "policy drawn, version 1, from 2026-01-31, kept in ID", .posted, back: [.posted]),
    ]
}

extension PlainJudge {
    /// The fields of flows that are permitted on some facts and have to do with a name, and those whose term does. `claimed`: where one of
    /// them is looked for among all facts, not among a few.
    fileprivate func touched(by name: String, among claimed: Set<String>, _ random: inout Seeded) -> Set<String> {
        var found: Set<String> = []
        for rule in policy.rules {
            guard let term = rule.term else { continue }
            switch term.span {
            case .after(let event), .cap(let event): if event == name { found.formUnion(rule.things ?? []) }
            case .whileHolds(let all): if all.joined().contains(where: { $0.name == name }) { found.formUnion(rule.things ?? []) }
            }
        }
        found.formIntersection(Office.fields)
        let some = (0..<10).map { _ in Set(random.some(of: Office.facts, 0...7)) }, named = facts
        for flow in PlainFlow.all where flow.verb != "collect" && flow.who != "the person" && !found.contains(flow.via ?? flow.thing) {
            let field = flow.via ?? flow.thing
            if some.contains(where: { isTouched(flow, by: name, on: $0) })
                || claimed.contains(field) && named.contains(where: { isTouched(flow, by: name, on: $0) })
            {
                found.insert(field)
            }
        }
        return found
    }

    private func isTouched(_ flow: PlainFlow, by name: String, on facts: Set<String>) -> Bool {
        let isPermitted = decide(flow, facts).verdict == "yes"
        if isPermitted, [flow.who, flow.thing, flow.purpose, flow.via, flow.carrier, flow.starter].contains(name) { return true }
        guard Office.conditions.contains(name) else { return false }
        if isPermitted, policy.rules.indices.contains(where: { isWaited($0, for: name) && told(flow).contains(address($0) + " later") }) {
            return true
        }
        return isPermitted != (decide(flow, facts.symmetricDifference([name])).verdict == "yes")
    }

    private func isWaited(_ index: Int, for name: String) -> Bool {
        policy.rules[index].kind == .tell && policy.rules[index].on?.joined().contains { $0.name == name } == true
    }

    /// Every assignment of the facts that the rules name.
    private var facts: [Set<String>] {
        let atoms = policy.rules.flatMap { (($0.on ?? []) + ($0.unless ?? [])).joined() + $0.consent }
        let names = Set(atoms.map(\.name)).intersection(Office.facts).sorted()
        return (0..<1 << names.count).map { number in Set(names.enumerated().filter { number >> $0.offset & 1 == 1 }.map(\.element)) }
    }
}
