// An older copy of the key folder, put back beside data that went on: refused by name, whatever happened since the copy.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `An older copy of the keys` {
    /// A house of which the key folder was copied.
    private final class Copied {
        let house: SmallHouse, sari: Subject
        private var keys: URL { house.folder.appending(path: "keys") }
        private var copy: URL { house.folder.appending(path: "copy") }

        init() async throws {
            house = try await SmallHouse()
            sari = try await house.sari()
            try await house.vault.sequence()
            house.close()
            try FileManager.default.copyItem(at: keys, to: copy)
            try await house.open()
        }

        /// The copy takes the place of the keys, and they the place of the copy.
        func exchange() throws {
            house.close()
            let aside = house.folder.appending(path: "aside")
            for (from, to) in [(keys, aside), (copy, keys), (aside, copy)] { try FileManager.default.moveItem(at: from, to: to) }
        }

        func told() async throws -> String {
            do {
                try await house.open()
                return ""
            } catch let fault as HouseFault { return fault.sentence }
        }
    }

    /// What happened since, each of which makes the copy worthless.
    enum Since: CaseIterable { case somebodyCame, somebodyLeft, aNameWasRead, theLogWasPadded, keysWereRenewed }

    private func happens(_ what: Since, _ copied: Copied) async throws {
        let house = copied.house
        switch what {
        case .somebodyCame: _ = try await house.sari()
        case .somebodyLeft: _ = try await house.vault.erase(try await house.vault.openSession(of: copied.sari))
        case .aNameWasRead: _ = try await house.read(copied.sari)
        case .theLogWasPadded: try await house.vault.publish(Publishing())
        case .keysWereRenewed: _ = try await house.vault.keys.renewAll()
        }
        try await house.vault.sequence()
    }

    @Test(arguments: Since.allCases)
    func `doesn't open, says what to do, changes nothing, and the newest opens again`(_ what: Since) async throws {
        let copied = try await Copied(), house = copied.house
        try await happens(what, copied)
        let known = house.vault.keys.changes.number
        try copied.exchange()
        let before = try Data(contentsOf: house.folder.appending(path: "data.sqlite"))
        let told = try await copied.told()
        #expect(told.contains("keys.sqlite is older than data.sqlite") && told.contains("remembers change \(known)"), "\(told)")
        #expect(told.contains("Put the newest copy of keys.sqlite back"))
        #expect(try Data(contentsOf: house.folder.appending(path: "data.sqlite")) == before)
        try copied.exchange()
        #expect(try await copied.told() == "")
        if what != .somebodyLeft { #expect(try await house.read(copied.sari) == "Sari Wijaya") }
    }

    @Test func `is told by the doctor`() async throws {
        let copied = try await Copied(), house = copied.house
        try await happens(.somebodyCame, copied)
        try copied.exchange()
        let inspection = try Vault.inspect(
            database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
            keys: Engine.keys(in: house.folder.path),
            migrations: Vault.migrations, tables: [], now: house.clock.now())
        #expect(inspection.findings.contains { $0.kind == .keysOlder && $0.what.contains("data.sqlite remembers change") })
        try copied.exchange()
    }

    @Test func `opens where nothing happened since`() async throws {
        let copied = try await Copied(), house = copied.house
        try copied.exchange()
        #expect(try await copied.told() == "")
        #expect(try await house.read(copied.sari) == "Sari Wijaya")
    }

    @Test func `isn't what a crash leaves, neither before the data heard of a change nor before the keys saw the log`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari()
        try await house.vault.sequence()
        let seen = try #require(try house.vault.keys.seenTree())
        // The keys were changed, and the process ended before the data remembered it.
        _ = try await house.vault.keys.makeKeys(for: [RecordName(subject: sari, kind: 1, item: 9, generation: 1)])
        try await house.reopen()
        // The log grew, and the process ended before the keys saw it.
        _ = try await house.read(sari)
        try await house.vault.sequence()
        let grown = try #require(try house.vault.keys.seenTree())
        try await house.vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("UPDATE seen_tree SET size = \(seen.size), root = \(seen.root)")
            return
        }
        try await house.reopen()
        #expect(grown.size > seen.size)
        #expect(try house.vault.keys.seenTree().map { $0.size == grown.size && $0.root == grown.root } == true)
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    /// A house that was killed, whose keys are in their write-ahead log: a copy of it as it lies there.
    private func killed() async throws -> (house: SmallHouse, folder: URL, sari: Subject) {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.sequence()
        _ = try await house.read(sari)
        try await house.vault.sequence()
        let folder = house.folder.appending(path: "killed")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in ["data.sqlite", "data.sqlite-wal", "keys"] {
            let from = house.folder.appending(path: file)
            if FileManager.default.fileExists(atPath: from.path) {
                try FileManager.default.copyItem(at: from, to: folder.appending(path: file))
            }
        }
        return (house, folder, sari)
    }

    /// Where the write-ahead log of a house that was killed is damaged, of so many bytes.
    enum Damage: CaseIterable {
        case inTheMiddle, inASalt, inTheHeader, cutInAPage

        func done(to log: Data) -> Data {
            var log = log
            switch self {
            case .inTheMiddle: log[32 + 4_120 * (log.count / 4_120 / 2) + 900] ^= 1
            case .inASalt: log[32 + 9] ^= 1
            case .inTheHeader: log[17] ^= 1
            case .cutInAPage: log.removeLast(4_120 * (log.count / 4_120 / 2) + 1_000)
            }
            return log
        }
    }

    @Test(arguments: Damage.allCases)
    func `isn't what a damaged write-ahead log is taken for: it is named, stays as it is, and put back whole the house opens`(
        _ damage: Damage
    ) async throws {
        let (house, folder, sari) = try await killed()
        let log = folder.appending(path: "keys/keys.sqlite-wal"), whole = try Data(contentsOf: log)
        try damage.done(to: whole).write(to: log)
        func findings() throws -> [Finding] {
            try Vault.inspect(
                database: .file(folder.appending(path: "data.sqlite").path), keyFolder: folder.appending(path: "keys").path,
                migrations: Vault.migrations, tables: [], now: house.clock.now()
            ).findings
        }
        if damage != .inASalt, damage != .inTheHeader {
            #expect(try findings().contains { $0.kind == .keysOlder && $0.what.contains("keys.sqlite-wal is damaged") })
        }
        do {
            _ = try await SmallHouse(at: folder, clock: house.clock)
            Issue.record("it opened")
        } catch let fault as HouseFault {
            let told = fault.sentence
            #expect(told.contains("keys/keys.sqlite-wal is damaged") && told.contains("can't be read"), "\(told)")
            #expect(told.contains("Put \(log.path) back as it was"), "\(told)")
        }
        #expect(try Data(contentsOf: log) == damage.done(to: whole), "it is as it was found")
        try whole.write(to: log)
        #expect(try await SmallHouse(at: folder, clock: house.clock).read(sari) == "Sari Wijaya")
    }

    @Test(arguments: Damage.allCases)
    func `isn't what damaged data are held against: their write-ahead log is named, and put back whole the house opens`(
        _ damage: Damage
    ) async throws {
        let (house, folder, sari) = try await killed()
        let log = folder.appending(path: "data.sqlite-wal"), whole = try Data(contentsOf: log)
        let data = Database.file(folder.appending(path: "data.sqlite").path), keys = folder.appending(path: "keys").path
        try damage.done(to: whole).write(to: log)
        if damage != .inASalt, damage != .inTheHeader {
            let found = try? Vault.inspect(
                database: data, keyFolder: keys, migrations: Vault.migrations, tables: [], now: house.clock.now()
            ).findings
            if let found { #expect(found.contains { $0.kind == .logBehind && $0.what.contains("data.sqlite-wal is damaged") }) }
        }
        do {
            try Vault.refuseMissingData(data, keyFolder: keys)
            Issue.record("it was taken for whole")
        } catch {
            #expect(error.sentence.contains("Put \(log.path) back as it was"), "\(error.sentence)")
        }
        #expect(try Data(contentsOf: log) == damage.done(to: whole), "it is as it was found")
        try whole.write(to: log)
        try Vault.refuseMissingData(data, keyFolder: keys)
        #expect(try await SmallHouse(at: folder, clock: house.clock).read(sari) == "Sari Wijaya")
    }

    @Test func `is told apart from a write-ahead log that only a crash cut`() async throws {
        let (house, folder, sari) = try await killed()
        let log = folder.appending(path: "keys/keys.sqlite-wal")
        // What was being written when the end came, and the last change, of which the data don't know.
        var damaged = try Data(contentsOf: log)
        damaged[damaged.count - 5] ^= 1
        try (damaged + Data(repeating: 7, count: 999)).write(to: log)
        #expect(try await SmallHouse(at: folder, clock: house.clock).read(sari) == "Sari Wijaya")
    }
}
