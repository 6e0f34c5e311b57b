// What lies in the key folder and doesn't belong there: it may open what was erased since, so it goes.

import Engines
import Foundation
import Policy
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `The key folder` {
    private let house: SmallHouse
    private var keys: URL { house.folder.appending(path: "keys") }

    init() async throws { house = try await SmallHouse() }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: keys.path).sorted() }

    /// What a backup leaves there that is killed.
    private func leave(_ names: [String] = ["copied.sqlite", "read.sqlite"]) throws -> [URL] {
        let copies = names.map { keys.appending(path: $0) }
        for copy in copies { try Still(keys.appending(path: "keys.sqlite").path).copy(to: copy.path) }
        return copies
    }

    /// The bytes of a file that nobody's name leads to any more.
    private func bytes(_ file: FileHandle) throws -> [UInt8] {
        try file.seek(toOffset: 0)
        return [UInt8](try file.readToEnd() ?? Data())
    }

    @Test func `keeps no copy of the key store after an erasure, and overwrites it before it goes`() async throws {
        let sari = try await house.sari()
        try await house.vault.sequence()
        let copies = try leave(), files = try copies.map { try FileHandle(forReadingFrom: $0) }
        for file in files { #expect(try bytes(file).contains { $0 != 0 }) }
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        try await house.vault.sequence()
        for copy in copies { #expect(!FileManager.default.fileExists(atPath: copy.path)) }
        for file in files { #expect(try bytes(file).allSatisfy { $0 == 0 }) }
        #expect(
            try names().filter { !$0.hasPrefix("keys.sqlite") }.allSatisfy { ["root.1", "ring.1", "renewing", "backing-up"].contains($0) })
    }

    @Test func `keeps none after a start`() async throws {
        house.close()
        let copies = try leave()
        try await house.open()
        for copy in copies { #expect(!FileManager.default.fileExists(atPath: copy.path)) }
        _ = try await house.sari()
    }

    @Test func `is named by the doctor where a copy lies in it, but not while a backup is under way, whose copy goes when it ends`()
        async throws
    {
        let sari = try await house.sari()
        try await house.vault.sequence()
        let copies = try leave()
        #expect(try house.findings() == copies.map { Finding(.keyCopy, $0.path) })
        let backup = try #require(try DurableFile.hold(KeyFolder.backingUp(keys.path)))
        #expect(try house.findings() == [])
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        try await house.vault.sequence()
        #expect(FileManager.default.fileExists(atPath: copies[0].path), "a backup needs it")
        DurableFile.release(backup)
        try await house.vault.sequence()
        for copy in copies { #expect(!FileManager.default.fileExists(atPath: copy.path)) }
    }

    @Test func `keeps what somebody put there by hand, and the doctor names it`() async throws {
        let sari = try await house.sari(), copy = try leave(["keys.sqlite.old"])[0]
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        try await house.vault.sequence()
        house.close()
        try await house.open()
        #expect(FileManager.default.fileExists(atPath: copy.path))
        #expect(try house.findings().contains(Finding(.keyCopy, copy.path)))
    }

    @Test func `is named by the doctor with whatever lies in it, a folder, a link, or something under one of the house's own names`()
        async throws
    {
        _ = try await house.sari()
        try await house.vault.sequence()
        try FileManager.default.createDirectory(at: keys.appending(path: "copied.sqlite"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            at: keys.appending(path: "mine"), withDestinationURL: keys.appending(path: "keys.sqlite"))
        try Data("a copy".utf8).write(to: keys.appending(path: "backing-up"))
        try Data().write(to: keys.appending(path: "accept-older-data"))
        try Data("a copy".utf8).write(to: keys.appending(path: "ring.1.new"))
        let found = try house.findings()
        for name in ["copied.sqlite", "mine", "backing-up"] {
            #expect(found.contains(Finding(.keyCopy, keys.appending(path: name).path)), "\(name)")
        }
        #expect(found.contains(Finding(.consentLeft, keys.appending(path: "accept-older-data").path)))
        #expect(found.contains(Finding(.renewalUnfinished, "ring.1.new")) && found.count == 5, "\(found)")
    }

    @Test func `is named by the doctor with every copy of it that lies beside it`() async throws {
        _ = try await house.sari()
        try await house.vault.sequence()
        try house.vault.keys.store.checkpoint(patience: .seconds(1))
        let folder = house.folder, copies = ["before", "keys.sqlite.old", "mine", "root.1"].map { folder.appending(path: $0) }
        try FileManager.default.copyItem(at: keys, to: copies[0])
        try FileManager.default.copyItem(at: keys.appending(path: "keys.sqlite"), to: copies[1])
        try FileManager.default.copyItem(at: keys.appending(path: "keys.sqlite"), to: copies[2])
        try FileManager.default.copyItem(at: keys.appending(path: "root.1"), to: copies[3])
        try FileManager.default.createDirectory(at: folder.appending(path: "shelf"), withIntermediateDirectories: false)
        #expect(try house.findings() == copies.map { Finding(.keyCopy, $0.path) })
    }

    @Test func `is looked through without making a file`() async throws {
        _ = try await house.sari()
        try await house.vault.sequence()
        for lock in ["renewing", "backing-up"] { try? FileManager.default.removeItem(at: keys.appending(path: lock)) }
        let before = try names()
        #expect(try house.findings() == [])
        #expect(try names() == before)
    }

    @Test func `holds no copy after a backup, and what it held is overwritten`() async throws {
        let kept = try await BackedUpHouse(), folder = kept.house.folder.appending(path: "keys")
        _ = try await kept.house.sari()
        try await kept.settle()
        // Another name of the same file: what is overwritten in one is so in the other.
        let copy = folder.appending(path: "copied.sqlite"), other = kept.house.folder.appending(path: "other")
        try Data("of a backup that was killed".utf8).write(to: copy)
        try FileManager.default.linkItem(at: copy, to: other)
        _ = try kept.backUp()
        #expect(try Data(contentsOf: other).allSatisfy { $0 == 0 })
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasPrefix("copied") && !$0.hasPrefix("read") }
        )
    }

    @Test(arguments: [32, 40, 63]) func `is named by the doctor where the root was cut, and a rotation mends it`(length: Int) async throws {
        _ = try await house.sari()
        try await house.vault.sequence()
        let root = keys.appending(path: "root.1"), whole = try Data(contentsOf: root)
        try whole.prefix(length).write(to: root)
        #expect(try house.findings() == [Finding(.keyFileCut, "\(root.path) has \(length) of 64 bytes")])
        _ = try await house.vault.keys.renewAll()
        #expect(try house.findings() == [])
    }

    @Test func `lets a cut key of a day's backups be named by the doctor`() async throws {
        let kept = try await BackedUpHouse(), house = kept.house
        _ = try await house.sari()
        try await kept.settle()
        _ = try kept.backUp()
        let path = URL(filePath: kept.safe.epochs.path(Int64(Day(of: house.clock.now()).number)))
        try Data(contentsOf: path).prefix(63).write(to: path)
        func told() throws -> [Finding] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path), migrations: Vault.migrations, tables: [], safe: kept.safe, now: house.clock.now()
            ).findings
        }
        #expect(try told() == [Finding(.keyFileCut, "\(path.path) has 63 of 64 bytes")])
        try house.vault.forgetOldEpochs(in: kept.safe)
        #expect(try told() == [])
    }
}
