// A house of production opens by its officers' hands, and changes its policy by them while it runs.

import Foundation
import Office
import Policy
import Store
import Testing
import Vault

@testable import Site

@Suite struct `Publishing on the pages` {
    private static let text = try! String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)

    /// The shipped policy as a second version; no case need be open any more.
    func second(_ house: House, from days: Int) -> [UInt8] {
        let from = Day(Day(of: house.clock.now()).number + days).iso
        let header = Self.text.firstMatch(of: /version 1, from [0-9-]+/)!.output
        let rule = "\ncustomer service may read telephone number to answer you, on an open case\n"
        let example = "\ncustomer service reads telephone number to answer you: no, needs an open case\n"
        return Array(
            Self.text.replacing(header, with: "version 2, from \(from)").replacing(
                rule, with: rule.replacing(", on an open case", with: "")
            )
            .replacing(example, with: "\n").utf8)
    }

    private func propose(_ document: [UInt8], _ house: House) throws -> Int64 {
        let draft = try Draft(document, in: house.store, at: house.clock.now())
        return try draft.propose(in: house.store, at: house.clock.now())
    }

    @Test func `takes nobody in before its first version is published, and opens when two have agreed`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house), sari = Browser(house)
        let form = ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": ""]
        #expect(try await sari.get("/").text.contains("This office isn’t open yet."))
        #expect(try await !sari.get("/").text.contains("Open an account"))
        #expect(try await !sari.get("/policy").text.contains(">In force<"))
        let early = try await sari.post("/register", form, from: "/sign-in")
        #expect(early.status == 503 && early.text.contains("opens soon") && early.text.contains("sari@ladatimur.example"))

        #expect(try await officers.putri.get("/staff/policy").text.contains("Waits for approval"))
        let page = try await officers.putri.get("/staff/policy/1")
        #expect(page.text.contains("It is the first version of this house"))
        #expect(try await officers.approve(officers.putri, 1).status == 303)
        #expect(try await officers.putri.get("/staff/policy/1").text.contains("Policy officer 1 agreed on"))
        #expect(try await sari.post("/register", form, from: "/sign-in").status == 503)
        #expect(try await officers.approve(officers.agus, 1).status == 303)
        #expect(try await sari.post("/register", form, from: "/sign-in").status == 503)
        house.clock.set(to: house.office.policy.from.start)
        #expect(try await !sari.get("/").text.contains("This office isn’t open yet."))
        #expect(try await sari.post("/register", form).status == 303)
    }

    @Test func `waits for its officers, and tells the administrator so`() async throws {
        let house = try await House(isProduction: true), ratna = try await house.ratna()
        let before = try await ratna.get("/staff/today").text
        #expect(before.contains("Nobody is policy officer yet") && before.contains("Nobody is privacy officer yet"))
        _ = try await Officers(house, invitedBy: ratna)
        #expect(try await !ratna.get("/staff/today").text.contains("yet</a>"))
    }

    @Test func `keeps the Indonesian of a house of development while another version waits for its day`() async throws {
        let house = try await House(), officers = try await Officers(house), anyone = Browser(house)
        anyone.language = "id"
        let before = try await anyone.get("/policy").text
        // A new officer's word counts after a week.
        house.clock.advance(by: .seconds(8 * 86_400))
        let number = try propose(second(house, from: 30), house)
        try await officers.signInAnew()
        for browser in [officers.putri, officers.agus] { #expect(try await officers.approve(browser, number).status == 303) }
        #expect(try await anyone.get("/policy/versions").text.contains("Versi 2"))
        let after = try await anyone.get("/policy").text
        #expect(!before.contains("masih dalam bahasa Inggris") && !after.contains("masih dalam bahasa Inggris"))

        let withdrawn = try await officers.putri.post("/staff/policy/\(number)/withdrawal", [:], from: "/staff/policy/\(number)")
        #expect(withdrawn.status == 303)
        #expect(try await officers.putri.get("/staff/policy/draft").text.contains("version 3, from 2026"), "a number is used once")
        let list = try await officers.putri.get("/staff/policy").text
        let (first, second) = (try #require(list.range(of: "Version 1")), try #require(list.range(of: "Version 2")))
        #expect(first.lowerBound < second.lowerBound, "what holds stands first")
    }

    @Test func `takes the next version from an officer's pen, says what is wrong with it and what it changes, and keeps what they wrote`()
        async throws
    {
        let house = try await House(isProduction: true), officers = try await Officers(house)
        let early = try await officers.putri.post(
            "/staff/policy/draft", ["document": String(decoding: second(house, from: 15), as: UTF8.self), "act": "look"])
        #expect(early.status == 422 && early.text.contains("Both officers have to approve that one first"))
        try await officers.open()
        try await officers.signInAnew()
        let pen = try await officers.putri.get("/staff/policy/draft")
        #expect(pen.text.contains("customer service may read telephone number to answer you, on an open case"))
        #expect(pen.text.contains("<textarea class=\"mono\" id=\"translation\""))

        let good = String(decoding: second(house, from: 15), as: UTF8.self).replacing("\n", with: "\r\n")
        let wrong = good.replacing("customer service may read telephone number", with: "customer service may raed telephone number")
        let refused = try await officers.putri.post("/staff/policy/draft", ["document": wrong, "act": "propose"])
        #expect(refused.status == 422 && refused.text.contains("may raed telephone number") && !refused.text.contains("value=\"propose\""))
        #expect(refused.text.contains("keeps it from being proposed") || refused.text.contains("keep it from being proposed"))
        let early2 = try await officers.putri.post(
            "/staff/policy/draft", ["document": String(decoding: second(house, from: 3), as: UTF8.self), "act": "look"])
        #expect(early2.status == 422 && early2.text.contains("Its day comes too soon"))

        let looked = try await officers.putri.post("/staff/policy/draft", ["document": good, "act": "look"])
        #expect(looked.status == 200 && looked.text.contains("Customer service may now see your telephone number"))
        #expect(looked.text.contains("It waits 14 days after the second approval.") && looked.text.contains("value=\"propose\""))
        #expect(!looked.text.contains("its readers would meet English names"))
        #expect(try await !officers.putri.get("/staff/policy").text.contains("Version 2"))
        let proposed = try await officers.putri.post("/staff/policy/draft", ["document": good, "act": "propose"])
        #expect(proposed.status == 303 && proposed.location == "/staff/policy/2")
        #expect(try await officers.agus.get("/staff/policy/2").text.contains("Customer service may now see your telephone number"))
        try await officers.ratna.signIn("ratna@office.example")
        #expect(try await officers.ratna.get("/staff/policy/draft").status == 404)
        #expect(try await officers.ratna.post("/staff/policy/draft", ["document": good, "act": "propose"], from: "/staff").status == 404)
    }

    @Test func `changes while it runs, and each version stays to be read`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house), anyone = Browser(house)
        try await officers.open()
        let document = second(house, from: 15), proposal = try propose(document, house)
        #expect(try await anyone.get("/policy/versions/2").status == 404)
        try await officers.signInAnew()
        let list = try await officers.putri.get("/staff/policy").text
        #expect(list.contains("Waits for approval") && !list.contains("Changed since"))
        let page = try await officers.putri.get("/staff/policy/\(proposal)")
        #expect(page.text.contains("Customer service may now see your telephone number"))
        #expect(page.text.contains("It waits 14 days after the second approval."))
        #expect(try await officers.approve(officers.putri, proposal).status == 303)
        #expect(try await officers.approve(officers.agus, proposal).status == 303)

        let policy = try await anyone.get("/policy").text
        #expect(policy.contains("Version 1") && policy.contains("Read what it changes"))
        #expect(try await anyone.get("/policy/versions").text.contains("Published, not in force yet"))
        #expect(try await anyone.get("/policy/versions/2").text.contains("Customer service may now see your telephone number"))
        house.clock.advance(by: .seconds(16 * 86_400))
        #expect(try await anyone.get("/policy").text.contains("Version 2"))
        let versions = try await anyone.get("/policy/versions").text
        #expect(versions.contains("In force") && versions.contains("Former"))
        #expect(
            try await anyone.get("/policy/versions/1").text.contains(
                "customer service may read telephone number to answer you, on an open case"))
        #expect(try await anyone.get("/policy/versions/2").text.contains("Privacy officer 1 agreed on"))
        #expect(versions.contains("action=\"/policy/versions/difference\""))
        let forth = try await anyone.get("/policy/versions/difference?from=1&to=2").text
        let back = try await anyone.get("/policy/versions/difference?from=2&to=1").text
        #expect(forth.contains("Customer service may now see your telephone number") && forth.contains("An open case: “"))
        #expect(back.contains("Customer service may no longer see your telephone number") && back.contains("from version 2 to version 1"))
        #expect(try await anyone.get("/policy/versions/difference?from=1&to=1").text.contains("The two say the same"))
        anyone.language = "id"
        let indonesian = try await anyone.get("/policy/versions/difference?from=1&to=2").text
        #expect(
            indonesian.contains("Yang berubah dari versi 1 ke versi 2")
                && indonesian.contains("Dalam bahasa Inggris: versi yang lebih baru"))
        #expect(indonesian.contains("Customer service may now see your telephone number"), "whole, and not half of it")
        #expect(try await anyone.get("/policy/versions/2/document").text == String(decoding: document, as: UTF8.self))
        #expect(try await anyone.get("/policy/versions/2/note").text.hasPrefix("voffice policy 1\nversion 2\n"))
    }

    @Test func `doesn't let an administrator name an officer who counts at once: everybody hears of it, and an officer of before agrees`()
        async throws
    {
        let house = try await House(isProduction: true), officers = try await Officers(house), eve = Browser(house)
        try await officers.open()
        let proposal = try propose(second(house, from: 60), house)
        try await officers.ratna.signIn("ratna@office.example")
        _ = try await officers.ratna.post("/staff/team", ["name": "Eve", "email": "eve@office.example", "role": "policy officer"])
        let told = house.office.outbox.filter { $0.subject.contains("A policy officer was named") }.map(\.to)
        #expect(told.contains("putri@office.example") && told.contains("agus@office.example") && told.contains("ratna@office.example"))
        try await eve.signIn("eve@office.example")
        let no = try await officers.approve(eve, proposal)
        #expect(no.status == 409 && no.text.contains("You were named lately"))
        // While she waits the former one is the only one.
        let team = try await officers.ratna.get("/staff/team").text
        #expect(team.contains("Nobody else here is policy officer whose word counts") && team.contains("Their word counts from"))
        // Neither a form that would be refused, nor a way round that leads back here.
        for path in ["/staff/policy/\(proposal)", "/staff/holds"] {
            let page = try await eve.get(path).text
            #expect(page.contains("You were named lately") && !page.contains("Approve this version") && !page.contains("Sign in anew"))
            #expect(!page.contains("action=\"\(path)"), "no form on \(path)")
        }
        #expect(try await officers.ratna.get("/staff/today").text.contains("Policy officer 2 was named"))
        let hers = try await eve.get("/staff/today").text
        #expect(hers.contains("You were named policy officer 2") && hers.contains("Your word counts once"))
        #expect(!hers.contains("Version 2 of the policy is proposed"), "her word doesn’t count yet")
        // Nobody agrees to themselves.
        let form = ["role": "policy officer", "number": "2"]
        #expect(try await !eve.get("/staff/policy").text.contains("I know them, and agree"))
        #expect(try await eve.post("/staff/policy/officers", form, from: "/staff/policy/draft").status == 404)
        #expect(try await officers.approve(eve, proposal).status == 409)

        try await officers.signInAnew()
        #expect(try await officers.agus.get("/staff/policy").text.contains("I know them, and agree"))
        #expect(try await officers.agus.post("/staff/policy/officers", form, from: "/staff/policy").status == 303)
        try await eve.signIn("eve@office.example")
        #expect(try await officers.approve(eve, proposal).status == 303)
        #expect(try await !officers.ratna.get("/staff/today").text.contains("was named"))
    }

    @Test func `lets an officer count after fourteen days where nobody of before is left to agree`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house), eve = Browser(house)
        try await officers.open()
        let proposal = try propose(second(house, from: 60), house)
        try await officers.ratna.signIn("ratna@office.example")
        _ = try await officers.ratna.post("/staff/team", ["name": "Eve", "email": "eve@office.example", "role": "policy officer"])
        try await eve.signIn("eve@office.example")
        #expect(try await officers.approve(eve, proposal).status == 409)
        house.clock.advance(by: .seconds(14 * 86_400 + 1))
        try await eve.signIn("eve@office.example")
        #expect(try await officers.approve(eve, proposal).status == 303)
    }

    @Test func `says of a version that was changed in the database while the house runs that it isn't shown`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house), anyone = Browser(house)
        try await officers.open()
        let proposal = try propose(second(house, from: 15), house)
        try await officers.signInAnew()
        _ = try await officers.approve(officers.putri, proposal)
        _ = try await officers.approve(officers.agus, proposal)
        try await house.store.write { (rows) throws(StoreFault) in
            _ = try rows.run("UPDATE policy_proposal SET document = CAST(document || x'20' AS BLOB) WHERE id = 2")
        }
        for (language, sentence) in [
            ("en", "no longer holds this version as two officers signed it"), ("id", "tidak lagi menyimpan versi ini"),
        ] {
            anyone.language = language
            let page = try await anyone.get("/policy/versions/2")
            #expect(page.status == 409 && page.text.contains(sentence), "\(page.text)")
        }
    }

    private static let changes: [(change: SQL, english: String, indonesian: String)] = [
        (
            "UPDATE policy_proposal SET document = CAST(document || x'20' AS BLOB) WHERE id = 2",
            "The document of the proposal isn’t as it was proposed", "Dokumen usulan tidak lagi seperti"
        ),
        (
            "UPDATE policy_proposal SET text = replace(text, 'waits 14 days', 'waits nothing') WHERE id = 2",
            "The note of the proposal isn’t as it was proposed", "Catatan usulan tidak lagi seperti"
        ),
        (
            "UPDATE policy_proposal SET text = 'nothing' WHERE id = 2", "The note of the proposal isn’t as it was proposed",
            "Catatan usulan tidak lagi seperti"
        ),
    ]

    @Test(arguments: changes.indices) func `names what isn't as it was proposed, and lets nobody sign it`(_ number: Int) async throws {
        let (change, english, indonesian) = Self.changes[number]
        let house = try await House(isProduction: true), officers = try await Officers(house)
        try await officers.open()
        let proposal = try propose(second(house, from: 15), house)
        try await officers.signInAnew()
        try await house.store.write { (rows) throws(StoreFault) in
            try rows.run(change)
            return
        }
        let list = try await officers.putri.get("/staff/policy").text
        #expect(list.contains("Changed since it was proposed") && !list.contains("Waits for approval"))
        #expect(list.contains("Nobody can sign it") && list.contains("voffice admin doctor"), "what to do")
        let today = try await officers.putri.get("/staff/today").text
        #expect(today.contains("Proposal 2 was changed since it was proposed") && !today.contains("Version 2 of the policy is proposed"))
        let page = try await officers.putri.get("/staff/policy/\(proposal)")
        #expect(page.status == 409 && page.text.contains(english) && page.text.contains("voffice admin doctor"), "\(page.text)")
        #expect(try await officers.approve(officers.putri, proposal).status != 303)
        #expect(try await officers.agus.get("/staff/policy").text.contains("/staff/policy/\(proposal)"))
        officers.putri.language = "id"
        #expect(try await officers.putri.get("/staff/policy/\(proposal)").text.contains(indonesian))
    }

    @Test func `wants two factors of who works here where the operator says so, and shows the way to them`() async throws {
        let house = try await House(staffNeedsSecondFactor: true), ratna = try await house.ratna()
        let guest = ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"]
        for page in ["/staff", "/staff/team", "/staff/cases/1"] {
            let answer = try await ratna.get(page)
            #expect(answer.status == 403 && answer.text.contains("A second factor first") && answer.text.contains("/account/second-factor"))
        }
        #expect(try await ratna.post("/staff/team", guest, from: "/account").status == 403)
        try await ratna.setApp(house)
        #expect(try await ratna.post("/staff/team", guest).status == 303)
    }

    @Test func `asks an officer to sign in anew, and nobody else at all`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house)
        house.clock.advance(by: .seconds(601))
        #expect(try await officers.putri.get("/staff/policy/1").text.contains("Sign in anew"))
        #expect(try await officers.approve(officers.putri, 1).status == 409)
        #expect(try await officers.ratna.get("/staff/policy").status == 404)
        #expect(try await officers.ratna.get("/staff/policy/1").status == 404)
        #expect(try await officers.ratna.post("/staff/policy/1/approval", [:], from: "/staff/team").status == 404)
        try await officers.signInAnew()
        #expect(try await officers.approve(officers.putri, 1).status == 303)
        #expect(try await officers.approve(officers.putri, 1).status == 409)
    }
}
