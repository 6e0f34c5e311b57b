// The next version as an officer writes it: what it begins from, and what its translation lacks.

import Foundation
import Policy
import Testing
import Vault

@testable import Site

extension `Publishing on the pages` {
    @Test func `begins in a house of development from the translation beside its file, and says until when it holds`() async throws {
        let house = try await House(), officers = try await Officers(house)
        let page = try await officers.putri.get("/staff/policy/draft").text
        #expect(page.contains("holds until the policy’s file is changed") && page.contains("nomor telepon"))
        let form = ["document": String(decoding: second(house, from: 15), as: UTF8.self), "translation": "", "act": "look"]
        let looked = try await officers.putri.post("/staff/policy/draft", form)
        #expect(looked.text.contains("comes without an Indonesian translation"))
    }

    @Test func `leads from what is wrong to its line in the text, and back`() async throws {
        let house = try await House(), officers = try await Officers(house)
        let wrong = String(decoding: second(house, from: 15), as: UTF8.self).replacing(
            "customer service may read telephone number", with: "customer service may raed telephone number"
        ).replacing("\n", with: "\r\n")
        let page = try await officers.putri.post("/staff/policy/draft", ["document": wrong, "act": "look"]).text
        let line = try #require(wrong.components(separatedBy: "\r\n").firstIndex { $0.contains("may raed") }) + 1
        #expect(page.contains("<a href=\"#line-\(line)\">Line \(line)</a>") && page.contains("id=\"fault-1\""))
        #expect(page.contains("<a id=\"line-\(line)\" href=\"#fault-1\" aria-label=\"Line \(line), see what is wrong\">\(line)</a>"))
        #expect(page.contains("\n\(line - 1)\n</span>") && page.contains("<span aria-hidden=\"true\">\n\(line + 1)\n"))
    }

    @Test func `holds in a house of development over a start, until its file is changed`() async throws {
        let house = try await House(), officers = try await Officers(house), anyone = Browser(house)
        let draft = try Draft(second(house, from: 15), in: house.store, at: house.clock.now())
        let proposal = try draft.propose(in: house.store, at: house.clock.now())
        for browser in [officers.putri, officers.agus] {
            try await officers.signInAnew()
            #expect(try await officers.approve(browser, proposal).status == 303)
        }
        let byFile = "The policy’s file is in force as it stands", asPublished = "in force as it was published, until its file is changed"
        try await house.reopen()
        #expect(try await anyone.get("/policy").text.contains(byFile) && house.office.policy.version.number == 1)
        house.clock.advance(by: .seconds(16 * 86_400))
        for _ in 1...2 {
            #expect(house.office.policy.version.number == 2 && house.office.vault.coming == nil)
            #expect(try await anyone.get("/policy").text.contains(asPublished))
            try await house.reopen()
        }
        let line = "customer service may read telephone number to answer you, on an open case"
        try await house.reopen(lacking: [line])
        #expect(house.office.policy.version.number == 1)
        #expect(try await anyone.get("/policy").text.contains(byFile))
        try await house.reopen(lacking: [line])
        #expect(house.office.policy.version.number == 1)
    }

    @Test func `gives way to a file that is put back to what it said before`() async throws {
        let house = try await House(), officers = try await Officers(house), published = second(house, from: 15)
        let proposal = try Draft(published, in: house.store, at: house.clock.now()).propose(in: house.store, at: house.clock.now())
        for browser in [officers.putri, officers.agus] {
            try await officers.signInAnew()
            #expect(try await officers.approve(browser, proposal).status == 303)
        }
        house.clock.advance(by: .seconds(16 * 86_400))
        for document in [nil, published, published] {
            try await house.reopen(under: document)
            #expect(house.office.policy.version.number == 2)
        }
        // The file said what was published, and says again what it said first.
        for _ in 1...2 {
            try await house.reopen()
            #expect(house.office.policy.version.number == 1)
        }
    }

    @Test func `warns of a translation that was cut, before it is proposed and before it is signed`() async throws {
        let house = try await House(isProduction: true), officers = try await Officers(house)
        try await officers.open()
        try await officers.signInAnew()
        let whole = try String(contentsOf: House.root.appending(path: "policy/voffice.id.md"), encoding: .utf8)
        let cut = String(whole.prefix(whole.count / 2)), document = String(decoding: second(house, from: 15), as: UTF8.self)
        let warning = "what it lacks, or has of an earlier text, its readers meet in English"
        var form = ["document": document, "translation": cut, "act": "look"]
        let looked = try await officers.putri.post("/staff/policy/draft", form)
        #expect(looked.status == 200 && looked.text.contains(warning) && looked.text.contains("isn&#39;t translated"))
        form["act"] = "propose"
        #expect(try await officers.putri.post("/staff/policy/draft", form).location == "/staff/policy/2")
        #expect(try await officers.agus.get("/staff/policy/2").text.contains(warning))
    }
}
