// Whatever single record or row is damaged: each page stands, and says in true words what of it can't be shown.

import Engines
import Foundation
import Store
import Testing
import Vault

@testable import Office
@testable import Site

/// Sari asked, wrote more and complained; Budi and Cici answer; Tuti has the bills; Ratna administers, Agus and Putri are officers.
struct DamagedCast: Sendable {
    struct Visitor: Sendable { let name: String, cookies: [String: String], pages: [String] }
    struct Record: Sendable { let subject, kind, item: Int64 }
    nonisolated(unsafe) let house: House
    let visitors: [Visitor]
    let records: [Record]

    static let once = Task { try await DamagedCast() }

    /// The same house with one statement done to its database, and somebody of them in it.
    func harmed(_ harm: SQL) async throws -> House {
        let house = try await House(copying: house)
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(harm)
            return
        }
        return house
    }

    func browser(_ name: String, _ house: House) throws -> Browser {
        let browser = Browser(house)
        browser.cookies = try #require(visitors.first { $0.name == name }).cookies
        return browser
    }

    static func spoil(_ record: Record) -> SQL {
        """
        UPDATE record SET sealed = \(Engine.spoilt("sealed"))
            WHERE subject = \(record.subject) AND kind = \(record.kind) AND item = \(record.item)
        """
    }

    private static let begun = [
        "/", "/privacy", "/account", "/account/passkeys", "/account/password", "/account/second-factor", "/account/recovery-codes",
        "/leave",
        "/cases/new", "/staff", "/staff/today",
    ]
    /// What says nothing of anybody, or the same on each page of its kind.
    private static let left = [
        "/policy", "/log", "/assets", "/language", "/versions", "/dev", "/plans", "/contact", "/status", "/privacy/uses",
    ]

    private init() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi(), ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        let officers = try await Officers(house, invitedBy: ratna), cici = Browser(house), tuti = Browser(house)
        for (browser, email, role) in [(cici, "cici@office.example", "customer service"), (tuti, "tuti@office.example", "billing clerk")] {
            _ = try await ratna.post("/staff/team", ["name": "Of \(email)", "email": email, "role": role])
            try await browser.signIn(email)
        }
        func press(_ browser: Browser, _ path: String, _ fields: [String: String], from page: String? = nil) async throws {
            let status = try await browser.post(path, fields, from: page).status
            try #require(status == 303, "\(path)")
        }
        let words = "a heron over the quiet harbour", first = "/staff/cases/1", behalf = first + "/behalf"
        try await press(sari, "/account/password", ["password": words, "again": words])
        for text in ["Please call.", "And again.", "Write to me."] {
            try await press(sari, "/cases/new", ["text": text, "telephone": "+62 812 5550 4417"])
        }
        for text in ["One more.", "And another."] { try await press(sari, "/cases/1/addition", ["text": text], from: "/cases/1") }
        try await press(budi, first + "/notes", ["text": "She has paid."], from: first)
        try await press(budi, first + "/opening", ["what": "telephone-to-answer"], from: first)
        try await press(budi, "/staff/cases/2/closure", [:], from: "/staff/cases/2")
        try await press(cici, "/staff/cases/3/handover", ["role": "billing clerk"], from: "/staff/cases/3")
        try await press(budi, behalf.replacing("behalf", with: "caller-code"), ["through": "email address"], from: behalf)
        try await press(budi, behalf.replacing("behalf", with: "wish"), ["wish": "full name"], from: behalf)
        let call = ["channel": "call", "text": "A room?", "from": "0811 7770 4242", "answering": "telephone"]
        try await press(budi, "/staff/contacts/new", call)
        let uses = try await sari.get("/privacy").text.split(separator: "<li>")
        let entry = try #require(uses.first { $0.contains("ustomer service 1") && $0.contains("telephone number") })
        let receipt = String(try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1))
        try await press(sari, receipt + "/who", ["text": "He called at midnight."], from: receipt)
        var found: [Visitor] = []
        for (name, browser) in [
            ("sari", sari), ("budi", budi), ("cici", cici), ("tuti", tuti), ("ratna", ratna), ("agus", officers.agus),
            ("putri", officers.putri),
        ] {
            var seen: Set<String> = name == "sari" ? [receipt] : [], next = Self.begun
            while let page = next.popLast() {
                guard !seen.contains(page), !Self.left.contains(where: page.hasPrefix) else { continue }
                let answer = try await browser.get(page)
                guard answer.status == 200 else { continue }
                seen.insert(page)
                next += answer.text.matches(of: /<a [^>]*href="(\/[^"#?]*)/).map { String($0.1) }
            }
            found.append(Visitor(name: name, cookies: browser.cookies, pages: seen.sorted()))
        }
        records = try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT subject, kind, item FROM record ORDER BY subject, kind, item") {
                Record(subject: $0.identity(0), kind: $0.identity(1), item: $0.identity(2))
            }
        }
        visitors = found
        house.close()
        self.house = house
    }
}

@Suite(.serialized) struct `Beside what is damaged` {
    private func look(_ harm: SQL, _ name: String) async throws {
        let cast = try await DamagedCast.once.value, house = try await cast.harmed(harm)
        for visitor in cast.visitors {
            let browser = try cast.browser(visitor.name, house)
            for page in visitor.pages {
                let answer = try await browser.get(page)
                // Nobody has that number any more.
                if answer.status == 404, page.hasPrefix("/staff/activity/of/") { continue }
                #expect(answer.status == 200, "\(name): \(visitor.name) \(page)")
            }
        }
    }

    @Test func `each page stands, whichever record can't be opened`() async throws {
        let cast = try await DamagedCast.once.value
        #expect(cast.records.count > 12 && cast.visitors.allSatisfy { $0.pages.count > 8 })
        for record in cast.records { try await look(DamagedCast.spoil(record), "\(record)") }
    }

    @Test(arguments: ["administrator", "customer service", "privacy officer", "policy officer", "billing clerk"])
    func `each page stands, whichever work the policy doesn't know`(_ role: String) async throws {
        try await look("UPDATE staff SET role = 'gardener' WHERE role = \(role) AND number = 1", role)
    }

    @Test func `a case in a queue that nobody knows, and steps by somebody of it, are shown`() async throws {
        try await look("UPDATE help_case SET queue = 'gardener', channel = 'x', answering = 'x', state = 'x' WHERE number = 1", "cases")
        try await look("UPDATE case_step SET role = 'gardener', queue = 'gardener', kind = 'x'", "steps")
        try await look("UPDATE use_complaint SET role = 'gardener'", "complaints")
    }

    @Test(arguments: Language.allCases) func `her case and her page say that it can't be opened, and not that it was never there`(
        _ say: Language
    ) async throws {
        let cast = try await DamagedCast.once.value, number = say("no telephone number of yours", id: "tidak punya nomor telepon Anda")
        let removed = say("removed", id: "sudah dihapus"), notRemoved = say("You didn’t remove them", id: "Anda tidak menghapusnya")
        let lacking = say("We hold no", id: "Kami tidak menyimpan"), closed = say("can’t be opened", id: "tidak dapat dibuka")
        for record in cast.records {
            let house = try await cast.harmed(DamagedCast.spoil(record)), sari = try cast.browser("sari", house)
            sari.language = say.code
            let own = try await sari.get("/cases/1").text, page = try await sari.get("/privacy").text
            #expect(!own.contains(number) && !page.contains(lacking))
            #expect(own.replacing(notRemoved, with: "").contains(removed) == false)
            let isHers = page.contains(say("One record of yours can’t be opened.", id: "Satu catatan Anda tidak dapat dibuka."))
            if !isHers { #expect(!own.contains(closed) && own.contains("Please call.") && own.contains("One more.")) }
            if own.contains(notRemoved) { #expect(isHers && own.contains("One more.") && !own.contains("Please call.")) }
        }
    }

    @Test(arguments: Language.allCases) func `the staff read what opens, and of the rest that it can't be opened`(_ say: Language)
        async throws
    {
        let cast = try await DamagedCast.once.value, closed = say("Can’t be opened", id: "Tidak dapat dibuka")
        var isSeen: Set<String> = []
        for record in cast.records {
            let house = try await cast.harmed(DamagedCast.spoil(record)), cici = try cast.browser("cici", house)
            let agus = try cast.browser("agus", house), ratna = try cast.browser("ratna", house)
            for browser in [cici, agus, ratna] { browser.language = say.code }
            let matter = try await cici.get("/staff/cases/1").text, team = try await ratna.get("/staff/team").text
            for words in ["One more.", "And another.", "She has paid."] where matter.contains("Sari Wijaya") && !matter.contains(words) {
                #expect(matter.contains(closed) && matter.contains("Please call."))
                isSeen.insert(words)
            }
            if !matter.contains("Sari Wijaya") {
                #expect(
                    matter.contains(closed) && !matter.contains("action=\"/staff/cases/1/closure\""), "nothing is offered that would fail")
                isSeen.insert("name")
            }
            if !team.contains("cici@office.example") {
                #expect(team.contains(closed) && team.contains("budi@office.example"))
                let ending = ["role": "customer service", "number": "2"]
                #expect(try await ratna.post("/staff/team/ending", ending, from: "/staff/team").status == 303)
                #expect(try await cici.get("/staff").status != 200, "their access ends all the same")
                isSeen.insert("team")
            }
            let complaint = try await agus.get("/staff/complaints/1").text
            if !complaint.contains("midnight") {
                #expect(complaint.contains(say("What they wrote can’t be opened.", id: "Yang ditulis tidak dapat dibuka.")))
                isSeen.insert("complaint")
            }
        }
        #expect(isSeen == ["One more.", "And another.", "She has paid.", "name", "team", "complaint"])
    }

    @Test(arguments: Language.allCases) func `whoever has work that the policy doesn't know reads that, and so does who can mend it`(
        _ say: Language
    ) async throws {
        let cast = try await DamagedCast.once.value
        let house = try await cast.harmed("UPDATE staff SET role = 'gardener' WHERE role = 'customer service' AND number = 1")
        let budi = try cast.browser("budi", house), ratna = try cast.browser("ratna", house)
        (budi.language, ratna.language) = (say.code, say.code)
        for page in ["/staff", "/staff/today", "/staff/cases/1"] {
            let text = try await budi.get(page).text
            #expect(text.contains("gardener") && text.contains(say("doesn’t know your work", id: "tidak mengenal tugas Anda")))
            #expect(!text.contains("Sari"))
        }
        let pressed = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account")
        #expect(pressed.status == 403 && !pressed.text.contains("5550 4417"))
        let team = try await ratna.get("/staff/team").text
        #expect(team.contains(say("The policy has no such work", id: "Kebijakan tidak mengenal tugas ini")))
        #expect(try await ratna.post("/staff/team/ending", ["role": "gardener", "number": "1"], from: "/staff/team").status == 303)
    }

    @Test func `a way in of which nobody knows is told as that, and the others as they are`() async throws {
        let cast = try await DamagedCast.once.value
        var told = 0
        for record in cast.records where record.item == 0 {
            let house = try await cast.harmed(DamagedCast.spoil(record)), sari = try cast.browser("sari", house)
            let page = try await sari.get("/account/password").text
            if page.contains("Whether there is one can’t be read") {
                told += 1
                #expect(!page.contains("action=\"/account/password"))
            } else {
                #expect(page.contains("Change your password"))
            }
        }
        #expect(told == 1)
    }
}
