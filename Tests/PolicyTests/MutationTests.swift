// One word of a policy exchanged for another: it is refused, or the difference shows it, or nothing changes.
import Testing

@testable import Policy

@Suite struct `A word exchanged in the rules` {
    @Test func `is refused, shown, or without effect`() throws {
        let before = try Fixture.policy()
        let document = Document.read(Array(Fixture.document.utf8), file: "kantor.md").document
        var random = Seeded(state: 1), refused = 0, shown = 0, without: [String] = []
        for _ in 0..<500 {
            let at = Int.random(in: 0..<document.tokens.count, using: &random),
                other = Int.random(in: 0..<document.tokens.count, using: &random)
            let (token, word) = (document.tokens[at], document.spelled(document.tokens[other]))
            if document.spelled(token) == word { continue }
            var bytes = Array(Fixture.document.utf8)
            bytes.replaceSubrange(Int(token.start)..<Int(token.end), with: Array(word.utf8))
            let compilation = Policy.compile(bytes, file: "kantor.md")
            guard let after = compilation.policy, !compilation.diagnostics.contains(where: { $0.severity == .error }) else {
                refused += 1
                continue
            }
            if !after.difference(from: before).isNothing {
                shown += 1
            } else if after.digest != before.digest {
                without.append("line \(token.place.line): \(document.spelled(token)) -> \(word)")
            }
        }
        #expect(refused > 300 && shown > 20, "\(refused) refused, \(shown) shown")
        #expect(without.isEmpty, "\(without.joined(separator: "\n"))")
    }
}
