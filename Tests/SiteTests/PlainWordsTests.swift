// What the person's own pages say of who wrote what, of what rests, of a form that came damaged.

import Testing

@Suite struct `The person's pages` {
    @Test(arguments: ["en", "id"])
    func `say of what the staff wrote that the staff wrote it`(_ code: String) async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        func language(_ english: String, id indonesian: String) -> String { code == "en" ? english : indonesian }
        sari.cookies["language"] = code
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/notes", ["text": "She is abroad."], from: "/staff/cases/1")
        let list = try await sari.get("/privacy").text
        #expect(
            list.contains(
                language(
                    "Customer service 1</b> wrote <b>a case note</b> about you",
                    id: "Layanan pelanggan 1</b> menulis <b>catatan pertanyaan</b> tentang Anda")))
        #expect(!list.contains(language("Because so", id: "Karena supaya")) && list.contains(language("Why: ", id: "Karena: ")))
        let own = try await sari.get("/cases/1").text
        #expect(own.contains(language("What you wrote", id: "Yang Anda tulis")))
    }

    @Test func `say of a call whose words they are, and what to do where it isn't theirs`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        let form = ["channel": "call", "text": "Is my post there?", "from": "0812 5550 4417", "answering": "telephone"]
        #expect(try await budi.post("/staff/contacts/new", form).status == 303)
        let found = try await budi.post("/staff/cases/1/search", ["sought": "Sari"], from: "/staff/cases/1").text
        let subject = try #require(found.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        #expect(try await budi.post("/staff/cases/1/joining", ["customer": String(subject)], from: "/staff/cases/1").status == 303)
        let own = try await sari.get("/cases/1").text
        #expect(own.contains("What customer service wrote down of a call") && own.contains("If it wasn’t you who called"))
        #expect(
            try await sari.get("/privacy").text.contains("Customer service 1</b> wrote down <b>your case message and caller address</b>"))
    }

    @Test func `say before a question is asked that it will rest, and of one that it does`() async throws {
        let sari = try await House().sari()
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        #expect(try await sari.get("/cases/new").text.contains("it rests until you take that back"))
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        for page in ["/cases", "/cases/1"] {
            let text = try await sari.get(page).text
            #expect(text.contains(">Rests<") && !text.contains(">Open<"), "\(page)")
        }
    }

    @Test func `of a closed question say nothing of how it will be answered`() async throws {
        let sari = try await House().sari()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        #expect(try await sari.get("/cases/1").text.contains("Who may look up your telephone number"))
        _ = try await sari.post("/cases/1/settling", [:], from: "/cases/1")
        let closed = try await sari.get("/cases/1").text
        #expect(closed.contains("This is closed") && !closed.contains("look up your telephone number"))
    }

    @Test func `lift no restriction by a form that lacks what its page gave it`() async throws {
        let sari = try await House().sari()
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        for form in [[:], ["restrict": ""], ["restrict": "off"]] {
            let answer = try await sari.post("/privacy/restriction", form, from: "/privacy")
            #expect(answer.status == 422 && answer.text.contains("This form came damaged"), "\(form)")
        }
        #expect(try await sari.get("/privacy").text.contains("Use my data again"))
    }

    @Test func `delete nothing at once while a former address may come back`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/privacy/correction/email-address", ["value": "eve@elsewhere.example"])
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await sari.post("/privacy/address/code", ["code": code]).status == 303)
        let page = try await sari.get("/leave").text
        #expect(!page.contains("Delete at once</button>") && page.contains("Not at once before"))
        #expect(page.contains("destroyed in seven days") && !page.contains("or at once"))
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "now"]).status == 403)
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "later"]).status == 303)
        let letter = try #require(house.office.outbox.first { $0.subject.contains("was changed") })
        let link = String(try #require(letter.text.firstMatch(of: /\/address-back\/[0-9a-f]+/)).output), owner = Browser(house)
        let asked = try await owner.get(link).text
        #expect(asked.contains("Password and passkeys go too") && asked.contains("put down to be deleted"))
        let done = try #require(try await owner.post(link, [:]).location)
        for _ in 0..<2 {
            let told = try await owner.get(done).text
            #expect(told.contains("Your address is back") && told.contains("put down to be deleted"))
        }
        #expect(try await Browser(house).get(done).status == 404, "we say it to the browser that pressed, and to no other")
    }

    @Test func `say nothing that whoever made the link made up`() async throws {
        let house = try await House(), sari = try await house.sari()
        for browser in [Browser(house), sari] {
            let link = "/address-back/\(String(repeating: "a", count: 32))?back=address&gone=password&case=2&goes=2026-12-08"
            for seal in ["", "&said=", "&said=" + String(repeating: "a", count: 32)] {
                let answer = try await browser.get(link + seal)
                #expect(answer.status == 404 && !answer.text.contains("is back") && !answer.text.contains("8 December"))
            }
        }
    }

    @Test func `that somebody wanted come after they have signed in`() async throws {
        let house = try await House()
        _ = try await house.sari()
        for (wanted, comes) in [
            ("/cases/new", "/cases/new"), ("/privacy/correction/email-address", "/privacy/correction/email-address"),
            ("/staff/cases/1", "/privacy"), ("/nowhere", "/privacy"), ("/privacy?refused=yes", "/privacy?refused=yes"),
            ("/privacy?who=customer+service&refused=yes", "/privacy?who=customer+service&refused=yes"),
            ("/privacy?who=nobody", "/privacy"), ("/cases/new?x=1", "/cases/new"),
        ] {
            let sari = Browser(house)
            house.clock.advance(by: .seconds(700))
            _ = try await sari.get(wanted)
            _ = try await sari.post("/sign-in", ["email": "sari@ladatimur.example"])
            let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
            #expect(try await sari.post("/sign-in/code", ["code": code]).location == comes)
            #expect(sari.cookies["after", default: ""].isEmpty)
        }
    }

    @Test func `of which a form was lost by signing out come after signing in`() async throws {
        let house = try await House(), sari = try await house.sari(), here = [("Sec-Fetch-Site", "same-origin")]
        for (press, comes) in [("/cases/new", "/cases/new"), ("/cases/1/addition", "/cases/1"), ("/privacy/restriction", "/privacy")] {
            let form = try await sari.get("/cases/new").token
            house.clock.advance(by: .seconds(700))
            sari.cookies["session"] = nil
            let lost = try await sari.post(press, ["text": "One word more.", "form": form], headers: here)
            #expect(lost.status == 403 && lost.text.contains("One word more."), "\(press)")
            _ = try await sari.post("/sign-in", ["email": "sari@ladatimur.example"])
            let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
            #expect(try await sari.post("/sign-in/code", ["code": code]).location == comes)
        }
    }

    @Test func `take no form with two values under one name`() async throws {
        let house = try await House(), ratna = try await house.ratna(), form = try await ratna.get("/staff/team").token
        let body = "name=Eve&email=eve%40elsewhere.example&role=customer+service&role=administrator&form=\(form)"
        #expect(try await ratna.send(.post, "/staff/team", body: Array(body.utf8)).text.contains("This form came damaged"))
        #expect(try await !ratna.get("/staff/team").text.contains("eve@"))
    }

    @Test func `promise no more of a code than it does once there is an app`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.get("/account").text.contains("Works always, also if you forget the rest"))
        try await sari.setApp(house)
        let page = try await sari.get("/account").text
        #expect(page.contains("then the app is asked for") && !page.contains("Works always") && !page.contains("locks you out"))
    }

    @Test func `that wait for a code say to everybody why none may come`() async throws {
        let house = try await House()
        _ = try await house.sari()
        var pages: [String] = []
        for email in ["sari@ladatimur.example", "nobody@ladatimur.example"] {
            let browser = Browser(house)
            for _ in 0..<6 { _ = try await browser.post("/sign-in", ["email": email]) }
            pages.append(try await browser.get("/sign-in/code").text)
        }
        #expect(
            pages.allSatisfy { $0.contains("No code yet?") && $0.contains("Try again in ten minutes.") && $0.contains("You needn’t wait") })
    }
}
