// What everybody sees of the log: by the hour, padded, and mirrored in a folder that only grows.

import Crypto
import Foundation
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct PublicLogTests {
    private let hourly = Publishing(period: 3_600, floor: 64)

    private func audit(_ house: SmallHouse, since former: Checkpoint? = nil) throws -> Audit {
        let vault = house.vault
        return try Audit(of: try vault.logVerifier, extending: former) { path in
            path == "checkpoint" ? try? vault.publicCheckpoint() : try? vault.published(path)
        }
    }

    private func audit(_ house: SmallHouse, folder: URL) throws -> Audit {
        try Audit(of: try house.vault.logVerifier) { path in (try? Data(contentsOf: folder.appending(path: path))).map(Array.init) }
    }

    @Test func `the log grows by the floor whether anything happened or not`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        for hour in 1...3 {
            #expect(try await house.vault.publish(hourly))
            #expect(try audit(house).signed.checkpoint.size == 64 * hour)
            house.clock.advance(by: .seconds(3_600))
        }
    }

    @Test func `a busy hour grows it by a multiple of the floor`() async throws {
        let house = try await SmallHouse()
        for _ in 0..<70 { _ = try await house.sari() }
        #expect(try await house.vault.publish(hourly))
        let size = try audit(house).signed.checkpoint.size
        #expect(size > 70 && size % 64 == 0 && size < 70 * 8)
    }

    @Test func `nothing is published before its time, and a clock put back doesn't stop it`() async throws {
        let house = try await SmallHouse()
        #expect(try await house.vault.publish(hourly))
        house.clock.advance(by: .seconds(3_599))
        #expect(try await !house.vault.publish(hourly))
        house.clock.advance(by: .seconds(1))
        #expect(try await house.vault.publish(hourly))
        house.clock.advance(by: .seconds(-86_400))
        #expect(try await house.vault.publish(hourly))
    }

    @Test func `a public checkpoint that somebody changed isn't given to anybody, but the one before`() async throws {
        let house = try await SmallHouse()
        #expect(try await house.vault.publish(hourly))
        house.clock.advance(by: .seconds(3_600))
        #expect(try await house.vault.publish(hourly))
        #expect(try audit(house).signed.checkpoint.size == 128)
        try house.sql("UPDATE log_public SET note = replace(note, 'small', 'smell') WHERE size = 128")
        #expect(try audit(house).signed.checkpoint.size == 64)
        try house.sql("UPDATE log_public SET note = replace(note, 'small', 'smell') WHERE size = 64")
        #expect(throws: Refusal.self) { try house.vault.publicCheckpoint() }
        house.clock.advance(by: .seconds(3_600))
        #expect(try await house.vault.publish(hourly))
        #expect(try audit(house).signed.checkpoint.size == 192)
    }

    @Test func `grows by nothing that somebody else wrote into it`() async throws {
        let house = try await SmallHouse()
        #expect(try await house.vault.publish(hourly))
        for changed in ["size + 1048576", "size + \((1 as Int64) << 50)"] as [SQL] {
            try house.sql("UPDATE log_public SET size = \(changed) WHERE size = 64")
            house.clock.advance(by: .seconds(3_600))
            #expect(try await house.vault.publish(hourly))
            #expect(try #require(try house.vault.keys.seenTree()).size <= 192)
            try house.sql("DELETE FROM log_public WHERE size > 1000")
        }
        try house.sql("UPDATE log_checkpoint SET size = size + 1 WHERE size = (SELECT max(size) FROM log_checkpoint)")
        house.clock.advance(by: .seconds(3_600))
        await #expect(throws: Refusal.self) { try await house.vault.publish(hourly) }
        #expect(try audit(house).signed.checkpoint.size % 64 == 0)
    }

    @Test func `what happened since isn't to be had from the public log`() async throws {
        let house = try await SmallHouse()
        try await house.vault.publish(hourly)
        _ = try await house.sari()
        try await house.vault.sequence()
        #expect(try audit(house).signed.checkpoint.size == 64)
        #expect(try house.vault.published("tile/0/000.p/65") == nil && house.vault.published("tile/entries/000.p/65") == nil)
        #expect(try house.vault.published("tile/0/000.p/63") == nil && house.vault.published("tile/0/000") == nil)
        #expect(try house.vault.published("tile/0/000.p/64")?.count == 64 * 32)
        for path in ["", "tile", "tile/0/0", "tile/9/000", "tile/0/x000/000", "tile/-1/000", "tile/0/../checkpoint", "checkpoint"] {
            #expect(try house.vault.published(path) == nil)
        }
    }

    @Test func `an entry that was signed before the hour is among the published ones`() async throws {
        let house = try await SmallHouse()
        _ = try await house.sari()
        try await house.vault.sequence()
        let signed = try SignedCheckpoint.open(try #require(try house.vault.checkpoint()), of: try house.vault.logVerifier).checkpoint
        try await house.vault.publish(hourly)
        _ = try audit(house, since: signed)
    }

    @Test func `the mirror holds the public log, grows with it, and is whole again after a crash in the middle`() async throws {
        let house = try await SmallHouse(), folder = house.folder.appending(path: "mirror")
        try house.vault.mirror(into: folder.path)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        for size in [320, 640] {
            for _ in 0..<5 {
                try await house.vault.publish(hourly)
                house.clock.advance(by: .seconds(3_600))
            }
            if size == 640 {
                // As a crash leaves it: some of the new tiles are there, the checkpoint is the old one.
                let tile = folder.appending(path: "tile/0/001")
                try Data(repeating: 0, count: 32).write(to: tile)
            }
            try house.vault.mirror(into: folder.path)
            #expect(try audit(house, folder: folder).signed.checkpoint.size == size)
        }
    }

    @Test func `a mirror that is ahead, another log's or not to be written is named, and left as it is`() async throws {
        let house = try await SmallHouse(), other = try await SmallHouse(), folder = house.folder.appending(path: "mirror")
        _ = try await house.sari()
        try await house.vault.sequence()
        try await house.vault.publish(hourly)
        try house.vault.mirror(into: folder.path)
        let kept = try Data(contentsOf: folder.appending(path: "checkpoint"))
        try await other.vault.publish(hourly)
        #expect { try other.vault.mirror(into: folder.path) } throws: { fault in
            if case MirrorFault.foreign(folder.path) = fault { true } else { false }
        }
        try await house.store.write { (rows) throws(StoreFault) in
            try rows.run("DELETE FROM log_public"); return
        }
        try await house.store.write { (rows) throws(StoreFault) in
            try rows.run("INSERT INTO log_public (size, note, at) SELECT size, note, at FROM log_checkpoint ORDER BY size LIMIT 1")
            return
        }
        #expect { try house.vault.mirror(into: folder.path) } throws: { fault in
            if case MirrorFault.ahead(folder.path) = fault { true } else { false }
        }
        #expect(try Data(contentsOf: folder.appending(path: "checkpoint")) == kept)
        #expect { try other.vault.mirror(into: "/proc/voffice") } throws: { fault in
            if case MirrorFault.unwritable = fault { true } else { false }
        }
    }
}

@Suite struct `A mirror` {
    @Test func `gets back within a day what is missing of it, and keeps what was changed`() async throws {
        let house = try await SmallHouse(), mirror = house.folder.appending(path: "mirror")
        _ = try await house.sari()
        try await house.vault.publish(Publishing(period: 1, floor: 600))
        try house.vault.mirror(into: mirror.path)
        let gone = mirror.appending(path: "tile/0/000"), changed = mirror.appending(path: "tile/entries/000")
        let whole = try Data(contentsOf: gone)
        try FileManager.default.removeItem(at: gone)
        try Data("evidence".utf8).write(to: changed)
        // Each of many thousand files isn't looked for with each growth.
        house.clock.advance(by: .seconds(2))
        try await house.vault.publish(Publishing(period: 1, floor: 600))
        try house.vault.mirror(into: mirror.path)
        #expect(!FileManager.default.fileExists(atPath: gone.path))
        house.clock.advance(by: .seconds(86_400))
        try await house.vault.publish(Publishing(period: 1, floor: 600))
        try house.vault.mirror(into: mirror.path)
        #expect(try Data(contentsOf: gone) == whole)
        #expect(try Data(contentsOf: changed) == Data("evidence".utf8))
    }
}
