// Why a rule never applies, and why something is kept or not: said with the rules that it hangs on.
import Testing

@testable import Policy

@Suite struct `A rule that never applies` {
    private func told(_ rules: String) -> [String] {
        let text = Fixture.document.replacing("the person may read", with: "\(rules)\nthe person may read")
        return Fixture.compile(text).diagnostics.filter { $0.code == "rule-never-applies" }.map(\.message)
    }

    @Test func `is told with its condition where that can't be true`() {
        #expect(
            told("customer service may correct name to answer you, on an open case and not an open case") == [
                "This rule never applies: its condition can't be true."
            ])
    }

    @Test func `is told with the never that takes all of it`() {
        #expect(
            told("customer service may correct name to answer you\nnever correct name by customer service [no]") == [
                "This rule never applies: “never” work.no takes all of it."
            ])
    }

    @Test func `is told with every never that takes a part of it`() {
        let rules = """
            customer service may correct name, email address to answer you
            never correct email address by any staff [mail]
            never correct name by customer service [name]
            """
        #expect(told(rules) == ["This rule never applies: “never” work.mail and “never” work.name take all of it."])
    }

    @Test func `is told with two that only together take all of it`() {
        let rules = """
            customer service may correct name to answer you
            never correct name by any staff unless a gag [gagged]
            never correct name by any staff, on a gag [free]
            """
        #expect(told(rules) == ["This rule never applies: “never” work.gagged and “never” work.free take all of it."])
    }
}

@Suite struct `Whether something is kept` {
    private func said(_ flow: String) throws -> String {
        let policy = try Fixture.policy(), answer = try #require(Governing(policy).answers(to: Array(flow.utf8)).first)
        return Voice(policy).passage(of: answer).text()
    }

    @Test func `is said with the law that keeps it`() throws {
        let text = try said("name kept at 3 years after handed on, on account deleted")
        #expect(text.contains("It is kept as the law demands: “tax law 28”."), "\(text)")
    }

    @Test func `is said with the terms that are over`() throws {
        let text = try said("name kept at 50 years after handed on, on account deleted")
        #expect(text.contains("Its term is over") && text.contains("10 years") && text.contains("30 days"), "\(text)")
    }
}
