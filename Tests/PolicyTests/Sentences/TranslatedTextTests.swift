// A translation says in its language also why something is kept and what a condition means.
import Testing

@testable import Policy

@Suite struct `The texts of a translation` {
    private static let words = """
        # Kantor Sari

        ```words id
        an open case = perkara terbuka: ia membukanya, belum ditutup
        a gag = larangan bicara: pengadilan melarang
        answer you = menjawab Anda: membalas
        deliver = mengantar: membawa yang datang
        customer service = layanan pelanggan: menjawab perkara
        "a closing account can be reopened" = "akun yang ditutup bisa dibuka lagi"
        "an item may be questioned" = "barangnya bisa ditanyakan"
        "it waits" = "ia menunggu"
        "tax law 28" = "UU pajak, Pasal 28"
        ```
        """

    private func said(_ flow: String) throws -> String {
        let policy = try Fixture.policy(), answer = try #require(Governing(policy).answers(to: Array(flow.utf8)).first)
        return Voice(policy, in: .indonesian, translation: Array(Self.words.utf8)).passage(of: answer).text()
    }

    /// Findings about reasons and meanings; that names and clauses lack here is another matter.
    private func found(_ words: String) -> [String] {
        Policy.check([(Array(Fixture.document.utf8), "kantor.md"), (Array(words.utf8), "kantor.id.md")]).diagnostics
            .filter { !$0.message.hasPrefix("There is no word") && !$0.message.hasPrefix("The clause") }.map { "\($0.code): \($0.message)" }
    }

    @Test func `stand for those of the policy`() throws {
        let policy = try Fixture.policy(), words = Array(Self.words.utf8)
        #expect(policy.texts(in: words, file: "id")["it waits"] == "ia menunggu")
        #expect(policy.texts(in: words, file: "id")["she opened one"] == "ia membukanya, belum ditutup")
        #expect(policy.words(in: words, file: "id")["an open case"] == "perkara terbuka")
        #expect(try said("customer service reads name to answer you").contains("“ia membukanya, belum ditutup”"))
        #expect(try said("mail item kept at 3 days after collected").contains("“ia menunggu”"))
        #expect(try said("name kept at 3 years after handed on, on account deleted").contains("“UU pajak, Pasal 28”"))
        #expect(try said("the person deletes name").contains("sebagaimana diwajibkan hukum: “UU pajak, Pasal 28”"))
        #expect(found(Self.words).isEmpty)
    }

    @Test func `are all there or none`() {
        let lacking = Self.words.replacing("\"it waits\" = \"ia menunggu\"\n", with: "").replacing(": pengadilan melarang", with: "")
            .replacing(": membalas", with: "")
        #expect(
            found(lacking).sorted() == [
                "translation-missing: The reason “it waits” isn't translated.", "translation-missing: What “a gag” means isn't translated.",
                "translation-missing: What “answer you” means isn't translated.",
            ])
        #expect(found("```words id\nname = nama\n```\n").isEmpty)
    }

    @Test func `of a purpose stand in a difference too`() throws {
        let policy = try Fixture.policy(), words = Array(Self.words.utf8)
        let newer = try Fixture.policy(
            Fixture.document.replacing("version 1", with: "version 2").replacing("to reply (contract)", with: "to reply at once (contract)")
        )
        let said = Voice(newer, in: .indonesian, translation: Array(Self.words.replacing("membalas", with: "segera membalas").utf8))
            .passage(of: newer.difference(from: policy), from: policy, former: Voice(policy, in: .indonesian, translation: words)).text()
        #expect(said.contains("Dulu: “membalas”. Kini: “segera membalas”."), "\(said)")
    }

    @Test func `give way to the policy's own where they haven't followed its change`() throws {
        let policy = try Fixture.policy(), words = Array(Self.words.utf8)
        let newer = try Fixture.policy(
            Fixture.document.replacing("version 1", with: "version 2").replacing(": answers cases", with: ": answers and reads cases"))
        let stale = Array(Self.words.utf8)
        let said = Voice(newer, in: .indonesian, translation: stale)
            .passage(of: newer.difference(from: policy), from: policy, former: Voice(policy, in: .indonesian, translation: words)).text()
        #expect(said.contains("“layanan pelanggan” berarti lain. Dulu: “answers cases”. Kini: “answers and reads cases”."), "\(said)")
    }

    @Test func `of what the policy no longer says are stale`() {
        let stale = Self.words.replacing("\"it waits\" =", with: "\"it stood\" =")
        #expect(found(stale).contains("translation-stale: No rule gives this reason any more."))
        #expect(
            found(Self.words.replacing("= \"ia menunggu\"", with: "= ia menunggu")).contains { $0.hasPrefix("syntax: A reason is given") })
    }
}
