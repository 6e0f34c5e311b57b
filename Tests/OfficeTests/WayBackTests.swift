// Coming back without app and recovery codes: slow, told, and stopped by whoever has a better right.

@testable import Office
import Outbound
import Policy
import Store
import Testing
import Vault

@Suite struct `A way back` {
    private static let email = "sari@ladatimur.example"

    @Test func `opens after seven whole days, and takes the factors away by the policy's rule`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        let codes = try await house.office.draftOfRecoveryCodes(in: sari)
        try await house.office.keepRecoveryCodes(codes.sealed, in: sari)
        let day = try await house.ask()
        #expect(day == Day(of: house.clock.now()).adding(.init(8, .days)), "the seventh still counts")
        house.clock.advance(by: .seconds(day.start.seconds - house.clock.now().seconds - 1_300))
        let early = try await house.first()
        #expect(try house.office.wayBack(early).isWaiting)
        #expect(try await house.office.comeBack(early) == nil && house.office.session(sari.token) != nil)
        house.clock.advance(by: .seconds(700))
        let session = try #require(try await house.office.comeBack(try await house.first()))
        #expect(!session.isStrong && session.wayBack == nil)
        #expect(try house.office.session(sari.token) == nil, "all other sessions are ended")
        let ways = try house.office.waysIn(of: session)
        #expect(ways.factor == nil && ways.recoveryCodes == nil)
        #expect(try await !house.signIn(Self.email).isStrong)
        let entry = try #require(try house.office.uses(of: session, before: nil, limit: 20).first { $0.use.verb == "delete" })
        #expect(entry.use.who == "the site" && entry.use.rules == ["signing-in.way-back"])
        #expect(Set(entry.use.things) == ["second factor", "recovery codes"])
        #expect(house.office.outbox.contains { $0.subject.hasPrefix("How you sign in") })
    }

    @Test func `is told by letter and on every page, and the letter's link stops it`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        _ = try await house.ask()
        #expect(try house.office.session(sari.token)?.wayBack?.due != nil)
        let alarm = try #require(house.wayBackAlarm)
        #expect(try house.office.alarm(alarm) == .wayBack)
        house.clock.advance(by: .seconds(9 * 86_400))
        #expect(try house.office.alarm(alarm) == .wayBack, "also when it is open")
        let thief = try await house.first()
        #expect(try await house.office.raiseAlarm(alarm) != nil)
        #expect(try await house.office.comeBack(thief) == nil && house.office.wayBack(thief) == nil)
        guard case .open = try house.office.wayBack(try await house.first()) else { throw House.Unexpected() }
        #expect(try await house.office.raiseAlarm(alarm) == nil && house.office.alarm(alarm) == nil)
    }

    @Test func `is stopped by whoever is signed in, and by whoever has the app after all`() async throws {
        let house = try await House(), sari = try await house.customer(), app = try await house.app(of: sari)
        _ = try await house.ask()
        try await house.office.stopWayBack(sari)
        #expect(try house.office.session(sari.token)?.wayBack == nil)
        _ = try await house.ask()
        guard case .signedIn = try await house.office.confirmFactor(try await house.first(), code: app.next(house)) else {
            throw House.Unexpected()
        }
        house.clock.advance(by: .seconds(9 * 86_400))
        guard case .open = try house.office.wayBack(try await house.first()) else { throw House.Unexpected() }
    }

    @Test func `isn't given to a password alone, nor to who has no first factor`() async throws {
        let house = try await House(), sari = try await house.customer(), words = "tujuh perahu di Kapuas"
        try await house.office.setPassword(words, again: words, in: sari)
        _ = try await house.app(of: sari)
        guard case .secondFactor(let challenge) = try await house.office.signIn(email: Self.email, password: words) else {
            throw House.Unexpected()
        }
        guard case .unproved = try house.office.wayBack(challenge) else { throw House.Unexpected() }
        try await house.office.askWayBack(challenge)
        #expect(try house.rows("SELECT count(*) FROM way_back") == 0)
        _ = try await house.ask()
        house.clock.advance(by: .seconds(9 * 86_400))
        guard case .secondFactor(let later) = try await house.office.signIn(email: Self.email, password: words) else {
            throw House.Unexpected()
        }
        #expect(try await house.office.comeBack(later) == nil)
        let mailed = try await house.office.startSignIn(email: Self.email)
        #expect(try house.office.wayBack(mailed) == nil)
    }

    @Test func `begins when the notice has left, and not before`() async throws {
        let server = MailServer { $0 == 2 ? .later(after: 1) : nil }
        let house = try await House(mail: server)
        let challenge = try await house.office.register(Registration(name: "Sari Wijaya", email: Self.email, telephone: ""))
        await server.waits(for: 1)
        guard case .signedIn(let sari) = try await house.office.confirm(challenge, code: try #require(server.codes.last)) else {
            throw House.Unexpected()
        }
        let alarm = Token(from: house.randomness), asked = house.clock.now()
        let notice = try await house.office.prepare(
            WayBackNotice.self, .wayBackAsked(from: Day(of: asked), alarm: alarm, house.office), for: sari.subject, about: alarm,
            lifetime: .seconds(86_400))
        try await house.office.store.write { (rows) throws(Refusal) in
            try rows.run("INSERT INTO way_back (subject, alarm, asked) VALUES (\(sari.subject), \(alarm.hash), \(asked))")
            try notice.enqueue(at: asked, in: rows)
        }
        await house.office.work()
        #expect(try house.office.session(sari.token)?.wayBack == AskedWayBack(asked: asked, due: nil))
        house.clock.advance(by: .seconds(20 * 3_600))
        await house.office.work()
        let sent = Day(of: house.clock.now())
        #expect(try house.office.session(sari.token)?.wayBack?.due == sent.adding(.init(7, .days)).end)
    }

    @Test func `asked for again begins no later, and closes a week after it opened`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        let day = try await house.ask()
        house.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await house.ask() == day)
        #expect(house.office.outbox.count { $0.subject.contains("without your app") } == 1)
        house.clock.advance(by: .seconds(13 * 86_400))
        let late = try await house.first()
        #expect(try await house.office.comeBack(late) == nil)
        guard case .open = try house.office.wayBack(late) else { throw House.Unexpected() }
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM way_back") == 0)
    }

    @Test func `is closed where the policy has no line for it, also to who asked before`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        _ = try await house.ask()
        let line = "the site may delete second factor, recovery codes to make sure it is you, on way back told [way-back]\n"
        let text = House.policyText.replacing(line, with: "")
        #expect(text != House.policyText)
        house.clock.advance(by: .seconds(9 * 86_400))
        try await house.reopen(policy: text)
        let challenge = try await house.first()
        let refusal = await refused { () async throws(NotDone) in _ = try await house.office.comeBack(challenge) }
        #expect(refusal?.why == .noRule && refusal?.verb == .delete)
        #expect(try house.rows("SELECT count(*) FROM second_factor") == 1)
        try await house.office.stopWayBack(sari)
        guard case .closed(let why) = try house.office.wayBack(challenge) else { throw House.Unexpected() }
        #expect(why.missing?.text.hasPrefix("the site may delete second factor") == true)
    }

    @Test func `is one for staff too`() async throws {
        let house = try await House()
        let clerk = try await house.clerk(), address = "budi@office.example"
        house.clock.advance(by: .seconds(601))
        let budi = try await house.signIn(address)
        #expect(budi.staff == clerk)
        _ = try await house.app(of: budi)
        #expect(try await house.ask(address) > Day(of: house.clock.now()))
        #expect(house.office.outbox.first { $0.subject.contains("without your app") }?.to == address)
        house.clock.advance(by: .seconds(9 * 86_400))
        #expect(try await house.office.comeBack(try await house.first(address))?.staff == clerk)
    }
}

extension House {
    /// Asks for the way back; the day on which it opens.
    func ask(_ email: String = "sari@ladatimur.example") async throws -> Day {
        let challenge = try await first(email)
        try await office.askWayBack(challenge)
        guard case .waiting(let day?) = try office.wayBack(challenge) else { throw Unexpected() }
        return day
    }
}

extension House {
    fileprivate var wayBackAlarm: Token? {
        office.outbox.first { $0.subject.contains("without your app") }?.text.firstMatch(of: /not-me\/([0-9a-f]+)/)
            .flatMap { Token(String($0.1)) }
    }
}

extension WayBack? {
    fileprivate var isWaiting: Bool { if case .waiting = self { true } else { false } }
}
