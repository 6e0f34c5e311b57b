// Secrets stay unseen, and what is derived or drawn from them is repeatable.
import Crypto
import Testing

@Suite struct SecretTests {
    @Test func `a secret is never printed`() {
        #expect("\(dewisKey)" == "secret")
        #expect(String(reflecting: dewisKey) == "secret")
        var dumped = ""
        dump([dewisKey], to: &dumped)
        #expect(!dumped.contains("pointer") && !dumped.contains("storage"))
    }

    @Test func `a secret has 32 bytes`() {
        #expect(throws: CryptoFault.wrongLength) { try Secret(bytes: [UInt8](repeating: 1, count: 31)) }
        #expect(throws: CryptoFault.wrongLength) { try Secret(bytes: [UInt8](repeating: 1, count: 33)) }
    }

    @Test func `a secret that takes bytes over leaves zeros behind`() throws {
        var read = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        let taken = try Secret(wiping: &read)
        #expect(read == [UInt8](repeating: 0, count: 32))
        #expect(taken.copied == dewisKey.copied)
    }

    // BLAKE2b with the number as salt and the context as personalisation, computed by Python's hashlib.
    @Test func `a derived secret is what libsodium's KDF says`() {
        #expect(Hex.encode(dewisKey.derive("mailroom", 7).copied) == "3f57a1a947b7b7fa1f917325abedf4a6305d92a17bd572ac8623a79cf4b3b935")
    }

    @Test func `another context, number or secret derives another secret`() {
        let derived = [
            dewisKey.derive("mailroom", 7), dewisKey.derive("mailroom", 8), dewisKey.derive("mailbags", 7), arifsKey.derive("mailroom", 7),
        ]
        #expect(Set(derived.map(\.copied)).count == 4)
    }

    @Test func `the system gives other bytes each time and a seed the same again`() {
        let system = SystemRandomness()
        #expect(system.bytes(32) != system.bytes(32))
        #expect(system.bytes(0) == [])
        let first = SeededRandomness(seed: dewisKey), second = SeededRandomness(seed: dewisKey)
        let stream = (0..<20).map { first.bytes($0 * 9) }
        #expect(stream == (0..<20).map { second.bytes($0 * 9) })
        #expect(Set(stream).count == 20)
        #expect(SeededRandomness(seed: arifsKey).bytes(24) != SeededRandomness(seed: dewisKey).bytes(24))
    }

    @Test func `a seed shared by many tasks gives each of them its own bytes`() async {
        let shared = SeededRandomness(seed: dewisKey)
        let drawn = await withTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<200 { group.addTask { shared.bytes(16) } }
            return await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        let alone = SeededRandomness(seed: dewisKey)
        #expect(drawn == Set((0..<200).map { _ in alone.bytes(16) }))
    }
}
