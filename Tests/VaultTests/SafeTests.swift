// The safe: what it is for a backup where its files are damaged, gone or behind.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.backups))) struct `A backup and its safe` {
    @Test func `is restored with a safe that was damaged as far as that holds, where the loss is accepted`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        let gone = [try await house.sari(), try await house.sari()], dewi = try await house.sari()
        try await kept.settle()
        let backup = try kept.backUp()
        for person in gone {
            _ = try await house.vault.erase(try await house.vault.openSession(of: person))
            try await kept.settle()
        }
        var register = try Data(contentsOf: URL(filePath: kept.safe.register))
        register[3] ^= 1
        try register.write(to: URL(filePath: kept.safe.register))
        let said = try await kept.refusal(backup.data, backup.keys)
        #expect(said.contains("of 2 entries of who was forgotten 1 hold") && said.contains("--accept-loss"))
        #expect(try await kept.restore(backup.data, backup.keys, acceptLoss: true).0.forgotten == 1)
        try Data("nothing".utf8).write(to: URL(filePath: kept.safe.statePath))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("--accept-loss"))
        let (restored, folder) = try await kept.restore(backup.data, backup.keys, acceptLoss: true)
        #expect(restored.forgotten == 1)
        #expect(try await SmallHouse(at: folder, clock: house.clock).read(dewi) == "Sari Wijaya")
    }

    @Test func `forgets again who left since a copy of the whole directory, which is put back past any restore`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, files = FileManager.default
        let sari = try await house.sari(), budi = try await house.sari()
        try await kept.settle()
        func forgetAgain() async throws -> Int? {
            try await Vault.forgetAgain(
                by: kept.safe, database: .file(house.folder.appending(path: "data.sqlite").path),
                keyFolder: house.folder.appending(path: "keys").path, keys: nil, clock: house.clock, randomness: SystemRandomness())
        }
        house.close()
        #expect(try await forgetAgain() == nil)
        let copy = house.folder.appending(path: "copy")
        try files.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in ["data.sqlite", "keys"] { try files.copyItem(at: house.folder.appending(path: name), to: copy.appending(path: name)) }
        try await house.open()
        _ = try await house.vault.erase(try await house.vault.openSession(of: budi))
        try await kept.settle()
        house.close()
        for name in ["data.sqlite", "keys"] {
            try files.removeItem(at: house.folder.appending(path: name))
            try files.copyItem(at: copy.appending(path: name), to: house.folder.appending(path: name))
        }
        for end in ["-wal", "-shm"] { try? files.removeItem(at: house.folder.appending(path: "data.sqlite\(end)")) }
        #expect(try await forgetAgain() == 1)
        try await house.open()
        await #expect(throws: Refusal.self) { try await house.read(budi) }
        #expect(try await house.read(sari) == "Sari Wijaya")
        #expect(house.vault.origin.hasPrefix("small/log."))
    }

    @Test func `has whoever left before they are told so, also where the house ends at that moment`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        let people = [try await house.sari(), try await house.sari()], dewi = try await house.sari()
        try await kept.settle()
        let backup = try kept.backUp()
        house.vault.answer(after: kept.safe)
        for (count, person) in people.enumerated() {
            _ = try await house.vault.erase(try await house.vault.openSession(of: person))
            #expect(try kept.safe.labels(house.vault.keys.ring).count == count + 1)
        }
        house.close()
        let (restored, folder) = try await kept.restore(backup.data, backup.keys, acceptLoss: true)
        #expect(restored.forgotten == 2)
        let again = try await SmallHouse(at: folder, clock: house.clock)
        for person in people { await #expect(throws: Refusal.self) { try await again.read(person) } }
        #expect(try await again.read(dewi) == "Sari Wijaya")
        try await house.open()
        try await kept.settle()
        #expect(try kept.safe.labels(house.vault.keys.ring).count == 2 && kept.safe.state(house.vault.keys.ring)?.forgotten == 2)
    }

    @Test func `finds the safe's files written anew by the open house, where they are gone or set aside`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, dewi = try await house.sari()
        _ = try await house.vault.erase(try await house.vault.openSession(of: dewi))
        try await kept.settle()
        let whole = try Data(contentsOf: URL(filePath: kept.safe.register))
        for file in [kept.safe.register, kept.safe.statePath] {
            try FileManager.default.removeItem(atPath: file)
            try house.vault.keep(in: kept.safe)
            #expect(FileManager.default.fileExists(atPath: file))
        }
        #expect(try Data(contentsOf: URL(filePath: kept.safe.register)) == whole)
        try whole.prefix(20).write(to: URL(filePath: kept.safe.register))
        try house.vault.keep(in: kept.safe)
        #expect(try Data(contentsOf: URL(filePath: kept.safe.register)) == whole)
        // Changed, it is named with what to do.
        try Data(whole.map { $0 ^ 1 }).write(to: URL(filePath: kept.safe.register))
        do throws(HouseFault) {
            try house.vault.keep(in: Safe(folder: kept.safe.folder))
            Issue.record("it was taken for whole")
        } catch { #expect(error.sentence.contains("Set it aside")) }
    }

    @Test func `tells the doctor of whom the keys don't know any more that they were forgotten`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, dewi = try await house.sari()
        _ = try await house.vault.erase(try await house.vault.openSession(of: dewi))
        try await kept.settle()
        func told() throws -> [Finding] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path), migrations: Vault.migrations, tables: [], safe: kept.safe, now: house.clock.now()
            ).faults
        }
        #expect(try told() == [])
        try await house.vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM destroyed")
            return
        }
        #expect(try told().contains { $0.kind == .rowsLost && $0.what.contains("lacks 1 of those") })
    }

    @Test func `knows when a key in the safe is damaged, and so does the doctor`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        _ = try await house.sari()
        try await kept.settle()
        let backup = try kept.backUp(), day = Day(of: house.clock.now())
        #expect(backup.damagedEpochs == [])
        let path = URL(filePath: kept.safe.epochs.path(Int64(day.number))), whole = try Data(contentsOf: path)
        var changed = whole
        changed[7] ^= 1
        try changed.write(to: path)
        let told = try Vault.inspect(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path),
            migrations: Vault.migrations, tables: [], safe: kept.safe, now: house.clock.now()
        ).findings.map(\.kind)
        #expect(told == [.epochDamaged])
        do { _ = try kept.backUp(); Issue.record("under a damaged key") } catch let fault as BackupFault {
            #expect(fault.sentence.contains("epoch.\(day.number) was changed"))
        }
        #expect(try await kept.refusal(backup.data, backup.keys).contains("epoch.\(day.number) was changed"))
        house.clock.advance(by: .seconds(86_400))
        #expect(try kept.backUp().damagedEpochs == [path.path])
        try whole.write(to: path)
        #expect(try await kept.refusal(backup.data, backup.keys) == "")
    }

    @Test func `names a key in the safe that is missing, before a restore needs it`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        func told() throws -> [String] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path),
                migrations: Vault.migrations, tables: [], safe: kept.safe, now: house.clock.now()
            ).findings.filter { $0.kind == .epochMissing }.map(\.what)
        }
        _ = try await house.sari()
        try await kept.settle()
        _ = try kept.backUp()
        let day = Day(of: house.clock.now()), path = kept.safe.epochs.path(Int64(day.number))
        try house.vault.keep(in: kept.safe)
        #expect(try told() == [])
        try FileManager.default.removeItem(atPath: path)
        // Neither a later day nor another process forgets what was promised.
        house.clock.advance(by: .seconds(86_400))
        try await kept.settle()
        try house.vault.keep(in: Safe(folder: kept.safe.folder))
        #expect(try told() == ["\(path): key parts of \(day.iso) open no more"])
        #expect(try kept.backUp().damagedEpochs == [path])
        // 21 days later none is promised any more.
        house.clock.advance(by: .seconds(21 * 86_400))
        try house.believeClock()
        try await kept.settle()
        #expect(try told() == [])
    }

    @Test func `says after it of a deletion since what its receipt said before, for as long as the backup opens`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, sari = try await house.sari()
        try await house.vault.collect(GivenTaxNumber(), of: sari, on: Basis()) { (_, _) throws(Refusal) in }
        try await kept.settle()
        let backup = try kept.backUp()
        let receipt = try #require(try await house.vault.erase(try await house.vault.openSession(of: sari)).receipt)
        try await kept.settle()
        let said = try #require(try house.vault.deletion(receipt: receipt))
        #expect(said.kept.map(\.field) == ["tax number"])
        let file = URL(filePath: "\(kept.safe.folder)/receipts.\(said.day.number)"), whole = try Data(contentsOf: file)
        // Taken away, it is written anew, as the register is.
        try FileManager.default.removeItem(at: file)
        try house.vault.keep(in: kept.safe)
        #expect(try Data(contentsOf: file) == whole)

        let (_, folder) = try await kept.restore(backup.data, backup.keys), again = try await SmallHouse(at: folder, clock: house.clock)
        #expect(try again.vault.deletion(receipt: receipt) == nil)
        for place in [20, 60, whole.count - 1] {
            var changed = whole
            changed[place] ^= 1
            try changed.write(to: file)
            try await again.vault.putBackReceipts(from: kept.safe)
            #expect(try again.vault.deletion(receipt: receipt) == nil, "byte \(place)")
            #expect(try kept.safe.changedReceipts(house.vault.keys.ring) == [file.path])
        }
        try whole.write(to: file)
        for _ in 1...2 { try await again.vault.putBackReceipts(from: kept.safe) }
        let told = try #require(try again.vault.deletion(receipt: receipt))
        #expect(told.day == said.day && told.until == said.until && told.kept == said.kept)
        for (days, isThere) in [(21.0, true), (1, false)] {
            house.clock.advance(by: .seconds(days * 86_400))
            try kept.safe.forgetOldReceipts(on: Day(of: house.clock.now()))
            #expect(FileManager.default.fileExists(atPath: file.path) == isThere)
        }
    }

    @Test func `knows from the next hour on of damage to a key that was made before there were checks`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        _ = try await house.sari()
        try await kept.settle()
        let backup = try kept.backUp(), path = URL(filePath: kept.safe.epochs.path(Int64(Day(of: house.clock.now()).number)))
        let whole = try Data(contentsOf: path)
        // As it was made then; and where a crash came as it got its check.
        for length in [32, 40] {
            try whole.prefix(length).write(to: path)
            #expect(try await kept.refusal(backup.data, backup.keys) == "")
            try house.vault.forgetOldEpochs(in: kept.safe)
            #expect(try Data(contentsOf: path) == whole)
        }
    }

    @Test func `tells the doctor of a safe that is behind, changed or too old`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, sari = try await house.sari()
        try await kept.settle()
        func told() throws -> [Finding.Kind] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path),
                migrations: Vault.migrations, tables: [], safe: kept.safe, now: house.clock.now()
            ).findings.map(\.kind)
        }
        #expect(try told() == [.limit])
        _ = try kept.backUp()
        #expect(try told() == [])
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        #expect(try told() == [.safeBehind])
        try await kept.settle()
        #expect(try told() == [])
        house.clock.advance(by: .seconds(8 * 86_400))
        try house.believeClock()
        _ = try await house.vault.renewTouchedKeys()
        #expect(try told() == [.backupOld])
        house.clock.advance(by: .seconds(20 * 86_400))
        try house.believeClock()
        #expect(try told() == [.epochOverdue, .backupOld])
        try house.vault.forgetOldEpochs(in: kept.safe)
        #expect(try told() == [.backupOld])
        try Data("nothing".utf8).write(to: URL(filePath: kept.safe.statePath))
        #expect(try told().contains(.safeDamaged))
    }
}

@Suite struct `A safe that several servers write into` {
    @Test func `names everybody whom any of them forgot, and is closed only where there are no others`() async throws {
        let house = try await SmallHouse(), other = try await house.another()
        defer { other.close() }
        let folder = house.folder.appending(path: "safe").path, vaults = [house.vault, other.vault]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let safes = [Safe(folder: folder), Safe(folder: folder)], ring = house.vault.keys.ring
        for turn in 0..<4 {
            let person = try await house.sari(), vault = vaults[turn % 2]
            try await house.vault.sequence()
            _ = try await vault.erase(try await vault.openSession(of: person))
            for (vault, safe) in zip(vaults, safes) { try vault.keep(in: safe) }
        }
        #expect(try safes[0].labels(ring).count == 4 && safes[1].state(ring)?.forgotten == 4)
        try house.vault.keep(in: safes[0], closing: true)
        #expect(try safes[1].state(ring)?.isClosed == !house.store.isShared)
    }
}
