// Passwords match themselves only.
import Crypto
import Testing

@Suite struct PasswordTests {
    private let phrase = utf8("sungai kapuas 1143")
    private let quick = Password.Cost(passes: 1, memory: 1 << 20)

    // Argon2id with one lane, computed by Python's cryptography.
    @Test func `a password stretches as RFC 9106 has it`() throws {
        let stretched = try Password.stretch(phrase, salt: [UInt8](0..<16), cost: .signingIn)
        let expected = secret("e32a6bcd910177803f32b96587595aba947ebaa0b087c4e2815032e4d0fe9b20")
        #expect(HMACSHA256.code(for: address, under: stretched) == HMACSHA256.code(for: address, under: expected))
        #expect(throws: CryptoFault.wrongLength) { try Password.stretch(phrase, salt: [UInt8](0..<15), cost: quick) }
    }

    @Test func `only the password itself matches its hash`() throws {
        let hash = try Password.hash(phrase, cost: quick)
        #expect(hash.hasPrefix("$argon2id$v=19$m=1024,t=1,p=1$"))
        #expect(Password.verify(phrase, against: hash))
        #expect(!Password.verify(phrase + [0], against: hash))
        #expect(!Password.verify([], against: hash))
        #expect(!Password.verify(phrase, against: ""))
        for changed in oneByteChanged(phrase) { #expect(!Password.verify(changed, against: hash)) }
        #expect(try hash != Password.hash(phrase, cost: quick))
    }

    @Test func `a hash made at another cost is outdated`() throws {
        let hash = try Password.hash(phrase, cost: quick)
        #expect(Password.isOutdated(hash))
        #expect(!Password.isOutdated(hash, cost: quick))
    }
}
