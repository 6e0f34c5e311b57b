// A record that no longer opens doesn't keep its person from the rest of what is held.

import Engines
import Store
import Testing
import Vault

@testable import Site

@Suite struct `A record that can't be opened` {
    static let harms: [SQL] = [
        "UPDATE record SET sealed = \(Engine.spoilt("sealed")) WHERE item = 0",
        "UPDATE record SET generation = generation + 5 WHERE item = 0",
    ]

    @Test(arguments: harms) func `is named on the person's page, and everything else is shown`(harm: SQL) async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": "+62 812 5550 4417"])
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(harm)
            return
        }
        for (language, sentence) in [("en", "One record of yours can’t be opened."), ("id", "Satu catatan Anda tidak dapat dibuka.")] {
            sari.language = language
            let page = try await sari.get("/privacy")
            #expect(page.status == 200 && page.text.contains(sentence))
            #expect(
                page.text.contains(language == "en" ? "In it may lie: full name, email address and telephone number." : "Isinya mungkin:"))
            #expect(page.text.contains("The courier came twice.") && !page.text.contains("Sari Wijaya"))
            #expect(try await sari.get("/cases/1").status == 200)
            #expect(try await sari.get("/leave").status == 200)
            let account = try await sari.get("/account").text
            #expect(account.contains(sentence))
            // What she signs in by lies elsewhere, and is told as it is.
            #expect(!account.contains(language == "en" ? "Whether there is one can’t be read." : "tidak dapat dibaca."))
        }
        // Who answers has her case, with what can't be opened in it named.
        for (language, words) in [("en", "Something of this customer can’t be opened."), ("id", "Ada data pelanggan ini yang tidak dapat")]
        {
            budi.language = language
            let page = try await budi.get("/staff/cases/1")
            #expect(
                page.status == 200 && page.text.contains(words) && page.text.contains("id=\"standing\""), "\(page.text)")
        }
        // She can still leave.
        _ = try await sari.post("/sign-in", ["email": "sari@ladatimur.example"])
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "now"]).location?.hasPrefix("/left/") == true)
    }

    @Test func `that was taken out keeps nobody here`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": "+62 812 5550 4417"])
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("DELETE FROM record WHERE item = 0")
            return
        }
        house.clock.advance(by: .seconds(3_600))
        for language in ["en", "id"] {
            sari.language = language
            #expect(try await sari.get("/privacy").status == 200)
            #expect(try await sari.get("/account").status == 200)
            #expect(try await sari.get("/leave").text.contains("name=\"when\" value=\"now\""))
        }
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "now"]).location?.hasPrefix("/left/") == true)
    }
}
