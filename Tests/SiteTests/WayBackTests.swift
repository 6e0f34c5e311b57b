// The slow way back in pages: asked for, seen by whoever is signed in, stopped or taken.
import Testing

@testable import Site

@Suite struct `A way back in pages` {
    @Test(arguments: Language.allCases) func `is asked for, waits, and lets in`(_ language: Language) async throws {
        let house = try await House(), sari = try await house.sari(), lost = Browser(house)
        lost.language = language.code
        sari.language = language.code
        try await sari.setApp(house)
        try await lost.comeToFactor()
        let asked = try await lost.get("/sign-in/way-back").text
        #expect(asked.contains(language("7 days, in which everybody", id: "7 hari, dan selama itu semua")))
        #expect(try await lost.post("/sign-in/way-back", [:]).location == "/sign-in/way-back")
        #expect(try await lost.get("/sign-in/way-back").text.contains(language("You can come in from", id: "Anda bisa masuk mulai")))
        let bar = language("That wasn’t me: stop it", id: "Bukan saya: hentikan")
        for page in ["/", "/privacy", "/cases"] { #expect(try await sari.get(page).text.contains(bar)) }
        house.clock.advance(by: .seconds(9 * 86_400))
        try await lost.comeToFactor()
        #expect(try await lost.get("/sign-in/way-back").text.contains(language("The time is over", id: "Waktunya sudah lewat")))
        #expect(try await lost.post("/sign-in/way-back", [:]).location == "/privacy")
        let list = try await lost.get("/privacy").text
        #expect(list.contains("#signing-in.way-back") && !list.contains(bar))
        #expect(list.contains(language("The site</b> deleted", id: "Situs ini</b> menghapus")))
    }

    @Test(arguments: Language.allCases) func `takes as long as the policy says, on the page of the account too`(_ say: Language)
        async throws
    {
        let house = try await House(), sari = try await house.sari()
        sari.language = say.code
        try await sari.setApp(house)
        #expect(try await sari.get("/account").text.contains(say("waits 7 days", id: "menunggu 7 hari")))
        let seven = "set by sending way-back notice at least 7 days ago", text = PolicyLines.text
        try #require(text.contains(seven))
        try await house.reopen(under: Array(text.replacing(seven, with: seven.replacing("7", with: "9")).utf8))
        #expect(try await sari.get("/account").text.contains(say("waits 9 days", id: "menunggu 9 hari")))
    }

    @Test func `is stopped by a button on any page, and by the letter's link`() async throws {
        let house = try await House(), sari = try await house.sari(), thief = Browser(house)
        try await sari.setApp(house)
        try await thief.comeToFactor()
        _ = try await thief.post("/sign-in/way-back", [:])
        #expect(try await sari.post("/account/way-back/ending", [:], from: "/privacy").location == "/account?now=stopped")
        #expect(try await sari.get("/account?now=stopped").text.contains("It is stopped"))
        _ = try await thief.post("/sign-in/way-back", [:])
        let mail = try #require(house.office.outbox.first { $0.subject.contains("without your app") })
        let link = try #require(mail.text.firstMatch(of: /\/not-me\/[0-9a-f]+/)).output
        let page = try await Browser(house).get(String(link)).text
        #expect(page.contains("asks to come in without your app") && page.contains("Stop it, and end all sessions"))
        #expect(try await Browser(house).post(String(link), [:]).text.contains("It is stopped"))
        #expect(try await thief.get("/sign-in/way-back").location == "/sign-in")
        #expect(try await sari.get("/privacy").location == "/sign-in")
    }

    @Test func `is no page for who has shown nothing`() async throws {
        let house = try await House(), stranger = Browser(house)
        #expect(try await stranger.get("/sign-in/way-back").location == "/sign-in")
        #expect(try await stranger.post("/sign-in/way-back", [:], from: "/sign-in").location == "/sign-in")
        #expect(try await stranger.post("/account/way-back/ending", [:], from: "/sign-in").location == "/sign-in")
    }
}

extension Browser {
    /// The code that was mailed is right; the one of the app is asked for.
    fileprivate func comeToFactor() async throws {
        house.clock.advance(by: .seconds(601))
        _ = try await post("/sign-in", ["email": "sari@ladatimur.example", "way": "code"])
        let mail = try #require(house.office.outbox.first { $0.subject.contains("is your code") })
        let entered = try await post("/sign-in/code", ["code": String(mail.subject.prefix(6))])
        #expect(entered.location == "/sign-in/second-factor")
    }
}
