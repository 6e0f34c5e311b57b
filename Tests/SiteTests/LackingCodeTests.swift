// Signing in where one of the lines is gone by which a code is sent or a password is checked: whoever may still come in does, nobody is
// told who works here, and what was typed comes back.
import Testing

@testable import Site

@Suite struct LackingCodes {
    static let code = "send confirmation code through email address via email carrier to make sure it is you, always, until deleted"
    static let telephoneCode =
        "send confirmation code, address notice through telephone number via telephone carrier to make sure it is you, always, until deleted"
    static let staffCode =
        "send staff invitation, confirmation code, sign-in notice through staff email address via email carrier to run the staff's accounts, always"
    static let keys = "the site may read sign-in keys to make sure it is you"
    static let cookie = "collect session cookie from browser to run your account"
    private static let words = "a heron over the quiet harbour"
    private static let addresses = ["sari@ladatimur.example", "budi@office.example", "nobody@nowhere.example"]

    /// What an answer tells whoever doesn't know whose address it is.
    private func told(_ answer: Answer, _ address: String) -> String {
        "\(answer.status) \(answer.location ?? "") "
            + answer.text.replacing(address, with: "…").replacing(/name="(form|press)" value="[0-9a-f]+"/, with: "")
    }

    @Test(arguments: [code, staffCode])
    func `a code that may not be sent doesn't tell who is a customer, who works here and who is neither`(_ line: String) async throws {
        let house = try await House()
        _ = try await house.sari()
        _ = try await house.budi()
        try await house.reopen(lacking: [line])
        for (name, fields) in [
            ("email", [:]), ("staff-email", [:]), ("email", ["password": "not the password of anybody"]), ("email", ["way": "code"]),
        ] {
            var answers: [[String]] = []
            for address in Self.addresses {
                let browser = Browser(house)
                var seen = [told(try await browser.post("/sign-in", fields.merging([name: address]) { $1 }), address)]
                if browser.cookies["challenge"] != nil {
                    seen.append(told(try await browser.get("/sign-in/code"), address))
                    seen.append(told(try await browser.post("/sign-in/code", ["code": "000000"]), address))
                    house.clock.advance(by: .seconds(11))
                    seen.append(told(try await browser.post("/sign-in/code/renewal", [:], from: "/sign-in/code"), address))
                }
                answers.append(seen)
            }
            #expect(answers[0] == answers[1] && answers[1] == answers[2], "\(name) \(fields)")
        }
    }

    @Test func `where no code may go to customers, staff come in by one all the same`() async throws {
        let house = try await House()
        _ = try await house.sari()
        _ = try await house.budi()
        try await house.reopen(lacking: [Self.code])
        let budi = Browser(house), page = try await budi.get("/sign-in").text
        #expect(page.contains(Self.code) && page.contains("I work here"))
        let sent = try await budi.post("/sign-in", ["staff-email": "budi@office.example"])
        #expect(sent.location == "/sign-in/code")
        try await budi.enterCode()
        #expect(try await budi.get("/staff").status == 200)
        // A customer who says so gets none.
        let before = house.office.outbox.count, sari = Browser(house)
        #expect(try await sari.post("/sign-in", ["staff-email": "sari@ladatimur.example"]).status == 303)
        #expect(house.office.outbox.count == before)
        #expect(try await sari.get("/sign-in/code").text.contains(Self.code))
    }

    @Test func `where no code may go to staff, customers come in by one all the same`() async throws {
        let house = try await House()
        _ = try await house.sari()
        _ = try await house.budi()
        try await house.reopen(lacking: [Self.staffCode])
        let sari = Browser(house)
        #expect(try await sari.get("/sign-in").text.contains(Self.staffCode.replacing("'", with: "&#39;")))
        #expect(try await sari.post("/sign-in", ["email": "sari@ladatimur.example"]).location == "/sign-in/code")
        try await sari.enterCode()
        #expect(try await sari.get("/privacy").status == 200)
        let before = house.office.outbox.count
        #expect(try await Browser(house).post("/sign-in", ["email": "budi@office.example"]).location == "/sign-in/code")
        #expect(house.office.outbox.count == before)
    }

    @Test func `where no code may be sent, a password brings in its customer as before`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.post("/account/password", ["password": Self.words, "again": Self.words]).status == 303)
        try await house.reopen(lacking: [Self.code, Self.telephoneCode])
        let back = Browser(house), page = try await back.get("/sign-in").text
        let form = try #require(page.firstRange(of: "name=\"password\"")), staff = try #require(page.firstRange(of: "I work here"))
        #expect(form.lowerBound < staff.lowerBound, "customers have it before them")
        #expect(!page[..<staff.lowerBound].contains("Send me the code") && !page.contains("we send a code"))
        let wrong = try await back.post("/sign-in", ["email": "sari@ladatimur.example", "password": "not this one"])
        #expect(wrong.status == 422 && wrong.text.contains("value=\"sari@ladatimur.example\""))
        #expect(wrong.text.contains("doesn’t belong to this address") && !wrong.text.contains("have a code sent"))
        #expect(try await back.post("/sign-in", ["email": "sari@ladatimur.example", "password": Self.words]).location == "/privacy")
    }

    @Test func `where no code may go by e-mail but one may by telephone, whoever has a number comes in, and no page says that none comes`()
        async throws
    {
        let number = "+62 812 5550 4499", house = try await House(), nina = Browser(house)
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "", "telephone": number])
        try await nina.enterCode()
        try await house.reopen(lacking: [Self.code])
        house.clock.advance(by: .seconds(700))
        let back = Browser(house), page = try await back.get("/sign-in").text
        #expect(page.contains("Send me the code") && page.contains("name=\"telephone\"") && page.contains(Self.code))
        #expect(try await back.post("/sign-in", ["email": "sari@ladatimur.example"]).status == 403)
        #expect(try await back.post("/sign-in", ["telephone": number]).location == "/sign-in/code")
        let waiting = try await back.get("/sign-in/code").text
        #expect(waiting.contains("If the number you gave belongs to an account") && waiting.contains("action=\"/sign-in/code/renewal\""))
        try await back.enterCode()
        // And gives another number, whose page tells of numbers.
        let another = try await back.get("/privacy/correction/telephone-number").text
        #expect(another.contains("We send a code to the new number"))
        let sent = try await back.post("/privacy/correction/telephone-number", ["value": "+62 812 5550 4498"])
        #expect(sent.location == "/privacy/address/code")
        let proof = try await back.get("/privacy/address/code").text
        #expect(proof.contains("Prove the new number") && proof.contains("Another number, or a new code"))
        #expect(proof.contains("/privacy/correction/telephone-number") && !proof.contains(Self.code))
    }

    @Test func `where no other address may be given, the page of its code names the line`() async throws {
        let line = "collect contact, company name, register number, billing address from settings page to run your account"
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/privacy/correction/email-address", ["value": "sari@toko.example"])
        #expect(try await sari.get("/privacy/address/code").text.contains("Another address, or a new code"))
        try await house.reopen(lacking: [line])
        let page = try await sari.get("/privacy/address/code").text
        #expect(page.contains("name=\"code\"") && page.contains(line) && !page.contains("Another address"))
    }

    @Test func `where no password may be checked, none is asked for and codes come as before`() async throws {
        let house = try await House()
        _ = try await house.sari()
        try await house.reopen(lacking: [Self.keys])
        let sari = Browser(house), page = try await sari.get("/sign-in").text
        #expect(!page.contains("name=\"password\"") && !page.contains("/sign-in/passkey\"") && page.contains(Self.keys))
        let typed = try await sari.post("/sign-in", ["email": "sari@ladatimur.example", "password": "whatever it was"])
        #expect(typed.status == 403 && typed.text.contains("value=\"sari@ladatimur.example\"") && typed.text.contains(Self.keys))
        #expect(!typed.text.contains("whatever it was"))
        #expect(try await sari.post("/sign-in", ["email": "sari@ladatimur.example"]).status == 303)
        try await sari.enterCode()
        #expect(try await sari.get("/privacy").status == 200)
    }

    @Test(arguments: [[code], [code, staffCode], [cookie], [keys], [code, keys]])
    func `an address that was typed to sign in isn't lost where that is refused`(_ lacking: [String]) async throws {
        let house = try await House(lacking: [])
        let browser = Browser(house), token = try await browser.get("/sign-in").token
        try await house.reopen(lacking: lacking)
        for way in [["way": "code"], ["password": "not this one"]] {
            let answer = try await browser.post("/sign-in", way.merging(["email": "sari@ladatimur.example", "form": token]) { $1 })
            guard answer.status == 403 else { continue }
            #expect(
                answer.text.contains("value=\"sari@ladatimur.example\"") || answer.text.contains("<bdi>sari@ladatimur.example</bdi>"),
                "\(way)")
            #expect(!answer.text.contains("not this one"))
        }
    }

    @Test func `too many passwords offer a code only where one can be sent`() async throws {
        for (lacking, isOffered) in [([], true), ([Self.code], false)] {
            let house = try await House(lacking: lacking), browser = Browser(house)
            var last = try await browser.get("/sign-in")
            for number in 0..<40 where last.status != 429 {
                last = try await browser.post("/sign-in", ["email": "sari@ladatimur.example", "password": "guess number \(number)"])
            }
            #expect(last.status == 429 && last.text.contains("a code by email doesn’t wait for this") == isOffered)
        }
    }

    @Test func `a passkey that opens nothing isn't answered with a way that is closed`() async throws {
        let whole = try await Browser(House()).post("/sign-in/passkey", [:], from: "/sign-in")
        #expect(whole.status == 422 && whole.text.contains("by password or code"))
        let bare = try await Browser(House(lacking: [Self.code])).post("/sign-in/passkey", [:], from: "/sign-in")
        #expect(bare.status == 422 && !bare.text.contains("by password or code"))
    }

    private static let numberNotice =
        "send change notice through telephone number via telephone carrier to honour your choices, always, until deleted"

    @Test func `where no code may go by e-mail but one may by telephone, whoever has a number opens an account by it`() async throws {
        let number = "+62 812 5550 4497", house = try await House(), nina = Browser(house)
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [Self.code])
        for path in ["/", "/sign-in"] { #expect(try await nina.get(path).text.contains("href=\"/register\""), "\(path)") }
        let page = try await nina.get("/register").text
        #expect(page.contains("name=\"telephone\"") && !page.contains("name=\"email\"") && page.contains(Self.code))
        let refused = try await nina.post("/register", ["name": "Nina Kartika", "email": "nina@toko.example", "telephone": number])
        #expect(refused.status == 403 && refused.text.contains(Self.code) && refused.text.contains("value=\"\(number)\""))
        #expect(try await nina.post("/register", ["name": "Nina Kartika", "email": "", "telephone": number]).location == "/register/code")
        try await nina.enterCode()
        #expect(try await nina.get("/privacy").status == 200)
        let account = try await nina.get("/account").text
        #expect(account.contains("Code by telephone") && account.contains("Works always") && !account.contains(Self.code))
    }

    @Test(arguments: [(Promises.changeNotice, true), (numberNotice, false)])
    func `who gives another number is told of word to the old one by the line for numbers`(_ line: String, _ isTold: Bool) async throws {
        let house = try await House(), nina = Browser(house)
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "", "telephone": "+62 812 5550 4496"])
        try await nina.enterCode()
        house.clock.advance(by: .seconds(590))
        try await house.reopen(lacking: [line])
        let form = try await nina.get("/privacy/correction/telephone-number").text
        #expect(form.contains("The old number hears of it") == isTold && form.contains(line) != isTold)
        _ = try await nina.post("/privacy/correction/telephone-number", ["value": "+62 812 5550 4495"])
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await nina.post("/privacy/address/code", ["code": code]).status == 303)
        let page = try await nina.get("/privacy?now=moved").text
        #expect(page.contains("We told the old one") == isTold && page.contains("Your new number holds"))
        #expect(house.office.outbox.contains { $0.text.contains("another telephone number") } == isTold)
    }

    @Test func `no other number or address is offered where none could be proved or taken in`() async throws {
        let settings = LackingLines.settings, house = try await House(), sari = try await house.sari(), nina = Browser(house)
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "", "telephone": "+62 812 5550 4494"])
        try await nina.enterCode()
        try await house.reopen(lacking: [settings])
        #expect(try await !sari.get("/privacy").text.contains("/privacy/correction/email-address"))
        #expect(try await sari.get("/privacy").text.contains("/privacy/correction/telephone-number"), "that one isn't proved")
        try await house.reopen(lacking: [Self.telephoneCode])
        #expect(try await !nina.get("/privacy").text.contains("/privacy/correction/telephone-number"))
        #expect(try await nina.get("/account").text.contains(Self.telephoneCode))
    }

    @Test func `who comes second by the first administrator's link is told so`() async throws {
        let house = try await House(), link = "/begin/\(try #require(try await house.office.firstInvitation()).text)"
        let ratna = Browser(house), agus = Browser(house)
        _ = try await ratna.post(link, ["name": "Ratna Dewi", "email": "ratna@office.example"])
        let first = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        _ = try await agus.post(link, ["name": "Agus Salim", "email": "agus@office.example"])
        let second = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await ratna.post("/register/code", ["code": first]).status == 303)
        let late = try await agus.post("/register/code", ["code": second]).text
        #expect(late.contains("Somebody else came in by this link") && !late.contains("has an account since"))
    }
}
