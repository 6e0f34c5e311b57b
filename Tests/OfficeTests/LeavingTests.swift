// Deleting an account: what goes, what stays, and a crash in between.

import Engines
import Policy
import Store
import Testing
import Vault

@testable import Office

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
        #expect(try house.office.farewell(receipt: farewell.receipt ?? "").stays == farewell.stays)
        #expect(throws: NotDone.self) { try house.office.farewell(receipt: "0000-0000-0000-0000") }
        // The address is free again, and nothing of before comes back with it.
        let again = try await house.customer("Sari W.")
        #expect(again.subject != sari.subject)
        #expect(try house.office.cases(of: again).isEmpty)
    }

    @Test func `leaves nothing to be found by, also where a correction comes a moment later`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.office.leave(sari)
        await #expect(throws: Refusal.self) { try await house.office.index("full name", "Sari Wijayanti", of: sari.subject) }
        await #expect(throws: Refusal.self) {
            _ = try await house.office.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari.subject)
        }
        let findings = try Vault.inspect(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path), migrations: Vault.migrations + [Office.Environment.migrations],
            tables: Office.Environment.tablesAboutPeople, presence: Office.Environment.presence, now: house.clock.now()
        ).faults.map { "\($0.kind.rawValue): \($0.what)" }
        #expect(findings == [])
        _ = try await house.customer()
    }

    private func sari(_ house: House, _ server: MailServer) async throws -> Session {
        let challenge = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        guard case .signedIn(let sari) = try await house.office.confirm(challenge, code: try #require(server.codes.first)) else {
            throw House.Unexpected()
        }
        return sari
    }

    @Test func `at once waits for no mail server, which gets word of it until it takes it`() async throws {
        // It refuses the first try of the word, and answers none until the deletion is done.
        let server = MailServer { $0 == 2 ? .later(after: 60) : nil }, house = try await House(mail: server)
        let sari = try await sari(house, server)
        server.keepSilent()
        _ = try await house.office.leave(sari)
        #expect(server.taken == 1)
        #expect(try !house.everyByte().holds("ladatimur"))
        #expect(try house.rows("SELECT count(*) FROM job WHERE kind = 'mail'") == 0)
        server.speak()
        await server.waits(for: 3)
        #expect(server.subjects.dropFirst().allSatisfy { $0.hasPrefix("Your account with PT Alamat Kerja is deleted") })
        #expect(server.taken == 2)
    }

    @Test func `that fails is told to nobody, and to the person's list as a letter that wasn't sent`() async throws {
        let server = MailServer(), house = try await House(mail: server), sari = try await sari(house, server)
        // What finishes an erasure can't be written down, so none begins.
        try House.change("ALTER TABLE job RENAME TO job_elsewhere", in: house.folder)
        await #expect(throws: NotDone.self) { _ = try await house.office.leave(sari) }
        #expect(try house.office.vault.uses(of: sari.own, before: nil, limit: 1).first?.use.outcome == "failed")
        try House.change("ALTER TABLE job_elsewhere RENAME TO job", in: house.folder)
        #expect(server.tries == 1)
    }

    @Test func `takes the mails out of the development outbox`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        _ = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        let addresses = { Set(house.office.outbound.outbox.map(\.to)) }
        #expect(addresses() == ["sari@ladatimur.example", "dewi@tokobaru.example"])
        _ = try await house.office.leave(sari)
        #expect(addresses() == ["dewi@tokobaru.example"])
    }

    @Test func `without the rule for a receipt is done all the same, and says that there is none, and which rule there was`() async throws {
        let rule = "derive deletion receipt from record of uses to keep the record"
        let house = try await House()
        let sari = try await house.customer()
        #expect(try house.office.departure(of: sari).withoutReceipt == nil)
        try await house.reopen(policy: House.policyText.replacing("\n\(rule)\n", with: "\n"))
        let departure = try house.office.departure(of: sari)
        #expect(departure.withoutReceipt?.missing?.text == rule && departure.stays.isEmpty)
        let farewell = try await house.office.leave(sari)
        #expect(farewell.receipt == nil && farewell.stays.isEmpty)
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
        #expect(try house.rows("SELECT count(*) FROM deletion_receipt") == 0)
    }

    @Test func `tells before and after what a law keeps, why and until when, and erases the rest`() async throws {
        let rule = "keep telephone number 10 years after collected, by law \"KUP art. 28(11)\""
        let house = try await House(policy: House.policyText.replacing("\nkeep case note 12", with: "\n\(rule)\nkeep case note 12"))
        let sari = try await house.customer()
        let departure = try house.office.departure(of: sari)
        let lawful = try #require(departure.stays.first)
        #expect(lawful.field == "telephone number" && lawful.byLaw)
        #expect(lawful.rule == "calls.12" && lawful.reason == "KUP art. 28(11)")
        #expect(lawful.until == Day(iso: "2036-03-01"))
        #expect(departure.goes == ["full name", "email address", "session cookie", "browser mark", "record of uses"])

        let farewell = try await house.office.leave(sari)
        #expect(farewell.stays.first == lawful && farewell.stays.map(\.field) == ["telephone number", "deletion receipt"])
        try await house.reopen(policy: House.policyText)
        #expect(try house.office.farewell(receipt: farewell.receipt ?? "").stays == farewell.stays)
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
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
            let words = ["Sari", "Wijaya", "ladatimur", "5550 4417", "55504417", "5550-4417", "courier", "Budi", "Santoso", "budi@office"]
            for typed in words + ["Ratna"] {
                #expect(!bytes.holds(typed), "\(typed)")
            }
            #expect(bytes.holds(Engine.says("SQLite format 3", onPostgres: "use_record")))
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
