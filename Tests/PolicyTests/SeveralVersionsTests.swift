// What is followed over more than one change: names that were changed twice, and marks of wording only.
import Testing

@testable import Policy

@Suite struct `Over several versions` {
    private func version(_ number: Int, _ replaced: [(String, String)]) throws -> Policy {
        var text = Fixture.document.replacing("version 1", with: "version \(number)")
        for (old, new) in replaced { text = text.replacing(old, with: new) }
        return try Fixture.policy(text)
    }

    @Test func `a name that was changed twice is followed where the version between is known`() throws {
        let first = try version(1, [])
        func named(_ name: String, formerly former: String, _ number: Int) throws -> Policy {
            try version(number, [("customer service", name), ("role \(name)", "role \(name), formerly \(former)")])
        }
        let second = try named("help desk", formerly: "customer service", 2)
        let third = try named("front desk", formerly: "help desk", 3)
        let flow = try third.flow(.read, who: "front desk", thing: "name", purpose: "answer you")
        let holding: Set = ["an open case", "account active"]
        #expect(!Governing(third, collected: first).allows(flow, holding: holding))
        #expect(Governing(third, collected: first, known: [first, second, third]).allows(flow, holding: holding))
        #expect(Governing(third, collected: first, known: [third, second]).nameNow(of: "customer service") == "front desk")
        #expect(Governing(third, collected: second, known: [first]).nameThen(of: "front desk") == "help desk")
    }

    @Test func `a name whose former one was of another kind in between is another one`() throws {
        let first = try version(1, [])
        let second = try version(2, [("event handed on", "event given on, formerly handed on"), ("after handed on", "after given on")])
        let third = try version(
            3, [("event handed on", "condition passed on, formerly given on\nevent handed over"), ("after handed on", "after handed over")])
        let governing = Governing(third, collected: first, known: [second])
        #expect(governing.nameNow(of: "handed on") == nil && governing.nameThen(of: "passed on") == nil)
    }

    @Test func `a wording that was marked each time asks for no yes`() throws {
        let first = try version(1, [])
        let second = try version(2, [("to reply", "to answer what you ask")]), third = try version(3, [("to reply", "to answer")])
        func marked(_ then: Set<String>, _ now: Set<String>) -> Set<String> {
            Policy.wordingOnly(through: [(first, []), (second, then), (third, now)])
        }
        #expect(marked(["answer you"], ["Answer you"]) == ["answer you"])
        #expect(marked([], ["answer you"]).isEmpty && marked(["answer you"], []).isEmpty && marked([], []).isEmpty)
        #expect(third.difference(from: first, wordingOnly: marked(["answer you"], ["answer you"])).demands.yes.isEmpty)
        #expect(third.difference(from: first).demands.yes == ["name", "email address"])
        let same = try version(3, [("to reply", "to answer what you ask")])
        #expect(Policy.wordingOnly(through: [(first, []), (second, ["answer you"]), (same, [])]) == ["answer you"])
        #expect(Policy.wordingOnly(through: [(second, [])]).isEmpty && Policy.wordingOnly(through: []).isEmpty)
    }

    @Test func `what forbids, keeps and tells stands apart for other tools`() throws {
        let policy = try Fixture.policy(), vows = policy.vows
        #expect(vows.map(\.address) == ["work.sealed", "work.6", "work.7", "work.8", "work.9", "work.10"])
        #expect(vows.map(\.kind) == [.never, .keep, .keep, .keep, .keep, .tell])
        #expect(vows[0].verbs == [.read] && vows[0].things == ["mail item"] && vows[0].by == ["customer service"])
        #expect(vows[0].unless == [Needs(set: ["a gag"])] && vows[0].purposes == nil && vows[0].text.hasPrefix("never read mail item"))
        #expect(vows[5].conditions == [Needs(set: ["a gag"])] && vows[5].things == ["name"])
        guard case .whileTrue("account active", Duration(30, .days))? = vows[1].term?.span else { throw Fixture.Faulty(text: "no term") }
    }
}
