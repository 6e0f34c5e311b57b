// What a law keeps of somebody who leaves: just that, under nobody's name, for as long as the law says.

import Foundation
import Policy
import Store
import Testing

@testable import Vault

@Suite struct `What a law keeps of somebody who leaves` {
    private let day = Day(iso: "2026-03-01")!

    private func withTaxNumber(_ house: SmallHouse) async throws -> Subject {
        let sari = try await house.sari()
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        return sari
    }

    private func retained(_ house: SmallHouse) throws -> [Subject] {
        try house.vault.store.read { (rows) throws(Refusal) in try rows.all("SELECT subject FROM retained") { Subject(id: $0.identity(0)) }
        }
    }

    private func leave(_ house: SmallHouse, _ person: Subject) async throws -> Erased {
        try await house.vault.erase(try await house.vault.openSession(of: person))
    }

    @Test func `is just that, with its reason and end on the receipt; all else goes`() async throws {
        let house = try await SmallHouse()
        let sari = try await withTaxNumber(house), names = try house.vault.stored(of: sari).map(\.name)
        let erased = try await leave(house, sari)
        let kept = Kept(field: "tax number", rule: "all.7", law: "KUP art. 28", until: Day(iso: "2036-03-01"))
        #expect(erased.kept == [kept])
        let receipt = try #require(erased.receipt)
        let told = try #require(try house.vault.deletion(receipt: receipt))
        #expect(told.day == day && told.kept == [kept])

        #expect(names.count == 2)
        for name in names { #expect(try house.vault.keys.key(of: name) == nil) }
        #expect(try house.vault.stored(of: sari).isEmpty)
        let aside = try retained(house)
        #expect(aside.count == 1 && !aside.contains(sari))
        let entries = try house.vault.open(try house.vault.stored(of: aside[0])).flatMap(\.entries)
        #expect(entries.map(\.field) == ["tax number"])
        #expect(entries.map { String(decoding: $0.value, as: UTF8.self) } == [GivenTaxNumber().number])
        // Not even the hour of the day ties it to anybody.
        #expect(entries.map(\.collected) == [day.start])
        await #expect(throws: Refusal.self) { _ = try await house.read(aside[0]) }
    }

    @Test func `stays on its last day and goes by itself on the next, with its key`() async throws {
        let house = try await SmallHouse()
        _ = try await leave(house, try await withTaxNumber(house))
        let aside = try #require(try retained(house).first), name = try #require(try house.vault.stored(of: aside).first).name
        house.clock.set(to: Day(iso: "2036-03-01")!.end)
        try await house.reopen()
        #expect(try await house.vault.sweep() == 0)
        house.clock.advance(by: .seconds(1))
        #expect(try await house.vault.sweep() == 1)
        #expect(try retained(house).isEmpty && house.vault.stored(of: aside).isEmpty)
        #expect(try house.vault.keys.key(of: name) == nil)
        try await house.vault.sweepUses()
        #expect(try house.vault.store.read { (rows) throws(Refusal) in try !rows.exists("SELECT 1 FROM deletion_kept") })
    }

    @Test func `goes by no row that this house didn't write, nor does anybody who lives here`() async throws {
        let house = try await SmallHouse(), dewi = try await house.sari()
        _ = try await leave(house, try await withTaxNumber(house))
        let aside = try #require(try retained(house).first)
        #expect(try await house.vault.sweep() == 0)
        try house.sql("INSERT INTO retained (subject, until) VALUES (\(dewi), 1)")
        try house.sql("UPDATE retained SET until = 1 WHERE subject = \(aside)")
        try await house.reopen()
        #expect(try await house.vault.sweep() == 0)
        #expect(try await house.read(dewi) == "Sari Wijaya")
        #expect(try house.vault.stored(of: aside).count == 1)
        let found = try house.findings().filter { $0.kind == .stateAltered }.map(\.what)
        #expect(found.count == 2 && found.allSatisfy { $0.contains("retained") }, "\(found)")
    }

    @Test func `that lay there before rows bore a word goes when its time is over`() async throws {
        let house = try await SmallHouse()
        _ = try await leave(house, try await withTaxNumber(house))
        try house.sql("UPDATE retained SET word = NULL")
        house.clock.set(to: Day(iso: "2036-03-02")!.start)
        #expect(try await house.vault.sweep() == 1)
    }

    @Test func `is nothing once its term is over`() async throws {
        let house = try await SmallHouse()
        let sari = try await withTaxNumber(house)
        house.clock.set(to: Day(iso: "2036-03-02")!.start)
        let erased = try await leave(house, sari)
        #expect(erased.kept.isEmpty)
        #expect(try retained(house).isEmpty)
    }

    @Test(arguments: [
        ("keep tax number 20 years after collected, because \"so long\"", "2036-03-01"),
        ("keep tax number 5 years after collected, by law \"an older law\"", "2031-03-01"),
    ])
    func `is what the present version says, and no longer than the law under which it came`(_ former: String, until: String) async throws {
        let house = try await SmallHouse(SmallHouse.policy(taxNumber: former))
        let sari = try await withTaxNumber(house)
        try await house.reopen(SmallHouse.policy(version: 2))
        #expect(try await leave(house, sari).kept.map(\.until) == [Day(iso: until)])
    }

    @Test func `is nothing where only the version at collection had a law for it`() async throws {
        let house = try await SmallHouse()
        let sari = try await withTaxNumber(house)
        try await house.reopen(SmallHouse.policy(version: 2, taxNumber: "keep tax number 2 years after collected, because \"so long\""))
        #expect(try await leave(house, sari).kept.isEmpty)
    }

    @Test func `doesn't make up for a rule that is missing: nothing is laid aside, nothing goes`() async throws {
        let house = try await SmallHouse(SmallHouse.policy().replacing("may delete name, tax number", with: "may delete tax number"))
        let sari = try await withTaxNumber(house)
        let keys = try count("SELECT count(*) FROM class_key", house)
        await #expect(throws: Refusal.self) { _ = try await leave(house, sari) }
        #expect(try await house.read(sari) == "Sari Wijaya")
        #expect(try retained(house).isEmpty)
        #expect(try count("SELECT count(*) FROM class_key", house) == keys)
    }

    @Test func `is still there, and on the receipt, after a crash in the middle of leaving`() async throws {
        let house = try await SmallHouse()
        let sari = try await withTaxNumber(house)
        let receipt = "7KQ2-M0XH-4WZD-9TRA", hash = Vault.hash(ofReceipt: receipt)
        _ = try await house.vault.begin(erasing: sari, receipt: hash, day)
        // The crash came before anybody said that what these keys open is durable.
        try house.vault.keys.store.writeAndWait { (rows) throws(Refusal) in
            try rows.run("UPDATE class_key SET confirmed = 0")
            return
        }
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.reopen()
        #expect(try house.vault.stored(of: sari).isEmpty)
        #expect(try house.vault.deletion(receipt: receipt)?.kept.map(\.field) == ["tax number"])
        try await house.vault.sweepKeys()
        let aside = try #require(try retained(house).first)
        #expect(try house.vault.open(try house.vault.stored(of: aside)).flatMap(\.entries).map(\.field) == ["tax number"])
    }

    @Test func `is the last word of who still writes while they leave`() async throws {
        let house = try await SmallHouse()
        let sari = try await withTaxNumber(house), vault = house.vault
        let own = try await vault.openSession(of: sari)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do throws(Refusal) {
                        try await vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
                    } catch {
                        guard case .gone = error else { throw error }
                    }
                }
            }
            group.addTask { _ = try await vault.erase(own) }
            try await group.waitForAll()
        }
        #expect(try retained(house).count == 1)
        #expect(try vault.stored(of: sari).isEmpty)
        #expect(try count("SELECT count(*) FROM class_key", house) == 1)
    }

    private func count(_ sql: SQL, _ house: SmallHouse) throws -> Int64? {
        try house.vault.keys.store.read { (rows) throws(Refusal) in try rows.first(sql) { $0.integer(0) } }
    }
}
