// Whoever writes the data alone, without the keys: no row of theirs lets them in as somebody else.

import Crypto
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Whoever writes the data` {
    private static let eve = "eve@cloud.example"

    private func change(_ house: House, _ sql: SQL) throws {
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(sql)
                return
            }
        }
    }

    @Test func `doesn't become somebody else by a session of their own`() async throws {
        let house = try await House()
        let ratna = try await house.administrator(), eve = try await house.customer("Eve", Self.eve)
        try change(house, "UPDATE session SET subject = \(ratna.subject), entry = \(ratna.own.entry) WHERE id = \(eve.token.hash)")
        #expect(try house.office.session(eve.token) == nil && house.office.session(ratna.token) != nil)
    }

    @Test func `doesn't come in by a copy of somebody's session under a number of their own`() async throws {
        let house = try await House()
        let sari = try await house.customer(), own = try #require(Token(String(repeating: "e", count: 32)))
        try change(
            house,
            """
            INSERT INTO session (id, subject, since, entry, seen, strong, word)
                SELECT \(own.hash), subject, since, entry, seen, strong, word FROM session
            """)
        #expect(try house.office.session(own) == nil && house.office.session(sari.token) != nil)
    }

    @Test func `doesn't make a session one of two factors`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try change(house, "UPDATE session SET strong = 1")
        #expect(try house.office.session(sari.token) == nil)
    }

    @Test func `doesn't send a code of their own to work as somebody else`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.customer("Eve", Self.eve)
        let challenge = try await house.office.startSignIn(email: Self.eve)
        try change(house, "UPDATE challenge SET subject = \(sari.subject) WHERE id = \(challenge.hash)")
        guard case .expired = try await house.office.confirm(challenge, code: try house.code(to: Self.eve)) else {
            throw House.Unexpected()
        }
    }

    @Test func `doesn't open somebody's account by a code that they write into it, or read out of it`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        // What the data hold of the code isn't what its digits and the browser's number give.
        let code = try house.code(to: "sari@ladatimur.example")
        let unkeyed = SHA256.hash(Array("voffice/code/1|\(challenge.text)|\(code)".utf8)).bytes
        #expect(try house.rows("SELECT count(*) FROM challenge WHERE id = \(challenge.hash) AND code = \(unkeyed)") == 0)
        try change(
            house,
            """
            UPDATE challenge SET code = (SELECT code FROM challenge WHERE id <> \(challenge.hash) LIMIT 1) WHERE id = \(challenge.hash)
            """)
        guard case .expired = try await house.office.confirm(challenge, code: code) else { throw House.Unexpected() }
    }

    @Test func `doesn't found the house by a link of their own`() async throws {
        let house = try await House()
        _ = try await house.office.firstInvitation()
        let own = try #require(Token(String(repeating: "e", count: 32)))
        try change(house, "UPDATE invitation SET id = \(own.hash)")
        #expect(try !house.office.isInvitation(own))
        await #expect(throws: NotDone.self) { try await house.office.begin(own, name: "Eve", email: Self.eve) }
    }
}
