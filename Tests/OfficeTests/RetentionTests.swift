// What the policy no longer keeps is forgotten.

import Office
import Testing
import Vault

@Suite struct `What nothing keeps` {
    @Test func `goes: somebody who never entered the code, after a day`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        #expect(try await house.office.vault.sweep() == 0)
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await house.office.vault.sweep() == 1)
        #expect(try house.rows("SELECT count(*) FROM subject") == 0)
        #expect(try house.rows("SELECT count(*) FROM use_record") == 0)
        #expect(try house.rows("SELECT count(*) FROM challenge") == 0)
    }

    @Test func `goes: the text of a case after twelve months, and the account stays`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        house.clock.advance(by: .seconds(364 * 86_400))
        #expect(try await house.office.vault.sweep() == 0)
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await house.office.vault.sweep() == 1)
        #expect(try house.office.ownCase(asked.number, of: sari).text == "")
        #expect(try house.office.holdings(of: sari).map(\.field) == ["full name", "email address", "telephone number"])
        #expect(try await house.office.vault.sweep() == 0)
    }
}
