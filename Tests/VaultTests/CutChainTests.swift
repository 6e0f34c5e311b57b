// The newest entries of a person's chain, cut off together with its end: what the key store has seen shows it.

import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `The newest entries, cut off with the end of the chain` {
    /// Somebody with so many entries, all of them in the log.
    private func known(_ count: Int, in house: SmallHouse) async throws -> Subject {
        let sari = try await house.sari()
        for _ in 1..<count { _ = try await house.vault.openSession(of: sari) }
        try await house.vault.sequence()
        return sari
    }

    private func proofs(_ house: SmallHouse, _ person: Subject) throws -> [ProofState] {
        let own = OwnSession(subject: person, entry: 1)
        return try house.vault.uses(of: own, before: nil, limit: 100).map(\.proof)
    }

    @Test func `show at the newest that is left`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house)
        #expect(try proofs(house, sari).allSatisfy { if case .signed = $0 { true } else { false } })
        try house.cutChain(of: sari, to: 5)
        let left = try proofs(house, sari)
        #expect(left.count == 5 && left[0] == .mismatch)
        #expect(left.dropFirst().allSatisfy { $0 != .mismatch })
        // Nor does a copy that the person takes along end where it was cut.
        let own = OwnSession(subject: sari, entry: 1)
        #expect(try house.vault.chain(of: own, upTo: .max).chain.head.sequence == 8)
        // Nor does one whose own entry is the first after the cut pass for whole: the house signs that it was cut.
        let statement = try await house.vault.export(of: own, held: []).json(from: "here").text
        #expect(statement.contains(#"\ncut 6\n"#))
        try await house.reopen()
        #expect(try proofs(house, sari)[0] == .mismatch)
    }

    @Test func `show at the oldest that is left where others were taken out before their time`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house)
        try house.sql("DELETE FROM use_record WHERE subject = \(sari) AND seq < 4")
        let left = try proofs(house, sari)
        #expect(left.count == 5 && left[4] == .mismatch && left.dropLast().allSatisfy { $0 != .mismatch })
        // A part that ends before them says nothing of them.
        #expect(try house.vault.uses(of: OwnSession(subject: sari, entry: 8), before: nil, limit: 3).allSatisfy { $0.proof != .mismatch })
        #expect(try house.vault.chain(of: OwnSession(subject: sari, entry: 8), upTo: 8).chain.first == 1)
        #expect(try house.findings().map(\.what) == ["entries 1 to 3 of person \(sari.id), the oldest, although their time wasn't over"])
        try house.sql("DELETE FROM use_record WHERE subject = \(sari)")
        #expect(try house.findings().contains { $0.kind == .chainCut && $0.what.contains("entries 1 to 8") })
    }

    @Test func `show too in a chain that is older than what the keys remember of its beginning`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house), dewi = try await known(3, in: house)
        // As a program left them that didn't remember it, and of one the oldest went in its time.
        try await house.vault.keys.store.write { (rows) throws(StoreFault) in
            try rows.run("UPDATE seen_entry SET kept = NULL")
            return
        }
        try house.sql("DELETE FROM use_record WHERE subject = \(sari) AND seq < 3")
        try await house.vault.keepFirsts()
        #expect(try house.findings().isEmpty)
        try house.sql("DELETE FROM use_record WHERE seq < 5 AND subject = \(sari)")
        #expect(try house.findings().map(\.what) == ["entries 3 to 4 of person \(sari.id), the oldest, although their time wasn't over"])
        // What is known isn't learnt anew.
        try await house.vault.keepFirsts()
        #expect(try proofs(house, sari).last == .mismatch && proofs(house, dewi).allSatisfy { $0 != .mismatch })
    }

    @Test func `are none where the oldest went when their time was over`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(3, in: house)
        for _ in 1...9 {
            house.clock.advance(by: .seconds(95 * 86_400))
            _ = try await house.vault.openSession(of: sari)
            try await house.vault.sequence()
        }
        try await house.vault.sweepUses()
        let left = try proofs(house, sari)
        #expect(left.count < 12 && left.allSatisfy { if case .signed = $0 { true } else { false } })
        #expect(try house.findings().filter { $0.kind != .clockDoubtful && $0.kind != .renewalOverdue } == [])
        // Young entries aren't old because somebody says so in the data.
        let month = try #require(
            try house.store.read { (rows) throws(StoreFault) in try rows.first("SELECT min(month) FROM use_record") { $0.integer(0) } })
        try house.sql("UPDATE use_record SET month = \(month - 30) WHERE seq = \(13 - left.count)")
        try house.sql("INSERT INTO use_month (month) VALUES (\(month - 30))")
        await #expect(throws: Refusal.self) { try await house.vault.sweepUses() }
        #expect(try proofs(house, sari).count == left.count - 1)
        #expect(try house.findings().contains { $0.kind == .useClosed })
        try house.sql("UPDATE use_record SET month = \(month) WHERE seq = \(13 - left.count)")
        try await house.vault.sweepUses()
        #expect(try proofs(house, sari) == left)
    }

    @Test(arguments: [1, 4, 10], [true, false])
    func `are none by a month that a row says alone, one of which there are keys or not`(_ sequence: Int64, _ isKnown: Bool) async throws {
        let house = try await SmallHouse()
        let sari = try await known(3, in: house)
        for _ in 1...9 {
            house.clock.advance(by: .seconds(95 * 86_400))
            _ = try await house.vault.openSession(of: sari)
            try await house.vault.sequence()
        }
        let months = try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT month FROM use_record ORDER BY seq") { $0.integer(0) }
        }
        let month = isKnown ? months[0] : 3
        try house.sql("UPDATE use_record SET month = \(month) WHERE seq = \(sequence)")
        try house.sql("INSERT INTO use_month (month) VALUES (\(month)) ON CONFLICT DO NOTHING")
        // What is over goes all the same; what isn't stays, and what lies in the wrong month is said.
        let isSaid = !isKnown || sequence > 1
        do throws(Refusal) {
            try await house.vault.sweepUses()
            #expect(!isSaid)
        } catch { #expect(isSaid, "\(error)") }
        let left = try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT seq FROM use_record ORDER BY seq") { $0.integer(0) }
        }
        #expect(left.contains(10) && Array(left.suffix(4)) == [9, 10, 11, 12], "\(left)")
    }

    @Test func `show for good at the entry that took their place, however long the chain grows again`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house)
        try house.cutChain(of: sari, to: 5)
        for _ in 0..<3 {
            for _ in 0..<4 { _ = try await house.vault.openSession(of: sari) }
            try await house.vault.sequence()
        }
        let grown = try proofs(house, sari)
        #expect(grown.count == 17)
        #expect(grown.enumerated().filter { $0.element == .mismatch }.map { 17 - $0.offset } == [6])
        #expect(try house.vault.use(6, of: OwnSession(subject: sari, entry: 1))?.proof == .mismatch)
    }

    @Test func `all of them, show as damage: nobody is told that nothing was used`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house)
        try house.sql("DELETE FROM use_record WHERE subject = \(sari)")
        try house.sql("DELETE FROM chain WHERE subject = \(sari)")
        #expect(throws: Refusal.self) { try proofs(house, sari) }
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 100).map(\.proof) == [.mismatch])
    }

    @Test func `are none where nothing was cut, also after a crash between the two databases`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house), dewi = try await known(3, in: house)
        for _ in 0..<3 { _ = try await house.vault.openSession(of: sari) }
        // What is there when the process ends after the key store has seen what waits, and before the log took it in.
        let waiting = try house.store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, seq, leaf FROM leaf_waiting ORDER BY subject, seq") { row in
                (Subject(id: row.identity(0)), row.integer(1), row.blob(2))
            }
        }
        let keys = house.vault.keys
        try await keys.see(try waiting.map { ($0.0, $0.1, try Leaf(data: $0.2).hash) }, by: try keys.seenFence())
        try await house.reopen()
        _ = try await house.vault.openSession(of: sari)
        for _ in 0..<2 { try await house.vault.sequence() }
        for person in [sari, dewi] {
            #expect(try proofs(house, person).allSatisfy { if case .signed = $0 { true } else { false } })
        }
    }

    @Test func `are none where many look after the log at once`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(2, in: house), vault = house.vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<60 { try await vault.sequence() } }
                group.addTask { for _ in 0..<30 { _ = try await vault.openSession(of: sari) } }
            }
            try await group.waitForAll()
        }
        try await vault.sequence()
        #expect(try proofs(house, sari).allSatisfy { if case .signed = $0 { true } else { false } })
        #expect(try vault.keys.seenEntry(of: sari).map { $0.sequence == 242 && $0.cut == nil } == true)
    }

    @Test func `are none where more waits than is placed at once`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(2, in: house), vault = house.vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<600 { group.addTask { _ = try await vault.openSession(of: sari) } }
            try await group.waitForAll()
        }
        #expect(try await vault.sequence() == 600)
        #expect(try await vault.sequence() == 0)
        #expect(try proofs(house, sari).allSatisfy { if case .signed = $0 { true } else { false } })
    }

    @Test func `aren't remembered of somebody who left`() async throws {
        let house = try await SmallHouse()
        let sari = try await known(8, in: house), own = try await house.vault.openSession(of: sari)
        _ = try await house.vault.erase(own)
        try await house.vault.keys.see([(sari, 9, Leaf.open([1]).hash)], by: try house.vault.keys.seenFence())
        #expect(try house.vault.keys.seenEntry(of: sari) == nil)
    }
}
