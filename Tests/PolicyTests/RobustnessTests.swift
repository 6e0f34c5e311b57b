// Any bytes are read without a crash, in time that grows with their length and not faster.
import Testing

@testable import Policy

@Suite struct `Any bytes` {
    @Test(arguments: 0..<4)
    func `are read, whatever they are`(part: Int) {
        var random = Seeded(state: UInt64(part))
        for _ in 0..<300 {
            let bytes: [UInt8] =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                case 1: fenced(words(&random))
                case 2: broken(Array(Fixture.document.utf8), &random)
                default: swapped(&random)
                }
            let compilation = Policy.compile(bytes, file: "any.md")
            for diagnostic in compilation.diagnostics {
                #expect(diagnostic.line >= 1 && diagnostic.column >= 1 && diagnostic.length >= 0)
                _ = diagnostic.text
            }
            if let policy = compilation.policy {
                let again = Policy.compile(policy.formatted(), file: "any.md", checked: false).policy
                #expect(
                    again?.digest == policy.digest,
                    "\(String(decoding: bytes, as: UTF8.self))\nformatted:\n\(String(decoding: policy.formatted(), as: UTF8.self))")
            }
        }
    }

    private static let vocabulary =
        Keyword.allCases.map(\.text) + [
            ",", ":", "=", "\"", "(", ")", "[", "]", "#", "\n", "\n  ", "name", "the person", "the site", "everything", "30", "0.5",
            "2026-01-31", "ID",
            "anyone", "any staff", "in aggregate", "ß", "İ", "\u{301}", "\u{85}", "\u{2028}", "💡", "x",
        ]

    private func words(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 1...120, using: &random)).map { _ in Self.vocabulary.randomElement(using: &random)! }.joined(separator: " ")
    }

    private func fenced(_ text: String) -> [UInt8] { Array((Fixture.header + "## C {#c}\n\nx\n\n```policy\n\(text)\n```\n").utf8) }

    private func broken(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            }
        }
        return bytes
    }

    /// The fixture with words of its own in other places.
    private func swapped(_ random: inout Seeded) -> [UInt8] {
        var words = Fixture.document.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            words.swapAt(Int.random(in: 0..<words.count, using: &random), Int.random(in: 0..<words.count, using: &random))
        }
        return Array(words.joined(separator: " ").utf8)
    }

    @Test(arguments: [
        "> ", "- ", "<!--- a", "[a]: b ", "[a]: <b (c\n", "![a](b) ", "**a _b ", "## a {#a}\n", "```policy\n", "sell it ",
        "category a = a, a\n", "[", "\"", "*a ", "<!--", "\r", "name, ",
    ])
    func `repeated long take time in proportion`(_ piece: String) {
        func time(_ count: Int) -> Swift.Duration {
            let bytes = fenced(String(repeating: piece, count: count)), plain = Array(String(repeating: piece, count: count).utf8)
            let clock = ContinuousClock()
            return min(
                clock.measure { _ = Policy.compile(bytes, file: "long.md") } + clock.measure { _ = Policy.compile(plain, file: "long.md") },
                clock.measure { _ = Policy.compile(bytes, file: "long.md") } + clock.measure { _ = Policy.compile(plain, file: "long.md") })
        }
        let short = time(4_000), long = time(16_000)
        // Four times the length, and room for a machine that others use too.
        #expect(long < short * 10 + .milliseconds(200), "\(piece.debugDescription): \(short) and \(long)")
    }

    /// What is repeated how often, behind what and before what.
    private typealias Excessive = (before: String, piece: String, behind: String, count: Int, place: (line: Int, column: Int, length: Int))
    private static let excesses: [Excessive] = [
        ("a\n", "> ", "x\ny\n", 101, (2, 1, 202)),
        ("é\n\n", "- ", "x", 101, (3, 1, 202)),
        ("", "1) > -\t", "x", 34, (1, 1, 135 + 101)),
        ("a\r\n" + String(repeating: "  ", count: 100), ">", "x", 1, (2, 1, 201)),
        ("", "![", String(repeating: "[a](b)", count: 2_000), 2_000, (1, 10_003, 1)),
        (String(repeating: "*a\n", count: 2_000), "[a](b)", "", 4_000, (2_001, 9_003, 1)),
        ("", "*b ", String(repeating: "_***", count: 1_001), 2_000, (1, 10_001, 1)),
        ("a ", "<? ", "\nb\n" + String(repeating: "c ", count: 100_000), 1_000, (3, 1, 1)),
        ("[a]: ", "b", "\n\n" + String(repeating: "[a] ", count: 10_000), 10_000, (1, 3, 10_003)),
        ("x\n\n[a]:\n<b c> (", "d \n", ")\n\n" + String(repeating: "[a] ", count: 10_000), 10_000, (3, 3, 2)),
    ]

    @Test(arguments: excesses.indices)
    func `that would take too long or too much room are refused where that shows`(index: Int) {
        let (before, piece, behind, count, place) = Self.excesses[index]
        let found = Policy.compile(Array((before + String(repeating: piece, count: count) + behind).utf8), file: "deep.md").diagnostics
        #expect(found.map(\.code) == ["too-large"])
        #expect(found.first.map { [$0.line, $0.column, $0.length] } == [place.line, place.column, place.length])
    }

    private static let likenesses = [
        String(repeating: "> ", count: 100) + "x", String(repeating: "  ", count: 99) + "- x", String(repeating: "- ", count: 5_000),
        String(repeating: "* ", count: 3_000), String(repeating: "    ", count: 500) + "x", String(repeating: "1.1", count: 500),
        String(repeating: "-", count: 500), String(repeating: "- **a** [b](c)\n", count: 1_000),
        String(repeating: "*a* ![b](c) <?d?>\n\n", count: 10_000), String(repeating: "[a]: /b \"c\"\n", count: 5_000) + "[a] ",
    ]

    @Test(arguments: likenesses.indices)
    func `that only look like it are taken`(index: Int) {
        let text = Self.likenesses[index]
        #expect(Policy.compile(fenced(text), file: "deep.md").diagnostics.allSatisfy { $0.code != "too-large" })
        #expect(Policy.compile(Array(text.utf8), file: "deep.md").diagnostics.allSatisfy { $0.code != "too-large" })
    }
}
