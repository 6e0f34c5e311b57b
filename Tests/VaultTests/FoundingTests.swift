// How a house was founded shows what kind it is, whatever has been published in it.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `The kind of a house` {
    private func isDevelopment(_ folder: URL, _ clock: ManualClock) throws -> Bool? {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations, tables: [], now: clock.now()
        ).isDevelopment
    }

    @Test(arguments: [true, false]) func `of production is that also before its first version is published`(_ isFounded: Bool) async throws
    {
        let house = try await PublishingHouse(isFounded: isFounded)
        #expect(try isDevelopment(house.folder, house.clock) == false)
    }

    @Test func `of development stays that when a version was published there, as a rehearsal`() async throws {
        let house = try await SmallHouse()
        #expect(try isDevelopment(house.folder, house.clock) == true)
        try house.sql("INSERT INTO policy_proposal (id, text, document, proposed) VALUES (1, 'x', \([UInt8](1...1)), 1)")
        try house.sql("INSERT INTO policy_publication (id, proposal, version, note, at, since) VALUES (1, 1, 1, \([UInt8](1...1)), 1, 1)")
        #expect(try isDevelopment(house.folder, house.clock) == true)
    }
}
