// A refusal names the rule that is gone: in the list, on its receipt and at the start; never one that stands.
import Testing

@testable import Office
@testable import Site

@Suite struct GoneRules {
    private func line(_ start: String) throws -> String { try #require(PolicyLines.all.first { $0.hasPrefix(start) }, "\(start)") }
    private func named(_ line: String) -> String {
        line.replacing("\n  ", with: " ").replacing(#/ \[[a-z-]+\]$/#, with: "")
    }

    private func receipt(_ browser: Browser, refused: String) async throws -> (entry: String, receipt: String) {
        let entry = try #require(try await browser.get("/privacy").text.split(separator: "<li>").first { $0.contains(refused) })
        let path = try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)
        return (String(entry), try await browser.get(String(path)).text)
    }

    @Test func `where a look may not be recorded, the list names that rule, and never the one by which it was looked`() async throws {
        let rule = try line("derive record of uses from work log"), house = try await House(), budi = try await house.budi()
        let ratna = Browser(house), wulan = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Wulan Sari", "email": "wulan@office.example", "role": "privacy officer"])
        try await wulan.signIn("wulan@office.example")
        #expect(try await wulan.get("/staff/activity/of/customer-service-1").status == 200)
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        #expect(try await !budi.get("/privacy").text.contains("no longer in the policy"), "what was permitted lacked nothing")
        #expect(house.office.usesWithoutRule.count { $0.contains("“\(named(rule))”") } == 1, "\(house.office.usesWithoutRule)")
        let refused = try await wulan.get("/staff/activity/of/customer-service-1")
        #expect(refused.status == 403 && refused.text.contains(named(rule)))
        let had = "The policy had no rule for this use then"
        for page in [try await receipt(budi, refused: "Refused: no rule")] {
            for text in [page.entry, page.receipt] { #expect(text.contains("\(named(rule))</blockquote>") && !text.contains(had)) }
        }
        house.clock.advance(by: .seconds(1))
        try await house.reopen()
        for text in try await [receipt(budi, refused: "Refused: no rule")].flatMap({ [$0.entry, $0.receipt] }) {
            #expect(text.contains("lacked another that it needs as well") && !text.contains(had))
        }
    }

    @Test func `where another rule permits it on another condition, the list and the receipt name the one that is gone`() async throws {
        let rule = try #require(
            PolicyLines.all.first { $0.hasPrefix("customer service may correct contact") && !$0.contains("[called-back]") })
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), page = "/staff/cases/1/behalf"
        _ = try await sari.post("/cases/new", ["text": "Please change my name.", "telephone": "+62 812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: page)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        _ = try await budi.post("/staff/cases/1/caller-check", ["code": code], from: page)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "full name"], from: page)
        let form = try await budi.get(page).token
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        let refused = try await budi.post("/staff/cases/1/change", ["wish": "full name", "value": "Sari Lestari", "form": form])
        #expect(refused.status == 403 && refused.text.contains(named(rule)))
        let (entry, receipt) = try await receipt(sari, refused: "a caller called back")
        for text in [entry, receipt] {
            #expect(text.contains("on another condition was no longer in the policy") && text.contains("\(named(rule))</blockquote>"))
        }
    }

    @Test func `a refusal on a condition that the gone rule asked for too names no gone rule`() async throws {
        let rule = try #require(
            PolicyLines.all.first { $0.hasPrefix("customer service may correct contact") && $0.contains("[called-back]") })
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), page = "/staff/cases/1/behalf"
        _ = try await sari.post("/cases/new", ["text": "Please change my name.", "telephone": "+62 812 5550 4417"])
        let form = try await budi.get(page).token
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        _ = try await budi.post("/staff/cases/1/change", ["wish": "full name", "value": "Sari Lestari", "form": form])
        let text = try await sari.get("/privacy").text
        #expect(text.contains("Refused") && !text.contains("no longer in the policy"))
    }

    @Test func `a question without a number is refused for its message`() async throws {
        let house = try await House(), sari = try await house.sari(), form = try await sari.get("/cases/new").token
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [LackingLines.call])
        let page = try await sari.post("/cases/new", ["text": "Is it paid?", "telephone": "", "answering": "email", "form": form])
        #expect(page.status == 403 && page.text.contains(LackingLines.call))
        #expect(page.text.contains("may not take in the") && !page.text.contains("take in the telephone number"))
    }
}
