// The page on which somebody takes one value away, and the one on which they give it again.

import Testing

@testable import Site

@Suite struct `One value taken away` {
    private let number = "+62 812 5550 4417"

    @Test func `is said before, told in the list, and may be given again, in both languages`() async throws {
        let house = try await House(), sari = try await house.sari()
        for (language, title, told, give, again) in [
            (
                "en", "Remove your telephone number", "You deleted <b>your telephone number</b>", "Give your telephone number",
                "Enter a telephone number"
            ),
            ("id", "Hapus nomor telepon Anda", "Anda menghapus <b>nomor telepon Anda</b>", "Beri nomor telepon Anda", "Isi nomor telepon"),
        ] {
            sari.language = language
            #expect(try await sari.get("/privacy").text.contains("/privacy/removal/telephone-number\""))
            let page = try await sari.get("/privacy/removal/telephone-number").text
            #expect(page.contains(title) && page.contains("leaving"), "its rule stands there")
            #expect(try await sari.post("/privacy/removal/telephone-number", [:]).location == "/privacy?now=removed")
            let after = try await sari.get("/privacy").text
            #expect(!after.contains(number) && !after.contains("/privacy/removal/telephone-number\""))
            #expect(after.contains(told) && after.contains(give))
            #expect(try await sari.get("/privacy/removal/telephone-number").status == 410)
            let wrong = try await sari.post("/privacy/adding/telephone-number", ["value": "ring me"])
            #expect(wrong.status == 422 && wrong.text.contains(again) && wrong.text.contains("value=\"ring me\""))
            #expect(try await sari.post("/privacy/adding/telephone-number", ["value": number]).location == "/privacy?now=given")
            #expect(try await sari.get("/privacy").text.contains(number))
            #expect(try await sari.get("/privacy/adding/telephone-number").status == 409)
        }
    }

    @Test(arguments: Language.allCases) func `in another browser is said where one goes on with it, with the way back`(
        _ say: Language
    ) async throws {
        let house = try await House(), sari = try await house.sari(), field = "telephone-number"
        sari.language = say.code
        let forms = try await (
            correction: sari.get("/privacy/correction/\(field)").token, removal: sari.get("/privacy/removal/\(field)").token
        )
        _ = try await sari.post("/privacy/removal/\(field)", ["form": forms.removal])
        let gone = say("No telephone number of yours is stored", id: "Tidak ada nomor telepon Anda yang tersimpan")
        for answer in [
            try await sari.post("/privacy/correction/\(field)", ["value": "+62 812 5550 4418", "form": forms.correction]),
            try await sari.post("/privacy/removal/\(field)", ["form": forms.correction]),
            try await sari.get("/privacy/correction/\(field)"),
        ] {
            #expect(answer.status == 410 && answer.text.contains(gone) && answer.text.contains("href=\"/privacy\""))
        }
        _ = try await sari.post("/privacy/adding/\(field)", ["value": number])
        let twice = try await sari.post("/privacy/adding/\(field)", ["value": "+62 812 5550 4418", "form": forms.removal])
        #expect(twice.status == 409 && twice.text.contains("href=\"/privacy/correction/\(field)\"") && twice.text.contains("5550 4418"))
        #expect(try await sari.get("/privacy/correction/no-such-thing").status == 404)
    }

    @Test func `of what was said later, written down or complained of is found where it is offered`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), dewi = Browser(house)
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": number])
        _ = try await sari.post("/cases/1/addition", ["text": "In the morning."], from: "/cases/1")
        _ = try await budi.post("/staff/cases/1/notes", ["text": "She is in Kemang."], from: "/staff/cases/1")
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        let entry = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("ustomer service 1") && $0.contains("telephone")
            })
        let receipt = String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        _ = try await sari.post(receipt + "/who", ["text": "He called at midnight."], from: receipt)
        let page = try await sari.get("/privacy").text
        for name in ["Case message, case 1", "Case message, added in case 1", "Case note, added in case 1", "Case message, complaint 1"] {
            #expect(page.contains(name))
        }
        let links = page.matches(of: /href="(\/privacy\/(correction|removal)\/[^"]+)"/).map { String($0.1) }
        #expect(links.count > 8 && Set(links).count == links.count, "each leads to a place of its own")
        _ = try await dewi.post("/register", ["name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": ""])
        try await dewi.enterCode()
        for link in links {
            #expect(try await sari.get(link).status == 200, "\(link)")
            if link.contains("case-") { #expect(try await dewi.get(link).status == 410, "it isn’t hers") }
        }
        let said = "/privacy/correction/case-message/1.1", complained = "/privacy/removal/case-message/complaint-1"
        #expect(try await sari.get(said).text.contains("In the morning."))
        #expect(try await sari.post(said, ["value": "In the evening."]).location == "/privacy?now=corrected")
        #expect(try await sari.get("/cases/1").text.contains("In the evening."))
        #expect(try await sari.get(complained).text.contains("Remove your case message in complaint 1"))
        #expect(try await sari.post(complained, [:]).location == "/privacy?now=removed")
        #expect(try await sari.post("/privacy/removal/case-message/1", [:]).location == "/privacy?now=removed")
        let own = try await sari.get("/cases/1").text
        #expect(own.contains("You removed these words.") && own.contains("In the evening."))
        #expect(try await !sari.get(receipt).text.contains("midnight"))
        let ratna = Browser(house), cici = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Cici", "email": "cici@office.example", "role": "customer service"])
        try await cici.signIn("cici@office.example")
        let desk = try await cici.get("/staff/cases/1").text
        #expect(desk.contains("Removed by the customer.") && desk.components(separatedBy: "In the evening.").count == 2)
        for place in ["case-message/1.9", "case-message/complaint-7", "case-note/complaint-1"] {
            #expect(try await sari.get("/privacy/correction/" + place).status == 410)
        }
        for place in ["case-message/1.", "case-message/01", "case-message/complaint-", "case-message/1.1.1"] {
            #expect(try await sari.get("/privacy/correction/" + place).status == 404)
        }
    }

    @Test func `isn't the only way to sign in: that is said, and what to do instead`() async throws {
        let house = try await House(), sari = try await house.sari()
        for (language, sentence) in [("en", "by nothing else"), ("id", "lewat ini saja")] {
            sari.language = language
            let page = try await sari.get("/privacy/removal/email-address").text
            #expect(page.contains(sentence) && page.contains("/privacy/correction/email-address\"") && page.contains("href=\"/leave\""))
            #expect(!page.contains("btn risk"))
            let answer = try await sari.post("/privacy/removal/email-address", [:], from: "/privacy/removal/full-name")
            #expect(answer.status == 409 && answer.text.contains(sentence))
        }
        #expect(try await sari.get("/privacy").text.contains("sari@ladatimur.example"))
    }

    @Test func `of a name or of words in a case leaves the case, and what is missing there is bearable`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": number])
        let warned = try await sari.get("/privacy/removal/telephone-number").text
        #expect(warned.contains("You asked us to call in case 1."))
        for place in ["telephone-number", "full-name", "case-message/1"] {
            #expect(try await sari.post("/privacy/removal/\(place)", [:]).location == "/privacy?now=removed", "\(place)")
        }
        #expect(try await sari.get("/cases/1").status == 200)
        let desk = try await budi.get("/staff/cases/1")
        #expect(desk.status == 200 && !desk.text.contains("Sari Wijaya") && !desk.text.contains("courier"))
        #expect(try await sari.get("/account").status == 200)
        #expect(try await sari.post("/privacy/adding/full-name", ["value": "Sari W."]).location == "/privacy?now=given")
        #expect(try await budi.get("/staff/cases/1").text.contains("Sari W."))
    }

    @Test func `asks for a rule: without it there is no way, and the page says so`() async throws {
        let house = try await House(lacking: ["the person may delete customer data"]), sari = try await house.sari()
        #expect(try await !sari.get("/privacy").text.contains("/privacy/removal/"))
        let page = try await sari.get("/privacy/removal/telephone-number").text
        #expect(page.contains("the person deletes telephone number") && !page.contains("btn risk"))
        let answer = try await sari.post("/privacy/removal/telephone-number", [:], from: "/privacy/correction/full-name")
        #expect(answer.status == 403)
        #expect(try await sari.get("/privacy").text.contains(number))
    }

    @Test func `is read by nobody, whatever form is sent, and nobody is told that it was`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": number])
        let form = try await budi.get("/staff/cases/1")
        #expect(form.text.contains("value=\"telephone-to-answer\""))
        _ = try await sari.post("/privacy/removal/telephone-number", [:])
        for (language, sentence) in [("en", "No telephone number is stored of them"), ("id", "Tidak ada nomor telepon yang tersimpan")] {
            budi.language = language
            let answer = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer", "form": form.token])
            #expect(answer.status == 422 && answer.text.contains(sentence) && answer.text.contains("href=\"#customer\""))
        }
        #expect(try await !sari.get("/privacy").text.contains("read <b>your telephone number"))
        budi.language = "en"
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("None is stored.") && !page.contains("value=\"telephone-to-answer\""))
        _ = try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1")
        let closed = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer", "form": form.token])
        #expect(closed.status == 403 && closed.text.contains("that needs an open case"), "what the policy refuses it refuses all the same")
    }

    @Test(arguments: Language.allCases) func `leaves no empty row: that it was removed is said`(_ say: Language) async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": number])
        for place in ["full-name", "case-message/1"] { _ = try await sari.post("/privacy/removal/\(place)", [:]) }
        (budi.language, sari.language) = (say.code, say.code)
        let desk = try await budi.get("/staff/cases/1").text, own = try await sari.get("/cases/1").text
        #expect(!desk.contains("<bdi></bdi>") && !own.contains("<bdi></bdi>"))
        #expect(desk.components(separatedBy: DeskTexts(say: say).removed).count == 3 && own.contains(OwnCaseTexts(say: say).removed))
    }
}
