// Addresses and forms that no page gave: what is answered says what is so, and nothing is done by mistake.
import Testing

@testable import Site

@Suite struct `An address or a form that no page gave` {
    @Test func `doesn't say of what is stored that it isn't`() async throws {
        let house = try await House(), sari = try await house.sari()
        for path in ["/privacy/correction/session-cookie", "/privacy/correction/record-of-uses", "/privacy/removal/session-cookie"] {
            let answer = try await sari.get(path)
            #expect(answer.status == 409 && answer.text.contains("isn’t changed by itself"), "\(path)")
        }
        let none = try await sari.get("/privacy/correction/passkeys")
        #expect(none.status == 410 && none.text.contains("No passkeys of yours are stored"))
    }

    @Test func `ends no session that there isn't, and deletes no account`() async throws {
        let house = try await House(), sari = try await house.sari()
        let ended = try await sari.post("/account/sessions/99/ending", [:], from: "/account")
        #expect(ended.location == "/account?now=over")
        #expect(try await sari.get("/account?now=over").text.contains("was over already"))
        for form in [["sure": "yes"], ["sure": "yes", "when": "someday"]] {
            let answer = try await sari.post("/leave", form)
            #expect(answer.status == 422 && answer.text.contains("came damaged"), "\(form)")
        }
        #expect(try await !sari.get("/privacy").text.contains("delete your account in seven days"))
    }

    @Test func `leads back from another language to the page that answered`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let answer = try await budi.post("/staff/cases/1/wish", ["wish": ""], from: "/staff/cases/1/behalf")
        #expect(answer.status == 422 && answer.text.contains("?to=/staff/cases/1/behalf"))
    }

    @Test func `brings no question of which nothing is to be seen`() async throws {
        let house = try await House(), sari = try await house.sari()
        let answer = try await sari.post("/cases/new", ["text": "\u{200B}\u{200D}", "telephone": "0812 5550 4417"])
        #expect(answer.status == 422 && answer.text.contains("Write what it is about"))
    }

    @Test func `names all that a hold lacks at once`() async throws {
        let house = try await House(), ratna = try await house.ratna(), wulan = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Wulan", "email": "wulan@office.example", "role": "privacy officer"])
        try await wulan.signIn("wulan@office.example")
        let answer = try await wulan.post("/staff/holds", ["customer": " "])
        #expect(answer.status == 422 && answer.text.contains("id=\"customer-e\""))
        #expect(answer.text.contains("id=\"text-e\"") && answer.text.contains("id=\"review-e\""))
    }

    @Test func `says to whoever works here how their account ends`() async throws {
        let house = try await House(), budi = try await house.budi()
        #expect(try await budi.get("/leave").text.contains("an administrator ends it"))
    }

    @Test func `promises no call while the question rests, and no mail where there is no address`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        let asked = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let page = try await sari.get(try #require(asked.location)).text
        #expect(page.contains("This rests") && !page.contains("will call you"))
    }
}
