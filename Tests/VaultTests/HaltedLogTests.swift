// What the log would grow from isn't what was signed any more: nothing is signed over it, that is said, and all else goes on.

import Crypto
import Engines
import Foundation
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `A log of which something was changed` {
    /// What was changed, and how it becomes again what it was.
    struct Harm: Sendable { let table: SQL, isOfKeys: Bool, change: SQL, halt: @Sendable (Int) -> LogHalt }

    static let harms: [Harm] = [
        Harm(table: "log_tile", isOfKeys: false, change: "UPDATE log_tile SET hashes = \(Engine.spoilt("hashes"))") {
            .otherRoot(size: $0)
        },
        Harm(table: "log_tile", isOfKeys: false, change: "DELETE FROM log_tile") { .tile("tile/0/000.p/\($0)") },
        Harm(table: "log_placing", isOfKeys: false, change: "DELETE FROM log_placing") { _ in .placingGone },
        Harm(table: "log_placing", isOfKeys: false, change: "UPDATE log_placing SET size = size + 1") { .placingSize($0 + 1, signed: $0) },
        Harm(
            table: "log_leaf", isOfKeys: false,
            change: "INSERT INTO log_leaf (number, leaf) SELECT (SELECT max(number) + 1 FROM log_leaf), leaf FROM log_leaf WHERE number = 0"
        ) { .leafTooMany(Int64($0), signed: $0) },
        Harm(table: "seen_fence", isOfKeys: true, change: "DELETE FROM seen_fence") { _ in .fenceGone },
    ]

    private func run(_ sql: SQL, _ harm: Harm, in house: SmallHouse) throws {
        try (harm.isOfKeys ? house.vault.keys.store : house.store).writeAndWait { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
    }

    @Test(arguments: harms.indices, [false, true])
    func `isn't signed, neither at a start nor by an open house, until it is as it was`(_ number: Int, _ isStart: Bool) async throws {
        let harm = Self.harms[number], house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        let note = try #require(try house.vault.checkpoint()), size = try #require(try house.vault.keys.seenTree()).size
        try run("CREATE TABLE kept AS SELECT * FROM \(harm.table)", harm, in: house)
        try run(harm.change, harm, in: house)
        if isStart { try await house.reopen() }
        _ = try await house.vault.openSession(of: sari)
        for _ in 0..<2 {
            await #expect { try await house.vault.sequence() } throws: { fault in
                if case Refusal.logHalted(harm.halt(size)) = fault { true } else { false }
            }
            house.clock.advance(by: .seconds(1))
        }
        await #expect(throws: Refusal.self) { try await house.vault.publish(Publishing(period: 1, floor: 4)) }
        guard case .logHalted = house.vault.logFault else { throw StoreFault.closed }
        #expect(try house.vault.checkpoint() == note)
        #expect(try await house.read(sari) == "Sari Wijaya", "what is read is recorded, and waits")
        #expect(try house.findings().contains { $0.kind == .logHalted && $0.what == harm.halt(size).what })
        try run("DELETE FROM \(harm.table)", harm, in: house)
        try run("INSERT INTO \(harm.table) SELECT * FROM kept", harm, in: house)
        try run("DROP TABLE kept", harm, in: house)
        // Whoever found no row at the start waits once, as for another server.
        if try await house.vault.sequence() == 0 {
            house.clock.advance(by: Lease.patience)
            #expect(try await house.vault.sequence() > 0)
        }
        #expect(house.vault.logFault == nil)
        #expect(try house.findings().isEmpty)
    }

    @Test func `lets nothing that was given meanwhile be taken out unseen`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        try house.sql("UPDATE log_placing SET size = size + 1")
        #expect(try await house.read(sari) == "Sari Wijaya")
        _ = try? await house.vault.sequence()
        let changes = try house.vault.keys.store.read { (rows) throws(StoreFault) in try KeyStore.changes(in: rows) }
        _ = try? await house.vault.sequence()
        #expect(try house.vault.keys.store.read { (rows) throws(StoreFault) in try KeyStore.changes(in: rows) } == changes, "seen once")
        let own = try await house.vault.openSession(of: sari)
        #expect(try house.vault.uses(of: own, before: nil, limit: 9).allSatisfy { $0.proof != .mismatch })
        try house.cutChain(of: sari, to: 1)
        try house.sql("UPDATE log_placing SET size = size - 1")
        #expect(try house.findings().contains { $0.kind == .chainCut })
        try await house.vault.sequence()
        #expect(try house.findings().contains { $0.kind == .chainCut })
    }

    @Test(arguments: [1, 300]) func `doesn't get into the mirror`(_ floor: Int) async throws {
        let house = try await SmallHouse(), mirror = house.folder.appending(path: "mirror")
        _ = try await house.sari()
        try await house.vault.publish(Publishing(period: 1, floor: floor))
        try house.sql(
            "UPDATE log_leaf SET leaf = \(Engine.blob("\([1] + [UInt8](repeating: 9, count: 16)) || substr(leaf, 18)")) WHERE number = 0")
        #expect { try house.vault.mirror(into: mirror.path) } throws: { fault in
            if case MirrorFault.altered(let path) = fault { path.hasPrefix("tile/entries/000") } else { false }
        }
        #expect(!FileManager.default.fileExists(atPath: mirror.appending(path: "checkpoint").path))
    }
}
