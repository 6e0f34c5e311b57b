// Signatures and boxes: what their standards print, and refusal of anything changed.
import Crypto
import Testing

@Suite struct SigningTests {
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ])
    func `keys and signatures are those that RFC 8032 prints`(
        seed: String, publicKey: String, message: String, signature: String
    ) throws {
        let key = SigningKey(seed: secret(seed))
        #expect(Hex.encode(key.publicKey.bytes) == publicKey)
        #expect(Hex.encode(key.sign(hex(message))) == signature)
        try VerifyingKey(bytes: hex(publicKey)).verify(hex(signature), of: hex(message))
    }

    @Test func `a signature with one byte changed in message, signature or key is refused`() throws {
        let key = SigningKey(seed: dewisKey), signature = key.sign(address)
        try key.publicKey.verify(signature, of: address)
        for changed in oneByteChanged(signature) + [[], signature + [0], [UInt8](signature.dropLast())] {
            #expect(throws: CryptoFault.badSignature) { try key.publicKey.verify(changed, of: address) }
        }
        for changed in oneByteChanged(address) {
            #expect(throws: CryptoFault.badSignature) { try key.publicKey.verify(signature, of: changed) }
        }
        for changed in oneByteChanged(key.publicKey.bytes) {
            #expect(throws: CryptoFault.badSignature) { try VerifyingKey(bytes: changed).verify(signature, of: address) }
        }
        #expect(throws: CryptoFault.wrongLength) { try VerifyingKey(bytes: [1, 2, 3]) }
    }

    // The secret half is the first half of SHA-512 of the seed; the public half was computed by Python's cryptography.
    @Test func `a box's key pair is the one of its seed`() throws {
        #expect(
            Hex.encode(BoxKeyPair(seed: dewisKey).publicKey.bytes) == "4701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01")
    }

    @Test func `a box opens for its owner alone`() throws {
        let dewi = BoxKeyPair(seed: dewisKey), arif = BoxKeyPair(seed: arifsKey)
        let box = try dewi.publicKey.seal(address)
        #expect(box.count == address.count + BoxPublicKey.overhead)
        #expect(try dewi.open(box) == address)
        #expect(try dewi.open(BoxPublicKey(bytes: dewi.publicKey.bytes).seal([])) == [])
        #expect(throws: CryptoFault.doesNotOpen) { try arif.open(box) }
        for changed in oneByteChanged(box) {
            #expect(throws: CryptoFault.doesNotOpen) { try dewi.open(changed) }
        }
        #expect(throws: CryptoFault.wrongLength) { try dewi.open([UInt8](box.prefix(47))) }
    }

    @Test func `nothing is sealed for a point that anyone could open for`() {
        #expect(throws: CryptoFault.doesNotOpen) { try BoxPublicKey(bytes: [UInt8](repeating: 0, count: 32)).seal(address) }
    }
}
