// What was done under a version shows that version's rules, whatever stands at their place now.
import Testing

@testable import Site

@Suite struct FormerRules {
    @Test func `a receipt and the list keep the rule that a use stood on, when it is taken out and others get its number`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        let rule = LackingLines.telephone, list = try await sari.get("/privacy").text
        let number = try #require(house.office.policy.heading(ofRule: "calls.3")?.number)
        let receipt = try #require(
            list.split(separator: "<li>").first { $0.contains("Customer service 1") && $0.contains("telephone number") }?
                .firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)
        #expect(try await sari.get(String(receipt)).text.contains("\(rule)</blockquote>"))

        try await house.reopen(lacking: [rule])
        let other = try #require(house.office.policy.rule("calls.3")?.text)
        #expect(other != rule)
        let after = try await sari.get(String(receipt)).text
        #expect(after.contains("\(rule)</blockquote>") && !after.contains(other))
        #expect(after.contains(">\(number)<") && after.contains("a former version") && !after.contains("#calls.3"))
        let entry = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("Customer service 1") && $0.contains("telephone number")
            })
        #expect(entry.contains("a former version") && !entry.contains("#calls.3"))
    }

    @Test func `what was collected under a rule that reads otherwise now doesn't lead to another`() async throws {
        let house = try await House(), sari = try await house.sari()
        let rule = LackingLines.contact
        #expect(try await sari.get("/privacy").text.contains("href=\"/policy#registration.1\""))
        try await house.reopen(lacking: [rule])
        let page = try await sari.get("/privacy").text
        #expect(!page.contains("href=\"/policy#registration.1\"") && page.contains("a former version"))
    }
}
