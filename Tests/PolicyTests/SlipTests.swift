// Slips that people make who write rules: each is told once, and with what to write instead.
import Testing

@testable import Policy

/// The fixture with a declaration and a rule more.
func slips(_ statement: String, declared: String = "", examples: String = "") -> [Diagnostic] {
    let text = Fixture.document.replacing(
        "event handed on", with: "event handed on\nfield city: choice\nmessage notice: of what came\n\(declared)"
    )
    .replacing("the person may read", with: "\(statement)\nthe person may read")
    return Fixture.compile(examples.isEmpty ? text : text + "\n```examples\n\(examples)\n```\n").diagnostics
}

@Suite struct `A slip` {
    @Test(arguments: [
        ("customer service mya read name to answer you", "Write “may” instead of “mya”."),
        ("customer service can read name to answer you", "Write “may” instead of “can”."),
        ("customer service, the site mya read name to answer you", "Write “may” instead of “mya”."),
        ("customer service read name to answer you", "Write “customer service may read”."),
        (
            "customer service reads name to answer you: yes",
            "Write “customer service may read”; what is to be tried stands in a block of “examples”."
        ),
        ("customer service may read name", "Write “to” and a purpose, such as “answer you”."),
        ("give name to courier", "Write “to” and a purpose, such as “answer you”."),
        ("give name", "Write “to” and a recipient, such as “courier”; then “to” and a purpose."),
        ("collect name", "Write “from” and a source, such as “registration form”."),
        ("send notice", "Write “through” and the field by which it is sent."),
        ("keep name while account active, thn 30 days, because \"x\"", "Did you mean “then”?"),
        ("keep name 3 days after collected, law \"x\"", "Write “by law” instead of “law”."),
        ("keep name 3 days after collected, bylaw \"x\"", "Did you mean “by law”?"),
        ("keep name 30 dayz after collected, because \"x\"", "Did you mean “days”?"),
        ("keep name 1 dayz after collected, because \"x\"", "Did you mean “day”?"),
        ("keep name 3 days after collected, by lwa \"x\"", "Did you mean “law”?"),
        (
            "keep name 3 days after collected, by the law \"x\"",
            "Write “by law” and the citation, or “because” and the reason, in quotation marks."
        ),
        ("never give name to anyone outsid", "Did you mean “anyone outside”?"),
        ("never give name to outside", "Did you mean “anyone outside”?"),
        ("never give name to any one outside", "Did you mean “anyone outside”?"),
        ("never read name by staff", "Did you mean “any staff”?"),
        ("the person may read adn correct name", "Did you mean “and”?"),
        ("the person may read an correct name", "Did you mean “and”?"),
        ("the person may read correct name", "Write a comma or “and” before “correct”."),
        (
            "customer service may read name and email address to answer you",
            "Between names stands a comma: write it instead of “and”."
        ),
        (
            "tell the person once when customer service reads name", "Write “at once when …”, or “once” and a condition and “ends when …”."
        ),
        ("tell the person atonce when customer service reads name", "Did you mean “at once”?"),
        ("tell the person now when customer service reads name", "Write “at once when …”, or “once” and a condition and “ends when …”."),
        (
            "tell customer service at once when the site reads name",
            "Write “the person”: only the person whom the item is of is told."
        ),
        ("aggregate city for courier to answer you, least 9 people, budget 1 per 1 year", "Write “at least” and how many people."),
        ("aggregate city for courier to answer you, at most 9 people, budget 1 per 1 year", "Write “at least” and how many people."),
        ("the persn may read name", "Did you mean “the person”?"),
        ("you may read name", "Did you mean “the person”?"),
        ("guard may read name", "Declare it, or write the name of one that is declared."),
        ("customer service may view name to answer you", "Write “read” instead of “view”."),
        ("share name with courier to answer you", "Write “give” instead of “share”."),
        ("customer service may read name for answer you", "Write “to” instead of “for”."),
        ("customer service may read name to answer you, if an open case", "Write “on” instead of “if”."),
        ("never give name to anybody", "Did you mean “anyone outside”?"),
        ("never give name to anyone", "Did you mean “anyone outside”?"),
        ("never read name by anybody", "Did you mean “anyone”?"),
        ("keep name forever, because \"x\"", "Write how long: “while” and a condition, or such as “30 days after collected”."),
        ("keep name 3 days, because \"x\"", "Write “after” and an event, such as “after collected”."),
        ("keep name as long as account active, because \"x\"", "Write “while” instead of “as”."),
        ("keep name for 30 days, because \"x\"", "Write how long: “while” and a condition, or such as “30 days after collected”."),
        (
            "keep name 3 days after handed on or collected, because \"x\"",
            "One event stands here: write a second “keep” for the other."
        ),
        ("keep name while collected, because \"x\"", "Write a condition, such as “an open case”."),
        ("give email to courier to deliver", "Did you mean “email address”?"),
        (
            "customer service may not delete name to answer you",
            "Write a rule that begins with “never”, and names them behind “by”."
        ),
        (
            "the person may read name, on (an open case or asked)",
            "There are no brackets: “and” binds tighter than “or”; write each alternative out."
        ),
        ("customer service may read name to answer you if an open case", "Write “, on” instead of “if”."),
        ("person may read name, on an open case", "Write “the person may read name, on an open case”, if it is a rule."),
    ])
    func `in a rule is told once, with what to write`(rule: String, suggestion: String) {
        let found = slips(rule)
        #expect(found.map(\.suggestion) == [suggestion], "\(found.map(\.text).joined())")
    }

    @Test(arguments: [
        ("keep name foo", false), ("collect name foo", false), ("never read name foo", false), ("never read everything foo", true),
        ("never read everything, name foo", true), ("never read everything except name foo", false),
    ])
    func `in a list is told with “except” only where it may stand`(rule: String, isOffered: Bool) {
        let found = slips(rule)
        #expect(found.count == 1 && found.allSatisfy { $0.message.contains("“except”") == isOffered }, "\(found.map(\.text).joined())")
    }

    @Test(arguments: [
        ("field fax phone", "Write: field fax: phone"), ("recipient shop provider in ID", "Write: recipient shop: provider in ID"),
        ("category reach name, city", "Write “=” between the name and what belongs to it."),
        ("recipient shop: provider ID", "Write “in” and a country's two letters: in ID"),
        ("recipient shop: provider, ID", "Write “in” and a country's two letters: in ID"),
        ("recipient shop: provider on ID", "Did you mean “in”?"), ("recipient shop: provider in Indonesia", "Write “ID” for “Indonesia”."),
        ("recipient shop: provider in the united states", "Write “US” for “the united states”."),
        ("condition rain, set by person: it rains", "Did you mean “the person”?"),
        ("condition rain, formerly snow, set by the person: it rains", "Write “set by …” before “, formerly”."),
        ("message word, formerly letter, with name: x", "Write “with …” before “, formerly”."),
        ("field fax, formerly telefax: phone", "Write “, formerly …” behind the kind."),
        ("role: clerk", "Write the name before the colon."), ("fax: phone", "Write: field fax: phone"),
        ("field fax: phone, record, sealed", "Write “, sealed” before “, record”."),
        ("role boss, formerly the site: x", "Write the name that “boss” had, or leave “formerly” out."),
        ("field fax: phone, formerly everything", "Write the name that “fax” had, or leave “formerly” out."),
    ])
    func `in a declaration is told once, with what to write`(declaration: String, suggestion: String) {
        let found = slips("", declared: declaration)
        #expect(found.map(\.suggestion) == [suggestion], "\(found.map(\.text).joined())")
    }

    @Test(arguments: [
        ("customer service reads name to answer you: no rule", "Write “no, no rule”."),
        ("customer service reads name to answer you: no, rule", "Write “no rule” instead of “rule”."),
        ("customer service reads name to answer you: no, norule", "Did you mean “no rule”?"),
        ("customer service reads name to answer you: no, no rul", "Did you mean “rule”?"),
        ("customer service reads name to answer you: no needs asked", "Write a comma before “needs”."),
        ("customer service reads name to answer you: yes work.2", "Write a comma before “work.2”."),
        ("customer service reads name: no", "Write “to” and a purpose, such as “answer you”."),
    ])
    func `in an example is told once, with what to write`(example: String, suggestion: String) {
        let found = slips("", examples: example).filter { $0.severity == .error }
        #expect(found.first?.suggestion == suggestion && found.count == 1, "\(found.map(\.text).joined())")
    }

    @Test(arguments: [
        "feild fax: phone", "field fax phone", "field fax", "field fax: fone", "feild fax phone", "fields fax: phone, formerly city",
        "field: fax", "fax: phone", "field fax, formerly telefax: phone",
    ])
    func `in a declaration isn't told again where its name is used`(declaration: String) {
        let uses = "collect fax from registration form to answer you\nkeep fax 3 days after collected, because \"x\""
        let found = slips(uses, declared: declaration)
        #expect(found.map(\.code) == ["syntax"], "\(found.map(\.text).joined())")
    }

    @Test(arguments: [
        ("roel clerk: may answer", "clerk may read name to answer you"), ("purpse serve: to serve", "the site may read name to serve"),
        ("conditoin rain: it rains", "the site may read name to answer you, on rain"),
        ("mesage word with name: x", "send word through email address to answer you, always"),
        ("recipeint shop: provider in ID", "give name to shop to answer you"),
        ("catgory reach = name, city", "the person may correct reach"),
    ])
    func `in the first word of a declaration isn't told again, whatever it declares`(declaration: String, rule: String) {
        let found = slips(rule, declared: declaration)
        #expect(
            found.map(\.code) == ["syntax"] && found.allSatisfy { $0.suggestion.hasPrefix("Did you mean") }, "\(found.map(\.text).joined())"
        )
    }

    @Test func `that leaves out the colon of a role names the longer name`() {
        let found = slips("clerk may read name to answer you", declared: "role clerk answers people")
        #expect(
            found.map(\.suggestion) == ["“clerk answers people” is declared: write a colon where its name ends, or the whole name here."])
    }

    @Test func `that makes a rule the name of a kind of person is told with the rule`() {
        let found = slips("person may read name").filter { $0.message.contains("may read name") }
        #expect(found.map(\.code).sorted() == ["hardly-meant", "unused-name"])
        #expect(found.first { $0.code == "hardly-meant" }?.suggestion == "Write “the person may read name”, if it is a rule.")
    }

    @Test(arguments: ["{#work", "{work}", "(#work)", "[#work]", "{#work}.", "{#work} (draft)", "{#work] ##"])
    func `in the anchor of the first clause is one error, and not one of each rule`(slip: String) {
        let found = Fixture.compile(Fixture.document.replacing("{#work}", with: slip)).diagnostics
        #expect(found.map(\.code) == ["hardly-meant"] && found.allSatisfy { $0.severity == .error }, "\(found.map(\.text).joined())")
        #expect(found.map(\.suggestion) == ["End it in {#work}."])
    }

    @Test func `in the first word of the header isn't told as a missing one too`() {
        let text = Fixture.document.replacing("policy kantor sari", with: "polcy kantor sari")
        #expect(Fixture.compile(text).diagnostics.map(\.code) == ["syntax"])
    }

    @Test func `of a byte in a name is told once`() {
        let text = Fixture.document.replacing("the person may read name", with: "the person may read na~me")
        let found = Policy.compile(text.utf8.map { $0 == 0x7E ? 0xFF : $0 }, file: "kantor.md").diagnostics
        #expect(found.map(\.message) == ["This byte isn't UTF-8."])
    }

    @Test func `in an anchor is told with one that reads well`() {
        for (anchor, tidy) in [("-x y-", "x-y"), (" x", "x"), ("X, y", "x-y"), ("é", "clause")] {
            let text = Fixture.document.replacing("{#work}", with: "{#\(anchor)}")
            #expect(Fixture.compile(text).diagnostics.first?.suggestion == "Write for example {#\(tidy)}.")
        }
    }
}

@Suite struct `What isn't read` {
    private func doubts(_ text: String) -> [String] {
        Fixture.compile(Fixture.document + "\n" + text).diagnostics.map { "\($0.code) \($0.message)" }
    }

    @Test(arguments: ["policies", "polcy", "rules", "rule", "exmples", "example", "word", "Policies"])
    func `is said of a block whose first word is nearly ours`(info: String) {
        let found = doubts("```\(info)\nthis and that\n```")
        #expect(found.count == 1 && found[0].hasPrefix("hardly-meant This block isn't read"), "\(found)")
    }

    @Test(arguments: [
        ("customer service may read name to answer you", "policy"), ("field fax: phone", "policy"),
        ("never read name by any staff\nnote: and that is all", "policy"), ("policy kantor, version 2, from 2026-02-01", "policy"),
        ("customer service reads name to answer you: no, needs an open case", "examples"),
        ("name kept at 3 days after collected: yes", "examples"),
    ])
    func `is said of a block without a word that reads as ours`(content: String, word: String) {
        let found = doubts("```\n\(content)\n```")
        #expect(
            found == [
                "hardly-meant This block isn't read, though each of its lines reads as if it stood in one of “\(word)”."
            ])
        #expect(doubts("```text\n\(content)\n```").isEmpty && doubts("    \(content.split(separator: "\n")[0])").isEmpty)
    }

    @Test(arguments: ["sell it", "source ~/.bashrc", "note: hello", "role model", "customer service may read nmae to answer you", ""])
    func `isn't said of a block of something else`(content: String) { #expect(doubts("```\n\(content)\n```").isEmpty) }

    @Test func `is said of a heading without a space, where it has an anchor`() {
        #expect(doubts("#Cookies {#cookies}\n\nWe use none.").count == 1)
        #expect(doubts("#Cookies\n\nWe use none {#none}.").isEmpty && doubts("    #Cookies {#cookies}").isEmpty)
    }

    @Test(arguments: [
        ("## More {#more", "{#more"), ("## More {more}", "{more}"), ("### More (#more)", "(#more)"), ("## More {#more}.", "{#more}"),
        ("## More {#more} (draft)", "{#more}"),
    ])
    func `is said of a heading with a slip in its anchor`(heading: String, marked: String) {
        let found = Fixture.compile(Fixture.document + "\n\(heading)\n\nWe do more.\n").diagnostics
        #expect(found.map(\.code) == ["hardly-meant"], "\(found.map(\.text).joined())")
        #expect(found.allSatisfy { $0.severity == .warning && $0.suggestion.contains("{#more}") && $0.length == marked.count })
    }

    @Test(arguments: [
        "## More", "## More (see #3)", "## Case (#12)", "## `{#more`", "## [More](#more)", "## \\{#more} more", "> ## More {#more",
    ])
    func `isn't said of a heading with something else in it`(heading: String) {
        #expect(doubts("\(heading)\n\nWe do more.").isEmpty)
    }

    @Test func `is said of marks behind a comma`() {
        func said(_ prose: String) -> [String] {
            Fixture.compile(Fixture.document.replacing("to reply (contract)", with: prose)).diagnostics.map(\.suggestion)
        }
        #expect(said("to reply, contract") == ["Write it at the end of the statement, in brackets: (contract)"])
        #expect(said("to reply, promotional, consent") == ["Write it at the end of the statement, in brackets: (promotional, consent)"])
        #expect(said("to reply, promotional (contract)") == ["Write it at the end of the statement, in brackets: (promotional)"])
        #expect(said("to reply, by contract").isEmpty && said("to reply, consent, and more").isEmpty)
        #expect(said("consent") == ["Say what the purpose means, and write at the end of the statement: (consent)"])
    }

    @Test func `is said of marks in square brackets`() {
        let text = Fixture.document.replacing("to reply (contract)", with: "to reply [contract]")
        #expect(Fixture.compile(text).diagnostics.map(\.suggestion) == ["Write it at the end of the statement: (contract)"])
    }

    @Test func `is said of a former name that is another kind of thing here, or has swallowed more`() {
        func messages(_ declaration: String) -> [String] {
            slips("", declared: declaration).filter { $0.code == "hardly-meant" }.map(\.message)
        }
        #expect(messages("role boss, formerly courier: x") == ["“courier” is a recipient, which “boss” can't have been."])
        #expect(
            messages("condition rain, formerly snow set by the person: x") == ["“set by the person” is read as a part of the former name."])
        #expect(messages("condition rain: it rains, set by the person") == ["“set by the person” is read as a part of what it means."])
        #expect(messages("condition rain: it rains, set by nature, and is set by the person to be so").isEmpty)
        #expect(
            messages("message word, formerly letter with name: x") == ["“with name” is read as a part of the former name."])
        #expect(messages("source courier\nrole boss, formerly chief: x").isEmpty)
    }
}
