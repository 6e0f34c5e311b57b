// Sessions as their person sees them, and word of a browser that isn't known.

import Office
import Store
import Testing
import Vault

@Suite struct `Sessions` {
    private static let email = "sari@ladatimur.example"

    @Test func `are listed newest first, this one marked, with when each was last used to the hour`() async throws {
        let house = try await House()
        let laptop = try await house.customer()
        house.clock.advance(by: .seconds(86_400))
        let phone = try await house.signIn(Self.email)
        let listed = try house.office.sessions(of: phone)
        #expect(listed.map(\.isThisOne) == [true, false] && listed.map(\.isRecent) == [true, false])
        #expect(listed[1].since == laptop.since && listed[1].seen == laptop.since)
        _ = try house.office.session(laptop.token)
        try await house.until { try house.office.sessions(of: phone).allSatisfy(\.isRecent) }
    }

    @Test func `end one by one, and only one's own`() async throws {
        let house = try await House()
        let laptop = try await house.customer(), phone = try await house.signIn(Self.email)
        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        try await house.office.endSession(laptop.own.entry, of: dewi)
        #expect(try house.office.session(laptop.token) != nil)
        try await house.office.endSession(laptop.own.entry, of: phone)
        #expect(try house.office.session(laptop.token) == nil && house.office.session(phone.token) != nil)
    }

    @Test func `all end but this one`() async throws {
        let house = try await House()
        let laptop = try await house.customer(), phone = try await house.signIn(Self.email), tablet = try await house.signIn(Self.email)
        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        try await house.office.endOtherSessions(of: phone)
        #expect(try [laptop, phone, tablet, dewi].map { try house.office.session($0.token) != nil } == [false, true, false, true])
    }

    @Test func `begin with a number of their own each time`() async throws {
        let house = try await House()
        let first = try await house.customer(), second = try await house.signIn(Self.email, from: first.browser)
        #expect(first.token != second.token && first.browser == second.browser)
    }
}

@Suite struct `A browser that isn't known` {
    private static let email = "sari@ladatimur.example"

    @Test func `is told of when it signs in, and known for six months afterwards`() async throws {
        let house = try await House()
        let laptop = try await house.customer()
        #expect(house.notices == 0, "whoever registers knows of it")
        let phone = try await house.signIn(Self.email)
        #expect(house.notices == 1)
        _ = try await house.signIn(Self.email, from: phone.browser)
        _ = try await house.signIn(Self.email, from: laptop.browser)
        #expect(house.notices == 1)
        house.clock.advance(by: .seconds(185 * 86_400))
        _ = try await house.signIn(Self.email, from: phone.browser)
        #expect(house.notices == 2)
    }

    @Test func `is known to one account and not to another`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        _ = try await house.signIn("dewi@tokobaru.example", from: sari.browser)
        #expect(house.office.outbox.first?.to == "dewi@tokobaru.example" && house.notices == 1)
    }

    @Test func `is told of to staff too`() async throws {
        let house = try await House()
        _ = try await house.clerk()
        #expect(house.office.outbox.first?.to == "budi@office.example" && house.notices == 1)
    }

    @Test func `is turned out by the link in the mail, once, with all sessions`() async throws {
        let house = try await House()
        let sari = try await house.customer(), stranger = try await house.signIn(Self.email)
        let alarm = try #require(house.alarm)
        #expect(try house.office.alarm(alarm) == .signIn)
        #expect(try await house.office.raiseAlarm(alarm) != nil)
        #expect(try house.office.session(sari.token) == nil && house.office.session(stranger.token) == nil)
        #expect(try await house.office.raiseAlarm(alarm) == nil && house.office.alarm(alarm) == nil)
        // Nor is the stranger's browser known any more.
        _ = try await house.signIn(Self.email, from: stranger.browser)
        #expect(house.notices == 2)
    }

    @Test func `can be turned out for seven days`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let stranger = try await house.signIn(Self.email), alarm = try #require(house.alarm)
        house.clock.advance(by: .seconds(7 * 86_400 + 1))
        #expect(try await house.office.raiseAlarm(alarm) == nil)
        #expect(try house.office.session(stranger.token) != nil)
    }

    @Test func `leaves nothing behind when its person leaves`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let sari = try await house.signIn(Self.email)
        _ = try await house.office.leave(sari)
        #expect(try house.rows("SELECT (SELECT count(*) FROM known_browser) + (SELECT count(*) FROM alarm)") == 0)
    }

    @Test(
        arguments: [
            "collect browser mark from browser to make sure it is you", "the site may read browser mark to make sure it is you",
        ])
    func `stays unknown where no rule lets us mark it, or know it by the mark`(rule: String) async throws {
        let house = try await House(policy: House.policyText.replacing("\n" + rule + "\n", with: "\n"))
        let sari = try await house.customer()
        #expect(try sari.browser == nil && house.rows("SELECT count(*) FROM known_browser") == 0)
        _ = try await house.signIn(Self.email, from: sari.browser)
        #expect(house.notices == 1)
    }
}

extension House {
    func signIn(_ email: String, from browser: Token? = nil) async throws -> Session {
        let challenge = try await office.startSignIn(email: email)
        guard case .signedIn(let session) = try await office.confirm(challenge, code: try code(to: email), from: browser) else {
            throw Unexpected()
        }
        return session
    }

    /// How many mails told of a browser that wasn't known.
    var notices: Int { office.outbox.count { $0.subject.hasPrefix("A new browser signed in") } }

    /// The link in the newest of them.
    var alarm: Token? {
        office.outbox.first { $0.subject.hasPrefix("A new browser signed in") }?.text.firstMatch(of: /not-me\/([0-9a-f]+)/)
            .flatMap { Token(String($0.1)) }
    }

    /// What happens beside an answer is soon so.
    func until(_ holds: () throws -> Bool) async throws {
        for _ in 0..<1_000 where try !holds() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try holds())
    }
}

@Suite struct `A session at work` {
    @Test func `ends half an hour after its last visit, and a customer's doesn't`() async throws {
        let house = try await House()
        let ratna = try await house.administrator(), sari = try await house.customer()
        for _ in 0..<3 {
            house.clock.advance(by: .seconds(1_500))
            #expect(try house.office.session(ratna.token) != nil)
            let seen = house.clock.now()
            try await house.until { try house.rows("SELECT count(*) FROM session WHERE seen = \(seen)") > 0 }
        }
        #expect(try house.office.sessions(of: ratna).count == 1)
        house.clock.advance(by: .seconds(1_801))
        #expect(try house.office.session(ratna.token) == nil && house.office.session(sari.token) != nil)
    }

    @Test func `that is over stays over, also when the clock goes back`() async throws {
        let house = try await House(), ratna = try await house.administrator()
        house.clock.advance(by: .seconds(1_801))
        #expect(try house.office.session(ratna.token) == nil)
        try await house.until { try house.rows("SELECT count(*) FROM session") == 0 }
        house.clock.advance(by: .seconds(-1_801))
        #expect(try house.office.session(ratna.token) == nil)
    }

    @Test func `that is over ends by itself, so that it doesn't live again when the clock goes back`() async throws {
        let house = try await House(), ratna = try await house.administrator(), sari = try await house.customer()
        house.clock.advance(by: .seconds(1_801))
        try await house.office.endSessions()
        #expect(try house.rows("SELECT count(*) FROM session") == 1)
        house.clock.advance(by: .seconds(-1_801))
        #expect(try house.office.session(ratna.token) == nil && house.office.session(sari.token) != nil)
        // A customer's when the policy's term is over; by a clock that is more likely wrong none.
        try await house.office.vault.publish(Publishing())
        for (days, isLeft) in [(3_000, true), (400, false)] {
            house.clock.advance(by: .seconds(days * 86_400))
            if !isLeft { try house.believeClock() }
            try await house.office.endSessions()
            #expect(try house.rows("SELECT count(*) FROM session") == (isLeft ? 1 : 0))
            house.clock.advance(by: .seconds(-days * 86_400))
        }
        #expect(try house.office.session(sari.token) == nil)
    }
}
