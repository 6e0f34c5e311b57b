// Slips in headings, fences and conditions by which something is lost that was meant: each is told once, where it stands.
import Testing

@testable import Policy

@Suite struct `What was meant and isn't read` {
    private func found(_ text: String) -> [Diagnostic] { Fixture.compile(text).diagnostics }

    @Test func `is said of an underlined heading with an anchor, in a clause and before the first one`() throws {
        let inside = found(Fixture.document + "\nMore of\nthis {#more}\n---------\n\nWe do more.\n")
        #expect(inside.map(\.code) == ["hardly-meant"] && inside.allSatisfy { $0.severity == .warning })
        #expect(inside.first?.suggestion == "Write it without the line below: ## More of this {#more}")
        #expect(inside.first.map { ($0.line, $0.column, $0.length) } ?? (0, 0, 0) == (44, 6, 7))
        let first = found(Fixture.document.replacing("## What we do {#work}", with: "What we do {#work}\n===="))
        #expect(first.count == 10 && first.allSatisfy { $0.code == "rule-outside-clause" }, "\(first.map(\.text).joined())")
        #expect(first.first?.suggestion == "Write it without the line below: # What we do {#work}")
    }

    @Test(arguments: ["More\n----", "`{#more}`\n----", "More (#12)\n---"])
    func `isn't said of an underlined heading without one`(heading: String) {
        #expect(found(Fixture.document + "\n\(heading)\n\nWe do more.\n").isEmpty)
    }

    @Test func `is one fault, where the first word of a block is misspelt`() throws {
        for (written, line) in [(Fixture.header.replacing("```policy", with: "```polciy") + Fixture.rules + Fixture.changes, 3)] {
            let told = found(written)
            #expect(told.map { "\($0.line) \($0.code)" } == ["\(line) hardly-meant"], "\(told.map(\.text).joined())")
            #expect(told.first?.severity == .error)
        }
        let rules = found(Fixture.header + Fixture.rules.replacing("```policy", with: "```plicy") + Fixture.changes)
        #expect(rules.map(\.code) == ["hardly-meant"] && rules[0].severity == .error, "\(rules.map(\.text).joined())")
        let shown = found(Fixture.document + "\n```polciy\nthis is no rule of ours\n```\n")
        #expect(shown.map(\.code) == ["hardly-meant"] && shown[0].severity == .warning)
    }

    @Test func `is said of examples in a translation, once for each block`() {
        let words = "```words id\nname = nama\n```\n\n## Kerja {#work}\n\nYa.\n\n```examples\nthe person reads name: yes\nx\n```\n"
        let told = Policy.check([(Array(Fixture.document.utf8), "kantor.md"), (Array(words.utf8), "kantor.id.md")]).diagnostics
            .filter { !$0.code.hasPrefix("translation") }
        #expect(told.map { "\($0.file) \($0.line) \($0.code) \($0.severity)" } == ["kantor.id.md 9 hardly-meant warning"])
    }

    @Test(arguments: [
        ("UK", "Did you mean “GB”?"), ("XX", "Write those of the country that is meant, such as ID, or “any country”."),
        ("zz", "Write those of the country that is meant, such as ID, or “any country”."),
    ])
    func `is said of two letters that are no country's`(code: String, suggestion: String) {
        for text in [
            Fixture.document.replacing("processor in ID", with: "processor in SG, \(code)"),
            Fixture.document.replacing("from 2026-01-31", with: "from 2026-01-31, kept in \(code)"),
        ] {
            let told = found(text)
            #expect(told.map(\.code) == ["hardly-meant"] && told[0].suggestion == suggestion && told[0].length == 2)
            #expect(told.allSatisfy { $0.severity == .warning })
        }
    }

    @Test(arguments: [
        ("on an open case or not an open case", "“an open case or not an open case” is always so: the rule asks for nothing by it."),
        ("on a gag and not a gag or an open case", "“a gag and not a gag” can never be so: it says nothing here."),
        ("on an open case, unless a gag and not a gag", "“a gag and not a gag” can never be so: it says nothing here."),
        ("on an open case and an open case", "“an open case and an open case” says the same twice."),
    ])
    func `is said of a condition that says nothing`(when: String, message: String) {
        let told = found(Fixture.document.replacing("answer you, on an open case\n", with: "answer you, \(when)\n"))
        #expect(told.filter { $0.code == "hardly-meant" }.map(\.message) == [message], "\(told.map(\.text).joined())")
    }

    @Test func `is said of a term that always runs, and not of one that another condition ends`() {
        func term(_ while: String) -> [Diagnostic] {
            found(Fixture.document.replacing("while account active, then 30 days", with: "while \(`while`), then 30 days"))
        }
        #expect(term("account active or not account active").map(\.code) == ["hardly-meant"])
        #expect(term("account active or account deactivated").isEmpty)
        #expect(term("account active and an open case or account active and a gag").isEmpty)
    }
}
