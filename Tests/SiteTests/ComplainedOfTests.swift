// A case of somebody who complained of a clerk, before that clerk; and handing a case to those who are there.

import Testing

@testable import Office
@testable import Site

@Suite struct `A clerk of whom a customer complained` {
    @Test func `finds none of their cases, whatever they press, and nothing is attempted or moved`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        for (email, role) in [("tono@office.example", "billing clerk"), ("agus@office.example", "privacy officer")] {
            _ = try await ratna.post("/staff/team", ["name": "Of the staff", "email": email, "role": role])
            try await Browser(house).signIn(email)
        }
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        let entry = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("ustomer service 1") && $0.contains("telephone")
            })
        let receipt = String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        let form = try await budi.get("/staff/cases/1").token
        #expect(try await sari.post(receipt + "/who", ["text": "He called at midnight."], from: receipt).status == 303)
        for (press, fields) in [
            ("handover", ["role": "billing clerk"]), ("opening", ["what": "telephone-to-answer"]),
            ("opening", ["what": "telephone-of-caller"]), ("opening", [:]), ("closure", [:]), ("taking", [:]), ("notes", ["text": "x"]),
            ("answer", ["text": "x", "way": "telephone", "then": "close"]), ("search", ["sought": "Sari"]), ("joining", ["customer": "1"]),
            ("parting", [:]), ("caller-code", ["through": "email address"]), ("caller-check", ["code": "123456"]), ("call-back", [:]),
            ("wish", ["wish": "full name"]), ("change", ["wish": "full name", "value": "Somebody Else"]),
            ("new-address", ["wish": "email address", "code": "123456"]),
        ] as [(String, [String: String])] {
            let answer = try await budi.post("/staff/cases/1/\(press)", fields.merging(["form": form]) { first, _ in first })
            #expect(answer.status == 404 && !answer.text.contains("Case 1"), "\(press): \(answer.status)")
        }
        for page in ["/staff/cases/1", "/staff/cases/1/behalf"] { #expect(try await budi.get(page).status == 404, "\(page)") }
        #expect(try await !sari.get("/privacy").text.contains("Refused:"), "nothing was attempted")
        #expect(try await !sari.get("/cases/1").text.contains("illing clerk"))
        let rini = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Rini", "email": "rini@office.example", "role": "customer service"])
        try await rini.signIn("rini@office.example")
        #expect(try await rini.get("/staff/cases/1").text.contains("Please call."))
    }
}

@Suite struct `A case that is handed over` {
    @Test(arguments: Language.allCases) func `goes to work that somebody here does, and the page says of which nobody does`(
        _ say: Language
    ) async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await sari.post("/cases/new", ["text": "Is my invoice paid?", "telephone": "", "answering": "email"])
        budi.language = say.code
        let sentence = say("Nobody here is billing clerk", id: "di sini yang dapat mengambilnya")
        func isRefused() async throws -> Bool {
            let page = try await budi.get("/staff/cases/1")
            #expect(page.text.contains(sentence) && !page.text.contains("action=\"/staff/cases/1/handover\""), "\(page.text)")
            let answer = try await budi.post("/staff/cases/1/handover", ["role": "billing clerk", "form": page.token])
            return answer.status == 422 && answer.text.contains(sentence)
        }
        #expect(try await isRefused())
        _ = try await ratna.post("/staff/team", ["name": "Tono", "email": "tono@office.example", "role": "billing clerk"])
        #expect(try await isRefused(), "he hasn’t come in yet")
        #expect(try await budi.get("/staff").text.contains("/staff/cases/1"))
        try await Browser(house).signIn("tono@office.example")
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("action=\"/staff/cases/1/handover\"") && !page.contains(sentence))
        #expect(try await budi.post("/staff/cases/1/handover", ["role": "billing clerk"], from: "/staff/cases/1").status == 303)
    }
}
