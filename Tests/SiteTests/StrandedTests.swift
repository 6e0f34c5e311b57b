// Cases for which nobody is left: who can do something about it reads it on Today.

import Store
import Testing

@testable import Office
@testable import Site

@Suite struct `Cases for which nobody is left` {
    /// Sari complained of Budi, the only one who answers; with who administers and who looks into complaints.
    private func complained(_ house: House) async throws -> (sari: Browser, budi: Browser, ratna: Browser, agus: Browser) {
        let sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house), agus = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Agus Salim", "email": "agus@office.example", "role": "privacy officer"])
        try await agus.signIn("agus@office.example")
        for text in ["Please call.", "And again."] {
            _ = try await sari.post("/cases/new", ["text": text, "telephone": "0812 5550 4417"])
        }
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(try await ratna.get("/staff/today").text.contains("Nothing waits for you"))
        let entry = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("ustomer service 1") && $0.contains("telephone")
            })
        let receipt = String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        #expect(try await sari.post(receipt + "/who", ["text": "He called at midnight."], from: receipt).status == 303)
        return (sari, budi, ratna, agus)
    }

    @Test(arguments: Language.allCases) func `because their customer complained of the only one are told until that is settled`(
        _ say: Language
    ) async throws {
        let house = try await House(), (_, budi, ratna, agus) = try await complained(house)
        for browser in [budi, ratna, agus] { browser.language = say.code }
        let words = say("2 cases wait for customer service, and nobody is left for them", id: "2 pertanyaan menunggu layanan pelanggan")
        #expect(try await !budi.get("/staff/today").text.contains("1, 2"), "nor is it told to whom they complain of")
        for (browser, link) in [(ratna, "/staff/team"), (agus, "/staff/complaints")] {
            let today = try await browser.get("/staff/today").text
            #expect(today.contains(words) && today.contains("<a href=\"\(link)\">\(words.prefix(20))"), "\(today)")
            #expect(today.contains(say("Cases 1, 2.", id: "Pertanyaan 1, 2.")))
            #expect(today.contains(say("invite somebody else for it", id: "mengundang orang lain untuk tugas itu")))
        }
        _ = try await agus.get("/staff/complaints/1")
        _ = try await agus.post("/staff/complaints/1/end", ["text": "He was told not to."], from: "/staff/complaints/1")
        for browser in [ratna, agus] { #expect(try await !browser.get("/staff/today").text.contains(words)) }
    }

    @Test(arguments: Language.allCases)
    func `because both who do it did what the customer objects to aren't said to have one, nor lead nowhere`(
        _ say: Language
    ) async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        let joko = Browser(house), agus = Browser(house)
        try await ratna.signIn("ratna@office.example")
        for (browser, email, role) in [(joko, "joko@office.example", "customer service"), (agus, "agus@office.example", "privacy officer")]
        {
            _ = try await ratna.post("/staff/team", ["name": "Of the staff", "email": email, "role": role])
            try await browser.signIn(email)
        }
        for text in ["Please change my name.", "Where is my parcel?"] {
            _ = try await sari.post("/cases/new", ["text": text, "telephone": "0812 5550 4417"])
        }
        let page = "/staff/cases/1/behalf"
        for clerk in [budi, joko] {
            _ = try await clerk.post("/staff/cases/1/caller-code", ["through": "email address"], from: page)
            let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
            _ = try await clerk.post("/staff/cases/1/caller-check", ["code": code], from: page)
            _ = try await clerk.post("/staff/cases/1/wish", ["wish": "full name"], from: page)
            #expect(try await clerk.post("/staff/cases/1/change", ["wish": "full name", "value": "Sari L."], from: page).status == 303)
        }
        #expect(try await sari.post("/cases/1/objection", [:], from: "/cases/1").location == "/cases/3?now=objected")
        for browser in [ratna, agus] { browser.language = say.code }
        let words = say("2 cases wait for customer service, and nobody is left", id: "2 pertanyaan menunggu layanan pelanggan")
        for browser in [ratna, agus] {
            let today = try await browser.get("/staff/today").text
            #expect(today.contains(words) && today.contains("1, 2."))
            #expect(!today.contains(say("the only one", id: "satu-satunya")))
            #expect(today.contains(say("by everybody who does this work", id: "semua orang yang bertugas itu")))
            #expect(today.contains("href=\"/staff/team\">\(words.prefix(12))") == (browser === ratna))
        }
        #expect(try await !agus.get("/staff/today").text.contains("href=\"/staff/complaints\">\(words.prefix(12))"))
    }

    @Test func `are answered by whoever is invited for it`() async throws {
        let house = try await House(), (_, _, ratna, _) = try await complained(house), cici = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Cici", "email": "cici@office.example", "role": "customer service"])
        #expect(try await ratna.get("/staff/today").text.contains("nobody is left"), "she hasn’t come in yet")
        try await cici.signIn("cici@office.example")
        #expect(try await !ratna.get("/staff/today").text.contains("nobody is left"))
        #expect(try await cici.get("/staff/today").text.contains("2 cases have nobody yet"))
    }

    @Test func `because nobody does the work are told to whoever invites, and to nobody while their person wants no use of them`()
        async throws
    {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let today = try await ratna.get("/staff/today").text
        #expect(today.contains("1 case waits for customer service") && today.contains("Nobody here does this work."))
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        #expect(try await ratna.get("/staff/today").text.contains("Nothing waits for you"))
    }

    @Test func `because the policy doesn't know their queue can be taken over by who answers customers`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("UPDATE help_case SET queue = 'gardener' WHERE number = 1")
            return
        }
        #expect(try await ratna.get("/staff/today").text.contains("The policy has no such work."))
        let today = try await budi.get("/staff/today").text
        #expect(today.contains("1 case waits for “gardener”") && today.contains("href=\"/staff/cases/1\""))
        #expect(try await budi.get("/staff/cases/1").text.contains("Please call."))
        let handed = try await budi.post("/staff/cases/1/handover", ["role": "customer service"], from: "/staff/cases/1")
        #expect(handed.status == 303)
        #expect(try await budi.get("/staff/today").text.contains("1 case has nobody yet"))
    }
}
