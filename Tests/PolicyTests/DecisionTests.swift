// What code that uses the policy relies on: bound flows, facts, accounts.
import Testing

@testable import Policy

@Suite struct `A decision` {
    @Test func `permits Budi to read the name on an open case, and names the rule`() throws {
        let policy = try Fixture.policy()
        let flow = try policy.flow(.read, who: "Customer Service", thing: "name", purpose: "answer you")
        var facts = Facts()
        facts[try policy.condition("an open case")] = true
        let verdict = policy.decide(flow, facts)
        #expect(verdict.isYes)
        let account = policy.account(of: verdict, on: flow, facts)
        #expect(account.rules == ["work.2"])
        #expect(account.obligations.map(\.onceEnds) == ["a gag"])
        #expect(policy.rule("work.2")?.text == "customer service may read name, email address to answer you, on an open case")
    }

    @Test func `needs what is unknown as well as what is false`() throws {
        let policy = try Fixture.policy()
        let flow = try policy.flow(.read, who: "customer service", thing: "name", purpose: "answer you")
        for facts in [Facts(), Facts.unknown] {
            #expect(policy.account(of: policy.decide(flow, facts), on: flow, facts).needs == ["an open case"])
        }
    }

    @Test func `is not freed from a never by a fact that nobody answered`() throws {
        let policy = try Fixture.policy()
        let flow = try policy.flow(.read, who: "customer service", thing: "mail item", purpose: "answer you")
        #expect(policy.account(of: policy.decide(flow, .unknown), on: flow, .unknown).rules == ["work.sealed"])
        var facts = Facts.unknown
        facts[try policy.condition("a gag")] = true
        #expect(policy.decide(flow, facts) == .noRule)
    }

    @Test func `keeps what a law keeps, until its term is known to be over`() throws {
        let text = Fixture.document.replacing("the person may read name", with: "the person may delete name")
        let policy = try Fixture.policy(text)
        let flow = try policy.flow(.delete, who: "the person", thing: "name", purpose: nil)
        #expect(policy.account(of: policy.decide(flow, .unknown), on: flow, .unknown).rules == ["work.9"])
        var facts = Facts.unknown
        facts[try policy.condition("legal term over")] = true
        #expect(policy.decide(flow, facts).isYes)
    }

    @Test func `asks only for the facts that can change it`() throws {
        let policy = try Fixture.policy()
        let flow = try policy.flow(.read, who: "customer service", thing: "mail item", purpose: "answer you")
        #expect(policy.asked(by: flow).map { policy.conditions[Int($0.index)] } == ["a gag"])
        let own = try policy.flow(.read, who: "the person", thing: "name", purpose: nil)
        #expect(policy.asked(by: own).isEmpty)
    }

    @Test func `names what must go along`() throws {
        let policy = try Fixture.policy()
        let flow = try policy.flow(.give, who: "courier", thing: "name", purpose: "deliver", starter: "customer service")
        #expect(policy.account(of: policy.decide(flow, Facts()), on: flow, Facts()).along == ["mail item"])
        let byItself = try policy.flow(.give, who: "courier", thing: "name", purpose: "deliver")
        #expect(policy.account(of: policy.decide(byItself, Facts()), on: byItself, Facts()).needs == ["by customer service"])
    }

    @Test func `has no rule for names of another version`() throws {
        let policy = try Fixture.policy()
        let flow = Flow(verb: .read, who: Name(index: 9999), thing: Name(index: .max), purpose: Name(index: 70_000))
        #expect(policy.decide(flow, Facts()) == .noRule)
    }

    @Test func `binds no name that the policy lacks, and tells the nearest`() throws {
        let policy = try Fixture.policy()
        #expect(throws: Unbound(name: "email adress", nearest: "email address")) {
            try policy.flow(.read, who: "customer service", thing: "email adress", purpose: "answer you")
        }
        #expect(throws: Unbound.self) { try policy.flow(.read, who: "registration form", thing: "name", purpose: "answer you") }
    }
}

@Suite struct `A stored field` {
    @Test func `is kept to the last day of its term and not a day longer`() throws {
        let policy = try Fixture.policy()
        let handedOn = try #require(Day(iso: "2026-12-31"))
        let history = History(events: ["handed on": handedOn])
        let last = try #require(Day(iso: "2027-02-28"))
        #expect(policy.retained("mail item", history, at: last).kept)
        #expect(policy.retained("mail item", history, at: last).until == last)
        #expect(policy.retained("mail item", history, at: last).reasons == ["work.7"])
        #expect(!policy.retained("mail item", history, at: Day(last.number + 1)).kept)
    }

    @Test func `has no end while a condition holds, and one when it is over`() throws {
        let policy = try Fixture.policy()
        let today = try #require(Day(iso: "2026-06-01"))
        #expect(policy.retained("email address", History(holding: ["account active"]), at: today).until == nil)
        #expect(policy.retained("email address", History(holding: ["account active"]), at: today).kept)
        let closed = History(lastHeld: ["account active": today])
        #expect(policy.retained("email address", closed, at: today).until == Day(today.number + 30))
        #expect(!policy.retained("email address", closed, at: Day(today.number + 31)).kept)
    }

    @Test func `is of one class with another if and only if the same terms reach both`() throws {
        let policy = try Fixture.policy()
        #expect(policy.retentionClass(of: "name") != policy.retentionClass(of: "email address"))
        let without = try Fixture.policy(
            Fixture.document.replacing("keep name 10 years after handed on, by law \"tax law 28\"\n", with: ""))
        #expect(without.retentionClass(of: "name") == without.retentionClass(of: "email address"))
    }

    @Test func `counts calendar months, clamped to their end, over leap years and centuries`() throws {
        func after(_ start: String, _ count: Int, _ unit: Policy_Unit) throws -> String {
            try #require(Day(iso: start)).adding(Duration(count, unit)).iso
        }
        #expect(try after("2024-01-31", 1, .months) == "2024-02-29")
        #expect(try after("2024-02-29", 1, .years) == "2025-02-28")
        #expect(try after("2096-02-29", 4, .years) == "2100-02-28")
        #expect(try after("1969-12-31", 1, .days) == "1970-01-01")
        #expect(Day(iso: "2026-02-29") == nil)
        #expect(Day(iso: "2000-02-29")?.number == 11_016)
    }
}

typealias Policy_Unit = Duration.Unit

extension String {
    /// Every occurrence exchanged; the text must be there.
    func replacing(_ old: String, with new: String) -> String {
        var rest = self[...], text = ""
        precondition(contains(old), "the fixture has no “\(old)”")
        while let range = rest.firstRange(of: old) {
            text += rest[..<range.lowerBound] + new
            rest = rest[range.upperBound...]
        }
        return text + rest
    }
}

@Suite struct `What may ever be permitted` {
    private func mayRead(_ never: String) throws -> Bool {
        let policy = try Fixture.policy(Fixture.document.replacing("the person may read", with: "\(never)\nthe person may read"))
        return policy.mayPermit(try policy.flow(.read, who: "customer service", thing: "email address", purpose: "answer you"))
    }

    @Test func `isn't kept back by a never that only holds on a condition`() throws {
        #expect(try mayRead("never read email address by any staff, on a gag"))
        #expect(try mayRead("never read email address by any staff unless a gag"))
        let policy = try Fixture.policy()
        #expect(!policy.mayPermit(try policy.flow(.read, who: "customer service", thing: "mail item", purpose: "answer you")))
        #expect(!policy.mayPermit(try policy.flow(.correct, who: "customer service", thing: "name", purpose: "answer you")))
    }
}
