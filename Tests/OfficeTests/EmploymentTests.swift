// Somebody stops working here.

import Office
import Testing
import Vault

@Suite struct `The end of an employment` {
    private func clerk(_ house: House) async throws -> (administrator: Session, clerk: Session) {
        let administrator = try await house.administrator()
        try await house.office.invite(
            name: "Budi Santoso", email: "budi@office.example", role: "customer service", by: try #require(administrator.staff))
        let challenge = try await house.office.startSignIn(email: "budi@office.example")
        return (administrator, try await house.confirm(challenge, "budi@office.example"))
    }

    @Test func `ends every session at once, and nothing lets them in again`() async throws {
        let house = try await House(), (ratna, budi) = try await clerk(house)
        let waiting = try await house.office.startSignIn(email: "budi@office.example")
        let code = try house.code(to: "budi@office.example")
        try await house.office.endEmployment(of: "customer service", 1, by: try #require(ratna.staff))
        #expect(try house.office.session(budi.token) == nil)
        guard case .expired = try await house.office.confirm(waiting, code: code) else { throw House.Unexpected() }
        _ = try await house.office.startSignIn(email: "budi@office.example")
        #expect(try house.code(to: "budi@office.example") == code, "no code goes there any more")
        #expect(try house.rows("SELECT count(*) FROM proved_address") == 0)
    }

    @Test func `frees the address for who comes back, under a number that nobody had`() async throws {
        let house = try await House(), (ratna, _) = try await clerk(house), administrator = try #require(ratna.staff)
        try await house.office.endEmployment(of: "customer service", 1, by: administrator)
        try await house.office.invite(name: "Budi Santoso", email: "budi@office.example", role: "customer service", by: administrator)
        let challenge = try await house.office.startSignIn(email: "budi@office.example")
        #expect(try await house.confirm(challenge, "budi@office.example").staff?.number == 2)
    }

    @Test func `leaves nothing of them once the policy keeps it no longer`() async throws {
        let house = try await House(), (ratna, _) = try await clerk(house)
        try await house.office.endEmployment(of: "customer service", 1, by: try #require(ratna.staff))
        house.clock.advance(by: .seconds(32 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM former_staff") == 0)
        #expect(try house.rows("SELECT count(*) FROM subject") == 1)
    }

    @Test func `has whoever worked here for long forgotten by the next sweep`() async throws {
        let house = try await House(), (ratna, budi) = try await clerk(house)
        house.clock.advance(by: .seconds(40 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        try await house.office.endEmployment(of: "customer service", 1, by: try #require(ratna.staff))
        #expect(try house.rows("SELECT count(*) FROM chain WHERE subject = \(budi.subject) AND looked < seq - 1") == 1)
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(budi.subject)") == 0)
    }

    @Test func `is refused for the last administrator, and goes once another has come in`() async throws {
        let house = try await House(), ratna = try #require(try await house.administrator().staff)
        func end() async throws -> FormFault? {
            do throws(NotDone) { try await house.office.endEmployment(of: "administrator", 1, by: ratna) } catch {
                guard case .form(let faults) = error else { throw error }
                return faults.first
            }
            return nil
        }
        #expect(try await end() == .lastAdministrator)
        try await house.office.invite(name: "Wayan Putra", email: "wayan@office.example", role: "administrator", by: ratna)
        #expect(try await end() == .lastAdministrator, "who was invited and never came in can’t take over")
        let challenge = try await house.office.startSignIn(email: "wayan@office.example")
        _ = try await house.confirm(challenge, "wayan@office.example")
        #expect(try await end() == nil)
    }

    @Test func `is the administrator's word, not a clerk's`() async throws {
        let house = try await House(), (_, budi) = try await clerk(house)
        let no = await refused { () async throws(NotDone) in
            try await house.office.endEmployment(of: "administrator", 1, by: try member(budi))
        }
        #expect(no?.why == .needs(["an administrator's word"]))
    }

    private func member(_ session: Session) throws(NotDone) -> StaffMember {
        guard let member = session.staff else { throw .notFound }
        return member
    }

    @Test func `is missed by the doctor where its number could be given again`() async throws {
        let house = try await House(), (ratna, _) = try await clerk(house)
        try await house.office.endEmployment(of: "customer service", 1, by: try #require(ratna.staff))
        #expect(try house.findings() == [])
        try House.change("DELETE FROM staff_number WHERE role = 'customer service'", in: house.folder)
        #expect(try house.findings() == ["rows-lost: how many numbers of a role of the staff were given, up to number 1"])
    }

    @Test func `is nothing that a row by another hand says of a customer`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.office.forgetWhatHasRunOut()
        try House.change(
            "INSERT INTO former_staff (subject, at, role, number) VALUES (\(sari.subject), 1, 'customer service', 9)", in: house.folder)
        house.clock.advance(by: .seconds(3_600))
        _ = try await house.office.forgetWhatHasRunOut()
        let place = "state-altered: the row of \(sari.subject.id) in former_staff isn't one that this house wrote"
        #expect(try house.findings().contains(place))
        try House.change("DELETE FROM former_staff", in: house.folder)
        #expect(try house.findings() == [], "no address and no key of theirs went")
    }

    @Test func `that a crash cut in two is finished by the next sweep`() async throws {
        let house = try await House(), (ratna, _) = try await clerk(house)
        try House.change(
            "INSERT INTO former_staff (subject, at) SELECT subject, 0 FROM staff WHERE role = 'customer service'", in: house.folder)
        try House.change("DELETE FROM staff WHERE role = 'customer service'", in: house.folder)
        let challenge = try await house.office.startSignIn(email: "budi@office.example")
        let entered = try? await house.confirm(challenge, "budi@office.example")
        #expect(entered == nil, "who worked here is no customer")
        _ = try await house.office.forgetWhatHasRunOut()
        try await house.office.invite(name: "Budi", email: "budi@office.example", role: "mail clerk", by: try #require(ratna.staff))
        #expect(try house.rows("SELECT count(*) FROM staff") == 2)
    }
}
