// A house whose backups and safe lie beside it.

import Crypto
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

/// A house with a safe, and its backups in a folder beside it.
final class BackedUpHouse {
    let house: SmallHouse
    let safe: Safe
    private var folder: URL { house.folder }
    var shelf: String { folder.appending(path: "shelf").path }
    private var restores = 0

    init(_ policy: String = SmallHouse.policy()) async throws {
        house = try await SmallHouse(policy)
        safe = Safe(folder: house.folder.appending(path: "safe").path)
        try FileManager.default.createDirectory(atPath: safe.folder, withIntermediateDirectories: true)
        try await settle()
    }

    /// What the open house does each second.
    func settle() async throws {
        try await house.vault.sequence()
        house.clock.advance(by: .seconds(20))
        try house.vault.keep(in: safe)
    }

    func backUp() throws -> BackedUp {
        house.clock.advance(by: .seconds(1))
        return try Vault.backUp(
            database: folder.appending(path: "data.sqlite").path, keyFolder: folder.appending(path: "keys").path, stamp: "production",
            safe: safe, to: shelf, keyTarget: shelf, migrations: Vault.migrations, tables: [], clock: house.clock,
            randomness: SystemRandomness())
    }

    func restore(
        _ data: String, _ keys: String, safe: Safe? = nil, acceptLoss: Bool = false, migrations: [Migrations] = Vault.migrations
    ) async throws -> (Restored, URL) {
        restores += 1
        let target = folder.appending(path: "restored-\(restores)")
        try FileManager.default.createDirectory(at: target.appending(path: "keys"), withIntermediateDirectories: true)
        let restored = try await Vault.restore(
            data: data, keys: keys, database: target.appending(path: "data.sqlite").path, keyFolder: target.appending(path: "keys").path,
            safe: safe ?? self.safe, acceptLoss: acceptLoss, mirror: nil, migrations: migrations, tables: [], clock: house.clock,
            randomness: SystemRandomness())
        return (restored, target)
    }

    /// What the operator is told; empty where it was restored.
    func refusal(_ data: String, _ keys: String, safe: Safe? = nil, migrations: [Migrations] = Vault.migrations) async throws -> String {
        do { _ = try await restore(data, keys, safe: safe, migrations: migrations) } catch let fault as BackupFault {
            return fault.sentence
        }
        return ""
    }
}
