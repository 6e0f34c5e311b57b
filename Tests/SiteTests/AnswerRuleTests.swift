// Where a rule is out on which an answer stands: neither that answer is offered nor promised, and whatever stands on other rules goes on.

import Office
import Testing

@testable import Site

@Suite struct `Without the rule of an answer` {
    static let telephone = "customer service may read telephone number to answer you, on an open case"
    static let message = "customer service may read full name, case message to answer you, on an open case"
    static let caller = "collect caller address from help desk to answer you"
    static func mail() throws -> String { try LackingLines.line("send case answer through email address") }
    private static let call = "name=\"telephone\"", mailed = "name=\"answering\" value=\"email\""

    private static func words(_ from: String = "", _ answering: String = "telephone") -> [String: String] {
        ["channel": "call", "text": "My card was stolen.", "from": from, "answering": answering]
    }

    @Test func `a contact whose number may not be taken in is recorded without it`() async throws {
        let house = try await House(), budi = try await house.budi()
        try await house.reopen(lacking: [Self.caller + " [caller]"])
        let page = try await budi.get("/staff/contacts/new")
        #expect(page.status == 200 && page.text.contains(Self.caller) && !page.text.contains("name=\"from\""))
        #expect(page.text.contains("recorded without where it came from"))
        let refused = try await budi.post("/staff/contacts/new", Self.words("0811 7770 4242"))
        #expect(refused.status == 403 && refused.text.contains(Self.caller))
        #expect(refused.text.contains("My card was stolen.") && refused.text.contains("<bdi>0811 7770 4242</bdi>"))
        #expect(try await budi.post("/staff/contacts/new", Self.words()).location == "/staff/cases/1?now=recorded")
        #expect(try await budi.get("/staff/cases/1").text.contains("My card was stolen."))
    }

    @Test func `a contact without a number becomes theirs all the same`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        try await house.reopen(lacking: [Self.caller + " [caller]"])
        _ = try await budi.post("/staff/contacts/new", Self.words())
        let found = try await budi.post("/staff/cases/1/search", ["sought": "Sari"], from: "/staff/cases/1").text
        let number = try #require(found.firstMatch(of: /name="customer" value="(\d+)"/)?.1)
        let joined = try await budi.post("/staff/cases/1/joining", ["customer": String(number)], from: "/staff/cases/1")
        #expect(joined.location == "/staff/cases/1?now=joined")
        #expect(try await sari.get("/cases/1").text.contains("My card was stolen."))
    }

    @Test func `nobody is promised an email by who may not read their case`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await house.ask(sari, answering: .email)
        #expect(try await sari.get(after: "/cases/1?now=asked").text.contains("will answer you by email"))
        try await house.reopen(lacking: [Self.message])
        let page = try await sari.get(after: "/cases/1?now=asked").text
        #expect(
            !page.contains("will answer you by email") && !page.contains("We answer to your email address") && page.contains(Self.message))
        let form = try await sari.get("/cases/new").text
        #expect(form.contains(Self.message) && !form.contains("name=\"text\""), "neither way is possible")
        #expect(form.matches(of: /This can’t be done here/).count == 1, "it is said once")
        let sent = try await sari.post(
            "/cases/new", ["text": "Where is my parcel?", "telephone": "", "answering": "email"], from: "/account")
        #expect(sent.status == 403 && sent.text.contains("<bdi>Where is my parcel?</bdi>") && sent.text.contains(Self.message))
    }

    @Test func `a call isn't offered where nobody may read the number, and an email is`() async throws {
        let house = try await House(), sari = try await house.sari()
        #expect(try await sari.get("/cases/new").text.contains(Self.call))
        try await house.reopen(lacking: [Self.telephone])
        let form = try await sari.get("/cases/new").text
        #expect(form.contains(Self.telephone) && !form.contains(Self.call) && form.contains(Self.mailed) && !form.contains("By a call"))
        for way in ["telephone", "email"] {
            let sent = try await sari.post(
                "/cases/new", ["text": "Where is my parcel?", "telephone": "0812 5550 4418", "answering": way])
            #expect(sent.status == 403 && sent.text.contains(Self.telephone), "\(way)")
            #expect(sent.text.contains("Where is my parcel?") && sent.text.contains("<bdi>0812 5550 4418</bdi>"), "\(way)")
        }
        #expect(try await !sari.get("/privacy").text.contains("0812 5550 4418"))
        #expect(try await sari.post("/cases/new", ["text": "Where is my parcel?", "answering": "email"]).status == 303)
    }

    @Test func `where neither way is possible the page names both rules and has no form`() async throws {
        let house = try await House(), sari = try await house.sari(), mail = try Self.mail()
        try await house.reopen(lacking: [Self.telephone, mail])
        let page = try await sari.get("/cases/new").text
        #expect(page.contains(Self.telephone) && page.contains(mail.replacing("\n  ", with: " ")) && !page.contains("name=\"text\""))
        #expect(page.contains("Other ways to reach us"))
    }

    @Test func `the desk doesn't offer a call to a number that can't be opened, and answers who called all the same`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await house.ask(sari)
        _ = try await budi.post("/staff/contacts/new", Self.words("0811 7770 4242"))
        #expect(try await budi.get("/staff/cases/1").text.contains("action=\"/staff/cases/1/answer\""))
        try await house.reopen(lacking: [Self.telephone])
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains(Self.telephone) && !page.contains("Open the number") && !page.contains("name=\"then\""))
        #expect(page.contains("action=\"/staff/cases/1/notes\""), "a note stands on another rule")
        #expect(try await budi.get("/staff/cases/2").text.contains("name=\"then\""))
        let answer = try await budi.post(
            "/staff/cases/2/answer", ["way": "telephone", "text": "Blocked it.", "then": "close"], from: "/staff/cases/2")
        #expect(answer.status == 303)
    }

    @Test func `a contact isn't asked whether they want an email that can't be sent`() async throws {
        let house = try await House(), budi = try await house.budi(), mail = try Self.mail()
        #expect(try await budi.get("/staff/contacts/new").text.contains(Self.mailed))
        try await house.reopen(lacking: [mail])
        let page = try await budi.get("/staff/contacts/new").text
        #expect(!page.contains(Self.mailed) && page.contains(mail.replacing("\n  ", with: " ")))
        let refused = try await budi.post("/staff/contacts/new", Self.words("", "email"))
        #expect(refused.status == 403 && refused.text.contains("My card was stolen."))
        #expect(refused.text.contains(mail.replacing("\n  ", with: " ")))
        #expect(try await budi.post("/staff/contacts/new", Self.words("0811 7770 4242")).status == 303)
    }

    @Test func `the page after a look that was refused is the case as before, with the refusal`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await house.ask(sari, answering: .email)
        _ = try await budi.post("/staff/cases/1/taking", [:], from: "/staff/cases/1")
        try await house.reopen(lacking: [Self.telephone])
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account")
        #expect(refused.status == 403 && refused.text.contains("Refused: ") && refused.text.contains(Self.telephone))
        for held in ["Please call.", "/staff/cases/1/answer", "/staff/cases/1/notes", "id=\"standing\"", "/staff/cases/1/behalf", ">You.<"]
        {
            #expect(refused.text.contains(held), "\(held)")
        }
    }

    @Test func `the page after a look that was refused attempts nothing more that would be refused`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await house.ask(sari)
        try await house.reopen(lacking: [Self.telephone, Self.message])
        let refused = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account")
        #expect(refused.status == 403 && !refused.text.contains("Please call.") && refused.text.contains("id=\"standing\""))
        #expect(try await sari.get("/privacy").text.matches(of: /<b>[^<]*Refused: |Refused: no rule/).count == 1)
    }

    @Test(arguments: Language.allCases) func `no page of the front speaks of the way that is out`(_ say: Language) async throws {
        let mail = try Self.mail(), call = say("call back", id: "menelepon balik"), write = say("write", id: "menulis")
        let houses: [(lines: [String], called: Bool, mailed: Bool)] = [
            ([], true, true), ([Self.telephone], false, true), ([mail], true, false),
        ]
        for (lines, called, mailed) in houses {
            let house = try await House(lacking: lines), stranger = Browser(house), sari = try await house.sari()
            (stranger.language, sari.language) = (say.code, say.code)
            for browser in [stranger, sari] {
                let contact = try await browser.get("/contact").text
                #expect(contact.contains(call) == called && contact.contains(write) == mailed, "\(lines)")
            }
            // What customer service may do stands there in the policy's words only where both hold.
            #expect(try await stranger.get("/").text.contains("<blockquote") == (called && mailed), "\(lines)")
            let empty = try await sari.get("/cases").text
            #expect(empty.contains(say("service calls you", id: "pelanggan menelepon Anda")) == called, "\(lines)")
            #expect(empty.contains(say("by email", id: "lewat surel")) == mailed, "\(lines)")
        }
        let neither = try await Browser(House(lacking: [Self.telephone, mail])).get("/contact").text
        #expect(neither.contains(Self.telephone) || neither.contains("telephone number"), "the rule that is out is named")
        #expect(!neither.contains(call))
    }
}
