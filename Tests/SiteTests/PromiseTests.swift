// No page claims what the policy that runs doesn't let happen.
import Engines
import Store
import Testing

@testable import Office
@testable import Site

@Suite struct Promises {
    static let telephone = "customer service may read telephone number to answer you, on an open case"
    static let code = "send confirmation code through email address via email carrier to make sure it is you, always, until deleted"
    static let deletion = "the person may delete customer data"
    static let notice = "send sign-in notice through email address via email carrier to make sure it is you, always, until deleted"
    static let changeNotice = "send change notice through email address via email carrier to honour your choices, always, until deleted"

    @Test(arguments: Language.allCases)
    func `where customer service may not read the number, nobody is promised a call`(_ language: Language) async throws {
        let whole = try await House(), bare = try await House(lacking: [Self.telephone])
        for (house, isPromised) in [(whole, true), (bare, false)] {
            let stranger = Browser(house), sari = try await house.sari()
            (stranger.language, sari.language) = (language.code, language.code)
            let front = try await stranger.get("/").text
            #expect(front.contains(language("Customer service 7 read", id: "Layanan pelanggan 7 membaca")) == isPromised)
            #expect(front.contains("#calls.") == isPromised && front.contains("<blockquote") == isPromised)
            #expect(front.contains(language("No rule", id: "Tanpa aturan")) != isPromised)
            #expect(front.contains(language("that needs an open case", id: "itu memerlukan")) == isPromised)
            #expect(front.contains(language("only if you want us to call", id: "bila Anda ingin ditelepon")) == isPromised)
            let registering = try await stranger.get("/register").text
            #expect(registering.contains(language("Only if you want us to call", id: "bila Anda ingin kami menelepon")) == isPromised)
            let asked = try await house.ask(sari)
            let page = try await sari.get(after: "/cases/\(asked)?now=asked").text
            #expect(page.contains(language("will call you", id: "akan menelepon Anda")) == isPromised)
            #expect(page.contains(language("may not read the telephone number", id: "tidak boleh membaca nomor telepon")) != isPromised)
            let form = try await sari.get("/cases/new").text
            #expect(form.contains(language("may not read the telephone number", id: "tidak boleh membaca nomor telepon")) != isPromised)
        }
    }

    @Test func `where no code may be sent, no page says that one comes`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.get("/account").text.contains("Works always"))
        let words = "a heron over the quiet harbour"
        #expect(try await sari.post("/account/password", ["password": words, "again": words]).status == 303)
        #expect(try await sari.get("/account/password").text.contains("Remove the password"))
        try await house.reopen(lacking: [Self.code])
        let password = try await sari.get("/account/password").text
        #expect(!password.contains("Remove the password") && password.contains(Self.code))
        let account = try await sari.get("/account").text
        #expect(!account.contains("Works always") && !account.contains("comes by email") && account.contains(Self.code))
        let trouble = try await Browser(house).get("/nothing-here").text
        #expect(!trouble.contains("code that we send"))
        #expect(try await !Browser(house).get("/").text.contains("Six digits come by email"))
    }

    @Test(arguments: [
        "the site may read session cookie to run your account", "collect session cookie from browser to run your account",
    ])
    func `where nobody can be known by a cookie, no code is asked for and no passkey, and the rule is named`(_ line: String) async throws {
        let house = try await House()
        let dewi = Browser(house)
        #expect(
            try await dewi.post("/register", ["name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": ""]).status == 303)
        let mail = try #require(house.office.outbox.first), code = try #require(mail.text.firstMatch(of: /\d{6}/)).output
        let form = try await dewi.get("/register/code").token
        try await house.reopen(lacking: [line])
        let page = try await dewi.get("/register/code").text
        #expect(page.contains(line) && !page.contains("<form class") && !page.contains("id=\"code\""))
        let answer = try await dewi.post("/register/code", ["code": String(code), "form": form])
        #expect(answer.status == 403 && answer.text.contains(line))
        #expect(try await !Browser(house).get("/sign-in").text.contains("/sign-in/passkey"))
    }

    @Test func `where nobody may delete, nobody is told that they can leave`() async throws {
        let whole = try await House(), bare = try await House(lacking: [Self.deletion])
        for (house, isPromised) in [(whole, true), (bare, false)] {
            #expect(try await Browser(house).get("/").text.contains("Leave whenever you like") == isPromised)
            let page = try await house.sari().get("/privacy").text
            #expect(page.contains("You can delete your account whenever you like") == isPromised)
            #expect(page.contains("the person deletes full name") != isPromised)
        }
        let former = try await House(), sari = try await former.sari()
        try await former.reopen(lacking: [Self.deletion])
        #expect(try await sari.get("/privacy").text.contains("You can delete your account whenever you like"), "who came before, may")
    }

    @Test func `what would be refused isn't offered to take along`() async throws {
        let text = try String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
        let reading = text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("the person may read") }
        let bare = try await House(lacking: reading), sari = try await bare.sari()
        let page = try await sari.get("/privacy").text
        #expect(!page.contains("Download everything"))
        #expect(try await sari.post("/privacy/export", [:], from: "/privacy").status == 403)
        #expect(try await !Browser(bare).get("/").text.contains("you see each time"))
        #expect(try await House().sari().get("/privacy").text.contains("Download everything"))
    }

    @Test(arguments: [
        "the site may read session cookie to run your account",
        "keep session cookie 30 days after collected, because \"so long you stay signed in on one device\"",
        "collect session cookie from browser to run your account",
    ])
    func `the sign-in page speaks of no cookie that keeps nobody signed in`(_ line: String) async throws {
        #expect(try await Browser(House()).get("/sign-in").text.contains("keeps you signed in"))
        #expect(try await !Browser(House(lacking: [line])).get("/sign-in").text.contains("keeps you signed in"))
    }

    @Test func `a correction that would be refused isn't described`() async throws {
        let text = try String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
        let start = try #require(text.firstRange(of: "\nthe person may correct contact")), rest = text[start.upperBound...]
        let end = try #require(rest.firstRange(of: "\ncollect contact"))
        let line = "the person may correct contact" + rest[..<end.lowerBound]
        let bare = try await House(lacking: [line]), sari = try await bare.sari()
        let page = try await sari.get("/privacy/correction/full-name").text
        #expect(!page.contains("What stood here before is forgotten") && page.contains("the person corrects full name"))
        let other = try await House().sari()
        #expect(try await other.get("/privacy/correction/full-name").text.contains("What stood here before is forgotten"))
    }

    @Test func `nobody is told that a former address was told, where no rule lets us write to it`() async throws {
        for (lacking, isTold) in [([], true), ([Self.changeNotice], false)] {
            let house = try await House(lacking: lacking), sari = try await house.sari()
            #expect(try await sari.get("/privacy/correction/email-address").text.contains("The old address hears of it") == isTold)
            let page = try await sari.get(after: "/privacy?now=moved").text
            #expect(page.contains("We told the old one") == isTold && page.contains("was not told") != isTold)
        }
    }

    @Test func `the page after registering says that an email comes only where one does`() async throws {
        let line = "send address notice through email address via email carrier to make sure it is you, always, until deleted"
        for (lacking, says) in [([], "the email says so instead"), ([line], "If the address you gave has no account yet")] {
            let house = try await House(lacking: lacking), sari = Browser(house)
            _ = try await sari.post("/register", ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": ""])
            let page = try await sari.get("/register/code").text
            #expect(page.contains(says) && !page.contains("belongs to an account"))
            let wrong = try await sari.post("/register/code", ["code": "12"])
            #expect(wrong.status == 422 && wrong.text.contains(says) && wrong.text.contains("not counted as a try"))
            let renewed = try await sari.post("/sign-in/code/renewal", ["new": "yes"], from: "/register/code")
            #expect(renewed.location == "/register/code?sent=again")
        }
    }

    @Test func `a sign-in notice that no rule lets us send is in its person's list`() async throws {
        let house = try await House(), sari = try await house.sari()
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [Self.notice])
        let other = Browser(house)
        _ = try await other.post("/sign-in", ["email": "sari@ladatimur.example"])
        try await other.enterCode()
        #expect(house.office.outbox.allSatisfy { !$0.subject.contains("new browser") })
        let page = try await sari.get("/privacy").text
        #expect(page.contains("<b>a sign-in notice</b>") && page.contains("Refused: no rule allows it"))
        let receipt = try #require(page.firstMatch(of: /sign-in notice<\/b>[\s\S]*?(\/privacy\/uses\/[0-9]+)/)).1
        #expect(try await sari.get(String(receipt)).text.contains(Self.notice), "with the rule that it stood on, as it stood")
        #expect(
            house.office.usesWithoutRule.contains { $0.contains("the site sends sign-in notice") && $0.contains(Self.notice) },
            "\(house.office.usesWithoutRule)")
        #expect(try house.office.failedWork().contains { $0.contains("“sign-in notice”") })
    }

    @Test func `the start names what has no rule in words`() async throws {
        let house = try await House(lacking: [Self.notice, Self.telephone, Self.deletion])
        let said = house.office.usesWithoutRule.joined(separator: "\n")
        #expect(said.contains("customer service reads telephone number to answer you") && said.contains("the person deletes full name"))
        #expect(!said.contains("SignInNotice") && !said.contains("CaseTelephone") && !said.contains("OwnDeletion"))
    }

    @Test func `a refusal for want of a rule shows the rule that is gone as it stood, or no rule at all`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [Self.telephone])
        #expect(try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1").status == 403)
        let list = try await sari.get("/privacy").text
        let receipt = try #require(list.firstMatch(of: /your telephone number<\/b>[\s\S]*?(\/privacy\/uses\/[0-9]+)/)).1
        let page = try await sari.get(String(receipt)).text
        #expect(page.contains(Self.telephone) && !page.contains("The policy had no rule for this use"))
    }

    @Test func `an invitation that would be refused isn't offered, and names the rule that is gone`() async throws {
        let line = "collect staff data from employment form to run the staff's accounts, on an administrator's word"
        let house = try await House(), ratna = try await house.ratna()
        let form = try await ratna.get("/staff/team").token
        try await house.reopen(lacking: [line])
        let page = try await ratna.get("/staff/team").text
        #expect(!page.contains("action=\"/staff/team\"") && page.contains(line.replacing("'", with: "&#39;")))
        #expect(!page.contains("the first invitation"))
        let sent = try await ratna.post(
            "/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service", "form": form])
        #expect(sent.status == 403 && sent.text.contains(line.replacing("'", with: "&#39;")))
        for word in ["Budi Santoso", "budi@office.example", "Customer service"] { #expect(sent.text.contains("<bdi>\(word)</bdi>")) }
    }

    @Test func `what no rule keeps any more says that no rule says how long`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await !sari.get("/privacy").text.contains("No rule says how long"))
        try await house.reopen(lacking: [
            "keep browser mark 6 months after collected, because \"so long we know a browser of yours again\""
        ])
        // What was given under the version before is kept by that one; who comes now stands under this one.
        let bare = try await House(lacking: [
            "keep browser mark 6 months after collected, because \"so long we know a browser of yours again\""
        ])
        #expect(try await !bare.sari().get("/privacy").text.contains("Until\"></td>"))
    }

    @Test func `nobody wonders where the button to close a case went`() async throws {
        let line = "customer service may read full name, case message to answer you, on an open case"
        let house = try await House(lacking: [line]), sari = try await house.sari(), budi = try await house.budi()
        _ = try await house.ask(sari)
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("/staff/cases/1/closure") && page.contains("Only who may read the case may close it"))
    }
}

@Suite struct SpoiltEntries {
    @Test func `the receipt of an entry whose bytes were changed says that it doesn't match the log`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await house.office.vault.sequence()
        let list = try await sari.get("/privacy").text
        let receipt = String(try #require(list.firstMatch(of: /\/privacy\/uses\/[0-9]+/)).output)
        let number = try #require(Int64(receipt.split(separator: "/").last ?? ""))
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            let zeros: SQL = Engine.sql(
                "zeroblob(length(opening))", onPostgres: "decode(repeat('00', length(opening)), 'hex')")
            try rows.run("UPDATE use_record SET opening = \(zeros) WHERE seq = \(number)")
        }
        let page = try await sari.get(receipt)
        #expect(page.status == 200 && page.text.contains("Does not match the log"), "\(page.status)")
        // Its proof is no fault of the house's either: there is none, and the answer says of what.
        let proof = try await sari.get(receipt + "/proof")
        #expect(proof.status == 404 && proof.text.contains("\"entry\": \(number)") && proof.text.contains("was changed"), "\(proof.text)")
    }
}

@Suite struct ReturnedForms {
    @Test func `more than we take at once says that what was typed is still in the browser`() async throws {
        let answer = Answer(try await House().site.page(for: .tooLarge))
        #expect(answer.status == 413 && answer.text.contains("what you typed is still there"))
    }

    private let here = [("Sec-Fetch-Site", "same-origin")]

    @Test func `a registration without its cookie comes back as it was typed, and goes through then`() async throws {
        let house = try await House(), sari = Browser(house), token = try await sari.get("/register").token
        sari.cookies = [:]
        var typed = ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": "0812 5550 4417", "form": token]
        let back = try await sari.post("/register", typed, headers: here)
        #expect(back.status == 403 && back.text.contains("What you typed is still here"))
        for value in ["Sari Wijaya", "sari@ladatimur.example", "0812 5550 4417"] { #expect(back.text.contains("value=\"\(value)\"")) }
        #expect(house.office.outbox.isEmpty)
        typed["form"] = back.token
        #expect(try await sari.post("/register", typed, headers: here).status == 303)
    }

    @Test func `a question whose session is lost can be copied`() async throws {
        let house = try await House(), sari = try await house.sari(), token = try await sari.get("/cases/new").token
        sari.cookies = [:]
        let back = try await sari.post(
            "/cases/new", ["text": "A long <letter>", "telephone": "0812 5550 4417", "form": token], headers: here)
        #expect(back.status == 403 && back.text.contains("<bdi>A long &lt;letter&gt;</bdi>") && back.text.contains("0812 5550 4417"))
    }

    @Test func `nothing that another site may have sent is shown, and no secret ever`() async throws {
        let house = try await House(), stranger = Browser(house)
        let typed = [
            "name": "Buy at evil.example", "email": "eve@evil.example", "text": "Buy", "form": "x", "password": "sesame open",
            "code": "123456",
        ]
        for headers in [[("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Origin", "http://evil.example")], []] {
            for path in ["/register", "/cases/new", "/sign-in"] {
                let back = try await stranger.post(path, typed, headers: headers)
                #expect(back.status == 403 && !back.text.contains("evil.example") && !back.text.contains("Buy"))
            }
        }
        for path in ["/sign-in", "/cases/new", "/account/password"] {
            let back = try await stranger.post(path, typed, headers: here)
            #expect(back.status == 403 && !back.text.contains("sesame open") && !back.text.contains("123456"), "\(path)")
        }
    }
}
