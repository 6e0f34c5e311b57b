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
}
