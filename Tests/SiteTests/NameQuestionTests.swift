// Who it was: somebody complains of a use, the privacy officer learns the name by the rule for that, and whose name it is reads that they did.
import Testing

@testable import Site

@Suite struct `A complaint of a use` {
    private static let rule = "privacy officer may read staff name to keep the record, on a complaint"

    /// Budi has opened Sari's number, and Agus is the privacy officer; with the receipt of that.
    private func opened(_ house: House) async throws -> (sari: Browser, budi: Browser, ratna: Browser, agus: Browser, receipt: String) {
        let sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house), agus = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Agus Salim", "email": "agus@office.example", "role": "privacy officer"])
        try await agus.signIn("agus@office.example")
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        let entry = try #require(try await sari.get("/privacy").text.split(separator: "<li>").first { $0.contains("ustomer service 1") })
        return (sari, budi, ratna, agus, String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)))
    }

    @Test func `lets the privacy officer learn who it was, and nobody else, and is told to both sides`() async throws {
        let house = try await House(), (sari, budi, ratna, agus, receipt) = try await opened(house)
        #expect(try await sari.get(receipt).text.contains("Who is customer service 1?"))
        for _ in 1...2 {
            house.clock.advance(by: .seconds(2))
            let token = try await sari.get("/cases/new").token
            #expect(try await sari.post(receipt + "/who", ["form": token]).status == 303)
        }
        #expect(try await sari.get(receipt).text.contains("The privacy officer hasn’t looked yet"))
        #expect(try await agus.get("/staff/today").text.contains("Complaint 1: who is customer service 1?"))
        let list = try await agus.get("/staff/complaints")
        #expect(list.status == 200 && !list.text.contains("Budi") && !list.text.contains("Complaint 2"))
        for browser in [ratna, budi] {
            let refused = try await browser.get("/staff/complaints")
            #expect(refused.status == 403 && refused.text.contains("staff name"))
            #expect(try await browser.post("/staff/complaints/1/name", [:], from: "/account").status == 403)
        }
        #expect(try await sari.get("/staff/complaints").status == 404)
        #expect(try await agus.post("/staff/complaints/2/name", [:], from: "/staff/complaints").status == 404)
        let learned = try await agus.post("/staff/complaints/1/name", [:], from: "/staff/complaints")
        #expect(learned.status == 200 && learned.text.contains("Budi Santoso"))
        let told = try await sari.get(receipt).text
        #expect(told.contains("who it was") && !told.contains("Budi") && !told.contains("hasn’t looked"))
        let own = try await budi.get("/privacy").text
        #expect(own.contains("rivacy officer 1") && own.contains("staff name"))
        #expect(try await agus.post("/staff/complaints/1/end", [:], from: "/staff/complaints").status == 303)
        #expect(try await agus.get("/staff/complaints").text.contains("Nobody asks"))
        #expect(try await agus.post("/staff/complaints/1/name", [:], from: "/account").status == 404)
        #expect(try await sari.get(receipt).text.contains("It was settled on"))
    }

    @Test func `keeps everything of its person from whom it is about until it is settled, under a new number too`() async throws {
        let house = try await House(), (sari, budi, ratna, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", [:], from: receipt)
        let form = try await budi.get("/staff").token
        func hasNothing(_ clerk: Browser) async throws {
            #expect(try await clerk.get("/staff/cases/1").status == 404)
            #expect(try await !clerk.get("/staff").text.contains("/staff/cases/1"))
            let form = try await clerk.get("/account").token
            let email = try await clerk.post("/staff/cases/1/opening", ["what": "email-of-caller", "form": form])
            #expect(email.status != 303 && !email.text.contains("ladatimur"))
            #expect(try await clerk.post("/staff/cases/1/notes", ["text": "Looked.", "form": form]).status != 303)
        }
        try await hasNothing(budi)
        // Nor are they found with a call in hand.
        _ = try await budi.post(
            "/staff/contacts/new", ["channel": "call", "text": "A call.", "from": "", "answering": "none", "form": form])
        let found = try await budi.post("/staff/cases/2/search", ["sought": "Sari"], from: "/staff/cases/2").text
        #expect(!found.contains("Wijaya"))
        _ = try await ratna.post("/staff/team/ending", ["role": "customer service", "number": "1"], from: "/staff/team")
        _ = try await ratna.post("/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"])
        let again = Browser(house)
        try await again.signIn("budi@office.example")
        try await hasNothing(again)
        let learned = try await agus.post("/staff/complaints/1/name", [:], from: "/staff/complaints")
        #expect(learned.text.contains("Budi Santoso"), "whoever came again is known as who they were")
        _ = try await agus.post("/staff/complaints/1/end", [:], from: "/staff/complaints")
        #expect(try await again.get("/staff/cases/1").status == 200)
    }

    @Test func `asks for a rule: without it nobody is told that they can ask, and the page of the officer names it`() async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        let form = try await sari.get("/cases/new").token
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [Self.rule])
        #expect(try await !sari.get(receipt).text.contains("Who is customer service 1?"))
        #expect(try await sari.post(receipt + "/who", ["form": form]).status == 404)
        let refused = try await agus.get("/staff/complaints")
        #expect(refused.status == 403 && refused.text.contains(Self.rule))
        #expect(try await agus.get("/staff/today").status == 200)
    }

    @Test func `is forgotten with whoever made it`() async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", [:], from: receipt)
        _ = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        #expect(try await agus.get("/staff/complaints").text.contains("Nobody asks"))
    }
}

@Suite struct `What was done at somebody's word` {
    @Test func `is objected to in the case, and whoever did it has nothing of theirs until others have looked`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house),
            joko = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Joko Susilo", "email": "joko@office.example", "role": "customer service"])
        try await joko.signIn("joko@office.example")
        for text in ["Please change my name.", "Where is my parcel?"] {
            _ = try await sari.post("/cases/new", ["text": text, "telephone": "0812 5550 4417"])
        }
        #expect(try await sari.post("/cases/2/objection", [:], from: "/cases/new").status == 404, "nothing was done there")
        house.clock.advance(by: .seconds(60))
        let page = "/staff/cases/1/behalf"
        _ = try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: page)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        _ = try await budi.post("/staff/cases/1/caller-check", ["code": code], from: page)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "full name"], from: page)
        let form = try await budi.get(page).token
        #expect(try await budi.post("/staff/cases/1/change", ["wish": "full name", "value": "Sari L.", "form": form]).status == 303)
        #expect(try await sari.get("/cases/1").text.contains("That wasn’t me"))
        let objected = try await sari.post("/cases/1/objection", [:], from: "/cases/1")
        #expect(objected.location == "/cases/3?now=objected")
        let own = try await sari.get("/cases/1").text
        #expect(own.contains("it is looked into in case 3") && !own.contains("/cases/1/objection"), "said once")
        for (language, sentence, others) in [("en", "was not my wish", "bukan kehendak"), ("id", "bukan kehendak", "was not my wish")] {
            for browser in [sari, joko] {
                browser.language = language
                let page = try await browser.get(browser === sari ? "/cases/3" : "/staff/cases/3").text
                #expect(page.contains(sentence) && !page.contains(others) && !page.contains("What you wrote"))
                browser.language = "en"
            }
        }
        for number in 1...3 { #expect(try await budi.get("/staff/cases/\(number)").status == 404, "\(number)") }
        let list = try await budi.get("/staff").text
        #expect(!list.contains("/staff/cases/1\"") && !list.contains("/staff/cases/2\""))
        let refused = try await budi.post("/staff/cases/2/opening", ["what": "telephone-to-answer", "form": form])
        #expect(refused.status != 303 && !refused.text.contains("5550 4417"))
        #expect(try await joko.get("/staff/cases/2").text.contains("Where is my parcel?"))
        #expect(try await joko.post("/staff/cases/3/closure", [:], from: "/staff/cases/3").status == 303)
        #expect(try await budi.get("/staff/cases/2").text.contains("Where is my parcel?"))
        #expect(try await budi.get("/staff/cases/3").status == 404, "the complaint itself never")
    }
}
