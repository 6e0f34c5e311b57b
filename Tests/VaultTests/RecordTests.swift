// Sealed records: bound to whose they are, which class and generation; keys that were destroyed never come back.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `A sealed record` {
    private func damaged(_ body: () async throws -> Void) async throws -> Bool {
        do { try await body() } catch let error as Refusal {
            if case .damaged = error { return true }
            throw error
        }
        return false
    }

    @Test func `doesn't open with one byte changed`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        let stored = try #require(try house.vault.stored(of: sari).first)
        for index in stored.sealed.indices {
            var sealed = stored.sealed
            sealed[index] ^= 1
            try house.sql("UPDATE record SET sealed = \(sealed) WHERE subject = \(sari)")
            #expect(try await damaged { _ = try await house.read(sari) }, "byte \(index)")
        }
    }

    @Test func `doesn't open in another person's place`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), dewi = try await house.sari()
        try house.sql("UPDATE record SET sealed = (SELECT sealed FROM record WHERE subject = \(sari)) WHERE subject = \(dewi)")
        #expect(try await damaged { _ = try await house.read(dewi) })
    }

    @Test func `put back after a correction doesn't open`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        let old = try #require(try house.vault.stored(of: sari).first)
        try await house.vault.collect(GivenName(name: "Sari Lestari"), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        #expect(try await house.read(sari) == "Sari Lestari")
        try house.sql("UPDATE record SET sealed = \(old.sealed) WHERE subject = \(sari)")
        #expect(try await damaged { _ = try await house.read(sari) })
        try house.sql("UPDATE record SET generation = 1 WHERE subject = \(sari)")
        await #expect(throws: Refusal.self) { _ = try await house.read(sari) }
        #expect(try house.vault.keys.key(of: old.name) == nil)
    }

    @Test func `of many writers at once keeps the last word of one and loses no key`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), vault = house.vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask {
                    try await vault.collect(GivenName(name: "Sari \(number)"), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await house.read(sari).hasPrefix("Sari "))
        #expect(try vault.stored(of: sari).first?.name.generation == 25)
    }

    @Test func `after an erasure has no key, and none is made again`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        let name = try #require(try house.vault.stored(of: sari).first).name
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        #expect(try house.vault.keys.key(of: name) == nil)
        await #expect(throws: Refusal.self) { _ = try await house.vault.keys.makeKeys(for: [name]) }
    }
}

@Suite struct `The keys of a house` {
    @Test(arguments: ["root.1", "ring.1"]) func `with one byte changed don't open, and say which file`(_ file: String) async throws {
        let house = try await SmallHouse()
        let path = house.folder.appending(path: "keys/\(file)")
        var bytes = [UInt8](try Data(contentsOf: path))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: path)
        do {
            try await house.reopen()
            Issue.record("opened")
        } catch let fault as HouseFault { #expect(fault.sentence.contains("ring.1")) }
    }

    @Test(arguments: ["root.1", "ring.1"]) func `with a file missing don't open as a new house`(_ file: String) async throws {
        let house = try await SmallHouse()
        try FileManager.default.removeItem(at: house.folder.appending(path: "keys/\(file)"))
        await #expect(throws: HouseFault.self) { try await house.reopen() }
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `are readable by their owner only`() async throws {
        let house = try await SmallHouse()
        for file in ["root.1", "ring.1", "keys.sqlite"] {
            let mode = try FileManager.default.attributesOfItem(atPath: house.folder.appending(path: "keys/\(file)").path)[
                .posixPermissions]
            #expect(mode as? Int == 0o600, "\(file)")
        }
    }
}

@Suite(.enabled(if: Only.sqlite(.files))) struct `A house whose data are lost` {
    @Test func `doesn't open beside the keys of people, and destroys none of them`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        let data = house.folder.appending(path: "data.sqlite"), aside = house.folder.appending(path: "aside.sqlite")
        house.store.close()
        try FileManager.default.moveItem(at: data, to: aside)
        await #expect(throws: HouseFault.self) { try await house.reopen() }
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data.path + ending) }
        try FileManager.default.moveItem(at: aside, to: data)
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.reopen()
        let sari = try #require(
            try house.vault.store.read { (rows) throws(Refusal) in try rows.first("SELECT id FROM subject") { Subject(id: $0.identity(0)) }
            }
        )
        #expect(try await house.read(sari) == "Sari Wijaya")
    }
}
