// What pages offer and say where one line of the policy is gone: what stood on it, and nothing else.
import Foundation
import Store
import Testing
import Vault

@testable import Office
@testable import Site

@Suite struct LackingLines {
    static let telephone = "customer service may read telephone number to answer you, on an open case"
    static let message = "customer service may read full name, case message to answer you, on an open case"
    static let call = "collect case message, telephone number from help form to answer you"
    static let contact = "collect contact from registration form to run your account"
    static let cookie = "collect session cookie from browser to run your account"
    static let settings = "collect contact, company name, register number, billing address from settings page to run your account"
    static let deletion = "the person may delete customer data"
    static let mark = "collect browser mark from browser to make sure it is you"
    static let lasting = "collect lasting cookie from browser to fit the site to you, on this browser remembered, unless a privacy signal"

    private func closedCase(in house: House) async throws -> Browser {
        let sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        #expect(try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1").status == 303)
        return budi
    }

    @Test func `the page of a closed case names the line that a look at the number stood on`() async throws {
        let house = try await House(), budi = try await closedCase(in: house)
        try await house.reopen(lacking: [Self.telephone])
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains(Self.telephone) && !page.contains("value=\"telephone-to-answer\""))
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account")
        #expect(refused.status == 403 && refused.text.contains(Self.telephone))
    }

    @Test func `the page of a closed case names the line that its name and message stood on`() async throws {
        let house = try await House(), budi = try await closedCase(in: house)
        try await house.reopen(lacking: [Self.message])
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains(Self.message))
    }

    @Test func `nobody is offered to close a case after a look that was refused, where that would be refused too`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        try await house.reopen(lacking: [Self.telephone])
        let one = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account").text
        #expect(one.contains("action=\"/staff/cases/1/closure\""), "the case may be read")
        try await house.reopen(lacking: [Self.telephone, Self.message])
        let both = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account").text
        #expect(!both.contains("action=\"/staff/cases/1/closure\"") && both.contains("Only who may read the case may close it"))
        #expect(try await budi.post("/staff/cases/1/closure", [:], from: "/account").status == 403)
    }

    @Test func `a form of before comes back with its words and the line, where nobody can be known by a cookie any more`() async throws {
        let line = "the site may read session cookie to run your account"
        let house = try await House(), sari = try await house.sari()
        let form = try await sari.get("/cases/new").token, name = try await sari.get("/privacy/correction/full-name").token
        try await house.reopen(lacking: [line])
        let here = [("Sec-Fetch-Site", "same-origin")]
        let asked = try await sari.post(
            "/cases/new", ["form": form, "text": "Please call me.", "telephone": "0812"], headers: here)
        #expect(asked.status == 403 && asked.text.contains("Please call me.") && asked.text.contains(line))
        #expect(!asked.text.contains("another site"))
        let corrected = try await sari.post("/privacy/correction/full-name", ["form": name, "value": "Sari W."], headers: here)
        #expect(corrected.status == 403 && corrected.text.contains("Sari W.") && corrected.text.contains(line))
        let foreign = try await sari.post(
            "/cases/new", ["form": "00", "text": "Buy this"], headers: [("Sec-Fetch-Site", "cross-site")])
        #expect(foreign.status == 403 && !foreign.text.contains("Buy this"))
    }

    @Test func `where no call can be asked for, no page offers to`() async throws {
        let house = try await House(), sari = try await house.sari()
        for _ in 0..<2 {
            #expect(try await sari.get("/cases").text.contains("href=\"/cases/new\""))
            #expect(try await sari.get("/").text.contains("href=\"/cases/new\""))
            _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        }
        try await house.reopen(lacking: [Self.call])
        let new = Browser(house)
        _ = try await new.post("/register", ["name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": ""])
        try await new.enterCode()
        for browser in [sari, new] {
            let page = try await browser.get("/cases").text
            #expect(!page.contains("href=\"/cases/new\"") && page.contains(Self.call))
            #expect(try await !browser.get("/").text.contains("href=\"/cases/new\""))
        }
    }

    @Test(arguments: Language.allCases)
    func `the first page says that name and number are kept only where they can be`(_ language: Language) async throws {
        let kept = language("your name and number", id: "nama dan nomor Anda"), offer = "class=\"btn\" href=\"/register\""
        for (lacking, isKept) in [([], true), ([Self.contact], false)] {
            let stranger = Browser(try await House(lacking: lacking))
            stranger.language = language.code
            let page = try await stranger.get("/").text
            #expect(page.contains(kept) == isKept && page.contains(offer) == isKept)
            #expect(page.contains("registration form collects full name") != isKept)
            #expect(
                try await stranger.get("/sign-in").text.contains("href=\"/register\">\(language("Open an account", id: "Buka akun"))")
                    == isKept)
        }
    }

    @Test func `the first page's title claims a list of uses only where there is one`() async throws {
        let text = try String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
        let reading = text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("the person may read") }
        #expect(try await Browser(House()).get("/").text.contains("tells you who used your data"))
        #expect(try await !Browser(House(lacking: reading)).get("/").text.contains("tells you who used your data"))
    }

    @Test func `an address is changed without a cookie being set`() async throws {
        let house = try await House(), sari = try await house.sari()
        try await house.reopen(lacking: [Self.cookie])
        #expect(try await sari.get("/privacy/correction/email-address").text.contains("name=\"value\""))
        let sent = try await sari.post("/privacy/correction/email-address", ["value": "sari@newplace.example"])
        #expect(sent.location == "/privacy/address/code", "\(sent.status)")
        let code = try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output
        let moved = try await sari.post("/privacy/address/code", ["code": String(code)])
        #expect(moved.status == 303)
        #expect(try await sari.get("/privacy").text.contains("sari@newplace.example"))
    }

    /// `isNew`: they came under the policy that lacks the line; what somebody could do with their own before they can still.
    @Test(arguments: [
        (settings, true), (settings, false), ("the person may correct contact", true), ("the person may correct contact", false),
        ("send confirmation code through email address", false), ("the site may read contact", false),
    ])
    func `a correction is offered exactly where it is taken, and otherwise what was typed comes back`(
        _ start: String, _ isNew: Bool
    ) async throws {
        let line = try Self.line(start), house = try await House(lacking: isNew ? [line] : []), sari = try await house.sari()
        if !isNew { try await house.reopen(lacking: [line]) }
        for (field, value) in [("full-name", "Sari Wijayanti"), ("email-address", "sari@newplace.example")] {
            let path = "/privacy/correction/\(field)"
            let isOffered = try await sari.get(path).text.contains("name=\"value\"")
            let sent = try await sari.post(path, ["value": value], from: "/account")
            #expect(isOffered == (sent.status == 303), "\(field): \(sent.status)")
            if sent.status != 303 { #expect(sent.status == 403 && sent.text.contains("<bdi>\(value)</bdi>"), "\(field)") }
        }
    }

    /// A line of the policy with the ones that go on with it.
    static func line(_ start: String) throws -> String {
        let text = try String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
        let lines = text.components(separatedBy: "\n")
        let first = try #require(lines.firstIndex { $0.hasPrefix(start) })
        let rest = lines[(first + 1)...].prefix { $0.hasPrefix("  ") }
        return ([lines[first]] + rest).joined(separator: "\n")
    }
}

@Suite struct LackingRights {
    private static let words = "a heron over the quiet harbour"

    @Test func `a way in that its person may not delete isn't offered to be removed, and stays`() async throws {
        let house = try await House(lacking: [LackingLines.deletion]), dewi = try await house.sari()
        #expect(try await dewi.post("/account/password", ["password": Self.words, "again": Self.words]).status == 303)
        try await setApp(dewi, house)
        for (path, removal) in [
            ("/account/password", "/account/password/removal"), ("/account/second-factor", "/account/second-factor/removal"),
        ] {
            let page = try await dewi.get(path).text
            #expect(!page.contains("action=\"\(removal)\"") && page.contains("the person deletes"), "\(path)")
            #expect(try await dewi.post(removal, [:], from: "/account").status == 403)
        }
        let account = try await dewi.get("/account").text
        #expect(!account.contains("Change or remove") && account.contains("Asked for since"))
        // The app is asked for as before.
        let other = Browser(house)
        #expect(
            try await other.post("/sign-in", ["email": "sari@ladatimur.example", "password": Self.words]).location
                == "/sign-in/second-factor")
    }

    @Test func `whoever turns everybody out hears that the password stayed, where it may not go`() async throws {
        let house = try await House(lacking: [LackingLines.deletion]), sari = try await house.sari()
        #expect(try await sari.post("/account/password", ["password": Self.words, "again": Self.words]).status == 303)
        let mail = try #require(house.office.outbox.first { $0.text.contains("/not-me/") })
        let link = String(try #require(mail.text.firstMatch(of: /\/not-me\/[0-9a-f]+/)).output)
        let stranger = Browser(house)
        #expect(try await !stranger.get(link).text.contains("take the password away"))
        let done = try await stranger.post(link, [:])
        #expect(done.status == 200 && !done.text.contains("its password is gone") && done.text.contains("the person deletes"))
        #expect(try await sari.get("/privacy").status == 303, "every session is ended")
    }

    /// As if a code of the app had come back.
    private func setApp(_ browser: Browser, _ house: House) async throws {
        let token = try #require(browser.cookies["session"].flatMap(Token.init)), session = try #require(try house.office.session(token))
        try await house.office.vault.collect(
            SetFactor(secret: [UInt8](repeating: 7, count: 20)), of: session.subject, on: Basis()
        ) { (subject, rows) throws(Refusal) in
            try rows.run("INSERT INTO second_factor (subject, step) VALUES (\(subject), 0)")
            return
        }
    }
}
