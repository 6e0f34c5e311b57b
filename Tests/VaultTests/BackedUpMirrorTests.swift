// The mirror of the log beside backups: a restored house goes on with it where it may, and the doctor looks at it.

import Engines
import Foundation
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.backups))) struct `The mirror of a house that is backed up` {
    @Test func `goes on after a restore where nothing is lost of what it vouches for, else another is asked for`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, mirror = house.folder.appending(path: "mirror").path
        _ = try await house.sari()
        try await house.vault.publish(Publishing(period: 1, floor: 300))
        try house.vault.mirror(into: mirror)
        try await kept.settle()
        let backup = try kept.backUp(), former = house.vault.origin
        _ = try await house.sari()
        try await kept.settle()
        let (_, target) = try await kept.restore(backup.data, backup.keys)
        let restored = try await SmallHouse(at: target, clock: house.clock)
        #expect(restored.vault.origin.hasPrefix(former + "."))
        house.clock.advance(by: .seconds(2))
        try await restored.vault.publish(Publishing(period: 1, floor: 300))
        try restored.vault.mirror(into: mirror)
        let log = try NoteVerifier(name: restored.vault.origin, key: restored.vault.logKey)
        let audit = try Audit(of: log) { path in try? [UInt8](Data(contentsOf: URL(filePath: "\(mirror)/\(path)"))) }
        #expect(audit.signed.checkpoint.size >= 600)

        // What this house published after the backup is in no restored one.
        let later = house.folder.appending(path: "later").path
        try await house.vault.publish(Publishing(period: 1, floor: 300))
        try house.vault.mirror(into: later)
        do throws(MirrorFault) {
            try restored.vault.mirror(into: later)
            Issue.record("another log went on in it")
        } catch { #expect(error.sentence.contains("vouches for entries that a restore lost")) }
    }

    @Test func `that is changed is named by the doctor`() async throws {
        let house = try await SmallHouse(), mirror = house.folder.appending(path: "mirror")
        _ = try await house.sari()
        try await house.vault.publish(Publishing(period: 1, floor: 16))
        func told() throws -> [Finding.Kind] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path),
                migrations: Vault.migrations, tables: [], mirror: mirror.path, now: house.clock.now()
            ).findings.map(\.kind)
        }
        house.clock.advance(by: .seconds(300))
        #expect(try told() == [.mirrorBehind])
        try house.vault.mirror(into: mirror.path)
        #expect(try told() == [])
        let tile = mirror.appending(path: "tile/0/000.p/16")
        var bytes = try Data(contentsOf: tile)
        bytes[9] ^= 1
        try bytes.write(to: tile)
        #expect(try told() == [.mirrorAltered])
    }
}
