// What a page says where the policy says no: whose no it is, what is missing, and where it was written down.
import Testing

@testable import Site

@Suite struct Refusals {
    static let telephone = "customer service may read telephone number to answer you, on an open case"
    static let contact = "collect contact from registration form to run your account"
    static let code =
        "send confirmation code through email address via email carrier to make sure it is you, always, until deleted"
    static let deletion = "the person may delete customer data"
    static let call = "collect case message, telephone number from help form to answer you"

    private func caseOfSari(in house: House) async throws -> (sari: Browser, budi: Browser) {
        let sari = try await house.sari(), budi = try await house.budi()
        _ = try await house.ask(sari)
        return (sari, budi)
    }

    @Test(arguments: Language.allCases)
    func `a refusal by the version under which the data came says so and names it`(_ language: Language) async throws {
        let house = try await House(lacking: [Self.telephone])
        let former = house.office.policy.digest.hex
        let (_, budi) = try await caseOfSari(in: house)
        try await house.reopen()
        budi.language = language.code
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("value=\"telephone-to-answer\""), "it isn't offered")
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(refused.status == 403)
        // It may be read for another.
        #expect(page.contains(language("read the telephone number for that purpose", id: "membaca nomor telepon untuk keperluan itu")))
        for said in [page, refused.text] {
            #expect(said.contains(language("Version 1 of the policy", id: "versi 1 kebijakan")))
            #expect(said.contains("\(former.prefix(4)) \(former.dropFirst(4).prefix(4)) … \(former.suffix(4))"))
        }
    }

    @Test func `what the present version lacks is told as that, not as a former version's no`() async throws {
        let house = try await House()
        let (_, budi) = try await caseOfSari(in: house)
        try await house.reopen(lacking: [Self.telephone])
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("No rule") && page.contains(Self.telephone) && !page.contains("Version 1 of the policy"))
        #expect(!page.contains("value=\"telephone-to-answer\""))
    }

    @Test func `a case whose name and message no role may read names the rule that lacks, to staff and to the person`() async throws {
        let house = try await House(lacking: ["customer service may read full name, case message to answer you, on an open case"])
        let (sari, budi) = try await caseOfSari(in: house)
        let lacking = "customer service reads full name"
        #expect(try await budi.get("/staff/cases/1").text.contains(lacking))
        let list = try await sari.get("/privacy").text
        let receipt = try #require(list.firstMatch(of: /\/privacy\/uses\/[0-9]+/)).output
        #expect(try await sari.get(String(receipt)).text.contains("The policy had no rule for this use"))
        #expect(try await sari.get(String(receipt)).text.contains(lacking))
    }

    @Test func `the first administrator sees the rule of their own way in, and no form without it`() async throws {
        let line = "collect staff data from employment form to run the staff's accounts, on the first invitation [first]"
        let house = try await House(), token = try #require(try await house.office.firstInvitation())
        let page = try await Browser(house).get("/begin/\(token.text)").text
        #expect(page.contains("#staff.first") && !page.contains("#staff.1\""))
        let bare = try await House(lacking: [line]), link = try #require(try await bare.office.firstInvitation())
        let refused = try await Browser(bare).get("/begin/\(link.text)").text
        #expect(!refused.contains("name=\"email\"") && refused.contains("on the first invitation"))
    }

    @Test(arguments: [
        (contact, "/register", "registration form collects full name to run your account"),
        (code, "/register", "the site sends confirmation code through email address via email carrier to make sure it is you"),
        (code, "/sign-in", "the site sends confirmation code through email address via email carrier to make sure it is you"),
        (deletion, "/leave", "the person deletes full name"),
        (call, "/cases/new", "help form collects case message to answer you"),
    ])
    func `a form whose rule is missing gives way to what is missing`(_ line: String, _ path: String, _ lacking: String) async throws {
        for isKnownFormerly in [false, true] {
            let house = try await House(lacking: isKnownFormerly ? [] : [line])
            var browser = Browser(house)
            if ["/leave", "/cases/new"].contains(path) {
                if path == "/leave", isKnownFormerly { continue }
                browser = try await house.sari()
            }
            if isKnownFormerly { try await house.reopen(lacking: [line]) }
            let page = try await browser.get(path)
            #expect(page.text.contains("No rule"), "\(path)")
            #expect(page.text.contains(isKnownFormerly ? line : lacking), "\(path)")
            // By a password somebody comes in all the same, by a number with a code, and staff by a code of their own.
            let offered = line == Self.code ? path == "/sign-in" ? "name=\"way\"" : "name=\"email\"" : "action=\"\(path)\""
            #expect(!page.text.contains(offered), "\(path)")
        }
    }

    @Test func `a right that somebody had stays on offer under a version that lacks it`() async throws {
        let house = try await House(), sari = try await house.sari()
        try await house.reopen(lacking: [Self.deletion])
        #expect(try await sari.get("/leave").text.contains("action=\"/leave\""))
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "now"]).status == 303)
    }

    @Test func `a form that is sent all the same is answered with what is missing`() async throws {
        let house = try await House(lacking: [Self.contact]), browser = Browser(house)
        let token = try await browser.get("/sign-in").token
        let answer = try await browser.post("/register", ["name": "Sari", "email": "sari@ladatimur.example", "form": token])
        #expect(answer.status == 403 && answer.text.contains("registration form collects full name"))
    }

    @Test func `an attempt that nobody wrote down isn't said to be in a record`() async throws {
        let house = try await House()
        _ = try await house.sari()
        try await house.reopen(lacking: [Self.code])
        let stranger = Browser(house)
        for path in ["/register", "/sign-in"] {
            let answer = try await stranger.post(
                path, ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": ""], from: "/sign-in")
            #expect(answer.status == 403 && !answer.text.contains("in the record"), "\(path)")
        }
    }
}
