// Where somebody meets what a missing line changed, it is named; and forms that come back keep all that was chosen in them.
import Testing

@testable import Site

@Suite struct NamedWhereMet {
    @Test(arguments: [
        LackingLines.mark, "keep browser mark 6 months after collected, because \"so long we know a browser of yours again\"",
    ])
    func `where no browser is known again, the pages of signing in and of the account name the line`(_ line: String) async throws {
        let house = try await House(), sari = try await house.sari(), written = line.replacing("\"", with: "&quot;")
        for page in [try await sari.get("/account").text, try await Browser(house).get("/sign-in").text] {
            #expect(!page.contains(written) && page.contains("six months"))
        }
        try await house.reopen(lacking: [line])
        for page in [try await sari.get("/account").text, try await Browser(house).get("/sign-in").text] {
            #expect(page.contains(written) && !page.contains("six months"))
        }
    }

    @Test func `where a browser may remember no choice, the account's page names the line`() async throws {
        let line = "collect lasting cookie from browser to fit the site to you, on this browser remembered, unless a privacy signal"
        let house = try await House(), sari = try await house.sari()
        let page = try await sari.get("/account").text
        #expect(page.contains("twelve months") && !page.contains(line))
        try await house.reopen(lacking: [line])
        let bare = try await sari.get("/account").text
        #expect(bare.contains(line) && !bare.contains("twelve months"))
    }

    @Test func `what was typed into a form that is refused at last can be copied from the answer`() async throws {
        let house = try await House(), token = try #require(try await house.office.firstInvitation())
        let browser = Browser(house), form = try await browser.get("/begin/\(token.text)").token
        try await house.reopen(lacking: [
            "collect staff data from employment form to run the staff's accounts, on the first invitation [first]"
        ])
        let answer = try await browser.post(
            "/begin/\(token.text)", ["name": "Ratna Dewi", "email": "ratna@office.example", "form": form])
        #expect(answer.status == 403)
        for word in ["Ratna Dewi", "ratna@office.example"] { #expect(answer.text.contains("<bdi>\(word)</bdi>"), "\(word)") }
    }

    @Test(arguments: [
        ["name": ""], ["email": "no address"], ["email": "ratna@office.example"],
        ["role": "policy officer", "email": "budi@office.example"],
    ])
    func `an invitation that comes back keeps the role that was chosen`(_ wrong: [String: String]) async throws {
        let house = try await House(), ratna = try await house.ratna()
        _ = try await ratna.post("/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"])
        var typed = ["name": "Tono Wibowo", "email": "tono@office.example", "role": "customer service"]
        typed.merge(wrong) { $1 }
        let back = try await ratna.post("/staff/team", typed)
        #expect(back.status == 422)
        let role = typed["role"] ?? ""
        #expect(back.text.contains(try Regex("value=\"\(role)\"[^>]* checked")), "\(typed)")
        for name in ["name", "email"] { #expect(back.text.contains("value=\"\(typed[name] ?? "")\""), "\(name)") }
    }

    @Test func `an invitation without its cookie gives back the role too`() async throws {
        let house = try await House(), ratna = try await house.ratna(), form = try await ratna.get("/staff/team").token
        ratna.cookies = [:]
        let back = try await ratna.post(
            "/staff/team",
            ["name": "Tono Wibowo", "email": "tono@office.example", "role": "billing clerk", "form": form],
            headers: [("Sec-Fetch-Site", "same-origin")])
        #expect(back.status == 403)
        for word in ["Tono Wibowo", "tono@office.example", "Billing clerk"] { #expect(back.text.contains("<bdi>\(word)</bdi>"), "\(word)") }
    }

    @Test func `a link to an address back that isn't good answers as that, and says what to do`() async throws {
        let browser = Browser(try await House())
        for path in ["/address-back/0123456789abcdef0123456789abcdef", "/address-back/nonsense"] {
            let page = try await browser.get(path)
            #expect(page.status == 404 && page.text.contains("This link is used up") && page.text.contains("write to us"), "\(path)")
        }
    }
}
