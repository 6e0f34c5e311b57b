// A court forbids to lose what Sari wrote: two officers lay a copy aside, and nothing else of hers is touched by it.

import Engines
import Office
import Policy
import Store
import Testing
import Vault

@Suite struct `A legal hold` {
    private let reason = "Order 12/2026 of the court of Jakarta; the claim of the carrier."

    /// Putri and Agus, the two officers.
    private func officers(_ house: House) async throws -> (policy: StaffMember, privacy: StaffMember) {
        let ratna = try #require(try await house.administrator().staff)
        var members: [StaffMember] = []
        for (name, role) in [("Putri Lestari", "policy officer"), ("Agus Salim", "privacy officer")] {
            let email = "\(name.prefix(5).lowercased().filter(\.isLetter))@office.example"
            try await house.office.invite(name: name, email: email, role: role, by: ratna)
            members.append(try #require(try await house.confirm(try await house.office.startSignIn(email: email), email).staff))
        }
        return (members[0], members[1])
    }

    private func form(_ house: House, fields: [String] = ["full name"], review: String? = nil) -> HoldForm {
        HoldForm(
            customer: " sari@ladatimur.example ", fields: fields, reason: reason,
            review: review ?? Day(Day(of: house.clock.now()).number + 60).iso)
    }

    private func held(_ house: House, _ fields: [String] = ["full name"]) async throws -> (Session, StaffMember, StaffMember, Int64) {
        let (putri, agus) = try await officers(house)
        let sari = try await house.customer()
        try await house.office.propose(form(house, fields: fields), by: putri)
        let number = try #require(try house.office.holds(for: agus).first).hold.number
        try await house.office.agree(toHold: number, by: agus)
        return (sari, putri, agus, number)
    }

    private func copies(_ house: House) throws -> Int64 {
        try house.rows("SELECT count(*) FROM record JOIN legal_hold ON matter = record.subject WHERE record.kind = legal_hold.kind")
    }

    @Test func `needs two officers of two roles, and holds nothing before`() async throws {
        let house = try await House()
        let (putri, agus) = try await officers(house)
        _ = try await house.customer()
        try await house.office.propose(form(house), by: putri)
        let asked = try #require(try house.office.holds(for: putri).first)
        #expect(!asked.mayAgree && asked.hold.second == nil)
        await #expect(throws: NotDone.self) { try await house.office.agree(toHold: asked.hold.number, by: putri) }
        #expect(try copies(house) == 0)
        try await house.office.agree(toHold: asked.hold.number, by: agus)
        let agreed = try #require(try house.office.holds(for: putri).first)
        #expect(try await house.office.papers(ofHold: agreed.hold.number, for: putri).reason == reason)
        #expect(agreed.hold.first == "policy officer 1" && agreed.hold.second == "privacy officer 1")
        #expect(try copies(house) == 1)
        await #expect(throws: NotDone.self) { try await house.office.agree(toHold: asked.hold.number, by: agus) }
    }

    @Test func `that is agreed to twice at once is held once, and its copy opens`() async throws {
        let house = try await House()
        let (putri, agus) = try await officers(house)
        let sari = try await house.customer()
        for _ in 0..<4 {
            try await house.office.propose(form(house), by: putri)
            let number = try #require(try house.office.holds(for: agus).first).hold.number
            let office = house.office
            let done = await withTaskGroup(of: Bool.self) { tries in
                for _ in 0..<6 { tries.addTask { (try? await office.agree(toHold: number, by: agus)) != nil } }
                return await tries.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            #expect(try house.office.holdings(of: sari).contains { $0.field == "held copy" })
            #expect(try copies(house) == 1)
            // What doesn't open can't be swept either.
            try await house.office.end(hold: number, by: putri)
            #expect(try copies(house) == 0)
        }
    }

    @Test func `has a number that none had before, also where it was taken back`() async throws {
        let house = try await House()
        let (putri, agus) = try await officers(house)
        let sari = try await house.customer()
        var numbers: [Int64] = []
        for _ in 0..<2 {
            try await house.office.propose(form(house), by: putri)
            numbers.append(try #require(try house.office.holds(for: agus).first).hold.number)
            try await house.office.end(hold: numbers[numbers.count - 1], by: putri)
        }
        #expect(numbers[0] != numbers[1])
        // She hears of it when it is over, and no officer looks somebody up unseen.
        let uses = try house.office.uses(of: sari, before: nil, limit: 2).map(\.use)
        #expect(uses.map(\.verb) == ["drop hold", "drop hold"] && uses.map(\.matter) == [numbers[1], numbers[0]])
        await #expect(throws: NotDone.self) { try await house.office.agree(toHold: numbers[0], by: agus) }
    }

    @Test func `is nothing for others of the staff`() async throws {
        let house = try await House()
        let budi = try await house.clerk()
        #expect(throws: NotDone.self) { _ = try house.office.holds(for: budi) }
        await #expect(throws: NotDone.self) { try await house.office.propose(form(house), by: budi) }
    }

    @Test func `keeps what it names through her correction and her deletion, and nothing else`() async throws {
        let house = try await House()
        let (sari, putri, _, number) = try await held(house)
        _ = try await house.office.correct("full name", to: "Sari Lestari", for: sari)
        let names = try house.office.departure(of: sari).goes
        #expect(names.contains("full name"))
        // She is told what stays of it, before and after.
        func tells(_ stays: [Staying]) -> Bool { stays.contains { $0.field == "held copy" && $0.byLaw && $0.until != nil } }
        let before = try house.office.departure(of: sari)
        #expect(tells(before.stays))
        let farewell = try await house.office.leave(sari)
        let again = try house.office.farewell(receipt: try #require(farewell.receipt))
        #expect(tells(farewell.stays) && tells(again.stays))
        house.clock.advance(by: .seconds(86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try copies(house) == 1)
        #expect(try house.office.holds(for: putri).first?.hold.subject == nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(sari.subject)") == 0)

        try await house.office.end(hold: number, by: putri)
        #expect(try copies(house) == 0)
        // The papers stay as long as somebody may ask.
        #expect(try house.rows("SELECT count(*) FROM record JOIN legal_hold ON matter = record.subject") == 1)
        house.clock.advance(by: .seconds(6 * 366 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try house.rows("SELECT count(*) FROM legal_hold") == 0)
    }

    @Test func `is in her record and on her page, with its rules, and is over there when it is ended`() async throws {
        let house = try await House()
        let (sari, putri, _, number) = try await held(house, ["full name", "email address"])
        let copy = try #require(try house.office.holdings(of: sari).first { $0.field == "held copy" })
        #expect(copy.refusal == nil && copy.terms.map(\.address) == ["legal-demands.26"] && !copy.mayCorrect)
        let use = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first?.use)
        #expect(use.verb == "hold" && use.who == "privacy officer 1" && use.things == ["full name", "email address"])
        #expect(use.rules == ["legal-demands.13"] && use.matter == number)
        try await house.office.end(hold: number, by: putri)
        #expect(try !house.office.holdings(of: sari).contains { $0.field == "held copy" })
        let ended = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first?.use)
        #expect(ended.verb == "end hold" && ended.who == "policy officer 1")
    }

    @Test func `ends by itself after its day of review`() async throws {
        let house = try await House()
        let (sari, putri, _, _) = try await held(house)
        house.clock.advance(by: .seconds(59 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try copies(house) == 1)
        house.clock.advance(by: .seconds(3 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try copies(house) == 0)
        #expect(try !house.office.holdings(of: sari).contains { $0.field == "held copy" })
        #expect(try house.office.holds(for: putri).map(\.isOver) == [true])
        let end = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first?.use)
        #expect(end.verb == "end hold" && end.who == "the site" && end.things == ["full name"] && !end.rules.isEmpty)
    }

    @Test func `whose day of review somebody changed in its row keeps its copy, and is named`() async throws {
        let house = try await House()
        let (_, _, _, number) = try await held(house)
        _ = try await house.office.vault.sweep()
        let review = try house.rows("SELECT review FROM legal_hold WHERE number = \(number)")
        let matter = try house.rows("SELECT matter FROM legal_hold WHERE number = \(number)")
        let named = "hold-altered: the row of \(matter) in legal_hold isn't one that this house wrote"
        #expect(try !house.findings().contains(named))
        try House.change("UPDATE legal_hold SET review = \(house.clock.now() + .seconds(86_400))", in: house.folder)
        #expect(try house.findings().contains(named))
        house.clock.advance(by: .seconds(40 * 86_400))
        await #expect(throws: Refusal.self) { try await house.office.vault.sweep() }
        #expect(try copies(house) == 1)
        try House.change("UPDATE legal_hold SET review = \(review)", in: house.folder)
        _ = try await house.office.vault.sweep()
        #expect(try copies(house) == 1 && !house.findings().contains(named))
    }

    @Test func `that the other officer doesn't answer is gone after a week, and she hears of it`() async throws {
        let house = try await House()
        let (putri, _) = try await officers(house)
        let sari = try await house.customer()
        try await house.office.propose(form(house), by: putri)
        house.clock.advance(by: .seconds(6 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM legal_hold") == 1)
        house.clock.advance(by: .seconds(86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM legal_hold") == 0)
        let use = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first?.use)
        #expect(use.verb == "lapse hold" && use.who == "the site" && use.things == ["full name"])
    }

    @Test func `whose copy is missing, or still there long after its end, is named by the doctor`() async throws {
        let house = try await House()
        let (_, _, _, number) = try await held(house)
        func findings() throws -> [String] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path),
                migrations: Vault.migrations + [Office.Environment.migrations], tables: [], now: house.clock.now()
            ).findings.filter { [.holdLost, .holdOver].contains($0.kind) }.map { "\($0.kind.rawValue): \($0.what)" }
        }
        #expect(try findings() == [])
        house.clock.advance(by: .seconds(62 * 86_400))
        #expect(try findings() == ["hold-over: the copy of hold \(number)"])
        _ = try await house.office.vault.sweep()
        #expect(try findings() == [])
        try House.change("UPDATE legal_hold SET review = \(house.clock.now() + .seconds(86_400))", in: house.folder)
        #expect(try findings() == ["hold-lost: the copy of hold \(number)"])
    }

    @Test func `is made by a rule: without it nothing is held, and it says which is missing`() async throws {
        let rule =
            "derive held copy from contact, case message, records, private communications, contact list to answer a legal demand, by privacy officer, on\n  a legal hold\n"
        #expect(House.policyText.contains(rule))
        let house = try await House(
            policy: House.policyText.replacing(
                rule, with: "derive held copy from case message to answer a legal demand, by privacy officer, on a legal hold\n"))
        let (putri, agus) = try await officers(house)
        _ = try await house.customer()
        let refusal = await refused { () async throws(NotDone) in try await house.office.propose(form(house), by: putri) }
        #expect(refusal?.why == .noRule && refusal?.thing == "held copy" && refusal?.from == "full name")
        #expect(try copies(house) == 0 && house.office.holds(for: agus).isEmpty)
    }

    @Test(arguments: [
        (
            HoldForm(customer: "nobody@ladatimur.example", fields: ["full name"], reason: "x", review: "2026-12-31"),
            FormFault.customerUnknown
        ),
        (HoldForm(customer: "123456789", fields: ["full name"], reason: "x", review: "2026-12-31"), .customerUnknown),
        (HoldForm(customer: "sari@ladatimur.example", fields: [], reason: "x", review: "2026-12-31"), .fieldsMissing),
        (HoldForm(customer: "sari@ladatimur.example", fields: ["full name"], reason: " ", review: "2026-12-31"), .textMissing),
        (HoldForm(customer: "sari@ladatimur.example", fields: ["full name"], reason: "x", review: "2020-12-31"), .dayUnfit),
        (HoldForm(customer: "sari@ladatimur.example", fields: ["full name"], reason: "x", review: "tomorrow"), .dayUnfit),
    ])
    func `what can't be right is told, and nothing is stored`(_ typed: HoldForm, _ fault: FormFault) async throws {
        let house = try await House()
        let (putri, _) = try await officers(house)
        _ = try await house.customer()
        let day = Day(of: house.clock.now())
        let typed = HoldForm(
            customer: typed.customer, fields: typed.fields, reason: typed.reason,
            review: typed.review == "2026-12-31" ? Day(day.number + 30).iso : typed.review)
        do throws(NotDone) {
            try await house.office.propose(typed, by: putri)
            Issue.record("accepted")
        } catch {
            guard case .form(let faults) = error else { throw error }
            #expect(faults == [fault])
        }
        #expect(try house.rows("SELECT count(*) FROM legal_hold") == 0)
    }
}
