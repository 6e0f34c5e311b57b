// Where there is nothing to say, or next to nothing, it is said of what was asked about.
import Testing

@testable import Policy

@Suite struct `Next to nothing` {
    @Test func `is said of whom no rule permits anything, and of a purpose that nothing serves`() throws {
        let policy = try Fixture.policy(
            Fixture.document.replacing("role customer", with: "role guard: stands there\npurpose dance: for joy\nrole customer"))
        let english = Voice(policy), indonesian = Voice(policy, in: .indonesian)
        #expect(policy.cells(of: "guard")?.isEmpty == true)
        #expect(english.permitsNothing("guard") == "No rule permits guard anything: what no rule permits is refused.")
        #expect(english.permitsNothing("dance") == "No rule permits anything in order to dance: what no rule permits is refused.")
        #expect(
            indonesian.permitsNothing("guard")
                == "Tidak ada aturan yang mengizinkan apa pun kepada guard: yang tidak diizinkan aturan ditolak.")
    }

    @Test func `opens what a promise lets through as a statistic`() throws {
        let counting = """
            never give city to courier unless in aggregate
            aggregate city for courier to deliver, at least 20 people, budget 2 per 1 month
            aggregate city for customer service to deliver, at least 20 people, budget 2 per 1 month
            collect city from registration form to answer you
            keep city while account active, because "it is part of the address"
            the person may read
            """
        let policy = try Fixture.policy(
            Fixture.document.replacing("field mail item", with: "field city: choice\nfield mail item")
                .replacing("the person may read", with: counting))
        let cells = try #require(policy.cells(of: "in aggregate"))
        #expect(cells.map(\.who) == ["courier"] && cells.map(\.verb) == [.aggregate])
    }

    @Test(arguments: ["message", "choice", "number"])
    func `changes where the kind of what is only forbidden does, and is shown`(kind: String) throws {
        func document(_ kind: String, _ version: Int) -> String {
            Fixture.document.replacing("version 1", with: "version \(version)")
                .replacing("field mail item", with: "field card number: \(kind)\nfield mail item")
                .replacing("the person may read", with: "never collect card number\nthe person may read")
        }
        let before = try Fixture.policy(document("text", 1)), now = try Fixture.policy(document(kind, 2))
        let difference = now.difference(from: before), said = Voice(now).passage(of: difference, from: before).text()
        #expect(!difference.isNothing && difference.demands.posted && difference.demands.yes.isEmpty)
        #expect(said.contains("“card number” is another kind of thing than before"), "\(said)")
    }

    @Test func `ends a message's name that ends in a word of the language`() {
        let plain = Fixture.document.replacing("event handed on", with: "event handed on\nmessage word with: hello")
        #expect(Fixture.compile(plain).policy?.carried(by: "word with").isEmpty == true)
        let carrying = Fixture.document.replacing("event handed on", with: "event handed on\nmessage word with with name: hello")
        #expect(Fixture.compile(carrying).policy?.carried(by: "word with") == ["name"])
    }

    @Test(arguments: ["deliver =", "deliver = : mengantar"])
    func `stands behind a name that lacks its word, and is told once`(line: String) {
        let words = "# Kantor Sari\n\n```words id\n\(line)\nname = nama: x\n```\n"
        let found = Policy.check([(Array(Fixture.document.utf8), "kantor.md"), (Array(words.utf8), "kantor.id.md")]).diagnostics
            .filter { $0.file == "kantor.id.md" && ($0.code == "syntax" || $0.message.contains("“deliver”")) }
        #expect(found.map(\.code) == ["syntax"], "\(found.map(\.text).joined())")
    }
}
