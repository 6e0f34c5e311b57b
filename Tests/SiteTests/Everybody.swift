// A house with everybody in it whom a line of the policy may concern, made once and copied for each test.
import Foundation
import Store
import Testing
import Vault

@testable import Office
@testable import Site

/// Somebody, with their cookies and the pages that they may open.
struct Visitor: Sendable {
    let name: String, cookies: [String: String], pages: [String]
}

struct Everybody: Sendable {
    let visitors: [Visitor]
    /// In a house that nobody administers yet: whoever has the link, and whoever took it and waits for the code.
    let founders: [Visitor]
    /// A call that Budi recorded, of nobody who is known yet.
    private let contact: String
    private nonisolated(unsafe) let house: House, founding: House

    static let once = Task { try await Everybody() }

    func house(lacking lines: [String]) async throws -> House { try await House(copying: house, lacking: lines) }
    func foundingHouse(lacking lines: [String]) async throws -> House { try await House(copying: founding, lacking: lines) }

    private static let own = [
        "/", "/privacy", "/account", "/account/password", "/account/second-factor", "/account/recovery-codes", "/account/passkeys",
    ]
    private static let customers =
        own + [
            "/privacy/correction/full-name", "/privacy/correction/email-address", "/privacy/correction/telephone-number",
            "/privacy/versions", "/cases", "/cases/new", "/leave",
        ]

    /// What each of them reads.
    func look(_ house: House, _ founding: House) async throws -> [String: Reading] {
        var seen: [String: Reading] = [:]
        for (house, visitors) in [(house, visitors), (founding, founders)] {
            for visitor in visitors {
                let browser = Browser(house)
                browser.cookies = visitor.cookies
                for page in visitor.pages { seen["\(visitor.name) \(page)"] = Reading(try await browser.get(page)) }
            }
        }
        // Whom a call may be of is looked for.
        let budi = Browser(house)
        budi.cookies = visitors.first { $0.name == "budi" }?.cookies ?? [:]
        if try await budi.get(contact).text.contains("action=\"\(contact)/search\"") {
            seen["budi, searching"] = Reading(try await budi.post(contact + "/search", ["sought": "Eka"], from: contact))
        }
        // Somebody who comes new, if the policy lets them.
        let nina = Browser(house), before = house.office.outbox.count
        _ = try await nina.post("/register", ["name": "Nina Kartika", "email": "nina@toko.example", "telephone": "+62 812 5550 4419"])
        guard house.office.outbox.count > before else { return seen }
        seen["nina /register/code"] = Reading(try await nina.get("/register/code"))
        try await nina.enterCode()
        for page in Self.customers { seen["nina \(page)"] = Reading(try await nina.get(page)) }
        _ = try await nina.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        seen["nina, restricted"] = Reading(try await nina.get("/privacy"))
        return seen
    }

    /// Presses every button that is offered to them; the ones that the policy then refuses, or that lead nowhere.
    func press(_ house: House, _ founding: House) async throws -> [String] {
        var refused: [String] = []
        for (house, visitors) in [(house, visitors), (founding, founders)] {
            for visitor in visitors {
                let browser = Browser(house)
                browser.cookies = visitor.cookies
                for page in visitor.pages where page != "/leave" {
                    for form in Form.all(in: try await browser.get(page).text) where !Self.notPressed.contains(form.action) {
                        // What the one before it did may have changed what is offered.
                        guard try await browser.get(page).text.contains("action=\"\(form.action)\"") else { continue }
                        let answer = try await browser.post(form.action, form.filled(on: page), from: page)
                        if [403, 404, 500].contains(answer.status) {
                            refused.append("\(visitor.name): \(page) offers \(form.action), which is answered \(answer.status)")
                        }
                    }
                }
            }
        }
        return refused
    }

    /// Of a case that is closed a number may be asked for all the same; and nobody goes out in between.
    private static let notPressed: Set<String> = [
        "/staff/cases/2/opening", "/staff/cases/3/opening", "/staff/team/ending", "/sign-out", "/account/sessions/others/ending",
        "/account/browser/removal",
    ]

    private init() async throws {
        let house = try await House(), ratna = try await house.ratna()
        func colleague(_ email: String, _ role: String) async throws -> Browser {
            let browser = Browser(house)
            _ = try await ratna.post("/staff/team", ["name": "Of \(email)", "email": email, "role": role])
            try await browser.signIn(email)
            return browser
        }
        func customer(_ name: String, _ email: String) async throws -> Browser {
            let browser = Browser(house)
            _ = try await browser.post("/register", ["name": name, "email": email, "telephone": "+62 812 5550 4417"])
            try await browser.enterCode()
            return browser
        }
        let budi = try await colleague("budi@office.example", "customer service")
        let wulan = try await colleague("wulan@office.example", "privacy officer")
        let putra = try await colleague("putra@office.example", "policy officer")
        let tuti = try await colleague("tuti@office.example", "billing clerk")

        // Sari has all ways in, an open case and a closed one, at which Budi looked; of her data a hold is asked.
        let sari = try await house.sari(), words = "a heron over the quiet harbour"
        #expect(try await sari.post("/account/password", ["password": words, "again": words]).status == 303)
        try await sari.setApp(house)
        for text in ["Please call.", "And again."] {
            #expect(try await sari.post("/cases/new", ["text": text, "telephone": "+62 812 5550 4417"]).status == 303)
        }
        #expect(try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1").status == 303)
        #expect(try await budi.post("/staff/cases/2/closure", [:], from: "/staff/cases/2").status == 303)
        // Dewi asked not to use her data, a copy is held of them, and her new address waits for its code.
        let dewi = try await customer("Dewi Lestari", "dewi@tokobaru.example")
        for (whose, fields) in [("sari@ladatimur.example", ["field0"]), ("dewi@tokobaru.example", ["field0", "field1", "field2"])] {
            var form = ["customer": whose, "text": "Order 12", "review": "2026-12-31"]
            form["review"] = DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400)
            for field in fields { form[field] = "yes" }
            #expect(try await wulan.post("/staff/holds", form).status == 303)
        }
        #expect(try await putra.post("/staff/holds/2/agreement", [:], from: "/staff/holds").status == 303)
        #expect(try await dewi.post("/cases/new", ["text": "Once more.", "telephone": "+62 812 5550 4417"]).status == 303)
        #expect(try await dewi.post("/privacy/correction/email-address", ["value": "dewi@newplace.example"]).status == 303)
        #expect(try await dewi.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy").status == 303)
        // Eka has moved, and may take it back by a letter; another says that somebody new came in.
        let eka = try await customer("Eka Putri", "eka@tokolama.example")
        #expect(try await eka.post("/privacy/correction/email-address", ["value": "eka@newplace.example"]).status == 303)
        let code = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await eka.post("/privacy/address/code", ["code": code]).status == 303)
        let letters = house.office.outbox.map(\.text).joined()
        let back = String(try #require(letters.firstMatch(of: /\/address-back\/[0-9a-f]+/)).output)
        let alarm = String(try #require(letters.firstMatch(of: /\/not-me\/[0-9a-f]+/)).output)
        // In Sari's case Budi sent a code to her and hers came back; she asks for another name, another address and to be deleted.
        let behalf = "/staff/cases/1/behalf"
        #expect(try await budi.post("/staff/cases/1/caller-code", ["through": "email address"], from: behalf).status == 303)
        let read = String(try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output)
        #expect(try await budi.post("/staff/cases/1/caller-check", ["code": read], from: behalf).status == 303)
        for wish in ["full name", "email address", "deletion"] {
            #expect(try await budi.post("/staff/cases/1/wish", ["wish": wish], from: behalf).status == 303)
        }
        // Somebody has called; and a question of Eka's is the billing clerk's.
        let call = ["channel": "call", "text": "A room?", "from": "0811 7770 4242", "answering": "telephone"]
        let recorded = try await budi.post("/staff/contacts/new", call)
        contact = String(try #require(recorded.location?.prefix { $0 != "?" }))
        let asked = try await eka.post("/cases/new", ["text": "Is it paid?", "telephone": "", "answering": "email"])
        let handed = "/staff" + String(try #require(asked.location?.prefix { $0 != "?" }))
        #expect(try await budi.post(handed + "/notes", ["text": "She has paid."], from: handed).status == 303)
        #expect(try await budi.post(handed + "/handover", ["role": "billing clerk"], from: handed).status == 303)
        // Tono has registered and Budi asked to come in elsewhere; neither entered the code.
        let tono = Browser(house), elsewhere = Browser(house), mine = Browser(house)
        _ = try await tono.post("/register", ["name": "Tono Wibowo", "email": "tono@toko.example", "telephone": ""])
        _ = try await elsewhere.post("/sign-in", ["email": "budi@office.example"])
        house.clock.advance(by: .seconds(60))
        _ = try await mine.post("/sign-in", ["email": "sari@ladatimur.example", "password": words])

        let questions = ["customer service", "court", "email carrier", "statistics partner"].flatMap { who in
            ["telephone number", "full name", "fax"].map { "/policy/questions?who=\(who)&what=\($0)".replacing(" ", with: "+") }
        }
        visitors = [
            Visitor(
                name: "stranger", cookies: [:],
                pages: ["/", "/policy", "/register", "/sign-in", "/log", "/nothing-here", back, alarm] + questions),
            Visitor(name: "tono", cookies: tono.cookies, pages: ["/register/code", "/register/code?sent=again"]),
            Visitor(name: "elsewhere", cookies: elsewhere.cookies, pages: ["/sign-in/code", "/sign-in/code?sent=again"]),
            Visitor(name: "mine", cookies: mine.cookies, pages: ["/sign-in/second-factor", "/sign-in/way-back"]),
            Visitor(
                name: "sari", cookies: sari.cookies, pages: Self.customers + ["/cases/1", "/cases/2", "/privacy/correction/case-message/1"]),
            Visitor(name: "dewi", cookies: dewi.cookies, pages: Self.customers + ["/privacy/address/code", "/cases/3"]),
            Visitor(name: "eka", cookies: eka.cookies, pages: Self.customers),
            Visitor(
                name: "budi", cookies: budi.cookies,
                pages: Self.own + [
                    "/staff", "/staff/today", "/staff/contacts/new", "/staff/cases/1", behalf, "/staff/cases/3/behalf", "/staff/cases/2",
                    "/staff/cases/3", contact, handed, "/staff/activity",
                ]),
            Visitor(name: "tuti", cookies: tuti.cookies, pages: ["/staff", "/staff/today", handed, "/staff/cases/1", "/staff/activity"]),
            Visitor(
                name: "ratna", cookies: ratna.cookies,
                pages: Self.own + ["/staff", "/staff/today", "/staff/house", "/staff/team", "/staff/cases/1"]),
            Visitor(
                name: "wulan", cookies: wulan.cookies,
                pages: Self.own + [
                    "/staff/holds", "/staff/holds/1", "/staff/holds/2", "/staff/policy", "/staff/today", "/staff/keeping",
                    "/staff/activity/everybody", "/staff/activity/of/customer-service-1",
                ]),
            Visitor(name: "putra", cookies: putra.cookies, pages: ["/staff/holds", "/staff/policy", "/staff/policy/draft"]),
        ]
        house.close()
        self.house = house

        let founding = try await House(), link = "/begin/\(try #require(try await founding.office.firstInvitation()).text)",
            founder = Browser(founding)
        _ = try await founder.post(link, ["name": "Ratna Dewi", "email": "ratna@office.example"])
        founders = [
            Visitor(name: "founder", cookies: [:], pages: [link]),
            Visitor(name: "founder waiting", cookies: founder.cookies, pages: ["/register/code", "/register/code?sent=again"]),
        ]
        founding.close()
        self.founding = founding
    }
}

extension Browser {
    func signIn(_ email: String) async throws {
        _ = try await post("/sign-in", ["email": email])
        try await enterCode()
    }

    /// As if a code of the app had come back.
    func setApp(_ house: House) async throws {
        let token = try #require(cookies["session"].flatMap(Token.init)), session = try #require(try house.office.session(token))
        let office = house.office
        try await office.vault.collect(
            SetFactor(secret: [UInt8](repeating: 7, count: 20)), of: session.subject, on: Basis()
        ) { (subject, rows) throws(Refusal) in
            try rows.run("INSERT INTO second_factor (subject, step) VALUES (\(subject), 0)")
            try office.strengthen(session, in: rows)
            return
        }
    }
}
