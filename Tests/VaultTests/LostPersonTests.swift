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

    @Test func `keeps the keys of her list where its entries are said to be of another month`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        _ = try await house.read(sari)
        try house.sql("CREATE TABLE kept AS SELECT * FROM use_record")
        try house.sql("UPDATE use_record SET month = -40")
        for _ in 1...3 {
            house.clock.advance(by: .seconds(40 * 86_400))
            try house.believeClock()
            try await house.vault.sweepKeysOfNothing()
        }
        try house.sql("DELETE FROM use_record")
        try house.sql("INSERT INTO use_record SELECT * FROM kept")
        #expect(try house.vault.list(of: sari).count == 2)
    }

    @Test func `keeps the key of a record whose number was raised, also at a start`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.collect(GivenName(name: "Sari W."), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        try await house.vault.sequence()
        try house.sql("UPDATE record SET generation = generation + 1")
        for _ in 1...3 {
            try await house.reopen()
            house.clock.advance(by: .seconds(3 * 86_400))
            try await house.vault.sweepKeysOfNothing()
        }
        try house.sql("UPDATE record SET generation = generation - 1")
        #expect(try await house.read(sari) == "Sari W.")
    }

    @Test func `isn't waited for: what somebody put into the queue of the log keeps nothing else from being signed`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        try house.sql("INSERT INTO leaf_waiting (subject, seq, leaf) VALUES (\(sari), 1, \([UInt8](repeating: 9, count: 33)))")
        try house.sql("INSERT INTO leaf_waiting (subject, seq, leaf) VALUES (\(sari), 77, \([1] + [UInt8](repeating: 9, count: 32)))")
        let own = try await house.vault.openSession(of: sari)
        #expect(try await house.vault.sequence() == 1)
        house.clock.advance(by: .seconds(60))
        #expect(try house.vault.isLogCurrent())
        _ = try await house.vault.export(of: own, held: [])
        #expect(try house.findings().map(\.kind) == [.logEntry, .logEntry])
    }
}

@Suite(.enabled(if: Only.sqlite(.files))) struct `A write-ahead log of which a page was changed` {
    /// A house that was killed: what lies in the files.
    private func killed(of database: String) async throws -> (house: SmallHouse, folder: URL, log: URL) {
        let house = try await SmallHouse()
        let folder = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)")
        for _ in 1...6 { _ = try await house.sari() }
        try await house.vault.sequence()
        for _ in 1...3 { _ = try await house.sari() }
        try FileManager.default.copyItem(at: house.folder, to: folder)
        return (house, folder, folder.appending(path: "\(database)-wal"))
    }

    private func refusal(_ folder: URL) throws -> String? {
        do throws(HouseFault) {
            try Vault.refuseMissingData(.file(folder.appending(path: "data.sqlite").path), keyFolder: folder.appending(path: "keys").path)
            return nil
        } catch { return error.sentence }
    }

    @Test(arguments: ["data.sqlite", "keys/keys.sqlite"]) func `is named, and nothing is overwritten unless the operator means it`(
        _ database: String
    ) async throws {
        let (house, folder, log) = try await killed(of: database)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try refusal(folder) == nil)
        var bytes = try Data(contentsOf: log)
        let page = 4_096 + 24, frames = (bytes.count - 32) / page
        try #require(frames > 20)
        bytes[32 + page * (frames / 2) + 2_000] ^= 0xff
        try bytes.write(to: log)
        let said = try #require(try refusal(folder))
        #expect(
            said.contains("\(database)-wal")
                && (said.contains("lie behind them") || said.contains("what is missing")
                    || said.contains("don't hold")),
            "\(said)")
        #expect(try Data(contentsOf: log) == bytes)
        withExtendedLifetime(house) {}
    }
}
