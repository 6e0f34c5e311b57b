// Deleting an account: what goes, what stays, and a crash in between.

import Office
import Store
import Testing
import Vault

@Suite struct `Leaving` {
    @Test func `destroys the keys, ends the sessions and leaves a receipt`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.vault.sequence()
        #expect(try house.office.departure(of: sari).goes.contains("case message"))
        let farewell = try await house.office.leave(sari)
        #expect(try house.office.session(sari.token) == nil)
        #expect(farewell.stays.map(\.rule) == ["leaving.3"])
        #expect(try house.office.farewell(receipt: farewell.receipt).stays == farewell.stays)
        #expect(throws: NotDone.self) { try house.office.farewell(receipt: "0000-0000-0000-0000") }
        // The address is free again, and nothing of before comes back with it.
        let again = try await house.customer("Sari W.")
        #expect(again.subject != sari.subject)
        #expect(try house.office.cases(of: again).isEmpty)
    }

    @Test func `refuses staff from the moment it begins`() async throws {
        let house = try await House()
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        _ = try await house.office.leave(sari)
        await #expect(throws: NotDone.self) { _ = try await house.office.telephone(in: asked.number, for: budi) }
        #expect(try house.office.cases(for: budi).isEmpty)
    }

    @Test func `nothing that was typed is in any file, before or after`() async throws {
        let house = try await House()
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        _ = try await house.office.telephone(in: asked.number, for: budi)
        try await house.office.vault.sequence()
        for _ in 0..<2 {
            let bytes = try house.everyByte()
            for typed in ["Sari", "Wijaya", "ladatimur", "5550", "4417", "courier", "Budi", "Santoso", "budi@office", "Ratna"] {
                #expect(!bytes.holds(typed), "\(typed)")
            }
            #expect(bytes.holds("SQLite format 3"))
            if try house.office.session(sari.token) != nil { _ = try await house.office.leave(sari) }
        }
    }

    @Test func `a deletion that a crash interrupted is finished at the next start`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.interruptErasure(of: sari.subject)
        try await house.reopen()
        #expect(try house.office.session(sari.token) == nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(sari.subject.id)") == 0)
        #expect(try house.rows("SELECT count(*) FROM erasure") == 0)
    }
}
