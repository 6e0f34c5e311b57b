// The uses that the code declares, and the policy that we ship.
import Foundation
import Policy
import Testing
import Vault

@testable import Office

@Suite struct `Each use in the code` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `Office/CaseUses.swift:9` for every line of the sources that declares a use.
    private static func declarations() throws -> Set<String> {
        let sources = root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path))
        var found: Set<String> = []
        for case let path as String in files where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            let parts = path.split(separator: "/")
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            where line.contains("static let declared") { found.insert("\(parts[0])/\(parts[parts.count - 1]):\(index + 1)") }
        }
        return found
    }

    @Test func `is in the list`() throws {
        let listed = Environment.uses.map { "\($0.declared.file):\($0.declared.line)" }
        let declared = try Self.declarations()
        #expect(Set(listed) == declared && listed.count == declared.count)
    }

    @Test func `does what its protocol lets it do`() {
        for use in Environment.uses {
            if use is any Sending.Type {
                #expect(use.declared.verb == .send && use.declared.through != nil, "\(use)")
            } else if use is any Reading.Type {
                #expect(use.declared.verb == .read, "\(use)")
            } else if use is any Collecting.Type {
                #expect(use.declared.verb == .collect && use.declared.by.count == 1, "\(use)")
            }
        }
    }

    @Test func `has a rule in the policy that we ship, but for none`() throws {
        let document = try Data(contentsOf: Self.root.appending(path: "policy/voffice.policy.md"))
        let policy = try #require(Policy.compile(Array(document), file: "voffice.policy.md").policy)
        #expect(policy.usesWithoutRule(of: Environment.declaredUses).map(\.text) == [])
    }

    @Test func `is recorded from fields that the use of recording names, so that the start says which may not be recorded`() throws {
        let document = try Data(contentsOf: Self.root.appending(path: "policy/voffice.policy.md"))
        let policy = try #require(Policy.compile(Array(document), file: "voffice.policy.md").policy)
        let used = Set(
            Environment.uses.map { $0.declared }.flatMap { use in use.through.map { [$0] } ?? (use.verb == .derive ? use.from : use.things)
            })
        let recorded = used.filter { field in
            let entry = UseDeclaration.derive("record of uses", from: field, to: "keep the record")
            return (try? policy.flows(entry, "record of uses"))?.contains(where: policy.mayPermit) ?? false
        }
        #expect(Set(UseEntry.declared.from) == recorded)
    }
}
