// The page on which customer service acts for somebody who called: what it offers, what it keeps back, and what a form that was tampered
// with gets.
import Foundation
import Testing
import Vault

@testable import Office
@testable import Site

@Suite struct `The page on somebody's behalf` {
    private static let page = "/staff/cases/1/behalf"

    private func called() async throws -> (house: House, sari: Browser, budi: Browser) {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please change my name.", "telephone": "+62 812 5550 4417"])
        return (house, sari, budi)
    }

    private func verify(_ house: House, _ budi: Browser, _ page: String = page) async throws {
        let place = page.replacing("behalf", with: "")
        #expect(try await budi.post(place + "caller-code", ["through": "email address"], from: page).status == 303)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await budi.post(place + "caller-check", ["code": code], from: page).location == page + "?now=verified")
    }

    @Test(arguments: Language.allCases) func `leads from the call to the correction to the person's own page`(_ language: Language)
        async throws
    {
        let (house, sari, budi) = try await called()
        (budi.language, sari.language) = (language.code, language.code)
        #expect(try await budi.get("/staff/cases/1").text.contains("href=\"\(Self.page)\""))
        let first = try await budi.get(Self.page)
        #expect(first.status == 200 && first.text.contains("action=\"/staff/cases/1/caller-code\""))
        #expect(!first.text.contains("ladatimur.example") && !first.text.contains("5550 4417"), "neither address nor number is in the page")
        #expect(!first.text.contains("action=\"/staff/cases/1/change\""))
        try await verify(house, budi)
        #expect(try await budi.post("/staff/cases/1/wish", ["wish": "full name"], from: Self.page).status == 303)
        let ready = try await budi.get(Self.page).text
        #expect(ready.contains("action=\"/staff/cases/1/change\"") && ready.contains("#correction.4"))
        #expect(ready.contains(language("corrected your full name", id: "membetulkan nama lengkap Anda")))
        let done = try await budi.post("/staff/cases/1/change", ["wish": "full name", "value": "Sari Lestari"], from: Self.page)
        #expect(done.location == Self.page + "?now=changed")
        let own = try await sari.get("/privacy").text
        #expect(own.contains("Sari Lestari") && own.contains("#correction.4"))
        #expect(own.contains(language("made sure that it was you", id: "memastikan bahwa itu Anda")))
        let steps = try await sari.get("/cases/1").text
        #expect(steps.contains(language("did what was asked for: another name", id: "melakukan yang diminta: nama lain")))
    }

    @Test func `says no longer that a code is out once it was tried too often`() async throws {
        let (house, _, budi) = try await called()
        _ = try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: Self.page)
        #expect(try await budi.get(Self.page).text.contains("A code went to"))
        let sent = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        let wrong = sent == "123456" ? "654321" : "123456"
        for _ in 1...5 { _ = try await budi.post("/staff/cases/1/caller-check", ["code": wrong], from: Self.page) }
        let page = try await budi.get(Self.page).text
        #expect(!page.contains("A code went to") && page.contains("action=\"/staff/cases/1/caller-code\""))
    }

    @Test func `promises no code where too many went out`() async throws {
        let (house, _, budi) = try await called()
        try await verify(house, budi)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "email address"], from: Self.page)
        for place in 1...6 {
            _ = try await budi.post(
                "/staff/cases/1/change", ["wish": "email address", "value": "sari\(place)@newplace.example"], from: Self.page)
        }
        #expect(house.office.outbox.contains { $0.to.contains("@newplace.example") })
        let page = try await budi.get(Self.page).text
        #expect(page.contains("not too many codes were asked for lately") && page.contains("try again in ten minutes"))
    }

    @Test func `gives what was typed back with what is wrong, and says what the policy lacks`() async throws {
        let (house, _, budi) = try await called()
        #expect(try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: Self.page).status == 303)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        let wrong = try await budi.post("/staff/cases/1/caller-check", ["code": code == "111111" ? "111112" : "111111"], from: Self.page)
        #expect(wrong.status == 422 && wrong.text.contains("value=\"11111") && wrong.text.contains("<title>Error"))
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "email address"], from: Self.page)
        let early = try await budi.post(
            "/staff/cases/1/change", ["wish": "email address", "value": "eve@elsewhere.example"], from: Self.page)
        #expect(early.status == 403 && early.text.contains("customer service may not") == false || early.text.contains("Refused"))
        #expect(early.text.contains("#correction.6") && early.text.contains("A verified caller: no"))
        #expect(!house.office.outbox.contains { $0.to == "eve@elsewhere.example" }, "nothing leaves for what would be refused")
        #expect(try await budi.post("/staff/cases/1/caller-check", ["code": code], from: Self.page).status == 303)
        let unfit = try await budi.post("/staff/cases/1/change", ["wish": "email address", "value": "eve"], from: Self.page)
        #expect(unfit.status == 422 && unfit.text.contains("value=\"eve\""))
    }

    @Test func `gives nothing more to who edits what a form sends`() async throws {
        let (house, sari, budi) = try await called()
        let dewi = Browser(house)
        _ = try await dewi.post("/register", ["name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": ""])
        try await dewi.enterCode()
        _ = try await dewi.post("/cases/new", ["text": "Mine too.", "telephone": "+62 812 5550 4418"])
        try await verify(house, budi)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "full name"], from: Self.page)
        func change(_ number: Int, _ fields: [String: String]) async throws -> UInt16 {
            try await budi.post("/staff/cases/\(number)/change", fields, from: Self.page).status
        }
        #expect(try await change(2, ["wish": "full name", "value": "Eve"]) == 403, "verified in another case")
        #expect(try await change(1, ["wish": "email address", "value": "eve@elsewhere.example"]) == 403, "asked for something else")
        #expect(try await change(1, ["wish": "deletion"]) == 403)
        for wish in ["", "case message", "choice record", "caller address"] {
            #expect(try await change(1, ["wish": wish, "value": "x"]) == 422, "\(wish)")
        }
        #expect(try await change(99, ["wish": "full name", "value": "Eve"]) == 404)
        #expect(
            try await budi.post("/staff/cases/1/caller-code", ["through": "staff email address"], from: Self.page).status == 422)
        #expect(try await budi.post("/staff/cases/1/new-address", ["wish": "full name", "code": "123456"], from: Self.page).status == 422)
        let token = try await budi.get(Self.page).token
        #expect(try await sari.post("/staff/cases/1/change", ["form": token, "wish": "full name", "value": "x"]).status == 403)
        #expect(try await sari.get(Self.page).status == 404)
        #expect(try await sari.get("/privacy").text.contains("Sari Wijaya"))
        #expect(try await dewi.get("/privacy").text.contains("Dewi Lestari"))
    }

    @Test func `offers a colleague of other work nothing, and names why`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna(), tari = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Tari", "email": "tari@office.example", "role": "receptionist"])
        try await tari.signIn("tari@office.example")
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        let page = try await tari.get(Self.page)
        #expect(page.status == 403 && !page.text.contains("Sari Wijaya") && !page.text.contains("action=\"/staff/cases/1/"))
        #expect(page.text.contains("receptionist reads full name to answer you"))
        let refused = try await tari.post("/staff/cases/1/caller-code", ["through": "email address"], from: "/account")
        #expect(refused.status == 403 && refused.text.contains("receptionist reads full name"))
        #expect(house.office.outbox.allSatisfy { !$0.subject.contains("customer service") })
    }

    @Test(arguments: [
        ("customer service may read full name, email address, telephone number to make sure it is you", "caller-code"),
        ("customer service may correct contact, company name, billing address", "change"),
    ])
    func `names the line that is gone where it offers less`(_ start: String, _ form: String) async throws {
        let line = try #require(PolicyLines.all.first { $0.hasPrefix(start) && !$0.contains("[called-back]") })
        let (house, _, budi) = try await called()
        try await verify(house, budi)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "full name"], from: Self.page)
        house.clock.advance(by: .seconds(1))
        try await house.reopen(lacking: [line])
        let page = try await budi.get(Self.page).text
        #expect(page.contains(line.replacing("\n  ", with: " ")) && !page.contains("action=\"/staff/cases/1/\(form)\""))
    }

    @Test func `of somebody who isn't known yet says to find out first whose case it is`() async throws {
        let house = try await House(), budi = try await house.budi()
        let call = ["channel": "call", "text": "Wants another address.", "from": "0812 5550 4417", "answering": "telephone"]
        #expect(try await budi.post("/staff/contacts/new", call).status == 303)
        let page = try await budi.get(Self.page)
        #expect(page.status == 200 && page.text.contains("isn’t known yet") && page.text.contains("href=\"/staff/cases/1#whose\""))
        #expect(try await budi.get("/staff/cases/1").text.contains("id=\"whose\""))
        let pressed = try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: "/staff/cases/1")
        #expect(pressed.status == 422 && pressed.text.contains("isn’t known yet"))
        #expect(try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1").status == 303)
        #expect(try await budi.get(Self.page).text.contains("Case 1 is closed"))
        let ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        #expect(try await ratna.get(Self.page).status == 403)
    }

    @Test(arguments: Language.allCases) func `promises no word of a change where none may go`(_ say: Language) async throws {
        let (house, _, budi) = try await called()
        try await verify(house, budi)
        for wish in ["full name", "email address", "sleep"] {
            _ = try await budi.post("/staff/cases/1/wish", ["wish": wish], from: Self.page)
        }
        budi.language = say.code
        let promises = [
            say("and hears of", id: "dan dikabarkan kepadanya"), say("They hear of it by mail", id: "Mereka dikabari lewat surel"),
            say("can take it back for a week", id: "dapat membatalkannya selama seminggu"),
        ]
        let whole = try await budi.get(Self.page).text, done = Self.page + "?now=changed"
        for promise in promises { #expect(whole.contains(promise), "\(promise)") }
        #expect(try await budi.get(after: done).text.contains(say("and hear of it.", id: "dan dikabari.")))
        try await house.reopen(lacking: [Promises.changeNotice])
        let page = try await budi.get(Self.page).text
        for promise in promises { #expect(!page.contains(promise), "\(promise)") }
        #expect(page.contains(Promises.changeNotice))
        #expect(page.contains(say("No word of it goes to them", id: "Kabarnya tidak dikirim kepada mereka")))
        let after = try await budi.get(after: done).text
        #expect(!after.contains(say("and hear of it.", id: "dan dikabari.")) && after.contains(say("Done.", id: "Selesai.")))
    }

    @Test(arguments: Language.allCases) func `sends no code to an address that took another's place, while that may come back`(
        _ say: Language
    ) async throws {
        let (house, sari, budi) = try await called()
        budi.language = say.code
        #expect(try await sari.post("/privacy/correction/email-address", ["value": "sari@newplace.example"]).status == 303)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await sari.post("/privacy/address/code", ["code": code]).status == 303)
        let form = "action=\"/staff/cases/1/caller-code\"", page = try await budi.get(Self.page)
        #expect(page.status == 200 && !page.text.contains(form))
        #expect(page.text.contains(say("took another one’s place a short time ago", id: "belum lama menggantikan yang lain")))
        let sent = try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: Self.page)
        #expect(sent.status == 422)
        #expect(!house.office.outbox.contains { $0.to == "sari@newplace.example" && $0.subject.contains("customer service") })
        house.clock.advance(by: .seconds(7 * 86_400 + 1))
        try await budi.signIn("budi@office.example")
        #expect(try await budi.get(Self.page).text.contains(form))
        try await verify(house, budi)
    }

    @Test func `tells whoever takes a change back that a case is open`() async throws {
        let (house, sari, budi) = try await called()
        try await verify(house, budi)
        _ = try await budi.post("/staff/cases/1/wish", ["wish": "email address"], from: Self.page)
        _ = try await budi.post("/staff/cases/1/change", ["wish": "email address", "value": "sari@newplace.example"], from: Self.page)
        #expect(try await budi.get(Self.page).text.contains("action=\"/staff/cases/1/new-address\""))
        let mail = try #require(house.office.outbox.first { $0.to == "sari@newplace.example" })
        let code = String(try #require(mail.text.firstMatch(of: /\d{6}/)).output)
        let form = ["wish": "email address", "code": code]
        #expect(try await budi.post("/staff/cases/1/new-address", form, from: Self.page).location == Self.page + "?now=changed")
        #expect(try await sari.get("/privacy").status == 303, "her sessions are ended")
        let letter = try #require(house.office.outbox.first { $0.subject.contains("was changed") })
        #expect(letter.to == "sari@ladatimur.example")
        let link = String(try #require(letter.text.firstMatch(of: /\/address-back\/[0-9a-f]+/)).output)
        let anybody = Browser(house)
        #expect(try await anybody.get(link).text.contains("That wasn’t me"))
        #expect(try await anybody.get(link).text.contains("A case is opened too"))
        let back = try #require(try await anybody.post(link, [:]).location)
        // Whoever loads it again reads the same.
        for _ in 1...2 { #expect(try await anybody.get(back).text.contains("Case 2 is open")) }
        // Of whom it complains doesn't have it.
        #expect(try await !budi.get("/staff").text.contains("/staff/cases/2"))
        #expect(try await budi.get("/staff/cases/2").status == 404)
    }
}
