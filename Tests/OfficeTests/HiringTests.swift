// Who may hire, and which roles the policy keeps apart.

import Office
import Policy
import Testing
import Vault

@Suite struct `Hiring` {
    @Test func `is the administrator's word, not a clerk's`() async throws {
        let house = try await House()
        let budi = try await house.clerk()
        let no = try #require(
            await refused { () async throws(NotDone) in
                try await house.office.invite(name: "Eve", email: "eve@elsewhere.example", role: "administrator", by: budi)
            })
        #expect(no.why == .needs(["an administrator's word"]))
        #expect(try house.rows("SELECT count(*) FROM staff") == 2)
    }

    @Test func `at a customer's address leads nowhere, and is forgotten three days later, the address with it`() async throws {
        let house = try await House(), ratna = try #require(try await house.administrator().staff)
        let sari = try await house.customer()
        try await house.office.invite(name: "Budi", email: "sari@ladatimur.example", role: "customer service", by: ratna)
        try await house.office.invite(name: "Agus", email: "agus@office.example", role: "customer service", by: ratna)
        let findings = try house.findings()
        #expect(findings == [], "nothing is wrong with the house")
        house.clock.advance(by: .seconds(2 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM staff") == 3)
        _ = try await house.office.leave(sari)
        house.clock.advance(by: .seconds(2 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM staff") == 2)
    }

    /// What an invitation says is wrong; nil: it was sent.
    private func fault(_ house: House, _ email: String, _ role: String, by administrator: StaffMember) async throws -> FormFault? {
        do throws(NotDone) { try await house.office.invite(name: "Budi Santoso", email: email, role: role, by: administrator) } catch {
            guard case .form(let faults) = error else { throw error }
            return faults.first
        }
        return nil
    }

    private static let apart: [(has: String, gets: String, says: String)] = [
        // The declaration of the one or of the other says so; it holds both ways.
        ("customer service", "administrator", "role administrator, never with customer service"),
        ("mail clerk", "administrator", "role mail clerk, never with administrator"),
        ("customer service", "privacy officer", "role privacy officer, never with customer service"),
        ("privacy officer", "policy officer", "role policy officer, never with privacy officer"),
    ]

    @Test(arguments: apart)
    func `gives nobody two roles that the policy keeps apart, and says which declaration does`(
        _ roles: (has: String, gets: String, says: String)
    ) async throws {
        let house = try await House(), ratna = try #require(try await house.administrator().staff)
        #expect(try await fault(house, "budi@office.example", roles.has, by: ratna) == nil)
        let before = try house.rows("SELECT count(*) FROM staff")
        guard case .roleApart(let separation) = try await fault(house, " BUDI@office.example", roles.gets, by: ratna) else {
            throw House.Unexpected()
        }
        #expect(separation.text == roles.says && separation.clause == nil)
        #expect(try house.rows("SELECT count(*) FROM staff") == before)
    }

    @Test func `asks the declarations of the policy, not the code, and names their clause`() async throws {
        let declared = "role administrator, never with customer service:", staff = "```policy\ncollect staff data from employment form"
        let policy = House.policyText.replacing(declared, with: "role administrator:")
        let free = try await House(policy: policy), ratna = try #require(try await free.administrator().staff)
        #expect(try await fault(free, "budi@office.example", "customer service", by: ratna) == nil)
        #expect(try await fault(free, "budi@office.example", "administrator", by: ratna) == .addressTaken)

        let inner = "```policy\nrole gardener, never with customer service: waters the plants\ncollect staff data from employment form"
        let house = try await House(policy: House.policyText.replacing(staff, with: inner), seed: 2)
        let dewi = try #require(try await house.administrator().staff)
        #expect(try await fault(house, "budi@office.example", "customer service", by: dewi) == nil)
        guard case .roleApart(let separation) = try await fault(house, "budi@office.example", "gardener", by: dewi) else {
            throw House.Unexpected()
        }
        #expect(separation.clause == "staff")
    }

    @Test func `tells a clerk nothing of who works here`() async throws {
        let house = try await House(), budi = try await house.clerk()
        for email in ["ratna@office.example", "nobody@office.example"] {
            let no = await refused { () async throws(NotDone) in
                try await house.office.invite(name: "Eve", email: email, role: "administrator", by: budi)
            }
            #expect(no?.why == .needs(["an administrator's word"]))
        }
    }
}
