// How names and lines are read, and how faults are shown.
import Testing

@testable import Policy

@Suite struct `Names` {
    @Test(arguments: [
        ("STRASSE", "straße"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("ﬁeld", "FIELD"), ("İ", "i\u{307}"), ("Café", "CAFE\u{301}"),
        ("Kelvin \u{212A}", "kelvin k"),
        ("α\u{345}\u{301}", "ᾴ"), ("ẞ", "ss"), ("Ǆ", "ǆ"), ("\u{13A0}", "\u{AB70}"),
    ])
    func `are equal however they are written`(one: String, other: String) {
        #expect(Array(Words.fold(one).utf8) == Array(Words.fold(other).utf8))
    }

    @Test(arguments: [("ı", "i"), ("a", "á"), ("ss", "s"), ("0", "O")])
    func `differ where the letters differ`(one: String, other: String) {
        #expect(Words.fold(one) != Words.fold(other))
    }
}

@Suite struct `A fault` {
    @Test func `is shown with its line, a mark under it, and what to write instead`() throws {
        let text = Fixture.document.replacing("may read name, email address to", with: "may read nmae, email address to")
        let diagnostic = try #require(Fixture.compile(text).diagnostics.first)
        #expect(
            diagnostic.text == """
                kantor.md:23:27: error: “nmae” isn't declared; a field, message or category must stand here. [unknown-name]
                    customer service may read nmae, email address to answer you, on an open case
                                              ^^^^
                    Did you mean “name”?

                """)
    }

    @Test func `of one byte is refused: what isn't UTF-8, a broken keyword, a name cut short`() {
        let bytes = Array(Fixture.document.utf8)
        #expect(Policy.compile(bytes, file: "kantor.md").policy != nil)
        for (word, at) in [("collect name", 2), ("may read name", 5), ("keep name", 1), ("mail item from", 3)] {
            let start = Fixture.document.utf8.firstRange(of: word.utf8)!.lowerBound
            var broken = bytes
            broken[Fixture.document.utf8.distance(from: Fixture.document.startIndex, to: start) + at] = 0xFF
            #expect(Policy.compile(broken, file: "kantor.md").policy == nil)
        }
    }

    @Test func `is a letter with more marks than any language puts on one, and the thirtieth isn't`() throws {
        func faults(_ count: Int) -> [Diagnostic] {
            let marks = (0..<count).map { $0 % 2 == 0 ? "\u{301}" : "\u{323}" }.joined()
            return Fixture.compile(Fixture.document.replacing("event handed on", with: "condition a\(marks)\nevent handed on")).diagnostics
        }
        #expect(!faults(30).contains { $0.code == "syntax" })
        let fault = try #require(faults(31).first { $0.code == "syntax" })
        #expect(fault.message == "More than 30 marks stand on one letter." && fault.column == 42)
    }

    @Test func `doesn't command the terminal that shows it`() throws {
        let text = Fixture.document.replacing("may read name, email address to", with: "may read n\u{1B}[2J\u{202E}ame to")
        let shown = try #require(Fixture.compile(text).diagnostics.first).text
        #expect(!shown.unicodeScalars.contains("\u{1B}") && !shown.unicodeScalars.contains("\u{202E}") && shown.contains("n\u{FFFD}"))
    }

    @Test func `of a category's member isn't told again where the category is used`() {
        let text = Fixture.document.replacing("event handed on", with: "category one = nam\ncategory two = one\nevent handed on").replacing(
            "may read name, email address to", with: "may read two to")
        #expect(Fixture.compile(text).diagnostics.map(\.code) == ["unknown-name"])
    }

    @Test func `is two things of different kinds that are both the former one`() {
        func found(_ one: String, _ other: String) -> Int {
            let text = Fixture.document.replacing("event handed on", with: "\(one)\n\(other)\nevent handed on")
            return Fixture.compile(text).diagnostics.count { $0.code == "duplicate-name" }
        }
        #expect(found("role boss, formerly zed", "person guest, formerly zed") == 1)
        #expect(found("recipient shop: partner in ID, formerly zed", "source desk, formerly zed") == 0)
        #expect(found("role boss, formerly zed", "source zed") == 0)
    }

    @Test func `doesn't hide the next one`() {
        let text = Fixture.document.replacing("collect name", with: "collect nam").replacing("give name", with: "give nme")
            .replacing("10 days after collected", with: "ten days after collected")
        #expect(Fixture.compile(text).diagnostics.map(\.line) == [22, 24, 29])
    }
}

@Suite struct `A clause` {
    @Test func `has its prose as HTML that is safe to send, without blocks and raw HTML`() throws {
        let text = Fixture.document.replacing(
            "We answer your cases", with: "We <script>alert(1)</script> answer *your* cases <!-- not for you -->")
        let clause = try #require(try Fixture.policy(text).clauses.first)
        #expect(clause.anchor == "work" && clause.title == "What we do" && clause.level == 2)
        #expect(clause.prose == "<p>We alert(1) answer <em>your</em> cases  and bring your mail.</p>\n")
        #expect(clause.rules.map(\.address).suffix(6) == ["work.sealed", "work.6", "work.7", "work.8", "work.9", "work.10"])
    }
}

@Suite struct `A translation` {
    private func clauses(stamp: String = "") throws -> [String: Clause] {
        let policy = try #require(Fixture.compile(Fixture.document).policy)
        return policy.clauses(in: Array(Self.text(stamp).utf8), file: "kantor.id.md")
    }
    private static func text(_ stamp: String) -> String {
        """
        # Kantor Sari

        ```words id
        name = nama
        ```

        ## Yang kami kerjakan {#work}
        \(stamp)

        Kami menjawab <i>perkara</i> Anda.

        ## Yang tidak ada {#elsewhere}

        """
    }

    @Test func `gives the clauses that the policy has, and no markup of its own`() throws {
        let clauses = try clauses()
        #expect(Array(clauses.keys) == ["work"])
        #expect(clauses["work"]?.title == "Yang kami kerjakan" && clauses["work"]?.prose.contains("<i>") == false)
    }

    @Test func `of a clause that has changed since isn't shown`() throws {
        #expect(try clauses(stamp: "<!-- of 0123456789abcdef -->").isEmpty)
    }

    @Test func `of a clause that says the same, and only has other rules, is shown`() throws {
        let policy = try #require(Fixture.compile(Fixture.document).policy), stale = "<!-- of 0123456789abcdef -->"
        func stamped(_ prose: String) -> String {
            String(
                decoding: policy.stamped(Array(Self.text("\(stale)\n<!-- prose \(prose) -->").utf8), file: "kantor.id.md"), as: UTF8.self)
        }
        let digits = try #require(stamped("0123456789abcdef").firstMatch(of: /<!-- prose ([0-9a-f]{16}) -->/)?.1)
        #expect(digits != "0123456789abcdef" && stamped(String(digits)) == stamped("0123456789abcdef"))
        #expect(try clauses(stamp: "\(stale)\n<!-- prose \(digits) -->")["work"]?.title == "Yang kami kerjakan")
        #expect(try clauses(stamp: "\(stale)\n<!-- prose 0123456789abcdef -->").isEmpty)
        let fewer = Fixture.document.replacing("the person may read name, email address, mail item\n", with: "")
        let other = try #require(Fixture.compile(fewer).policy)
        let translation = Array(Self.text("\(stale)\n<!-- prose \(digits) -->").utf8)
        #expect(fewer != Fixture.document && other.clauses(in: translation, file: "kantor.id.md")["work"] != nil)
        let reworded = try #require(Fixture.compile(Fixture.document.replacing("bring your mail", with: "burn your mail")).policy)
        #expect(reworded.clauses(in: translation, file: "kantor.id.md").isEmpty)
    }

    @Test func `is no policy`() throws {
        let policy = try #require(Fixture.compile(Fixture.document).policy)
        #expect(policy.clauses(in: Array(Fixture.document.utf8), file: "kantor.md").isEmpty)
    }
}
