// A court forbids to tell Sari what is done in her matter: nothing of hers says so until it may be told, and then everything does.

import Engines
import Foundation
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `A restraint` {
    @Test func `shows nothing on her page, in her list and its number, before a deletion or in her export`() async throws {
        let cast = try await cast(policy: Self.readable), before = try await cast.seen()
        let number = try await cast.set()
        #expect(try await cast.read(in: number) == "Sari Wijaya")
        try await cast.house.office.end(hold: number, by: cast.putri)
        try await cast.tick()
        #expect(try await cast.seen() == before)
        let export = try await cast.house.office.export(of: cast.sari).json(from: "here").text
        #expect(!export.contains("hold") && !export.contains("privacy officer") && !export.contains("withheld "))
        // The officers see all of it.
        let summary = try #require(try cast.house.office.holds(for: cast.putri).first)
        #expect(summary.restraint?.until != nil && summary.hold.ended != nil)
    }

    @Test func `waits for the second officer with the hold, and either of them ends it`() async throws {
        let cast = try await cast(), before = try await cast.seen()
        try await cast.house.office.propose(cast.form(), by: cast.putri)
        let asked = try #require(try cast.house.office.holds(for: cast.agus).first)
        #expect(asked.restraint?.until == nil && asked.restraint?.asked != nil && asked.mayAgree)
        #expect(try await cast.seen() == before)
        try await cast.house.office.agree(toHold: asked.hold.number, by: cast.agus)
        #expect(try cast.house.office.holds(for: cast.agus).first?.restraint?.until != nil)
        try await cast.house.office.endSilence(ofHold: asked.hold.number, by: cast.agus)
        #expect(try cast.house.office.holds(for: cast.agus).first?.restraint == nil)
        await #expect(throws: NotDone.self) {
            try await cast.house.office.endSilence(ofHold: asked.hold.number, by: cast.agus)
        }
    }

    @Test func `is told when it ends: every use in its order, with its own time and a proof of then`() async throws {
        let cast = try await cast(policy: Self.readable), house = cast.house
        let number = try await cast.set(), set = house.clock.now()
        house.clock.advance(by: .seconds(86_400))
        _ = try await cast.read(in: number)
        house.clock.advance(by: .seconds(86_400))
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        try await cast.tick()
        try await cast.tick()
        let entries = try house.office.uses(of: cast.sari, before: nil, limit: 100).filter { $0.use.told != nil }
        #expect(entries.map(\.use.verb) == ["end restraint", "read", "hold"])
        #expect(entries.map(\.use.at) == [set + .seconds(2 * 86_400), set + .seconds(86_400), set])
        #expect(entries.allSatisfy { $0.use.told == house.clock.now() && $0.original != nil })
        #expect(entries[1].use.who == "privacy officer 1" && entries[1].use.purpose == "answer a legal demand")
        for entry in entries {
            guard case .signed(let late) = entry.proof else { throw House.Unexpected() }
            // It was in the log before it was told.
            #expect(try #require(entry.original) < late)
            #expect(try house.office.use(entry.sequence, of: cast.sari).proof == entry.proof)
        }
        #expect(try house.office.holdings(of: cast.sari).contains { $0.field == "held copy" })
        let export = try await house.office.export(of: cast.sari).json(from: "here").text
        #expect(export.matches(of: /"withheld": ?\{/).count == 3)
    }

    @Test func `whose papers are damaged holds up neither the log nor anything else`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set(silence: 3)
        try await cast.tick()
        try House.change(
            "UPDATE use_record SET opening = \([0] as [UInt8]) WHERE subject = (SELECT matter FROM legal_hold)", in: house.folder)
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        for _ in 1...2 { _ = try await house.office.vault.sequence() }
        house.clock.advance(by: .seconds(3_601))
        #expect(try await house.office.vault.publish(Publishing()))
        #expect(try cast.uses().allSatisfy { $0.told == nil })
    }

    @Test func `of which no word can be sent holds up no letter to anybody else`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        for _ in 1...2 { try await house.office.vault.sequence() }
        // Her keys don't open at this moment.
        let keys = try Store.open(Engine.keys(in: house.folder.path), migrations: [])
        defer { keys.close() }
        let mine: SQL = "subject = \(cast.sari.subject)"
        let whole = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT kind, wrapped FROM class_key WHERE \(mine)") { ($0.identity(0), $0.blob(1)) }
        }
        try await keys.write { (rows) throws(StoreFault) in
            try rows.run("UPDATE class_key SET wrapped = \([UInt8](repeating: 7, count: 72)) WHERE \(mine)")
            return
        }
        let challenge = try await house.office.register(Registration(name: "Dewi Lestari", email: "dewi@tokobaru.example", telephone: ""))
        _ = try await house.confirm(challenge, "dewi@tokobaru.example")
        let said = await house.office.work()
        #expect(said.count == 1 && said[0].contains("withheld"))
        try await keys.write { (rows) throws(StoreFault) in
            for (kind, wrapped) in whole { try rows.run("UPDATE class_key SET wrapped = \(wrapped) WHERE \(mine) AND kind = \(kind)") }
        }
        #expect(await house.office.work() == [])
        #expect(house.office.outbound.outbox.contains { $0.to.hasPrefix("sari") && $0.subject.contains("may tell you now") })
    }

    @Test func `isn't told because a clock stands wrong`() async throws {
        let cast = try await cast(), house = cast.house
        _ = try await cast.set(silence: 3)
        try await cast.tick()
        house.clock.advance(by: .seconds(400 * 86_400))
        for _ in 1...3 { try await cast.tick() }
        #expect(try cast.uses().allSatisfy { $0.told == nil })
        try house.believeClock()
        try await cast.tick()
        #expect(try cast.uses().contains { $0.told != nil })
    }

    @Test func `is told when its day has passed, and she gets one letter`() async throws {
        let cast = try await cast(), house = cast.house
        _ = try await cast.set(silence: 3)
        func letters() -> Int {
            house.office.outbound.outbox.filter { $0.to.hasPrefix("sari") && $0.subject.contains("may tell you now") }.count
        }
        house.clock.advance(by: .seconds(3 * 86_400))
        try await cast.tick()
        #expect(try cast.uses().allSatisfy { $0.told == nil } && letters() == 0)
        house.clock.advance(by: .seconds(86_400))
        try await cast.tick()
        try await cast.tick()
        #expect(try cast.uses().compactMap { $0.told == nil ? nil : $0.verb } == ["hold"])
        #expect(letters() == 1)
    }

    @Test func `hides the refusals too: they are entries each in the papers, and hers afterwards`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set(), before = try await cast.seen()
        for _ in 0..<3 {
            do throws(Refusal) {
                _ = try await cast.read(in: number)
                Issue.record("no item is approved")
            } catch {
                guard case .policy(let refused) = error else { throw error }
                #expect(refused.entry == nil && refused.why == .needs(["a legal demand approved"]))
            }
        }
        try await cast.tick()
        #expect(try await cast.seen() == before)
        try await house.office.endSilence(ofHold: number, by: cast.agus)
        try await cast.tick()
        #expect(try cast.uses().filter { $0.told != nil && $0.outcome == "no, needs a legal demand approved" }.count == 3)
    }

    @Test func `that one of them takes back, or doesn't answer, is told at once`() async throws {
        let cast = try await cast(), house = cast.house
        try await house.office.propose(cast.form(), by: cast.putri)
        try await house.office.end(hold: try cast.number(), by: cast.agus)
        #expect(try cast.uses().first?.verb == "drop hold")
        try await house.office.propose(cast.form(), by: cast.putri)
        house.clock.advance(by: .seconds(8 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try cast.uses().first?.verb == "lapse hold")
        #expect(try house.rows("SELECT count(*) FROM withheld") == 0)
    }

    @Test func `leaves another matter of hers as it was`() async throws {
        let cast = try await cast(), house = cast.house
        let open = try await cast.set(silence: nil), before = try await cast.seen()
        #expect(before.contains("held copy"))
        let silent = try await cast.set()
        #expect(silent != open)
        #expect(try await cast.seen() == before)
        try await house.office.end(hold: open, by: cast.putri)
        #expect(try cast.uses().first?.verb == "end hold" && cast.uses().first?.matter == open)
        #expect(try !house.office.holdings(of: cast.sari).contains { $0.field == "held copy" })
    }

    @Test func `runs longer when both say so, and not a day by the word of one`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set(silence: 3)
        let later = Day(Day(of: house.clock.now()).number + 20)
        try await house.office.prolongSilence(ofHold: number, until: later.iso, by: cast.putri)
        await #expect(throws: NotDone.self) { try await house.office.agree(toSilenceOfHold: number, by: cast.putri) }
        try await house.office.agree(toSilenceOfHold: number, by: cast.agus)
        #expect(try house.office.holds(for: cast.agus).first?.restraint?.until == later)
        house.clock.advance(by: .seconds(10 * 86_400))
        try house.believeClock()
        try await cast.tick()
        let seen = try await cast.seen()
        #expect(!seen.contains("hold") && !seen.contains("held copy"))
        house.clock.advance(by: .seconds(11 * 86_400))
        try house.believeClock()
        try await cast.tick()
        #expect(try cast.uses().compactMap { $0.told == nil ? nil : $0.verb } == ["extend restraint", "hold"])
    }

    @Test func `keeps nothing of what it hides in her deletion, and the receipt tells it when it is over`() async throws {
        let cast = try await cast(policy: Self.readable), house = cast.house
        let number = try await cast.set()
        _ = try await cast.read(in: number)
        try await cast.tick()
        let farewell = try await house.office.leave(cast.sari), receipt = try #require(farewell.receipt)
        func tells(_ farewell: Farewell) -> Bool { farewell.stays.contains { $0.field == "held copy" } }
        #expect(try !tells(farewell) && !tells(house.office.farewell(receipt: receipt)))
        #expect(try house.rows("SELECT count(*) FROM withheld WHERE subject = \(cast.sari.subject)") == 0)
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        try await cast.tick()
        #expect(tells(try house.office.farewell(receipt: receipt)))
        #expect(try house.rows("SELECT count(*) FROM told_late") == 0)
        #expect(try findings(house) == [])
    }

    @Test func `outlives a restart, and what was interrupted is told once`() async throws {
        let cast = try await cast(policy: Self.readable), house = cast.house
        let number = try await cast.set()
        _ = try await cast.read(in: number)
        try await house.reopen(policy: Self.readable)
        try await cast.tick()
        #expect(try cast.uses().allSatisfy { $0.told == nil })
        #expect(try findings(house) == [])
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        // Killed before the sequencer came by, and again before the letter left.
        try await house.reopen(policy: Self.readable)
        for _ in 0..<2 { try await house.office.vault.sequence() }
        try await house.reopen(policy: Self.readable)
        try await cast.tick()
        #expect(try cast.uses().compactMap { $0.told == nil ? nil : $0.verb } == ["end restraint", "read", "hold"])
        #expect(try house.rows("SELECT count(*) FROM told_late WHERE announced = 0") == 0)
        #expect(try house.rows("SELECT count(*) FROM withheld") == 0)
        #expect(try findings(house) == [])
    }

    @Test func `that somebody shortens what was told shows at the entry`() async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        try await cast.tick()
        try House.change("DELETE FROM told_late WHERE seq = (SELECT min(seq) FROM told_late)", in: house.folder)
        let late = try house.office.uses(of: cast.sari, before: nil, limit: 10).filter { $0.use.told != nil }
        #expect(late.map { $0.proof == .mismatch } == [false, true])
    }

    /// Each harm to what was told late, and what an inspection says of it.
    private static let harms: [(SQL, String)] = [
        ("DELETE FROM told_late WHERE seq = (SELECT min(seq) FROM told_late)", "its entry of then is missing"),
        ("UPDATE told_late SET opening = \([0] as [UInt8]) WHERE seq = (SELECT min(seq) FROM told_late)", "its entry of then doesn't open"),
        ("UPDATE told_late SET number = number + 1 WHERE seq = (SELECT min(seq) FROM told_late)", "isn't its entry of then"),
        ("UPDATE told_late SET seq = seq + 100 WHERE seq = (SELECT max(seq) FROM told_late)", "which is missing"),
        ("UPDATE told_late SET seq = 1 WHERE seq = (SELECT max(seq) FROM told_late)", "that it doesn't name"),
    ]

    @Test(arguments: harms.indices) func `is inspected where it was told late, and what was changed is named`(harm: Int) async throws {
        let cast = try await cast(), house = cast.house
        let number = try await cast.set()
        house.clock.advance(by: .seconds(7_200))
        try await cast.tick()
        #expect(try findings(house) == [])
        try await house.office.endSilence(ofHold: number, by: cast.putri)
        house.clock.advance(by: .seconds(7_200))
        #expect(
            try findings(house) == [
                "withheld-overdue: the papers of hold \(number): somebody may be told of entries since an hour ago or longer, 1 in all"
            ])
        try await cast.tick()
        try await cast.tick()
        #expect(try findings(house) == [])
        try House.change(Self.harms[harm].0, in: house.folder)
        let found = try findings(house)
        #expect(found.contains { $0.hasPrefix("late-entry: ") && $0.contains(Self.harms[harm].1) }, "\(found)")
    }

    private func findings(_ house: House) throws -> [String] {
        try Vault.inspect(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path),
            migrations: Vault.migrations + [Office.Environment.migrations], tables: Office.Environment.tablesAboutPeople,
            now: house.clock.now()
        ).faults.map { "\($0.kind.rawValue): \($0.what)" }
    }
}
