// A value that was put right: the former one opens for nobody any more.

import Store
import Testing

@testable import Vault

@Suite struct `A correction` {
    private static let rules = "the person may correct name\nclerk may read name to serve, on an errand"
    private func house() async throws -> SmallHouse { try await SmallHouse(SmallHouse.policy(Self.rules)) }

    private func correct(_ house: SmallHouse, _ sari: Subject, to name: String, keeping: Int64? = nil) async throws(Refusal) {
        try await house.vault.correct(Given("name", name), from: "form", keepingFormerAs: keeping, of: sari) { (_) throws(Refusal) in }
    }

    @Test func `stands in the person's record, with its time and under the version of before`() async throws {
        let house = try await house()
        let sari = try await house.sari(), since = house.clock.now()
        try await house.reopen(SmallHouse.policy(version: 2, Self.rules))
        house.clock.advance(by: .seconds(86_400))
        try await correct(house, sari, to: "Sari Lestari")
        #expect(try await house.read(sari) == "Sari Lestari")
        let own = try await house.vault.openSession(of: sari)
        let held = try #require(try house.vault.holdings(of: own).first)
        #expect(held.value == "Sari Lestari" && held.since == since && held.corrected == house.clock.now() && held.version.number == 1)
        let use = try #require(try house.vault.uses(of: own, before: nil, limit: 9).first { $0.use.verb == "correct" }).use
        #expect(use.things == ["name"] && use.outcome == "yes" && use.rules.count == 1 && use.who == "the person")
    }

    @Test func `without a rule for it is refused, and changes nothing`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        do throws(Refusal) {
            try await correct(house, sari, to: "Sari Lestari")
            Issue.record("corrected")
        } catch { guard case .policy = error else { throw error } }
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test func `leaves no key of the former value, and the class above it gets a new one, under which all the rest stands`() async throws {
        let house = try await house()
        let sari = try await house.sari()
        for item: Int64 in 1...5 {
            try await house.vault.collect(GivenName(name: "Name \(item)"), of: sari, item: item, on: Basis()) { (_, _) throws(Refusal) in }
        }
        let old = try #require(try house.vault.stored(of: sari).first)
        try await correct(house, sari, to: "Sari Lestari")
        #expect(try house.vault.keys.key(of: old.name) == nil)
        #expect(try await house.vault.keys.renewTouched() > 0)
        let generation = try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.first("SELECT generation FROM class_key WHERE subject = \(sari) AND kind = \(old.name.kind)") { $0.integer(0) }
        }
        #expect(generation == 2)
        let names = try house.vault.open(try house.vault.stored(of: sari)).flatMap(\.entries).map {
            String(decoding: $0.value, as: UTF8.self)
        }
        #expect(names == ["Sari Lestari"] + (1...5).map { "Name \($0)" })
    }

    @Test func `that a crash interrupted after it was written destroys the old key at the next start`() async throws {
        let house = try await house()
        let sari = try await house.sari()
        let old = try #require(try house.vault.stored(of: sari).first)
        // All but the last step.
        let entries = try house.vault.open(old)
        let rewrites = try await house.vault.seal([Vault.Plain(old: old.name, name: old.name.next(), entries: entries)])
        let vault = house.vault
        try await house.store.write { (rows) throws(Refusal) in for rewrite in rewrites { try vault.put(rewrite, in: rows) } }
        #expect(try house.vault.keys.key(of: old.name) != nil)
        try await house.reopen(SmallHouse.policy(Self.rules))
        #expect(try house.vault.keys.key(of: old.name) == nil)
        #expect(try await house.read(sari) == "Sari Wijaya")
        #expect(try house.vault.keys.replacedKeys().isEmpty)
    }

    @Test func `that a crash interrupted before it was written leaves what was there`() async throws {
        let house = try await house()
        let sari = try await house.sari()
        let old = try #require(try house.vault.stored(of: sari).first)
        _ = try await house.vault.seal([Vault.Plain(old: old.name, name: old.name.next(), entries: [])])
        _ = try await house.vault.seal([Vault.Plain(old: old.name, name: old.name.next(), entries: try house.vault.open(old))])
        try await house.reopen(SmallHouse.policy(Self.rules))
        #expect(try await house.read(sari) == "Sari Wijaya")
        try await correct(house, sari, to: "Sari Lestari")
        #expect(try await house.read(sari) == "Sari Lestari")
    }

    @Test func `can leave the former value in an item for a while, until it is discarded`() async throws {
        let house = try await house()
        let sari = try await house.sari()
        try await correct(house, sari, to: "Sari Lestari", keeping: 9)
        #expect(
            try house.vault.entries(of: ["name"], of: sari, items: [0, 9]).map { String(decoding: $0.value, as: UTF8.self) } == [
                "Sari Wijaya", "Sari Lestari",
            ])
        let former = RecordName(subject: sari, kind: try #require(try house.vault.stored(of: sari).first).name.kind, item: 9, generation: 1)
        #expect(try house.vault.keys.key(of: former) != nil)
        try await house.vault.discard(item: 9, of: sari)
        #expect(try house.vault.stored(of: sari).count == 1 && house.vault.keys.key(of: former) == nil)
        #expect(try await house.read(sari) == "Sari Lestari")
    }

    @Test func `of a value that a former version's class holds leaves one value, also when it is given anew`() async throws {
        let house = try await house()
        let sari = try await house.sari()
        let shorter = SmallHouse.policy(version: 2, Self.rules).replacing("keep name 10 years", with: "keep name 9 years")
        try await house.reopen(shorter)
        try await correct(house, sari, to: "Sari Lestari")
        #expect(try await house.read(sari) == "Sari Lestari")
        try await house.vault.collect(GivenName(name: "Sari Kusuma"), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        let names = try house.vault.open(try house.vault.stored(of: sari)).flatMap(\.entries).map {
            String(decoding: $0.value, as: UTF8.self)
        }
        #expect(names == ["Sari Kusuma"])
        #expect(try house.vault.stored(of: sari).count == 1)
    }

    @Test func `and a deletion at once: each gets a clear answer, and nothing is left`() async throws {
        for _ in 0..<20 {
            let house = try await house()
            let sari = try await house.sari(), own = try await house.vault.openSession(of: sari)
            let vault = house.vault
            async let corrected = Self.answer { () async throws(Refusal) in
                try await vault.correct(Given("name", "Sari Lestari"), from: "form", of: sari) { (_) throws(Refusal) in }
            }
            async let left = Self.answer { () async throws(Refusal) in _ = try await vault.erase(own) }
            let answers = (corrected: try await corrected, left: try await left)
            #expect(answers.left == "done" && ["done", "gone"].contains(answers.corrected), "\(answers)")
            #expect(try house.vault.stored(of: sari).isEmpty && house.vault.keys.replacedKeys().isEmpty)
            await #expect(throws: Refusal.self) { try await correct(house, sari, to: "Sari Kusuma") }
        }
    }

    private static func answer(_ body: @Sendable () async throws(Refusal) -> Void) async throws -> String {
        do throws(Refusal) { try await body() } catch {
            guard case .gone = error else { throw error }
            return "gone"
        }
        return "done"
    }
}
