// One value that its person takes away: just that goes, and what a law keeps doesn't.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `A single value that is taken away` {
    private func remove(_ field: String, _ house: SmallHouse, _ sari: Subject) async throws(Refusal) {
        try await house.vault.remove(field, of: sari) { (_) throws(Refusal) in }
    }

    @Test func `opens for nobody any more, and is told in the list with its rule; all else stays`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), own = try await house.vault.openSession(of: sari)
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        let before = try house.vault.stored(of: sari).map(\.name)
        guard case .goes(let rules) = try house.vault.previewOfRemoving("name", of: own) else { return #expect(Bool(false), "it goes") }
        try await remove("name", house, sari)
        #expect(try house.vault.holdings(of: own).map(\.field) == ["tax number"])
        let after = Set(try house.vault.stored(of: sari).map(\.name)), gone = before.filter { !after.contains($0) }
        #expect(gone.count == 1)
        for name in gone { #expect(try house.vault.keys.key(of: name) == nil) }
        let use = try #require(try house.vault.uses(of: own, before: nil, limit: 9).first { $0.use.verb == "delete" }).use
        #expect(use.things == ["name"] && use.who == "the person" && use.rules == rules && rules.count == 1)
        do throws(Refusal) {
            try await remove("name", house, sari)
            Issue.record("removed twice")
        } catch { guard case .gone = error else { throw error } }
    }

    @Test func `that a law keeps stays, with the rule and its term`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), own = try await house.vault.openSession(of: sari)
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        guard case .stays(let kept, _) = try house.vault.previewOfRemoving("tax number", of: own) else {
            return #expect(Bool(false), "it stays")
        }
        #expect(kept == Kept(field: "tax number", rule: "all.7", law: "KUP art. 28", until: Day(iso: "2036-03-01")))
        do throws(Refusal) {
            try await remove("tax number", house, sari)
            Issue.record("removed")
        } catch { guard case .policy(let refused) = error, case .keptByLaw = refused.why else { throw error } }
        #expect(try house.vault.holdings(of: own).map(\.field).contains("tax number"))
        let held = try #require(try house.vault.holdings(of: own).first { $0.field == "tax number" })
        #expect(held.mayRemove, "there is a page that says why it stays")
        // Its term over, it may go.
        house.clock.set(to: Day(iso: "2036-03-02")!.end)
        try await remove("tax number", house, sari)
        #expect(try !house.vault.stored(of: sari).isEmpty)
    }
}
