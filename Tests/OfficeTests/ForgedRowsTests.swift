// Rows that somebody puts into the data, who has no keys: nobody is forgotten by them, and nothing of theirs destroyed.

import Store
import Testing
import Vault

@testable import Office

@Suite struct `Rows that somebody put there` {
    @Test func `make nobody a caller who is forgotten`() async throws {
        let house = try await House(), sari = try await house.customer(), budi = try await house.clerk()
        try await house.office.vault.publish(Publishing())
        try House.change("INSERT INTO caller (subject, since) SELECT id, 0 FROM subject", in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("state-altered: how they came of person \(sari.subject.id)") })
        for _ in 1...2 {
            #expect(try await house.office.forgetWhatHasRunOut()?.contains("forgotten as a caller") == true)
            house.clock.advance(by: .seconds(3_600))
        }
        try House.change("DELETE FROM proved_address", in: house.folder)
        _ = try await house.office.forgetWhatHasRunOut()
        for person in [sari.subject, budi.subject] { #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(person)") > 0) }
        // Whose list has run out: she is found by her address all the same.
        try House.change("DELETE FROM use_record WHERE subject = \(sari.subject)", in: house.folder)
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(sari.subject)") > 0)
    }

    @Test func `take nothing away from anybody as if it were somebody else's`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.office.askForCall(sari, text: "Where is my container?", telephone: "+62 812 5550 4417")
        _ = try await house.office.forgetWhatHasRunOut()
        let item = try house.rows("SELECT item FROM help_case")
        try House.change("INSERT INTO parted_item (subject, item) VALUES (\(sari.subject), \(item))", in: house.folder)
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM record WHERE item = \(item)") == 1)
        let named = "state-altered: the row of \(sari.subject.id) in parted_item isn't one that this house wrote"
        #expect(try house.findings().contains(named))
    }
}
