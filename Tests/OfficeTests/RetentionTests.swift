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
        #expect(try house.office.holdings(of: sari).map(\.field).prefix(3) == ["full name", "email address", "telephone number"])
        #expect(try await house.office.vault.sweep() == 0)
    }
}

@Suite struct `What runs out by itself` {
    @Test func `an ended session and a used code leave no row`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        house.clock.advance(by: .seconds(32 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.rows("SELECT count(*) FROM session") == 0)
        #expect(try house.rows("SELECT count(*) FROM challenge") == 0)
        // Also with the clock set back nobody comes in by it.
        house.clock.advance(by: .seconds(-31 * 86_400))
        #expect(try house.office.session(sari.token) == nil)
    }

    @Test func `entries of uses go after two years, with their keys`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.vault.sequence()
        for _ in 0..<17 {
            house.clock.advance(by: .seconds(50 * 86_400))
            _ = try await house.office.vault.openSession(of: sari.subject)
            try await house.office.vault.sequence()
            #expect(try await house.office.forgetWhatHasRunOut() == nil)
        }
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        let again = try await house.confirm(challenge, "sari@ladatimur.example")
        let entries = try house.office.uses(of: again, before: nil, limit: 100)
        #expect(entries.last.map { $0.sequence > 1 } == true)
        #expect(entries.allSatisfy { $0.proof != .mismatch })
    }

    @Test func `nothing goes while the clock is far ahead of the log`() async throws {
        let house = try await House()
        _ = try await house.customer()
        try await house.office.vault.sequence()
        house.clock.advance(by: .seconds(3_650 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut()?.contains("clock") == true)
        #expect(try house.rows("SELECT count(*) FROM record") > 0)
    }
}
