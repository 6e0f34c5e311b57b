// A house into two parts and out of them again: nothing is lost that was there, nobody comes back who was forgotten since.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.backups))) struct `A backup` {
    @Test func `of an open house is the house again, but for who was forgotten since, and its log goes on under another name`() async throws
    {
        let kept = try await BackedUpHouse(), house = kept.house
        let sari = try await house.sari(), dewi = try await house.sari()
        for (person, address) in [(sari, "sari@ladatimur.example"), (dewi, "dewi@ladatimur.example")] {
            #expect(try await house.vault.claim(LookupAddress(email: address), for: person))
        }
        try await kept.settle()
        let backup = try kept.backUp(), size = try #require(try house.vault.keys.seenTree()).size
        #expect(backup.inspection.faults == [] && backup.inspection.records == 2)

        let budi = try await house.sari()
        _ = try await house.vault.erase(try await house.vault.openSession(of: dewi))
        try await kept.settle()
        let signed = try #require(try house.vault.keys.seenTree()).size
        let (restored, folder) = try await kept.restore(backup.data, backup.keys)
        #expect(restored.forgotten == 1 && restored.lost == signed - size && restored.stamp == "production")
        // Before the first start it is no flood of what that puts right.
        let before = try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path,
            keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations, tables: [], now: house.clock.now()
        ).findings
        #expect(before.map(\.kind) == [.restoreUnfinished])
        let again = try await SmallHouse(at: folder, clock: house.clock)
        #expect(try await again.read(sari) == "Sari Wijaya")
        for gone in [dewi, budi] { await #expect(throws: Refusal.self) { _ = try await again.read(gone) } }
        #expect(try again.vault.stored(of: dewi).isEmpty)
        #expect(try again.vault.find(LookupAddress(email: "sari@ladatimur.example")) == sari)
        #expect(try again.vault.find(LookupAddress(email: "dewi@ladatimur.example")) == nil)
        #expect(again.vault.origin == "small/log.\(signed)")
        let leaves = try again.store.read { (rows) throws(Refusal) in try rows.all("SELECT leaf FROM log_leaf") { $0.blob(0) } }
        let said = "after small/log\nsize \(signed)\n"
        #expect(leaves.contains { String(decoding: $0, as: UTF8.self).contains(said) })
        try await again.reopen()
        #expect(again.vault.origin == "small/log.\(signed)")
        #expect(
            try Vault.inspect(
                database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path,
                keys: Engine.keys(in: folder.path),
                migrations: Vault.migrations, tables: [], now: house.clock.now()
            ).findings == [])
    }

    @Test func `whose key in the safe was cut short is restored where it opens still, and that is named`() async throws {
        let kept = try await BackedUpHouse()
        try await kept.settle()
        let backup = try kept.backUp(), key = kept.safe.epochs.path(try #require(try kept.safe.epochs.generations().last))
        let whole = try Data(contentsOf: URL(filePath: key))
        #expect(try await kept.restore(backup.data, backup.keys).0.findings.isEmpty)
        try whole.prefix(40).write(to: URL(filePath: key))
        let found = try await kept.restore(backup.data, backup.keys).0.findings
        #expect(found.map(\.kind) == [.keyFileCut] && found[0].what.contains("40 of 64 bytes"))
        try whole.prefix(20).write(to: URL(filePath: key))
        #expect(try await kept.refusal(backup.data, backup.keys).contains(key))
    }

    @Test func `of a house that was closed properly goes on with the same log`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, sari = try await house.sari()
        try await kept.settle()
        try house.vault.keep(in: kept.safe, closing: true)
        let backup = try kept.backUp()
        let (_, folder) = try await kept.restore(backup.data, backup.keys)
        let again = try await SmallHouse(at: folder, clock: house.clock)
        #expect(again.vault.origin == "small/log")
        #expect(try await again.read(sari) == "Sari Wijaya")
    }

    @Test func `restored a second time never gives the log a name that it had`() async throws {
        let kept = try await BackedUpHouse()
        _ = try await kept.house.sari()
        try await kept.settle()
        let backup = try kept.backUp()
        for _ in 1...20 { _ = try await kept.house.sari() }
        try await kept.settle()
        var names = [kept.house.vault.origin]
        for _ in 1...2 {
            let (_, folder) = try await kept.restore(backup.data, backup.keys)
            let again = try await SmallHouse(at: folder, clock: kept.house.clock)
            // Shorter than the log before it, and later all the same.
            try again.vault.keep(in: Safe(folder: kept.safe.folder))
            #expect(again.vault.origin.hasPrefix(names[names.count - 1] + "."))
            names.append(again.vault.origin)
        }
        #expect(Set(names).count == 3)
    }

    @Test func `isn't restored without the register of who was forgotten, unless that is meant`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house, dewi = try await house.sari()
        try await kept.settle()
        let older = try Data(contentsOf: URL(filePath: kept.safe.statePath))
        _ = try await house.sari()
        try await kept.settle()
        let backup = try kept.backUp()
        _ = try await house.vault.erase(try await house.vault.openSession(of: dewi))
        try await kept.settle()

        let newest = try Data(contentsOf: URL(filePath: kept.safe.statePath))
        try older.write(to: URL(filePath: kept.safe.statePath))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("knows the log up to entry"))
        try newest.write(to: URL(filePath: kept.safe.statePath))
        var register = try Data(contentsOf: URL(filePath: kept.safe.register))
        register[40] ^= 1
        try register.write(to: URL(filePath: kept.safe.register))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("forgotten"))
        try FileManager.default.removeItem(atPath: kept.safe.register)
        #expect(try await kept.refusal(backup.data, backup.keys).contains("forgotten"))
        try FileManager.default.removeItem(atPath: kept.safe.statePath)
        #expect(try await kept.refusal(backup.data, backup.keys).contains("the register of who was forgotten"))
        let (restored, _) = try await kept.restore(backup.data, backup.keys, acceptLoss: true)
        #expect(restored.forgotten == 0)
    }

    @Test func `with any byte changed is refused, and the file is named`() async throws {
        let kept = try await BackedUpHouse(), sari = try await kept.house.sari()
        #expect(try await kept.house.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        try await kept.settle()
        let backup = try kept.backUp()
        for (folder, file, step) in [
            (backup.data, "manifest", 23), (backup.keys, "manifest", 23), (backup.keys, "keys.sealed", 30_011),
            (backup.data, "data.sqlite", 40_009),
        ] {
            let path = URL(filePath: "\(folder)/\(file)"), whole = try Data(contentsOf: path)
            for place in stride(from: 3, to: whole.count, by: step) {
                var changed = whole
                changed[place] ^= 1
                try changed.write(to: path)
                let told = try await kept.refusal(backup.data, backup.keys)
                #expect(told.contains(file) || told.contains("different houses"), "\(file), byte \(place): \(told)")
            }
            for cut in [0, 1, whole.count / 2, whole.count - 1] {
                try whole.prefix(cut).write(to: path)
                #expect(try await kept.refusal(backup.data, backup.keys).contains(file), "\(file) cut to \(cut)")
            }
            try whole.write(to: path)
        }
        #expect(try await kept.refusal(backup.data, backup.keys) == "")
    }

    @Test func `opens for 21 days, and its key is destroyed`() async throws {
        let kept = try await BackedUpHouse()
        _ = try await kept.house.sari()
        try await kept.settle()
        let backup = try kept.backUp()
        #expect(try kept.safe.days() == [Day(of: kept.house.clock.now())])
        kept.house.clock.advance(by: .seconds(21 * 86_400))
        try await kept.house.vault.publish(Publishing(period: 1, floor: 1))
        try kept.house.vault.forgetOldEpochs(in: kept.safe)
        #expect(try await kept.refusal(backup.data, backup.keys) == "")
        kept.house.clock.advance(by: .seconds(86_400))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("key parts are for 21 days"))
        #expect(try kept.safe.days() == [])
        // Whatever the date says.
        kept.house.clock.advance(by: .seconds(-86_400))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("names the key of"))
    }

    @Test func `keeps its key where it is to be restored with a clock that stands wrong`() async throws {
        let kept = try await BackedUpHouse(), clock = kept.house.clock
        _ = try await kept.house.sari()
        try await kept.settle()
        let backup = try kept.backUp(), written = Date(timeIntervalSince1970: TimeInterval(clock.now().seconds))
        try FileManager.default.setAttributes([.modificationDate: written], ofItemAtPath: kept.safe.statePath)
        clock.advance(by: .seconds(400 * 86_400))
        #expect(try await kept.refusal(backup.data, backup.keys).contains("if the clock is wrong, set it"))
        #expect(try kept.safe.days().count == 1)
        clock.advance(by: .seconds(-400 * 86_400))
        #expect(try await kept.refusal(backup.data, backup.keys) == "")
    }

    @Test func `keeps its key while the clock is more likely wrong than right`() async throws {
        let kept = try await BackedUpHouse()
        _ = try await kept.house.sari()
        try await kept.settle()
        _ = try kept.backUp()
        kept.house.clock.advance(by: .seconds(90 * 86_400))
        try kept.house.vault.forgetOldEpochs(in: kept.safe)
        #expect(try kept.safe.days().count == 1)
        for _ in 1...3 {
            try await kept.house.reopen()
            try await kept.house.vault.publish(Publishing(period: 1, floor: 1))
            try kept.house.vault.forgetOldEpochs(in: kept.safe)
            #expect(try kept.safe.days().count == 1)
            kept.house.clock.advance(by: .seconds(3_600))
        }
        try kept.house.believeClock()
        try kept.house.vault.forgetOldEpochs(in: kept.safe)
        #expect(try kept.safe.days() == [])
    }

    @Test func `is put together of two moments only where that loses nothing unsaid`() async throws {
        let kept = try await BackedUpHouse(), sari = try await kept.house.sari()
        try await kept.settle()
        let first = try kept.backUp()
        let dewi = try await kept.house.sari()
        try await kept.settle()
        let second = try kept.backUp()
        #expect(try await kept.refusal(second.data, first.keys).contains("is older than the data part"))
        #expect(try await kept.refusal(first.data, second.keys).contains("add --accept-loss"))
        let (_, folder) = try await kept.restore(first.data, second.keys, acceptLoss: true)
        let again = try await SmallHouse(at: folder, clock: kept.house.clock)
        #expect(try again.vault.keys.holders() == [sari])
        #expect(try await again.read(sari) == "Sari Wijaya")
        await #expect(throws: Refusal.self) { _ = try await again.read(dewi) }
    }

    @Test func `whose keys are newer says what they don't open any more, and names the keys of the data's own moment`() async throws {
        let kept = try await BackedUpHouse(SmallHouse.policy("the person may correct name"))
        let sari = try await kept.house.sari()
        _ = try await kept.house.sari()
        try await kept.settle()
        let first = try kept.backUp()
        try await kept.house.vault.correct(Given("name", "Sari Lestari"), from: "form", of: sari) { (_) throws(Refusal) in }
        try await kept.settle()
        let second = try kept.backUp()
        let told = try await kept.refusal(first.data, second.keys)
        #expect(told.contains("1 record of 1 person as well, whole"), "\(told)")
        #expect(told.contains("\(first.keys) is of the data's own moment, and opens all of it: take that one instead"), "\(told)")
        #expect(try await kept.restore(first.data, second.keys, acceptLoss: true).0.lacking == Lacking(persons: 1, records: 1))
        #expect(try await kept.restore(first.data, first.keys).0.lacking == Lacking())
        // Damaged it is no way on.
        try Data("nothing".utf8).write(to: URL(filePath: first.keys + "/keys.sealed"))
        let then = try await kept.refusal(first.data, second.keys)
        #expect(then.contains("Look for the key part of the data's own moment") && !then.contains(first.keys), "\(then)")
    }

    @Test func `of another house, of a newer program, or half made is refused`() async throws {
        let ours = try await BackedUpHouse(), theirs = try await BackedUpHouse()
        let (a, b) = (try ours.backUp(), try theirs.backUp())
        #expect(try await ours.refusal(b.data, a.keys).contains("different houses"))
        #expect(try await ours.refusal(b.data, b.keys, safe: theirs.safe) == "")
        // Another safe has another key for the same day.
        #expect(try await ours.refusal(b.data, b.keys).contains("keys.sealed"))
        #expect(try await ours.refusal(a.data, a.keys, migrations: [Migrations(room: "vault", steps: [])]).contains("newer program"))
        #expect(try await ours.refusal(a.keys, a.data).contains("manifest"))
        #expect(try await ours.refusal(ours.shelf, a.keys).contains("no finished part"))
        let partial = ours.shelf + "/data-20260301T000000Z.partial"
        try FileManager.default.copyItem(atPath: a.data, toPath: partial)
        #expect(try await ours.refusal(partial, a.keys).contains("no finished part"))
        _ = try ours.backUp()
        #expect(!FileManager.default.fileExists(atPath: partial))
    }

    @Test func `of the same second as another lies beside it`() async throws {
        let kept = try await BackedUpHouse(), first = try kept.backUp()
        kept.house.clock.advance(by: .seconds(-1))
        let second = try kept.backUp()
        #expect(first.data != second.data && first.keys != second.keys)
        for backup in [first, second] { #expect(try await kept.refusal(backup.data, backup.keys) == "") }
    }

    @Test func `puts nothing over what is there`() async throws {
        let kept = try await BackedUpHouse(), backup = try kept.backUp(), folder = kept.house.folder
        await #expect(throws: BackupFault.self) {
            _ = try await Vault.restore(
                data: backup.data, keys: backup.keys, database: folder.appending(path: "data.sqlite").path,
                keyFolder: folder.appending(path: "keys").path, safe: kept.safe, acceptLoss: true, mirror: nil,
                migrations: Vault.migrations,
                tables: [], clock: kept.house.clock, randomness: SystemRandomness())
        }
        try await kept.house.reopen()
    }
}
