// The policy against declared uses.
import Testing

@testable import Policy

@Suite struct `A policy against the code` {
    private static let answered: Policy.NamedUse = ("Answered", .read("name", "email address", by: "customer service", to: "answer you"))
    private static let own: Policy.NamedUse = ("Own", .own(.read, "name", "email address", "mail item"))
    private static let registered: Policy.NamedUse = ("Registered", .collect("name", from: "registration form", to: "answer you"))

    private func codes(_ code: [Policy.NamedUse], _ document: String = Fixture.document) throws -> [String] {
        try Fixture.policy(document).check(against: code).map { "\($0.code) \($0.line)" }
    }

    @Test func `names each rule that no code relies on, at the rule`() throws {
        let missing = try Fixture.policy().check(against: [Self.answered, Self.own, Self.registered])
        #expect(missing.map(\.code) == ["rule-without-use"] && missing[0].excerpt.hasPrefix("give name together with"))
        #expect(missing[0].severity == .warning && missing[0].file == "kantor.md")
    }

    @Test func `names a use that no rule permits, at its declaration, with the rule to write`() throws {
        let use: Policy.NamedUse = ("Nosy", .read("name", "mail item", by: "customer service", to: "deliver", line: 12))
        let found = try #require(try Fixture.policy().check(against: [use]).first)
        #expect(found.code == "use-without-rule" && found.severity == .error)
        #expect(found.file == "PolicyTests/CodeTests.swift" && found.line == 12)
        #expect(found.suggestion == "Write: customer service may read name, mail item to deliver")
    }

    @Test func `says which promise stands against a use`() throws {
        let document = Fixture.document.replacing(
            "the person may read name,", with: "customer service may read mail item to deliver\nthe person may read name,"
        ).replacing(" unless a gag [sealed]", with: " [sealed]")
        let found = try Fixture.policy(document).check(
            against: [("Nosy", .read("mail item", by: "customer service", to: "deliver"))])
        #expect(found.first?.message.contains("always forbidden, by work.sealed") == true)
    }

    @Test func `says where a name is misspelt`() throws {
        let found = try Fixture.policy().check(against: [("Nosy", .read("nmae", by: "customer service", to: "answer you"))])
        #expect(found.first?.code == "use-without-rule" && found.first?.suggestion == "Did you mean “name”?")
    }

    @Test func `one rule less, and exactly its use has none`() throws {
        let rule = "customer service may read name, email address to answer you, on an open case\n"
        let before = try codes([Self.answered, Self.own]),
            after = try codes([Self.answered, Self.own], Fixture.document.replacing(rule, with: ""))
        #expect(!before.contains { $0.hasPrefix("use-without-rule") })
        #expect(after.filter { $0.hasPrefix("use-without-rule") } == ["use-without-rule \(Self.answered.declared.line)"])
    }
}
