// Fields of a customer that open behind a reason.

import Office
import Testing
import Vault

@Suite struct `A hidden field` {
    private func asked(_ house: House) async throws -> (sari: Session, budi: StaffMember, number: Int64) {
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        return (sari, budi, asked.number)
    }

    private func open(_ house: House, _ number: Int64, _ budi: StaffMember) throws -> [CaseReason: String] {
        let open = try house.office.openings(in: number, for: budi).compactMap { opening in opening.open.map { (opening.reason, $0.value) }
        }
        return Dictionary(uniqueKeysWithValues: open)
    }

    private func looks(_ house: House, _ sari: Session) throws -> [RecordedUse] {
        try house.office.uses(of: sari, before: nil, limit: 50).map(\.use).filter { $0.who == "customer service 1" }
    }

    @Test func `opens for the reason that was given, and for no other`() async throws {
        let house = try await House(), (sari, budi, number) = try await asked(house)
        #expect(try open(house, number, budi).isEmpty)
        try await house.office.open(.emailOfCaller, in: number, for: budi)
        #expect(try open(house, number, budi) == [.emailOfCaller: "sari@ladatimur.example"])
        let look = try #require(try looks(house, sari).first)
        #expect(look.things == ["email address"] && look.purpose == "make sure it is you" && look.rules == ["correction.3"])
    }

    @Test func `stays open for fifteen minutes, within which looking again is the same use`() async throws {
        let house = try await House(), (sari, budi, number) = try await asked(house)
        try await house.office.open(.telephoneToAnswer, in: number, for: budi)
        house.clock.advance(by: .seconds(14 * 60))
        #expect(try open(house, number, budi) == [.telephoneToAnswer: "+62 812 5550 4417"])
        #expect(try looks(house, sari).count == 1)
        house.clock.advance(by: .seconds(61))
        #expect(try open(house, number, budi).isEmpty)
        try await house.office.open(.telephoneToAnswer, in: number, for: budi)
        #expect(try looks(house, sari).count == 2)
    }

    @Test func `is shut at once when the case is closed, and to a colleague who gave no reason`() async throws {
        let house = try await House(), sari = try await house.customer(), ratna = try #require(try await house.administrator().staff)
        var clerks: [StaffMember] = []
        for email in ["budi@office.example", "dewi@office.example"] {
            try await house.office.invite(name: "Of \(email)", email: email, role: "customer service", by: ratna)
            clerks.append(try #require(try await house.confirm(try await house.office.startSignIn(email: email), email).staff))
        }
        let budi = clerks[0]
        let number = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417").number
        try await house.office.open(.telephoneToAnswer, in: number, for: budi)
        #expect(try open(house, number, clerks[1]).isEmpty)
        #expect(try open(house, number, budi).count == 1)
        try await house.office.closeCase(number, by: budi)
        #expect(try open(house, number, budi).isEmpty)
    }

    @Test func `of one case is shut in another of the same customer`() async throws {
        let house = try await House(), (sari, budi, number) = try await asked(house)
        house.clock.advance(by: .seconds(61))
        let other = try await house.office.askForCall(sari, text: "And my parcel?", telephone: "+62 812 5550 4417")
        try await house.office.open(.telephoneToAnswer, in: number, for: budi)
        #expect(try open(house, other.number, budi).isEmpty)
    }

    @Test func `is gone with its customer, and nothing of the look is left`() async throws {
        let house = try await House(), (sari, budi, number) = try await asked(house)
        try await house.office.open(.telephoneToAnswer, in: number, for: budi)
        let before = try house.rows("SELECT count(*) FROM staff_use")
        _ = try await house.office.leave(sari)
        #expect(throws: NotDone.self) { try house.office.openings(in: number, for: budi) }
        #expect(try house.rows("SELECT count(*) FROM staff_use") < before)
        #expect(try house.rows("SELECT count(*) FROM staff_use WHERE subject = \(sari.subject)") == 0)
    }

    @Test func `of a case that was read is the same use when the page is loaded again`() async throws {
        let house = try await House(), (sari, budi, number) = try await asked(house)
        for _ in 1...3 { #expect(try await house.office.staffCase(number, for: budi).customer?.value.name == "Sari Wijaya") }
        #expect(try looks(house, sari).count == 1)
    }
}
