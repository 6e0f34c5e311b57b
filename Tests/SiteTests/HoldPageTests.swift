// The officers' page of legal holds: the form keeps what was typed, the other officer agrees, and Sari sees it on her page.

import Foundation
import Testing

@testable import Site

@Suite struct `Legal holds on the pages` {
    private func officers(_ house: House) async throws -> (putri: Browser, agus: Browser) {
        let ratna = try await house.ratna(), putri = Browser(house), agus = Browser(house)
        for (browser, name, email, role) in [
            (putri, "Putri Lestari", "putri@office.example", "policy officer"),
            (agus, "Agus Salim", "agus@office.example", "privacy officer"),
        ] {
            _ = try await ratna.post("/staff/team", ["name": name, "email": email, "role": role])
            house.clock.advance(by: .seconds(1))
            _ = try await browser.post("/sign-in", ["email": email])
            try await browser.enterCode()
        }
        return (putri, agus)
    }

    private let order = "Order 12/2026, <court> of Jakarta"

    @Test func `what was typed stays in the form, and what is wrong is told`() async throws {
        let house = try await House()
        let (putri, _) = try await officers(house)
        let answer = try await putri.post(
            "/staff/holds", ["customer": "nobody@ladatimur.example", "field3": "yes", "text": order, "review": "yesterday"])
        #expect(answer.status == 422)
        #expect(answer.text.contains("value=\"nobody@ladatimur.example\"") && answer.text.contains("value=\"yesterday\""))
        #expect(answer.text.contains("Order 12/2026, &lt;court&gt; of Jakarta"))
        #expect(answer.text.contains(/name="field3"[^>]* checked/) && !answer.text.contains(/name="field0"[^>]* checked/))
        // Who is a customer isn't told by a form that is refused for something else.
        #expect(answer.text.contains("href=\"#review\"") && !answer.text.contains("href=\"#customer\""))
        #expect(!answer.text.contains("href=\"#text\"") && !answer.text.contains("href=\"#fields\""))
    }

    @Test func `a hold whose papers may not be read any more is named with the line, and can be ended`() async throws {
        let house = try await House(),
            line = "policy officer, privacy officer may read legal demand, approval to answer a legal demand, on an open matter"
        let (putri, agus) = try await officers(house), sari = try await house.sari()
        _ = try await putri.post(
            "/staff/holds",
            [
                "customer": "sari@ladatimur.example", "field0": "yes", "text": order,
                "review": DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400),
            ])
        try await house.reopen(lacking: [line])
        #expect(try await agus.post("/staff/holds/1/agreement", [:], from: "/staff/holds").status == 303)
        #expect(try await sari.get("/privacy").text.contains("A sealed copy of your full name"))
        let page = try await putri.get("/staff/holds/1")
        #expect(page.status == 200 && page.text.contains(line) && !page.text.contains("&lt;court&gt;"))
        #expect(try await putri.post("/staff/holds/1/end", [:], from: "/staff/holds").status == 303)
        #expect(try await !sari.get("/privacy").text.contains("A sealed copy of your full name"))
    }

    @Test func `one of which no copy may be made isn't taken in, and the rule is named`() async throws {
        let house = try await House(), rule = try #require(PolicyLines.all.first { $0.hasPrefix("derive held copy from contact") })
        let (putri, _) = try await officers(house)
        _ = try await house.sari()
        let form = try await putri.get("/staff/holds").token
        try await house.reopen(lacking: [rule])
        let refused = try await putri.post(
            "/staff/holds",
            [
                "customer": "sari@ladatimur.example", "field0": "yes", "text": order, "form": form,
                "review": DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400),
            ])
        #expect(refused.status == 403 && refused.text.contains(rule.replacing("\n  ", with: " ")))
        #expect(try await !putri.get("/staff/holds").text.contains("/staff/holds/1/"))
    }

    @Test func `one asks, the other agrees, Sari sees it with its rules, and either ends it`() async throws {
        let house = try await House()
        let (putri, agus) = try await officers(house), sari = try await house.sari()
        let day = DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400)
        let asked = try await putri.post(
            "/staff/holds", ["customer": "sari@ladatimur.example", "field0": "yes", "text": order, "review": day])
        #expect(asked.status == 303 && asked.location == "/staff/holds?now=proposed")
        #expect(try await !putri.get("/staff/holds").text.contains("/staff/holds/1/agreement"))
        #expect(try await putri.post("/staff/holds/1/agreement", [:], from: "/staff/holds").status == 404)
        #expect(try await !sari.get("/privacy").text.contains("A sealed copy of your full name"))
        let page = try await agus.get("/staff/holds").text
        #expect(page.contains("Nothing is held yet") && !page.contains("&lt;court&gt;"))
        // Where Today leads, it can be agreed to.
        #expect(try await agus.get("/staff/holds/1").text.contains("action=\"/staff/holds/1/agreement\""))
        #expect(try await agus.post("/staff/holds/1/agreement", [:], from: "/staff/holds/1").status == 303)
        // The list opens nothing: only who opens the papers has read them.
        #expect(try await !putri.get("/staff/holds").text.contains("&lt;court&gt;"))
        #expect(try await putri.get("/staff/holds/1").text.contains("&lt;court&gt;"))

        for (language, copy, entry) in [
            ("en", "A sealed copy of your full name", "laid aside a copy of"),
            ("id", "Salinan tersegel dari nama lengkap Anda", "menyisihkan salinan"),
        ] {
            sari.language = language
            let own = try await sari.get("/privacy").text
            #expect(own.contains(copy) && own.contains(entry) && own.contains("legal-demands.13"), "\(language)")
        }
        sari.language = "en"
        #expect(try await putri.post("/staff/holds/1/end", [:], from: "/staff/holds").status == 303)
        let own = try await sari.get("/privacy").text
        #expect(!own.contains("A sealed copy of your full name") && own.contains("ended hold 1"))
    }

    @Test func `a court forbids to tell Sari: her page says nothing until the day, and then all of it, in both languages`() async throws {
        let house = try await House()
        let (putri, agus) = try await officers(house), sari = try await house.sari()
        let now = house.clock.now().unixSeconds, day = DateFormatter.iso(now + 60 * 86_400)
        let typed = ["customer": "sari@ladatimur.example", "field0": "yes", "text": order, "review": day]
        let wrong = try await putri.post("/staff/holds", typed.merging(["silence": "never"]) { $1 })
        #expect(wrong.status == 422 && wrong.text.contains("href=\"#silence\"") && wrong.text.contains("value=\"never\""))
        _ = try await putri.post("/staff/holds", typed.merging(["silence": DateFormatter.iso(now + 2 * 86_400)]) { $1 })
        #expect(try await agus.get("/staff/holds").text.contains("asked to tell the person only after"))
        #expect(try await agus.post("/staff/holds/1/agreement", [:], from: "/staff/holds").status == 303)
        #expect(try await agus.get("/staff/holds").text.contains("A court forbids to tell the person until"))
        let soon = try await putri.post("/staff/holds/1/silence", ["silence": "2020-01-01"], from: "/staff/holds/1")
        #expect(soon.status == 422 && soon.text.contains("href=\"#silence\""))
        let own = try await sari.get("/privacy").text
        #expect(!own.contains("sealed copy") && !own.contains("laid aside") && !own.contains("court"))
        #expect(try await agus.post("/staff/holds/1/silence-end", [:], from: "/staff/holds").status == 303)
        for _ in 0..<3 { try await house.office.vault.sequence() }
        for (language, copy, late) in [
            ("en", "A sealed copy of your full name", "A court forbade us to tell you of it until"),
            ("id", "Salinan tersegel dari nama lengkap Anda", "Pengadilan melarang kami memberi tahu Anda sampai"),
        ] {
            sari.language = language
            let own = try await sari.get("/privacy").text
            #expect(own.contains(copy) && own.components(separatedBy: late).count == 3, "\(language)")
            let receipt = try #require(own.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)).1
            #expect(try await sari.get(String(receipt)).text.contains(late))
        }
    }

    @Test func `are nobody else's`() async throws {
        let house = try await House()
        let budi = try await house.budi()
        #expect(try await budi.get("/staff/holds").status == 404)
        #expect(try await !budi.get("/staff").text.contains("/staff/holds"))
        #expect(try await house.sari().get("/staff/holds").status == 404)
    }
}

extension DateFormatter {
    static func iso(_ seconds: Int64) -> String {
        let formatter = DateFormatter()
        formatter.dateFormat = "yyyy-MM-dd"
        formatter.timeZone = TimeZone(identifier: "Asia/Jakarta")
        return formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
    }
}
