// The work log: what those who work here did.

import Engines
@testable import Office
import Store
import Testing
@testable import Vault

@Suite struct `The work log` {
    private struct Cast {
        let sari: Session, ratna: StaffMember, budi: Session, putri: StaffMember
        let number: Int64
        func budis() throws -> StaffMember { try #require(budi.staff) }
    }

    private func cast(_ house: House) async throws -> Cast {
        let sari = try await house.customer(), ratna = try #require(try await house.administrator().staff)
        func join(_ name: String, _ email: String, _ role: String) async throws -> Session {
            try await house.office.invite(name: name, email: email, role: role, by: ratna)
            return try await house.confirm(try await house.office.startSignIn(email: email), email)
        }
        let budi = try await join("Budi Santoso", "budi@office.example", "customer service")
        let putri = try #require(try await join("Putri Ayu", "putri@office.example", "privacy officer").staff)
        let number = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417").number
        return Cast(sari: sari, ratna: ratna, budi: budi, putri: putri, number: number)
    }

    @Test func `shows a clerk what they did, and whom it was about by a number alone`() async throws {
        let house = try await House(), cast = try await cast(house)
        #expect(try house.office.ownWork(cast.budi).entries.isEmpty)
        try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
        try await house.office.closeCase(cast.number, by: cast.budis())
        _ = await refused { () async throws(NotDone) in
            try await house.office.open(.telephoneToAnswer, in: cast.number, for: try staff(cast.budi))
        }
        let log = try house.office.ownWork(cast.budi).entries
        #expect(log.map(\.use.outcome) == ["no, needs an open case", "yes", "yes"])
        #expect(log.allSatisfy { $0.person == 1 && $0.use.matter == cast.number })
        #expect(try house.office.holdings(of: cast.budi).contains { $0.field == "work log" && $0.refusal == nil })
    }

    @Test func `is the privacy officer's to look through, and whose it is sees that`() async throws {
        let house = try await House(), cast = try await cast(house)
        try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
        #expect(try await house.office.work(of: "customer service", 1, for: cast.putri).entries.count == 1)
        let seen = try #require(try house.office.uses(of: cast.budi, before: nil, limit: 1).first).use
        #expect(seen.who == "privacy officer 1" && seen.things == ["work log"] && seen.rules == ["staff.others-work"])
        let ratna = cast.ratna
        let no = await refused { () async throws(NotDone) in _ = try await house.office.work(of: "customer service", 1, for: ratna) }
        #expect(no?.why == .noRule)
        let hers = try await house.office.everybodysWork(for: cast.putri).first { $0.role == "administrator" }
        #expect(hers?.refused == 1 && hers?.signs == [.withoutMatter(1)], "a look that was refused is counted")
        #expect(try house.office.previewOfWork(by: ratna) != nil)
        #expect(try house.office.previewOfWork(by: cast.putri) == nil)
    }

    @Test func `names the unusual first`() async throws {
        let house = try await House(), cast = try await cast(house)
        house.clock.advance(by: .seconds(16 * 3600))
        for _ in 0..<10 {
            try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
            house.clock.advance(by: .seconds(16 * 60))
        }
        let work = try await house.office.everybodysWork(for: cast.putri)
        let first = try #require(work.first)
        #expect(work.count == 3 && first.role == "customer service" && first.people == 1 && first.uses == 10)
        #expect(first.signs.contains(.samePerson(10)))
        #expect(work.filter { !$0.signs.isEmpty }.count == 1)
        // The looks at the work of colleagues aren't uses of customers' data.
        #expect(work.first { $0.role == "privacy officer" }?.uses == 0)
    }

    @Test func `counts by the hour of the house who works at night`() throws {
        func signs(atHour hour: Int64, matter: Int64?, verb: String = "read") -> [WorkSummary.Sign] {
            let at = Instant(seconds: 1_800_000_000 / 86_400 * 86_400 + hour * 3600 - HouseZone.seconds)
            let use = RecordedUse(
                at: at, verb: verb, who: "customer service 1", things: ["telephone number"], purpose: "answer you", outcome: "yes",
                rules: [], version: "1", matter: matter)
            return WorkSummary([WorkEntry(use: use, person: 1)], of: "customer service", 1).signs
        }
        #expect(signs(atHour: 21, matter: 3) == [] && signs(atHour: 6, matter: 3) == [])
        #expect(signs(atHour: 9, matter: nil, verb: "collect") == [], "a call that comes in has no case yet")
        #expect(signs(atHour: 22, matter: 3) == [.atNight(1)] && signs(atHour: 5, matter: nil) == [.withoutMatter(1), .atNight(1)])
    }

    @Test func `says first who looked for people with contacts that were nobody's`() async throws {
        let house = try await House(), cast = try await cast(house), office = house.office
        func contact(_ sought: String) async throws {
            let form = ContactForm(channel: .call, text: "Hello?", from: "+62 21 555 0100", answering: .telephone)
            let number = try await office.record(form, by: cast.budis())
            _ = try await office.find(sought, in: number, for: cast.budis())
        }
        func first() async throws -> WorkSummary? { try await office.everybodysWork(for: cast.putri).first }
        for _ in 1...2 { try await contact("Wijaya") }
        try await contact("Nobody whom we know")
        let usual = try #require(try await first())
        #expect(!usual.signs.contains { if case .foundForNobody = $0 { true } else { false } })
        try await contact("Wijaya")
        let unusual = try #require(try await first())
        #expect(unusual.signs.first == .foundForNobody(3, of: 4) && unusual.role == "customer service")
        house.clock.advance(by: .seconds(29 * 86_400))
        #expect(try await first()?.signs.isEmpty == true)
    }

    @Test func `says them first before whoever has more and other signs`() async throws {
        let house = try await House(), cast = try await cast(house), office = house.office
        let form = ContactForm(channel: .call, text: "Hello?", from: "+62 21 555 0100", answering: .telephone)
        for _ in 1...3 {
            let number = try await office.record(form, by: cast.budis())
            _ = try await office.find("Wijaya", in: number, for: cast.budis())
        }
        try await office.invite(name: "Joko Susilo", email: "joko@office.example", role: "customer service", by: cast.ratna)
        let joko = try await staff(house.confirm(try await office.startSignIn(email: "joko@office.example"), "joko@office.example"))
        house.clock.advance(by: .seconds(16 * 3600))
        for _ in 0..<12 {
            try await office.open(.telephoneToAnswer, in: cast.number, for: joko)
            house.clock.advance(by: .seconds(16 * 60))
        }
        let work = try await office.everybodysWork(for: cast.putri), jokos = work.first { $0.number == 2 }
        #expect(work.first?.number == 1 && work.first?.signs.first == .foundForNobody(3, of: 3))
        #expect((jokos?.signs.count ?? 0) >= (work.first?.signs.count ?? 9), "\(work)")
    }

    @Test func `says first whose contacts are nobody's throughout, before whoever has a few among many`() {
        let few = WorkSummary([], of: "customer service", 1, (contacts: 100, foundForNobody: 4))
        let all = WorkSummary([], of: "customer service", 2, (contacts: 3, foundForNobody: 3))
        let many = WorkSummary([], of: "customer service", 3, (contacts: 100, foundForNobody: 60))
        #expect([few, all, many].unusualFirst.map(\.number) == [3, 2, 1])
    }

    @Test func `counts what came in and is nobody's apart from people`() async throws {
        let house = try await House(), cast = try await cast(house)
        for number in 1...3 {
            let form = ContactForm(channel: .call, text: "Call \(number)", from: "+62 21 555 010\(number)", answering: .telephone)
            let recorded = try await house.office.record(form, by: cast.budis())
            _ = try await house.office.staffCase(recorded, for: cast.budis())
        }
        let work = try await house.office.everybodysWork(for: cast.putri).first { $0.role == "customer service" }
        #expect(work?.people == 0 && work?.contacts == 3 && work?.uses == 6, "\(String(describing: work))")
        try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
        let more = try await house.office.everybodysWork(for: cast.putri).first { $0.role == "customer service" }
        #expect(more?.people == 1 && more?.contacts == 3)
    }

    @Test func `of who left is seen as long as the policy keeps it, by a number and no name, and then nothing of them is left`()
        async throws
    {
        let house = try await House(), cast = try await cast(house), budi = cast.budi.subject
        try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
        house.clock.advance(by: .seconds(31 * 86_400))
        try await house.office.endEmployment(of: "customer service", 1, by: cast.ratna)
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(budi)") == 0)
        let log = try await house.office.work(of: "customer service", 1, for: cast.putri)
        #expect(log.entries.count == 1 && log.entries[0].use.things == ["telephone number"])
        let summary = try await house.office.everybodysWork(for: cast.putri).first { $0.role == "customer service" }
        #expect(summary?.hasLeft == true)
        #expect(try house.faults() == [])
        house.clock.advance(by: .seconds(23 * 30 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM former_staff") == 1)
        house.clock.advance(by: .seconds(30 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM former_staff") == 0)
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(budi)") == 0)
    }

    @Test func `goes with the person whom it was about`() async throws {
        let house = try await House(), cast = try await cast(house)
        try await house.office.open(.telephoneToAnswer, in: cast.number, for: cast.budis())
        _ = try await house.office.leave(cast.sari)
        #expect(try house.office.ownWork(cast.budi).entries.isEmpty)
    }

    private func staff(_ session: Session) throws(NotDone) -> StaffMember {
        guard let staff = session.staff else { throw .notFound }
        return staff
    }
}

extension House {
    /// What the doctor finds wrong.
    fileprivate func faults() throws -> [String] {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations + [Office.Environment.migrations], tables: Office.Environment.tablesAboutPeople, now: clock.now()
        ).findings.filter(\.isFault).map(\.what)
    }
}
