// What pages promise, and who is told what, with one line less.
import Testing

@testable import Site

@Suite struct OneLineLess {
    private func line(_ start: String) throws -> String { try #require(PolicyLines.all.first { $0.hasPrefix(start) }, "\(start)") }

    @Test func `a restriction promises to whoever comes new what a rule keeps, and to whoever came before what one kept`() async throws {
        let rule = try line("never use deletable data, choices by any staff"), promise = "Nobody here reads them"
        let whole = try await House(), sari = try await whole.sari()
        #expect(try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy").status == 303)
        #expect(try await sari.get("/privacy").text.contains(promise))
        whole.clock.advance(by: .seconds(1))
        try await whole.reopen(lacking: [rule])
        #expect(try await sari.get("/privacy").text.contains(promise))
        let nina = Browser(whole)
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "nina@toko.example", "telephone": ""])
        try await nina.enterCode()
        _ = try await nina.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        let page = try await nina.get("/privacy").text
        #expect(!page.contains(promise) && page.contains("no rule of the policy forbids it"))
        #expect(page.contains(rule.replacing("\n  ", with: " ")))
    }

    @Test func `whoever may invite but not see who works here, invites`() async throws {
        let rule = try line("administrator may read staff data"), named = rule.replacing("'", with: "&#39;")
        let house = try await House(), ratna = try await house.ratna()
        try await house.reopen(lacking: [rule])
        let page = try await ratna.get("/staff/team")
        #expect(page.status == 200 && page.text.contains(named) && page.text.contains("action=\"/staff/team\""))
        #expect(try await ratna.get("/staff").text.contains("href=\"/staff/team\""))
        let sent = try await ratna.post(
            "/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"])
        #expect(sent.status == 303)
    }

    @Test(arguments: ["derive held copy from contact", "keep held copy while a legal hold"])
    func `a copy that may not be made is offered to nobody, and refused by name to who asks for it by a form of before`(
        _ start: String
    ) async throws {
        let rule = try line(start), everybody = try await Everybody.once.value
        let house = try await everybody.house(lacking: []), putra = Browser(house)
        putra.cookies = try #require(everybody.visitors.first { $0.name == "putra" }).cookies
        let form = try await putra.get("/staff/holds").token
        try await house.reopen(lacking: [rule])
        let page = try await putra.get("/staff/holds").text
        #expect(!page.contains("/staff/holds/1/agreement") && !page.contains("name=\"customer\""))
        let refused = try await putra.post("/staff/holds/1/agreement", ["form": form])
        #expect(refused.status == 403 && refused.text.contains("held copy") && !refused.text.contains("may not be recorded"))
    }

    @Test func `what staff may read of themselves changes nothing for customers`() async throws {
        let house = try await House(lacking: [try line("the person may read staff data")])
        #expect(try await Browser(house).get("/").text.contains("tells you who used your data"))
    }

    @Test func `who waits for the code of a registration is promised none that may not be sent`() async throws {
        let house = try await House(), tono = Browser(house)
        _ = try await tono.post("/register", ["name": "Tono Wibowo", "email": "tono@toko.example", "telephone": ""])
        #expect(try await tono.get("/register/code").text.contains("is on its way"))
        try await house.reopen(lacking: [LackingCodes.code])
        let page = try await tono.get("/register/code").text
        #expect(page.contains(LackingCodes.code) && !page.contains("on its way") && !page.contains("/sign-in/code/renewal"))
        #expect(page.contains("name=\"code\""), "one that came before is still good")
    }

    @Test func `a registration that is gone with its line is told which`() async throws {
        let rule = try line("keep contact 1 day after collected"), house = try await House(), tono = Browser(house)
        _ = try await tono.post("/register", ["name": "Tono Wibowo", "email": "tono@toko.example", "telephone": ""])
        house.clock.advance(by: .seconds(1_801))
        try await house.reopen(lacking: [rule])
        let over = try await tono.post("/register/code", ["code": "123456"])
        #expect(over.status == 422 && over.text.contains(rule.replacing("\"", with: "&quot;")))
    }

    @Test func `what isn't shown any more is put right all the same, and the page says why the field is empty`() async throws {
        let rule = try line("the person may read customer data"), sari = try await House(lacking: [rule]).sari()
        let page = try await sari.get("/privacy/correction/full-name").text
        #expect(page.contains("You may not read the full name") && page.contains("name=\"value\""))
    }

    @Test(arguments: Language.allCases) func `a letter that was refused isn't said to have been sent`(_ language: Language) async throws {
        let house = try await House(), sari = try await house.sari()
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [Promises.notice])
        try await Browser(house).signIn("sari@ladatimur.example")
        sari.language = language.code
        let page = try await sari.get("/privacy").text
        #expect(page.contains(language("We wanted to send you <b>a sign-in notice", id: "Kami hendak mengirimi Anda <b>")))
    }

    @Test func `the policy may be asked about the program itself, and names what forbids`() async throws {
        let browser = Browser(try await House())
        func answer(_ who: String, _ what: String) async throws -> String {
            try await browser.get("/policy/questions?who=\(who)&what=\(what)".replacing(" ", with: "+")).text
        }
        #expect(try await answer("the site", "email address").contains("May the site see or use my email address?"))
        let card = try await answer("billing clerk", "card number")
        #expect(card.contains("A rule forbids it") && card.contains("#companies.no-card-number"))
        let glance = Answers(of: browser.house.office.policy).glance
        #expect(glance.held == browser.house.office.policy.fields.count - 1, "all but the card's number")
    }

    @Test func `a refusal for want of a rule is told in the past, for the rule may be back`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [LackingLines.telephone])
        #expect(try await budi.post("/staff/cases/1/telephone", [:], from: "/account").status == 403)
        house.clock.advance(by: .seconds(1))
        try await house.reopen()
        let entry = try #require(try await sari.get("/privacy").text.split(separator: "<li>").first { $0.contains("Refused: no rule") })
        let receipt = try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)
        #expect(try await sari.get(String(receipt)).text.contains("The policy had no rule for this use then"))
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("no longer in the policy") && page.contains("action=\"/staff/cases/1/telephone\""))
    }
}
