// "May ... see my ...?", answered from the rules that run.
import Policy
import Testing

@testable import Site

@Suite struct `The policy, asked` {
    private func answer(_ who: String, _ what: String, in house: House, language: String = "en") async throws -> String {
        let browser = Browser(house)
        browser.language = language
        let path = "/policy/questions?who=\(who)&what=\(what)".replacing(" ", with: "+")
        return try await browser.get(path).text
    }

    /// Without what people also ask.
    private func answered(_ page: String) -> String { page.components(separatedBy: "aria-labelledby=\"also\"").first ?? "" }

    @Test func `says yes, no, or in which cases, with the rules and what the conditions mean`() async throws {
        let house = try await House()
        let onlyIf = try await answer("customer service", "telephone number", in: house)
        #expect(onlyIf.contains("Only in these cases") && onlyIf.contains("href=\"/policy#calls.3\""))
        #expect(onlyIf.contains("Customer service may see your telephone number, to answer you, on an open case"))
        #expect(onlyIf.contains("An open case: “you asked us something"))
        let no = try await answer("statistics partner", "full name", in: house)
        #expect(no.contains("A rule forbids it") && no.contains("href=\"/policy#statistics.3\""))
        let none = try await answer("mail clerk", "email address", in: house)
        #expect(none.contains("No rule allows it") && !answered(none).contains("href=\"/policy#"))
        let indonesian = try await answer("customer service", "telephone number", in: house, language: "id")
        #expect(indonesian.contains("Hanya dalam hal ini") && !indonesian.contains("Customer service may"))
    }

    @Test func `gives another answer when a rule is taken out, and the same to everything else`() async throws {
        let rule = "customer service may read telephone number to answer you, on an open case"
        let whole = try await House(), without = try await House(lacking: [rule])
        let said = "Customer service may see your telephone number, to answer you"
        #expect(try await answer("customer service", "telephone number", in: whole).contains(said))
        #expect(try await !answer("customer service", "telephone number", in: without).contains(said))
        func uses(_ house: House, _ who: String, _ what: String) -> [[Needs]] {
            Answers(of: house.office.policy).uses(of: what, by: who, house.office.policy).map(\.when)
        }
        for (who, what) in [("customer service", "full name"), ("privacy officer", "telephone number"), ("court", "fax")] {
            #expect(uses(whole, who, what) == uses(without, who, what))
        }
    }

    @Test func `answers as the policy decides, of everybody and everything`() async throws {
        let policy = try await House().office.policy
        let answers = Answers(of: policy)
        for who in answers.staff {
            for what in answers.things {
                let reads = answers.uses(of: what, by: who, policy).filter { $0.verb == .read && $0.thing == what }
                // Of the plainest alternative every fact holds that it asks for, and none that it excludes.
                for cell in reads {
                    let needs = try #require(cell.plain.when.first)
                    var facts = Facts.unknown
                    for name in policy.conditions { facts[try policy.condition(name)] = needs.set.contains(name) }
                    let flow = try policy.flow(.read, who: who, thing: what, purpose: cell.purpose)
                    #expect(policy.decide(flow, facts).isYes, "\(who) \(what)")
                }
                guard reads.isEmpty else { continue }
                for purpose in Set(answers.cells.compactMap(\.purpose)) {
                    let flow = try policy.flow(.read, who: who, thing: what, purpose: purpose)
                    #expect(!policy.decide(flow, .unknown).isYes, "\(who) \(what) \(purpose)")
                }
            }
        }
    }

    @Test func `counts as many parties outside as it may be asked about`() async throws {
        let answers = Answers(of: try await House().office.policy)
        #expect(answers.glance.outsiders.count == answers.outsiders.count)
    }

    @Test func `doesn't take what it doesn't know for an answer`() async throws {
        let house = try await House(), browser = Browser(house)
        for path in ["?who=nobody&what=full+name", "?who=customer+service&what=<script>", "?who=the+person&what=full+name"] {
            let response = try await browser.get("/policy/questions" + path)
            #expect(response.status == 404 && !response.text.contains("<script>"), "\(path)")
        }
        #expect(try await browser.get("/policy/questions?who=court").status == 200)
    }

    @Test(arguments: Language.allCases)
    func `is told with what people also ask, answered from the rules, on its page and before a question to us`(_ say: Language) async throws
    {
        let rule = "the person may delete customer data"
        let whole = try await House(), without = try await House(lacking: [rule])
        for house in [whole, without] {
            let sari = try await house.sari(), words = PolicyTexts(say: say)
            sari.language = say.code
            for path in ["/policy/questions", "/policy/questions?who=court&what=fax", "/cases/new"] {
                let page = try await sari.get(path).text
                let part = try #require(page.components(separatedBy: "aria-labelledby=\"also\"").last, "\(path)")
                for (question, answer, anchor) in words.answers(Answers(of: house.office.policy).glance) {
                    #expect(part.contains(question) && part.contains(answer.replacing("'", with: "&#39;")), "\(path): \(answer)")
                    #expect(part.contains("href=\"/policy\(anchor.map { "#\($0)" } ?? "")\""), "\(path): \(question)")
                }
            }
        }
        #expect(Answers(of: whole.office.policy).glance.deleted.count != Answers(of: without.office.policy).glance.deleted.count)
    }
}
