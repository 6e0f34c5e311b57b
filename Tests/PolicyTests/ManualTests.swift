// The manual, docs/policy-language.md: what its examples show is what comes out.
import Foundation
import Testing

@testable import Policy

/// A fenced block of the manual, with the heading under which it stands.
struct Shown {
    let heading: String, info: String, lines: [String]
    var text: String { lines.joined(separator: "\n") }
}

/// The manual as a list of blocks.
struct Manual {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text: String
    let blocks: [Shown]

    init() throws {
        text = try String(contentsOf: Self.root.appending(path: "docs/policy-language.md"), encoding: .utf8)
        var blocks: [Shown] = [], heading = "", open: (fence: String, info: String)?, lines: [String] = []
        for line in text.components(separatedBy: "\n") {
            if let (fence, info) = open {
                if line == fence {
                    blocks.append(Shown(heading: heading, info: info, lines: lines))
                    (open, lines) = (nil, [])
                } else {
                    lines.append(line)
                }
            } else if line.hasPrefix("```") || line.hasPrefix("~~~") {
                let fence = String(line.prefix { $0 == line.first })
                open = (fence, String(line.dropFirst(fence.count)))
            } else if line.hasPrefix("#") {
                heading = line.drop { $0 == "#" || $0 == " " }.trimmingCharacters(in: ["`"])
            }
        }
        self.blocks = blocks
    }

    /// The tutorial's documents.
    var policy: String {
        blocks.filter { $0.heading == "In ten minutes" && $0.info == "markdown" }.map(\.text).joined(separator: "\n\n") + "\n"
    }
    var translation: String { blocks.filter { $0.heading == "Translations" && $0.info == "markdown" }.map(\.text).joined() + "\n" }
    var examples: [Shown] { blocks.filter { $0.info.split(separator: " ").first == "diff" && $0.heading != "In ten minutes" } }
    func shown(_ info: String) -> [Shown] { blocks.filter { $0.info.hasPrefix(info) } }

    /// A change as the manual shows it: `-` goes, `+` comes behind the line before it, or at the end of the first clause's rules.
    static func change(_ document: String, by shown: [String]) throws -> String {
        var text = document.components(separatedBy: "\n"), cursor: Int?, unplaced: [String] = []
        for line in counted(shown) {
            let rest = String(line.dropFirst(2))
            if line.hasPrefix("+") {
                guard let at = cursor else {
                    unplaced.append(rest)
                    continue
                }
                text.insert(rest, at: at)
                cursor = at + 1
            } else {
                var at = try #require(text.firstIndex(of: rest), "the document has no “\(rest)”")
                text.insert(contentsOf: unplaced, at: at)
                at += unplaced.count
                unplaced = []
                if line.hasPrefix("-") { text.remove(at: at) }
                cursor = line.hasPrefix("-") ? at : at + 1
            }
        }
        let clause = try #require(text.firstIndex { $0.hasSuffix("{#cases}") })
        let end = try #require(text[clause...].firstIndex(of: "```") ?? text.indices.last)
        text.insert(contentsOf: unplaced, at: end)
        return text.joined(separator: "\n")
    }

    /// `+ condition fact 1`, `+ …`, `+ condition fact 18` are eighteen lines.
    private static func counted(_ lines: [String]) -> [String] {
        var all: [String] = []
        for (index, line) in lines.enumerated() {
            guard line == "+ …" else {
                all.append(line)
                continue
            }
            let first = lines[index - 1].split(separator: " "), last = lines[index + 1].split(separator: " ")
            let numbers = (Int(first.last ?? "") ?? 0) + 1..<(Int(last.last ?? "") ?? 0)
            all += numbers.map { "\(first.dropLast().joined(separator: " ")) \($0)" }
        }
        return all
    }
}

@Suite struct `The manual` {
    let manual: Manual
    init() throws { manual = try Manual() }

    private func check(_ policy: String, with translation: String? = nil) -> [Diagnostic] {
        let documents = [(policy, "kantor.md")] + (translation.map { [($0, "kantor.id.md")] } ?? [])
        return Policy.check(documents.map { (Array($0.0.utf8), $0.1) }).diagnostics
    }

    private func compiled(_ policy: String) throws -> Policy {
        try #require(Policy.compile(Array(policy.utf8), file: "kantor.md").policy)
    }

    /// The second version of the tutorial's policy.
    private func second() throws -> String {
        try Manual.change(manual.policy, by: try #require(manual.shown("diff kantor-2.md").first).lines)
    }

    @Test func `teaches a policy that has no fault, and its translation`() {
        #expect(check(manual.policy, with: manual.translation).map(\.text) == [])
    }

    @Test func `shows its policies as fmt writes them`() throws {
        for document in [manual.policy, try second()] {
            #expect(String(decoding: try compiled(document).formatted(), as: UTF8.self) == document)
        }
    }

    @Test func `shows what the commands say`() throws {
        let now = try compiled(manual.policy), next = try compiled(second())
        let answer = try #require(Governing(now).answers(to: Array("customer service reads email address to answer you".utf8)).first)
        #expect(manual.shown("output explain")[0].text == Voice(now).passage(of: answer).text(unfolded: false))
        let cells = try #require(now.cells(about: "email address"))
        #expect(
            manual.shown("output who")[0].text
                == Voice(now).passages(of: cells).map { $0.text(withAddresses: true) }.joined(separator: "\n"))
        #expect(manual.shown("output diff")[0].text == Voice(next).passage(of: next.difference(from: now), from: now).text())
        #expect(check(try second()).isEmpty)
        let misspelt = manual.policy.replacing("may read name, email address to", with: "may read nmae, email address to")
        #expect(manual.shown("output check")[0].text == check(misspelt).map(\.text).joined(separator: "\n") + "\n1 error, 0 warnings.")
    }

    @Test func `has for each finding an example that makes it and no other`() throws {
        for example in manual.examples {
            let isOfTranslation = example.info == "diff kantor.id.md"
            let policy = isOfTranslation ? manual.policy : try Manual.change(manual.policy, by: example.lines)
            let translation = isOfTranslation ? try Manual.change(manual.translation, by: example.lines) : manual.translation
            let found = check(policy, with: example.heading.hasPrefix("translation") ? translation : nil)
            #expect(!found.isEmpty && found.allSatisfy { $0.code == example.heading }, "\(example.heading): \(found.map(\.text).joined())")
        }
    }

    @Test func `knows every finding that the checks can make`() throws {
        let sources = Manual.root.appending(path: "Sources/Policy")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path))
        var codes: Set<String> = ["syntax"]
        for case let path as String in files where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for match in text.matches(of: /(?:report\.(?:error|warn)\(|code: )\s*"([a-z-]+)"/) { codes.insert(String(match.1)) }
        }
        let shown = Set(manual.text.matches(of: /\n### `([a-z-]+)`\n/).map { String($0.1) })
        #expect(shown == codes, "\(shown.symmetricDifference(codes))")
        let withExample = Set(manual.examples.map(\.heading))
        #expect(shown.subtracting(withExample) == ["too-large", "too-entangled", "use-without-rule", "rule-without-use"])
    }

    @Test func `holds its rules against a use as it says`() throws {
        let line = "static let declared: UseDeclaration = .read(\"postal address\", by: \"customer service\", to: \"answer you\")"
        #expect(manual.shown("swift").map(\.text) == [line])
        let use: Policy.NamedUse = ("Nosy", .read("postal address", by: "customer service", to: "answer you"))
        let found = try compiled(manual.policy).check(against: [use])
        #expect(found.map(\.code) == ["use-without-rule"] + Array(repeating: "rule-without-use", count: 4))
        #expect(found[0].suggestion == "Write: customer service may read postal address to answer you")
    }
}
