// Sari has everything kept and nothing used; she lifts it herself.

import Office
import Store
import Testing
import Vault

@Suite struct `A restriction` {
    @Test func `keeps the clerk from her number and her case, says by which rule, and is over when she says so`() async throws {
        let house = try await House()
        let budi = try await house.clerk(), sari = try await house.customer()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.restrict(sari)
        #expect(try house.office.restriction(of: sari) == house.clock.now())
        let refusal = await refused { () async throws(NotDone) in _ = try await house.office.telephone(in: asked.number, for: budi) }
        #expect(refusal?.why == .forbidden(by: "restriction.1"))
        #expect(try await house.office.staffCase(asked.number, for: budi).customer == nil)

        try await house.office.liftRestriction(sari)
        #expect(try house.office.restriction(of: sari) == nil)
        #expect(try await house.office.telephone(in: asked.number, for: budi).value.number == "+62 812 5550 4417")
    }

    @Test func `lets her question rest, without a clock, until she lifts it`() async throws {
        let house = try await House()
        let budi = try await house.clerk(), sari = try await house.customer()
        let number = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417").number
        let due = house.clock.now() + .seconds(8 * 3600)
        try House.change("UPDATE help_case SET due = \(due)", in: house.folder)
        #expect(try house.office.staffSummary(number, for: budi).due == due)
        try await house.office.restrict(sari)
        house.clock.advance(by: .seconds(2 * 86_400))
        let resting = try house.office.staffSummary(number, for: budi), today = try house.office.today(for: budi)
        #expect(resting.isResting && resting.due == nil && !house.office.isOverdue(resting))
        #expect(today.cases.map { [$0.mine, $0.untaken, $0.overdue] } == [0, 0, 0] && today.cases?.next == nil)
        try await house.office.liftRestriction(sari)
        let again = try house.office.staffSummary(number, for: budi)
        #expect(!again.isResting && !house.office.isOverdue(again))
    }

    @Test func `is told to her when it ends, once, by a job that tries again`() async throws {
        let server = MailServer { $0 == 2 ? .later(after: 1) : nil }
        let house = try await House(mail: server)
        let challenge = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        try await until { !server.codes.isEmpty }
        guard case .signedIn(let sari) = try await house.office.confirm(challenge, code: try #require(server.codes.last)) else {
            throw House.Unexpected()
        }
        try await house.office.restrict(sari)
        try await house.office.liftRestriction(sari)
        await server.waits(for: 2)
        try await until { try house.rows("SELECT count(*) FROM job WHERE attempts = 1 AND reason IS NOT NULL") == 1 }
        #expect(server.taken == 1)
        house.clock.advance(by: .seconds(15))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job") == 0 }
        #expect(server.taken == 2)
        let sent = try house.office.uses(of: sari, before: nil, limit: 10).map(\.use).filter { $0.verb == "send" }
        #expect(sent.first?.things == ["change notice"] && sent.first?.purpose == "honour your choices")
        // Lifted once more, nothing ended and nothing is told.
        try await house.office.liftRestriction(sari)
        #expect(try house.rows("SELECT count(*) FROM job") == 0)
    }

    @Test func `leaves her what is hers: to come in, see, correct, take along and leave`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.restrict(sari)
        let again = try await house.office.startSignIn(email: "sari@ladatimur.example")
        let session = try await house.confirm(again, "sari@ladatimur.example")
        #expect(try house.office.holdings(of: session).prefix(3).allSatisfy { $0.refusal == nil })
        _ = try await house.office.correct("full name", to: "Sari Lestari", for: session)
        _ = try await house.office.export(of: session)
        _ = try await house.office.leave(session)
        #expect(try house.rows("SELECT count(*) FROM restriction") == 0)
    }

    @Test func `stands in her chain once for each time, however often she presses`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        for _ in 0..<3 { try await house.office.restrict(sari) }
        for _ in 0..<2 { try await house.office.liftRestriction(sari) }
        try await house.office.restrict(sari)
        let verbs = try house.office.uses(of: sari, before: nil, limit: 30).map(\.use.verb)
        #expect(verbs.filter { $0 == "restrict" }.count == 2 && verbs.filter { $0 == "lift" }.count == 1)
    }

    @Test func `of one person is nobody else's`() async throws {
        let house = try await House()
        let budi = try await house.clerk(), sari = try await house.customer()
        let dewi = try await house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.restrict(dewi)
        #expect(try await house.office.telephone(in: asked.number, for: budi).value.number == "+62 812 5550 4417")
    }

    @Test func `keeps nothing longer and forgets nothing sooner`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.restrict(sari)
        house.clock.advance(by: .seconds(364 * 86_400))
        #expect(try await house.office.vault.sweep() == 0)
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await house.office.vault.sweep() == 1)
    }
}
