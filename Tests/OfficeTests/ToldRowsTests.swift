// What rows hold of somebody and their list tells too: the doctor compares the two, and nothing is destroyed on the word of a row alone.

import Engines
import Foundation
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Rows of which a list speaks` {
    /// Sari did something, and it is in the log.
    private func lived(_ does: (House, Session) async throws -> Void = { _, _ in }) async throws -> (house: House, sari: Session) {
        let house = try await House(), sari = try await house.customer()
        house.clock.advance(by: .seconds(600))
        _ = try await house.office.askForCall(sari, text: "Where is my container?", telephone: "+62 812 5550 4417")
        try await does(house, sari)
        try await house.office.vault.publish(Publishing())
        #expect(try house.findings() == [])
        return (house, sari)
    }

    @Test func `of an account that was proved: without it nothing of hers is destroyed, and it is named`() async throws {
        let (house, sari) = try await lived()
        try House.change("DELETE FROM proved_address", in: house.folder)
        let named =
            "state-altered: the account of person \(sari.subject.id), proved or employed: their list says that it is so, and no row does"
        #expect(try house.findings().contains(named))
        house.clock.advance(by: .seconds(3 * 86_400))
        for _ in 1...2 {
            let said = try await house.office.forgetWhatHasRunOut()
            #expect(said?.contains("what rows say of person \(sari.subject.id), whose list says otherwise") == true)
            house.clock.advance(by: .seconds(3_600))
        }
        #expect(try house.rows("SELECT count(*) FROM record WHERE item = 0") == 1)
        #expect(try house.findings().contains(named))
        try House.change("INSERT INTO proved_address (subject, at) VALUES (\(sari.subject), 0)", in: house.folder)
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try house.findings() == [])
    }

    @Test func `of somebody who works here: without it nothing of theirs is destroyed, and it is named`() async throws {
        let house = try await House(), budi = try await house.clerk()
        try await house.office.vault.publish(Publishing())
        try House.change("DELETE FROM staff WHERE subject = \(budi.subject)", in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("state-altered: the account of person \(budi.subject.id)") })
        house.clock.advance(by: .seconds(40 * 86_400))
        try house.believeClock()
        #expect(try await house.office.forgetWhatHasRunOut()?.contains("\(budi.subject.id)") == true)
        #expect(try house.rows("SELECT count(*) FROM record WHERE subject = \(budi.subject)") > 0)
    }

    static let changed: [(SQL, String)] = [
        ("DELETE FROM asleep", "no row does"), ("UPDATE asleep SET ended = since", "no row does"),
        ("UPDATE asleep SET deleted_at = deleted_at + 86400000000", "its row of"), ("UPDATE asleep SET deleted_at = NULL", "no row does"),
    ]

    @Test(arguments: changed.indices) func `of a deletion that she asked for are missed`(_ harm: Int) async throws {
        let (house, sari) = try await lived { house, sari in _ = try await house.office.leaveLater(sari) }
        try House.change(Self.changed[harm].0, in: house.folder)
        let found = try house.findings()
        #expect(
            found.contains {
                $0.hasPrefix("state-altered: the deletion of person \(sari.subject.id)") && $0.contains(Self.changed[harm].1)
            },
            "\(found)")
    }

    @Test(arguments: changed.indices) func `of a deletion that she asked for are gone, and she is deleted on that day all the same`(
        _ harm: Int
    ) async throws {
        let (house, sari) = try await lived { house, sari in _ = try await house.office.leaveLater(sari) }
        try House.change(Self.changed[harm].0, in: house.folder)
        house.clock.advance(by: .seconds(6 * 86_400))
        try house.believeClock()
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(sari.subject)") == 1)
        house.clock.advance(by: .seconds(2 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(sari.subject)") == 0)
        #expect(try house.rows("SELECT count(*) FROM deletion_receipt") == 1)
    }

    @Test func `of a deletion that she took back aren't missed`() async throws {
        let (house, sari) = try await lived { house, sari in
            _ = try await house.office.leaveLater(sari)
            try await house.office.reactivate(sari)
        }
        // What a crash before the keys heard of it leaves.
        try await house.office.vault.expect(AskedDeletion(subject: sari.subject, due: house.clock.now(), receipt: []))
        house.clock.advance(by: .seconds(8 * 86_400))
        try house.believeClock()
        for _ in 1...2 { #expect(try await house.office.forgetWhatHasRunOut() == nil) }
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(sari.subject)") == 1)
    }

    @Test(
        arguments: [
            "UPDATE asleep SET deleted_at = since", "UPDATE asleep SET deleted_at = since, ended = NULL",
        ] as [SQL])
    func `of a deletion are believed only where she asked for it, and for that day`(harm: SQL) async throws {
        let (house, sari) = try await lived { house, sari in
            _ = try await house.office.leaveLater(sari)
            try await house.office.reactivate(sari)
        }
        try House.change("UPDATE asleep SET ended = NULL", in: house.folder)
        try House.change(harm, in: house.folder)
        #expect(try house.findings().contains { $0.contains("to be deleted: their list says that it is over, and a row that it isn't") })
        house.clock.advance(by: .seconds(3_600))
        #expect(try await house.office.forgetWhatHasRunOut()?.contains("\(sari.subject.id)") == true)
        #expect(try house.rows("SELECT count(*) FROM subject WHERE id = \(sari.subject)") == 1)
    }

    @Test func `of a sleep that began long ago by its row alone end nothing`() async throws {
        let (house, sari) = try await lived { house, sari in try await house.office.deactivate(sari) }
        try House.change("UPDATE asleep SET since = 0", in: house.folder)
        #expect(try house.findings().contains { $0.hasPrefix("state-altered: the sleep of person \(sari.subject.id)") })
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await house.office.forgetWhatHasRunOut() != nil)
        #expect(try house.rows("SELECT count(*) FROM record WHERE item = 0") == 1)
    }

    @Test(arguments: ["DELETE FROM restriction", "UPDATE restriction SET ended = since"] as [SQL])
    func `of a restriction are missed`(harm: SQL) async throws {
        let (house, sari) = try await lived { house, sari in try await house.office.restrict(sari) }
        try House.change(harm, in: house.folder)
        #expect(
            try house.findings() == [
                "state-altered: the restriction of person \(sari.subject.id), kept and not used: their list says that it is so, "
                    + "and no row does"
            ])
    }

    @Test func `that she took back, or never set, are named where they are there`() async throws {
        let (house, sari) = try await lived { house, sari in
            try await house.office.restrict(sari)
            try await house.office.liftRestriction(sari)
        }
        try House.change("UPDATE restriction SET ended = NULL", in: house.folder)
        try House.change(
            "INSERT INTO choice (subject, condition, message, through, since) VALUES (\(sari.subject), 'contact cut', '', '', 0)",
            in: house.folder)
        let found = try house.findings()
        #expect(found.contains { $0.hasPrefix("state-altered: the restriction") && $0.hasSuffix("and a row that it isn't") }, "\(found)")
        #expect(found.contains { $0.hasPrefix("state-altered: a choice") && $0.hasSuffix("and nothing in their list") }, "\(found)")
    }

    @Test func `of what she chose are missed`() async throws {
        let (house, sari) = try await lived { house, sari in
            for choice in house.office.choices.prefix(2) { try await house.office.choose(choice.id, true, for: sari) }
        }
        try House.change("DELETE FROM choice", in: house.folder)
        #expect(try house.findings().filter { $0.hasPrefix("state-altered: a choice of person \(sari.subject.id)") }.count == 2)
    }

    @Test(arguments: ["through = 'email address'", "message = 'special offer'", "condition = 'contact cut'"] as [SQL])
    func `of what she chose are missed where they say something else`(harm: SQL) async throws {
        let (house, sari) = try await lived { house, sari in try await house.office.choose("left-out-of-statistics", true, for: sari) }
        try House.change("UPDATE choice SET \(harm)", in: house.folder)
        let found = try house.findings()
        #expect(
            found.contains(
                "state-altered: a choice of person \(sari.subject.id), left out of statistics: their list says that it is so, and no row does"
            ),
            "\(found)")
    }
}
