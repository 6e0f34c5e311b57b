// An older copy of the data, put back beside keys that have seen more: refused by name, and opened only when somebody means it.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `An older copy of the data` {
    /// A house that went on after its data were copied; Dewi came, and Budi went, after that.
    private final class Continued {
        let house: SmallHouse, sari: Subject, dewi: Subject, budi: Subject, size: Int
        private var data: URL { house.folder.appending(path: "data.sqlite") }
        private var copy: URL { house.folder.appending(path: "copy.sqlite") }

        init() async throws {
            house = try await SmallHouse()
            sari = try await house.sari()
            budi = try await house.sari()
            try await house.vault.sequence()
            size = try #require(try house.vault.keys.seenTree()).size
            house.close()
            try FileManager.default.copyItem(
                at: house.folder.appending(path: "data.sqlite"), to: house.folder.appending(path: "copy.sqlite"))
            try await house.open()
            dewi = try await house.sari()
            _ = try await house.vault.openSession(of: sari)
            _ = try await house.vault.erase(try await house.vault.openSession(of: budi))
            try await house.vault.sequence()
        }

        /// The copy takes the place of the data, and they the place of the copy.
        func exchange() throws {
            house.close()
            let aside = house.folder.appending(path: "aside.sqlite")
            for (from, to) in [(data, aside), (copy, data), (aside, copy)] { try FileManager.default.moveItem(at: from, to: to) }
            for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data.path + ending) }
        }

        func consent() throws { try Data().write(to: house.folder.appending(path: "keys/accept-older-data")) }
        var isConsentThere: Bool {
            FileManager.default.fileExists(atPath: house.folder.appending(path: "keys/accept-older-data").path)
        }
    }

    private func sentence(_ house: SmallHouse) async throws -> String {
        do {
            try await house.open()
            return ""
        } catch let fault as HouseFault { return fault.sentence }
    }

    @Test func `doesn't open, says how much is missing and what to do, and the newest opens again`() async throws {
        let continued = try await Continued(), house = continued.house
        let seen = try #require(try house.vault.keys.seenTree()).size
        try continued.exchange()
        let told = try await sentence(house)
        #expect(told.contains("its log has \(continued.size) entries, and \(seen) were signed"))
        #expect(told.contains("keys/accept-older-data"))
        try continued.exchange()
        try await house.open()
        #expect(try await house.read(continued.sari) == "Sari Wijaya")
        #expect(try await house.read(continued.dewi) == "Sari Wijaya")
    }

    @Test func `opens when somebody means it, once; the log says what is lost, and who left stays forgotten`() async throws {
        let continued = try await Continued(), house = continued.house
        let seen = try #require(try house.vault.keys.seenTree()).size, name = house.vault.origin, key = house.vault.logKeyText
        try continued.exchange()
        try continued.consent()
        try await house.open()
        #expect(!continued.isConsentThere)
        #expect(try await house.read(continued.sari) == "Sari Wijaya")
        await #expect(throws: Refusal.self) { _ = try await house.read(continued.dewi) }
        #expect(try house.vault.stored(of: continued.budi).isEmpty)
        await #expect(throws: Refusal.self) { _ = try await house.read(continued.budi) }

        // A checkpoint is never taken back: the log goes on under another name.
        #expect(house.vault.origin == "\(name).\(seen)")
        // What people took along before is held against the key of that time.
        #expect(key != house.vault.logKeyText && house.vault.logKeyTexts == [house.vault.logKeyText, key])
        let leaves = try house.store.read { (rows) throws(Refusal) in try rows.all("SELECT leaf FROM log_leaf") { $0.blob(0) } }
        let lost = "voffice log 1\nafter \(name)\nsize \(seen)\n"
        #expect(leaves.contains { String(decoding: $0, as: UTF8.self).contains(lost) })
        #expect(leaves.contains { String(decoding: $0, as: UTF8.self).contains("lost \(continued.size)..\(seen - 1)\n") })

        // What is left is proved, and the list shows that something is gone.
        let own = try await house.vault.openSession(of: continued.sari)
        try await house.vault.sequence()
        let proofs = try house.vault.uses(of: own, before: nil, limit: 10).map(\.proof)
        #expect(proofs.contains(.mismatch))
        #expect(try house.vault.use(1, of: own).map { if case .signed = $0.proof { true } else { false } } == true)
        try await house.reopen()
        #expect(try await house.read(continued.sari) == "Sari Wijaya")
    }

    @Test func `isn't accepted by a consent of before`() async throws {
        let continued = try await Continued(), house = continued.house
        try continued.consent()
        try await house.reopen()
        #expect(!continued.isConsentThere)
        try continued.exchange()
        #expect(try await sentence(house).contains("data.sqlite is older than its keys"))
        try continued.exchange()
    }

    @Test func `that a crash stopped on its way in goes on at the next start`() async throws {
        let continued = try await Continued(), house = continued.house
        let seen = try #require(try house.vault.keys.seenTree()), name = house.vault.origin
        try continued.exchange()
        try continued.consent()
        // The log has got its name and its leaf, and nothing else was done.
        let store = try Store.open(Engine.data(in: house.folder.path), migrations: [])
        try store.writeAndWait { (rows) throws(Refusal) in
            try rows.run("UPDATE log_origin SET name = \("\(name).\(seen.size)")")
            return
        }
        store.close()
        try await house.open()
        #expect(house.vault.origin == "\(name).\(seen.size)")
        #expect(!continued.isConsentThere)
        #expect(try await house.read(continued.sari) == "Sari Wijaya")
    }

    @Test func `of the same length with another history is refused by another name, with or without consent`() async throws {
        let continued = try await Continued(), house = continued.house
        // Another history: the tree of the size that was signed isn't the one that was signed.
        let seen = try #require(try house.vault.keys.seenTree())
        try await house.vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("UPDATE seen_tree SET root = \(seen.root.reversed().map { $0 })")
            return
        }
        house.close()
        try continued.consent()
        #expect(try await sentence(house).contains("holds another history than its keys"))
    }
}
