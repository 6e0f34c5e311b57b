// Somebody takes rows out of a house: what else the house knows speaks of them, and the doctor names what is missing.

import Engines
import Foundation
import Policy
import Store
import Testing

@testable import Office
@testable import Vault

@Suite struct `Rows that are gone` {
    /// Sari asked a question.
    private func lived() async throws -> (house: House, sari: Session) {
        let house = try await House(), sari = try await house.customer()
        house.clock.advance(by: .seconds(600))
        _ = try await house.office.askForCall(sari, text: "Where is my container?", telephone: "+62 812 5550 4417")
        try await house.office.vault.publish(Publishing())
        return (house, sari)
    }

    private func inKeys(_ house: House, _ sql: SQL) async throws {
        let keys = try Store.open(Engine.keys(in: house.folder.path), migrations: [])
        defer { keys.close() }
        try await keys.write { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
    }

    @Test func `of nothing, nothing is said`() async throws {
        let (house, _) = try await lived()
        #expect(try house.findings() == [])
    }

    private static let harms: [(SQL, String)] = [
        ("DELETE FROM help_case", "rows-lost: the case of item"),
        ("DELETE FROM number_given WHERE name = 'help_case'", "numbers-lost: help_case: 1 is given"),
        ("DELETE FROM use_month", "rows-lost: use_month lacks"),
    ]

    @Test(arguments: harms.indices) func `from the data are named`(_ harm: Int) async throws {
        let (house, _) = try await lived()
        try House.change(Self.harms[harm].0, in: house.folder)
        let found = try house.findings()
        #expect(found.contains { $0.hasPrefix(Self.harms[harm].1) }, "\(found)")
    }

    /// Budi worked on Sari's case, and closed it.
    private func worked() async throws -> (house: House, budi: StaffMember) {
        let (house, sari) = try await lived(), budi = try await house.clerk()
        let number = try #require(try house.office.cases(of: sari).first).number
        try await house.office.takeCase(number, by: budi)
        try await house.office.noteCase(number, "She sounded worried.", by: budi)
        try await house.office.closeCase(number, by: budi)
        try await house.office.vault.publish(Publishing())
        #expect(try house.findings() == [])
        return (house, budi)
    }

    private static let harmsOfWork: [(SQL, String)] = [
        ("DELETE FROM help_case_closed", "rows-lost: a closing that its steps tell, of case 1"),
        (
            "DELETE FROM case_step WHERE kind = 'closed'",
            "rows-lost: a step that tells the closing, or the closing was put there, of case 1"
        ),
        ("DELETE FROM case_step WHERE place = 1", "rows-lost: a step between others, of case 1"),
        ("DELETE FROM case_step WHERE item IS NOT NULL", "rows-lost: the case of item"),
        ("DELETE FROM staff_use WHERE staff IN (SELECT subject FROM staff WHERE role = 'customer service')", "rows-lost: who made entry"),
        ("UPDATE staff_use SET staff = staff + 1", "rows-lost: who made entry"),
        ("UPDATE staff SET role = 'privacy officer' WHERE role = 'customer service'", "state-altered: person"),
        ("UPDATE staff SET number = 7 WHERE role = 'customer service'", "state-altered: person"),
        ("DELETE FROM staff WHERE role = 'customer service'", "rows-lost: the row of person"),
    ]

    @Test(arguments: harmsOfWork.indices) func `of what the staff are and did are named`(_ harm: Int) async throws {
        let (house, _) = try await worked()
        try House.change(Self.harmsOfWork[harm].0, in: house.folder)
        let found = try house.findings()
        #expect(found.contains { $0.hasPrefix(Self.harmsOfWork[harm].1) }, "\(found)")
    }

    @Test func `of somebody's contact are named at once, as a record that was taken out`() async throws {
        let (house, sari) = try await lived()
        try House.change("DELETE FROM record WHERE subject = \(sari.subject) AND item = 0", in: house.folder)
        let found = try house.findings()
        #expect(found.contains { $0.hasPrefix("record-lost: record 0 of class") && $0.contains("\(sari.subject.id)") }, "\(found)")
    }

    @Test(arguments: [true, false])
    func `of a note are missed beside a newer one, and whatever she asked for since; its key stays`(_ isNote: Bool) async throws {
        let (house, sari) = try await lived(), budi = try await house.clerk()
        let item = try house.rows("SELECT item FROM help_case"), number = try #require(try house.office.cases(of: sari).first).number
        try await house.office.takeCase(number, by: budi)
        for text in ["She sounded worried.", "Said where it is."] {
            house.clock.advance(by: .seconds(300))
            try await house.office.noteCase(number, text, by: budi)
        }
        house.clock.advance(by: .seconds(300))
        try await house.office.restrict(sari)
        try await house.office.deactivate(sari)
        try await house.office.reactivate(sari)
        try await house.office.vault.publish(Publishing())
        let lost = isNote ? try house.rows("SELECT item FROM case_step WHERE item IS NOT NULL ORDER BY place LIMIT 1") : item
        try House.change("DELETE FROM record WHERE item = \(lost)", in: house.folder)
        let named = { try house.findings().contains { $0.hasPrefix("record-lost: record \(lost) of class") } }
        #expect(try named())
        for _ in 1...4 {
            house.clock.advance(by: .seconds(86_400))
            _ = try await house.office.vault.renewTouchedKeys()
        }
        #expect(try named())
    }

    @Test func `of one of several notes of the same moment are named, whichever it is`() async throws {
        let (house, sari) = try await lived(), budi = try await house.clerk()
        let number = try #require(try house.office.cases(of: sari).first).number
        try await house.office.takeCase(number, by: budi)
        for text in ["She sounded worried.", "Said where it is."] { try await house.office.noteCase(number, text, by: budi) }
        try await house.office.vault.publish(Publishing())
        #expect(try house.findings() == [])
        for place in 0...1 as ClosedRange<Int64> {
            let note = try house.rows("SELECT item FROM case_step WHERE item IS NOT NULL ORDER BY place LIMIT 1 OFFSET \(place)")
            try House.change("CREATE TABLE kept AS SELECT * FROM record WHERE item = \(note)", in: house.folder)
            try House.change("DELETE FROM record WHERE item = \(note)", in: house.folder)
            #expect(try house.findings().contains { $0.hasPrefix("record-lost: record \(note) of class") })
            try House.change("INSERT INTO record SELECT * FROM kept", in: house.folder)
            try House.change("DROP TABLE kept", in: house.folder)
        }
    }

    @Test func `aren't taken for lost where something was put right twice, and a write was cut beside it`() async throws {
        let (house, sari) = try await lived()
        for name in ["Sari Wijayanti", "Sari W. Wijayanti"] {
            house.clock.advance(by: .seconds(20))
            _ = try await house.office.correct("full name", to: name, for: sari)
        }
        try await house.office.vault.publish(Publishing())
        let kind = try house.rows("SELECT kind FROM record WHERE subject = \(sari.subject) AND item = 0")
        _ = try await house.office.vault.keys.makeKeys(for: [RecordName(subject: sari.subject, kind: kind, item: 77, generation: 1)])
        #expect(try house.findings() == [])
    }

    @Test func `that lead to somebody are missed: their address, and a word of their name`() async throws {
        let (house, sari) = try await lived()
        try await inKeys(house, "DELETE FROM address")
        #expect(try house.findings() == ["lookup: no address leads to person \(sari.subject.id)"])
        try await inKeys(house, "DELETE FROM search_key")
        #expect(try house.findings().contains("lookup: person \(sari.subject.id) isn't found by a word of their name"))
    }
}

extension `A restraint` {
    @Test(arguments: ["DELETE FROM withheld", "UPDATE withheld SET seq = seq + 100", "UPDATE withheld SET subject = matter"] as [SQL])
    func `whose waiting row is taken out or moved is named, and she is told all the same`(harm: SQL) async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await cast.tick()
        try House.change(harm, in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("withheld-lost: entry") && $0.contains("nothing waits to tell it") })
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        try await house.reopen()
        for _ in 1...3 { try await cast.tick() }
        let told = try cast.uses().compactMap { $0.told == nil ? nil : $0.verb }
        #expect(told.sorted() == ["end restraint", "hold"])
        #expect(try !house.findings().contains { $0.contains("nothing waits to tell it") })
    }

    @Test(
        arguments: [
            "UPDATE restraint SET until = proposed + 1", "UPDATE restraint SET ended = proposed + 1", "DELETE FROM restraint",
        ] as [SQL])
    func `whose end is moved forward in its row tells her nothing before the court's day`(harm: SQL) async throws {
        let cast = try await cast(), house = cast.house
        _ = try await cast.set(silence: 30)
        try await cast.tick()
        try House.change(harm, in: house.folder)
        house.clock.advance(by: .seconds(86_400))
        #expect(try house.findings().contains { $0.hasPrefix("silence-altered: hold") && $0.contains("an earlier end") })
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().allSatisfy { $0.told == nil })
        let seen = try await cast.seen()
        #expect(!seen.contains("held copy"))
        #expect(try house.findings().contains { $0.hasPrefix("silence-altered: hold") && $0.contains("were put right") })
        house.clock.advance(by: .seconds(30 * 86_400))
        try house.believeClock()
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().contains { $0.told != nil })
        #expect(try house.findings().allSatisfy { !$0.hasPrefix("silence-altered") })
    }

    @Test func `whose waiting row is there twice tells her once`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await cast.tick()
        try House.change(
            "INSERT INTO withheld (place, hold, matter, seq, subject) SELECT place + 100, hold, matter, seq, subject FROM withheld",
            in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("withheld-lost: entry") && $0.contains("waits more than once") })
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().compactMap { $0.told == nil ? nil : $0.verb }.sorted() == ["end restraint", "hold"])
    }

    @Test func `whose waiting row is put back after she was told isn't told her again`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await cast.tick()
        try House.change("CREATE TABLE kept AS SELECT place, hold, matter, seq, subject FROM withheld", in: house.folder)
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        for _ in 1...3 { try await cast.tick() }
        try House.change(
            "INSERT INTO withheld (place, hold, matter, seq, subject) SELECT place + 1000, hold, matter, seq, subject FROM kept",
            in: house.folder)
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().compactMap { $0.told == nil ? nil : $0.verb }.sorted() == ["end restraint", "hold"])
    }

    @Test func `that ended isn't named as altered where the clock is put back an hour`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await cast.tick()
        house.clock.advance(by: .seconds(86_400))
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        for _ in 1...3 { try await cast.tick() }
        house.clock.advance(by: .seconds(-3_600))
        for _ in 1...3 { try await cast.tick() }
        #expect(try !house.findings().contains { $0.hasPrefix("silence-altered") })
    }

    @Test func `whose end is moved back in its row doesn't keep her waiting`() async throws {
        let cast = try await cast(), house = cast.house
        _ = try await cast.set(silence: 3)
        try await cast.tick()
        try House.change("UPDATE restraint SET until = until + 864000000000000", in: house.folder)
        house.clock.advance(by: .seconds(5 * 86_400))
        #expect(try house.findings().contains { $0.hasPrefix("silence-altered: hold") && $0.contains("a later end") })
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().contains { $0.told != nil })
    }

    @Test func `whose hold is gone from the rows is named, and no sweep destroys the copy`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set(silence: nil)
        #expect(try house.findings() == [])
        try House.change("UPDATE legal_hold SET ended = agreed", in: house.folder)
        #expect(try house.findings().contains("hold-altered: hold \(number): its row says that it ended, and its papers that it stands"))
        try House.change("UPDATE legal_hold SET ended = NULL", in: house.folder)
        try House.change("DELETE FROM legal_hold_field", in: house.folder)
        #expect(try house.findings().contains("hold-altered: hold \(number): its papers hold full name"))
        let before = try house.rows("SELECT count(*) FROM record")
        for harm in ["UPDATE legal_hold SET ended = 1", "UPDATE legal_hold SET agreed = NULL, proposed = 1"] as [SQL] {
            try House.change(harm, in: house.folder)
            house.clock.advance(by: .seconds(86_400))
            #expect(try await house.office.forgetWhatHasRunOut()?.contains("legal hold") == true)
            #expect(try house.rows("SELECT count(*) FROM record") == before)
            try House.change("UPDATE legal_hold SET ended = NULL, agreed = \(house.clock.now())", in: house.folder)
        }
        try House.change("DELETE FROM legal_hold", in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("hold-altered: the row of the hold whose papers are under") })
        house.clock.advance(by: .seconds(400 * 86_400))
        try house.believeClock()
        await #expect(throws: Refusal.self) { try await house.office.vault.sweep() }
        #expect(try house.rows("SELECT count(*) FROM record") <= before)
        #expect(try house.findings().contains { $0.hasPrefix("hold-altered: the row of the hold whose papers are under") })
    }
}
