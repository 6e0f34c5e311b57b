// Refusals alike within a day are one entry with a count: seen at once, told in the chain when they end, and never less than they were.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `Refusals alike` {
    private func entries(_ house: SmallHouse, _ person: Subject) async throws -> [ChainEntry] {
        let own = try await house.vault.openSession(of: person)
        return try house.vault.uses(of: own, before: nil, limit: 1_000).filter(\.use.isRefusal)
    }

    @Test func `are one entry, and how often they came is seen at once`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        var numbers: Set<Int64?> = []
        for _ in 0..<40 {
            numbers.insert(try #require(try await house.refusal(sari)).entry)
            house.clock.advance(by: .seconds(1))
        }
        let seen = try await entries(house, sari)
        #expect(seen.map(\.repeated) == [39])
        #expect(numbers == [seen[0].sequence])
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.use(seen[0].sequence, of: own)?.repeated == 39)
    }

    @Test(arguments: [3_601, 86_400]) func `are told by a second entry when they have ended`(_ seconds: Int64) async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<4 { _ = try await house.refusal(sari) }
        let last = house.clock.now()
        try await house.vault.sequence()
        #expect(try await entries(house, sari).count == 1)

        house.clock.advance(by: .seconds(seconds))
        try await house.vault.sequence()
        let told = try await entries(house, sari)
        #expect(told.map(\.repeated) == [0, 0])
        let (count, first) = (told[0].use, told[1].use)
        #expect(count.times == 3 && count.like == told[1].sequence && count.at == last)
        #expect([count.who, count.outcome, "\(count.things)"] == [first.who, first.outcome, "\(first.things)"])
        #expect(told.allSatisfy { if case .signed = $0.proof { true } else { false } })
        // What comes after is a first one again.
        #expect(try await house.refusal(sari)?.entry != told[1].sequence)
        try await house.vault.sequence()
        #expect(try await entries(house, sari).count == 3)
    }

    @Test func `that came once leave no second entry`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        _ = try await house.refusal(sari)
        house.clock.advance(by: .seconds(90_000))
        try await house.vault.sequence()
        #expect(try await entries(house, sari).count == 1)
    }

    @Test func `are of one person, one member of staff, one field, one reason, one case and one day`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari(), dewi = try await house.sari(), other = Actor.staff(Subject(id: 8), role: "clerk", number: 2)
        func attempt<U: Reading>(_: U.Type, of person: Subject, by actor: Actor, on basis: Basis = Basis()) async throws {
            do throws(Refusal) { _ = try await house.vault.grant(U.self, of: person, by: actor, on: basis) } catch {
                guard case .policy = error else { throw error }
            }
        }
        for _ in 0..<3 {
            try await attempt(Name.self, of: sari, by: house.clerk)
            try await attempt(Name.self, of: sari, by: other)
            try await attempt(TaxNumber.self, of: sari, by: house.clerk)
            try await attempt(Name.self, of: sari, by: house.clerk, on: Basis(matter: 12))
            try await attempt(Name.self, of: dewi, by: house.clerk)
        }
        #expect(try await entries(house, sari).map(\.repeated) == [2, 2, 2, 2])
        #expect(try await entries(house, dewi).map(\.repeated) == [2])

        try await house.reopen(SmallHouse.policy(version: 2, "note: nobody reads it"))
        try await attempt(Name.self, of: sari, by: house.clerk)
        #expect(try await entries(house, sari).first?.use.outcome == "no, no rule")
        #expect(try await entries(house, sari).count == 5)

        house.clock.advance(by: .seconds(86_400))
        try await attempt(Name.self, of: dewi, by: house.clerk)
        #expect(try await entries(house, dewi).map(\.repeated) == [0, 2])
    }

    @Test func `stand in the way of nothing that is allowed by now`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        house.errand.holds.withLock { $0 = true }
        #expect(try await house.read(sari) == "Sari Wijaya")
        house.errand.holds.withLock { $0 = false }
        _ = try await house.refusal(sari)
        #expect(try await entries(house, sari).map(\.repeated) == [3])
    }

    @Test func `are told once, also where a crash came between the entry and the end of the count`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        house.clock.advance(by: .seconds(7_200))
        for refusal in try await house.vault.keys.endedRefusals(at: house.clock.now()) { try await house.vault.tell(refusal) }
        try await house.reopen()
        try await house.vault.sequence()
        #expect(try await entries(house, sari).map(\.use.times) == [2, nil])
        #expect(try house.vault.keys.repeatedRefusals(of: sari).isEmpty)
    }

    @Test func `aren't told as something else when somebody cuts the first off and another entry gets its place`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        let first = try #require(try house.vault.keys.repeatedRefusals(of: sari).first)
        try house.cutChain(of: sari, to: first.key - 1)
        #expect(try await house.vault.openSession(of: sari).entry == first.key)
        house.clock.advance(by: .seconds(7_200))
        try await house.vault.sequence()
        #expect(try house.vault.keys.repeatedRefusals(of: sari) == [first.key: 2])
    }

    @Test func `are told also where their person's keys were renewed meanwhile`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<5 { _ = try await house.refusal(sari) }
        _ = try await house.vault.keys.renewAll()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        try await house.reopen()
        house.clock.advance(by: .seconds(7_200))
        try await house.vault.sequence()
        let told = try await entries(house, sari).compactMap(\.use.times)
        #expect(told.sorted() == [2, 4])
        #expect(try house.vault.keys.repeatedRefusals(of: sari).isEmpty)
        #expect(try house.findings() == [])
    }

    @Test func `that can't be told are named by the doctor`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        try await house.vault.sequence()
        try await house.vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("UPDATE repeated_refusal SET leaf = \([UInt8](repeating: 7, count: 32))")
            return
        }
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.vault.sequence()
        #expect(try house.findings().filter { $0.kind == .chainBroken }.count == 1)
    }

    @Test func `of somebody who leaves go with them`() async throws {
        let house = try await SmallHouse(errand: false)
        let sari = try await house.sari()
        for _ in 0..<3 { _ = try await house.refusal(sari) }
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        #expect(try !house.vault.keys.look(for: [], of: sari).hasRefusals)
        house.clock.advance(by: .seconds(7_200))
        try await house.vault.sequence()
    }
}

struct TaxNumber: Reading {
    static let declared: UseDeclaration = .read("tax number", by: "clerk", to: "serve")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
