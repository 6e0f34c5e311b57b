// A call or a mail that came in: who may be looked for with it, and what they see of it.

import Store
import Testing
import Vault

@testable import Office

@Suite struct `A contact` {
    private func office() async throws -> (house: House, sari: Session, budi: StaffMember) {
        let house = try await House()
        return (house, try await house.customer(), try await house.clerk())
    }

    private func call(_ house: House, by budi: StaffMember, _ text: String = "The courier came twice.") async throws -> Int64 {
        try await house.office.record(
            ContactForm(channel: .call, text: text, from: "+62 812 5550 4417", answering: .telephone), by: budi)
    }

    private func found(_ house: House, _ sought: String, in number: Int64, by budi: StaffMember) async throws -> [String?] {
        try await house.office.find(sought, in: number, for: budi).found.map(\.name)
    }

    @Test func `finds a customer by number, address, telephone or whole words of the name`() async throws {
        let (house, sari, budi) = try await office()
        for sought in ["\(sari.subject.id)", "Sari@LadaTimur.example", "+62 812-5550-4417", "wijaya SARI", "Sari"] {
            #expect(try await found(house, sought, in: try await call(house, by: budi), by: budi) == ["Sari Wijaya"], "\(sought)")
        }
        for sought in ["Sar", "Sari Lestari", "sari@ladatimur", "0812 5550 4418", "budi@office.example", "123456789"] {
            #expect(try await found(house, sought, in: try await call(house, by: budi), by: budi).isEmpty, "\(sought)")
        }
    }

    @Test func `says where a number that begins with 0 can't be read, for the house knows no country`() async throws {
        let (house, _, budi) = try await office(), number = try await call(house, by: budi)
        #expect(try await house.office.find("0812 5550 4417", in: number, for: budi).lacksCountry)
        #expect(try await !house.office.find("+62 812 5550 4417", in: number, for: budi).lacksCountry)
    }

    @Test func `is good for five searches of each who has it, and those that find nobody stand in the case too`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        for sought in ["Joko", "Tuti", "Sari", "Agus", "Hadi"] { _ = try await found(house, sought, in: number, by: budi) }
        await #expect(throws: NotDone.self) { try await found(house, "Sari Wijaya", in: number, by: budi) }
        let steps = try house.office.steps(ofCase: number)
        #expect(steps.map(\.kind) == Array(repeating: .searched, count: 5) && steps.map(\.about) == ["0", "0", "1", "0", "0"])
        #expect(steps.allSatisfy { $0.who == "customer service 1" })
        // A colleague who takes it may look; who was found stays found.
        let dewi = StaffMember(subject: budi.subject, role: budi.role, number: 2)
        try await house.office.takeCase(number, by: dewi)
        #expect(try await found(house, "Sari Wijaya", in: number, by: dewi) == ["Sari Wijaya"])
        try await house.office.join(number, to: sari.subject.id, by: dewi)
    }

    @Test func `is recorded so often in a day by each, and no more`() async throws {
        let (house, _, budi) = try await office(), limit = house.office.settings.contactsADay
        for _ in 1...limit { _ = try await call(house, by: budi) }
        func isSpent(_ staff: StaffMember) async throws -> Bool {
            do throws(NotDone) {
                _ = try await house.office.record(ContactForm(channel: .mail, text: "Hello?", from: "", answering: .none), by: staff)
                return false
            } catch {
                guard case .form([.contactsSpent(limit: limit)]) = error else { throw error }
                return true
            }
        }
        #expect(try await isSpent(budi) && house.rows("SELECT count(*) FROM help_case") == Int64(limit))
        #expect(try await !isSpent(StaffMember(subject: budi.subject, role: budi.role, number: 2)), "a colleague may")
        house.clock.advance(by: .seconds(86_399))
        #expect(try await isSpent(budi))
        house.clock.advance(by: .seconds(1))
        #expect(try await !isSpent(budi))
    }

    @Test func `tells the person that they were looked for, and by what, once in fifteen minutes`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        for sought in ["sari@ladatimur.example", "sari@ladatimur.example"] { _ = try await found(house, sought, in: number, by: budi) }
        let looks = try house.office.uses(of: sari, before: nil, limit: 50).map(\.use).filter { $0.purpose == "find your account" }
        #expect(looks.count == 1)
        #expect(looks[0].things == ["full name", "email address"] && looks[0].who == "customer service 1" && looks[0].matter == number)
        #expect(looks[0].rules == ["calls.finding"])
    }

    @Test func `of more than five opens nobody`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        for place in 1...5 { _ = try await house.customer("Sari Nomor \(place)", "sari\(place)@x.example") }
        let findings = try await house.office.find("sari", in: number, for: budi)
        #expect(findings.isTooMany && findings.found.isEmpty)
        #expect(try house.office.uses(of: sari, before: nil, limit: 50).allSatisfy { $0.use.purpose != "find your account" })
        #expect(try await house.office.find("sari nomor", in: number, for: budi).found.count == 5)
    }

    @Test func `lets nobody look who doesn't have it in hand`() async throws {
        let (house, _, budi) = try await office(), number = try await call(house, by: budi)
        let other = StaffMember(subject: budi.subject, role: budi.role, number: 2)
        func attempt(_ staff: StaffMember) async -> Refused? {
            await refused { () async throws(NotDone) in _ = try await house.office.find("Sari", in: number, for: staff) }
        }
        #expect(await attempt(other)?.why == .needs(["a contact in hand"]))
        #expect(await attempt(StaffMember(subject: budi.subject, role: "receptionist", number: 1))?.why == .noRule)
        try await house.office.closeCase(number, by: budi)
        await #expect(throws: NotDone.self) { try await house.office.find("Sari", in: number, for: budi) }
    }

    @Test func `shows nothing of who restricted their data, and they see the attempt`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        try await house.office.restrict(sari)
        let hit = try #require(try await house.office.find("Sari", in: number, for: budi).found.first)
        #expect(hit.name == nil && hit.refusal?.why == .forbidden(by: "restriction.1"))
        let newest = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first)
        #expect(newest.use.outcome == "no, forbidden by restriction.1" && newest.use.purpose == "find your account")
    }

    @Test func `joined to who was found, is theirs with all that was written down, and of nobody else any more`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        try await house.office.noteCase(number, "Rang off before giving a name.", by: budi)
        await #expect(throws: NotDone.self) { try await house.office.join(number, to: sari.subject.id, by: budi) }
        _ = try await found(house, "Sari Wijaya", in: number, by: budi)
        try await house.office.join(number, to: sari.subject.id, by: budi)

        let own = try house.office.ownCase(number, of: sari)
        #expect(own.text == "The courier came twice." && own.summary.isJoined)
        #expect(own.steps.map(\.kind) == [.note, .searched, .joined] && own.steps[0].text == "Rang off before giving a name.")
        try await house.office.open(.callerAddress, in: number, for: budi)
        #expect(try house.office.openings(in: number, for: budi).first { $0.reason == .callerAddress }?.open?.value == "+62 812 5550 4417")
        #expect(try house.rows("SELECT count(*) FROM caller") == 0)
        #expect(
            await refused { () async throws(NotDone) in _ = try await house.office.find("Sari", in: number, for: budi) }?.why
                == .needs(["a contact in hand"]))
    }

    @Test func `joined while the house falls, keeps what was written down for whoever opens it next`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        try await house.office.noteCase(number, "Rang off before giving a name.", by: budi)
        _ = try await found(house, "Sari Wijaya", in: number, by: budi)
        let contact = try #require(try house.office.caseRow(number)), notes = try house.office.steps(ofCase: number).compactMap(\.item)
        let grant: Grant<ContactPapers> = try await house.office.vault.grant(
            of: contact.subject, by: budi.actor, on: Basis(matter: number, item: contact.item, further: notes))
        let papers = try house.office.vault.read(grant).value
        try await house.office.move(contact, papers, to: sari.subject, by: budi)
        // Here it falls.
        try await house.reopen()
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.ownCase(number, of: sari).steps[0].text == nil, "its note is on its way")
        let seen = try await house.office.staffCase(number, for: budi)
        #expect(seen.steps.compactMap(\.text) == ["Rang off before giving a name."])
        #expect(try house.office.ownCase(number, of: sari).steps[0].text == "Rang off before giving a name.")
        #expect(try house.rows("SELECT count(*) FROM caller") == 0)
    }

    @Test func `leaves nothing of a name or number on the disk that could be read or searched for`() async throws {
        let (house, sari, budi) = try await office()
        _ = try await call(house, by: budi)
        let bytes = try house.everyByte()
        for text in ["Wijaya", "wijaya", "5550 4417", "81255504417", "courier"] { #expect(!bytes.holds(text), "\(text)") }
        _ = try await house.office.leave(sari)
        let next = try await call(house, by: budi)
        #expect(try await found(house, "Sari Wijaya", in: next, by: budi).isEmpty)
    }

    @Test func `follows a name that is put right`() async throws {
        let (house, sari, budi) = try await office(), number = try await call(house, by: budi)
        _ = try await house.office.correct("full name", to: "Sari Lestari", for: sari)
        #expect(try await found(house, "Sari Wijaya", in: number, by: budi).isEmpty)
        #expect(try await found(house, "lestari", in: number, by: budi) == ["Sari Lestari"])
    }
}

@Suite struct `Working on a case` {
    private func asked(_ answering: Answering = .email) async throws -> (house: House, sari: Session, budi: StaffMember, number: Int64) {
        let house = try await House(), sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "", answering: answering)
        return (house, sari, budi, asked.number)
    }

    @Test func `answers by email as asked, as a disclosure that the person sees, and reads in the case`() async throws {
        let (house, sari, budi, number) = try await asked()
        try await house.office.answerByEmail(number, "It comes tomorrow.", then: .wait, by: budi)
        let mail = try #require(house.office.outbound.outbox.first)
        #expect(mail.to == "sari@ladatimur.example" && mail.text.hasPrefix("It comes tomorrow."))
        let uses = try house.office.uses(of: sari, before: nil, limit: 10).map(\.use)
        #expect(uses.contains { $0.things == ["case answer"] && $0.rules == ["calls.8"] && $0.matter == number })
        let own = try house.office.ownCase(number, of: sari)
        #expect(own.summary.state == .waiting && own.steps.last?.text == "It comes tomorrow." && own.steps.last?.kind == .mail)
        #expect(try house.office.cases(for: budi).first?.isOwn(of: budi) == true)
    }

    @Test func `refuses an email to who asked for a call, and by a role without a rule`() async throws {
        let house = try await House(), sari = try await house.customer(), budi = try await house.clerk()
        let number = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "+62 812 5550 4417").number
        let no = await refused { () async throws(NotDone) in
            try await house.office.answerByEmail(number, "Tomorrow.", then: .wait, by: budi)
        }
        #expect(no?.why == .needs(["asked"]))
        #expect(try house.office.ownCase(number, of: sari).steps.isEmpty)
        try await house.office.answerByCall(number, "Said it comes tomorrow.", then: .close, by: budi)
        #expect(try house.office.ownCase(number, of: sari).steps.map(\.kind) == [.call, .closed])
    }

    @Test func `handed over, shows the new role what its own rules show`() async throws {
        let (house, sari, budi, number) = try await asked()
        #expect(house.office.desks == ["customer service", "billing clerk"])
        try await house.office.takeCase(number, by: budi)
        await #expect(throws: NotDone.self, "nobody is") { try await house.office.handOver(number, to: "billing clerk", by: budi) }
        try House.change("UPDATE staff SET role = 'billing clerk' WHERE role = 'administrator'", in: house.folder)
        try await house.office.handOver(number, to: "billing clerk", by: budi)
        #expect(try house.office.cases(for: budi).isEmpty)
        let clerk = StaffMember(subject: budi.subject, role: "billing clerk", number: 1)
        #expect(try house.office.cases(for: clerk).map(\.owner) == [nil])
        let seen = try await house.office.staffCase(number, for: clerk)
        #expect(seen.customer == nil && seen.refusal?.why == .noRule)
        #expect(house.office.fieldsOpen(to: "billing clerk") == ["amount due", "payment result", "invoice", "account statement"])
        #expect(try !house.office.uses(of: sari, before: nil, limit: 50).contains { $0.use.isRefusal }, "nothing was asked for")
        #expect(
            await refused { () async throws(NotDone) in try await house.office.noteCase(number, "x", by: clerk) } != nil)
        try await house.office.takeCase(number, by: clerk)
        try await house.office.handOver(number, to: "customer service", by: clerk)
        #expect(try house.office.cases(for: budi).map(\.queue) == ["customer service"])
    }

    @Test func `opened again, is new to the queue`() async throws {
        let (house, sari, budi, number) = try await asked()
        try await house.office.closeCase(number, by: budi)
        #expect(try house.office.staffSummary(number, for: budi).state == .closed)
        try await house.office.reopenCase(number, by: sari)
        #expect(try house.office.staffSummary(number, for: budi).state == .reopened)
    }

    @Test func `waits for the person until they add something, which the staff read with the rest as one use`() async throws {
        let (house, sari, budi, number) = try await asked()
        try await house.office.answerByEmail(number, "Which parcel?", then: .wait, by: budi)
        #expect(try house.office.staffSummary(number, for: budi).state == .waiting)
        try await house.office.addToCase(number, text: "The one of Monday.", by: sari)
        #expect(try house.office.staffSummary(number, for: budi).state == .open)
        house.clock.advance(by: .seconds(3600))
        let seen = try await house.office.staffCase(number, for: budi)
        #expect(seen.customer?.value.text == "Where is my parcel?")
        #expect(seen.steps.map(\.text) == ["Which parcel?", "The one of Monday."])
        let reads = try house.office.uses(of: sari, before: nil, limit: 50).map(\.use).filter {
            $0.things == ["full name", "case message"]
        }
        #expect(reads.count == 2)
    }
}
