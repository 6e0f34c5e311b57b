// What an office met on its first morning, and its customers with it: no page says what isn't so, and none offers what would be refused.

import Foundation
import Office
import Outbound
import Policy
import Store
import Testing
import Zones

@testable import Site
@testable import Vault

@Suite struct `The first morning` {
    private static let number = "+62 812 5550 4417"

    private func colleague(_ role: String, _ house: House, _ ratna: Browser) async throws -> Browser {
        let email = role.replacing(" ", with: "-") + "@office.example", browser = Browser(house)
        _ = try await ratna.post("/staff/team", ["name": "Tari Utami", "email": email, "role": role])
        house.clock.advance(by: .seconds(1))
        _ = try await browser.post("/sign-in", ["email": email])
        try await browser.enterCode()
        return browser
    }

    // Who is the only one

    @Test(arguments: Language.allCases) func `says why the only administrator stays, before and after the press`(_ language: Language)
        async throws
    {
        let house = try await House(), ratna = try await house.ratna()
        ratna.language = language.code
        let why = language("Nobody else administers this house", id: "Tidak ada administrator lain di sini")
        let page = try await ratna.get("/staff/team").text
        #expect(page.contains(why) && !page.contains("action=\"/staff/team/ending\""))
        let refused = try await ratna.post("/staff/team/ending", ["role": "administrator", "number": "1"], from: "/staff/team")
        #expect(refused.status == 409 && refused.text.contains("class=\"errs") && refused.text.components(separatedBy: why).count == 3)
    }

    @Test func `warns before the only officer of a kind ends, and not once there is another`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        _ = try await colleague("privacy officer", house, ratna)
        #expect(try await ratna.get("/staff/team").text.contains("Nobody else here is privacy officer"))
        _ = try await ratna.post("/staff/team", ["name": "Dian", "email": "dian@office.example", "role": "privacy officer"])
        let invited = try await ratna.get("/staff/team").text
        #expect(invited.contains("Nobody else here is privacy officer") && invited.contains("Invited, hasn’t come in yet"))
        let dian = Browser(house)
        try await dian.signIn("dian@office.example")
        let page = try await ratna.get("/staff/team").text
        #expect(!page.contains("Nobody else here is privacy officer") && !page.contains("Invited, hasn’t come in yet"))
    }

    /// Whatever is wrong is said, also where no field of the form has that name.
    @Test func `leaves no fault of a form unsaid`() {
        let faults: [FormFault] = [
            .nameMissing, .emailMissing, .telephoneMissing, .onlyWay, .textMissing, .channelMissing, .fromUnfit, .answeringUnfit,
            .soughtMissing, .wishMissing, .numberUnopened, .numberUnknown, .channelUnknown, .passwordMissing, .passwordsDiffer, .codeWrong,
            .passkeyUnfit, .roleUnknown, .addressTaken, .lastAdministrator, .customerUnknown, .fieldsMissing, .dayUnfit, .silenceUnfit,
        ]
        for say in Language.allCases {
            #expect(Set(faults.sentences(say).map(\.sentence)) == Set(faults.map { $0.sentence(say) }))
            #expect(faults.sentences(say).count == faults.count)
        }
    }

    // Asking

    @Test(arguments: Language.allCases) func `promises who asks the answer that they asked for`(_ language: Language) async throws {
        let house = try await House(), nina = Browser(house)
        nina.language = language.code
        _ = try await nina.post("/register", ["name": "Nina", "email": "nina@tokobaru.example", "telephone": ""])
        try await nina.enterCode()
        let call = language("will call you", id: "akan menelepon Anda"), mail = language("by email", id: "lewat surel")
        let lookUp = language("telephone number", id: "nomor telepon")
        #expect(try await !nina.get("/cases/new").text.contains(language("Ask us to call", id: "Minta kami menelepon")))
        let asked = try await nina.post("/cases/new", ["text": "By mail, please.", "telephone": "", "answering": "email"])
        let page = try await nina.get(try #require(asked.location)).text
        #expect(page.contains(mail) && !page.contains(call) && !page.contains(lookUp) && page.contains("/policy#calls."))
        let again = try await nina.post("/cases/new", ["text": "By a call.", "telephone": Self.number, "answering": "telephone"])
        #expect(try await nina.get(try #require(again.location)).text.contains(call))
        // What may be done all the same is said, now that there is a number.
        #expect(try await nina.get("/cases/1").text.lowercased().contains(lookUp))
    }

    @Test func `opens nothing before somebody chose what and what for, which is told to the clerk as to one`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("name=\"what\"") && !page.contains(/name="what"[^>]* checked/))
        #expect(page.contains("Telephone number, to answer the customer") && !page.contains(", to answer you<"))
        let nothing = try await budi.post("/staff/cases/1/opening", [:], from: "/staff/cases/1")
        #expect(
            nothing.status == 422 && nothing.text.contains("Choose what you need, and what for") && nothing.text.contains("href=\"#what\""))
        let mailed = try await budi.post(
            "/staff/cases/1/answer", ["way": "email", "text": "Done.", "then": "wait"], from: "/staff/cases/1")
        #expect(mailed.status == 403 && mailed.text.contains("that needs a request for it") && !mailed.text.contains("needs asked"))
    }

    // Who sees a case at all

    /// By what the policy opens to a role in a case, and by nothing else.
    @Test func `shows a case to those for whom the policy opens something in one, and tells nobody else that anything happened in it`()
        async throws
    {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        for role in house.office.roles where role != "administrator" {
            let browser = try await colleague(role, house, ratna), opens = house.office.desks.contains(role)
            let answer = try await browser.get("/staff/cases/1")
            // One that isn't in their queue only who may read it.
            let isShown = house.office.fieldsOpen(to: role).contains("case message")
            #expect((answer.status == 200) == isShown && answer.text.contains("<h1>Case 1</h1>") == isShown, "\(role)")
            for (path, fields) in [
                ("opening", ["what": "telephone-to-answer"]), ("notes", ["text": "x"]), ("handover", ["role": "customer service"]),
                ("caller-code", ["through": "email address"]), ("wish", ["wish": "full name"]),
            ] where !opens {
                let refused = try await browser.post("/staff/cases/1/\(path)", fields, from: "/account")
                #expect(refused.status == 403 || refused.status == 422, "\(role) \(path)")
                #expect(!refused.text.contains("Asked ") && !refused.text.contains("By the form"), "\(role) \(path)")
            }
            #expect(try await browser.get("/staff/today").text.contains("href=\"/staff\"") == opens, "\(role)")
        }
    }

    @Test func `lets each begin where their work is, and offers no hand-over that would be refused`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        var staff: [String: Browser] = [:]
        for role in house.office.roles where role != "administrator" { staff[role] = try await colleague(role, house, ratna) }
        for (role, browser) in staff {
            let place = try await browser.get("/").text.firstMatch(of: /href="(\/staff[a-z\/]*)"/).map { String($0.1) }
            #expect(place == (house.office.desks.contains(role) ? "/staff" : "/staff/today"), "\(role)")
            let page = try await browser.get("/staff/cases/1")
            guard page.status == 200, page.text.contains("action=\"/staff/cases/1/handover\"") else { continue }
            let other = try #require(house.office.desks.first { $0 != role && $0 != "customer service" })
            #expect(try await browser.post("/staff/cases/1/handover", ["role": other], from: "/staff/cases/1").status == 303, "\(role)")
            _ = try await browser.post("/staff/cases/1/handover", ["role": "customer service"], from: "/staff/cases/1")
        }
    }

    // On somebody's behalf

    @Test func `offers a call back only to a number that has been known for a week`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        let page = "/staff/cases/1/behalf", offer = "Open the number to call it"
        let early = try await budi.get(page).text
        #expect(!early.contains(offer) && early.contains("that we have known for a week, and there is none"))
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-of-caller"], from: "/staff/cases/1")
        #expect(try await !budi.get(page).text.contains("action=\"/staff/cases/1/call-back\""))
        let refused = try await budi.post("/staff/cases/1/call-back", [:], from: page)
        #expect(refused.status == 422)
        #expect(refused.text.contains("href=\"#call-back\"") && !refused.text.contains("href=\"#through\""))
        house.clock.advance(by: .seconds(7 * 86_400))
        try await budi.signIn("budi@office.example")
        #expect(try await budi.get(page).text.contains(offer))
    }

    @Test(arguments: Language.allCases) func `tells a change that was refused as one, and what was missing`(_ language: Language)
        async throws
    {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        (sari.language, budi.language) = (language.code, language.code)
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        let change = ["wish": "full name", "value": "Eve"]
        #expect(try await budi.post("/staff/cases/1/change", change, from: "/staff/cases/1/behalf").status == 403)
        let own = try await sari.get("/privacy").text, work = try await budi.get("/staff/activity").text
        #expect(own.contains(language(" wanted to correct <b>your full name</b>", id: " hendak membetulkan <b>nama lengkap Anda</b>")))
        #expect(own.contains(language("that needs a verified caller", id: "itu memerlukan penelepon")))
        #expect(work.contains(language("Wanted to correct full name", id: "Hendak membetulkan nama lengkap")))
        #expect(!work.contains(language("Corrected full name", id: ">Membetulkan nama lengkap")))
        #expect(work.contains(language("needs a verified caller", id: "memerlukan penelepon")))
    }

    /// No word of the program's own stands on a page.
    @Test func `has a word in both languages for all that stands in the work log`() throws {
        let own = ["verify", "call back", "deactivate", "reactivate", "ask deletion", "hold", "end hold", "drop hold", "lapse hold"]
        let house = ["sent", "export", "extend restraint", "end restraint"]
        for verb in Verb.allCases.map({ "\($0)" }) + own + house {
            for outcome in ["yes", "no, no rule"] {
                let use = RecordedUse(
                    at: Instant(seconds: 0), verb: verb, who: "customer service 1", things: ["fax"], purpose: nil, outcome: outcome,
                    rules: [], version: "1 x", matter: nil)
                let (english, indonesian) = (WorkTexts(say: .english).deed(use), WorkTexts(say: .indonesian).deed(use))
                #expect(english != indonesian && !indonesian.lowercased().hasPrefix(verb), "\(verb): \(indonesian)")
            }
        }
    }

    // Mail

    private struct Gone: Carrier {
        func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {}
    }

    @Test(arguments: Language.allCases) func `says that no email leaves only where none does`(_ language: Language) async throws {
        for leaves in [true, false] {
            let house = try await House(mail: leaves ? Gone() : nil), visitor = Browser(house)
            visitor.language = language.code
            for path in ["/", "/status"] {
                let page = try await visitor.get(path).text
                #expect(page.contains(language("no email leaves", id: "tidak ada surel yang keluar")) != leaves, "\(path)")
                #expect(page.contains("href=\"/dev/outbox\"") != leaves)
            }
            let status = try await visitor.get("/status").text
            #expect(status.contains(language("mails stay here", id: "surel tetap di sini")) != leaves)
        }
    }

    // A restriction

    @Test func `stops the clock of a case whose customer wants nothing used, which begins anew and which they close`() async throws {
        var place = Business.Location(name: "Menara Kuningan"), business = Business()
        place.opening = OpeningHours(
            zone: try #require(Zone("Asia/Jakarta")), week: try #require(OpeningHours.week("Mon-Sun 00:00-24:00")), closed: [])
        business.locations = [place]
        let house = try await House(business: business), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": Self.number])
        #expect(try await budi.get("/staff").text.contains("Due "))
        _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        house.clock.advance(by: .seconds(86_400))
        try await budi.signIn("budi@office.example")
        let list = try await budi.get("/staff").text, today = try await budi.get("/staff/today").text
        #expect(!list.contains("Overdue") && list.contains("Rests: not to be used"))
        #expect(!today.contains("overdue") && !today.contains("nobody yet"))
        let page = try await budi.get("/staff/cases/1").text
        #expect(page.contains("no clock runs, and it isn’t late") && !page.contains("action=\"/staff/cases/1/closure\""))
        try await sari.signIn("sari@ladatimur.example")
        #expect(try await sari.get("/cases/1").text.contains("this waits until you let us again, or close it"))
        _ = try await sari.post("/privacy/restriction", ["restrict": "no"], from: "/privacy")
        let again = try await budi.get("/staff").text
        #expect(again.contains("Due ") && !again.contains("Overdue"))
        let dewi = Browser(house)
        _ = try await dewi.post("/register", ["name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": ""])
        try await dewi.enterCode()
        #expect(try await dewi.post("/cases/1/settling", [:], from: "/account").status == 404)
        #expect(try await sari.post("/cases/1/settling", [:], from: "/cases/1").location == "/cases/1?now=settled")
        let closed = try await sari.get("/cases/1?now=settled").text
        #expect(closed.contains("The case is closed.") && closed.contains("You closed the case."))
        #expect(try await budi.get("/staff/cases/1").text.contains("The customer closed the case."))
    }

    // A contact of nobody who is known

    @Test func `says that the customer sees a look only where there is one`() async throws {
        let house = try await House(), budi = try await house.budi()
        let recorded = try await budi.post(
            "/staff/contacts/new", ["channel": "call", "text": "Who am I?", "from": Self.number, "answering": "telephone"])
        let page = try #require(recorded.location?.split(separator: "?").first).description
        let before = try await budi.get(page).text
        #expect(!before.contains("The customer will see this at once") && before.contains("This will be in the record of uses"))
        _ = try await budi.post(page + "/opening", ["what": "caller-address"], from: page)
        let open = try await budi.get(page).text
        #expect(open.contains("Open to you until") && !open.contains("the customer sees that you looked"))
    }

    /// As the policy's own translation has it.
    @Test func `calls each role in Indonesian by the name that the policy has for it`() async throws {
        let house = try await House(), ratna = try await house.ratna(), agus = try await colleague("privacy officer", house, ratna)
        agus.language = "id"
        for path in ["/staff/policy", "/staff/policy/draft", "/staff/activity", "/privacy"] {
            #expect(try await !agus.get(path).text.contains("petugas privasi"), "\(path)")
        }
        #expect(try await agus.get("/staff/policy").text.contains("petugas kebijakan dan petugas pelindungan data"))
        for script in ["verify.js", "copy-page.js"] {
            let text = try String(contentsOf: House.root.appending(path: "assets/\(script)"), encoding: .utf8)
            #expect(!text.contains("petugas privasi"), "\(script)")
        }
    }
}
