// Rows of the staff give power, so only those that the house wrote do.

import Engines
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Rows of the staff` {
    private static let forgeries: [SQL] = [
        "INSERT INTO staff (subject, role, number, since, came) SELECT subject, 'administrator', 9, at, at FROM proved_address",
        "INSERT INTO staff (subject, role, number, since, word) SELECT p.subject, 'customer service', 9, p.at, s.word FROM proved_address p, staff s WHERE s.role = 'customer service'",
    ]

    @Test(arguments: forgeries.indices) func `that are put there give nobody a role, and keep nobody from coming in`(_ forgery: Int)
        async throws
    {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.clerk()
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        try House.change(Self.forgeries[forgery], in: house.folder)
        let session = try #require(try house.office.session(sari.token))
        #expect(session.staff == nil)
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        #expect(try await house.confirm(challenge, "sari@ladatimur.example").staff == nil)
        #expect(try house.findings().contains("state-altered: the row of \(sari.subject.id) in staff isn't one that this house wrote"))
        house.clock.advance(by: .seconds(4 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(sari.subject)") == 1)
    }

    @Test func `that are changed give a member of the staff no other role`() async throws {
        let house = try await House(), budi = try await house.clerk()
        let challenge = try await house.office.startSignIn(email: "budi@office.example"),
            session = try await house.confirm(challenge, "budi@office.example")
        #expect(try await house.office.forgetWhatHasRunOut() == nil && house.office.session(session.token)?.staff == budi)
        try House.change("UPDATE staff SET role = 'privacy officer' WHERE subject = \(budi.subject)", in: house.folder)
        #expect(try house.office.session(session.token)?.staff == nil)
    }
}
