// Hashes and keyed hashes give what their standards print.
import Crypto
import Testing

@Suite struct HashTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `SHA-256 gives the hashes that FIPS 180 prints`(message: String, hash: String) {
        #expect(SHA256.hash(utf8(message)).hex == hash)
        #expect(SHA256.hash(utf8(message).span.bytes).hex == hash)
    }

    // Swift 6.3.1 writes past the end of an asynchronous function's frame where a value in it wants to lie at a multiple of 32.
    @Test func `a digest fits where every other value does`() {
        #expect(MemoryLayout<Digest>.size == 32 && MemoryLayout<Digest>.alignment <= 16)
    }

    @Test func `parts hash as if they were one`() throws {
        let left = SHA256.hash(utf8("left")), right = SHA256.hash(utf8("right"))
        #expect(SHA256.hash(parts: [utf8("voffice/"), [], utf8("use/1")]) == SHA256.hash(utf8("voffice/use/1")))
        #expect(SHA256.hash(0, address) == SHA256.hash([0] + address))
        #expect(SHA256.hash(1, left, right) == SHA256.hash([1] + left.bytes + right.bytes))
    }

    // RFC 4231; shorter keys stand with zeros behind them, which is what HMAC does with them.
    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), utf8("Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", utf8("what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), [UInt8](repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            "0102030405060708090a0b0c0d0e0f10111213141516171819", [UInt8](repeating: 0xcd, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
    ])
    func `HMAC gives the codes that RFC 4231 prints`(key: String, message: [UInt8], code: String) throws {
        let padded = hex(key) + [UInt8](repeating: 0, count: 32 - key.count / 2)
        #expect(HMACSHA256.code(for: message, under: try Secret(bytes: padded)).hex == code)
    }

    @Test func `a key longer than a block is hashed first, as RFC 4231 has it`() throws {
        let key = try Secret(bytes: SHA256.hash([UInt8](repeating: 0xaa, count: 131)).bytes)
        let code = HMACSHA256.code(for: utf8("Test Using Larger Than Block-Size Key - Hash Key First"), under: key)
        #expect(code.hex == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func `a digest is its bytes and nothing but 32 of them`() throws {
        let digest = SHA256.hash(address)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
        #expect(Digest(bytes: digest.bytes + [0]) == nil)
        for changed in oneByteChanged(digest.bytes) { #expect(Digest(bytes: changed) != digest) }
    }

    @Test func `equal is equal in length and every byte`() {
        #expect(constantTimeEqual(address, address))
        #expect(constantTimeEqual([], []))
        #expect(!constantTimeEqual(address, address + [0]))
        for changed in oneByteChanged(address) { #expect(!constantTimeEqual(address, changed)) }
    }
}
