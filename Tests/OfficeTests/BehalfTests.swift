// Customer service acts on a person's behalf: who calls is made sure of first, and nothing is done that wasn't asked for.

import Crypto
import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `A caller` {
    /// Whether it was done.
    private static func rename(_ name: String, in number: Int64, _ office: Office.Environment, _ clerk: Session) async -> Bool {
        do throws(NotDone) { _ = try await office.grant(.name, to: name, in: number, for: clerk) } catch { return false }
        return true
    }

    @Test func `who reads out the code has their name changed, once, and sees by whom and by which rule`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.name)
        guard case .done = try await call.office.grant(.name, to: "Sari Lestari", in: call.number, for: call.budi) else {
            throw House.Unexpected()
        }
        #expect(try call.value("full name") == "Sari Lestari")
        let use = try #require(try call.uses("correct").first)
        #expect(use.who == "customer service 1" && use.rules == ["correction.4"] && use.matter == call.number)
        #expect(use.things == ["full name"] && use.purpose == "answer you" && use.outcome == "yes")
        let verified = try #require(try call.uses("verify").first)
        #expect(verified.things == ["email address"] && verified.who == "customer service 1" && verified.matter == call.number)
        #expect(call.office.outbox.first { $0.to == Call.old }?.subject.contains("changed your full name") == true)
        #expect(await call.refusal(of: .name, to: "Sari Baru")?.why == .forbidden(by: "correction.6"), "asked for once, done once")
        let steps = try call.office.ownCase(call.number, of: call.sari).steps
        #expect(steps.map(\.kind) == [.codeSent, .verified, .wanted, .changed])
    }

    @Test func `isn't verified by a wrong code, a late one, one that was used, or after too many tries`() async throws {
        let call = try await Call(), code = try await call.code(), wrong = code == "000000" ? "000001" : "000000"
        func check(_ code: String) async throws -> CallerOutcome {
            try await call.office.checkCaller(code, in: call.number, for: call.budi)
        }
        guard case .unfit = try await check("12345"), case .wrong(left: 4) = try await check(wrong) else { throw House.Unexpected() }
        call.house.clock.advance(by: .seconds(601))
        guard case .expired = try await check(code) else { throw House.Unexpected() }
        let second = try await call.code()
        guard case .verified = try await check(second), case .expired = try await check(second) else { throw House.Unexpected() }
        let third = try await call.code()
        for _ in 0..<5 { _ = try await check(third == wrong ? "000002" : wrong) }
        guard case .expired = try await check(third) else { throw House.Unexpected() }
    }

    @Test func `isn't verified by the code of another person, nor by one to sign in, and their own code signs nobody in`() async throws {
        let call = try await Call(), dewi = try await call.house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        let hers = try await call.office.askForCall(dewi, text: "Mine too.", telephone: "+62 812 5550 4418").number
        try await call.office.sendCallerCode(in: hers, through: "email address", for: call.budi)
        let other = String(try #require(call.office.outbox.first { $0.to == "dewi@tokobaru.example" }).subject.prefix(6))
        let code = try await call.code()
        try #require(other != code)
        guard case .wrong = try await call.office.checkCaller(other, in: call.number, for: call.budi) else { throw House.Unexpected() }
        let entering = try await call.office.startSignIn(email: Call.old)
        let signIn = try #require(call.office.outbox.first { $0.to == Call.old && !$0.subject.contains("customer service") })
        guard case .wrong = try await call.office.checkCaller(String(signIn.subject.prefix(6)), in: call.number, for: call.budi) else {
            throw House.Unexpected()
        }
        guard case .wrong = try await call.office.confirm(entering, code: code) else { throw House.Unexpected() }
        let made = try #require(
            try call.office.store.read { (rows) throws(Refusal) in
                try rows.first("SELECT made FROM caller_code WHERE number = \(call.number)") { $0.instant(0) }
            })
        let token = call.office.deskToken("caller", call.number, call.budi, made)
        guard case .expired = try await call.office.confirm(token, code: code) else { throw House.Unexpected() }
    }

    @Test func `is known to whom they read the code, and to no colleague`() async throws {
        let call = try await Call(), code = try await call.code()
        guard case .expired = try await call.office.checkCaller(code, in: call.number, for: call.rini) else { throw House.Unexpected() }
        let second = try await call.code(for: call.rini)
        guard case .verified = try await call.office.checkCaller(code, in: call.number, for: call.budi) else { throw House.Unexpected() }
        try await call.wish(.name)
        #expect(await call.refusal(of: .name, to: "Eve", by: call.rini)?.why == .forbidden(by: "correction.6"))
        guard case .verified = try await call.office.checkCaller(second, in: call.number, for: call.rini) else { throw House.Unexpected() }
        let office = call.office, number = call.number, budi = call.budi, rini = call.rini
        async let one = Self.rename("Sari Satu", in: number, office, budi)
        async let two = Self.rename("Sari Dua", in: number, office, rini)
        #expect(await [one, two].count { $0 } == 1, "of two at once one does what was asked for once")
        #expect(try call.uses("correct").count { $0.outcome == "yes" } == 1)
    }

    @Test func `is known for ten minutes, in this case, and only for what was asked`() async throws {
        let call = try await Call()
        try await call.verify()
        #expect(await call.refusal(of: .name, to: "Eve")?.why == .forbidden(by: "correction.6"), "nobody asked")
        try await call.wish(.name)
        #expect(await call.refusal(of: .email, to: "eve@elsewhere.example")?.why == .forbidden(by: "correction.6"))
        #expect(await call.refusal(of: .deletion)?.why == .needs(["a change asked for"]))
        let other = try await call.office.askForCall(call.sari, text: "Another.", telephone: "+62 812 5550 4417").number
        try await call.office.wish(.name, in: other, by: try #require(call.budi.staff))
        let elsewhere = await refused { () async throws(NotDone) in
            _ = try await call.office.grant(.name, to: "Eve", in: other, for: call.budi)
        }
        #expect(elsewhere?.why == .forbidden(by: "correction.6"))
        call.house.clock.advance(by: .seconds(600))
        let late = try #require(await call.refusal(of: .name, to: "Sari Lestari"))
        #expect(late.why == .forbidden(by: "correction.6") && late.entry != nil)
        let refusedUse = try #require(try call.uses("correct").first)
        #expect(refusedUse.outcome == "no, forbidden by correction.6, needs a verified caller" && refusedUse.who == "customer service 1")
        #expect(try call.value("full name") == "Sari Wijaya")
    }

    @Test func `is verified by nobody whose work it isn't, nor where their data may not be used, nor once the case is closed`() async throws
    {
        let call = try await Call()
        let ratna = try await call.house.signIn("ratna@office.example")
        func ask(_ session: Session) async -> Refused? {
            await refused { () async throws(NotDone) in
                try await call.office.sendCallerCode(in: call.number, through: "email address", for: session)
            }
        }
        #expect(await ask(ratna)?.why == .noRule)
        let looks = try call.uses("read").filter { $0.who == "administrator 1" && $0.purpose == "make sure it is you" }
        #expect(looks.map(\.outcome) == ["no, no rule"])
        try await call.office.restrict(call.sari)
        #expect(await ask(call.budi)?.why == .forbidden(by: "restriction.1"))
        try await call.office.liftRestriction(call.sari)
        try await call.office.closeCase(call.number, by: try #require(call.budi.staff))
        await #expect(throws: NotDone.self) {
            try await call.office.sendCallerCode(in: call.number, through: "email address", for: call.budi)
        }
    }

    @Test func `gets a code at a number only when it was theirs for a week`() async throws {
        let call = try await Call()
        await #expect(throws: NotDone.self) {
            try await call.office.sendCallerCode(in: call.number, through: "telephone number", for: call.budi)
        }
        call.house.clock.advance(by: .seconds(7 * 86_400))
        let budi = try await call.house.signIn("budi@office.example")
        let code = try await call.code(for: budi, through: "telephone number")
        guard case .verified = try await call.office.checkCaller(code, in: call.number, for: budi) else { throw House.Unexpected() }
    }
}
