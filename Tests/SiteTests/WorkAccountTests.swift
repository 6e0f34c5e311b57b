// Whoever works here has an account for that: as a customer they ask nothing with it, and a case of theirs from before promises nothing.

import Store
import Testing

@testable import Site

@Suite struct `Somebody who works here` {
    @Test(arguments: Language.allCases) func `is offered no question that nobody could answer them`(_ say: Language) async throws {
        let house = try await House(), budi = try await house.budi()
        budi.language = say.code
        let words = say("an account for your work here", id: "akun untuk pekerjaan Anda di sini")
        let page = try await budi.get("/cases/new")
        #expect(page.status == 200 && page.text.contains(words) && !page.text.contains("action=\"/cases/new\""))
        let asked = try await budi.post("/cases/new", ["text": "Where is it?", "answering": "email"], from: "/account")
        #expect(asked.status == 403 && asked.text.contains(words) && asked.text.contains("Where is it?"))
        #expect(try await !budi.get("/staff").text.contains("/staff/cases/1"))
    }

    @Test func `who asked before is known as that, is sent no code, and has nothing to do with the case themselves`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        let joko = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Joko", "email": "joko@office.example", "role": "customer service"])
        try await joko.signIn("joko@office.example")
        _ = try await sari.post("/cases/new", ["text": "By mail, please.", "telephone": "", "answering": "email"])
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("UPDATE help_case SET subject = (SELECT subject FROM staff WHERE role = 'customer service' AND number = 1)")
            return
        }
        let page = try await joko.get("/staff/cases/1")
        #expect(page.status == 200 && page.text.contains("Somebody who works here"))
        #expect(!page.text.contains("action=\"/staff/cases/1/answer\"") || !page.text.contains("Send and wait"))
        #expect(page.text.contains("No mail goes to them as to a customer"))
        let behalf = try await joko.get("/staff/cases/1/behalf")
        #expect(behalf.status == 200 && behalf.text.contains("Nothing of theirs is known to which a code could go"))
        #expect(!behalf.text.contains("action=\"/staff/cases/1/caller-code\""))
        let sent = try await joko.post("/staff/cases/1/caller-code", ["through": "email address"], from: "/staff/cases/1/behalf")
        #expect(sent.status == 422 && !sent.text.contains("A code went to"))
        #expect(try await budi.get("/staff/cases/1").status == 404)
        #expect(try await !budi.get("/staff").text.contains("/staff/cases/1\""))
    }
}

@Suite struct `An answer in a case` {
    @Test(arguments: Language.allCases) func `goes the way in which it is wanted, and no other that somebody sends`(_ say: Language)
        async throws
    {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "By mail, please.", "telephone": "", "answering": "email"])
        budi.language = say.code
        let letters = house.office.outbox.count
        for (way, then, words) in [
            ("telephone", "wait", say("They don’t want the answer in that way", id: "Bukan dengan cara itu")),
            ("none", "close", say("They don’t want the answer in that way", id: "Bukan dengan cara itu")),
            ("email", "explode", say("waits after that or is closed", id: "menunggu atau ditutup")),
        ] {
            let answer = try await budi.post(
                "/staff/cases/1/answer", ["way": way, "then": then, "text": "It comes tomorrow."], from: "/staff/cases/1")
            #expect(answer.status == 422 && answer.text.contains(words) && answer.text.contains("It comes tomorrow."), "\(way) \(then)")
        }
        #expect(house.office.outbox.count == letters)
        #expect(try await !sari.get("/cases/1").text.contains("It comes tomorrow."))
        let sent = ["way": "email", "then": "wait", "text": "It comes tomorrow."]
        #expect(try await budi.post("/staff/cases/1/answer", sent, from: "/staff/cases/1").status == 303)
    }

    @Test(arguments: Language.allCases) func `by a call isn't spoken of to who recorded a stranger's mail`(_ say: Language) async throws {
        let house = try await House(), budi = try await house.budi()
        budi.language = say.code
        let mail = ["channel": "mail", "text": "A room?", "from": "stranger@who.example", "answering": "email"]
        let place = try #require(try await budi.post("/staff/contacts/new", mail).location?.prefix { $0 != "?" })
        let page = try await budi.get(String(place)).text
        #expect(page.contains(say("If nobody fits, it can’t be answered from here", id: "ini tidak dapat dijawab dari sini")))
        #expect(!page.contains(say("by a call all the same", id: "tetap dapat dijawab lewat telepon")))
    }
}

@Suite struct `What a browser keeps` {
    @Test(arguments: Language.allCases) func `is listed whole, and goes by one press with the session and the mark`(_ say: Language)
        async throws
    {
        let house = try await House(), sari = try await house.sari()
        sari.language = say.code
        let page = try await sari.get("/account").text
        for words in [
            say("What keeps you signed in", id: "Yang membuat Anda tetap masuk"), say("A mark of ours", id: "Tanda dari kami"),
            say("The language that you chose", id: "Bahasa yang Anda pilih"), say("Numbers that keep forms safe", id: "Angka yang menjaga"),
        ] { #expect(page.contains(words), "\(words)") }
        let before = sari.cookies
        #expect(before["session"]?.isEmpty == false && before["browser"]?.isEmpty == false)
        #expect(try await sari.post("/account/browser/removal", [:], from: "/account").location == "/")
        let left = sari.cookies.filter { !$0.value.isEmpty }.map(\.key)
        #expect(left == [])
        let thief = Browser(house)
        thief.cookies = before
        #expect(try await thief.get("/privacy").status == 303, "the session is gone in the house too")
        let rows = try house.store.read { (rows) throws(StoreFault) in
            try rows.first("SELECT count(*) FROM known_browser") { $0.integer(0) }
        }
        #expect(rows == 0)
    }
}

@Suite struct `The public log's page` {
    @Test func `says how often it is published as the house is set`() async throws {
        let often = try await Browser(House(logPeriod: 300)).get("/log").text
        #expect(often.contains("every 5 minutes") && !often.contains("every hour"))
        let usual = try await Browser(House()).get("/log").text
        #expect(usual.contains("every hour"))
        let words = [1, 5, 7_200].map { Language.indonesian.every(seconds: $0) }
        #expect(words == ["tiap detik", "tiap 5 detik", "tiap 2 jam"])
    }
}
