// A new address or number that a caller told to customer service.

import Crypto
import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `A new address told to customer service` {
    @Test func `counts once a code that went there is read out, and the old one hears of it`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.email)
        _ = try await call.office.grant(.email, to: Call.new, in: call.number, for: call.budi)
        #expect(try call.value("email address") == Call.old)
        let code = try call.house.code(to: Call.new)
        let colleague = await refused { () async throws(NotDone) in
            _ = try await call.office.confirmTold(.email, code: code, in: call.number, for: call.rini)
        }
        #expect(colleague?.why == .forbidden(by: "correction.6"), "to her nobody is verified")
        try await call.verify(call.rini)
        guard case .expired = try await call.office.confirmTold(.email, code: code, in: call.number, for: call.rini) else {
            throw House.Unexpected()
        }
        guard case .changed = try await call.office.confirmTold(.email, code: code, in: call.number, for: call.budi) else {
            throw House.Unexpected()
        }
        #expect(try call.office.session(call.sari.token) == nil, "every session is ended")
        let letter = try #require(call.office.outbox.first { $0.subject.contains("was changed") })
        #expect(letter.to == Call.old && letter.text.contains("in case \(call.number)"))
        let sari = try await call.house.signIn(Call.new)
        #expect(sari.subject == call.sari.subject)
        let use = try #require(try call.office.uses(of: sari, before: nil, limit: 50).map(\.use).first { $0.verb == "correct" })
        #expect(use.who == "customer service 1" && use.things == ["email address"] && use.rules == ["correction.4"])
    }

    @Test func `is taken back by the old one without signing in: everybody is out, and a case says so`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.move()
        let eve = try await call.house.signIn(Call.new), link = try call.objection()
        call.house.clock.advance(by: .seconds(3 * 86_400))
        let opened = try #require(try await call.office.object(link).opened)
        #expect(try call.office.session(eve.token) == nil)
        let sari = try await call.house.signIn(Call.old)
        #expect(sari.subject == call.sari.subject)
        #expect(try call.office.holdings(of: sari).first { $0.field == "email address" && $0.stage == .present }?.value == Call.old)
        let own = try call.office.ownCase(opened, of: sari)
        #expect(own.summary.state == .new && own.summary.answering == .email && own.text.contains("in case \(call.number)"))
        #expect(try call.office.ownCase(call.number, of: sari).steps.last?.kind == .objected)
        #expect(try call.house.rows("SELECT count(*) FROM verified_caller") == 0)
        #expect(try call.office.vault.find(LookupAddress(email: Call.new)) == nil)
        await #expect(throws: NotDone.self, "the link is good once") { _ = try await call.office.object(link) }
    }

    @Test func `of somebody else isn't taken, and whose it is hears of it`() async throws {
        let call = try await Call()
        _ = try await call.house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        try await call.verify()
        try await call.wish(.email)
        _ = try await call.office.grant(.email, to: "dewi@tokobaru.example", in: call.number, for: call.budi)
        #expect(call.office.outbox.first?.subject.contains("gave your address") == true)
        guard case .wrong = try await call.office.confirmTold(.email, code: "123456", in: call.number, for: call.budi) else {
            throw House.Unexpected()
        }
        #expect(try call.value("email address") == Call.old)
    }

    @Test func `isn't put in place once nobody is known to call any more, and is when they prove it anew`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.email)
        _ = try await call.office.grant(.email, to: Call.new, in: call.number, for: call.budi)
        let code = try call.house.code(to: Call.new)
        call.house.clock.advance(by: .seconds(600))
        let late = await refused { () async throws(NotDone) in
            _ = try await call.office.confirmTold(.email, code: code, in: call.number, for: call.budi)
        }
        #expect(late?.why == .forbidden(by: "correction.6"))
        #expect(try call.value("email address") == Call.old)
        try await call.verify()
        guard case .changed = try await call.office.confirmTold(.email, code: code, in: call.number, for: call.budi) else {
            throw House.Unexpected()
        }
    }

    @Test func `may be a number of who has an address: told there, and taken back from there`() async throws {
        let call = try await Call(), number = "+62 813 1111 2222"
        try await call.verify()
        try await call.move(.telephone, to: number, "+6281311112222")
        #expect(try call.value("telephone number") == number && call.value("email address") == Call.old)
        let letter = try #require(call.office.outbox.first { $0.subject.contains("was changed") })
        #expect(letter.to == Call.old && letter.subject.contains("telephone number"))
        #expect(try await call.office.object(try call.objection()).opened != nil)
        let sari = try await call.house.signIn(Call.old)
        let held = try call.office.holdings(of: sari).first { $0.field == "telephone number" && $0.stage == .present }
        #expect(held?.value == "+62 812 5550 4417")
    }
}
