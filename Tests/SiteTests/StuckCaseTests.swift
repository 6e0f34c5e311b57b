// Cases on which somebody can’t go on: what the pages say, and what is offered instead.

import Office
import Testing

@testable import Site

@Suite struct `A case on which nothing can be done` {
    @Test func `was closed or deleted meanwhile, and whoever had it before them reads that with what they wrote`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        for text in ["Where is my parcel?", "And my fax?"] {
            _ = try await sari.post("/cases/new", ["text": text, "telephone": "", "answering": "email"])
        }
        let answer = ["way": "email", "text": "It lies here.", "form": try await budi.get("/staff/cases/1").token]
        _ = try await sari.post("/cases/1/settling", [:], from: "/cases/1")
        let closed = try await budi.post("/staff/cases/1/answer", answer)
        #expect(closed.status == 410 && closed.text.contains("Case 1 is closed") && closed.text.contains("It lies here."))
        _ = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        let deleted = try await budi.post("/staff/cases/2/notes", answer)
        #expect(deleted.status == 410 && deleted.text.contains("Case 2 is deleted") && deleted.text.contains("It lies here."))
        #expect(try await budi.post("/staff/cases/3/notes", answer).status == 404, "it never was")
        let joko = Browser(house)
        _ = try await joko.post("/register", ["name": "Joko", "email": "joko@pasarlama.example", "telephone": ""])
        try await joko.enterCode()
        #expect(try await joko.post("/staff/cases/1/notes", ["text": "Mine?"], from: "/account").status == 404)
    }
}

@Suite struct `A call that nobody can make` {
    @Test func `is said to both sides, and its person gives a number or chooses email`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        #expect(try await !sari.get("/cases/1").text.contains("Nobody can call you"))
        _ = try await sari.post("/privacy/removal/telephone-number", ["sure": "yes"], from: "/privacy/removal/telephone-number")
        let own = try await sari.get("/cases/1").text
        #expect(own.contains("Nobody can call you") && own.contains("/privacy/adding/telephone-number"))
        #expect(try await budi.get("/staff/cases/1").text.contains("There is no number to call"))
        let chosen = try await sari.post("/cases/1/addition", ["answering": "email"], from: "/cases/1")
        #expect(chosen.location == "/cases/1?now=emailed")
        #expect(try await !sari.get("/cases/1").text.contains("Nobody can call you"))
        #expect(try await budi.get("/staff/cases/1").text.contains("Answer by email"))
    }

    @Test func `isn't asked for where they want an email: the number isn't taken in`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.get("/cases/new").text.contains("one that is there already is replaced"))
        let asked = try await sari.post("/cases/new", ["text": "By mail.", "telephone": "+62 811 7770 4242", "answering": "email"])
        #expect(asked.status == 303)
        let held = try await sari.get("/privacy").text
        #expect(held.contains("+62 812 5550 4417") && !held.contains("+62 811 7770 4242"))
        _ = try await sari.post("/cases/new", ["text": "By a call.", "telephone": "+62 811 7770 4242", "answering": "telephone"])
        #expect(try await sari.get("/privacy").text.contains("+62 811 7770 4242"))
    }
}

@Suite struct `A role that lost the cases` {
    @Test func `reads by which rule it had them, and so does who would hand one over`() async throws {
        let house = try await House(), ratna = try await house.ratna(), budi = Browser(house), tono = Browser(house)
        let sari = try await house.sari()
        for (browser, email, role) in [(budi, "budi@office.example", "customer service"), (tono, "tono@office.example", "billing clerk")] {
            _ = try await ratna.post("/staff/team", ["name": "Of the staff", "email": email, "role": role])
            _ = try await browser.post("/sign-in", ["email": email])
            try await browser.enterCode()
        }
        _ = try await sari.post("/cases/new", ["text": "Is my invoice paid?", "telephone": "", "answering": "email"])
        _ = try await budi.post("/staff/cases/1/handover", ["role": "billing clerk"], from: "/staff/cases/1")
        let line = try LackingLines.line("billing clerk may read amount due")
        try await house.reopen(lacking: [line])
        let rule = "billing clerk may read amount due"
        for page in ["/staff", "/staff/cases/1"] { #expect(try await tono.get(page).text.contains(rule), "\(page)") }
        #expect(try await !tono.get("/staff/cases/1").text.contains("while the case is open: ."))
        #expect(try await budi.get("/staff/cases/1").text.contains(rule))
        #expect(try await ratna.get("/staff").text.contains("none comes here"))
    }
}

@Suite struct `A wish that was written down` {
    @Test func `is taken back on the page, by the clerk and by its person`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "My name is wrong.", "telephone": "", "answering": "email"])
        for wish in ["full name", "deletion"] {
            _ = try await budi.post("/staff/cases/1/wish", ["wish": wish], from: "/staff/cases/1/behalf")
        }
        #expect(try await budi.get("/staff/cases/1/behalf").text.contains("They don’t ask for it"))
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "full name", "back": "yes"], from: "/staff/cases/1/behalf")
        let own = try await sari.get("/cases/1").text
        #expect(
            own.contains("Asked for as yours, and not done yet") && own.contains("value=\"deletion\"")
                && !own.contains("value=\"full name\""))
        let answer = try await sari.post("/cases/1/unwanted", ["wish": "deletion"], from: "/cases/1")
        #expect(answer.location == "/cases/1?now=unwanted")
        #expect(try await !sari.get("/cases/1").text.contains("Asked for as yours"))
    }
}
