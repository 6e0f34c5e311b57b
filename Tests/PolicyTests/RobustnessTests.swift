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
        "> ", "- ", "## a {#a}\n", "```policy\n", "sell it ", "category a = a, a\n", "[", "\"", "*a ", "<!--", "\r", "name, ",
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
}
