// Forms: nothing typed is lost, nothing typed does harm, and no other site can send one.
import HTTP
import Testing

@testable import Site

@Suite struct Forms {
    static let naughty = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "O'Brien", "Null", "X", "\u{202E}gnp.exe",
        "Ḽơᶉëᶆ 田中さん", "👩‍👩‍👧‍👦", "a\u{0}b\u{7}c", "$(touch /tmp/x)", "'; DROP TABLE subject; --", "%00%0d%0aSet-Cookie:x=1", "{{7*7}}",
        "\u{FEFF}", "\r\nLocation: /x",
    ]

    @Test(arguments: naughty) func `what was typed comes back as it was, and inert`(_ text: String) async throws {
        let answer = try await Browser(House()).post("/register", ["name": text, "email": "no address", "telephone": text])
        #expect(answer.status == 422)
        #expect(!answer.text.contains("<script>alert") && !answer.text.contains("<img") && !answer.text.contains("onmouseover='x"))
        #expect(answer.text.contains("value=\"no address\""))
        #expect(answer.text.contains("value=\"\(written(text))\""))
    }

    @Test(arguments: naughty) func `a name that can be stored is shown as it was typed`(_ text: String) async throws {
        let browser = Browser(try await House())
        let answer = try await browser.post("/register", ["name": text, "email": "sari@ladatimur.example", "telephone": ""])
        guard answer.status == 303 else {
            #expect(answer.status == 422 && answer.text.contains("id=\"name-e\""), "or it is said what is wrong with it")
            return
        }
        try await browser.enterCode()
        let blanks = text.prefix { $0.isWhitespace }.count
        #expect(try await browser.get("/privacy").text.contains("<bdi>\(written(String(text.dropFirst(blanks))))</bdi>"))
    }

    /// As the builder writes it.
    private func written(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
            .replacing("'", with: "&#39;").replacing("\u{0}", with: "\u{FFFD}").replacing("\u{7}", with: "\u{FFFD}")
    }

    @Test func `a form of another site is refused`() async throws {
        let house = try await House(), sari = try await house.sari()
        let crossSite = try await sari.post(
            "/cases/new", ["text": "x", "telephone": "0812 5550 4417"], headers: [("Sec-Fetch-Site", "cross-site")])
        #expect(crossSite.status == 403)
        let sibling = try await sari.post(
            "/cases/new", ["text": "x", "telephone": "0812 5550 4417"], headers: [("Sec-Fetch-Site", "same-site")])
        #expect(sibling.status == 403)
        let own = try await sari.post(
            "/cases/new", ["text": "x", "telephone": "0812 5550 4417"], headers: [("Sec-Fetch-Site", "same-origin")])
        #expect(own.status == 303)
    }

    @Test func `a token is good with its own cookie alone`() async throws {
        let house = try await House(), sari = try await house.sari(), thief = Browser(house)
        let hers = try await sari.get("/cases/new").token
        #expect(try await thief.post("/sign-in", ["email": "x@y.example", "form": hers]).status == 403)
        let his = try await thief.get("/sign-in").token
        #expect(try await sari.post("/sign-out", ["form": his]).status == 403)
        #expect(try await sari.post("/sign-out", ["form": ""]).status == 403)
        #expect(try await sari.post("/sign-out", ["form": hers]).status == 303)
        #expect(
            try await Browser(house).post("/sign-in", ["email": "x@y.example", "form": his]).status == 403,
            "without a cookie there is no token")
    }

    @Test func `leaving asks first, then hands over a receipt that says nothing of the person`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.post("/leave", [:]).status == 422)
        #expect(try await sari.get("/privacy").status == 200, "nothing happened yet")
        let gone = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        let receipt = try #require(gone.location)
        let page = try await Browser(house).get(receipt)
        #expect(page.status == 200 && !page.text.contains("Sari") && !page.text.contains("ladatimur"))
        #expect(try await sari.get("/privacy").location == "/sign-in")
    }

    @Test func `what can't be done at an address says what can`() async throws {
        let browser = Browser(try await House())
        #expect(try await browser.post("/policy", ["form": "x"]).status == 405)
        #expect(try await browser.get("/sign-out").status == 405)
        #expect(try await browser.post("/nothing", ["form": "x"]).status == 404)
    }
}
