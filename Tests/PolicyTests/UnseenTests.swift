// What somebody could miss at a first look: marks in other signs, letters that nobody sees, a translation by itself, the other way to a yes.
import Testing

@testable import Policy

@Suite struct `Marks that somebody wrote otherwise` {
    private func doubts(_ prose: String) -> [String] {
        Fixture.compile(Fixture.document.replacing("to reply (contract)", with: prose)).diagnostics.map {
            "\($0.code) \($0.column)+\($0.length)"
        }
    }

    @Test(arguments: [
        ("to sell (promotional and contract)", "30+24"), ("to sell (contract promotional)", "30+20"),
        ("to sell （promotional）", "29+13"), ("to sell（legal duty）", "24+16"), ("（promotional） to sell", "21+21"), ("promotional", "21+11"),
        ("- promotional", "23+11"), ("to sell - promotional", "31+11"), ("to sell; promotional", "30+11"),
        ("to sell {consent}", "29+9"),
    ])
    func `are doubted`(prose: String, place: String) { #expect(doubts(prose) == ["hardly-meant \(place)"]) }

    @Test(arguments: [
        "to get your consent", "to do what is our legal duty", "a contract with you", "to sell (contract, promotional)", "to sell - to you",
        "to ask （by mail）", "what the contract asks; and consent to it",
    ])
    func `are none where it is prose`(prose: String) { #expect(doubts(prose).isEmpty) }
}

@Suite struct `A letter that nobody sees` {
    private func found(_ name: String) -> [String] {
        Fixture.compile(Fixture.document.replacing("event handed on", with: "event handed on\nevent \(name)")).diagnostics.filter {
            $0.code == "hardly-meant"
        }.map { "\($0.line):\($0.column) \($0.message)" }
    }

    @Test(arguments: [("han\u{200B}ded", "200B"), ("out\u{202E}gone", "202E"), ("a\u{200D}b", "200D"), ("a\u{AD}b", "AD")])
    func `is doubted in a name`(name: String, code: String) {
        #expect(found(name) == ["16:7 A letter of this name isn't seen, U+\(code): another name may look the same."])
    }

    @Test(arguments: ["می\u{200C}رود", "❤\u{FE0F}", "pulang"]) func `is none where a script needs it`(name: String) {
        #expect(found(name).isEmpty)
    }

    @Test func `and what commands a terminal are shown by a sign in what is told of a change`() throws {
        let new = Fixture.document.replacing("to reply (", with: "to reply\u{1B}[2K\u{202E} soon (")
        let policy = try Fixture.policy(new), old = try Fixture.policy()
        let text = Voice(policy).passage(of: policy.difference(from: old), from: old).text()
        #expect(text.contains("to reply\u{FFFD}[2K\u{FFFD} soon") && !text.contains("\u{1B}"), "\(text)")
    }
}

@Suite struct `A translation by itself` {
    private func found(_ words: String, beside: [([UInt8], String)] = []) -> [String] {
        let document = (Array("```words id\n\(words)\n```\n".utf8), "kantor.id.md")
        return Policy.check(beside.map { (bytes: $0.0, file: $0.1) } + [(bytes: document.0, file: document.1)]).diagnostics.filter {
            $0.file == document.1 && $0.code != "translation-missing"
        }.map { "\($0.severity.rawValue) \($0.code) \($0.line):\($0.column)" }
    }

    @Test(arguments: [
        ("courier kurir", ["error syntax 2:14"]), ("name = nama\ncourier = : kurir", ["error syntax 3:11"]),
        ("courier = kurir\nName = nama\nCOURIER = pengantar", ["error duplicate-name 4:1"]),
        ("\"x\" = \"y\"\n\"x\" = \"z\"", ["error duplicate-name 3:1"]), ("\"x\" = y", ["error syntax 2:1"]),
        ("courier = kurir\n\"x\" = \"y\"", []),
    ])
    func `says what can be known without its policy`(words: String, expected: [String]) { #expect(found(words) == expected) }

    @Test func `and beside it has another word for each name of a kind`() {
        let policy = (Array(Fixture.document.utf8), "kantor.md")
        #expect(found("name = surat\nmail item = Surat", beside: [policy]) == ["warning hardly-meant 3:13"])
        #expect(found("deliver = antar\ncourier = antar", beside: [policy]).isEmpty)
    }
}

@Suite struct `The way past a promise` {
    private func explained(_ never: String, _ rules: String, in tongue: Tongue = .english) throws -> String {
        let text = Fixture.document.replacing("by any staff unless a gag", with: "by any staff unless \(never)")
            .replacing("the person may read", with: "\(rules)\nthe person may read")
        let policy = try Fixture.policy(text), flow = "customer service reads mail item to answer you"
        let answer = try #require(Governing(policy).answers(to: Array(flow.utf8)).first)
        return Voice(policy, in: tongue).passage(of: answer).text()
    }

    @Test func `is the one on which also a rule permits it`() throws {
        let rule = "customer service may read mail item to answer you, on an open case"
        let text = try explained("a gag or an open case", rule)
        #expect(
            text.contains("lifted by: an open case.\n    Forbidden by work.sealed") && text.contains("It could be permitted by work.4"),
            "\(text)")
        let indonesian = try explained("a gag or an open case", rule, in: .indonesian)
        #expect(!indonesian.contains("a gag.") && indonesian.contains("an open case."), "\(indonesian)")
    }

    @Test func `is the first where all ask for as much`() throws {
        let text = try explained("a gag or an open case", "customer service may read mail item to answer you, on asked")
        #expect(text.contains("lifted by: a gag.\n    But even then this is missing: you asked for it."), "\(text)")
    }

    @Test func `takes more facts where fewer don't lead to a rule`() throws {
        let text = try explained(
            "asked or a gag and an open case",
            "customer service may read mail item to answer you, on a gag\nnever read mail item by any staff, on asked [not]")
        #expect(text.contains("lifted by: a gag and an open case.") && !text.contains("even then"), "\(text)")
    }
}

@Suite struct `What a condition closes` {
    @Test func `is told with the notices that wait for its end`() throws {
        let policy = try Fixture.policy()
        #expect(policy.rules(delayedBy: "a gag") == ["work.10"] && policy.rules(delayedBy: "an open case").isEmpty)
        #expect(
            Voice(policy).opensNothing(stoppedBy: [], delayed: ["work.9"])
                == "It opens nothing. While it holds, you aren't told yet: work.9.")
    }
}
