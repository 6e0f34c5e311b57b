// Sealed values open under their key and at their place only.
import Crypto
import Testing

@Suite struct SealedTests {
    @Test func `the seal is the one that the XChaCha draft prints`() throws {
        struct DraftNonce: Randomness { func bytes(_ count: Int) -> [UInt8] { (0..<count).map { 0x40 + UInt8($0) } } }
        let plain = utf8(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.")
        let key = try Secret(bytes: [UInt8](0x80...0x9f)), context = hex("50515253c0c1c2c3c4c5c6c7")
        let sealed = Sealed.seal(plain, under: key, boundTo: context, nonceFrom: DraftNonce())
        #expect(
            sealed == [UInt8](0x40...0x57)
                + hex(
                    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
                        + "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3f"
                        + "ac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
                        + "c0875924c1c7987947deafd8780acf49"))
        #expect(try Sealed.open(sealed, under: key, boundTo: context) == plain)
    }

    @Test func `what was sealed opens, however short`() throws {
        for plain in [[], [7], address, [UInt8](repeating: 3, count: 100_000)] {
            let sealed = Sealed.seal(plain, under: dewisKey, boundTo: dewisAddress)
            #expect(sealed.count == plain.count + Sealed.overhead)
            #expect(try Sealed.open(sealed, under: dewisKey, boundTo: dewisAddress) == plain)
        }
    }

    @Test func `the same value is sealed differently each time`() {
        let once = Sealed.seal(address, under: dewisKey, boundTo: dewisAddress)
        #expect(once != Sealed.seal(address, under: dewisKey, boundTo: dewisAddress))
    }

    @Test func `one byte changed doesn't open`() {
        let sealed = Sealed.seal(address, under: dewisKey, boundTo: dewisAddress)
        for changed in oneByteChanged(sealed) {
            #expect(throws: CryptoFault.doesNotOpen) { try Sealed.open(changed, under: dewisKey, boundTo: dewisAddress) }
        }
        #expect(throws: CryptoFault.doesNotOpen) { try Sealed.open(sealed + [0], under: dewisKey, boundTo: dewisAddress) }
        #expect(throws: CryptoFault.doesNotOpen) { try Sealed.open(sealed.dropLast(), under: dewisKey, boundTo: dewisAddress) }
        #expect(throws: CryptoFault.wrongLength) { try Sealed.open([UInt8](sealed.prefix(39)), under: dewisKey, boundTo: dewisAddress) }
    }

    @Test func `a value doesn't open at another place or under another's key`() {
        let sealed = Sealed.seal(address, under: dewisKey, boundTo: dewisAddress)
        for place in oneByteChanged(dewisAddress) + [[], dewisAddress + [0]] {
            #expect(throws: CryptoFault.doesNotOpen) { try Sealed.open(sealed, under: dewisKey, boundTo: place) }
        }
        #expect(throws: CryptoFault.doesNotOpen) { try Sealed.open(sealed, under: arifsKey, boundTo: dewisAddress) }
    }

    @Test func `a wrapped secret unwraps to the same one, under its key and at its place only`() throws {
        let wrapped = Sealed.wrap(arifsKey, under: dewisKey, boundTo: dewisAddress)
        let unwrapped = try Sealed.unwrap(wrapped, under: dewisKey, boundTo: dewisAddress)
        #expect(wrapped.count == 72)
        #expect(HMACSHA256.code(for: address, under: unwrapped) == HMACSHA256.code(for: address, under: arifsKey))
        for changed in oneByteChanged(wrapped) {
            #expect(throws: CryptoFault.doesNotOpen) { try Sealed.unwrap(changed, under: dewisKey, boundTo: dewisAddress) }
        }
        #expect(throws: CryptoFault.doesNotOpen) { try Sealed.unwrap(wrapped, under: arifsKey, boundTo: dewisAddress) }
        #expect(throws: CryptoFault.doesNotOpen) { try Sealed.unwrap(wrapped, under: dewisKey, boundTo: []) }
        #expect(throws: CryptoFault.wrongLength) { try Sealed.unwrap(wrapped + [0], under: dewisKey, boundTo: dewisAddress) }
    }
}
