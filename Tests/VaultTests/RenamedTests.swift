// A field that a later version names otherwise is the same field: read, kept, corrected and deleted as before.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `A field under another name` {
    private static let rules = "clerk may read name to serve, on an errand\nthe person may correct name"
    /// The second version says `given name` for `name`, `deal` for `an errand` and `agent` for `clerk`.
    private static func renamed(_ changes: (String) -> String = { $0 }) -> String {
        changes(
            SmallHouse.policy(version: 2, rules)
                .replacing("field name: text", with: "field given name: text, formerly name")
                .replacing("condition an errand:", with: "condition a deal, formerly an errand:")
                .replacing(" name,", with: " given name,").replacing("keep name", with: "keep given name")
                .replacing("from name to", with: "from given name to").replacing("correct name", with: "correct given name")
                .replacing("read name to", with: "read given name to").replacing("on an errand", with: "on a deal"))
    }

    struct GivenNameRead: Reading {
        static let declared: UseDeclaration = .read("given name", by: "clerk", to: "serve")
        let name: String?
        init(_ record: borrowing Opened) throws(Refusal) { name = record.text("given name") }
    }

    private func read(_ house: SmallHouse, _ sari: Subject) async throws(Refusal) -> String? {
        let grant: Grant<GivenNameRead> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        return try house.vault.read(grant).value.name
    }

    @Test func `is read under its new name, by both versions`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(Self.rules))
        let sari = try await house.sari()
        try await house.reopen(Self.renamed())
        #expect(try await read(house, sari) == "Sari Wijaya")
        let held = try house.vault.holdings(of: try await house.vault.openSession(of: sari))
        #expect(held.map(\.field) == ["given name"] && held.allSatisfy { $0.mayCorrect })
    }

    @Test func `that the first version kept from the clerk stays so`() async throws {
        let house = try await SmallHouse(SmallHouse.policy("the person may correct name"))
        let sari = try await house.sari()
        try await house.reopen(Self.renamed())
        await #expect(throws: Refusal.self) { _ = try await read(house, sari) }
    }

    @Test func `is kept, and goes when the shorter of the two terms is over`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(Self.rules))
        let sari = try await house.sari()
        try await house.reopen(Self.renamed { $0.replacing("keep given name 10 years", with: "keep given name 3 years") })
        #expect(try await house.vault.sweep() == 0)
        house.clock.advance(by: .seconds(2 * 365 * 86_400))
        #expect(try await house.vault.sweep() == 0)
        #expect(try await read(house, sari) == "Sari Wijaya")
        house.clock.advance(by: .seconds(2 * 365 * 86_400))
        #expect(try await house.vault.sweep() == 1)
    }

    @Test func `is corrected and given anew in its place`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(Self.rules))
        let sari = try await house.sari()
        try await house.reopen(Self.renamed())
        try await house.vault.correct(Given("given name", "Sari Lestari"), from: "form", of: sari) { (_) throws(Refusal) in }
        #expect(try await read(house, sari) == "Sari Lestari")
        #expect(try house.vault.stored(of: sari).count == 1)
    }

    @Test func `that the new version's law keeps can't be deleted behind it`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(Self.rules))
        let sari = try await house.sari()
        try await house.reopen(Self.renamed { $0 + "\n```policy\nkeep given name 5 years after collected, by law \"KUP art. 28\"\n```\n" })
        let departure = try house.vault.departure(of: try await house.vault.openSession(of: sari))
        #expect(departure.goes.isEmpty && departure.kept.map(\.law) == ["KUP art. 28"])
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
    }
}

@Suite struct `What is kept while a condition doesn't hold` {
    @Test func `isn't forgotten where nobody can tell whether it holds`() async throws {
        let policy = SmallHouse.policy().replacing("keep name 10 years after collected", with: "keep name while not an errand")
        let house = try await SmallHouse(policy, errand: nil)
        _ = try await house.sari()
        #expect(try await house.vault.sweep() == 0)
    }
}
