// The next version as an officer writes it: what it begins from, and what its translation lacks.

import Foundation
import Testing

@testable import Site

extension `Publishing on the pages` {
    @Test func `begins in a house of development from the translation beside its file, and says that the file comes back`() async throws {
        let house = try await House(), officers = try await Officers(house)
        let page = try await officers.putri.get("/staff/policy/draft").text
        #expect(page.contains("with its next start it goes by its file again") && page.contains("nomor telepon"))
        let form = ["document": String(decoding: second(house, from: 15), as: UTF8.self), "translation": "", "act": "look"]
        let looked = try await officers.putri.post("/staff/policy/draft", form)
        #expect(looked.text.contains("comes without an Indonesian translation"))
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
