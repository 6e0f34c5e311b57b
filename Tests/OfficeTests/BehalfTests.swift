// Customer service acts on a person's behalf: who calls is made sure of first, and nothing is done that wasn't asked for.

import Crypto
import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

/// Sari calls, and Budi has her case before him; Dewi has a case of her own, and Rini works beside Budi.
struct Call {
    let house: House, sari: Session, budi: Session, rini: Session
    let number: Int64
    static let old = "sari@ladatimur.example", new = "sari.wijaya@ladatimur.example"

    init(policy: String = House.policyText) async throws {
        house = try await House(policy: policy)
        sari = try await house.customer()
        let ratna = try await house.administrator()
        for name in ["Budi", "Rini"] {
            try await house.office.invite(
                name: name, email: "\(name.lowercased())@office.example", role: "customer service", by: try #require(ratna.staff))
        }
        budi = try await house.signIn("budi@office.example")
        rini = try await house.signIn("rini@office.example")
        number = try await house.office.askForCall(sari, text: "Please change my data.", telephone: "+62 812 5550 4417").number
    }

    var office: Office.Environment { house.office }

    func code(for clerk: Session? = nil, through field: String = "email address") async throws -> String {
        try await office.sendCallerCode(in: number, through: field, for: clerk ?? budi)
        let mail = try #require(office.outbox.first { $0.subject.contains("for customer service") })
        #expect(mail.to == (field == "email address" ? Self.old : "+6281255504417"))
        return String(mail.subject.prefix(6))
    }

    func verify(_ clerk: Session? = nil) async throws {
        let code = try await code(for: clerk)
        guard case .verified = try await office.checkCaller(code, in: number, for: clerk ?? budi) else { throw House.Unexpected() }
    }

    func wish(_ wish: Wish) async throws { try await office.wish(wish, in: number, by: try #require(budi.staff)) }

    func refusal(of wish: Wish, to value: String = "", by clerk: Session? = nil) async -> Refused? {
        await refused { () async throws(NotDone) in _ = try await office.grant(wish, to: value, in: number, for: clerk ?? budi) }
    }

    func value(_ field: String) throws -> String? {
        let session = try #require(try office.session(sari.token))
        return try office.holdings(of: session).first { $0.field == field && $0.stage == .present }?.value
    }

    /// Asks for another address, and reads out the code that went there.
    func move(_ wish: Wish = .email, to value: String = Call.new, _ sent: String = Call.new) async throws {
        try await self.wish(wish)
        guard case .codeSent = try await office.grant(wish, to: value, in: number, for: budi) else { throw House.Unexpected() }
        let code = try house.code(to: sent)
        guard case .changed = try await office.confirmTold(wish, code: code, in: number, for: budi) else { throw House.Unexpected() }
    }

    func objection() throws -> Token {
        let letters = office.outbox.filter { $0.to == Self.old }.map(\.text).joined()
        return try #require(letters.firstMatch(of: /address-back\/([0-9a-f]{32})/).flatMap { Token(String($0.1)) })
    }

    func uses(_ verb: String) throws -> [RecordedUse] {
        let session = try house.office.session(sari.token) ?? sari
        return try office.uses(of: session, before: nil, limit: 200).map(\.use).filter { $0.verb == verb }
    }
}

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
        #expect(refusedUse.outcome == "no, forbidden by correction.6" && refusedUse.who == "customer service 1")
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
        let opened = try #require(try await call.office.object(link))
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
        #expect(try await call.office.object(try call.objection()) != nil)
        let sari = try await call.house.signIn(Call.old)
        let held = try call.office.holdings(of: sari).first { $0.field == "telephone number" && $0.stage == .present }
        #expect(held?.value == "+62 812 5550 4417")
    }
}

@Suite struct `An account, at its person's word` {
    @Test func `sleeps and wakes, and its person sees and hears who did it`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.sleep)
        _ = try await call.office.grant(.sleep, to: "", in: call.number, for: call.budi)
        #expect(try call.office.sleep(of: call.sari)?.deletedAt == nil && call.office.sleep(of: call.sari) != nil)
        #expect(call.office.outbox.first?.subject.contains("deactivated your account") == true)
        try await call.wish(.waking)
        _ = try await call.office.grant(.waking, to: "", in: call.number, for: call.budi)
        #expect(try call.office.sleep(of: call.sari) == nil)
        for verb in ["deactivate", "reactivate"] {
            let use = try #require(try call.uses(verb).first)
            #expect(use.who == "customer service 1" && use.rules == ["correction.4"] && use.matter == call.number)
        }
    }

    @Test func `is deleted seven days later, with a receipt that was mailed, and not where they came back`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.deletion)
        _ = try await call.office.grant(.deletion, to: "", in: call.number, for: call.budi)
        let use = try #require(try call.uses("ask deletion").first)
        #expect(use.who == "customer service 1" && use.rules == ["correction.4", "correction.5"])
        let letter = try #require(call.office.outbox.first)
        let receipt = String(try #require(letter.text.firstMatch(of: /receipt is ([0-9A-Z-]+)/)).1)
        #expect(try call.office.day(ofDeletion: receipt) == call.house.clock.now() + .seconds(7 * 86_400))
        try await call.office.reactivate(call.sari)
        #expect(try call.office.day(ofDeletion: receipt) == nil)
        try await call.wish(.deletion)
        _ = try await call.office.grant(.deletion, to: "", in: call.number, for: call.budi)
        call.house.clock.advance(by: .seconds(7 * 86_400 + 60))
        _ = try await call.office.forgetWhatHasRunOut()
        #expect(throws: NotDone.self) { try call.office.staffSummary(call.number) }
        #expect(try !call.house.everyByte().holds("Wijaya"))
        #expect(try call.house.rows("SELECT count(*) FROM change_asked") == 0)
    }
}

@Suite struct `A call back` {
    /// The number is open to Budi, who called it.
    private func calledBack() async throws -> (Call, Session) {
        let call = try await Call()
        call.house.clock.advance(by: .seconds(7 * 86_400))
        let budi = try await call.house.signIn("budi@office.example")
        try await call.office.open(.telephoneOfCaller, in: call.number, for: try #require(budi.staff))
        try await call.office.callBack(in: call.number, for: budi)
        return (call, budi)
    }

    @Test func `isn't written down by who didn't open the number, or of a number that was given this week`() async throws {
        let call = try await Call()
        func back() async -> [FormFault] {
            do throws(NotDone) { try await call.office.callBack(in: call.number, for: call.budi) } catch {
                if case .form(let faults) = error { return faults }
            }
            return []
        }
        #expect(await back() == [.numberUnopened])
        try await call.office.open(.telephoneOfCaller, in: call.number, for: try #require(call.budi.staff))
        #expect(await back() == [.channelUnknown])
        #expect(try call.house.rows("SELECT count(*) FROM call_back") == 0)
    }

    @Test func `counts after three whole days of notice, for a week, and its rule is another one`() async throws {
        let (call, budi) = try await calledBack()
        let letter = try #require(call.office.outbox.first)
        #expect(letter.to == Call.old && letter.subject.contains("called your number"))
        try await call.wish(.name)
        #expect(await call.refusal(of: .name, to: "Sari Lestari", by: budi)?.why == .forbidden(by: "correction.6"))
        call.house.clock.advance(by: .seconds(4 * 86_400))
        let later = try await call.house.signIn("budi@office.example")
        _ = try await call.office.grant(.name, to: "Sari Lestari", in: call.number, for: later)
        let sari = try await call.house.signIn(Call.old)
        let use = try #require(
            try call.office.uses(of: sari, before: nil, limit: 50).map(\.use).first { $0.verb == "correct" && $0.outcome == "yes" })
        #expect(use.rules == ["correction.called-back"])
        try await call.wish(.name)
        call.house.clock.advance(by: .seconds(7 * 86_400))
        let late = try await call.house.signIn("budi@office.example")
        #expect(await call.refusal(of: .name, to: "Eve", by: late)?.why == .forbidden(by: "correction.6"))
    }

    @Test func `is stopped by whom the notice went to, without signing in, and a case says so`() async throws {
        let (call, _) = try await calledBack()
        let sari = try await call.house.signIn(Call.old)
        let text = try #require(call.office.outbox.first { $0.subject.contains("called your number") }).text
        let alarm = try #require(text.firstMatch(of: /not-me\/([0-9a-f]+)/).flatMap { Token(String($0.1)) })
        #expect(try call.office.alarm(alarm) == .callBack)
        #expect(try await call.office.raiseAlarm(alarm))
        #expect(try call.office.session(sari.token) == nil && call.office.alarm(alarm) == nil)
        #expect(try await !call.office.raiseAlarm(alarm))
        try await call.wish(.name)
        call.house.clock.advance(by: .seconds(4 * 86_400))
        let budi = try await call.house.signIn("budi@office.example")
        #expect(await call.refusal(of: .name, to: "Eve", by: budi)?.why == .forbidden(by: "correction.6"))
        #expect(try call.office.cases(for: try #require(budi.staff)).count { $0.state == .new } == 2)
    }
}
