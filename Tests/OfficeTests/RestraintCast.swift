// Who is in the tests of restraints: a person, two officers, and what a court wants of them.

import Foundation
import Policy
import Store
import Testing
import Vault

@testable import Office

extension `A restraint` {
    /// The privacy officer opens a name to answer a demand.
    struct DemandedName: Reading {
        static let declared: UseDeclaration = .read("full name", by: "privacy officer", to: "answer a legal demand")
        let name: String
        init(_ record: borrowing Opened) throws(Refusal) { name = record.text("full name") ?? "" }
    }

    struct Cast {
        let house: House, sari: Session, putri: StaffMember, agus: StaffMember
        func number() throws -> Int64 { try #require(try house.office.holds(for: agus).first).hold.number }
        func uses() throws -> [RecordedUse] { try house.office.uses(of: sari, before: nil, limit: 100).map(\.use) }

        func form(_ fields: [String] = ["full name"], days: Int = 60, silence: Int? = 30) -> HoldForm {
            let today = Day(of: house.clock.now()).number
            return HoldForm(
                customer: "sari@ladatimur.example", fields: fields, reason: "Order 12/2026 of the court of Jakarta.",
                review: Day(today + days).iso, silence: silence.map { Day(today + $0).iso } ?? "")
        }

        /// Both officers set it; gives the number of the hold.
        func set(silence: Int? = 30) async throws -> Int64 {
            try await house.office.propose(form(silence: silence), by: putri)
            try await house.office.agree(toHold: try number(), by: agus)
            return try number()
        }

        func read(in matter: Int64) async throws(Refusal) -> String {
            let grant: Grant<DemandedName> = try await house.office.vault.grant(of: sari.subject, by: agus.actor, on: Basis(matter: matter))
            return try house.office.vault.read(grant).value.name
        }

        /// Two ticks of the sequencer, as a house makes them within two seconds.
        func tick() async throws {
            for _ in 0..<2 { try await house.office.vault.sequence() }
            _ = await house.office.work()
        }

        /// Everything that a person can see of themselves, but for times and proofs.
        func seen() async throws -> String {
            let office = house.office
            let held = try office.holdings(of: sari).map {
                "\($0.field) \($0.value) \($0.refusal?.outcome ?? "") \($0.terms.map(\.address))"
            }
            let leaving = try office.departure(of: sari),
                uses = try uses().map { "\($0.verb) \($0.things) \($0.matter ?? 0) \($0.outcome)" }
            return "\(held) \(leaving.goes) \(leaving.stays) \(uses) \(office.outbound.outbox.filter { $0.to.hasPrefix("sari") }.count)"
        }
    }

    func cast(policy: String = House.policyText) async throws -> Cast {
        let house = try await House(policy: policy)
        let ratna = try #require(try await house.administrator().staff)
        var members: [StaffMember] = []
        for (email, role) in [("putri@office.example", "policy officer"), ("agus@office.example", "privacy officer")] {
            try await house.office.invite(name: "Lestari", email: email, role: role, by: ratna)
            members.append(try #require(try await house.confirm(try await house.office.startSignIn(email: email), email).staff))
        }
        return Cast(house: house, sari: try await house.customer(), putri: members[0], agus: members[1])
    }

    /// The same policy, under which a hold is enough to read: no approval of single items exists here yet.
    static let readable = House.policyText.replacing(
        "answer a legal demand, on a legal demand approved\ngive", with: "answer a legal demand, on a legal hold\ngive")
}
