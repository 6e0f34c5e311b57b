// What several rules keep is told in one sentence; and what examples try of those rules.
import Testing

@testable import Policy

@Suite struct `What several rules keep` {
    private static let capped = Fixture.document.replacing(
        "keep mail item 10 days after collected, because \"it waits\"",
        with: """
            keep mail item 10 days after collected, because "it waits"
            keep mail item at most 3 months after collected, because "so old"
            """)

    @Test func `is told in one sentence, fields with the same terms together`() throws {
        let policy = try Fixture.policy(), work = try #require(policy.clauses.first)
        #expect(
            Voice(policy).keepings(of: work).map(\.text) == [
                """
                In all, we keep your name while your account is active, and for 30 days afterwards, because “a closing account can be \
                reopened”; or until 10 years after handed on, as the law demands: “tax law 28”; whichever lasts longest.
                """,
                """
                In all, we keep your mail item until 2 months after handed on, because “an item may be questioned”; or until 10 days after \
                we got it, because “it waits”; whichever lasts longest.
                """,
            ])
        #expect(Voice(policy, in: .indonesian).keepings(of: work).map(\.text).allSatisfy { $0.hasPrefix("Seluruhnya, kami menyimpan ") })
        #expect(policy.clauses.dropFirst().allSatisfy { Voice(policy).keepings(of: $0).isEmpty })
    }

    @Test func `is cut by what caps it`() throws {
        let policy = try Fixture.policy(Self.capped), work = try #require(policy.clauses.first)
        let said = try #require(Voice(policy).keepings(of: work).last).text
        #expect(
            said.hasSuffix(
                "; whichever lasts longest; but at most until 3 months after we got it, unless a law says longer, because “so old”."))
    }

    @Test func `is one sentence in an answer too`() throws {
        let policy = try Fixture.policy()
        func said(_ flow: String) throws -> String {
            Voice(policy).passage(of: try #require(Governing(policy).answers(to: Array(flow.utf8)).first)).text()
        }
        let gone = try said("mail item kept at 3 months after handed on")
        #expect(gone.contains("In all, we keep your mail item until 2 months") && !gone.contains("\n    We keep your mail item"))
        #expect(try said("mail item kept at 3 days after collected").contains("In all, we keep your mail item until 2 months"))
        #expect(try !said("email address kept at 3 days after collected").contains("In all"))
        let both = try said("name kept at 3 years after handed on")
        #expect(
            both.contains("It is kept because “a closing account can be reopened” and as the law demands: “tax law 28”."), "\(both)")
    }

    @Test func `is tried by an example of what is gone, as what would permit is by one of what is missing`() throws {
        let policy = try Fixture.policy(
            Fixture.document + """

                ```examples
                mail item kept at 3 months after handed on: no
                customer service reads name to answer you: no, needs an open case
                customer service reads email address to answer you, on an open case: yes
                ```

                """)
        let tried = Dictionary(uniqueKeysWithValues: policy.coverage().map { ($0.address, $0.examples.count) })
        #expect(tried["work.7"] == 1 && tried["work.8"] == 1 && tried["work.2"] == 2 && tried["work.10"] == 0 && tried["work.6"] == 0)
        #expect(policy.canBeTried("work.1") && !policy.canBeTried("changes.1"))
    }

    @Test func `the document's opening is told before the first clause, without its headings`() throws {
        let opened = Fixture.document.replacing("# Kantor Sari\n", with: "# Kantor Sari\n\nRead *this* first.\n\n<!-- not this -->\n")
        #expect(try Fixture.policy(opened).opening == "<p>Read <em>this</em> first.</p>\n")
        #expect(try Fixture.policy().opening.isEmpty)
        let words = Array("# Kantor\n\nBaca ini dulu.\n\n```words id\nname = nama\n```\n".utf8)
        let policy = try Fixture.policy(opened)
        #expect(Voice(policy, in: .indonesian, translation: words).opening == "<p>Baca ini dulu.</p>\n")
        #expect(Voice(policy, in: .english, translation: words).opening == policy.opening)
    }
}
