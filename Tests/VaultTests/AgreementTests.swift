// Sari gave her name under the first version; the second does more with it, and waits for her word.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `What a newer version would do with older data` {
    private static let choices = """
        field choice record: choice, record
        purpose honour your choices: to do what you chose (legal duty)
        collect choice record from form to honour your choices
        keep choice record 10 years after collected, because "so long"
        """
    private static let clerk = "clerk may read name to serve, on an errand"
    private static let first = SmallHouse.policy(choices)
    private static let second = SmallHouse.policy(version: 2, choices + "\n" + clerk)

    struct Word: Use {
        static let declared: UseDeclaration = .collect("choice record", from: "form", to: "honour your choices")
    }

    private func say(_ word: Bool?, _ sari: Subject, in house: SmallHouse) async throws {
        let own = try await house.vault.openSession(of: sari)
        try await house.vault.say(word, to: try #require(house.vault.newerVersions(for: own).first).row, as: Word.self, of: own)
    }

    @Test func `is refused by the version under which she gave it, as long as she says nothing`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        let refused = try await house.refusal(sari)
        #expect(refused?.byFormerVersion == true && refused?.why == .noRule)
        let entry = try #require(
            try house.vault.uses(of: try await house.vault.openSession(of: sari), before: nil, limit: 5).first { $0.use.isRefusal })
        #expect(entry.use.formerVersion?.hasPrefix("1 ") == true && entry.use.version.hasPrefix("2 "), "which said no stands in her list")
        let asking = try house.vault.newerVersions(for: try await house.vault.openSession(of: sari))
        #expect(asking.map(\.policy.version.number) == [2] && asking.map(\.said) == [nil])
        #expect(asking.first?.changes.map(\.asked) == [["name"]])
    }

    @Test func `is done once she says yes, and not any more once she takes it back`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        try await say(true, sari, in: house)
        #expect(try await house.read(sari) == "Sari Wijaya")
        try await house.reopen(Self.second)
        #expect(try await house.read(sari) == "Sari Wijaya", "it is stored")
        try await say(nil, sari, in: house)
        #expect(try await house.refusal(sari)?.byFormerVersion == true)
    }

    @Test func `is not done when she says no, which is stored so that nobody asks again`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        try await say(false, sari, in: house)
        #expect(try await house.refusal(sari)?.byFormerVersion == true)
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.newerVersions(for: own).first?.said?.isYes == false)
        try await say(true, sari, in: house)
        #expect(try await house.refusal(sari) == nil, "she may think otherwise")
    }

    @Test func `hangs on nobody else's yes`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari(), dewi = try await house.sari()
        try await house.reopen(Self.second)
        try await say(true, dewi, in: house)
        #expect(try await house.refusal(sari)?.byFormerVersion == true)
    }

    @Test func `needs the present version too, whatever she said`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        try await say(true, sari, in: house)
        try await house.reopen(SmallHouse.policy(version: 3, Self.choices))
        let refused = try await house.refusal(sari)
        #expect(refused?.byFormerVersion == false && refused?.why == .noRule)
    }

    @Test func `that the third version takes up again stands on the yes to the second`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        try await say(true, sari, in: house)
        let third = SmallHouse.policy(version: 3, Self.choices + "\n" + Self.clerk + "\nclerk may correct name to serve, on an errand")
        try await house.reopen(third)
        #expect(try await house.read(sari) == "Sari Wijaya")
        let asking = try house.vault.newerVersions(for: try await house.vault.openSession(of: sari))
        #expect(asking.map(\.policy.version.number) == [3], "it is asked about the third")
    }

    @Test func `keeps it as long as it says once she agreed, and not a day longer before`() async throws {
        for word in [true, nil] as [Bool?] {
            let short = Self.first.replacing("keep name 10 years", with: "keep name 1 year")
            let house = try await SmallHouse(short), sari = try await house.sari()
            try await house.reopen(short.replacing("version 1", with: "version 2").replacing("keep name 1 year", with: "keep name 3 years"))
            if let word { try await say(word, sari, in: house) }
            house.clock.advance(by: .seconds(2 * 365 * 86_400))
            _ = try await house.vault.sweep()
            let held = try house.vault.store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM subject WHERE id = \(sari)") }
            #expect(held == (word == true))
        }
    }

    @Test func `and her word to it stand in her record, and go when she leaves`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        for word in [true, true, false, nil, nil] as [Bool?] { try await say(word, sari, in: house) }
        let own = try await house.vault.openSession(of: sari)
        let verbs = try house.vault.uses(of: own, before: nil, limit: 50).map(\.use).filter { $0.who == "the person" }.map(\.verb)
        #expect(verbs.filter { $0 != "read" && $0 != "collect" } == ["withdraw", "decline", "agree"], "each once")
        try await say(true, sari, in: house)
        _ = try await house.vault.erase(own)
        #expect(try house.vault.store.read { (rows) throws(Refusal) in try !rows.exists("SELECT 1 FROM policy_word") })
    }

    @Test func `can't be agreed to where no rule takes her word in`() async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(
            Self.second.replacing("collect choice record from form to honour your choices\n", with: "")
                .replacing("keep choice record 10 years after collected, because \"so long\"\n", with: ""))
        await #expect(throws: Refusal.self) { try await say(true, sari, in: house) }
        #expect(try await house.refusal(sari)?.byFormerVersion == true)
    }

    @Test func `that asks nothing is answered by nobody`() async throws {
        let house = try await SmallHouse(Self.second), sari = try await house.sari()
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.newerVersions(for: own).isEmpty)
        await #expect(throws: Refusal.self) { try await house.vault.say(true, to: 1, as: Word.self, of: own) }
    }

    @Test(
        arguments: [
            ("DELETE FROM policy_word", "is missing"), ("UPDATE policy_word SET yes = 0", "another word"),
            ("UPDATE policy_word SET since = since - 86400000000", "another word"),
            ("UPDATE policy_word SET version = 99", "which isn't there"),
        ] as [(SQL, String)])
    func `that she said yes is compared with her list`(harm: SQL, what: String) async throws {
        let house = try await SmallHouse(Self.first), sari = try await house.sari()
        try await house.reopen(Self.second)
        try await say(true, sari, in: house)
        try await house.vault.publish(Publishing())
        #expect(try house.findings() == [])
        try house.sql(harm)
        let found = try house.findings()
        #expect(found.contains { $0.kind == .wordAltered && $0.what.contains(what) }, "\(found)")
    }
}
