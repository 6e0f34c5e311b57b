// What holds for every page, in both languages.
import Policy
import Store
import Testing

@testable import Site

@Suite struct Pages {
    /// Every page that somebody can come to, with the browser that comes there.
    private func all(in house: House) async throws -> [(path: String, browser: Browser)] {
        let visitor = Browser(house), sari = try await house.sari()
        let budi = try await house.budi()
        let ratna = Browser(house)
        _ = try await ratna.post("/sign-in", ["email": "ratna@office.example"])
        let atTheCode = Browser(house)
        atTheCode.cookies = ratna.cookies
        try await ratna.enterCode()
        _ = try await sari.post(
            "/cases/new", ["text": "You charged the courier twice.\nI sent <b>one</b>.", "telephone": "0812 5550 4417"])
        let agus = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Agus Salim", "email": "agus@office.example", "role": "privacy officer"])
        _ = try await agus.post("/sign-in", ["email": "agus@office.example"])
        try await agus.enterCode()
        _ = try await agus.post(
            "/staff/holds",
            [
                "customer": "sari@ladatimur.example", "field0": "yes", "text": "An order",
                "review": "\(Day(Day(of: house.clock.now()).number + 9).iso)",
            ])
        _ = try await house.office.vault.sequence()
        return [
            "/", "/policy", "/policy/questions", "/policy/questions?who=customer+service&what=telephone+number", "/register", "/sign-in",
            "/dev/outbox", "/log", "/begin/00000000000000000000000000000000", "/nothing-here",
        ].map { ($0, visitor) }
            + [
                "/", "/privacy", "/privacy?before=2", "/privacy/uses/1", "/privacy/uses/3", "/cases", "/cases/new", "/cases/1", "/cases/99",
                "/leave",
            ]
            .map { ($0, sari) }
            + ["/", "/staff", "/staff/cases/1", "/staff/team"].map { ($0, budi) } + [
                ("/staff/team", ratna), ("/staff/cases/1", ratna), ("/staff/holds", agus), ("/sign-in/code", atTheCode),
            ]
    }

    @Test func `each page is whole: one heading, no id twice, no dead link, no inline style or script`() async throws {
        let house = try await House()
        for (path, browser) in try await all(in: house) {
            for language in Language.allCases {
                browser.language = language.code
                let page = try await browser.get(path).text
                let place = "\(path) in \(language.name)"
                #expect(page.hasPrefix("<!doctype html><html lang=\"\(language.code)\">"), "\(place)")
                #expect(page.matches(of: /<h1[ >]/).count == 1, "\(place)")
                let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
                #expect(Set(ids).count == ids.count, "\(place): \(ids.sorted())")
                #expect(!page.contains(/\ style="|<style| on[a-z]+="|<script>|javascript:/), "\(place)")
                for match in page.matches(of: /(?:href|action)="([^"]*)"/) { try expectLive(String(match.1), ids, place) }
                for match in page.matches(of: /\ (?:for|aria-labelledby)="([^"]*)"/) {
                    #expect(ids.contains(String(match.1)), "\(place): \(match.1)")
                }
                for match in page.matches(of: /\ aria-describedby="([^"]*)"/) {
                    for id in match.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(place): \(id)") }
                }
            }
        }
    }

    @Test func `each form that changes something carries the token`() async throws {
        let house = try await House()
        for (path, browser) in try await all(in: house) {
            let page = try await browser.get(path).text
            for form in page.matches(of: /<form[^>]*method="post"[^>]*>(.*?)<\/form>/.dotMatchesNewlines()) {
                #expect(form.1.contains("name=\"form\""), "\(path): \(form.0.prefix(120))")
            }
        }
    }

    @Test func `what the policy hides from the desk isn't in the page`() async throws {
        let house = try await House()
        let sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let hidden = try await budi.get("/staff/cases/1").text
        #expect(hidden.contains("Sari Wijaya") && !hidden.contains("5550") && !hidden.contains("ladatimur"))
        let opened = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(opened.location == "/staff/cases/1#answer")
        let shown = try await budi.get("/staff/cases/1").text
        #expect(shown.contains("5550 4417") && !shown.contains("ladatimur"))
        _ = try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1")
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(refused.status == 403 && refused.text.contains("that needs an open case") && refused.text.contains("calls.3"))
        #expect(!refused.text.contains("5550") && !refused.text.contains("Sari"))
        #expect(refused.text.contains("Give a reason"))
        let seen = try await sari.get("/privacy").text
        #expect(
            seen.contains(
                "<b>Customer service 1</b> asked for <b>your telephone number</b> to answer you, in case 1. Refused: that needs an open case."
            ))
    }

    @Test func `the desk isn't there for a customer, nor a customer's page for a stranger`() async throws {
        let house = try await House()
        let sari = try await house.sari(), stranger = Browser(house)
        #expect(try await sari.get("/staff").status == 404)
        #expect(try await sari.get("/staff/team").status == 404)
        #expect(try await stranger.get("/privacy").location == "/sign-in")
        #expect(try await stranger.get("/staff").location == "/sign-in")
    }

    @Test func `a case that is too old for the list is refused with its page`() async throws {
        let house = try await House()
        let sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        try await house.store.write { (rows) throws(StoreFault) in
            try rows.run(
                """
                WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600)
                    INSERT INTO help_case (number, subject, item, opened) SELECT n + 1, subject, item, opened FROM help_case, n
                """)
            try rows.run("INSERT INTO help_case_closed (number, at) SELECT number, opened FROM help_case")
            return
        }
        #expect(try await !budi.get("/staff").text.contains("href=\"/staff/cases/1\""), "the list ends before it")
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(refused.status == 403 && refused.text.contains("that needs an open case"))
    }

    @Test(arguments: ["cross-site", "same-site"]) func `a link on another site opens no case in a clerk's name`(_ site: String) async throws
    {
        let house = try await House()
        let sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let before = try await sari.get("/privacy").text.matches(of: /Customer service 1/).count
        let led = try await budi.get("/staff/cases/1", headers: [("Sec-Fetch-Site", site)])
        #expect(led.status == 403 && !led.text.contains("Sari") && led.text.contains("<a href=\"/staff/cases/1\">Open the case</a>"))
        #expect(try await sari.get("/privacy").text.matches(of: /Customer service 1/).count == before, "and nothing was recorded")
        for own in ["same-origin", "none"] {
            #expect(try await budi.get("/staff/cases/1", headers: [("Sec-Fetch-Site", own)]).text.contains("Sari Wijaya"))
        }
        #expect(try await sari.get("/staff/cases/1", headers: [("Sec-Fetch-Site", site)]).status == 404)
        #expect(try await sari.get("/privacy", headers: [("Sec-Fetch-Site", site)]).status == 200, "a link in a mail leads home")
    }

    @Test func `the policy is read in Indonesian, and in English where a clause isn't translated`() async throws {
        let browser = Browser(try await House(untranslated: ["seeing"]))
        browser.language = "id"
        let page = try await browser.get("/policy").text
        #expect(page.contains("<h2 id=\"answers-t\">1 Lima jawaban lebih dulu</h2>"))
        #expect(page.contains(/<div class="said flow" lang="en"><h2 id="seeing-t">/))
        #expect(page.matches(of: /<div class="said flow" lang="en">/).count == 1)
        #expect(try await browser.get("/register").text.contains("<span>Saat Anda mendaftar</span>"), "and a chip leads there by that name")
        browser.language = "en"
        #expect(try await !browser.get("/policy").text.contains("Lima jawaban"))
    }

    @Test func `a language is kept, and leads only to pages of ours`() async throws {
        let browser = Browser(try await House())
        #expect(try await browser.get("/language/id?to=/policy").location == "/policy")
        #expect(try await browser.get("/policy").text.contains("<html lang=\"id\">"))
        for elsewhere in ["https://elsewhere.example", "//elsewhere.example", "/%5Celsewhere.example", "javascript:x"] {
            #expect(try await browser.get("/language/en?to=\(elsewhere.replacing("/%5C", with: "%2F%5C"))").location == "/")
        }
    }

    @Test func `nothing but an address of ours gets into the answer's head`() async throws {
        let browser = Browser(try await House())
        for plain in ["/left/K7QX-2M4T", "/cases/7", "/"] { #expect(try await browser.get("/language/id?to=\(plain)").location == plain) }
        let bent = [
            "/left/%0d%0aSet-Cookie:%20session=x", "/left/a%00b", "/begin/caf%C3%A9", "/left/a%20b", "/left/%252e%252e", "/left/?to=x",
            "/left/a%23b", "/left/%E2%80%AEx", "/assets/a%22b", "/sign-out",
        ]
        for bent in bent { #expect(try await browser.get("/language/id?to=\(bent)").location == "/", "\(bent)") }
    }

    /// A link of ours leads to an address of ours, and a fragment to an element that is there.
    private func expectLive(_ link: String, _ ids: [String], _ place: String) throws {
        if link.hasPrefix("#") {
            let icons = ["proof", "pending", "broken", "yes", "nope"]
            #expect(ids.contains(String(link.dropFirst())) || icons.contains(String(link.dropFirst())), "\(place): \(link)")
        } else if link.hasPrefix("/") {
            #expect(Route(String(link.prefix { $0 != "?" && $0 != "#" })) != nil, "\(place): \(link)")
        } else {
            #expect(link.hasPrefix("tel:"), "\(place): \(link)")
        }
    }
}
