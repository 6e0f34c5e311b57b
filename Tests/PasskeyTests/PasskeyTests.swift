// Passkeys against answers of an authenticator that Python's cryptography played: ES256, counting, once with and once without a finger.
import Crypto
import Testing

@testable import Passkeys

@Suite struct `A passkey` {
    static let site = PasskeySite(address: "http://localhost:8080")!
    static let challenge = [UInt8](0..<32)

    static func client(_ type: String, origin: String = "http://localhost:8080", challenge: [UInt8] = challenge, end: String = "}")
        -> [UInt8]
    {
        let text = Base64.encode(challenge, .urlSafe)
        return Array("{\"type\":\"\(type)\",\"challenge\":\"\(text)\",\"origin\":\"\(origin)\",\"crossOrigin\":false\(end)".utf8)
    }

    private func made() throws -> Passkey {
        try Passkey(created: Self.client("webauthn.create"), Answers.createAuth, for: Self.challenge, at: Self.site)
    }

    @Test func `is taken in with its key and its count`() throws {
        let passkey = try made()
        #expect(passkey.id == [UInt8](0..<16) && passkey.algorithm == -7 && passkey.key.count == 64 && passkey.count == 1)
    }

    @Test func `is verified by what it signed, and tells whether it made sure who holds it`() throws {
        let passkey = try made()
        let verified = try passkey.verify(
            Self.client("webauthn.get"), Answers.verifiedAuth, Answers.verifiedSignature, for: Self.challenge, at: Self.site)
        #expect(verified.isVerified && verified.count == 2)
        let present = try passkey.verify(
            Self.client("webauthn.get"), Answers.presentAuth, Answers.presentSignature, for: Self.challenge, at: Self.site)
        #expect(!present.isVerified && present.count == 3)
    }

    @Test func `opens nothing where nobody was there, where a byte differs, or where its count went back`() throws {
        let passkey = try made(), client = Self.client("webauthn.get")
        #expect(throws: PasskeyFault.signature) {
            try passkey.verify(client, Answers.absentAuth, Answers.absentSignature, for: Self.challenge, at: Self.site)
        }
        for place in [33, 36, Answers.verifiedAuth.count - 1] {
            var changed = Answers.verifiedAuth
            changed[place] ^= 1
            #expect(throws: PasskeyFault.self) {
                try passkey.verify(client, changed, Answers.verifiedSignature, for: Self.challenge, at: Self.site)
            }
        }
        var changed = Answers.verifiedSignature
        changed[20] ^= 1
        #expect(throws: PasskeyFault.self) { try passkey.verify(client, Answers.verifiedAuth, changed, for: Self.challenge, at: Self.site) }
        let later = Passkey(id: passkey.id, algorithm: passkey.algorithm, key: passkey.key, count: 2)
        #expect(throws: PasskeyFault.counter) {
            try later.verify(client, Answers.verifiedAuth, Answers.verifiedSignature, for: Self.challenge, at: Self.site)
        }
    }

    @Test func `is of one site, one challenge and one purpose`() throws {
        let passkey = try made()
        for (client, challenge) in [
            (Self.client("webauthn.create"), Self.challenge),
            (Self.client("webauthn.get", origin: "http://localhost:8081"), Self.challenge),
            (Self.client("webauthn.get", origin: "https://localhost:8080"), Self.challenge),
            (Self.client("webauthn.get", origin: "http://localhost:8080.evil.example"), Self.challenge),
            (Self.client("webauthn.get", end: "0}"), Self.challenge), (Self.client("webauthn.get", end: ""), Self.challenge),
            (Self.client("webauthn.get"), [UInt8](1..<33)), ([], Self.challenge),
        ] {
            #expect(throws: PasskeyFault.clientData) {
                try passkey.verify(client, Answers.verifiedAuth, Answers.verifiedSignature, for: challenge, at: Self.site)
            }
        }
        let elsewhere = PasskeySite(address: "http://office.example:8080")!
        #expect(throws: PasskeyFault.authenticatorData) {
            try passkey.verify(
                Self.client("webauthn.get", origin: elsewhere.origin), Answers.verifiedAuth, Answers.verifiedSignature, for: Self.challenge,
                at: elsewhere)
        }
    }

    @Test func `may come with more of what the browser says behind it`() throws {
        let later = Self.client("webauthn.create", end: ",\"topOrigin\":\"x\"}")
        #expect(try Passkey(created: later, Answers.createAuth, for: Self.challenge, at: Self.site).id.count == 16)
    }

    @Test func `cut short anywhere is none`() {
        for length in 0..<Answers.createAuth.count {
            #expect(throws: PasskeyFault.self) {
                try Passkey(
                    created: Self.client("webauthn.create"), Array(Answers.createAuth.prefix(length)), for: Self.challenge, at: Self.site)
            }
        }
    }

    @Test(arguments: [
        ("https://office.example", "office.example", "https://office.example"),
        ("https://office.example:443", "office.example", "https://office.example"),
        ("http://localhost:8080", "localhost", "http://localhost:8080"),
    ])
    func `is made for the host of the house's address`(_ address: String, _ id: String, _ origin: String) {
        let site = PasskeySite(address: address)
        #expect(site?.id == id && site?.origin == origin)
    }
}

private enum Answers {
    static let createAuth = bytes(
        """
        49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d9763450000000100000000000000000000000000\
        0000000010000102030405060708090a0b0c0d0e0fa50102032620012158206a16130514acd88476e829f63a3d9e921a012a\
        f873e88bf94b3ab90ccf50d7ce225820b19f5e39cc74d6acece479daa41312a62108cf5da4e651c98b38c784c88e4728
        """)
    static let verifiedAuth = bytes(
        """
        49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d97630500000002
        """)
    static let verifiedSignature = bytes(
        """
        3045022100aec5ff9e2af9c3e578aecdf18499a2728f04664ff9fc4333cc9b111dc073240d022060b4e42d7ca2676d81b268\
        12aa01791a87f9c0cca14d724eb9a5f5870ddad6f8
        """)
    static let presentAuth = bytes(
        """
        49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d97630100000003
        """)
    static let presentSignature = bytes(
        """
        30450221008295a2b28696485bd1af3f6f2cc3c510bdac6ed6e03296354ee01c57cebaeb560220185bc9aaca2cb93e11f0a7\
        7475e2b761922d5aa49c6c3a6d0ec030271a601dc2
        """)
    static let absentAuth = bytes(
        """
        49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d97630400000004
        """)
    static let absentSignature = bytes(
        """
        3046022100b136cd182f00469d2c77afbc745eb41b2f23f6b7ac39948c15ae7fb9a5856523022100d84e638a71960e575fa8\
        a1d60fd09d966db1ec2fce5f104cfba304f50b7b6d3d
        """)

    static func bytes(_ text: String) -> [UInt8] { Hex.decode(text)! }
}
