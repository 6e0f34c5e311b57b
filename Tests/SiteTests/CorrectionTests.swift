// The forms with which the person puts their data right.

import Office
import Testing

@testable import Site

@Suite struct `The form of a correction` {
    @Test func `is offered for each value that the policy lets her change, and for no other`() async throws {
        let house = try await House()
        let page = try await house.sari().get("/privacy").text
        for field in ["full-name", "email-address", "telephone-number"] { #expect(page.contains("/privacy/correction/\(field)\"")) }
        for field in ["session-cookie", "record-of-uses"] { #expect(!page.contains("/privacy/correction/\(field)\"")) }
    }

    @Test func `keeps what was typed and says in both languages what is wrong`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        for (language, sentence) in [("en", "Enter a telephone number"), ("id", "Isi nomor telepon")] {
            sari.language = language
            let answer = try await sari.post("/privacy/correction/telephone-number", ["value": "ring \"me\" <soon>"])
            #expect(answer.status == 422 && answer.text.contains(sentence))
            #expect(
                answer.text.contains("value=\"ring &quot;me&quot; &lt;soon>\"")
                    || answer.text.contains("value=\"ring &quot;me&quot; &lt;soon&gt;\""))
        }
    }

    @Test(arguments: Language.allCases) func `promises no code where too many were asked for`(_ say: Language) async throws {
        let house = try await House(), sari = try await house.sari()
        sari.language = say.code
        var mails = 0
        for place in 1...7 {
            mails = house.office.outbox.count
            let answer = try await sari.post("/privacy/correction/email-address", ["value": "sari\(place)@newplace.example"])
            #expect(answer.location == "/privacy/address/code")
            house.clock.advance(by: .seconds(11))
        }
        #expect(house.office.outbox.count == mails, "the last sent none")
        let page = try await sari.get("/privacy/address/code").text
        #expect(page.contains(say("not too many codes were asked for lately", id: "tidak terlalu banyak kode diminta")))
        #expect(page.contains(say("No code yet?", id: "Kode belum datang?")))
    }

    @Test func `sent after the account was deleted changes nothing, and says what to do next`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        let token = try await sari.get("/privacy/correction/full-name").token
        let cookie = try #require(Token(sari.cookies["session"] ?? ""))
        let session = try #require(try house.office.session(cookie))
        _ = try await house.office.leave(session)
        let answer = try await sari.post("/privacy/correction/full-name", ["value": "Sari", "form": token])
        // Nobody is signed in any more.
        #expect(answer.status == 403 && answer.text.contains("Nothing was changed") && answer.text.contains("/sign-in"))
    }

    @Test func `of a text in a case lies below the case's number`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": "+62 812 5550 4417"])
        #expect(try await sari.get("/privacy").text.contains("/privacy/correction/case-message/1\""))
        #expect(try await sari.get("/privacy/correction/case-message/1").text.contains("The courier came twice."))
        _ = try await sari.post("/privacy/correction/case-message/1", ["value": "Once."])
        #expect(try await sari.get("/cases/1").text.contains("Once."))
    }

    @Test func `is missed where its rule is gone, and the page of her data names it once`() async throws {
        let rule = try #require(PolicyLines.all.first { $0.hasPrefix("the person may correct contact") })
        let house = try await House(), sari = try await house.sari(), named = rule.replacing("\n  ", with: " ")
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        let before = try await sari.get("/privacy").text
        #expect(before.contains("/privacy/correction/full-name") && !before.contains(named), "whoever came before may go on")
        let nina = Browser(house)
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "nina@toko.example", "telephone": ""])
        try await nina.enterCode()
        let page = try await nina.get("/privacy").text
        #expect(!page.contains("/privacy/correction/") && page.components(separatedBy: named).count == 2)
        #expect(page.contains("may not correct the full name"))
    }

    @Test func `of the address is missed where no other one may be given, and the page of her data names that rule`() async throws {
        let house = try await House(), sari = try await house.sari()
        try await house.reopen(lacking: [LackingLines.settings])
        let page = try await sari.get("/privacy").text
        #expect(!page.contains("/privacy/correction/email-address\"") && page.contains(LackingLines.settings))
    }
}
