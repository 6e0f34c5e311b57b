// A house that has its data and no keys to them.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `A house whose keys are lost` {
    @Test func `says what is unreadable then, and how to go on, and makes no new keys`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        house.close()
        let keys = house.folder.appending(path: "keys")
        for file in try FileManager.default.contentsOfDirectory(atPath: keys.path) {
            try FileManager.default.removeItem(at: keys.appending(path: file))
        }
        do {
            try await house.open()
            Issue.record("opened")
        } catch let fault as HouseFault {
            #expect(fault.sentence.contains("no name, address or message") && fault.sentence.contains("voffice restore"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: keys.path).isEmpty)
    }

    @Test func `isn't one whose data are missing, which is told before anything is made`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        house.close()
        let data = house.folder.appending(path: "data.sqlite"), keys = house.folder.appending(path: "keys").path
        try Vault.refuseMissingData(.file(data.path), keyFolder: keys)
        try FileManager.default.removeItem(at: data)
        do throws(HouseFault) {
            try Vault.refuseMissingData(.file(data.path), keyFolder: keys)
            Issue.record("it was taken for a new house")
        } catch { #expect(error.sentence.contains("data.sqlite is missing") && error.sentence.contains("Nothing was changed")) }
        #expect(!FileManager.default.fileExists(atPath: data.path))
        // A first start that was interrupted goes on.
        let new = house.folder.appending(path: "new").path
        try Vault.refuseMissingData(.file(new + "/data.sqlite"), keyFolder: new)
    }
}
