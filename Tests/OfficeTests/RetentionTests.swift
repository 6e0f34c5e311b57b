// What the policy no longer keeps is forgotten.

import Office
import Policy
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

@Suite struct `While the policy has errors` {
    static let telephone = "customer service may read telephone number to answer you, on an open case\n"
    static let firstDay = "keep contact 1 day after collected, because \"so long you have to enter the code\"\n"

    @Test func `what has run out goes all the same`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        try await house.reopen(policy: House.policyText.replacingOccurrences(of: Self.telephone, with: ""))
        #expect(!house.office.policyDiagnostics.isEmpty)
        house.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.rows("SELECT count(*) FROM subject") == 0)
    }

    @Test func `what they would keep otherwise than before stays, and the operator hears of it`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        let shorter = House.policyText.replacingOccurrences(of: Self.firstDay, with: "")
        try await house.reopen(policy: shorter.replacingOccurrences(of: Self.telephone, with: ""))
        house.clock.advance(by: .seconds(3 * 86_400))
        let said = try #require(try await house.office.forgetWhatHasRunOut())
        #expect(said.contains("email address") && said.contains("full name"))
        #expect(try house.rows("SELECT count(*) FROM subject") == 1)
    }
}

@Suite struct `What no rule would keep from its arrival on` {
    @Test func `isn't taken in, and the rule that kept it is named`() async throws {
        let house = try await House()
        let line = `While the policy has errors`.firstDay
        try await house.reopen(policy: House.policyText.replacingOccurrences(of: line, with: ""))
        #expect(house.office.refusal(of: .account)?.missing?.text == String(line.dropLast()))
        await #expect {
            try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        } throws: { error in
            guard case .refused(.policy(let refused)) = error as? NotDone else { return false }
            return refused.missing?.text == String(line.dropLast())
        }
        #expect(try house.rows("SELECT count(*) FROM subject") == 0)
    }

    @Test func `isn't taken in from somebody known either`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let line = "keep belongings while account active, because \"they are yours, and your plan runs by them\"\n"
        try await house.reopen(policy: House.policyText.replacingOccurrences(of: line, with: ""))
        let refused = try house.office.previewOfPassword(sari)
        #expect(refused?.missing?.text == String(line.dropLast()))
    }
}

@Suite struct `What a browser remembers` {
    static let cases = "to fit the site to you, on this browser remembered, unless a privacy signal\n"
    static let collecting = "collect lasting cookie from browser " + cases, reading = "the site may read lasting cookie " + cases

    @Test func `lasts as long as the policy keeps it, and not at all where a signal or a missing rule says no`() async throws {
        let house = try await House()
        let seconds = try #require(try house.office.secondsOfRemembering(privacySignal: false))
        #expect((364...366).contains(seconds / 86_400))
        #expect(try house.office.secondsOfRemembering(privacySignal: true) == nil)
        for line in [Self.collecting, Self.reading] {
            let text = House.policyText.replacingOccurrences(of: line, with: "")
            #expect(text != House.policyText)
            try await house.reopen(policy: text)
            #expect(try house.office.secondsOfRemembering(privacySignal: false) == nil)
        }
    }
}
