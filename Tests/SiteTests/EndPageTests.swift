// What ran out by itself stands in the list of uses, in both languages, with the rule that kept it.

import Policy
import Testing
import Vault

@testable import Site

@Suite struct `What ran out, on the pages` {
    @Test func `is in the list with its rule, and on a receipt of its own`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        house.clock.advance(by: .seconds(367 * 86_400))
        try await house.office.vault.sweep()
        _ = try await sari.post("/sign-in", ["email": "sari@ladatimur.example"])
        try await sari.enterCode()
        let rule = try #require(house.office.vault.policy.terms(of: "case message").first).address
        for (language, sentence) in [
            ("en", "We let <b>your case message</b> go: the time for which a rule kept it is over."),
            ("id", "Kami melepas <b>isi pertanyaan Anda</b>: masa simpan menurut aturannya sudah habis."),
        ] {
            sari.language = language
            let page = try await sari.get("/privacy?who=site").text
            #expect(page.contains(sentence), "\(language)")
            let item = try #require(page.split(separator: "<li>").first { $0.contains(sentence) })
            #expect(item.contains(rule), "the rule is named: \(item)")
            let receipt = try #require(item.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)).1
            #expect(try await sari.get(String(receipt)).text.contains(sentence))
        }
    }

    @Test func `a new address that wasn't proved and a former one are told apart`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/privacy/correction/email-address", ["value": "sari.wijaya@ladatimur.example"])
        house.clock.advance(by: .seconds(2 * 3_600))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try await sari.get("/privacy").text.contains("We let <b>your new email address</b> go: it wasn’t proved to be yours."))
        sari.language = "id"
        #expect(try await sari.get("/privacy").text.contains("Kami melepas <b>alamat surel baru Anda</b>: tidak terbukti milik Anda."))
    }

    @Test func `an address on its way in or out stands there with the day on which it really goes`() async throws {
        let house = try await House(), sari = try await house.sari(), made = house.clock.now()
        _ = try await sari.post("/privacy/correction/email-address", ["value": "sari.wijaya@ladatimur.example"])
        func row(_ name: String) async throws -> String {
            let page = try await sari.get("/privacy").text
            return String(try #require(page.components(separatedBy: "<tr role=\"row\">").first { $0.contains(name) }))
        }
        let new = try await row("Email address, not proved yet")
        #expect(new.contains("datetime=\"\(Day(of: made).iso)\"") && new.contains("An hour after you gave it"))
        let code = try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output
        _ = try await sari.post("/privacy/address/code", ["code": String(code)])
        let until = Day(Day(of: made).number + 7).iso, former = try await row("Email address, the former one")
        #expect(former.contains("datetime=\"\(until)\"") && former.contains("Seven days after the change"))
        #expect(!former.contains("While account active"), "that is the term of an address that stays")
        // And it is true.
        house.clock.advance(by: .seconds(7 * 86_400 + 3_600))
        _ = try await house.office.forgetWhatHasRunOut()
        sari.cookies = [:]
        _ = try await sari.post("/sign-in", ["email": "sari.wijaya@ladatimur.example"])
        try await sari.enterCode()
        #expect(try await !sari.get("/privacy").text.contains("Email address, the former one"))
    }
}
