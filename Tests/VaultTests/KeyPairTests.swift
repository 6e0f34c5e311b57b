// Everybody has a key pair from the first day: what is sealed to them opens with it, and with nothing once they left.

import Crypto
import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `A key pair for everyone` {
    private let letter = Array("the notary called back".utf8)

    @Test func `is there from the first day, another for each, and the same after a start and a renewal`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), dewi = try await house.sari()
        let hers = try #require(try house.vault.keys.pair(of: sari)), other = try #require(try house.vault.keys.pair(of: dewi))
        let box = try hers.publicKey.seal(letter)
        #expect(throws: CryptoFault.doesNotOpen) { try other.open(box) }
        try await house.reopen()
        _ = try await house.rotate()
        let still = try #require(try house.vault.keys.pair(of: sari))
        #expect(still.publicKey == hers.publicKey)
        #expect(try still.open(box) == letter)
        #expect(try house.findings() == [])
    }

    @Test func `is given once to those who came before there were any`() async throws {
        let house = try await SmallHouse()
        let sari = try await house.sari(), dewi = try await house.sari(), gone = try await house.sari()
        _ = try await house.vault.erase(try await house.vault.openSession(of: gone))
        try await house.change("DELETE FROM key_pair WHERE subject = \(sari)")
        let kept = try #require(try house.vault.keys.pair(of: dewi)).publicKey
        #expect(try house.findings() == [], "they weren't promised yet")
        try await house.vault.givePairs()
        let given = try #require(try house.vault.keys.pair(of: sari)).publicKey
        #expect(try house.vault.keys.pair(of: dewi)?.publicKey == kept)
        #expect(try house.vault.keys.pair(of: gone) == nil)
        try await house.vault.givePairs()
        #expect(try house.vault.keys.pair(of: sari)?.publicKey == given)
        #expect(try house.findings() == [])
    }

    @Test func `that is lost is missed by the doctor, and never made again`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        try await house.vault.givePairs()
        try await house.change("DELETE FROM key_pair")
        #expect(try house.findings() == [Finding(.pairMissing, "person \(sari.id)")])
        try await house.vault.givePairs()
        #expect(try house.vault.keys.pair(of: sari) == nil)
    }

    static let changes: [SQL] = [
        "UPDATE key_pair SET seed = \(Engine.spoilt("seed"))",
        "UPDATE key_pair SET seed = \(Engine.blob("substr(seed, 1, 71) || \([0] as [UInt8])"))",
        "UPDATE key_pair SET public = \(Engine.spoilt("public"))",
        "UPDATE key_pair SET public = \(Engine.blob("substr(public, 1, 31) || \([0] as [UInt8])"))",
        "UPDATE key_pair SET public = (SELECT public FROM key_pair AS o WHERE o.subject <> key_pair.subject)",
        "UPDATE key_pair SET seed = (SELECT seed FROM key_pair AS o WHERE o.subject <> key_pair.subject)",
    ]

    @Test(arguments: changes.indices) func `of which a byte was changed is refused, and named`(_ number: Int) async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        _ = try await house.sari()
        try await house.change("\(Self.changes[number]) WHERE subject = \(sari)")
        #expect(throws: Refusal.self) { try house.vault.keys.pair(of: sari) }
        #expect(try house.findings().contains(Finding(.keyDamaged, "the key pair of person \(sari.id)")))
        // Nothing else of hers hangs on it.
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test(.enabled(if: Only.sqlite(.files))) func `is destroyed with the person, also for one who kept the older key store and ring`()
        async throws
    {
        let house = try await SmallHouse(), sari = try await house.sari(), dewi = try await house.sari()
        let pair = try #require(try house.vault.keys.pair(of: sari)), seed = pair.seed.copied
        let kept = try KeptCopy(of: house)
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        #expect(try house.vault.keys.pair(of: sari) == nil)
        let rows = try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject FROM key_pair") { Subject(id: $0.identity(0)) }
        }
        #expect(rows == [dewi])
        house.clock.advance(by: .seconds(86_400))
        _ = try await house.vault.renewTouchedKeys()
        #expect(try !kept.opens(sari, with: house))
        let bytes = house.everyByteOfKeys()
        #expect(!bytes.holds(seed) && !bytes.holds(pair.publicKey.bytes))
        #expect(try house.findings() == [Finding(.keyCopy, kept.folder.path)])
        try house.sql("INSERT INTO subject (id, since) VALUES (\(sari), 0)")
        try await house.vault.givePairs()
        #expect(try house.vault.keys.pair(of: sari) == nil, "what was destroyed is never made again")
    }
}

extension SmallHouse {
    /// What somebody who can write the key store does.
    func change(_ keys: SQL) async throws {
        try await vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run(keys)
            return
        }
    }
}
