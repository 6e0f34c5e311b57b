// Who tries too often.
import HTTP
import Testing

@testable import Site

@Suite struct Throttling {
    @Test func `who registers and signs in too often waits, and loses nothing that was typed`() async throws {
        let house = try await House(tries: 2), sari = Browser(house)
        let typed = ["name": "Sari O'Wijaya", "email": "sari@ladatimur.example", "telephone": "+62 811 1234"]
        #expect(try await sari.post("/register", typed).status == 303)
        #expect(try await sari.post("/sign-in", ["email": "sari@ladatimur.example"]).status == 303)
        let mails = house.office.outbox.count
        for (path, fields) in [
            ("/register", typed), ("/sign-in", ["email": "sari@ladatimur.example"]), ("/sign-in/code", ["code": "12 34 56"]),
        ] {
            let answer = try await sari.post(path, fields)
            #expect(answer.status == 429 && (1...3_000).contains(answer.retryAfter ?? 0), "\(path)")
            for value in fields.values {
                #expect(answer.text.contains("value=\"\(value.replacing("'", with: "&#39;"))\""), "\(path): \(value)")
            }
            #expect(answer.text.contains("What you typed is still here"))
        }
        let renewed = try await sari.post("/sign-in/code/renewal", [:], from: "/sign-in/code")
        #expect(renewed.status == 429 && renewed.text.contains("action=\"/sign-in/code\""))
        #expect(house.office.outbox.count == mails, "and nothing was sent")
    }

    @Test func `another network isn't kept waiting, and reading costs nothing`() async throws {
        let house = try await House(tries: 1), here = Browser(house), elsewhere = Browser(house)
        elsewhere.address = try #require(Address("203.0.113.9"))
        for _ in 0..<20 { #expect(try await here.get("/register").status == 200) }
        #expect(try await here.post("/sign-in", ["email": "x@y.example"]).status == 303)
        #expect(try await here.post("/sign-in", ["email": "x@y.example"]).status == 429)
        #expect(try await elsewhere.post("/sign-in", ["email": "x@y.example"]).status == 303)
    }

    @Test func `a question too many comes back with its text`() async throws {
        let house = try await House(), sari = try await house.sari()
        for number in 1...20 {
            #expect(try await sari.post("/cases/new", ["text": "Question \(number)", "telephone": "0812 5550 4417"]).status == 303)
        }
        let answer = try await sari.post("/cases/new", ["text": "One more question", "telephone": "0812 5550 4417"])
        #expect(answer.status == 429 && answer.retryAfter == 86_400 && answer.text.contains("One more question</textarea>"))
        #expect(answer.text.contains("Send it again when one of them is settled") && !answer.text.contains("24 hours"))
    }
}
