// Sentences with many alternatives, and what they needn't say.
import Testing

@testable import Policy

@Suite struct `A sentence` {
    @Test(arguments: [
        (Tongue.english, "unless both f0 and g0, or both f1 and g1, or both f2 and g2, or both f3 and g3, or both f4 and g4"),
        (.indonesian, "kecuali f0 dan g0 sekaligus, atau f1 dan g1 sekaligus, atau f2 dan g2 sekaligus, atau "),
    ])
    func `sets each of many alternatives apart by the word between them`(tongue: Tongue, said: String) throws {
        let facts = (0..<5).map { "condition f\($0)\ncondition g\($0)\n" }.joined()
        let pairs = (0..<5).map { "f\($0) and g\($0)" }.joined(separator: " or ")
        let text = Fixture.document.replacing("event handed on", with: facts + "event handed on")
            .replacing("the person may read name", with: "the person may correct name, unless \(pairs) [pairs]\nthe person may read name")
        let sentence = try #require(Voice(try Fixture.policy(text), in: tongue).sentence(ofRule: "work.pairs"))
        #expect(sentence.wording.text.contains(said), "\(sentence.wording.text)")
    }

    @Test func `doesn't say of what is asked about that it goes along with itself`() throws {
        let text = Fixture.document.replacing("give name together with mail item", with: "give name, mail item together with mail item")
        let policy = try Fixture.policy(text)
        func said(_ flow: String) throws -> String {
            Voice(policy).passage(of: try #require(Governing(policy).answers(to: Array(flow.utf8)).first)).text()
        }
        #expect(try said("courier gets name to deliver, by customer service").contains("With it must go: your mail item."))
        #expect(try !said("courier gets mail item to deliver, by customer service").contains("With it must go"))
    }
}
