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

    @Test func `is looked into and answered by the privacy officer, and by nobody else, and each side reads what was done`() async throws {
        let house = try await House(), (sari, budi, ratna, agus, receipt) = try await opened(house)
        #expect(try await sari.get(receipt).text.contains("Who is customer service 1?"))
        for _ in 1...2 {
            house.clock.advance(by: .seconds(2))
            let token = try await sari.get("/cases/new").token
            #expect(try await sari.post(receipt + "/who", ["text": "He called at midnight.", "form": token]).status == 303)
        }
        let standing = try await sari.get(receipt).text
        #expect(standing.contains("The privacy officer hasn’t looked yet") && standing.contains("He called at midnight."))
        let today = try await agus.get("/staff/today").text
        #expect(today.contains("Complaint 1: who is customer service 1?") && today.contains("href=\"/staff/complaints\""), "in the menu")
        let list = try await agus.get("/staff/complaints")
        #expect(list.status == 200 && !list.text.contains("Budi") && !list.text.contains("Complaint 2") && !list.text.contains("midnight"))
        for browser in [ratna, budi] {
            #expect(try await !browser.get("/staff/today").text.contains("href=\"/staff/complaints\""))
            for page in ["/staff/complaints", "/staff/complaints/1"] {
                let refused = try await browser.get(page)
                #expect(refused.status == 403 && refused.text.contains("staff name"))
            }
            for press in ["name", "end"] {
                let answer = try await browser.post("/staff/complaints/1/\(press)", ["text": "Never mind."], from: "/account")
                #expect(answer.status == 403 && !answer.text.contains("midnight"))
            }
        }
        #expect(try await sari.get("/staff/complaints").status == 404)
        let unseen = try await agus.post("/staff/complaints/1/end", ["text": "Fine."], from: "/staff/complaints")
        #expect(unseen.status == 404, "nobody settles what they haven't looked at")
        // Which use it was, when, in which matter and by which rule, and what is wrong.
        let page = try await agus.get("/staff/complaints/1").text
        for part in ["Read telephone number", "Case 1", "calls.3", "He called at midnight."] { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("Budi") && !page.contains("Sari") && !page.contains("5550 4417"))
        #expect(try await agus.get("/staff/complaints/2").status == 404)
        let looked = try await sari.get(receipt).text
        #expect(looked.contains("The privacy officer looked at it on"))
        let learned = try await agus.post("/staff/complaints/1/name", [:], from: "/staff/complaints/1")
        #expect(learned.status == 200 && learned.text.contains("Budi Santoso"))
        let told = try await sari.get(receipt).text
        #expect(told.contains("They learned who it was on") && !told.contains("Budi"))
        for (browser, thing) in [(budi, "staff name"), (sari, "case message")] {
            let own = try await browser.get("/privacy").text
            #expect(own.contains("rivacy officer 1") && own.contains(thing) && own.contains("in complaint 1"), "and in no case")
            #expect(!own.contains("to keep the record, in case"))
        }
        let empty = try await agus.post("/staff/complaints/1/end", ["text": " "], from: "/staff/complaints/1")
        #expect(empty.status == 422 && empty.text.contains("He called at midnight."))
        let settled = try await agus.post("/staff/complaints/1/end", ["text": "He was told not to."], from: "/staff/complaints/1")
        #expect(settled.location == "/staff/complaints?now=settled")
        let after = try await agus.get("/staff/complaints").text
        #expect(after.contains("Nobody asks") && after.contains("Complaint 1: who is customer service 1?"), "it stays listed")
        #expect(try await !agus.get("/staff/complaints/1").text.contains("midnight"), "what was written is closed again")
        #expect(try await agus.post("/staff/complaints/1/name", [:], from: "/account").status == 404)
        let answered = try await sari.get(receipt).text
        let own = try await sari.get("/cases").text, place = receipt + "#who-t"
        #expect(own.contains("Complaint 1, of customer service 1") && own.contains("href=\"\(place)\""), "she finds it again")
        let read = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("rivacy officer 1") && $0.contains("case message")
            })
        let reading = String(try #require(read.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        #expect(try await sari.get(reading).text.contains("href=\"\(place)\""))
        let late = try await agus.post("/staff/complaints/1/end", ["text": "Again."], from: "/staff/holds")
        #expect(late.status == 410 && late.text.contains("settled meanwhile") && late.text.contains("Again."), "\(late.text)")
        #expect(answered.contains("It was settled on") && answered.contains("He was told not to.") && !answered.contains("hasn’t looked"))
    }

    @Test func `can be made again of the same use, where something new is said`() async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", [:], from: receipt)
        #expect(try await agus.get("/staff/complaints/1").text.contains("They wrote nothing."))
        _ = try await agus.post("/staff/complaints/1/end", ["text": "To call you."], from: "/staff/complaints/1")
        let nothing = try await sari.post(receipt + "/who", ["text": ""], from: receipt)
        #expect(nothing.status == 422 && nothing.text.contains("Write what it is about"))
        #expect(try await sari.post(receipt + "/who", ["text": "But nobody called."], from: receipt).status == 303)
        #expect(try await agus.get("/staff/complaints/2").text.contains("But nobody called."))
        let standing = try await sari.get(receipt).text
        #expect(standing.contains("To call you.") && standing.contains("But nobody called.") && standing.contains("as complaint 2"))
    }

    @Test func `of the only privacy officer is the administrator's to know, and a second one looks into it`() async throws {
        let house = try await House(), (sari, _, ratna, agus, first) = try await opened(house)
        _ = try await sari.post(first + "/who", ["text": "Why?"], from: first)
        _ = try await agus.get("/staff/complaints/1")
        _ = try await agus.post("/staff/complaints/1/end", ["text": "To answer."], from: "/staff/complaints/1")
        let entry = try #require(try await sari.get("/privacy").text.split(separator: "<li>").first { $0.contains("rivacy officer 1") })
        let receipt = String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        _ = try await sari.post(receipt + "/who", ["text": "And this?"], from: receipt)
        #expect(try await sari.get(receipt).text.contains("a second privacy officer is needed"))
        #expect(try await ratna.get("/staff/today").text.contains("Invite a second privacy officer."))
        #expect(try await !agus.get("/staff/today").text.contains("Complaint 2"))
        #expect(try await agus.get("/staff/complaints/2").status == 404)
        _ = try await ratna.post("/staff/team", ["name": "Wulan", "email": "wulan@office.example", "role": "privacy officer"])
        let wulan = Browser(house)
        try await wulan.signIn("wulan@office.example")
        #expect(try await !ratna.get("/staff/today").text.contains("Invite a second privacy officer."))
        #expect(try await wulan.get("/staff/complaints/2").text.contains("And this?"))
    }

    @Test(arguments: [
        ("privacy officer may read case message to keep the record, on a complaint [complaint]", "privacy officer may read case message"),
        ("collect case note from staff entry to keep the record, on a complaint [complaint-answer]", "collect case note from staff entry"),
        ("privacy officer may read work log to keep the record [others-work]", "privacy officer may read work log"),
    ])
    func `names a rule that lacks where it is looked into, and shows the rest`(_ line: String, _ named: String) async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", ["text": "Why at midnight?"], from: receipt)
        try await house.reopen(lacking: [line])
        let page = try await agus.get("/staff/complaints/1")
        #expect(page.status == 200 && page.text.contains(named) == !line.hasPrefix("collect"))
        let settled = try await agus.post("/staff/complaints/1/end", ["text": "To answer."], from: "/staff/complaints/1")
        #expect((settled.status == 403 && settled.text.contains(named) && settled.text.contains("To answer.")) == line.hasPrefix("collect"))
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
        let learned = try await agus.post("/staff/complaints/1/name", [:], from: "/staff/complaints/1")
        #expect(learned.text.contains("Budi Santoso"), "whoever came again is known as who they were")
        _ = try await agus.post("/staff/complaints/1/end", ["text": "Looked into."], from: "/staff/complaints/1")
        #expect(try await again.get("/staff/cases/1").status == 200)
    }

    @Test func `may be of a note, which is told with the number of who wrote it`() async throws {
        let house = try await House(), (sari, budi, _, _, _) = try await opened(house)
        #expect(try await budi.post("/staff/cases/1/notes", ["text": "Is abroad."], from: "/staff/cases/1").status == 303)
        let entry = try #require(try await sari.get("/privacy").text.split(separator: "<li>").first { $0.contains("wrote <b>a case note") })
        #expect(entry.contains("Customer service 1"))
        let receipt = try await sari.get(String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))).text
        #expect(receipt.contains("Who is customer service 1?") && receipt.contains("who staff entry\nby customer service 1\n"))
        let theirs = try await sari.get("/privacy?who=customer+service").text, own = try await sari.get("/privacy?who=me").text
        #expect(theirs.contains("wrote <b>a case note") && !own.contains("wrote <b>a case note"))
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

    @Test func `is told to be answered, by a letter that holds nothing of it and leads there`() async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", ["text": "He called at midnight."], from: receipt)
        #expect(try await agus.get("/staff/complaints/1").text.contains("is told that it is there"))
        _ = try await agus.post("/staff/complaints/1/end", ["text": "He was told not to."], from: "/staff/complaints/1")
        let letter = try #require(house.office.outbox.first { $0.subject.contains("answered your complaint") })
        #expect(letter.to == "sari@ladatimur.example" && letter.subject.contains("menjawab keluhan Anda"))
        #expect(letter.text.contains("your complaint 1") && letter.text.contains("keluhan 1 Anda"))
        #expect(!letter.text.contains("midnight") && !letter.text.contains("told not to") && letter.text.contains(receipt))
        #expect(try await sari.get(receipt).text.contains("He was told not to."))
        let own = try await sari.get("/privacy").text
        #expect(own.contains("complaint notice") && own.contains("#staff.complaint-by-email"), "and it is in her list")
    }

    @Test(arguments: Language.allCases) func `is answered all the same where no word of it may go, and whoever answers reads so`(
        _ say: Language
    ) async throws {
        let house = try await House(), (sari, _, _, agus, receipt) = try await opened(house)
        _ = try await sari.post(receipt + "/who", ["text": "Why?"], from: receipt)
        let line = "send complaint notice through email address via email carrier to keep the record, always, until deleted"
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [line + " [complaint-by-email]"])
        agus.language = say.code
        let page = try await agus.get("/staff/complaints/1").text
        #expect(page.contains(line) && !page.contains(say("is told that it is there", id: "dikabari bahwa jawabannya ada")))
        let settled = try await agus.post("/staff/complaints/1/end", ["text": "To answer."], from: "/staff/complaints/1")
        #expect(settled.location == "/staff/complaints?now=settled")
        #expect(!house.office.outbox.contains { $0.subject.contains("complaint") })
        #expect(try await sari.get(receipt).text.contains("To answer."))
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
