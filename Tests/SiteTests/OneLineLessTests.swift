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
        #expect(try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account").status == 403)
        house.clock.advance(by: .seconds(1))
        try await house.reopen()
        let entry = try #require(try await sari.get("/privacy").text.split(separator: "<li>").first { $0.contains("Refused: no rule") })
        let receipt = try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)
        #expect(try await sari.get(String(receipt)).text.contains("The policy had no rule for this use then"))
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("no longer in the policy") && page.contains("value=\"telephone-to-answer\""))
    }
}

@Suite struct OneKeepLess {
    private func line(_ start: String) throws -> String { try #require(PolicyLines.all.first { $0.hasPrefix(start) }, "\(start)") }
    private func html(_ line: String) -> String { line.replacing("\"", with: "&quot;").replacing("\n  ", with: " ") }

    @Test(arguments: Language.allCases) func `nobody is told to sleep where they would never wake`(_ language: Language) async throws {
        let rule = try line("keep contact 24 months after your deactivation"), house = try await House(), sari = try await house.sari()
        sari.language = language.code
        let nothing = language("Nothing is lost", id: "Tidak ada yang hilang"), later = "value=\"later\""
        let whole = try await sari.get("/leave"), form = whole.token
        #expect(whole.text.contains(nothing) && whole.text.contains(later) && whole.text.contains("action=\"/leave/deactivation\""))
        #expect(whole.text.contains(language("until 1 Mar 2028", id: "sampai 1 Mar 2028")))
        house.clock.advance(by: .seconds(60))
        try await house.reopen(lacking: [rule])
        let page = try await sari.get("/leave").text
        #expect(!page.contains(nothing) && !page.contains(later) && !page.contains("action=\"/leave/deactivation\""))
        #expect(page.contains(html(rule)))
        for (path, fields) in [("/leave/deactivation", [:]), ("/leave", ["sure": "yes", "when": "later"])] {
            let refused = try await sari.post(path, fields.merging(["form": form]) { $1 })
            #expect(refused.status == 403 && refused.text.contains(html(rule)))
        }
        #expect(try await !sari.get("/leave").text.contains(language("Wake my account", id: "Bangunkan akun saya")))
    }

    @Test func `what goes while the account sleeps is named`() async throws {
        let rule = try line("keep belongings 24 months after your deactivation"), house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/account/password", ["password": "a long walk at dawn", "again": "a long walk at dawn"])
        house.clock.advance(by: .seconds(60))
        try await house.reopen(lacking: [rule])
        let page = try await sari.get("/leave").text
        #expect(!page.contains("Nothing is lost") && page.contains("Password check, at once") && page.contains(html(rule)))
    }

    @Test func `the page of who sleeps while the line goes says so, and until when it waits`() async throws {
        let rule = try line("keep contact 24 months after your deactivation"), house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/leave/deactivation", [:], from: "/leave")
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.reopen(lacking: [rule])
        #expect(try await sari.get("/leave").text.contains("Wake it soon"))
        #expect(try await sari.get("/privacy").text.contains("Not before 5 Mar 2026, 09:00"))
    }

    @Test func `a key that couldn't be read isn't taken in`() async throws {
        let rule = try line("the site may read sign-in keys to make sure it is you"), house = try await House(),
            sari = try await house.sari()
        let whole = try await sari.get("/account").text, forms = ["/account/password", "/account/second-factor", "/account/passkeys"]
        for form in forms { #expect(whole.contains("class=\"btn plain sm\" href=\"\(form)\"")) }
        let token = try await sari.get("/account/password").token
        try await house.reopen(lacking: [rule])
        let page = try await sari.get("/account").text
        #expect(page.contains(rule))
        for form in forms {
            #expect(!page.contains("class=\"btn plain sm\" href=\"\(form)\""))
            #expect(try await sari.get(form).text.contains(rule))
        }
        let words = "a long walk at dawn"
        let refused = try await sari.post("/account/password", ["password": words, "again": words, "form": token])
        #expect(refused.status == 403 && refused.text.contains(rule))
    }
}

@Suite struct OneWayLess {
    private func line(_ start: String) throws -> String { try #require(PolicyLines.all.first { $0.hasPrefix(start) }, "\(start)") }
    private let staff = "collect staff name, staff email address from employment form to run the staff's accounts"
    private func html(_ text: String) -> String { text.replacing("'", with: "&#39;") }

    @Test func `nobody is invited where only the first administrator may be taken in, and what lacks is named in a new house too`()
        async throws
    {
        let rule = try #require(PolicyLines.all.first { $0.hasPrefix("collect staff") && $0.contains("an administrator's word") })
        let house = try await House(lacking: [rule]), ratna = try await house.ratna()
        let page = try await ratna.get("/staff/team").text
        #expect(page.contains(html("to run the staff's accounts, on an administrator's word")))
        #expect(!page.contains("that needs") && !page.contains("action=\"/staff/team\""))
        let refused = try await ratna.post(
            "/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"])
        #expect(refused.status == 403 && refused.text.contains(html("on an administrator's word")))
        #expect(house.office.usesWithoutRule.contains { $0.contains("on an administrator's word") })
    }

    @Test func `nobody begins where only an administrator may take somebody in`() async throws {
        let rule = try #require(PolicyLines.all.first { $0.hasPrefix("collect staff") && $0.contains("the first invitation") })
        let house = try await House(lacking: [rule]), link = "/begin/\(try #require(try await house.office.firstInvitation()).text)"
        let page = try await Browser(house).get(link).text
        #expect(page.contains(html("to run the staff's accounts, on the first invitation")) && !page.contains("that needs"))
        #expect(house.office.usesWithoutRule.contains { $0.contains("on the first invitation") })
        #expect(try await House().office.usesWithoutRule.isEmpty)
    }

    @Test func `no hold is offered whose demand nothing would keep`() async throws {
        let rule = try line("keep legal demand, approval, disclosure record while an open matter")
        #expect(try await House().office.refusal(of: .hold) == nil)
        let everybody = try await Everybody.once.value, house = try await everybody.house(lacking: []), putra = Browser(house)
        putra.cookies = try #require(everybody.visitors.first { $0.name == "putra" }).cookies
        #expect(try await putra.get("/staff/holds").text.contains("name=\"customer\""))
        try await house.reopen(lacking: [rule])
        let page = try await putra.get("/staff/holds").text
        #expect(!page.contains("name=\"customer\"") && page.contains("legal demand"))
    }

    @Test func `where nobody who comes new sees who used their data, no page promises it`() async throws {
        let rule = try line("the person may read customer data"), promise = "list of uses"
        let whole = try await House(), before = try await whole.sari()
        for path in ["/cases/new", "/cases"] { #expect(try await before.get(path).text.contains(promise), "\(path)") }
        whole.clock.advance(by: .seconds(1))
        try await whole.reopen(lacking: [rule])
        #expect(try await before.get("/cases/new").text.contains(promise), "who came before keeps their right")
        let house = try await House(lacking: [rule]), sari = try await house.sari(), budi = try await house.budi()
        for path in ["/cases/new", "/cases"] { #expect(try await !sari.get(path).text.contains(promise), "\(path)") }
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        #expect(try await !sari.get("/cases/1").text.contains("See who used your data"))
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("shown to that person") && !page.contains("The customer will see this"))
    }

    @Test func `the message's reader is named although nobody reads the number`() async throws {
        let sari = try await House(lacking: [LackingLines.telephone]).sari()
        #expect(try await sari.get("/cases/new").text.contains("Customer service reads it while the matter is open."))
        let other = try await House(lacking: [LackingLines.message]).sari()
        #expect(try await !other.get("/cases/new").text.contains("Customer service reads it"))
    }

    @Test func `a clause that says the same is said in Indonesian although one of its rules is out`() async throws {
        let browser = Browser(try await House(lacking: [LackingLines.telephone]))
        browser.language = "id"
        let page = try await browser.get("/policy").text
        #expect(page.contains("Saat Anda bertanya kepada kami") && !page.contains("When you ask us"))
    }

    @Test func `what roles do is said in Indonesian`() async throws {
        let ratna = try await House().ratna()
        ratna.language = "id"
        let page = try await ratna.get("/staff/team").text
        #expect(page.contains("menjawab yang ditanyakan pelanggan") && !page.contains("answers what customers ask"))
    }

    @Test func `the start names the rule that is out, and none that stands`() async throws {
        let rule = try line("the person may read choices"), house = try await House()
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        let said = house.office.usesWithoutRule.joined(separator: "\n")
        #expect(said.contains("“\(rule)”") && !said.contains("“the person may read customer data”"), "\(said)")
    }
}
