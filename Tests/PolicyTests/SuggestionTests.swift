// What a finding tells to write instead, and what is only doubted.
import Testing

@testable import Policy

@Suite struct `A name of the wrong kind` {
    /// The fixture with an e-mail notice and a rule more.
    private func found(_ rule: String, examples: String = "") -> [Diagnostic] {
        let text = Fixture.document.replacing(
            "event handed on", with: "event handed on\nfield city: choice\nmessage notice: word of what came"
        )
        .replacing("the person may read", with: "\(rule)\nthe person may read")
        return Fixture.compile(text + "\n```examples\n\(examples)\n```\n").diagnostics.filter { $0.code == "wrong-kind" }
    }

    @Test(arguments: [
        (
            "customer service may read name to courier", "“courier” is a recipient; a purpose must stand here.",
            "Write a purpose, such as “answer you”."
        ),
        (
            "keep name 3 days after a gag, because \"x\"", "“a gag” is a condition; an event must stand here.",
            "Write an event, such as “handed on”."
        ),
        (
            "customer service may read name to answer you, on handed on", "“handed on” is an event; a condition must stand here.",
            "Write a condition, such as “an open case”."
        ),
        (
            "collect name from courier to deliver", "“courier” is a recipient; a source must stand here.",
            "Write a source, such as “registration form”."
        ),
        (
            "give name to customer service to deliver", "“customer service” is a role; a recipient must stand here.",
            "Write a recipient, such as “courier”."
        ),
        ("customer service may read notice to deliver", "“notice” is a message; fields must stand here.", "Write a field, such as “name”."),
        (
            "send name through email address to deliver, always", "“name” is a field; messages must stand here.",
            "Write a message, such as “notice”."
        ),
        (
            "anyone may read name to deliver",
            "“anyone” is a word for all of a kind, for “never” and “tell” only; an actor must stand here.",
            "Write an actor, such as “customer service”."
        ),
        (
            "never read name by anyone outside",
            "“anyone outside” is a word for all recipients, behind “to” of a “never” or “tell”; an actor must stand here.",
            "Write an actor, such as “customer service”."
        ),
        (
            "aggregate name for courier to deliver, at least 2 people, budget 1 per 1 year",
            "“name” is of the kind text; statistics are of choices, numbers, money and dates.",
            "Write a field of one of those kinds, such as “city”."
        ),
        (
            "aggregate city for the person to deliver, at least 2 people, budget 1 per 1 year",
            "Statistics are for recipients, roles or “the site”.", "Write one of those, such as “customer service”."
        ),
        (
            "give name to courier to deliver, by the person", "“the person” can't start this; staff or “the site” can.",
            "Write a role or “the site”, such as “customer service”."
        ),
        (
            "when this policy changes: a new use of stored data needs a yes by name", "“name” is no e-mail address.",
            "Write a field of the kind email, such as “email address”."
        ),
    ])
    func `is told with a name that fits`(rule: String, message: String, suggestion: String) {
        let diagnostics = found(rule)
        #expect(diagnostics.map(\.message) == [message] && diagnostics.map(\.suggestion) == [suggestion], "\(diagnostics.map(\.text))")
    }

    @Test(arguments: [
        (
            "courier reads name to deliver: no", "“courier” is a recipient; an actor must stand here.",
            "Write an actor, such as “customer service”."
        ),
        (
            "customer service reads name to deliver, by customer service: no", "Only a give, a send and a derive are started by somebody.",
            "Leave “, by …” out."
        ),
        (
            "customer service reads notice to deliver: no", "“notice” is a message; a flow is about one field.",
            "Write one field, such as “name”."
        ),
        (
            "customer service gets name to deliver: no", "“customer service” is a role; a recipient must stand here.",
            "Write a recipient, such as “courier”."
        ),
        (
            "customer service reads name to deliver, on in aggregate: no", "“in aggregate” is no fact, but part of what is asked.",
            "Write “gets … in aggregate”, and leave it out here."
        ),
    ])
    func `is told so in an example too`(example: String, message: String, suggestion: String) {
        let diagnostics = found("", examples: example)
        #expect(diagnostics.map(\.message) == [message] && diagnostics.map(\.suggestion) == [suggestion], "\(diagnostics.map(\.text))")
    }

    @Test func `of a category that stands for one item is told with an item that it holds`() {
        let found = Fixture.compile(
            Fixture.document.replacing("event handed on", with: "event handed on\ncategory reach = email address, mail item")
                + "\n```examples\ncustomer service reads reach to answer you: no\n```\n")
        #expect(found.diagnostics.map(\.suggestion) == ["Write one field, such as “email address”."])
    }

    @Test func `is told with the nearest that fits, else one is to be declared`() {
        #expect(found("customer service may read name to delivery, on a gag").isEmpty)
        let near = Fixture.document.replacing("event handed on", with: "event handed on\nevent answer yo")
            .replacing("email address to answer you", with: "email address to answer yo")
        #expect(Fixture.compile(near).diagnostics.first?.suggestion == "Did you mean “answer you”?")
        #expect(
            found("give name to courier to deliver, on registration form").first?.suggestion == "Write a condition, such as “an open case”."
        )
        let none = Fixture.document.replacing("event handed on\n", with: "").replacing("after handed on", with: "after a gag")
        #expect(Fixture.compile(none).diagnostics.first?.suggestion == "Write an event, such as “collected”.")
    }
}

@Suite struct `What can hardly be meant` {
    private static let counting = "aggregate city for courier to deliver, at least 0 people, budget 1 per 0 days"
    private func doubts(_ old: String, _ new: String) -> [String] {
        Fixture.compile(Fixture.document.replacing(old, with: new)).diagnostics.filter { $0.code == "hardly-meant" }.map {
            "\($0.severity.rawValue) \($0.line):\($0.column)+\($0.length) \($0.message)"
        }
    }

    @Test(arguments: [
        (
            "role customer service:", "role customer service, never with customer service:",
            ["warning 10:35+16 Nobody could have this role beside itself."]
        ),
        ("processor in ID", "processor in any country, ID", ["warning 11:33+15 “any country” holds every other that stands beside it."]),
        ("to reply (contract)", "to reply (contact)", ["warning 8:31+7 “contact” is no mark, and is read as prose."]),
        ("to reply (contract)", "to reply (by mail or so) (contract)", []),
        ("to reply (contract)", "to reply (contract", ["warning 8:31+8 “contract” is read as prose here, and not as a mark."]),
        ("because \"it waits\"", "because \"\"", ["warning 29:49+1 The reason says nothing."]),
        ("by law \"tax law 28\"", "by law \"\"", ["warning 30:44+1 The reason says nothing."]),
    ])
    func `is read, and doubted at its place`(old: String, new: String, expected: [String]) { #expect(doubts(old, new) == expected) }

    @Test func `are a group of nobody and a budget for no time`() {
        let text =
            "collect city from registration form to answer you\nkeep city while account active, because \"x\"\n\(Self.counting)\nthe person may read name"
        let old = Fixture.document.replacing("event handed on", with: "event handed on\nfield city: choice").replacing(
            "the person may read name", with: text)
        let found = Fixture.compile(old).diagnostics.filter { $0.code == "hardly-meant" }.map(\.message)
        #expect(found == ["“At least 0 people” hides no group, however small.", "A budget for no time at all is never used up."])
    }

    @Test(arguments: [
        ("to reply (contract)", "to reply (as you asked)"), ("to reply (contract)", "to reply (contract, consent)"),
        ("in ID", "in any country"),
        ("in ID", "in ID, SG"),
    ])
    func `is nothing that somebody could mean`(old: String, new: String) { #expect(doubts(old, new).isEmpty) }

    @Test func `waits until the document reads`() {
        let text = Fixture.document.replacing("because \"it waits\"", with: "because \"\"").replacing("collect name", with: "collect nmae")
        #expect(Fixture.compile(text).diagnostics.map(\.code) == ["unknown-name"])
    }
}

@Suite struct `Clauses of a translation` {
    private func found(_ order: [String]) -> [String] {
        let words = "```words id\nname = nama\nKantor Sari = Kantor Sari\n```\n\n"
        let text = words + order.map { "## X {#\($0)}\n\nTeks.\n" }.joined(separator: "\n")
        return Policy.check([(Array(Fixture.document.utf8), "kantor.md"), (Array(text.utf8), "kantor.id.md")]).diagnostics
            .filter { $0.file == "kantor.id.md" && !$0.message.hasPrefix("There is no word") }.map {
                "\($0.code) \($0.line): \($0.message)"
            }
    }

    @Test func `stand in the order of the policy, and there are no others`() {
        #expect(found(["work", "changes"]).isEmpty)
        #expect(found(["changes", "work"]) == ["translation-differs 6: Here the policy has the clause {#work}."])
        #expect(found(["work", "extra", "changes"]) == ["translation-differs 10: The policy has no clause {#extra}."])
        #expect(found(["changes"]).map { $0.prefix(19) } == ["translation-missing"])
        #expect(
            found(["wrok", "changes"]) == [
                "translation-missing 1: The clause {#work} isn't translated; the policy has no clause {#wrok}."
            ])
    }

    @Test func `may say what the policy is called, and a misspelt name is told with the nearest`() {
        let words = "```words id\nKantor  SARI = Kantor Sari\nnmae = nama\n```\n"
        let found = Policy.check([(Array(Fixture.document.utf8), "kantor.md"), (Array(words.utf8), "kantor.id.md")]).diagnostics
        let errors = found.filter { $0.severity == .error }
        #expect(errors.map(\.code) == ["unknown-name"] && errors.map(\.line) == [3] && errors.map(\.suggestion) == ["Did you mean “name”?"])
    }
}

@Suite struct `Verbs` {
    @Test(arguments: ["read, correct, delete", "read and correct and delete", "read, correct and delete", "read, correct, and delete"])
    func `are joined by commas, by and, or by both`(verbs: String) throws {
        let policy = try Fixture.policy(Fixture.document.replacing("the person may read name", with: "the person may \(verbs) name"))
        let one = try Fixture.policy(
            Fixture.document.replacing("the person may read name", with: "the person may read, correct, delete name"))
        #expect(policy.difference(from: one).isNothing && one.difference(from: policy).isNothing)
    }

    @Test func `lack one where and stands alone`() {
        for verbs in ["read, and", "and read", "read and, delete", "read,, delete"] {
            let text = Fixture.document.replacing("the person may read name", with: "the person may \(verbs) name")
            #expect(Fixture.compile(text).diagnostics.map(\.code) == ["syntax"], "\(verbs)")
        }
    }
}

@Suite struct `What stands behind the end of a statement` {
    @Test func `is to be taken out`() {
        let text = Fixture.document.replacing("because \"it waits\"", with: "because \"it waits\" and more")
        let said = Fixture.compile(text).diagnostics.filter { $0.code == "syntax" }
        #expect(said.map(\.message) == ["“and” doesn't fit here: the statement ends before it."])
        #expect(said.map(\.suggestion) == ["Take it out, or write a statement of its own."])
    }
}

@Suite struct `A first word that is none of ours` {
    @Test(arguments: [
        ("feild city: text", "field"), ("colect name from form to serve", "collect"), ("Nevr read name", "never"), ("kepe name", "keep"),
        ("conditoin rain", "condition"), ("aggreagte city", "aggregate"),
    ])
    func `gets the one that was meant`(_ statement: String, _ meant: String) throws {
        let text = Fixture.document.replacing("event handed on", with: "event handed on\n\(statement)")
        let finding = try #require(Fixture.compile(text).diagnostics.first { $0.code == "syntax" })
        #expect(finding.suggestion == "Did you mean “\(meant)”?" && finding.column == 1)
        #expect(finding.message.hasSuffix("expected a declaration or a rule."))
    }

    @Test func `gets none where none is near`() throws {
        let text = Fixture.document.replacing("event handed on", with: "event handed on\nxyzzy name")
        #expect(Fixture.compile(text).diagnostics.first { $0.code == "syntax" }?.suggestion == "Write a declaration or a rule here.")
    }
}

@Suite struct `A misspelt word of the language` {
    @Test(arguments: [
        ("customer service may raed name to answer you", "read"), ("customer service may read name too answer you", "to"),
        ("customer service may read name to answer you unles a gag", ", unless"),
        ("customer service may read name to answer you on a gag", ", on"),
        ("customer service may read name to answer you, onn a gag", "on"),
        ("keep name whlie account active, because \"x\"", "while"), ("keep name while account active, becuase \"x\"", "because"),
        ("keep name 3 dyas after collected, because \"x\"", "days"), ("field fax: phnoe", "phone"), ("field fax: phone, seald", "sealed"),
        ("role guard, nevr with customer service", "never"), ("condition rain, formery snow: it rains", "formerly"),
        ("recipient shop: partnr in ID", "partner"), ("purpose serve: to serve (contract, consnt)", "consent"),
        ("send notice through email address to answer you, allways", "always"),
        ("send notice through email address to answer you, always, until deletd", "deleted"),
        ("aggregate city for courier to answer you, atleast 9 people, budget 1 per 1 year", "at least"),
        ("derive city from name to answer you, frely", "freely"), ("never raed name by any staff", "read"),
        ("never read name by any staff, unlss a gag", "unless"), ("tell the person at onec when any staff reads name", "once"),
        ("when this policy chnges: a change without new use is posted", "changes"),
    ])
    func `is told once, with the one that was meant`(_ statement: String, _ meant: String) throws {
        let text = Fixture.document.replacing("event handed on", with: "event handed on\nfield city: choice\nmessage notice: of what came")
            .replacing("the person may read", with: "\(statement)\nthe person may read")
        let found = Fixture.compile(text).diagnostics
        #expect(found.map(\.code) == ["syntax"] && found.map(\.suggestion) == ["Did you mean “\(meant)”?"], "\(found.map(\.text))")
    }
}
