// Publishing a version: who must agree, how long it waits, when it begins, and that a changed byte is refused by name.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

private typealias Text = PublishingHouse
private let putri = PublishingHouse.putri, agus = PublishingHouse.agus
/// Nobody loses anything by it but the clerk.
private let narrower = "clerk may read name to serve, on an errand and not refused"

@Suite struct `Founding a house` {
    @Test func `it isn't open until both officers have approved its first version`() async throws {
        let house = try await PublishingHouse(isFounded: false)
        #expect(try !house.vault.isOpen)
        #expect(try await house.vault.approve(1, by: putri) == .first)
        #expect(try !house.vault.isOpen)
        _ = try await house.vault.approve(1, by: agus)
        house.clock.advance(by: .seconds(2))
        #expect(try house.vault.isOpen)
        #expect(try await house.refusesToOpen() == nil)
        #expect(try house.vault.editions().map(\.state) == [.inForce])
    }

    @Test func `nothing follows a first version that isn't published, and it can't be withdrawn`() async throws {
        let house = try await PublishingHouse(isFounded: false)
        let waits = try await house.fault { _ = try house.propose(Text.policy(version: 2, from: house.day(30))) }
        #expect(waits == "The first version isn't published yet")
        let stays = try await house.fault { try await house.vault.withdraw(1, by: putri) }
        #expect(stays == "The first version isn't published yet")
    }

    @Test func `a restart before the first version is published opens as before`() async throws {
        let house = try await PublishingHouse(isFounded: false)
        _ = try await house.vault.approve(1, by: putri)
        #expect(try await house.refusesToOpen() == nil)
        #expect(try !house.vault.isOpen)
        guard case .published = try await house.vault.approve(1, by: agus) else { throw PublishingHouse.NotPublished() }
    }

    @Test func `a directory of production doesn't open by a file, nor one of development without`() async throws {
        let house = try await PublishingHouse(), text = Array(Text.policy().utf8)
        let policy = try #require(Policy.compile(text, file: "policy.md").policy)
        await #expect(throws: HouseFault.self) {
            _ = try await Vault.open(
                store: house.store, keyFolder: house.folder.appending(path: "keys").path, keys: Engine.keys(in: house.folder.path),
                policy: policy, document: text,
                origin: "small/log", conditions: [], clock: house.clock, randomness: SystemRandomness()
            ) { (_, _) throws(Refusal) in }
        }
        let small = try await SmallHouse()
        await #expect(throws: HouseFault.self) {
            _ = try await Vault.open(
                published: small.store, keyFolder: small.folder.appending(path: "keys").path, keys: Engine.keys(in: small.folder.path),
                origin: "small/log", conditions: [],
                clock: small.clock, randomness: SystemRandomness()
            ) { (_, _) throws(Refusal) in }
        }
    }
}

@Suite struct `Approving a version` {
    @Test func `one officer is not two, whatever the role`() async throws {
        let house = try await PublishingHouse()
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(0), narrower))
        #expect(try await house.vault.approve(proposal, by: putri) == .first)
        let again = try await house.fault { _ = try await house.vault.approve(proposal, by: putri) }
        #expect(again == "Two different people have to agree, and you have already")
        let both = Officer(putri.subject, role: "privacy officer", number: 7)!
        let other = try await house.fault { _ = try await house.vault.approve(proposal, by: both) }
        #expect(other == "Two different people have to agree, and you have already")
        let second = Officer(Subject(id: 13), role: "policy officer", number: 2)!
        let same = try await house.fault { _ = try await house.vault.approve(proposal, by: second) }
        #expect(same == "A policy officer has agreed to it already")
        #expect(Officer(Subject(id: 14), role: "administrator", number: 1) == nil)
        #expect(try house.vault.editions().first?.state == .proposed)
    }

    @Test func `what a proposal says of itself is computed again before anybody signs`() async throws {
        let house = try await PublishingHouse()
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve"))
        try house.sql("UPDATE policy_proposal SET text = replace(text, 'waits 14 days', 'waits nothing') WHERE id = \(proposal)")
        let waits = try await house.fault { _ = try await house.vault.approve(proposal, by: putri) }
        #expect(waits == "The note of the proposal isn't as it was proposed: the database was changed")
        let other = try house.propose(Text.policy(version: 2, from: house.day(16), "clerk may read name to serve"))
        let lenient = Array(Text.policy(version: 2, from: house.day(16), "clerk may read name, email address to serve").utf8)
        try house.sql("UPDATE policy_proposal SET document = \(lenient) WHERE id = \(other)")
        let document = try await house.fault { _ = try await house.vault.approve(other, by: putri) }
        #expect(document == "The document of the proposal isn't as it was proposed: the database was changed")
    }

    @Test func `it is counted whom a change asks and whom it is about, more freely or less, by the records of their class`() async throws {
        let house = try await PublishingHouse()
        let names = try #require(house.vault.policy.retentionClass(of: "name"))
        let sealed: [UInt8] = [0]
        func keep(_ subject: Int64, _ kind: Int64) throws {
            try house.sql("INSERT INTO record (subject, kind, item, generation, sealed) VALUES (\(subject), \(kind), 0, 1, \(sealed))")
        }
        for (subject, kind) in [(21 as Int64, names), (22, names), (23, names), (24, names &+ 1)] {
            try house.sql("INSERT INTO subject (id, since) VALUES (\(subject), 0)")
            try keep(subject, kind)
        }
        // What a law keeps of somebody who left is nobody's, and who is leaving isn't asked.
        try keep(25, names)
        try house.sql("INSERT INTO erasure (subject, receipt, day) VALUES (23, \(sealed), 1)")
        func concerned(_ rule: String) throws -> Concerned {
            let document = Array(Text.policy(version: 2, from: house.day(15), rule).utf8)
            return try Draft(document, in: house.store, at: house.clock.now()).concerned(in: house.store)
        }
        #expect(try concerned("clerk may read name to serve") == Concerned(asked: 2, touched: 2))
        #expect(try concerned(narrower) == Concerned(touched: 2))
    }

    @Test func `of two that race, the second is refused, and doesn't stand on what it wasn't compared with`() async throws {
        let house = try await PublishingHouse()
        let first = try house.propose(Text.policy(version: 2, from: house.day(4), prose: "to serve you"))
        let second = try house.propose(Text.policy(version: 3, from: house.day(5), narrower))
        _ = try await house.vault.approve(first, by: putri)
        _ = try await house.vault.approve(second, by: putri)
        let vault = try #require(house.vault)
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for proposal in [first, second] {
                group.addTask { () -> Bool? in
                    do throws(PublishingFault) { return "\(try await vault.approve(proposal, by: agus))".hasPrefix("published") } catch {
                        guard case .overtaken = error else { return nil }
                        return false
                    }
                }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == true } == 1 && outcomes.count { $0 == false } == 1)
        #expect(try house.vault.editions().count { $0.state == .published } == 1)
        #expect(try house.vault.editions().count { $0.state == .overtaken } == 1)
    }

    @Test func `a number stands for one version only, and the officers' roles must stay`() async throws {
        let house = try await PublishingHouse()
        #expect(
            try await house.fault { _ = try house.propose(Text.policy(version: 1, from: house.day(4))) }.hasPrefix("The document's version")
        )
        let without = Text.policy(version: 2, from: house.day(15)).replacing("role privacy officer: stands up for you\n", with: "")
        #expect(try await house.fault { _ = try house.propose(without) }.hasPrefix("The document declares no role `privacy officer`"))
    }
}

@Suite struct `Waiting for a version` {
    /// From the day after so many days on, counted from 09:00 in Jakarta.
    static let changes: [(change: String, rules: String, marks: Marks, waits: Waiting, firstDay: Int)] = [
        ("wider", "clerk may read name to serve", Marks(), .long, 15),
        ("narrower", narrower, Marks(), .none, 0),
        ("narrower, but marked as material", narrower, Marks(isMaterial: true), .long, 15),
        ("nothing", "clerk may read name to serve, on an errand", Marks(), .short, 4),
    ]

    @Test(arguments: changes)
    func `is as long as the change asks for`(
        _ change: (change: String, rules: String, marks: Marks, waits: Waiting, firstDay: Int)
    ) async throws {
        let house = try await PublishingHouse()
        if change.firstDay > 0 {
            let tooSoon = Text.policy(version: 2, from: house.day(change.firstDay - 1), change.rules)
            #expect(try await house.fault { _ = try house.propose(tooSoon, change.marks) }.hasPrefix("Its `from` comes too soon"))
        }
        let past = Text.policy(version: 2, from: house.day(-1), change.rules)
        #expect(try await house.fault { _ = try house.propose(past, change.marks) }.hasPrefix("Its `from` lies in the past"))
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(change.firstDay), change.rules), change.marks)
        #expect(try house.vault.editions().first?.note?.waiting == change.waits)
        let since = try await house.publish(proposal)
        #expect(Day(of: since).iso == house.day(change.firstDay))
        #expect(try await house.refusesToOpen() == nil)
    }

    @Test func `a right or a record that is shortened is no mere narrowing`() async throws {
        let house = try await PublishingHouse()
        for (from, to) in [
            ("the person may delete name\n", ""), ("2 years after collected", "1 year after collected"),
            ("from name, email address to keep the record\n", "from email address to keep the record\n"),
        ] {
            let text = Text.policy(version: 2, from: house.day(0)).replacing(from, with: to)
            #expect(text != Text.policy(version: 2, from: house.day(0)))
            #expect(try await house.fault { _ = try house.propose(text) }.hasPrefix("Its `from` comes too soon"))
        }
    }

    @Test func `counts from the second approval, so a late one is refused`() async throws {
        let house = try await PublishingHouse()
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve"))
        _ = try await house.vault.approve(proposal, by: putri)
        house.clock.advance(by: .seconds(86_400))
        #expect(try await house.fault { _ = try await house.vault.approve(proposal, by: agus) }.hasPrefix("Its `from` comes too soon"))
        #expect(try house.vault.editions().first?.state == .proposed)
    }

    @Test func `wording that is marked so asks for no yes`() async throws {
        let house = try await PublishingHouse()
        let text = Text.policy(version: 2, from: house.day(4), prose: "to help you")
        #expect(try await house.fault { _ = try house.propose(text) }.hasPrefix("Its `from` comes too soon"))
        _ = try house.propose(text, Marks(wordingOnly: ["serve"]))
        #expect(
            try await house.fault { _ = try house.propose(text, Marks(wordingOnly: ["nonsense"])) }.hasPrefix("The document declares no"))
        #expect(
            try await house.fault { _ = try house.propose(text, Marks(wordingOnly: ["keep the record"])) }
                == "What the document says of `keep the record` hasn't changed, so there is no wording to mark")
        let draft = try Draft(Array(text.utf8), marks: Marks(wordingOnly: ["Serve"]), in: house.store, at: house.clock.now())
        let told = draft.passage(in: .english).text(), indonesian = draft.passage(in: .indonesian).text()
        #expect(
            told.contains("“serve” is put in other words, and means what it meant.") && !told.contains("means something else"), "\(told)")
        #expect(indonesian.contains("hanya ditulis dengan kata lain, dan artinya tetap"), "\(indonesian)")
    }
}

@Suite struct `A version that begins` {
    @Test func `says which translations it would leave behind`() async throws {
        let house = try await PublishingHouse(), id = ["id": Array("# Kecil\n".utf8)]
        let second = try house.propose(Text.policy(version: 2, from: house.day(20), "clerk may read name to serve"), translations: id)
        house.clock.set(to: try await house.publish(second))
        let third = Array(Text.policy(version: 3, from: house.day(20)).utf8)
        #expect(try house.vault.draft(third, translations: [:], marks: Marks()).lostTranslations == ["id"])
        #expect(try house.vault.draft(third, translations: id, marks: Marks()).lostTranslations.isEmpty)
    }

    @Test func `decides from its day on, without a restart, and what was given before keeps its rules`() async throws {
        let house = try await PublishingHouse()
        let sari = try await house.vault.admit(GivenName(name: "Sari")) { (subject, _) throws(Refusal) in subject }
        let proposal = try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve"))
        let since = try await house.publish(proposal)
        house.clock.set(to: since - .microseconds(1))
        #expect(house.vault.policy.version.number == 1)
        house.clock.set(to: since)
        #expect(house.vault.policy.version.number == 2)
        let clerk = Actor.staff(Subject(id: 7), role: "clerk", number: 1)
        _ = try await house.vault.grant(Name.self, of: sari, by: clerk, on: Basis())
        #expect(try house.vault.editions().map(\.state) == [.inForce, .former])
        #expect(try await house.refusesToOpen() == nil)
        #expect(house.vault.policy.version.number == 2)
        _ = try await house.vault.grant(Name.self, of: sari, by: clerk, on: Basis())
    }

    @Test func `begins also when the house was shut on that day, and not before`() async throws {
        let house = try await PublishingHouse()
        let since = try await house.publish(try house.propose(Text.policy(version: 2, from: house.day(15), "clerk may read name to serve")))
        try await house.reopen()
        #expect(house.vault.policy.version.number == 1)
        house.clock.set(to: since + .seconds(86_400))
        try await house.reopen()
        #expect(house.vault.policy.version.number == 2)
    }

    @Test func `can be withdrawn before that, by one officer, and not after`() async throws {
        let house = try await PublishingHouse()
        let text = Text.policy(version: 2, from: house.day(15), "clerk may read name to serve")
        let proposal = try house.propose(text)
        let since = try await house.publish(proposal)
        let next = try house.propose(Text.policy(version: 3, from: house.day(20), narrower))
        try await house.publish(next)
        #expect(try await house.fault { try await house.vault.withdraw(proposal, by: agus) } == "A later version stands on it")
        try await house.vault.withdraw(next, by: putri)
        try await house.vault.withdraw(proposal, by: agus)
        #expect(try await house.fault { try await house.vault.withdraw(proposal, by: agus) } == "It was withdrawn")
        #expect(try await house.refusesToOpen() == nil)
        house.clock.set(to: since + .seconds(30 * 86_400))
        #expect(house.vault.policy.version.number == 1)
        try await house.reopen()
        #expect(house.vault.policy.version.number == 1)
        #expect(try await house.fault { _ = try house.propose(text) }.hasPrefix("The document's version must be at least 4"))
        let last = try house.propose(Text.policy(version: 4, from: house.day(0), narrower))
        house.clock.set(to: try await house.publish(last))
        #expect(try await house.fault { try await house.vault.withdraw(last, by: agus) }.hasPrefix("It is in force already"))
    }

    @Test func `is what the database says too, or no use is recorded`() async throws {
        let house = try await PublishingHouse()
        let sari = try await house.vault.admit(GivenName(name: "Sari")) { (subject, _) throws(Refusal) in subject }
        try house.sql("UPDATE policy_force SET name = '1 another'")
        let before = try house.store.read { (rows) throws(StoreFault) in try rows.first("SELECT count(*) FROM use_record") { $0.integer(0) }
        }
        do throws(Refusal) {
            _ = try await house.vault.grant(Name.self, of: sari, by: .staff(Subject(id: 7), role: "clerk", number: 1), on: Basis())
            Issue.record("a use under a policy that isn't in force")
        } catch {
            guard case .policyChanged = error else { throw error }
        }
        let after = try house.store.read { (rows) throws(StoreFault) in try rows.first("SELECT count(*) FROM use_record") { $0.integer(0) }
        }
        #expect(before == after)
    }
}
