// Whose a call was, in pages: said before it is done, and taken back.

import Office
import Testing
import Zones

@testable import Site

@Suite struct `Whose a call was` {
    private func found() async throws -> (house: House, sari: Browser, budi: Browser, answer: Answer) {
        let house = try await House(), (sari, budi, answer) = try await found(in: house)
        return (house, sari, budi, answer)
    }

    private func found(in house: House) async throws -> (sari: Browser, budi: Browser, answer: Answer) {
        let sari = try await house.sari(), budi = try await house.budi()
        let words = ["channel": "call", "text": "My card was stolen.", "from": "0811 7770 4242", "answering": "telephone"]
        #expect(try await budi.post("/staff/contacts/new", words).status == 303)
        return (sari, budi, try await budi.post("/staff/cases/1/search", ["sought": "Sari"], from: "/staff/cases/1"))
    }

    @Test func `is said before it is done: by name and number, with what they will read`() async throws {
        let (_, sari, budi, answer) = try await found()
        let number = try #require(answer.text.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        let confirming = try #require(answer.text.components(separatedBy: "<summary>It is theirs</summary>").dropFirst().first)
        let hint = try #require(confirming.components(separatedBy: "</form>").first)
        #expect(hint.contains("Sari Wijaya") && hint.contains("customer \(number)") && hint.contains("will then read"))
        #expect(hint.contains("Yes, it is theirs"))
        #expect(try await sari.get("/account").text.contains("Your customer number: <b>\(number)</b>"))
        #expect(try await budi.get("/account").text.contains("customer number") == false)
    }

    @Test func `is taken back by two presses, and told to who had it`() async throws {
        let (_, sari, budi, answer) = try await found()
        let number = try #require(answer.text.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        _ = try await budi.post("/staff/cases/1/joining", ["customer": String(number)], from: "/staff/cases/1")
        #expect(try await sari.get("/cases/1").text.contains("My card was stolen."))
        #expect(try await budi.get("/staff/cases/1").text.contains("<summary>It isn’t theirs</summary>"))
        #expect(try await budi.post("/staff/cases/1/parting", [:], from: "/staff/cases/1").location == "/staff/cases/1?now=parted")
        #expect(try await budi.get("/staff/cases/1?now=parted").text.contains("of nobody known again"))
        #expect(try await sari.get("/cases/1").status == 404)
        let list = try await sari.get("/privacy").text
        #expect(list.contains("found that case 1 isn’t yours") && !list.contains("My card was stolen."))
    }

    @Test func `is to be answered again once it is taken back: what was answered wasn't answered to whoever asked`() async throws {
        var place = Business.Location(name: "Menara Kuningan"), business = Business()
        place.opening = OpeningHours(
            zone: try #require(Zone("Asia/Jakarta")), week: try #require(OpeningHours.week("Mon-Sun 00:00-24:00")), closed: [])
        business.locations = [place]
        let house = try await House(business: business), (_, budi, answer) = try await found(in: house)
        let number = try #require(answer.text.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        _ = try await budi.post("/staff/cases/1/joining", ["customer": String(number)], from: "/staff/cases/1")
        let said = ["way": "telephone", "text": "Told how to block a card.", "then": "wait"]
        #expect(try await budi.post("/staff/cases/1/answer", said, from: "/staff/cases/1").status == 303)
        #expect(try await !budi.get("/staff").text.contains("Due "))
        _ = try await budi.post("/staff/cases/1/parting", [:], from: "/staff/cases/1")
        #expect(try await budi.get("/staff").text.contains("Due "))
    }

    @Test func `asks for a number to call, and takes in nothing that is neither a number nor an address`() async throws {
        let house = try await House(), budi = try await house.budi()
        var form = ["channel": "call", "text": "A call.", "from": "", "answering": "telephone"]
        for (from, answering, sentence) in [
            ("", "telephone", "Ask which number we should call"), ("not a number <b>", "none", "one email address, or leave it empty"),
            ("0811 7770 4242", "pigeon", "Choose how we should answer"),
        ] {
            (form["from"], form["answering"]) = (from, answering)
            let page = try await budi.post("/staff/contacts/new", form, from: "/staff/contacts/new")
            #expect(page.status == 422 && page.text.contains(sentence) && page.text.contains("A call."), "\(from)")
        }
        (form["from"], form["answering"]) = ("", "none")
        #expect(try await budi.post("/staff/contacts/new", form, from: "/staff/contacts/new").location == "/staff/cases/1?now=recorded")
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("they want no answer") && !page.contains("answered by a call all the same"))
        #expect(!page.contains("A customer reads that in their case"), "it is of no customer")
    }

    @Test func `is looked for five times, and then the page says what to do`() async throws {
        let (_, _, budi, _) = try await found()
        #expect(try await budi.get("/staff/cases/1").text.contains("you look 5 times at most; 4 are left."))
        for _ in 2...5 { #expect(try await budi.post("/staff/cases/1/search", ["sought": "Joko"], from: "/staff/cases/1").status == 200) }
        let sixth = try await budi.post("/staff/cases/1/search", ["sought": "Sari"], from: "/staff/cases/1")
        #expect(sixth.status == 422 && sixth.text.contains("Let a colleague take it") && !sixth.text.contains("Sari Wijaya"))
        #expect(sixth.text.contains("looked for whose this is: nobody fitted"))
    }

    @Test func `isn't looked for where the rule is gone, and the page names it`() async throws {
        let line =
            "customer service may read full name, email address, telephone number to find your account, on a contact in hand [finding]"
        let (house, _, budi, _) = try await found()
        #expect(try await budi.get("/staff/cases/1").text.contains("action=\"/staff/cases/1/search\""))
        try await house.reopen(lacking: [line])
        let page = try await budi.get("/staff/cases/1").text
        #expect(!page.contains("/staff/cases/1/search") && page.contains(line.replacing(" [finding]", with: "")))
    }

    @Test func `can't be said any more where the rule is gone by which they were found, and the page names it`() async throws {
        let line =
            "customer service may read full name, email address, telephone number to find your account, on a contact in hand [finding]"
        let (house, sari, budi, answer) = try await found()
        let number = try #require(answer.text.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        try await house.reopen(lacking: [line])
        let form = ["customer": String(number), "form": answer.token]
        let refused = try await budi.post("/staff/cases/1/joining", form)
        #expect(refused.status == 403 && refused.text.contains(line.replacing(" [finding]", with: "")))
        #expect(refused.text.contains("My card was stolen."), "it is the page of the case")
        #expect(try await sari.get("/cases/1").status == 404)
    }

    @Test func `can't be said any more a quarter of an hour after they were found, and the page says what to do`() async throws {
        let (house, sari, budi, answer) = try await found()
        let number = try #require(answer.text.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        house.clock.advance(by: .seconds(16 * 60))
        let form = ["customer": String(number), "form": answer.token]
        let late = try await budi.post("/staff/cases/1/joining", form)
        #expect(late.status == 422 && late.text.contains("Look for them with this contact first") && !late.text.contains("Sari Wijaya"))
        let nobody = try await budi.post("/staff/cases/1/joining", ["customer": "123456789", "form": answer.token])
        #expect(nobody.status == 422 && nobody.text.contains("Look for them with this contact first"), "it tells nothing of who is here")
        #expect(try await sari.get("/cases/1").status == 404)
    }

    @Test(arguments: Language.allCases) func `may be recorded so often in a day by one of the staff, and then the page says so`(
        _ say: Language
    ) async throws {
        let (house, _, budi, _) = try await found()
        let token = try #require(budi.cookies["session"].flatMap(Token.init)), session = try #require(try house.office.session(token))
        let member = try #require(session.staff)
        for _ in 2...house.office.settings.contactsADay {
            _ = try await house.office.record(ContactForm(channel: .call, text: "Rang off.", from: "", answering: .none), by: member)
        }
        budi.language = say.code
        let words = ["channel": "call", "text": "The heron is back.", "from": "", "answering": "telephone"]
        let page = try await budi.get("/staff/contacts/new").text, limit = house.office.settings.contactsADay
        #expect(page.contains(FormFault.contactsSpent(limit: limit).sentence(say)) && !page.contains("name=\"text\""))
        let answer = try await budi.post("/staff/contacts/new", words, from: "/staff/cases/1")
        #expect(answer.status == 422 && answer.text.contains("The heron is back.") && answer.text.contains("contacts_a_day"))
        #expect(answer.text.contains(FormFault.contactsSpent(limit: limit).sentence(say)))
    }

    @Test func `isn't found by a national number of no known country, and the page says so`() async throws {
        let (_, _, budi, _) = try await found()
        let answer = try await budi.post("/staff/cases/1/search", ["sought": "0812 5550 4417"], from: "/staff/cases/1")
        #expect(answer.text.contains("type it with the country"))
    }
}

@Suite struct `The question of who restricted their data` {
    @Test func `rests, and both sides read until when`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        let question = ["text": "Where is my parcel?", "telephone": "", "answering": "email"]
        _ = try await sari.post("/cases/new", question)
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        #expect(try await budi.get("/staff").text.contains("Rests: not to be used"))
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("It rests: the customer has their data kept") && !page.contains("Overdue"))
        #expect(try await sari.get("/cases/1").text.contains("This rests: you asked us not to use your data"))
    }
}

@Suite struct `A case for the billing clerk` {
    @Test func `says before it is handed over what they will see, and offers them nothing that can only be refused`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        let budi = Browser(house), tono = Browser(house)
        for (browser, email, role) in [(budi, "budi@office.example", "customer service"), (tono, "tono@office.example", "billing clerk")] {
            _ = try await ratna.post("/staff/team", ["name": "Of the staff", "email": email, "role": role])
            _ = try await browser.post("/sign-in", ["email": email])
            try await browser.enterCode()
        }
        _ = try await sari.post("/cases/new", ["text": "Is my invoice paid?", "telephone": "", "answering": "email"])
        let before = try await budi.get("/staff/cases/1").text
        #expect(before.contains("Billing clerk sees of this: when it came and what was done, without the words"))
        #expect(before.contains("Not shown to them: your full name") || before.contains("Not shown to them: full name"))
        #expect(try await budi.post("/staff/cases/1/handover", ["role": "billing clerk"], from: "/staff/cases/1").status == 303)

        let page = try await tono.get("/staff/cases/1").text
        #expect(page.contains("What your work sees of it") && page.contains("amount due"))
        #expect(!page.contains("Is my invoice paid?") && !page.contains("Sari Wijaya") && !page.contains("/staff/cases/1/opening"))
        #expect(!page.contains("no rule") && page.contains("/staff/cases/1/handover") && page.contains("/staff/cases/1/taking"))
        #expect(try await !sari.get("/privacy").text.contains("Refused:"))
    }

    @Test func `shows them nothing of it before it is theirs, nor after, and asks for nothing of a closed one`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        let budi = Browser(house), tono = Browser(house)
        for (browser, email, role) in [(budi, "budi@office.example", "customer service"), (tono, "tono@office.example", "billing clerk")] {
            _ = try await ratna.post("/staff/team", ["name": "Of the staff", "email": email, "role": role])
            try await browser.signIn(email)
        }
        _ = try await sari.post("/cases/new", ["text": "Is my invoice paid?", "telephone": "", "answering": "email"])
        func isHidden() async throws -> Bool {
            let page = try await tono.get("/staff/cases/1")
            return page.status == 403 && !page.text.contains("By the form") && !page.text.contains("What happened")
        }
        #expect(try await isHidden())
        _ = try await budi.post("/staff/cases/1/handover", ["role": "billing clerk"], from: "/staff/cases/1")
        #expect(try await tono.get("/staff/cases/1").status == 200)
        _ = try await tono.post("/staff/cases/1/handover", ["role": "customer service"], from: "/staff/cases/1")
        #expect(try await isHidden())
        _ = try await sari.post("/cases/1/settling", [:], from: "/cases/1")
        func refusals() async throws -> Int { try await sari.get("/privacy").text.components(separatedBy: "Refused:").count }
        let before = try await refusals()
        #expect(try await budi.get("/staff/cases/1").status == 200)
        #expect(try await refusals() == before, "whoever looks at the closed case asked for nothing of hers")
    }

    @Test func `isn't handed over where nothing of a case opens to them any more, and the rule that is gone is named`() async throws {
        let rule = try #require(PolicyLines.all.first { $0.hasPrefix("billing clerk may read amount due, payment result, invoice") })
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Is my invoice paid?", "telephone": "", "answering": "email"])
        let form = try await budi.get("/staff/cases/1").token
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [rule])
        let answer = try await budi.post("/staff/cases/1/handover", ["role": "billing clerk", "form": form])
        let told = "This rule is no longer in the policy: “\(rule.replacing("\n  ", with: " "))”"
        #expect(answer.status == 422 && answer.text.contains(told) && answer.text.contains("id=\"standing\""))
    }
}
