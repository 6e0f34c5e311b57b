// What was destroyed stays closed to whoever kept older copies of everything but the forgotten root; and a renewal that a crash stops
// anywhere goes on.

import Crypto
import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `A renewal of the keys` {
    @Test(.enabled(if: Only.sqlite(.files)))
    func `leaves nothing that opens what was erased, not to one who kept the older key store, ring and data`() async throws {
        let house = try await SmallHouse(), vault = house.vault
        let sari = try await house.sari(), dewi = try await house.sari()
        for (person, address) in [(sari, "sari@ladatimur.example"), (dewi, "dewi@ladatimur.example")] {
            #expect(try await vault.claim(LookupAddress(email: address), for: person))
        }
        let replaced = try #require(try vault.stored(of: dewi).first).name
        let kept = try KeptCopy(of: house)
        _ = try await vault.erase(try await vault.openSession(of: sari))
        try await vault.collect(GivenName(name: "Dewi Lestari"), of: dewi, on: Basis()) { (_, _) throws(Refusal) in }

        // Until then the old bucket key lives, and with it what the copy has.
        #expect(try kept.opens(sari, with: house))
        #expect(try kept.opens(replaced, with: house))
        house.clock.advance(by: .seconds(86_400))
        #expect(try await vault.renewTouchedKeys() >= 2)
        #expect(try !kept.opens(sari, with: house))
        #expect(try !kept.opens(replaced, with: house))
        #expect(try !kept.opensLookup(of: "sari@ladatimur.example", with: house))
        // Whoever kept the root too has everything: the copy is a true one.
        #expect(try kept.opensByItself(sari))

        #expect(house.keyFiles(of: "root") == ["root.2"] && house.keyFiles(of: "ring") == ["ring.2"])
        let bytes = house.everyByteOfKeys()
        for gone in try kept.secrets(of: sari) { #expect(!bytes.holds(gone)) }
        #expect(try await house.read(dewi) == "Dewi Lestari")
        #expect(try vault.find(LookupAddress(email: "dewi@ladatimur.example")) == dewi)
        #expect(try vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
        try await house.reopen()
        #expect(try await house.read(dewi) == "Dewi Lestari")
    }

    @Test func `into another folder than this one is told, at the start and while the house is open`() async throws {
        let house = try await SmallHouse(), keys = house.folder.appending(path: "keys")
        let before = try ["root.1", "ring.1"].map { ($0, try Data(contentsOf: keys.appending(path: $0))) }
        #expect(try await house.vault.keys.renewAll() != nil)
        try house.vault.followKeys()
        try await house.reopen()
        for name in ["root.2", "ring.2"] { try FileManager.default.removeItem(at: keys.appending(path: name)) }
        for (name, bytes) in before { try bytes.write(to: keys.appending(path: name)) }
        // What it has in its memory it still reads.
        try house.vault.followKeys()
        let fault = await #expect(throws: HouseFault.self) { try await house.reopen() }
        #expect(fault?.sentence.contains("holds root and ring 1, and the keys lie under 2") == true)
    }

    @Test func `is done once a day, and only where something was destroyed`() async throws {
        let house = try await SmallHouse(), vault = house.vault
        let sari = try await house.sari(), dewi = try await house.sari()
        #expect(try await vault.renewTouchedKeys() == 0)
        _ = try await vault.erase(try await vault.openSession(of: sari))
        #expect(try await vault.renewTouchedKeys() == 1)
        _ = try await vault.erase(try await vault.openSession(of: dewi))
        #expect(try await vault.renewTouchedKeys() == 0)
        house.clock.advance(by: .seconds(86_400))
        #expect(try await vault.renewTouchedKeys() == 1)
        #expect(try await vault.renewTouchedKeys() == 0)
    }

    @Test func `by rows that somebody put among the keys closes nothing`() async throws {
        let house = try await SmallHouse(), vault = house.vault, sari = try await house.sari()
        _ = try await house.read(sari)
        try await vault.sequence()
        let month = try #require(
            try house.store.read { (rows) throws(StoreFault) in
                try rows.first("SELECT kind, month FROM use_record") {
                    Ledger.MonthKeys.names(of: sari, kind: $0.identity(0), month: $0.integer(1))
                }
            }
        ).uses
        try await vault.keys.store.write { (rows) throws(Refusal) in
            try vault.keys.note(replacing: [month], in: rows)
            try vault.keys.touch(Buckets.number(of: sari), sari, KeyStore.classOfPairs, in: rows)
            try vault.keys.touch(9_999, in: rows)
            try rows.run("INSERT INTO destroyed (subject, at) VALUES (\(sari), 1)")
        }
        #expect(try vault.keys.forgottenSubjects() == [], "the safe isn't told of who lives")
        try await vault.keys.store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM destroyed")
            return
        }
        try await vault.finishRewriting()
        house.clock.advance(by: .seconds(86_400))
        _ = try await vault.renewTouchedKeys()
        #expect(try vault.keys.key(of: month) != nil)
        #expect(try vault.keys.pair(of: sari) != nil)
        try await house.reopen()
        #expect(try house.findings() == [])
    }

    /// What a crash leaves behind each durable step.
    enum Stop: CaseIterable { case afterTheRoot, afterTheRing, afterTheKeys }

    @Test(arguments: Stop.allCases) func `that a crash stops goes on at the next start`(_ stop: Stop) async throws {
        let house = try await SmallHouse(), keys = house.vault.keys
        let sari = try await house.sari(), dewi = try await house.sari()
        #expect(try await house.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        _ = try await house.vault.erase(try await house.vault.openSession(of: dewi))
        let old = try keys.rings.buckets(1), new = old.renewing([Buckets.number(of: sari), 7], from: SystemRandomness())
        if stop == .afterTheRoot {
            try keys.rings.roots.make(2, from: SystemRandomness())
        } else {
            try keys.rings.put(new)
        }
        if stop == .afterTheKeys { try await keys.begin(new, after: old, in: [Buckets.number(of: sari), 7]) }
        try await house.reopen()
        let holds = stop == .afterTheKeys ? "2" : "1"
        #expect(house.keyFiles(of: "root") == ["root.\(holds)"] && house.keyFiles(of: "ring") == ["ring.\(holds)"])
        #expect(try await house.read(sari) == "Sari Wijaya")
        #expect(try house.vault.find(LookupAddress(email: "sari@ladatimur.example")) == sari)
        house.clock.advance(by: .seconds(86_400))
        #expect(try await house.vault.renewTouchedKeys() == 1)
        #expect(try await house.read(sari) == "Sari Wijaya")
    }

    @Test func `by another process is noticed by the open house, whatever it does next`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        for generation in 2...4 as ClosedRange<Int64> {
            let holds = try await house.rotate()
            #expect(holds == generation)
            #expect(try await house.read(sari) == "Sari Wijaya")
            #expect(try await house.read(try await house.sari()) == "Sari Wijaya")
            #expect(house.keyFiles(of: "root") == ["root.\(generation)"])
        }
        // Before it asks for anything else.
        _ = try await house.rotate()
        _ = try await house.sari()
        _ = try await house.vault.erase(try await house.vault.openSession(of: sari))
        #expect(try await house.vault.renewTouchedKeys() == 0, "the rotation was today's")
    }

    @Test func `waits for nobody: where another is under way it says so`() async throws {
        let house = try await SmallHouse()
        let lock = try #require(try DurableFile.hold(house.folder.appending(path: "keys/renewing").path))
        #expect(try await house.rotate() == nil)
        close(lock)
        #expect(try await house.rotate() == 2)
    }

    @Test func `takes many people a few buckets at a time`() async throws {
        let house = try await SmallHouse(), keys = house.vault.keys
        let people = (1...1_500).map { Subject(id: Int64($0) * 3) }
        try await keys.store.write { (rows) throws(Refusal) in
            let bucket = try keys.buckets(in: rows.snapshot)
            for person in people {
                for kind in [1, 2] as [Int64] {
                    let wrapped = Sealed.wrap(
                        Secret(from: SystemRandomness()), under: bucket[Buckets.number(of: person)],
                        boundTo: KeyStore.classBinding(person, kind))
                    try rows.run(
                        "INSERT INTO class_key (subject, kind, generation, made, wrapped) VALUES (\(person), \(kind), 1, 0, \(wrapped))")
                }
            }
        }
        #expect(try await keys.renewAll() == Buckets.count)
        #expect(house.keyFiles(of: "root") == ["root.3"])
        let opened = try keys.store.read { (rows) throws(Refusal) -> Int in
            let bucket = try keys.buckets(in: rows)
            return try rows.all("SELECT subject, kind, wrapped FROM class_key") {
                (Subject(id: $0.identity(0)), $0.identity(1), $0.blob(2))
            }
            .filter { person, kind, wrapped in
                (try? KeyStore.unwrap(wrapped, under: bucket[Buckets.number(of: person)], KeyStore.classBinding(person, kind))) != nil
            }.count
        }
        #expect(opened == 3_000)
    }

    @Test func `by a holder that fails changes nothing, and the next one goes on`() async throws {
        let house = try await SmallHouse(), holder = Moody()
        house.close()
        let folder = house.folder.appending(path: "keys").path
        let keys = try KeyStore.open(
            in: folder, Engine.keys(in: house.folder.path), roots: holder.over(folder), mayMake: false, clock: house.clock,
            randomness: SystemRandomness())
        for mood in [Moody.Mood.makesNone, .forgetsNone] {
            holder.mood = mood
            await #expect(throws: HouseFault.self) { try await keys.renewAll() }
        }
        holder.mood = .well
        _ = try await keys.renewAll()
        #expect(house.keyFiles(of: "root") == ["root.3"])
        keys.store.close()
        try await house.open()
        #expect(try await house.read(try await house.sari()) == "Sari Wijaya")
    }
}

@Suite struct `Look-ups of before the buckets` {
    @Test func `are found again, and lie in buckets from then on`() async throws {
        let house = try await SmallHouse(), keys = house.vault.keys
        let sari = try await house.sari()
        let label = HMACSHA256.code(for: Array("mailto:sari@ladatimur.example".utf8), under: keys.ring.lookup).bytes
        let sealed = Sealed.seal(Array("\(sari.id)".utf8), under: keys.ring.lookup, boundTo: label), owner = keys.ownerLabel(of: sari)
        try await keys.store.write { (rows) throws(Refusal) in
            try rows.run("INSERT INTO lookup (label, owner, sealed) VALUES (\(label), \(owner), \(sealed))")
            return
        }
        try await house.reopen()
        #expect(try house.vault.find(LookupAddress(email: "Sari@ladatimur.example")) == sari)
        #expect(try !house.vault.keys.store.read { (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM lookup") })
    }
}

extension SmallHouse {
    /// What the operator does while the house is open.
    func rotate() async throws -> Int64? {
        try await HouseKeys.rotate(
            in: folder.appending(path: "keys").path, Engine.keys(in: folder.path), clock: clock, randomness: SystemRandomness())
    }

    /// The files `name.N` in the key folder.
    func keyFiles(of name: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "keys").path)) ?? []
        return all.filter { $0.hasPrefix(name + ".") }.sorted()
    }

    /// Every byte of every file in the key folder.
    func everyByteOfKeys() -> Data {
        let keys = folder.appending(path: "keys")
        let all = (try? FileManager.default.contentsOfDirectory(atPath: keys.path)) ?? []
        return all.reduce(into: Data()) { bytes, file in bytes += (try? Data(contentsOf: keys.appending(path: file))) ?? Data() }
            + Engine.everyByte(in: keys.path)
    }
}
