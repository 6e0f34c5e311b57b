// The gate: both versions, unknown facts, thirty seconds, and every attempt in the chain.

import Foundation
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `The gate` {
    @Test func `opens what a rule allows`() async throws {
        let house = try await SmallHouse()
        #expect(try await house.read(try await house.sari()) == "Sari Wijaya")
    }

    @Test(arguments: [false, nil]) func `refuses while a condition doesn't hold, or nobody knows`(_ holds: Bool?) async throws {
        let house = try await SmallHouse(errand: holds)
        #expect(try await house.refusal(try await house.sari())?.why == .needs(["an errand"]))
    }

    @Test func `refuses on an unknown fact also where the rule asks that it be false`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(version: 1, "clerk may read name to serve, unless an errand"), errand: nil)
        #expect(try await house.refusal(try await house.sari())?.why == .needs(["not an errand"]))
    }

    @Test func `refuses what the version at collection didn't allow, whatever the present one says`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(version: 1, "note: nobody reads it"))
        let sari = try await house.sari()
        try await house.reopen(SmallHouse.policy(version: 2))
        let refused = try #require(try await house.refusal(sari))
        #expect(refused.why == .noRule && refused.byFormerVersion)
        // Who came under the new version stands under it.
        #expect(try await house.read(try await house.sari()) == "Sari Wijaya")
    }

    @Test func `refuses what the present version no longer allows, and names the rule that went`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        try await house.reopen(SmallHouse.policy(version: 2, "note: nobody reads it"))
        let refused = try #require(try await house.refusal(sari))
        #expect(refused.why == .noRule && !refused.byFormerVersion)
        #expect(refused.missing?.text == "clerk may read name to serve, on an errand")
    }

    @Test func `refuses what may not be entered in the record of uses, and enters the refusal`() async throws {
        let house = try await SmallHouse(), rule = "derive record of uses from name, tax number to keep the record"
        let sari = try await house.sari()
        try await house.reopen(SmallHouse.policy(version: 2).replacing(rule + "\n", with: ""))
        let refused = try #require(try await house.refusal(sari))
        #expect(refused.verb == .derive && refused.from == "name" && refused.missing?.text == rule)
        await #expect(throws: Refusal.self) { try await house.sari() }
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 10).contains { $0.use.outcome == "no, no rule" })
        // Of others who came later nothing else is asked: an entry repeats nothing of what was collected before.
        try await house.reopen(SmallHouse.policy(version: 3))
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test func `gives a grant of thirty seconds`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        let late: Grant<Name> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        house.clock.advance(by: .seconds(31))
        do throws(Refusal) {
            _ = try house.vault.read(late)
            Issue.record("opened")
        } catch { guard case .expired = error else { throw error } }
    }

    @Test func `gives what lies there when the grant is spent`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        let grant: Grant<Name> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        try await house.vault.collect(GivenName(name: "Sari Lestari"), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        #expect(try house.vault.read(grant).value.name == "Sari Lestari")
    }

    @Test func `names in the entry what was there, and opens under it nothing that came in since`() async throws {
        let house = try await SmallHouse(SmallHouse.policy(version: 1, "clerk may read name, tax number to serve, on an errand"))
        let sari = try await house.sari()
        let before: Grant<NameAndTaxNumber> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        let opened = try house.vault.read(before).value
        #expect(opened.name == "Sari Wijaya" && opened.taxNumber == nil)
        let after: Grant<NameAndTaxNumber> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        #expect(try house.vault.read(after).value.taxNumber == GivenTaxNumber().number)
        let own = try await house.vault.openSession(of: sari)
        let reads = try house.vault.uses(of: own, before: nil, limit: 10).map(\.use).filter { $0.who == "clerk 1" }
        #expect(reads.map(\.things) == [["name", "tax number"], ["name"]])
    }

    @Test(arguments: [false, true]) func `opens nothing on a grant of somebody who leaves`(_ isGone: Bool) async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), own = try await house.vault.openSession(of: sari)
        let grant: Grant<Name> = try await house.vault.grant(of: sari, by: house.clerk, on: Basis())
        if isGone {
            _ = try await house.vault.erase(own)
        } else {
            _ = try await house.vault.begin(erasing: sari, receipt: [1], Day(of: house.clock.now()))
        }
        do throws(Refusal) {
            _ = try house.vault.read(grant)
            Issue.record("opened")
        } catch { guard case .gone = error else { throw error } }
    }

    @Test func `records sixty-four attempts at once, each with a place of its own`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), vault = house.vault, clerk = house.clerk
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { let _: Grant<Name> = try await vault.grant(of: sari, by: clerk, on: Basis()) }
            }
            try await group.waitForAll()
        }
        let own = try await vault.openSession(of: sari)
        let entries = try vault.uses(of: own, before: nil, limit: 1_000)
        #expect(entries.map(\.sequence) == Array((1...66).reversed()))
    }
}

/// All that a clerk may ask for.
private struct NameAndTaxNumber: Reading {
    static let declared: UseDeclaration = .read("name", "tax number", by: "clerk", to: "serve")
    let name: String?, taxNumber: String?
    init(_ record: borrowing Opened) throws(Refusal) { (name, taxNumber) = (record.text("name"), record.text("tax number")) }
}
