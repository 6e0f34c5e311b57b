// Whichever line of the policy is gone: what pages offer is done, and where they no longer offer something, they name the line.
import Foundation
import HTTP
import Policy
import Testing

@testable import Office
@testable import Site

/// The lines of the policy that is shipped, each with those that go on with it.
enum PolicyLines {
    static let text = (try? String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)) ?? ""

    static let all: [String] = {
        let lines = text.components(separatedBy: "\n"), policy = Policy.compile(Array(text.utf8), file: "voffice.policy.md").policy
        return (policy?.clauses.flatMap(\.rules) ?? []).map { rule in
            ([lines[rule.line - 1]] + lines[rule.line...].prefix { $0.hasPrefix("  ") }).joined(separator: "\n")
        }
    }()

    /// Those on which a use of the code stands alone, or how long it keeps what it takes in.
    static let relied = all.filter { line in
        guard ["never", "tell", "when"].allSatisfy({ !line.hasPrefix($0) }), let policy = policy(without: line) else { return false }
        let uses = Environment.uses.map { $0.declared }, collected = uses.filter { $0.verb == .collect }.flatMap(\.things)
        return !policy.usesWithoutRule(of: uses.map { ("", $0) }).isEmpty || collected.contains { !policy.isKept($0) }
    }

    /// Twenty of them, from the first clause to the last.
    static let some = (0..<20).map { relied[$0 * relied.count / 20] }

    /// Some of which nothing stands in this house yet, and some whose reach only a term or a promise changes.
    static let others = [
        "give call record, fax record, site records to network provider", "mail clerk may read forwarding address",
        "never correct invoice by anyone", "send free trial", "tell the person at once when administrator reads site records",
        "keep account statement", "derive interests from preferences",
    ].compactMap { start in all.first { $0.hasPrefix(start) } }

    /// nil: it can't be read without the line.
    static func policy(without line: String) -> Policy? {
        Policy.compile(Array(text.replacing("\n\(line)\n", with: "\n").utf8), file: "voffice.policy.md").policy
    }
}

@Suite(.serialized) struct EveryLine {
    /// `VOFFICE_EVERY_LINE=1`: all of them (`make lines`); `VOFFICE_EVERY_LINE=relied`: those on which code stands; `VOFFICE_EVERY_LINE=a folder` writes there, too, what each changes.
    private static let everyLine = ProcessInfo.processInfo.environment["VOFFICE_EVERY_LINE"]

    @Test func `the code stands on some thirty lines`() { #expect(PolicyLines.relied.count > 20 && PolicyLines.others.count > 4) }

    private static let tried = everyLine == nil ? PolicyLines.some : everyLine == "relied" ? PolicyLines.relied : PolicyLines.all

    @Test(arguments: tried)
    func `what pages offer is done, and where they offer less they name the line that is gone`(_ line: String) async throws {
        let everybody = try await Everybody.once.value, whole = try await Self.whole.value
        guard PolicyLines.policy(without: line) != nil else { return }
        let house = try await everybody.house(lacking: [line]), founding = try await everybody.foundingHouse(lacking: [line])
        let seen = try await everybody.look(house, founding),
            named = line.replacing("\n  ", with: " ").replacing(#/ \[[a-z-]+\]$/#, with: "")
        Self.write(line, seen, whole)
        for (page, reading) in seen {
            guard let before = whole[page], reading.status != 303 else { continue }
            let gone = before.offers.subtracting(reading.offers)
            #expect(gone.isEmpty || reading.text.contains(named), "\(page) offers no longer \(gone) and doesn't say why")
            let isWhole = reading.status == before.status || reading.status == 403 && reading.text.contains(named)
            #expect(isWhole, "\(page) is answered with \(reading.status) and doesn't say why")
        }
        for refused in try await everybody.press(house, founding) { Issue.record("\(refused)") }
    }

    @Test(arguments: PolicyLines.others) func `a line on which nothing stands changes no page but those of the policy`(_ line: String)
        async throws
    {
        let everybody = try await Everybody.once.value, whole = try await Self.whole.value
        let seen = try await everybody.look(
            try await everybody.house(lacking: [line]), try await everybody.foundingHouse(lacking: [line]))
        for (page, reading) in seen where !page.contains("/policy") && !page.contains("/account/") {
            let changes = reading.changes(from: whole[page])
            #expect(changes.isEmpty, "\(page): \(changes)")
        }
    }

    private static let whole = Task {
        let everybody = try await Everybody.once.value
        return try await everybody.look(try await everybody.house(lacking: []), try await everybody.foundingHouse(lacking: []))
    }

    private static func write(_ line: String, _ seen: [String: Reading], _ whole: [String: Reading]) {
        guard let everyLine, everyLine.hasPrefix("/"), let number = PolicyLines.all.firstIndex(of: line) else { return }
        var said = line + "\n"
        for (page, reading) in seen.sorted(by: { $0.key < $1.key }) {
            let changes = reading.changes(from: whole[page])
            if !changes.isEmpty { said += "== \(page)\n" + changes.map { "   \($0)\n" }.joined() }
        }
        try? said.write(toFile: "\(everyLine)/\(number).txt", atomically: true, encoding: .utf8)
    }
}
