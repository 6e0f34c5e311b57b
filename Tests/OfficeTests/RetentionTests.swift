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
        let end = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first?.use)
        #expect(end.verb == "end" && end.who == "the site" && end.things == ["case message"])
        #expect(end.rules == [house.office.vault.policy.terms(of: "case message")[0].address])
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
            try house.believeClock()
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

}

@Suite struct `Where something is damaged` {
    @Test func `everything else goes, and the operator hears of it each hour`() async throws {
        let house = try await House()
        let sari = try await house.customer(), dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        for person in [sari, dewi] {
            _ = try await house.office.askForCall(person, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        }
        try House.change("UPDATE record SET sealed = \([0] as [UInt8]) WHERE subject = \(sari.subject)", in: house.folder)
        house.clock.advance(by: .seconds(400 * 86_400))
        _ = try await house.office.vault.openSession(of: sari.subject)
        for _ in 1...2 {
            let said = try #require(try await house.office.forgetWhatHasRunOut())
            #expect(said.contains("record is damaged") && said.contains("admin doctor"))
        }
        #expect(try house.rows("SELECT count(*) FROM session") == 0)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(sari.subject)") > 1)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(dewi.subject)") == 1)
        // Also what comes after the look at people.
        house.clock.advance(by: .seconds(400 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM use_record WHERE subject = \(dewi.subject) AND seq = 1") == 0)
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

@Suite struct `What a version keeps otherwise than the one before` {
    static let asleep = #"keep contact 24 months after your deactivation, because "so long you can come back to a sleeping account""# + "\n"
    static let employed = #"keep staff data while employed, because "they need the account for their work""# + "\n"

    private func changed(_ house: House, without line: String) async throws {
        let text = House.policyText.replacingOccurrences(of: line, with: "")
        try #require(text != House.policyText)
        try await house.reopen(policy: text)
        #expect(house.office.policyDiagnostics.isEmpty, "else it stays for that")
    }

    @Test func `stays for a day in a house of development: a sleeping account, which goes after that`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        house.clock.advance(by: .seconds(3 * 86_400))
        try await changed(house, without: Self.asleep)
        let said = try #require(try await house.office.forgetWhatHasRunOut())
        #expect(said.contains("email address") && said.contains("2026-03-05T02:00:00Z") && said.contains("put it back"))
        house.clock.advance(by: .seconds(86_400 - 1))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
        house.clock.advance(by: .seconds(1))
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
    }

    @Test func `stays for good where the line is put back in time`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        house.clock.advance(by: .seconds(3 * 86_400))
        try await changed(house, without: Self.asleep)
        _ = try await house.office.forgetWhatHasRunOut()
        house.clock.advance(by: .seconds(3_600))
        try await house.reopen()
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
    }

    @Test func `stays for a day from the version that lost it, whatever the next one changes`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        house.clock.advance(by: .seconds(3 * 86_400))
        try await changed(house, without: Self.asleep)
        house.clock.advance(by: .seconds(3_600))
        let telephone = `While the policy has errors`.telephone
        try await house.reopen(
            policy: House.policyText.replacingOccurrences(of: Self.asleep, with: "").replacingOccurrences(of: telephone, with: ""))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
    }

    @Test func `stays for a day: who works here`() async throws {
        let house = try await House()
        _ = try await house.administrator()
        house.clock.advance(by: .seconds(40 * 86_400))
        try await changed(house, without: Self.employed)
        let said = try #require(try await house.office.forgetWhatHasRunOut())
        #expect(said.contains("staff email address") && said.contains("staff name"))
        #expect(try house.rows("SELECT count(*) FROM staff") == 1)
        let challenge = try await house.office.startSignIn(email: "ratna@office.example", isForStaff: true)
        #expect(try await house.confirm(challenge, "ratna@office.example").staff?.role == "administrator")
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
