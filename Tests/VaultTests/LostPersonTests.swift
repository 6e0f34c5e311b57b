// Somebody takes the row out that says that a person lives: whoever has keys and entries lives all the same.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `Somebody whose row is gone` {
    private func lost() async throws -> (house: SmallHouse, sari: Subject) {
        let house = try await SmallHouse(), sari = try await house.sari()
        #expect(try await house.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        _ = try await house.read(sari)
        try await house.vault.sequence()
        try house.sql("DELETE FROM subject")
        return (house, sari)
    }

    @Test func `is found, reads, takes along what is held, and leaves for good`() async throws {
        let (house, sari) = try await lost(), vault = house.vault
        #expect(try house.vault.find(LookupAddress(email: "sari@ladatimur.example")) == sari)
        #expect(try await house.read(sari) == "Sari Wijaya")
        let own = try await vault.openSession(of: sari)
        #expect(try await vault.export(of: own, held: try vault.holdings(of: own)).holdings.count == 1)
        _ = try await vault.erase(own)
        await #expect(throws: Refusal.self) { try await house.read(sari) }
        #expect(try vault.stored(of: sari).isEmpty)
        _ = try await vault.renewTouchedKeys()
        try await vault.sequence()
        #expect(try house.findings() == [])
    }

    @Test func `keeps the keys also where nobody said yet that they are used`() async throws {
        let (house, sari) = try await lost()
        try house.vault.keys.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("UPDATE class_key SET confirmed = 0")
            return
        }
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.reopen()
        try house.sql("INSERT INTO subject (id, since) VALUES (\(sari), 0)")
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test func `and of whom a law keeps something: the doctor says that rows are lost, and takes nobody's out`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        try await house.vault.sequence()
        #expect(try house.findings() == [])
        try house.sql("DELETE FROM retained")
        let found = try house.findings()
        #expect(found.map(\.kind) == [.rowsLost] && found[0].what.contains("whose keys are there and whose rows record has"), "\(found)")
    }

    @Test func `isn't taken for a row of the former look-ups that doesn't open: the house opens beside one`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        let junk = [UInt8](repeating: 7, count: 32)
        try house.vault.keys.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("INSERT INTO lookup (label, owner, sealed) VALUES (\(junk), \(junk), \(junk))")
            return
        }
        try await house.reopen()
        #expect(try await house.read(sari) == "Sari Wijaya")
        try await house.vault.sequence()
        #expect(try house.findings().map(\.kind) == [.lookup])
    }
}
