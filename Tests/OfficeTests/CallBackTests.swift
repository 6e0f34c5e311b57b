// What happens to an account at its person's word, and a call back where no code can be read out.

import Crypto
import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

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
        #expect(throws: NotDone.self) { try call.office.staffSummary(call.number, for: #require(call.budi.staff)) }
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
        func standing() throws -> CallerStanding { try call.office.behalf(in: call.number, for: call.budi).caller }
        try await call.office.open(.telephoneOfCaller, in: call.number, for: try #require(call.budi.staff))
        #expect(try !standing().isCallable && standing().number != nil)
        #expect(await back() == [.numberUnknown], "also where it is open")
        call.house.clock.advance(by: .seconds(7 * 86_400))
        #expect(try standing().isCallable)
        #expect(await back() == [.numberUnopened])
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
        #expect(try await call.office.raiseAlarm(alarm) != nil)
        #expect(try call.office.session(sari.token) == nil && call.office.alarm(alarm) == nil)
        #expect(try await call.office.raiseAlarm(alarm) == nil)
        call.house.clock.advance(by: .seconds(4 * 86_400))
        let budi = try await call.house.signIn("budi@office.example"), rini = try await call.house.signIn("rini@office.example")
        let caller = try #require(budi.staff)
        await #expect(throws: NotDone.self, "until it is settled") {
            try await call.office.wish(.name, in: call.number, by: caller)
        }
        try await call.office.wish(.name, in: call.number, by: #require(rini.staff))
        #expect(await call.refusal(of: .name, to: "Eve", by: rini)?.why == .forbidden(by: "correction.6"))
        // The new case is for whoever didn't call.
        #expect(try call.office.cases(for: try #require(call.rini.staff)).count { $0.state == .new } == 2)
        #expect(try call.office.cases(for: try #require(budi.staff)).count { $0.state == .new } == 0)
    }
}
