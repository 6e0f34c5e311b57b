// Sari gives another address: it holds when a code to it came back, and her old one can take it back for a week.

import Office
import Store
import Testing
import Vault

@Suite struct `Another address` {
    private static let old = "sari@ladatimur.example", new = "sari.wijaya@ladatimur.example"

    private func value(_ field: String, _ house: House, _ session: Session) throws -> String? {
        try house.office.holdings(of: session).first { $0.field == field && $0.stage == .present }?.value
    }

    private func askToMove(_ house: House, _ sari: Session, to email: String = new) async throws -> Token {
        guard case .codeSent(let token) = try await house.office.correct("email address", to: email, for: sari) else {
            throw House.Unexpected()
        }
        return token
    }

    @discardableResult
    private func move(_ house: House, _ sari: Session, to email: String = new) async throws -> String {
        let token = try await askToMove(house, sari, to: email)
        guard case .changed = try await house.office.confirmAddress(token, code: try house.code(to: email), for: sari) else {
            throw House.Unexpected()
        }
        let letter = try #require(house.office.outbox.first { $0.subject.contains("was changed") })
        return String(try #require(letter.text.firstMatch(of: /address-back\/([0-9a-f]{32})/)).1)
    }

    @Test func `a new address is given by somebody who has just come in, and ends what is open elsewhere`() async throws {
        let house = try await House(), sari = try await house.customer()
        let elsewhere = try await house.confirm(try await house.office.startSignIn(email: Self.old), Self.old)
        let token = try await askToMove(house, sari)
        guard case .changed = try await house.office.confirmAddress(token, code: try house.code(to: Self.new), for: sari) else {
            throw House.Unexpected()
        }
        #expect(try house.office.session(elsewhere.token) == nil)
        #expect(try house.office.session(sari.token) != nil)
        house.clock.advance(by: .seconds(601))
        #expect(try !house.office.mayCorrect("email address", in: sari))
        #expect(try house.office.mayCorrect("full name", in: sari))
        do throws(NotDone) {
            _ = try await house.office.correct("email address", to: Self.old, for: sari)
            Issue.record("an old session changes the address")
        } catch {
            guard case .signInAnew = error else { throw error }
        }
    }

    @Test func `a new address holds when its code came back; the old one hears of it and opens nothing any more`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let token = try await askToMove(house, sari)
        #expect(try value("email address", house, sari) == Self.old)
        #expect(try house.office.holdings(of: sari).contains { $0.stage == .unproved && $0.value == Self.new })
        guard case .wrong = try await house.office.confirmAddress(token, code: "000000", for: sari) else { throw House.Unexpected() }
        guard case .changed = try await house.office.confirmAddress(token, code: try house.code(to: Self.new), for: sari) else {
            throw House.Unexpected()
        }
        #expect(try value("email address", house, sari) == Self.new)
        let letter = try #require(house.office.outbox.first)
        #expect(letter.to == Self.old && letter.subject.contains("was changed"))
        let again = try await house.office.startSignIn(email: Self.new)
        #expect(try await house.confirm(again, Self.new).subject == sari.subject)
    }

    @Test func `the code of a new address opens no session, and one to sign in proves no address`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let token = try await askToMove(house, sari)
        guard case .expired = try await house.office.confirm(token, code: try house.code(to: Self.new)) else { throw House.Unexpected() }
        let entering = try await house.office.startSignIn(email: Self.old)
        guard case .expired = try await house.office.confirmAddress(entering, code: try house.code(to: Self.old), for: sari) else {
            throw House.Unexpected()
        }
        #expect(try value("email address", house, sari) == Self.old)
    }

    @Test func `nobody else can finish it`() async throws {
        let house = try await House()
        let sari = try await house.customer(), eve = try await house.customer("Eve", "eve@elsewhere.example", telephone: "")
        let token = try await askToMove(house, sari), code = try house.code(to: Self.new)
        guard case .expired = try await house.office.confirmAddress(token, code: code, for: eve) else { throw House.Unexpected() }
        #expect(try value("email address", house, eve) == "eve@elsewhere.example")
    }

    @Test func `whose address it is hears of it, and whoever asked gets the same answer`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        let token = try await askToMove(house, sari, to: "dewi@tokobaru.example")
        #expect(house.office.outbox.first?.subject.contains("gave your address") == true)
        guard case .wrong = try await house.office.confirmAddress(token, code: "123456", for: sari) else { throw House.Unexpected() }
        // Their own page doesn't tell either: what they gave lies there unproved, as a free address would.
        #expect(try house.office.holdings(of: sari).contains { $0.stage == .unproved && $0.value == "dewi@tokobaru.example" })
    }

    @Test func `a new code for it is asked for on its own page: the one for signing in sends none to the old address`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let token = try await askToMove(house, sari), code = try house.code(to: Self.new), mails = house.office.outbox.count
        house.clock.advance(by: .seconds(11))
        try await house.office.sendAnotherCode(token)
        #expect(house.office.outbox.count == mails)
        guard case .changed = try await house.office.confirmAddress(token, code: code, for: sari) else { throw House.Unexpected() }
    }

    @Test func `two at once come one after the other: the account's address always leads to it`() async throws {
        let house = try await House()
        for number in 0..<8 {
            let person = try await house.customer("Sari \(number)", "sari\(number)@ladatimur.example")
            let first = "first\(number)@ladatimur.example", second = "second\(number)@ladatimur.example"
            let token = try await askToMove(house, person, to: first), code = try house.code(to: first), office = house.office
            async let confirmed = office.confirmAddress(token, code: code, for: person)
            async let asked = office.correct("email address", to: second, for: person)
            _ = try await (confirmed, asked)
            let present = try #require(try value("email address", house, person))
            #expect(try house.office.vault.find(LookupAddress(email: present)) == person.subject)
            #expect(try house.rows("SELECT count(*) FROM address_change WHERE subject = \(person.subject)") >= 1)
        }
    }

    @Test func `an objection and another change at once end with the former address, or with the link still good`() async throws {
        let house = try await House()
        for number in 0..<8 {
            let old = "sari\(number)@ladatimur.example", person = try await house.customer("Sari \(number)", old)
            let link = try #require(Token(try await move(house, person, to: "eve\(number)@elsewhere.example")))
            house.clock.advance(by: .seconds(60))
            let other = "mallory\(number)@elsewhere.example"
            let token = try await askToMove(house, person, to: other), code = try house.code(to: other), office = house.office
            async let objected = office.object(link)
            async let confirmed = office.confirmAddress(token, code: code, for: person)
            _ = try await (objected, confirmed)
            #expect(try house.office.vault.find(LookupAddress(email: old)) == person.subject)
            for taken in [other, "eve\(number)@elsewhere.example"] {
                #expect(try house.office.vault.find(LookupAddress(email: taken)) == nil)
            }
        }
    }

    @Test func `somebody who proves the address first has it`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let token = try await askToMove(house, sari), code = try house.code(to: Self.new)
        let newcomer = try await house.office.register(Registration(name: "Dewi", email: Self.new, telephone: ""))
        _ = try await house.confirm(newcomer, Self.new)
        guard case .taken = try await house.office.confirmAddress(token, code: code, for: sari) else { throw House.Unexpected() }
        #expect(try value("email address", house, sari) == Self.old)
    }

    @Test func `the former address takes itself back within a week, and everybody is out`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let link = try #require(Token(try await move(house, sari)))
        house.clock.advance(by: .seconds(6 * 86_400))
        #expect(try house.office.objection(link) != nil)
        try await house.office.object(link)
        #expect(try house.office.session(sari.token) == nil)
        let again = try await house.office.startSignIn(email: Self.old)
        let back = try await house.confirm(again, Self.old)
        #expect(back.subject == sari.subject)
        #expect(try value("email address", house, back) == Self.old)
        #expect(try house.office.objection(link) == nil)
        // The address that somebody else had put there leads nowhere.
        #expect(try house.office.vault.find(LookupAddress(email: Self.new)) == nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE item <> 0") == 0)
    }

    @Test func `whoever took the address and changed it again gains nothing by that`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let link = try #require(Token(try await move(house, sari)))
        house.clock.advance(by: .seconds(60))
        let theirs = try #require(Token(try await move(house, sari, to: "eve@elsewhere.example")))
        try await house.office.object(link)
        #expect(try house.office.objection(theirs) == nil)
        let again = try await house.office.startSignIn(email: Self.old)
        #expect(try value("email address", house, try await house.confirm(again, Self.old)) == Self.old)
        for email in [Self.new, "eve@elsewhere.example"] { #expect(try house.office.vault.find(LookupAddress(email: email)) == nil) }
    }

    @Test func `after a week the former address is forgotten and free`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let link = try #require(Token(try await move(house, sari)))
        #expect(try house.office.vault.find(LookupAddress(email: Self.old)) == sari.subject)
        house.clock.advance(by: .seconds(8 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.objection(link) == nil)
        #expect(try house.office.vault.find(LookupAddress(email: Self.old)) == nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE item <> 0") == 0)
        #expect(try value("email address", house, sari) == Self.new)
    }

    private static let year: Int64 = 31_536_000_000_000
    static let moved: [SQL] = [
        "UPDATE address_change SET changed = changed - \(year)", "UPDATE address_change SET changed = NULL, made = made - \(year)",
    ]

    @Test(arguments: moved.indices) func `whose days somebody changed in its row stays, and the former one comes back all the same`(
        _ move: Int
    ) async throws {
        let house = try await House(), sari = try await house.customer()
        let link = try #require(Token(try await self.move(house, sari)))
        let named = "state-altered: the row of \(sari.subject.id) in address_change isn't one that this house wrote"
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        let (made, changed) = (try house.rows("SELECT made FROM address_change"), try house.rows("SELECT changed FROM address_change"))
        try House.change(Self.moved[move], in: house.folder)
        #expect(try house.findings().contains(named))
        #expect(try await house.office.forgetWhatHasRunOut()?.contains("a change of address") == true)
        #expect(try house.office.vault.find(LookupAddress(email: Self.old)) == sari.subject)
        #expect(throws: NotDone.self) { try house.office.objection(link) }
        try House.change("UPDATE address_change SET made = \(made), changed = \(changed)", in: house.folder)
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.office.objection(link) != nil && !house.findings().contains(named))
        try await house.office.object(link)
        let again = try await house.confirm(try await house.office.startSignIn(email: Self.old), Self.old)
        #expect(again.subject == sari.subject)
    }

    /// What was done when the process ended: the code was right; the address was claimed; it was exchanged, and the item stayed.
    @Test(arguments: [1, 2, 3]) func `a change that was interrupted goes on with the same code`(_ steps: Int) async throws {
        let house = try await House()
        let sari = try await house.customer(), token = try await askToMove(house, sari), code = try house.code(to: Self.new)
        if steps == 3 { _ = try await house.office.confirmAddress(token, code: code, for: sari) }
        try interrupt(house)
        if steps == 2 { #expect(try await house.office.vault.claim(LookupAddress(email: Self.new), for: sari.subject)) }
        try await house.reopen()
        let again = try #require(try house.office.session(sari.token))
        guard case .changed = try await house.office.confirmAddress(token, code: code, for: again) else { throw House.Unexpected() }
        #expect(try value("email address", house, again) == Self.new)
        #expect(house.office.outbox.filter { $0.subject.contains("was changed") }.count == 1)
        #expect(try house.office.vault.find(LookupAddress(email: Self.new)) == sari.subject)
    }

    @Test func `a change that was interrupted after the claim begins anew at once, and with a code`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await askToMove(house, sari)
        try interrupt(house)
        #expect(try await house.office.vault.claim(LookupAddress(email: Self.new), for: sari.subject))
        try await house.reopen()
        let again = try #require(try house.office.session(sari.token))
        try await move(house, again)
        #expect(try value("email address", house, again) == Self.new)
    }

    @Test func `who moved may move back within the week`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await move(house, sari)
        try await move(house, sari, to: Self.old)
        house.clock.advance(by: .seconds(8 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try value("email address", house, sari) == Self.old)
        #expect(try house.office.vault.find(LookupAddress(email: Self.old)) == sari.subject)
        #expect(try house.office.vault.find(LookupAddress(email: Self.new)) == nil)
    }

    private func interrupt(_ house: House) throws {
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run("UPDATE challenge SET done = 1 WHERE kind = 'address'")
                try rows.run("UPDATE address_change SET proved = made")
                return
            }
        }
    }

    @Test func `an address that nobody proves is forgotten within hours`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await askToMove(house, sari)
        house.clock.advance(by: .seconds(3_601))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.holdings(of: sari).allSatisfy { $0.stage == .present })
        #expect(try house.rows("SELECT count(*) FROM record WHERE item <> 0") == 0)
    }

    @Test func `whoever leaves meanwhile leaves nothing of it`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await move(house, sari)
        _ = try await house.office.vault.erase(sari.own)
        for email in [Self.old, Self.new] { #expect(try house.office.vault.find(LookupAddress(email: email)) == nil) }
        #expect(try house.rows("SELECT count(*) FROM address_change") == 0)
        _ = try await house.office.forgetWhatHasRunOut()
    }
}
