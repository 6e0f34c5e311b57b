// What an erasure deletes is gone from the data's file itself some seconds later, while the house is open.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `The rows of somebody who left` {
    private let house: SmallHouse
    private var file: URL { house.folder.appending(path: "data.sqlite") }

    init() async throws { house = try await SmallHouse() }

    private func sealed(_ subject: Subject) throws -> [UInt8] {
        try #require(
            try house.store.read { (rows) throws(StoreFault) in
                try rows.first("SELECT sealed FROM record WHERE subject = \(subject)") { $0.blob(0) }
            })
    }

    /// Whether the data's file has this, whatever its write-ahead log has.
    private func hasBytes(_ bytes: [UInt8]) throws -> Bool { try Data(contentsOf: file).range(of: Data(bytes)) != nil }

    private func leave(_ subject: Subject) async throws {
        _ = try await house.vault.erase(try await house.vault.openSession(of: subject))
    }

    @Test func `are in the file of an open house no more, once for all who left within some seconds`() async throws {
        let sari = try await house.sari(), dewi = try await house.sari()
        try await house.vault.sequence()
        let (first, second) = (try sealed(sari), try sealed(dewi))
        #expect(try hasBytes(first) && hasBytes(second), "what a start does brought them there")
        house.clock.advance(by: Emptying.pause)
        try await leave(sari)
        try await house.vault.sequence()
        #expect(try !hasBytes(first))
        let copy = house.folder.appending(path: "copy.sqlite")
        try FileManager.default.copyItem(at: file, to: copy)
        let left = try Still(copy.path).read { (rows) throws(StoreFault) in
            try rows.exists("SELECT 1 FROM record WHERE subject = \(sari) UNION ALL SELECT 1 FROM subject WHERE id = \(sari)")
        }
        #expect(!left)
        // Not at each one in a row.
        try await leave(dewi)
        try await house.vault.sequence()
        #expect(try hasBytes(second))
        house.clock.advance(by: Emptying.pause)
        try await house.vault.sequence()
        #expect(try !hasBytes(second))
    }

    @Test func `wait for who reads, while others write, and go after that`() async throws {
        let sari = try await house.sari()
        try await house.vault.sequence()
        let bytes = try sealed(sari)
        house.clock.advance(by: Emptying.pause)
        var reader = Optional(try Still(file.path))
        try await leave(sari)
        let began = ContinuousClock.now
        try await house.vault.sequence()
        _ = try await house.sari()
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(try hasBytes(bytes))
        #expect(reader != nil)
        reader = nil
        try await house.vault.sequence()
        #expect(try hasBytes(bytes), "not again within the pause")
        house.clock.advance(by: Emptying.pause)
        try await house.vault.sequence()
        #expect(try !hasBytes(bytes))
    }
}
