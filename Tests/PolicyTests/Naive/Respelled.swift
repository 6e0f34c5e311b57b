// One policy in other spellings: it has the same digest, and is written anew in the same words.
import Testing

@testable import Policy

@Suite struct `A policy in another spelling` {
    @Test(arguments: 0..<4)
    func `has the same digest and the same canonical form`(part: Int) throws {
        for seed in stride(from: part, to: Proof.pairs, by: 4) {
            var drawing = Drawing(UInt64(seed) &* 104_729)
            let drawn = drawing.policy()
            var other = Respelling(random: drawing.random)
            let lines = drawn.rules.map { other.rule($0.text) }
            let text = drawn.text.replacing(drawn.rules.map(\.text).joined(separator: "\n"), with: lines.joined(separator: "\n"))
                .replacing(Office.declarations, with: other.declarations)
            let (one, two) = (try compile(drawn.text), try compile(text))
            #expect(one.digest == two.digest, "seed \(seed): \(lines)")
            let canonical = String(decoding: one.formatted(), as: UTF8.self)
            #expect(canonical == String(decoding: two.formatted(), as: UTF8.self), "seed \(seed)")
            #expect(canonical == String(decoding: try compile(canonical).formatted(), as: UTF8.self), "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("clerk may read name, city to serve, sell", "clerk may read city, name, city to sell, serve"),
        ("clerk may read name to serve, on busy and not late or sunny", "clerk may read name to serve, on sunny or not late and busy"),
        ("never read name by anyone to any purpose", "never read name"),
        ("tell the person at once when clerk reads name", "tell the person at once when clerk read name to any purpose"),
        ("tell the person at once when name are given to shop", "tell the person at once when name is given to shop"),
    ])
    func `has the same digest where its lists stand otherwise, or say what holds anyway`(one: String, other: String) throws {
        #expect(try compile(rule: one).digest == compile(rule: other).digest)
    }

    @Test(arguments: [
        ("keep name while busy, because \"x\"", "keep name while busy, then 0 days, because \"x\""),
        ("keep name 12 months after order, because \"x\"", "keep name 1 year after order, because \"x\""),
        ("clerk may read contact to serve", "clerk may read name, city to serve"), ("never give name to anyone outside", "never give name"),
        (
            "aggregate city by age for shop to sell, at least 5 people, budget 1 per 1 month",
            "aggregate age by city for shop to sell, at least 5 people, budget 1 per 1 month"
        ),
    ])
    func `has another where it says it by other words`(one: String, other: String) throws {
        #expect(try compile(rule: one).digest != compile(rule: other).digest)
    }

    @Test func `says of two roles once that nobody has both, whichever of them names the other`() throws {
        let text = drawn("the person may read name").text
        let one = text.replacing("role clerk", with: "role clerk, never with boss"),
            other = text.replacing("role boss", with: "role boss, never with clerk")
        #expect(try compile(one).digest == compile(other).digest && compile(one).digest != compile(text).digest)
    }

    private func drawn(_ rule: String) -> DrawnPolicy { DrawnPolicy(rules: [Drawn(kind: .permission, text: rule)]) }
    private func compile(rule: String) throws -> Policy { try compile(drawn(rule).text) }

    private func compile(_ text: String) throws -> Policy {
        let compilation = Policy.compile(Array(text.utf8), file: "drawn.md", checked: false)
        guard let policy = compilation.policy else { throw Fixture.Faulty(text: compilation.diagnostics.map(\.text).joined()) }
        return policy
    }
}

/// Writes a rule of the made-up office as somebody else would.
private struct Respelling {
    var random: Seeded

    var declarations: String {
        Office.declarations.replacing("processor in ID", with: "Processor  in id").replacing(
            "condition busy", with: "condition busy, set by The Site"
        )
        .replacing("version 1", with: "version 001").replacing("field city: choice", with: "Field city:Choice")
    }

    mutating func rule(_ text: String) -> String {
        var text = defaults(verbs(text))
        text = text.replacing(/\b(\d+) (day|week|month|year)s?\b/) { match in
            "\(random.chance(30) ? "0" : "")\(match.1) \(match.2)\(random.chance(50) ? "s" : "")"
        }
        if text.contains("budget 1 "), random.chance(50) {
            text = text.replacing("budget 1 ", with: random.chance(50) ? "budget 1.0 " : "budget 01.000 ")
        }
        if text.hasPrefix("never"), !text.contains(", on "), text.contains(", unless "), random.chance(50) {
            text = text.replacing(", unless ", with: " unless ")
        }
        return text.split(separator: " ").map { word($0) }.reduce("") { $0.isEmpty ? $1 : $0 + space + $1 }
    }

    /// Commas, `and`, or both.
    private mutating func verbs(_ text: String) -> String {
        text.replacing(
            /\b(read|correct|delete|derive|give|send|collect)s?(?:, | and )(?=(?:read|correct|delete|derive|give|send|collect)s?\b)/
        ) { match in
            String(match.0.prefix { $0.isLetter }) + [", ", " and ", ", and "].randomElement(using: &random)!
        }
    }

    /// What holds where nothing is said.
    private mutating func defaults(_ text: String) -> String {
        guard ["send", "give", "derive"].contains(where: text.hasPrefix) else { return text }
        var text = text
        let consent =
            text.hasPrefix("send") ? text.firstRange(of: /, (always|unless refused|only if asked)(, until \w+)?/)?.upperBound : nil
        let behind =
            consent ?? [", on ", ", unless ", ", freely"].compactMap { text.firstRange(of: $0)?.lowerBound }.min() ?? text.endIndex
        if !text.contains(", by "), random.chance(50) { text.insert(contentsOf: ", by the site", at: behind) }
        guard consent != nil, !text.contains(", until "), random.chance(50) else { return text }
        text.insert(contentsOf: ", until deactivated", at: behind)
        return text
    }

    private mutating func word(_ word: Substring) -> String { word.contains("\"") || random.chance(80) ? String(word) : word.uppercased() }
    private var space: String {
        mutating get { ["  ", "\t", "\n   "].randomElement(using: &random).flatMap { random.chance(20) ? $0 : nil } ?? " " }
    }
}
