// A record of somebody's own is taken out of the data: nobody says that nothing is held, nothing takes its place, and the copy of their data says it.

import Store
import Testing
import Vault

@testable import Office

@Suite struct `A record that was taken out` {
    private func lost(_ harm: SQL) async throws -> (house: House, sari: Session) {
        let house = try await House(), sari = try await house.customer()
        house.clock.advance(by: .seconds(600))
        try await house.office.vault.publish(Publishing())
        try House.change(harm, in: house.folder)
        return (house, sari)
    }

    @Test func `is missed on their page, by who answers, and in what would be put in its place`() async throws {
        let (house, sari) = try await lost("DELETE FROM record WHERE item = 0")
        let held = try house.office.held(of: sari)
        #expect(held.isClosed("full name") && held.isClosed("telephone number"))
        await #expect(throws: NotDone.self) {
            try await house.office.askForCall(sari, text: "Where is my container?", telephone: "+62 812 5550 4417")
        }
        house.clock.advance(by: .seconds(86_400 * 3))
        #expect(try house.findings().contains { $0.hasPrefix("record-lost: record 0 of class") })
        #expect(try house.office.held(of: sari).isClosed("full name"))
    }

    @Test(arguments: ["DELETE FROM record WHERE item = 0", "UPDATE record SET generation = generation + 7 WHERE item = 0"] as [SQL])
    func `is named in the copy that they take along`(_ harm: SQL) async throws {
        let (house, sari) = try await lost(harm)
        let export = try await house.office.export(of: sari)
        #expect(export.closed.contains { $0.fields.contains("full name") && $0.item == 0 })
        let data = try export.json(from: "here").text
        #expect(data.contains("\"field\": \"full name\"") && data.contains("it can't be opened"), "\(data.prefix(3_000))")
    }

    @Test func `isn't missed where they took it away themselves, or put it right`() async throws {
        let (house, sari) = try await lost("UPDATE number_given SET last = last")
        _ = try await house.office.correct("full name", to: "Sari Wijayanti", for: sari)
        #expect(try house.office.held(of: sari).closed == [])
        #expect(try await house.office.export(of: sari).closed.isEmpty)
    }
}
