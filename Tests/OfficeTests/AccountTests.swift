// Registration, codes, sessions, and the first administrator.

import Office
import Store
import Testing
import Vault

@Suite struct `Accounts` {
    @Test func `a stranger's address gets fifteen codes a day at most, however often it is typed`() async throws {
        let house = try await House()
        for _ in 0..<20 {
            _ = try? await house.office.register(Registration(name: "Dewi Lestari", email: "dewi@tokobaru.example", telephone: ""))
            house.clock.advance(by: .seconds(700))
        }
        let codes = house.office.outbound.outbox.filter { $0.to == "dewi@tokobaru.example" && $0.subject.contains("is your code") }
        #expect(codes.count == 15)
    }

    @Test func `who enters the code is signed in and sees what they typed`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let held = try house.office.holdings(of: sari)
        #expect(
            held.map(\.field) == ["full name", "email address", "telephone number", "session cookie", "browser mark", "record of uses"])
        #expect(held.prefix(3).map(\.value) == ["Sari Wijaya", "sari@ladatimur.example", "+62 812 5550 4417"])
        #expect(held.prefix(3).allSatisfy { $0.rules.map(\.address) == ["registration.1"] && $0.source == "registration form" })
        #expect(held.suffix(3).allSatisfy { !$0.rules.isEmpty && !$0.terms.isEmpty })
    }

    @Test func `a code is good once`() async throws {
        let house = try await House()
        let challenge = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        let code = try house.code(to: "sari@ladatimur.example")
        guard case .signedIn = try await house.office.confirm(challenge, code: code) else { throw House.Unexpected() }
        guard case .expired = try await house.office.confirm(challenge, code: code) else { throw House.Unexpected() }
    }

    @Test func `a code is good for ten minutes`() async throws {
        let house = try await House()
        let challenge = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        house.clock.advance(by: .seconds(601))
        guard case .expired = try await house.office.confirm(challenge, code: try house.code(to: "sari@ladatimur.example")) else {
            throw House.Unexpected()
        }
    }

    @Test func `after five wrong codes the right one doesn't count either`() async throws {
        let house = try await House()
        let challenge = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        let code = try house.code(to: "sari@ladatimur.example")
        let wrong = code == "111111" ? "222222" : "111111"
        for left in [4, 3, 2, 1] {
            guard case .wrong(let tries) = try await house.office.confirm(challenge, code: wrong) else { throw House.Unexpected() }
            #expect(tries == left)
        }
        guard case .expired = try await house.office.confirm(challenge, code: wrong) else { throw House.Unexpected() }
        guard case .expired = try await house.office.confirm(challenge, code: code) else { throw House.Unexpected() }
    }

    @Test func `of two browsers that register one address at once one gets it`() async throws {
        let house = try await House()
        let first = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        let firstCode = try house.code(to: "sari@ladatimur.example")
        let second = try await house.office.register(Registration(name: "Saru", email: "SARI@ladatimur.example ", telephone: ""))
        let secondCode = try house.code(to: "SARI@ladatimur.example")
        guard case .signedIn(let session) = try await house.office.confirm(second, code: secondCode) else { throw House.Unexpected() }
        guard case .taken = try await house.office.confirm(first, code: firstCode) else { throw House.Unexpected() }
        #expect(try house.office.holdings(of: session).first?.value == "Saru")
    }

    @Test func `whoever registers a known address gets the same answer and its owner a mail`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let token = try await house.office.register(Registration(name: "Eve", email: "sari@ladatimur.example", telephone: ""))
        #expect(house.office.outbound.outbox.first?.subject.contains("already have an account") == true)
        guard case .wrong = try await house.office.confirm(token, code: "123456") else { throw House.Unexpected() }
    }

    @Test func `a staff member's address gets the same answer as a free one, and no mail`() async throws {
        let house = try await House()
        _ = try await house.clerk()
        let state: SQL = """
            SELECT (SELECT count(*) FROM subject) + (SELECT count(*) FROM use_record) + (SELECT count(*) FROM code_issued)
            """
        let mails = house.office.outbox.count, before = try house.rows(state)
        let token = try await house.office.register(Registration(name: "Eve", email: "budi@office.example", telephone: ""))
        #expect(house.office.outbox.count == mails)
        // Nobody is made, nobody's list grows, and the clerk's own codes don't get fewer by it.
        #expect(try house.rows(state) == before)
        guard case .wrong(left: 4) = try await house.office.confirm(token, code: "123456") else { throw House.Unexpected() }
    }

    @Test func `what can't be a code uses up no try`() async throws {
        let house = try await House()
        let token = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        for typed in ["", "  ", "12", "abc", "1234567", "１２３４５６"] {
            guard case .unfit = try await house.office.confirm(token, code: typed) else { throw House.Unexpected() }
        }
        let right = try house.code(to: "sari@ladatimur.example"), wrong = right == "111111" ? "222222" : "111111"
        guard case .wrong(left: 4) = try await house.office.confirm(token, code: wrong) else { throw House.Unexpected() }
        guard case .signedIn = try await house.office.confirm(token, code: " \(right.prefix(3)) \(right.suffix(3))") else {
            throw House.Unexpected()
        }
    }

    @Test func `whom a crash stopped between the address and the entry comes in by signing in, and stays`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        // What is there when the process ends right after the address was claimed.
        let sari = Subject(id: try house.rows("SELECT subject FROM challenge"))
        #expect(try await house.office.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run("UPDATE challenge SET done = 1")
                return
            }
        }
        try await house.reopen()

        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        #expect(try await house.confirm(challenge, "sari@ladatimur.example").subject == sari)
        // Somebody whose address isn't proved is forgotten after a day.
        house.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await house.office.vault.sweep() == 0)
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == sari)
    }

    @Test func `nobody signs in to an address without an account, and no mail goes out`() async throws {
        let house = try await House()
        let token = try await house.office.startSignIn(email: "nobody@ladatimur.example")
        #expect(house.office.outbound.outbox.isEmpty)
        guard case .wrong = try await house.office.confirm(token, code: "000000") else { throw House.Unexpected() }
    }

    @Test func `an ended session doesn't come back`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.signOut(sari)
        #expect(try house.office.session(sari.token) == nil)
    }

    @Test func `a session ends when the policy's term of the cookie does`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        house.clock.advance(by: .seconds(30 * 86_400))
        #expect(try house.office.session(sari.token) != nil)
        house.clock.advance(by: .seconds(86_400))
        #expect(try house.office.session(sari.token) == nil)
    }

    @Test(arguments: [
        ("", "sari@ladatimur.example", "", FormFault.nameMissing), ("Sari", "", "", .emailMissing), ("Sari", "sari@", "", .emailUnfit),
        ("Sari", "sari ladatimur.example", "", .emailUnfit), ("Sari", "a@b@c.example", "", .emailUnfit),
        ("Sari", "sari@ladatimur.example\r\nBcc: all@ladatimur.example", "", .emailUnfit),
        ("Sari", "sari@ladatimur.example", "call me", .telephoneUnfit),
        ("\u{200B}\u{2060}", "sari@ladatimur.example", "", .nameUnfit), ("\u{FEFF}", "sari@ladatimur.example", "", .nameUnfit),
        ("Sari \u{202E}ayajiW", "sari@ladatimur.example", "", .nameUnfit), ("Sari\u{2066}", "sari@ladatimur.example", "", .nameUnfit),
        ("Sari\nWijaya", "sari@ladatimur.example", "", .nameUnfit), ("Sari\u{2028}Wijaya", "sari@ladatimur.example", "", .nameUnfit),
        ("\u{3164}", "sari@ladatimur.example", "", .nameUnfit),
        ("Sari", "käse@bücher.example", "", .emailForeign), ("Sari", "kaese@bücher.example", "", .emailForeign),
        ("Sari", String(repeating: "a", count: 300) + "@ladatimur.example", "", .emailTooLong(limit: 254)),
        (String(repeating: "a", count: 201), "s@l.example", "", .nameTooLong(limit: 200)),
    ])
    func `what can't be right is told, and nothing is stored`(name: String, email: String, telephone: String, fault: FormFault) async throws
    {
        let house = try await House()
        do throws(NotDone) {
            _ = try await house.office.register(Registration(name: name, email: email, telephone: telephone))
            Issue.record("accepted")
        } catch {
            guard case .form(let faults) = error else { throw error }
            #expect(faults == [fault])
        }
        #expect(house.office.outbound.outbox.isEmpty)
    }

    @Test(arguments: ["O'Brien", "Null", "X", "李小龍", "🌊", "Robert'); DROP TABLE subject;--", "Σωκράτης", "می\u{200C}خواهم", "عمر"])
    func `any name is a name`(_ name: String) async throws {
        let house = try await House()
        let session = try await house.customer(name)
        #expect(try house.office.holdings(of: session).first?.value == name)
    }
}

@Suite struct `The first administrator's link` {
    @Test func `brings in one administrator, whoever else took it`() async throws {
        let house = try await House()
        let invitation = try #require(try await house.office.firstInvitation())
        let first = try await house.office.begin(invitation, name: "Ratna Dewi", email: "ratna@office.example")
        let second = try await house.office.begin(invitation, name: "Eve", email: "eve@elsewhere.example")
        let codes = [try house.code(to: "ratna@office.example"), try house.code(to: "eve@elsewhere.example")]
        guard case .signedIn = try await house.office.confirm(first, code: codes[0]) else { throw House.Unexpected() }
        guard case .taken = try await house.office.confirm(second, code: codes[1]) else { throw House.Unexpected() }
        #expect(try !house.office.isInvitation(invitation))
        #expect(try await house.office.firstInvitation() == nil)
        await #expect(throws: NotDone.self) { _ = try await house.office.begin(invitation, name: "Eve", email: "eve2@elsewhere.example") }
    }

    @Test func `is good again after a slip in the address`() async throws {
        let house = try await House()
        let invitation = try #require(try await house.office.firstInvitation())
        _ = try await house.office.begin(invitation, name: "Ratna Dewi", email: "ratan@office.example")
        let again = try await house.office.begin(invitation, name: "Ratna Dewi", email: "ratna@office.example")
        #expect(try await house.confirm(again, "ratna@office.example").staff?.role == "administrator")
    }

    @Test func `is good for a day`() async throws {
        let house = try await House()
        let invitation = try #require(try await house.office.firstInvitation())
        house.clock.advance(by: .seconds(86_401))
        #expect(try !house.office.isInvitation(invitation))
    }
}

@Suite struct `Guessing a code` {
    @Test func `gets slower the more guesses miss, and never locks the owner out`() async throws {
        let house = try await House()
        _ = try await house.customer()
        var opened = 0
        for _ in 0..<60 {
            let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
            for guess in ["000000", "000001", "000002", "000003", "000004"] {
                if case .wrong = try await house.office.confirm(challenge, code: guess) { opened += 1 }
            }
            house.clock.advance(by: .seconds(60))
        }
        let mails = house.office.outbox.count { $0.subject.contains("is your code") }
        #expect(mails <= 15, "\(mails) mails in an hour")
        house.clock.advance(by: .seconds(3_600))
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        _ = try await house.confirm(challenge, "sari@ladatimur.example")
    }

    @Test func `on a challenge whose code wasn't mailed opens nothing`() async throws {
        let house = try await House()
        _ = try await house.customer()
        // Registering took the first of five.
        for _ in 0..<4 { _ = try await house.office.startSignIn(email: "sari@ladatimur.example") }
        let before = house.office.outbox.count
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        #expect(house.office.outbox.count == before)
        #expect(try house.rows("SELECT count(*) FROM challenge WHERE subject IS NULL") == 1)
        guard case .wrong = try await house.office.confirm(challenge, code: "123456") else { throw House.Unexpected() }
    }

    @Test func `by renewing the same challenge doesn't go on for ever`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        for _ in 0..<30 {
            for guess in ["000000", "000001", "000002", "000003", "000004"] { _ = try await house.office.confirm(challenge, code: guess) }
            house.clock.advance(by: .seconds(11))
            try await house.office.sendAnotherCode(challenge)
        }
        #expect(house.office.outbox.count { $0.subject.contains("is your code") } <= 7)
    }

    @Test func `that a stranger asks for keeps nobody out who asks from elsewhere`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        func asked(_ asker: Asker) async throws -> Bool {
            let before = house.office.outbox.count
            _ = try await house.office.startSignIn(email: "sari@ladatimur.example", from: asker)
            return house.office.outbox.count > before
        }
        let stranger = Asker(network: [1]), home = Asker(network: [2])
        for number in 0..<6 { #expect(try await asked(stranger) == (number < 5)) }
        #expect(try await asked(home), "another network has its own")
        // From everywhere at once: the cap holds, and the browser that she uses is let through all the same.
        var mails = 0
        for network in 3...60 { if try await asked(Asker(network: [UInt8(network)])) { mails += 1 } }
        #expect(mails < 20)
        #expect(try await asked(Asker(network: [60], browser: sari.browser)))
        // One network that guesses all day leaves codes to others at every moment.
        var kept = 0
        for hour in 0..<24 {
            house.clock.advance(by: .seconds(600))
            for _ in 0..<30 {
                house.clock.advance(by: .seconds(100))
                let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example", from: stranger)
                for guess in ["000000", "000001", "000002", "000003", "000004"] {
                    _ = try await house.office.confirm(challenge, code: guess)
                }
            }
            if try await !asked(Asker(network: [200, UInt8(hour)])) { kept += 1 }
        }
        #expect(kept == 0)
    }

    @Test func `that others give her address for use up none of her own`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let again = Registration(name: "Eve", email: "sari@ladatimur.example", telephone: "")
        for _ in 0..<8 { _ = try await house.office.register(again) }
        #expect(house.office.outbox.count { $0.subject.hasPrefix("You already have an account") } == 5)
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        _ = try await house.confirm(challenge, "sari@ladatimur.example")
    }

    @Test func `that customer service sends use up none of the person's own`() async throws {
        let call = try await Call()
        for _ in 0..<5 {
            call.house.clock.advance(by: .seconds(1))
            _ = try await call.code()
        }
        await #expect(throws: NotDone.self) { _ = try await call.code() }
        let challenge = try await call.office.startSignIn(email: Call.old)
        _ = try await call.house.confirm(challenge, Call.old)
    }

    @Test func `an address that a stranger registers again and again is free to its owner`() async throws {
        let house = try await House(), form = Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: "")
        for _ in 0..<20 { _ = try await house.office.register(form, from: Asker(network: [1])) }
        #expect(house.office.outbox.count == 5)
        let challenge = try await house.office.register(form, from: Asker(network: [2]))
        _ = try await house.confirm(challenge, form.email)
    }
}
