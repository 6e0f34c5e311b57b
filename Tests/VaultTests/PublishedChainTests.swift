// What a start refuses: notes that nobody signed, or one only, or somebody else; and any byte that isn't as it was.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

private let putri = PublishingHouse.putri, agus = PublishingHouse.agus

@Suite struct `What was published` {
    /// A house with a second version, in force, its note in the log.
    private func house() async throws -> PublishingHouse {
        let house = try await PublishingHouse()
        let text = PublishingHouse.policy(version: 2, from: house.day(15), "clerk may read name to serve")
        let since = try await house.publish(try house.propose(text, translations: ["id": Array("# Kecil\n".utf8)]))
        house.clock.set(to: since)
        try await house.vault.sequence()
        #expect(try await house.refusesToOpen() == nil)
        return house
    }

    private func note(_ house: PublishingHouse) throws -> (text: String, note: [UInt8]) {
        let found = try house.store.read { (rows) throws(StoreFault) in
            try rows.first("SELECT p.text, u.note FROM policy_publication u JOIN policy_proposal p ON p.id = u.proposal WHERE u.id = 2") {
                ($0.text(0), $0.blob(1))
            }
        }
        return try #require(found)
    }

    private func signatures(_ house: PublishingHouse) throws -> Signatures {
        try Signatures(house.vault.keys.ring, origin: "small/log")
    }

    @Test func `opens whole, and is in the log as an open leaf`() async throws {
        let house = try await house()
        let edition = try #require(try house.vault.editions().first)
        let leaf = try house.store.read { (rows) throws(StoreFault) in
            try rows.first("SELECT leaf FROM log_leaf WHERE number = \(edition.leaf)") { $0.blob(0) }
        }
        #expect(leaf == Leaf.open(try #require(edition.signed)).data)
        #expect(try house.vault.translation("id").map { String(decoding: $0, as: UTF8.self) } == "# Kecil\n")
    }

    @Test func `a digest that is nobody's is refused by name`() async throws {
        let house = try await house()
        try house.sql("UPDATE policy_version SET digest = \([UInt8](repeating: 0, count: 32)) WHERE number = 2")
        #expect(try await house.refusesToOpen()?.hasPrefix("The digest of version 2 isn't as it was signed") == true)
    }

    @Test func `one byte of the note changed is refused by name`() async throws {
        let house = try await house(), (_, note) = try note(house)
        for place in stride(from: 0, to: note.count, by: 7) {
            var changed = note
            changed[place] ^= 1
            try house.sql("UPDATE policy_publication SET note = \(changed) WHERE id = 2")
            let sentence = try #require(try await house.refusesToOpen(), "byte \(place)")
            #expect(sentence.hasPrefix("The note of version 2 isn't as it was signed"))
        }
        try house.sql("UPDATE policy_publication SET note = \(note) WHERE id = 2")
        #expect(try await house.refusesToOpen() == nil)
    }

    @Test(
        arguments: [
            (
                "UPDATE policy_version SET document = \(Engine.sql("CAST(replace(document, 'Prose', 'Prosa') AS BLOB)", onPostgres: "convert_to(replace(convert_from(document, 'UTF8'), 'Prose', 'Prosa'), 'UTF8')")) WHERE id = 2",
                "The document of version 2"
            ),
            (
                "UPDATE policy_version SET document = \(Engine.sql("CAST(replace(document, 'on an errand', 'on an errors') AS BLOB)", onPostgres: "convert_to(replace(convert_from(document, 'UTF8'), 'on an errand', 'on an errors'), 'UTF8')")) WHERE id = 1",
                "The document of version 1"
            ),
            ("UPDATE policy_publication SET since = since - 1 WHERE id = 2", "The moment of version 2"),
            ("UPDATE policy_publication SET at = at - 1000000 WHERE id = 2", "The moment of version 2"),
            ("UPDATE policy_force SET since = since + 1 WHERE version = 2", "The list of what is in force"),
            ("UPDATE policy_force SET name = '1 0' WHERE version = 2", "The list of what is in force"),
            ("DELETE FROM policy_force WHERE version = 2", "The list of what is in force"),
            ("DELETE FROM policy_publication WHERE id = 2", "The list of what is in force"),
            ("DELETE FROM policy_publication WHERE id = 1", "The parent of version 2"),
            ("UPDATE policy_publication SET leaf = 1 - leaf WHERE id = 2", "The entry of version 2 in the log"),
            ("UPDATE policy_publication SET leaf = NULL WHERE id = 2", "The entry of version 2 in the log"),
            ("UPDATE policy_proposal SET text = replace(text, 'version 2', 'version 3') WHERE id = 2", "The note of version 3"),
            ("INSERT INTO policy_withdrawal (proposal, note, at) VALUES (2, \([0] as [UInt8]), 0)", "The withdrawal of version 2"),
            ("UPDATE policy_founding SET version = 2", "The founding of the house"),
        ] as [(SQL, String)])
    func `a changed row is refused by name`(_ change: (sql: SQL, what: String)) async throws {
        let house = try await house()
        let before = try house.findings()
        #expect(before == [], "\(before)")
        try house.sql(change.sql)
        #expect(try house.findings().contains { $0.kind == .policyAltered }, "the doctor says so too")
        let sentence = try #require(try await house.refusesToOpen())
        #expect(sentence.hasPrefix("\(change.what) isn't as it was signed"), "\(sentence)")
    }

    @Test func `can't be taken back by taking its rows out`() async throws {
        let house = try await house(), entry = try #require(try house.vault.editions().first?.leaf)
        try house.sql("DELETE FROM policy_publication WHERE id = 2")
        try house.sql("DELETE FROM policy_force WHERE version = 2")
        let sentence = "The version of which entry \(entry) of the log tells isn't as it was signed"
        #expect(try house.findings().contains { $0.kind == .policyAltered && $0.what.hasPrefix(sentence) })
        #expect(try await house.refusesToOpen()?.hasPrefix(sentence) == true)
    }

    @Test func `misses who agreed to it`() async throws {
        let house = try await house()
        try house.sql("DELETE FROM policy_approval WHERE proposal = 2")
        #expect(try house.findings().map(\.kind) == [.rowsLost])
    }

    @Test func `a note of one officer, of one person twice, of other keys, or without the house is refused`() async throws {
        let house = try await house(), (text, _) = try note(house), signatures = try signatures(house), now = house.clock.now()
        let first = try signatures.approve(text, by: putri, at: now), second = try signatures.approve(text, by: agus, at: now)
        let both = Officer(putri.subject, role: "privacy officer", number: 1)!
        let stranger = OfficerKeys.Name(role: "privacy officer", number: 1, person: "0123456789abcdef").text
        let forged = try Note.sign(
            Array(text.utf8),
            by: [
                try NoteSigner(
                    name: "small/log/\(stranger)", key: SigningKey(seed: Secret(from: SystemRandomness())), kind: .cosignature)
            ], at: UInt64(now.seconds))
        let notes = [
            try signatures.seal(first), try signatures.seal(first, with: first),
            try signatures.seal(first, with: signatures.approve(text, by: both, at: now)), try signatures.seal(first, with: forged),
            first + second.dropFirst(text.utf8.count + 1),
        ]
        for forged in notes {
            try house.sql("UPDATE policy_publication SET note = \(forged) WHERE id = 2")
            #expect(try await house.refusesToOpen()?.hasPrefix("The note of version 2 isn't as it was signed") == true)
        }
    }

    /// What a thief of the keys could sign; the rules of publishing hold all the same.
    @Test(arguments: [
        ("parent ", "parent none", "The parent of version 2"),
        ("parent ", "parent 0000000000000000000000000000000000000000000000000000000000000000", "The parent of version 2"),
        ("from ", "from 2026-02-28", "The waiting time of version 2"), ("from ", "from 2026-03-10", "The waiting time of version 2"),
        ("waits ", "waits nothing", "The entry of version 2 in the log"), ("document ", "", "The note of a version"),
    ])
    func `a swapped parent, a day in the past and too short a wait are refused though they are signed`(
        _ change: (line: String, by: String, what: String)
    ) async throws {
        let house = try await house(), (text, _) = try note(house), signatures = try signatures(house)
        let lines = text.split(separator: "\n").map { $0.hasPrefix(change.line) ? Substring(change.by) : $0 }
        let forged = lines.filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
        let now = Instant(seconds: ManualClock().now().seconds + 60)
        let note = try signatures.seal(
            try signatures.approve(forged, by: putri, at: now), with: try signatures.approve(forged, by: agus, at: now))
        try house.sql("UPDATE policy_proposal SET text = \(forged) WHERE id = 2")
        try house.sql("UPDATE policy_publication SET note = \(note) WHERE id = 2")
        let sentence = try #require(try await house.refusesToOpen())
        #expect(sentence.hasPrefix(change.what), "\(sentence)")
    }

    @Test func `what was signed before the log lost entries stays signed`() async throws {
        let house = try await house(), (text, note) = try note(house)
        let later = try Signatures(house.vault.keys.ring, origin: "small/log.412.97")
        #expect(try later.open(note, count: 2, sealed: true).text == text)
        let other = try Signatures(house.vault.keys.ring, origin: "other/log.412")
        #expect(throws: LogFault.self) { _ = try other.open(note, count: 2, sealed: true) }
    }

    @Test func `the note of another house is nothing here`() async throws {
        let house = try await house(), other = try await self.house()
        let (_, note) = try note(other)
        try house.sql("UPDATE policy_publication SET note = \(note) WHERE id = 2")
        #expect(try await house.refusesToOpen()?.hasPrefix("The note of version 2 isn't as it was signed") == true)
    }

    @Test func `its text reads in one way only`() throws {
        let digest = SHA256.hash(Array("a".utf8))
        let note = PolicyNote(
            number: 2, parent: digest, document: digest, rules: digest, from: Day(20_000), waiting: .short, proposed: 5,
            translations: [.init(language: "id", document: digest)], wordingOnly: ["serve", "bill you"], isMaterial: true)
        #expect(PolicyNote(text: note.text) == note)
        for place in note.text.indices {
            var text = note.text
            text.replaceSubrange(place...place, with: "")
            #expect(PolicyNote(text: text) != note)
        }
        #expect(PolicyNote(text: note.text + "\n") == nil)
        #expect(PolicyNote(text: note.text.replacing("version 2", with: "version 02")) == nil)
    }
}
