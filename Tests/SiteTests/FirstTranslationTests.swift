// The translation that was proposed with the first policy, before and after that is published.

import Store
import Testing

@testable import Site

@Suite struct `The Indonesian of the first policy` {
    @Test func `says the names of its first policy in Indonesian before that is published, and after`() async throws {
        let house = try await House(isProduction: true, isTranslated: true), ratna = try await house.ratna()
        ratna.language = "id"
        let today = try await ratna.get("/staff/today").text
        #expect(today.contains("Belum ada petugas kebijakan") && today.contains("Belum ada petugas pelindungan data"))
        ratna.language = "en"
        try await Officers(house, invitedBy: ratna).open()
        ratna.language = "id"
        #expect(try await !ratna.get("/policy").text.contains("masih dalam bahasa Inggris"))
    }

    @Test func `takes no Indonesian for its first policy's that isn't as it was proposed`() async throws {
        let house = try await House(isProduction: true, isTranslated: true)
        #expect(try house.office.translation(into: "id") != nil)
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("UPDATE policy_translation SET document = \(Array("x".utf8))")
            return
        }
        #expect(try house.office.translation(into: "id") == nil)
    }
}
