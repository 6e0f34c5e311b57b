// A call to customer service, and what both ends of it do: the cast of the tests on what is done at a person's word.

import Crypto
import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

/// Sari calls, and Budi has her case before him; Dewi has a case of her own, and Rini works beside Budi.
struct Call {
    let house: House, sari: Session, budi: Session, rini: Session, ratna: Session
    let number: Int64
    static let old = "sari@ladatimur.example", new = "sari.wijaya@ladatimur.example"

    init(policy: String = House.policyText) async throws {
        house = try await House(policy: policy)
        sari = try await house.customer()
        ratna = try await house.administrator()
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
