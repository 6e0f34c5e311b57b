// Pages with nothing to show, and links that lead back to where somebody was.
import Store
import Testing
import Vault

@testable import Site

@Suite struct EmptyStates {
    @Test func `a used link for the first administrator says so, and how to get in`() async throws {
        let house = try await House(), invitation = try #require(try await house.office.firstInvitation()), late = Browser(house)
        let form = try await late.get("/begin/\(invitation.text)").token
        let ratna = Browser(house)
        _ = try await ratna.post("/begin/\(invitation.text)", ["name": "Ratna Dewi", "email": "ratna@office.example"])
        try await ratna.enterCode()
        for answer in [
            try await late.get("/begin/\(invitation.text)"),
            try await late.post("/begin/\(invitation.text)", ["name": "Budi", "email": "budi@office.example", "form": form]),
        ] {
            #expect(answer.status == 404)
            for words in ["no longer works", "href=\"/sign-in\"", "each start prints a new link"] { #expect(answer.text.contains(words)) }
        }
    }

    @Test func `an outbox that is empty after a restart says why, and how to get a new code`() async throws {
        let house = try await House(), sari = Browser(house)
        _ = try await sari.post("/register", ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": ""])
        #expect(try await sari.get("/dev/outbox").text.contains("sari@ladatimur.example"))
        try await house.reopen()
        let page = try await sari.get("/dev/outbox").text
        #expect(page.contains("gone") && page.contains("Send another code") && page.contains("href=\"/sign-in\""))
        house.clock.advance(by: .seconds(11))
        #expect(try await sari.post("/sign-in/code/renewal", [:], from: "/sign-in/code").location == "/sign-in/code?sent=again")
        try await sari.enterCode()
        #expect(try await sari.get("/privacy").status == 200, "and that way really leads in")
    }

    @Test func `a desk without cases doesn't say that nobody ever asked`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        let page = try await budi.get("/staff").text
        #expect(page.contains("No cases") && !page.contains("yet"))
    }

    @Test func `the log explains itself before and after its first entry`() async throws {
        let house = try await House()
        let before = try await Browser(house).get("/log")
        #expect(before.status == 200 && before.text.contains("Nothing is published yet"))
        #expect(try await Browser(house).get("/log/checkpoint").status == 404)
        _ = try await house.sari()
        #expect(try await house.office.vault.publish(Publishing(period: 1, floor: 300)))
        let page = try await Browser(house).get("/log"), note = try await Browser(house).get("/log/checkpoint")
        #expect(note.text.hasPrefix("localhost:8080/log\n"))
        #expect(page.text.contains("href=\"/log/checkpoint\"") && page.text.contains("Fetch the signed note"))
        #expect(page.text.contains(note.text.split(separator: "\n")[2].replacing("+", with: "+")))
        #expect(try await Browser(house).get("/log/tile/0/000").status == 200)
        #expect(try await Browser(house).get("/log/tile/entries/001.p/44").status == 200)
        for path in ["tile/0/001", "tile/0/001.p/45", "tile/2/000", "tile/", "tile/0/x000/000"] {
            #expect(try await Browser(house).get("/log/\(path)").status == 404)
        }
        #expect(try await Browser(house).get("/register").text.contains("href=\"/log\""), "and the footer leads there")
    }

    @Test func `a log that isn't as it was signed is given out to nobody, and that is said`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        #expect(try await house.office.vault.publish(Publishing(period: 1, floor: 300)))
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            _ = try rows.run("UPDATE log_public SET note = replace(note, '/log', '/lag')")
        }
        for path in ["/log", "/log/checkpoint", "/log/tile/0/000"] {
            let answer = try await Browser(house).get(path)
            #expect(answer.status == 503 && answer.text.contains("aren’t as they were signed"), "\(path)")
        }
        let page = try await ratna.get("/staff/house")
        #expect(page.status == 200 && page.text.contains("The newest public checkpoints aren’t as they were signed"))
    }
}

@Suite struct Ways {
    @Test func `a change of language stays where one is, also after a form`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1")
        let shown = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        #expect(shown.text.contains("href=\"/language/id?to=/staff/cases/1\""))
        let stranger = Browser(house)
        _ = try await stranger.post("/sign-in", ["email": "sari@ladatimur.example"])
        let wrong = try await stranger.post("/sign-in/code", ["code": "000000 "])
        #expect(wrong.status == 422 && wrong.text.contains("href=\"/language/id?to=/sign-in/code\""))
        let back = try await stranger.get("/language/id?to=/sign-in/code")
        #expect(back.location == "/sign-in/code")
        #expect(try await stranger.get("/sign-in/code").text.contains("<html lang=\"id\">"))
    }

    @Test func `who is signed in stays so on a page that isn't there`() async throws {
        let sari = try await House().sari()
        let page = try await sari.get("/nothing-here")
        #expect(page.status == 404 && page.text.contains("Sign out") && !page.text.contains(">Sign in<"))
    }

    @Test func `nobody is offered to close a case that they may not read`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        #expect(try await !ratna.get("/staff/cases/1").text.contains("/staff/cases/1/closure"))
    }

    @Test func `English has its article before each name`() async throws {
        #expect("address notice".withArticle == "an address notice" && "session cookie".withArticle == "a session cookie")
        let house = try await House(), sari = try await house.sari()
        _ = try await Browser(house).post("/register", ["name": "X", "email": "sari@ladatimur.example", "telephone": ""])
        let page = try await sari.get("/privacy").text
        #expect(page.contains("We sent you <b>an address notice</b>") && page.contains("<b>a confirmation code</b>"))
    }
}
