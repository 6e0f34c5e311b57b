// A contact that was joined to the wrong person: Sari's file held what Tono said on the telephone.

import Testing
import Vault

@testable import Office

@Suite struct `A contact that isn't theirs` {
    private static let words = "Tono here: my card was stolen."

    private func joined() async throws -> (house: House, sari: Session, budi: StaffMember, number: Int64) {
        let house = try await House(), sari = try await house.customer(), budi = try await house.clerk()
        let number = try await house.office.record(
            ContactForm(channel: .call, text: Self.words, from: "+62 811 7770 4242", answering: .telephone), by: budi)
        try await house.office.noteCase(number, "Sounded worried.", by: budi)
        _ = try await house.office.find("Sari", in: number, for: budi)
        try await house.office.join(number, to: sari.subject.id, by: budi)
        try await house.office.noteCase(number, "Sari was never robbed.", by: budi)
        return (house, sari, budi, number)
    }

    private func texts(_ house: House, of session: Session) throws -> [String] {
        try house.office.holdings(of: session).filter { ["case message", "case note", "caller address"].contains($0.field) }.map(\.value)
    }

    @Test func `leaves who had it with all its words, and they read in their list that it was theirs`() async throws {
        let (house, sari, budi, number) = try await joined()
        #expect(try texts(house, of: sari).sorted() == ["+62 811 7770 4242", "Sari was never robbed.", "Sounded worried.", Self.words])
        #expect(try await house.office.staffCase(number, for: budi).joinedUnproved != nil)
        try await house.office.part(number, by: budi)
        #expect(try texts(house, of: sari).isEmpty)
        #expect(try house.office.cases(of: sari).isEmpty)
        let told = try #require(try house.office.uses(of: sari, before: nil, limit: 20).map(\.use).first { $0.verb == "part" })
        #expect(told.who == "customer service 1" && told.matter == number && told.things.contains("case message"))
        #expect(try house.rows("SELECT count(*) FROM parted_item") == 0)
    }

    @Test func `is of nobody known again, in hand, with what was written before and nothing of since`() async throws {
        let (house, _, budi, number) = try await joined()
        try await house.office.part(number, by: budi)
        let seen = try await house.office.staffCase(number, for: budi)
        #expect(!seen.summary.isJoined && seen.summary.isOwn(of: budi) && seen.customer?.value.text == Self.words)
        #expect(seen.steps.compactMap(\.text) == ["Sounded worried."] && seen.steps.last?.kind == .parted)
        let tono = try await house.customer("Tono Wibowo", "tono@pasarlama.example", telephone: "+62 811 7770 4242")
        _ = try await house.office.find("Tono", in: number, for: budi)
        try await house.office.join(number, to: tono.subject.id, by: budi)
        #expect(try texts(house, of: tono).sorted() == ["+62 811 7770 4242", "Sounded worried.", Self.words])
        #expect(try house.rows("SELECT count(*) FROM caller") == 0)
    }

    @Test func `stays theirs once they wrote in it, or a code proved who called`() async throws {
        let (house, sari, budi, number) = try await joined()
        try await house.office.addToCase(number, text: "Yes, that was me.", by: sari)
        await #expect(throws: NotDone.self) { try await house.office.part(number, by: budi) }
        #expect(try await house.office.staffCase(number, for: budi).joinedUnproved == nil)
        #expect(try house.office.ownCase(number, of: sari).text == Self.words)
    }

    @Test func `isn't taken from who asked by the form, and not by a role that may not read it`() async throws {
        let (house, sari, budi, number) = try await joined()
        let own = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "", answering: .email).number
        await #expect(throws: NotDone.self) { try await house.office.part(own, by: budi) }
        let clerk = StaffMember(subject: budi.subject, role: "mail clerk", number: 1)
        #expect(await refused { () async throws(NotDone) in try await house.office.part(number, by: clerk) } != nil)
        #expect(try house.office.ownCase(number, of: sari).text == Self.words)
    }

    @Test func `stays where it was if the house falls on the way, and goes by itself where it had left`() async throws {
        let (house, sari, budi, number) = try await joined()
        let found = try #require(try house.office.caseRow(number)), note = try house.office.steps(ofCase: number)[0].item
        let grant: Grant<ContactPapers> = try await house.office.vault.grant(
            of: sari.subject, by: budi.actor, on: Basis(matter: number, item: found.item, further: [note].compactMap(\.self)))
        _ = try await house.office.admitAgain(try house.office.vault.read(grant).value, of: found, by: budi)
        try await house.reopen()
        #expect(try await house.office.staffCase(number, for: budi).customer?.value.name == "Sari Wijaya")
        #expect(try house.rows("SELECT count(*) FROM caller") == 0)
        #expect(try texts(house, of: sari).count == 4)
        // Of an item that was on its way out when the house fell, the next hour takes care.
        try House.change("INSERT INTO parted_item (subject, item) VALUES (\(sari.subject), \(found.item))", in: house.folder)
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try !texts(house, of: sari).contains(Self.words))
    }
}
