// What runs out by itself is told: to its person, with the rule that kept it last; of whoever is forgotten whole, the log says how many.

import Crypto
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `The end of a value` {
    private static let shortly = SmallHouse.policy().replacingOccurrences(of: "keep name 10 years", with: "keep name 10 days")

    /// Sari, whose name runs out while her tax number stays.
    private func nameIsOver(_ policy: String = shortly) async throws -> (SmallHouse, Subject) {
        let house = try await SmallHouse(policy), sari = try await house.sari()
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        house.clock.advance(by: .seconds(12 * 86_400))
        return (house, sari)
    }

    private func leaves(_ house: SmallHouse) throws -> [String] {
        try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT leaf FROM leaf_waiting UNION ALL SELECT leaf FROM log_leaf") { $0.blob(0) }
        }.filter { $0.first == 2 }.map { String(decoding: $0.dropFirst(), as: UTF8.self) }
    }

    @Test func `stands in its person's list with the rule that kept it, proved like a use`() async throws {
        let (house, sari) = try await nameIsOver()
        try await house.vault.sweep()
        let own = try await house.vault.openSession(of: sari)
        try await house.vault.sequence()
        let entries = try house.vault.uses(of: own, before: nil, limit: 10)
        #expect(entries.map(\.use.verb) == ["read", "end", "collect", "collect"])
        let use = entries[1].use
        #expect(use.who == "the site" && use.things == ["name"] && use.outcome == "yes" && use.at == house.clock.now())
        #expect(use.rules == house.vault.policy.terms(of: "name").map(\.address))
        #expect(entries.allSatisfy { if case .signed = $0.proof { true } else { false } })
        #expect(try leaves(house).allSatisfy { !$0.hasPrefix("voffice ends") }, "who reads it in their list isn't counted too")
        let left = try house.vault.open(try house.vault.stored(of: sari)).flatMap(\.entries).map(\.field)
        #expect(left == ["tax number"])
    }

    @Test func `is told once, and the next sweep finds nothing`() async throws {
        let (house, sari) = try await nameIsOver()
        for _ in 0..<3 { try await house.vault.sweep() }
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 10).filter { $0.use.verb == "end" }.count == 1)
    }

    @Test func `isn't told, and nothing goes, where somebody writes the record meanwhile`() async throws {
        let (house, sari) = try await nameIsOver()
        let over = try house.vault.whatIsOver(of: sari).gone
        try await house.vault.collect(GivenName(name: "Sari Lestari"), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        await #expect(throws: Refusal.self) { try await house.vault.end(over, of: sari) }
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 10).allSatisfy { $0.use.verb != "end" })
        #expect(try await house.read(sari) == "Sari Lestari")
    }

    @Test func `names the condition that kept it to the last, not the term that was over long before`() async throws {
        let policy = Self.shortly.replacingOccurrences(
            of: "the person may read", with: "keep name while an errand, because \"as long as you need it\"\nthe person may read")
        let (house, sari) = try await nameIsOver(policy)
        #expect(try await house.vault.sweep() == 0)
        let now = house.clock.now()
        house.errand.lastHeld.withLock { $0 = now }
        house.errand.holds.withLock { $0 = false }
        house.clock.advance(by: .seconds(86_400))
        _ = try await house.vault.openSession(of: sari)
        try await house.vault.sweep()
        let own = try await house.vault.openSession(of: sari)
        let use = try #require(try house.vault.uses(of: own, before: nil, limit: 10).map(\.use).first { $0.verb == "end" })
        #expect(use.rules == [house.vault.policy.terms(of: "name")[1].address])
    }

    @Test func `by a shorter term of a version before names no rule of the present one`() async throws {
        let (house, sari) = try await nameIsOver()
        try await house.reopen(SmallHouse.policy(version: 2))
        try await house.vault.sweep()
        let own = try await house.vault.openSession(of: sari)
        let use = try house.vault.uses(of: own, before: nil, limit: 10)[1].use
        #expect(use.verb == "end" && use.things == ["name"] && use.rules == [])
    }

    @Test func `of which nothing may be entered is counted in the log`() async throws {
        let (house, sari) = try await nameIsOver()
        try await house.reopen(
            Self.shortly.replacingOccurrences(of: "version 1", with: "version 2").replacingOccurrences(
                of: "derive record of uses from name, tax number", with: "derive record of uses from tax number"))
        try await house.vault.sweep()
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 10).allSatisfy { $0.use.verb != "end" })
        let rule = house.vault.policy.terms(of: "name")[0].address
        let told = "voffice ends 1\nday \(today(house))\nended 1 name by \(rule)\n"
        #expect(try leaves(house).filter { $0.hasPrefix("voffice ends") } == [told])
    }

    @Test func `of people of whom nothing is left is one count in the log, which names nobody`() async throws {
        let house = try await SmallHouse(Self.shortly)
        for _ in 0..<3 { _ = try await house.sari() }
        house.clock.advance(by: .seconds(12 * 86_400))
        #expect(try await house.vault.sweep() == 3)
        let rule = house.vault.policy.terms(of: "name")[0].address
        let told = "voffice ends 1\nday \(today(house))\nforgotten 3\nended 3 name by \(rule)\n"
        #expect(try leaves(house).filter { $0.hasPrefix("voffice ends") } == [told])
        try await house.vault.sweep()
        #expect(try leaves(house).filter { $0.hasPrefix("voffice ends") } == [told], "and once")
        let rows = try house.store.read { (rows) throws(StoreFault) in
            try rows.first("SELECT (SELECT count(*) FROM use_record) + (SELECT count(*) FROM chain)") { $0.integer(0) }
        }
        #expect(rows == 0)
    }

    @Test func `that a crash interrupted is counted by the next sweep`() async throws {
        let house = try await SmallHouse(Self.shortly), sari = try await house.sari()
        house.clock.advance(by: .seconds(12 * 86_400))
        // The crash comes before the sweep's last line.
        try await house.vault.expire(sari, counting: try house.vault.whatIsOver(of: sari).gone.flatMap(\.ends), people: 1)
        try await house.reopen(Self.shortly)
        try await house.vault.sweep()
        #expect(try leaves(house).contains { $0.hasPrefix("voffice ends 1\n") && $0.contains("forgotten 1\nended 1 name by") })
    }

    private func today(_ house: SmallHouse) -> String { Day(of: house.clock.now()).iso }
}
