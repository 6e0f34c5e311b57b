// Several servers on one database: one places leaves, another takes over when it stands still, and whoever was slow is refused. No leaf is
// lost, doubled or moved, and no checkpoint taken back.

import Crypto
import Engines
import Foundation
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `Several who would place leaves` {
    @Test func `leave it to one as long as it is there, and another takes over when it stands still`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), other = try await house.another()
        defer { other.close() }
        #expect(try await house.vault.sequence() > 0)
        for _ in 0..<8 {
            _ = try await house.vault.openSession(of: sari)
            #expect(try await other.vault.sequence() == 0)
            #expect(try await house.vault.sequence() == 1)
            house.clock.advance(by: .milliseconds(1_400))
        }
        _ = try await other.vault.openSession(of: sari)
        #expect(try await other.vault.sequence() == 0)
        house.clock.advance(by: Lease.patience)
        #expect(try await other.vault.sequence() == 1)
        _ = try await house.vault.openSession(of: sari)
        #expect(try await house.vault.sequence() == 0)
        #expect(house.vault.head.lease.held == nil && other.vault.head.lease.held == 2)
        #expect(try await other.vault.sequence() == 1)
        #expect(try house.findings().isEmpty)
    }

    /// How far somebody had come who was slower than their lease.
    enum Place: CaseIterable { case hasRead, hasToldTheKeys, hasPlaced }

    @Test(arguments: Place.allCases) func `refuse whoever was slow, wherever it stood`(_ place: Place) async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), other = try await house.another()
        defer { other.close() }
        try await house.vault.sequence()
        for _ in 0..<3 { _ = try await house.vault.openSession(of: sari) }
        let fence = try #require(try await house.vault.fence()), seen = try house.vault.keys.seenTree()
        let waiting = try house.waiting()
        if place != .hasRead { try await house.vault.keys.see(try Vault.entries(waiting), by: fence) }
        var late: SeenTree?
        if place == .hasPlaced { late = try await house.place(waiting, after: seen, by: fence) }

        // Meanwhile another takes over, and goes on.
        #expect(try await other.vault.sequence() == 0)
        house.clock.advance(by: Lease.patience)
        for _ in 0..<2 { _ = try await other.vault.openSession(of: sari) }
        #expect(try await other.vault.sequence() == (place == .hasPlaced ? 2 : 5))
        let newest = try #require(try house.vault.keys.seenTree()), note = try house.vault.checkpoint()

        if let late {
            try await house.vault.keys.see(late)
        } else {
            await #expect(throws: Refusal.self) { try await house.vault.keys.see(try Vault.entries(waiting), by: fence) }
            await #expect(throws: Refusal.self) { try await house.place(waiting, after: seen, by: fence) }
        }
        #expect(try await house.vault.sequence() == 0)
        #expect(try house.vault.keys.seenTree()?.size == newest.size && house.vault.checkpoint() == note)
        // Nor does anything leave the queue by them that nobody has placed.
        _ = try await other.vault.openSession(of: sari)
        await #expect(throws: Refusal.self) { try await house.place(try house.waiting(), after: newest, by: fence) }
        #expect(try await other.vault.sequence() == 1)
        #expect(try house.vault.keys.seenEntry(of: sari)?.cut == nil)
        #expect(try house.findings().isEmpty)
        try house.expectEachLeafOnce()
    }

    @Test func `lose, double and move no leaf, whoever of them is slow and for how long`() async throws {
        let house = try await SmallHouse(), other = try await house.another(), third = try await house.another()
        defer {
            other.close()
            third.close()
        }
        let vaults = [house.vault, other.vault, third.vault]
        var people: [Subject] = [], notes: [[UInt8]] = []
        for _ in 0..<3 { people.append(try await house.sari()) }
        try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
            let clock = house.clock, people = people
            for vault in vaults {
                group.addTask {
                    var notes: [[UInt8]] = []
                    for _ in 0..<50 {
                        _ = try await vault.openSession(of: people.randomElement()!)
                        try await vault.sequence()
                        if let note = try vault.checkpoint() { notes.append(note) }
                        // Long enough for another to take over in the midst of what we do next.
                        clock.advance(by: .milliseconds(Int.random(in: 0..<1_500)))
                    }
                    return notes
                }
            }
            for try await some in group { notes += some }
        }
        house.clock.advance(by: Lease.patience)
        for _ in 0..<2 {
            for vault in vaults { try await vault.sequence() }
            house.clock.advance(by: Lease.patience)
        }
        #expect(try house.waiting().isEmpty)
        #expect(try house.vault.keys.seenFence() > 3)
        for person in people { #expect(try house.vault.keys.seenEntry(of: person)?.cut == nil) }
        #expect(try house.findings().isEmpty)
        try house.expectEachLeafOnce()
        try house.expectNoneTakenBack(notes)
    }

    @Test func `wait for whoever places, where somebody takes everything along`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari(), other = try await house.another()
        defer { other.close() }
        try await house.vault.sequence()
        let own = try await other.vault.openSession(of: sari), vault = house.vault
        let placing = Task.detached {
            while !Task.isCancelled {
                try await vault.sequence()
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        try await other.vault.settle(sari, upTo: own.entry)
        placing.cancel()
        _ = await placing.result
        #expect(try house.waiting().isEmpty && other.vault.head.lease.held == nil)
    }

    @Test func `go on from data that know less of it than the keys`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        try await house.vault.sequence()
        try await house.reopen()
        try await house.vault.sequence()
        #expect(try house.vault.keys.seenFence() == 2)
        try house.sql("UPDATE log_placing SET fence = 0, free = 1")
        try await house.reopen()
        _ = try await house.sari()
        #expect(try await house.vault.sequence() > 0)
        #expect(try house.vault.keys.seenFence() == 3)
    }

    @Test func `let another in whose keys they changed while it started`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        let late = try KeyStore.open(
            in: house.folder.appending(path: "keys").path, Engine.keys(in: house.folder.path), roots: nil, mayMake: false,
            clock: house.clock, randomness: SystemRandomness())
        defer { late.store.close() }
        _ = try await house.vault.openSession(of: sari)
        #expect(try await house.vault.sequence() == 1)
        // What it saw of them as it opened them is less than what the data know by now.
        let known = try house.store.read { (rows) throws(Refusal) in try KeysKnown.number(in: rows) }
        #expect(late.changes.number < known)
        try Vault.refuseOlderKeys(late, than: house.store)
    }

    @Test(.enabled(if: Only.postgres(.server))) func `say that they are there while nothing waits, and go at once where one closes`()
        async throws
    {
        let house = try await SmallHouse(), other = try await house.another(), third = try await house.another()
        defer { other.close() }
        _ = try await house.sari()
        try await house.vault.sequence()
        for _ in 0..<8 {
            house.clock.advance(by: .milliseconds(500))
            for vault in [house.vault, other.vault, third.vault] { try await vault.sequence() }
        }
        #expect(try house.vault.keys.seenFence() == 1 && house.vault.head.lease.held == 1)
        house.vault.giveBackLease()
        _ = try await house.sari()
        #expect(try await third.vault.sequence() > 0)
        third.close()
        _ = try await house.sari()
        #expect(try await other.vault.sequence() > 0)
    }
}

extension SmallHouse {
    fileprivate func waiting() throws -> [LeafQueue.Waiting] {
        var dice = SystemRandomNumberGenerator()
        return try store.read { (rows) throws(Refusal) in try LeafQueue.all(shuffledBy: &dice, in: rows) }
    }

    /// The step that makes the tree grow, by itself.
    @discardableResult
    fileprivate func place(_ waiting: [LeafQueue.Waiting], after seen: SeenTree?, by fence: Int64) async throws(Refusal) -> SeenTree {
        let vault = vault, now = clock.now()
        return try await store.write { (rows) throws(Refusal) in
            var leaves: [LeafQueue.Waiting] = []
            for leaf in waiting where try LeafQueue.take(leaf, in: rows) { leaves.append(leaf) }
            return try vault.place(&leaves, after: seen, at: now, by: fence, in: rows).tree
        }
    }

    /// Every entry of everybody has a place of its own in the log, and there lies its leaf.
    fileprivate func expectEachLeafOnce() throws {
        let (entries, leaves) = try store.read { (rows) throws(StoreFault) in
            (
                try rows.all("SELECT number, leaf FROM use_record") { ($0.integerOrNil(0), $0.blob(1)) },
                try rows.all("SELECT leaf FROM log_leaf ORDER BY number") { $0.blob(0) }
            )
        }
        #expect(Set(leaves).count == leaves.count)
        for (number, leaf) in entries { #expect(number.flatMap { leaves.indices.contains(Int($0)) ? leaves[Int($0)] : nil } == leaf) }
        #expect(leaves.count(where: { $0[0] == 1 }) == entries.count)
    }

    /// RFC 6962, section 2.1.
    private static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? Merkle.empty }
        var left = 1
        while left * 2 < leaves.count { left *= 2 }
        return Merkle.node(root(leaves.prefix(left)), root(leaves.dropFirst(left)))
    }

    /// Each of these trees, and each that was ever signed, is the beginning of the one that is there now.
    fileprivate func expectNoneTakenBack(_ notes: [[UInt8]]) throws {
        let (leaves, kept) = try store.read { (rows) throws(StoreFault) in
            (
                try rows.all("SELECT leaf FROM log_leaf ORDER BY number") { $0.blob(0) },
                try rows.all("SELECT note FROM log_checkpoint ORDER BY size") { Array($0.text(0).utf8) }
            )
        }
        let hashes = try leaves.map { try Leaf(data: $0).hash }
        for note in notes + kept {
            let signed = try SignedCheckpoint.open(note, of: try vault.logVerifier).checkpoint
            #expect(signed.size <= hashes.count && Self.root(hashes.prefix(signed.size)) == signed.root)
        }
    }
}
