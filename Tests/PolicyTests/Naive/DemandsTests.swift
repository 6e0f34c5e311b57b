// What a change demands, by living it: people with their items under the old version meet the new one.
import Testing

@testable import Policy

@Suite struct `What a change demands` {
    @Test(arguments: 0..<4)
    func `is what people would notice`(part: Int) throws {
        for seed in stride(from: part, to: Proof.pairs, by: 4) {
            var drawing = Drawing(UInt64(seed) &* 65_537)
            var old = drawing.policy()
            for _ in 0..<4 { old.rules.append(drawing.keep()) }
            var new = old
            for _ in 0..<Int.random(in: 1...3, using: &drawing.random) {
                let at = Int.random(in: 0..<new.rules.count, using: &drawing.random)
                switch Int.random(in: 0..<4, using: &drawing.random) {
                case 0 where new.rules.count > 1: new.rules.remove(at: at)
                case 1: new.rules.append(drawing.keep())
                case 2: new.rules[at] = drawing.rule()
                default: new.rules.append(drawing.rule())
                }
            }
            if let failure = try failure(old, new, seed) {
                let (old, new) = shrink(old, new, seed)
                let texts = [old, new].map { $0.rules.map(\.text).joined(separator: "\n") }
                Issue.record("seed \(seed): \(failure)\nold:\n\(texts[0])\nnew:\n\(texts[1])")
                return
            }
        }
    }

    /// Leaves rules out of both as long as something is wrong.
    private func shrink(_ old: DrawnPolicy, _ new: DrawnPolicy, _ seed: Int) -> (DrawnPolicy, DrawnPolicy) {
        var pair = [old, new]
        for side in 0...1 {
            var index = 0
            while index < pair[side].rules.count {
                var less = pair
                less[side].rules.remove(at: index)
                if let found = try? failure(less[0], less[1], seed), found != "doesn't compile" { pair = less } else { index += 1 }
            }
        }
        return (pair[0], pair[1])
    }

    private func failure(_ old: DrawnPolicy, _ new: DrawnPolicy, _ seed: Int) throws -> String? {
        var random = Seeded(state: UInt64(seed))
        let policies = [old, new].map { Policy.compile(Array($0.text.utf8), file: "drawn.md", checked: false).policy }
        guard let before = policies[0], let now = policies[1] else { return "doesn't compile" }
        let difference = now.difference(from: before), demands = difference.demands
        let judges = (old: PlainJudge(policy: old), new: PlainJudge(policy: new))
        func isOwn(_ flow: PlainFlow) -> Bool { flow.who == "the person" || flow.verb == "collect" }
        func field(_ flow: PlainFlow) -> String { flow.via ?? flow.thing }

        // People live under both versions: whoever notices more being done with an item must have been asked about it.
        for _ in 0..<5 {
            let facts = Set(random.some(of: Office.facts, 0...7))
            for flow in PlainFlow.all {
                let yes = judges.new.decide(flow, facts), formerly = judges.old.decide(flow, facts)
                if yes.verdict == "yes", formerly.verdict != "yes" {
                    if isOwn(flow) ? !demands.posted : !demands.yes.contains(field(flow)) {
                        return "nobody hears of \(flow) on \(facts.sorted())"
                    }
                }
                if yes.verdict != "yes", formerly.verdict == "yes", !demands.posted { return "the loss of \(flow) isn't posted" }
                let isRight = ["the person"].contains(flow.who) || Office.persons.contains(flow.who)
                if isRight, yes.verdict != "yes", formerly.verdict == "yes", !demands.material { return "a right is lost: \(flow)" }
                if flow.verb == "give", yes.verdict == "yes", formerly.verdict == "yes", !formerly.along.isSubset(of: yes.along),
                    !demands.yes.contains(flow.thing)
                {
                    return "less goes along with \(flow)"
                }
            }
        }
        for _ in 0..<12 {
            let life = Life(&random), day = Int.random(in: 0..<Life.days, using: &random)
            for field in Office.fields {
                let terms = [old, new].map { $0.rules.filter { $0.things?.contains(field) == true }.compactMap(\.term) }
                let kept = terms.map { life.keeps($0, on: day) }
                if kept[1], !kept[0], !demands.yes.contains(field) { return "\(field) is kept longer, on day \(day) of \(life)" }
                if kept[0], !kept[1], !difference.terms.less.contains(field) { return "\(field) is kept shorter, on day \(day) of \(life)" }
            }
        }
        // And nobody is asked without a reason that can be shown.
        var reasons = Set(difference.terms.more).union(judges.old.untold(by: judges.new)).union(difference.along.less)
        for cell in difference.widened {
            let flow = PlainFlow(cell)
            guard !isOwn(flow) else { continue }
            for way in cell.when {
                let facts = Set(way.set)
                guard judges.new.decide(flow, facts).verdict == "yes", judges.old.decide(flow, facts).verdict != "yes" else {
                    return "\(flow) isn't wider on \(facts.sorted())"
                }
            }
            reasons.insert(field(flow))
        }
        if Set(demands.yes) != reasons { return "asked about \(demands.yes), reasons for \(reasons.sorted())" }
        let isMaterial =
            !judges.old.unforbidden(by: judges.new).isEmpty || !difference.compulsory.more.isEmpty || !difference.law.isEmpty
            || difference.narrowed.contains { $0.who == "the person" || Office.persons.contains($0.who) }
        return demands.material == isMaterial ? nil : "material: \(demands.material), by enumeration \(isMaterial)"
    }
}
