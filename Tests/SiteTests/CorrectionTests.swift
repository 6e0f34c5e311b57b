// The forms with which the person puts their data right.

import Office
import Testing

@testable import Site

@Suite struct `The form of a correction` {
    @Test func `is offered for each value that the policy lets her change, and for no other`() async throws {
        let house = try await House()
        let page = try await house.sari().get("/privacy").text
        for field in ["full-name", "email-address", "telephone-number"] { #expect(page.contains("/privacy/correction/\(field)\"")) }
        for field in ["session-cookie", "record-of-uses"] { #expect(!page.contains("/privacy/correction/\(field)\"")) }
    }

    @Test func `keeps what was typed and says in both languages what is wrong`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        for (language, sentence) in [("en", "Enter a telephone number"), ("id", "Isi nomor telepon")] {
            sari.language = language
            let answer = try await sari.post("/privacy/correction/telephone-number", ["value": "ring \"me\" <soon>"])
            #expect(answer.status == 422 && answer.text.contains(sentence))
            #expect(
                answer.text.contains("value=\"ring &quot;me&quot; &lt;soon>\"")
                    || answer.text.contains("value=\"ring &quot;me&quot; &lt;soon&gt;\""))
        }
    }

    @Test func `sent after the account was deleted changes nothing, and says what to do next`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        let token = try await sari.get("/privacy/correction/full-name").token
        let cookie = try #require(Token(sari.cookies["session"] ?? ""))
        let session = try #require(try house.office.session(cookie))
        _ = try await house.office.leave(session)
        let answer = try await sari.post("/privacy/correction/full-name", ["value": "Sari", "form": token])
        // Nobody is signed in any more.
        #expect(answer.status == 403 && answer.text.contains("Nothing was changed") && answer.text.contains("/sign-in"))
    }

    @Test func `of a text in a case lies below the case's number`() async throws {
        let house = try await House()
        let sari = try await house.sari()
        _ = try await sari.post("/cases/new", ["text": "The courier came twice.", "telephone": "+62 812 5550 4417"])
        #expect(try await sari.get("/privacy").text.contains("/privacy/correction/case-message/1\""))
        #expect(try await sari.get("/privacy/correction/case-message/1").text.contains("The courier came twice."))
        _ = try await sari.post("/privacy/correction/case-message/1", ["value": "Once."])
        #expect(try await sari.get("/cases/1").text.contains("Once."))
    }
}
