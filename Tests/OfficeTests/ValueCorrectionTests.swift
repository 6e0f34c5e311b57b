// Sari puts her data right, value by value.

import Office
import Store
import Testing
import Vault

@Suite struct `Putting it right` {
    private func value(_ field: String, _ house: House, _ session: Session) throws -> String? {
        try house.office.holdings(of: session).first { $0.field == field && $0.stage == .present }?.value
    }

    @Test func `a name and a number are changed at once, and the use says so`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.office.correct("full name", to: " Sari Wijaya-Lestari ", for: sari)
        _ = try await house.office.correct("telephone number", to: "+62 811 1111", for: sari)
        #expect(try value("full name", house, sari) == "Sari Wijaya-Lestari")
        #expect(try value("telephone number", house, sari) == "+62 811 1111")
        let uses = try house.office.uses(of: sari, before: nil, limit: 20).map(\.use).filter { $0.verb == "correct" }
        #expect(uses.map(\.things) == [["telephone number"], ["full name"]] && uses.allSatisfy { $0.rules == ["correction.1"] })
    }

    @Test func `what was written in a case is changed there, and nowhere else`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let first = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let second = try await house.office.askForCall(sari, text: "And once more.", telephone: "+62 812 5550 4417")
        _ = try await house.office.correct("case message", at: .begun(inCase: first.number), to: "The courier came once.", for: sari)
        #expect(try house.office.ownCase(first.number, of: sari).text == "The courier came once.")
        #expect(try house.office.ownCase(second.number, of: sari).text == "And once more.")
    }

    @Test(arguments: [
        ("full name", "  ", FormFault.nameMissing), ("email address", "sari@", .emailUnfit),
        ("telephone number", "call me", .telephoneUnfit),
    ])
    func `what can't be right is told, and nothing is changed`(_ field: String, _ typed: String, _ fault: FormFault) async throws {
        let house = try await House()
        let sari = try await house.customer(), before = try value(field, house, sari)
        do throws(NotDone) {
            _ = try await house.office.correct(field, to: typed, for: sari)
            Issue.record("accepted")
        } catch {
            guard case .form(let faults) = error else { throw error }
            #expect(faults == [fault])
        }
        #expect(try value(field, house, sari) == before)
    }

    @Test func `without the rule nobody corrects, and it says which`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let rule = try #require(House.policyText.firstMatch(of: /\nthe person may correct [^\n]*\n( [^\n]*\n)+/)).output.0
        try await house.reopen(policy: House.policyText.replacing(rule, with: "\n"))
        // Who came under the former version keeps the right.
        _ = try await house.office.correct("full name", to: "Sari", for: sari)
        let dewi = try await house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        #expect(try house.office.holdings(of: dewi).allSatisfy { !$0.mayCorrect })
        let refusal = await refused { () async throws(NotDone) in
            _ = try await house.office.correct("full name", to: "Dewi Lestari", for: dewi)
        }
        #expect(refusal?.missing?.text.hasPrefix("the person may correct contact") == true)
    }
}
