// What was written down as a caller's wish and isn't: taken back, and kept from whoever wrote it down.

import Testing
import Vault

@testable import Office

@Suite struct `A wish that isn't theirs` {
    private func asked(_ call: Call) throws -> [Wish] { try call.office.ownCase(call.number, of: call.sari).wishes }

    @Test func `is taken back by the clerk, and then isn't done`() async throws {
        let call = try await Call(), budi = try #require(call.budi.staff)
        try await call.wish(.deletion)
        #expect(try asked(call) == [.deletion])
        try await call.office.takeBack(.deletion, in: call.number, by: budi)
        try await call.office.takeBack(.deletion, in: call.number, by: budi)
        #expect(try asked(call).isEmpty)
        #expect(try call.office.ownCase(call.number, of: call.sari).steps.map(\.kind) == [.wanted, .unwanted])
        try await call.verify()
        #expect(await call.refusal(of: .deletion) != nil)
    }

    @Test func `is taken back by its person, and by nobody else`() async throws {
        let call = try await Call(), dewi = try await call.house.customer("Dewi", "dewi@tokobaru.example", telephone: "")
        try await call.wish(.name)
        try await call.wish(.deletion)
        await #expect(throws: NotDone.self) { try await call.office.takeBack(.deletion, in: call.number, by: dewi) }
        try await call.office.takeBack(.deletion, in: call.number, by: call.sari)
        #expect(try asked(call) == [.name])
        let last = try #require(try call.office.ownCase(call.number, of: call.sari).steps.last)
        #expect(last.kind == .unwanted && last.who == nil)
    }

    @Test func `doesn't outlive the word that it wasn't they`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.wish(.deletion)
        try await call.move()
        #expect(try await call.office.object(try call.objection()).opened != nil)
        #expect(try call.house.rows("SELECT count(*) FROM change_asked") == 0)
    }

    @Test func `makes a case that whoever did it neither sees nor takes, and of which the privacy officer hears`() async throws {
        let call = try await Call(), budi = try #require(call.budi.staff), rini = try #require(call.rini.staff)
        try await call.verify()
        try await call.move()
        let complaint = try #require(try await call.office.object(try call.objection()).opened)
        #expect(try !call.office.cases(for: budi).map(\.number).contains(complaint))
        #expect(try call.office.cases(for: rini).map(\.number).contains(complaint))
        await #expect(throws: NotDone.self) { try await call.office.staffCase(complaint, for: budi) }
        await #expect(throws: NotDone.self) { try await call.office.takeCase(complaint, by: budi) }
        await #expect(throws: NotDone.self) { try await call.office.open(.telephoneToAnswer, in: complaint, for: budi) }
        #expect(try await call.office.staffCase(complaint, for: rini).customer != nil)

        let officer = StaffMember(subject: budi.subject, role: "privacy officer", number: 1)
        #expect(try call.office.today(for: officer).complaints.map(\.number) == [complaint])
        #expect(try call.office.today(for: officer).complaints.map(\.against) == [call.number])
        #expect(try call.office.today(for: rini).complaints.isEmpty)
        #expect(try call.office.today(for: officer).complaints.map(\.isNobodys) == [false])
        let ratna = StaffMember(subject: budi.subject, role: "administrator", number: 1)
        #expect(try call.office.today(for: ratna).complaints.isEmpty)
        try await call.office.closeCase(complaint, by: rini)
        #expect(try call.office.today(for: officer).complaints.isEmpty)
    }

    @Test func `that nobody else can answer is told the privacy officer, and the administrator who may invite somebody`() async throws {
        let call = try await Call(), budi = try #require(call.budi.staff), rini = try #require(call.rini.staff)
        try await call.verify()
        try await call.move()
        _ = try #require(try await call.office.object(try call.objection()).opened)
        try await call.office.endEmployment(of: rini.role, rini.number, by: try #require(call.ratna.staff))
        for role in ["privacy officer", "administrator"] {
            let member = StaffMember(subject: budi.subject, role: role, number: 1)
            #expect(try call.office.today(for: member).complaints.map(\.isNobodys) == [true], "\(role)")
        }
        #expect(try call.office.today(for: budi).complaints.isEmpty)
    }

    @Test func `is kept from whoever did it under each number that they have after it, at the same address and in any letters`()
        async throws
    {
        let call = try await Call(), ratna = try #require(call.ratna.staff)
        try await call.verify()
        try await call.move()
        let complaint = try #require(try await call.office.object(try call.objection()).opened)
        for again in 1...2 {
            let now = try call.house.rows("SELECT max(number) FROM staff WHERE role = 'customer service' AND number <> 2")
            try await call.office.endEmployment(of: "customer service", now, by: ratna)
            #expect(try await call.house.findings().isEmpty)
            let email = again == 1 ? "Budi@Office.example" : "BUDI@office.example"
            try await call.office.invite(name: "B. Santoso", email: email, role: "customer service", by: ratna)
            let budi = try #require(try await call.house.signIn(email).staff)
            #expect(budi.number == Int64(2 + again))
            #expect(try call.office.cases(for: budi).isEmpty)
            for number in [call.number, complaint] {
                await #expect(throws: NotDone.self) { try await call.office.staffCase(number, for: budi) }
                await #expect(throws: NotDone.self) { try await call.office.takeCase(number, by: budi) }
            }
            await #expect(throws: NotDone.self) { try await call.office.open(.telephoneToAnswer, in: call.number, for: budi) }
        }
        try await call.office.invite(name: "Tono", email: "tono@office.example", role: "customer service", by: ratna)
        let tono = try #require(try await call.house.signIn("tono@office.example").staff)
        #expect(try await call.office.staffCase(complaint, for: tono).customer != nil, "it isn't kept from anybody else")
    }

    @Test func `leaves nothing by which an address leads to who left, once what they did is over`() async throws {
        let call = try await Call(), ratna = try #require(call.ratna.staff)
        try await call.office.endEmployment(of: "customer service", 1, by: ratna)
        #expect(try call.office.vault.formerHolder(of: LookupAddress(email: "budi@office.example")) == call.budi.subject)
        #expect(try call.office.vault.find(LookupAddress(email: "budi@office.example")) == nil)
        call.house.clock.advance(by: .seconds(32 * 86_400))
        _ = try await call.office.forgetWhatHasRunOut()
        #expect(try call.office.vault.formerHolder(of: LookupAddress(email: "budi@office.example")) == nil)
    }

    @Test func `of a use, in words and with an answer, fits all that the doctor looks for, until long after it is settled`() async throws {
        let call = try await Call(), ratna = try #require(call.ratna.staff)
        try await call.office.open(.telephoneToAnswer, in: call.number, for: try #require(call.budi.staff))
        let entry = try #require(try call.office.uses(of: call.sari, before: nil, limit: 50).first { $0.use.who == "customer service 1" })
        try await call.office.askWhoItWas(entry.sequence, saying: "Why?", for: call.sari)
        try await call.office.invite(name: "Agus", email: "agus@office.example", role: "privacy officer", by: ratna)
        let agus = try #require(try await call.house.signIn("agus@office.example").staff)
        #expect(try await call.office.complaintOfUse(1, for: agus).words == "Why?")
        try await call.office.settle(1, answering: "To call you.", by: agus)
        let found = try call.house.findings()
        #expect(found == [])
        #expect(try !call.house.everyByte().holds("To call you.") && !call.house.everyByte().holds("Why?"))
        let own = try call.office.ownComplaints(about: entry.sequence, of: call.sari)
        #expect(own.map(\.words) == ["Why?"] && own.map(\.answer) == ["To call you."])
        call.house.clock.advance(by: .seconds(100 * 86_400))
        _ = try await call.office.forgetWhatHasRunOut()
        let later = try call.house.findings()
        #expect(later == [])
        #expect(try call.house.rows("SELECT count(*) FROM use_complaint") == 1)
    }
}
