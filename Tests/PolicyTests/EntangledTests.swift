// Conditions whose opposite is very long: what depends on them is said in time, exactly, or refused.
import Testing

@testable import Policy

@Suite struct `Conditions that hang together` {
    /// `fact 0 and fact 12 or fact 1 and fact 13 or ...`: its opposite is 4,096 conjunctions.
    private static let pairs = (0..<12).map { "fact \($0) and fact \($0 + 12)" }.joined(separator: " or ")

    private func policy(_ rule: String, version: Int = 1) throws -> Policy {
        let facts = (0..<24).map { "condition fact \($0)\n" }.joined()
        let text = Fixture.document.replacing("version 1", with: "version \(version)").replacing(
            "event handed on", with: facts + "event handed on")
        return try Fixture.policy(
            text.replacing("customer service may read name, email address to answer you, on an open case", with: rule))
    }

    @Test func `are compared by what is in the way of them, where their opposite is too long to write`() throws {
        let before = try policy("customer service may read name to answer you, on \(Self.pairs)")
        let now = try policy("customer service may read name to answer you, on \(Self.pairs) or an open case", version: 2)
        let difference = now.difference(from: before), widened = try #require(difference.widened.first)
        #expect(difference.isExact && difference.widened.count == 1 && difference.narrowed.isEmpty && difference.demands.yes == ["name"])
        #expect(widened.when == [Needs(set: ["an open case"])])
        #expect(widened.unless == (0..<12).map { Needs(set: ["fact \($0)", "fact \($0 + 12)"]) })
        for (tongue, said) in [
            (Tongue.english, "on an open case, while none of this is so: fact 0 and fact 12; fact 1 and fact 13; "),
            (.indonesian, "dengan syarat an open case, selama tidak satu pun dari ini terjadi: fact 0 dan fact 12; "),
        ] {
            #expect(Voice(now, in: tongue).passage(of: difference, from: before).text().contains(said))
        }
    }

    @Test func `are compared where a never of many pairs gives way to one of as many others`() throws {
        func other(_ first: Int) -> String { (first..<first + 6).map { "fact \($0) and fact \($0 + 12)" }.joined(separator: " or ") }
        let rule = "customer service may read name to answer you\nnever read name by customer service, on "
        let difference = try policy(rule + other(6), version: 2).difference(from: try policy(rule + other(0)))
        let widened = try #require(difference.widened.first), narrowed = try #require(difference.narrowed.first)
        func pairs(_ first: Int) -> [Needs] { (first..<first + 6).map { Needs(set: ["fact \($0)", "fact \($0 + 12)"]) } }
        #expect(difference.isExact && difference.demands.yes == ["name"])
        #expect(widened.when == pairs(0) && narrowed.when == pairs(6) && widened.unless == pairs(6) && narrowed.unless == pairs(0))
    }

    @Test func `leave what a never takes away in few words`() throws {
        let policy = try policy("customer service may read name to answer you\nnever read name by customer service, on \(Self.pairs)")
        let cell = try #require(policy.cells(about: "name")?.first { $0.who == "customer service" })
        #expect(policy.rules(closedBy: "fact 3") == ["work.3"] && policy.rules(closedBy: "name") == nil)
        #expect(cell.isExact && cell.when == [Needs()] && cell.unless.count == 12 && cell.rules == ["work.2"])
        #expect(try #require(policy.cells(of: "fact 3")).isEmpty)
    }

    @Test func `are said in few words long before their opposite is too long to write`() throws {
        func cell(_ count: Int) throws -> Cell {
            let pairs = (0..<count).map { "fact \($0) and fact \($0 + 12)" }.joined(separator: " or ")
            let policy = try policy("customer service may read name to answer you\nnever read name by customer service, on \(pairs)")
            return try #require(policy.cells(about: "name")?.first { $0.who == "customer service" })
        }
        let few = try cell(4), many = try cell(5)
        #expect(few.when.count == 16 && few.unless.isEmpty)
        #expect(many.when == [Needs()] && many.unless.count == 5 && many.alternatives?.count == 32)
    }

    @Test func `permit as any others, where only to compare them would take too long`() throws {
        var random = Seeded(state: 48)
        let cases = (0..<256).map { _ in (0..<24).shuffled(using: &random).prefix(3).sorted() }
        let policy = try policy(
            "customer service may read name to answer you, on "
                + cases.map { $0.map { "fact \($0)" }.joined(separator: " and ") }.joined(separator: " or ")
                + "\nnever read name by customer service, on not fact 3 and fact 7 and fact 9")
        let flow = try policy.flow(.read, who: "customer service", thing: "name", purpose: "answer you")
        for facts in [cases[0], cases[100], [0, 1]] {
            let names = Set(facts.map { "fact \($0)" }), isCase = cases.contains { Set($0).isSubset(of: facts) }
            #expect(policy.decide(flow, try policy.facts(names)).isYes == isCase)
        }
    }

    @Test func `are shown as the rule has them, where fewer words for them take too long to find`() throws {
        var random = Seeded(state: 50)
        let facts = (0..<120).map { "condition fact \($0)\n" }.joined()
        let cases = (0..<50).map { _ in (0..<120).shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random)).sorted() }
        let rule = cases.map { $0.map { "fact \($0)" }.joined(separator: " and ") }.joined(separator: " or ")
        let text = Fixture.document.replacing("event handed on", with: facts + "event handed on").replacing(
            "customer service may read name, email address to answer you, on an open case",
            with: "customer service may read name to answer you, on \(rule)\nnever read name by customer service, on fact 3 and fact 4")
        let policy = try Fixture.policy(text)
        let cell = try #require(policy.cells(about: "name")?.first { $0.who == "customer service" })
        #expect(cell.isExact && !cell.when.isEmpty)
        for _ in 0..<400 {
            let facts = Set(cases.randomElement(using: &random)! + random.some(of: Array(0..<120), 0...60) + [3]).subtracting(
                random.some(of: Array(0..<120), 0...20))
            let isPermitted = cases.contains { facts.isSuperset(of: $0) } && !facts.isSuperset(of: [3, 4])
            let names = Set(facts.map { "fact \($0)" })
            #expect((cell.when.hold(names) && !cell.unless.hold(names)) == isPermitted)
        }
        #expect(try Fixture.policy(text.replacing("version 1", with: "version 2")).difference(from: policy).isNothing)
    }

    /// Fourteen letters and thirteen boxes: each in one of them, no two in the same. It can't be, and to see that takes very long.
    @Test func `are said to be too entangled, where nothing shows whether a rule applies`() throws {
        func inside(_ letter: Int, _ box: Int) -> String { "letter \(letter) in box \(box)" }
        let facts = (0..<14).flatMap { letter in (0..<13).map { "condition \(inside(letter, $0))\n" } }.joined()
        let nowhere = (0..<14).map { letter in (0..<13).map { "not \(inside(letter, $0))" }.joined(separator: " and ") }
        let twice = (0..<13).flatMap { box in
            (0..<14).flatMap { one in (one + 1..<14).map { "\(inside(one, box)) and \(inside($0, box))" } }
        }
        let all = nowhere + twice,
            nevers = stride(from: 0, to: all.count, by: 250).map {
                "never read name by customer service, on \(all[$0..<min($0 + 250, all.count)].joined(separator: " or "))"
            }
        let rule = "customer service may read name, email address to answer you, on an open case"
        let text = Fixture.document.replacing("event handed on", with: facts + "event handed on").replacing(
            rule, with: rule.replacing(", email address", with: "") + "\n" + nevers.joined(separator: "\n"))
        let compilation = Fixture.compile(text), found = compilation.diagnostics.filter { $0.code == "too-entangled" }
        #expect(found.map(\.severity) == [.warning] && compilation.policy != nil)
        let policy = try #require(compilation.policy)
        let flow = try policy.flow(.read, who: "customer service", thing: "name", purpose: "answer you")
        let mayPermit = policy.mayPermit(flow)
        #expect(mayPermit)
    }

    @Test func `count as changed altogether where they are too entangled to compare`() throws {
        let before = try policy("customer service may read name to answer you, on \(Self.pairs)")
        let now = try policy("customer service may read name to answer you", version: 2)
        let difference = Comparison.partly(now, before, wordingOnly: [], steps: 100)
        #expect(!difference.isExact && !difference.isNothing && difference.demands.material && difference.demands.posted)
        #expect(difference.demands.yes == ["name", "email address", "mail item"])
        let said = Voice(now).passage(of: difference, from: before).text()
        #expect(said.contains("it counts as if everything changed") && said.contains("mail item"))
    }

    @Test func `name the rules that can't be compared, and what else changes is told`() throws {
        let rule = "customer service may read name to answer you"
        let before = try policy("\(rule), on \(Self.pairs)")
        let now = try policy("\(rule)\nthe site may read mail item to deliver\nnever correct name by any staff", version: 2)
        let difference = Comparison.partly(now, before, wordingOnly: [], steps: 100)
        #expect(difference.uncompared == ["work.2"] && difference.demands.material)
        #expect(difference.widened.map { "\($0.verb) \($0.who) \($0.thing)" } == ["read the site mail item"])
        #expect(difference.never.more == ["name"] && difference.narrowed.isEmpty)
        for (tongue, sentences) in [
            (
                Tongue.english,
                [
                    "These rules couldn't be compared, and must be read as they stand: work.2.",
                    "The site by itself may now see your mail item",
                ]
            ),
            (.indonesian, ["Aturan-aturan ini tidak bisa dibandingkan, jadi harus dibaca sendiri: work.2."]),
        ] {
            let said = Voice(now, in: tongue).passage(of: difference, from: before).text()
            for sentence in sentences { #expect(said.contains(sentence), "\(said)") }
        }
        let asked = Voice(now).passages(of: difference.asking(of: ["mail item"]), from: before).map { $0.text() }.joined()
        #expect(asked.contains("couldn't be compared"))
    }

    @Test(arguments: [false, true])
    func `are written out exactly`(asMet: Bool) {
        let logic = Logic(asMet: asMet)
        var random = Seeded(state: 9)
        func draw(_ count: Int) -> Truth {
            (0..<count).reduce(Logic.never) { any, _ in
                logic.or(
                    any,
                    (0..<3).reduce(Logic.always) { all, _ in
                        logic.and(all, logic.literal(Int.random(in: 0..<24, using: &random), Bool.random(using: &random)))
                    })
            }
        }
        func truth(_ conjunctions: [[(bit: Int, mustHold: Bool)]]) -> Truth {
            conjunctions.reduce(Logic.never) { any, each in
                logic.or(any, each.reduce(Logic.always) { logic.and($0, logic.literal($1.bit, $1.mustHold)) })
            }
        }
        var behindUnless = 0
        for round in 0..<60 {
            let granted = draw(1 + round % 7), forbidden = draw(round % 13), held = logic.butNot(granted, forbidden)
            for larger in [[], [granted]] {
                guard let written = logic.alternatives(held, within: { larger }) else { continue }
                #expect(logic.butNot(truth(written.when), truth(written.unless)) == held)
                if !written.unless.isEmpty { behindUnless += 1 }
            }
            for literal in logic.implied(held) { #expect(logic.implies(held, logic.literal(literal.bit, literal.mustHold))) }
            let all = (0..<24).flatMap { [($0, true), ($0, false)] }.filter { logic.implies(held, logic.literal($0.0, $0.1)) }
            #expect(held == Logic.never || logic.implied(held).count == all.count)
        }
        #expect(behindUnless > 0)
    }

    @Test func `stay short where they are asked in the order in which they are met`() {
        let logic = Logic(limit: 50_000, asMet: true)
        let pairs = (0..<100).reduce(Logic.never) {
            logic.or($0, logic.and(logic.literal($1, true), logic.literal($1 + 100, true)))
        }
        #expect(!logic.isExhausted && logic.alternatives(pairs)?.when.count == 100)
    }

    @Test(arguments: [2_000, 20_000, 200_000]) func `are given up where the steps are spent in the middle of writing them`(limit: Int) {
        var random = Seeded(state: 1)
        let logic = Logic(limit: limit)
        let pairs = (0..<60).reduce(Logic.never) { any, _ in
            let (a, b) = (Int.random(in: 0..<60, using: &random), Int.random(in: 0..<60, using: &random))
            return logic.or(any, logic.and(logic.literal(a, true), logic.literal(b, true)))
        }
        #expect(logic.alternatives(pairs) == nil && logic.isExhausted)
    }
}
