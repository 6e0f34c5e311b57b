// Passkeys (WebAuthn Level 2): what a browser makes is taken apart and verified by libfido2; what binds it to this site and this moment
// is checked here.
import CFido
import Crypto

/// Why what the browser brought isn't taken. For us: whoever tries hears no more than that it failed.
public enum PasskeyFault: Error, Hashable {
    /// Made for another site, another moment or another purpose.
    case clientData
    /// Not of this site, or nobody was there.
    case authenticatorData
    /// A kind of key that we don't take.
    case key
    /// Not signed by this passkey.
    case signature
    /// Its counter went back: there are two of it.
    case counter
}

/// The public half of a passkey.
public struct Passkey: Sendable, Hashable {
    public let id: [UInt8]
    /// COSE's number: -7 ES256, -8 EdDSA, -257 RS256.
    public let algorithm: Int
    public let key: [UInt8]
    /// How often it was used, as it says itself; 0: it doesn't count.
    public let count: UInt32

    public init(id: [UInt8], algorithm: Int, key: [UInt8], count: UInt32) {
        (self.id, self.algorithm, self.key, self.count) = (id, algorithm, key, count)
    }

    /// In the order in which we'd have them.
    public static let algorithms = [-7, -8, -257]

    /// A new one, from `navigator.credentials.create`. Attestation is `none`: we ask nobody which device it is.
    public init(
        created clientData: [UInt8], _ authenticatorData: [UInt8], for challenge: [UInt8], at site: PasskeySite
    ) throws(PasskeyFault) {
        guard site.made(clientData, "webauthn.create", challenge) else { throw .clientData }
        guard site.isNamed(in: authenticatorData) else { throw .authenticatorData }
        for algorithm in Self.algorithms {
            var credential = fido_cred_new()
            defer { fido_cred_free(&credential) }
            guard fido_cred_set_type(credential, Int32(algorithm)) == FIDO_OK,
                fido_cred_set_authdata_raw(credential, authenticatorData, authenticatorData.count) == FIDO_OK
            else { continue }
            guard fido_cred_flags(credential) & Flags.present != 0 else { throw .authenticatorData }
            guard let id = fido_cred_id_ptr(credential), let key = fido_cred_pubkey_ptr(credential) else { throw .key }
            self.init(
                id: Array(UnsafeBufferPointer(start: id, count: fido_cred_id_len(credential))), algorithm: algorithm,
                key: Array(UnsafeBufferPointer(start: key, count: fido_cred_pubkey_len(credential))),
                count: fido_cred_sigcount(credential))
            return
        }
        throw .key
    }

    /// What a use of it tells: the new count, and whether the device made sure who holds it (by a finger, a face or a number).
    public struct Used: Sendable { public let count: UInt32, isVerified: Bool }

    /// Verifies what `navigator.credentials.get` brought.
    public func verify(
        _ clientData: [UInt8], _ authenticatorData: [UInt8], _ signature: [UInt8], for challenge: [UInt8], at site: PasskeySite
    ) throws(PasskeyFault) -> Used {
        guard site.made(clientData, "webauthn.get", challenge) else { throw .clientData }
        guard site.isNamed(in: authenticatorData) else { throw .authenticatorData }
        var assertion = fido_assert_new()
        defer { fido_assert_free(&assertion) }
        let hash = SHA256.hash(clientData).bytes
        guard fido_assert_set_count(assertion, 1) == FIDO_OK, fido_assert_set_rp(assertion, site.id) == FIDO_OK,
            fido_assert_set_clientdata_hash(assertion, hash, hash.count) == FIDO_OK,
            fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK,
            fido_assert_set_authdata_raw(assertion, 0, authenticatorData, authenticatorData.count) == FIDO_OK,
            fido_assert_set_sig(assertion, 0, signature, signature.count) == FIDO_OK
        else { throw .authenticatorData }
        guard try isSigned(assertion) else { throw .signature }
        let new = fido_assert_sigcount(assertion, 0)
        guard new > count || (new == 0 && count == 0) else { throw .counter }
        return Used(count: new, isVerified: fido_assert_flags(assertion, 0) & Flags.verified != 0)
    }

    private func isSigned(_ assertion: OpaquePointer?) throws(PasskeyFault) -> Bool {
        switch algorithm {
        case -7:
            var public_ = es256_pk_new()
            defer { es256_pk_free(&public_) }
            guard es256_pk_from_ptr(public_, key, key.count) == FIDO_OK else { throw .key }
            return fido_assert_verify(assertion, 0, COSE_ES256, UnsafeRawPointer(public_)) == FIDO_OK
        case -8:
            var public_ = eddsa_pk_new()
            defer { eddsa_pk_free(&public_) }
            guard eddsa_pk_from_ptr(public_, key, key.count) == FIDO_OK else { throw .key }
            return fido_assert_verify(assertion, 0, COSE_EDDSA, UnsafeRawPointer(public_)) == FIDO_OK
        case -257:
            var public_ = rs256_pk_new()
            defer { rs256_pk_free(&public_) }
            guard rs256_pk_from_ptr(public_, key, key.count) == FIDO_OK else { throw .key }
            return fido_assert_verify(assertion, 0, COSE_RS256, UnsafeRawPointer(public_)) == FIDO_OK
        default: throw .key
        }
    }

    private enum Flags {
        static let present: UInt8 = 1, verified: UInt8 = 4
    }
}

/// The site that passkeys are made for.
public struct PasskeySite: Sendable {
    /// The host, which the browser binds each passkey to.
    public let id: String
    /// Scheme, host and port, as the browser writes them.
    public let origin: String

    /// `address`: `https://office.example` or `http://localhost:8080`.
    public init?(address: String) {
        let parts = address.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count >= 2, parts[0] == "https:" || parts[0] == "http:" else { return nil }
        let host = parts[1].split(separator: ":").first.map(String.init) ?? ""
        let usual = parts[0] == "https:" ? ":443" : ":80"
        guard !host.isEmpty else { return nil }
        (id, origin) = (host, "\(parts[0])//\(parts[1].hasSuffix(usual) ? parts[1].dropLast(usual.count) : parts[1])")
    }

    /// The limited verification of client data (WebAuthn, 5.8.1.2): their beginning is known to the byte, so they needn't be parsed.
    func made(_ clientData: [UInt8], _ type: String, _ challenge: [UInt8]) -> Bool {
        let begin =
            "{\"type\":\"\(type)\",\"challenge\":\"\(Base64.encode(challenge, .urlSafe))\",\"origin\":\"\(origin)\",\"crossOrigin\":false"
        let expected = Array(begin.utf8)
        guard clientData.count > expected.count, clientData.starts(with: expected) else { return false }
        let rest = clientData[expected.count...]
        return rest.elementsEqual([UInt8(ascii: "}")]) || rest.first == UInt8(ascii: ",")
    }

    /// Authenticator data begin with the hash of the site's name, then flags and a counter.
    func isNamed(in authenticatorData: [UInt8]) -> Bool {
        (37...4_096).contains(authenticatorData.count) && authenticatorData.starts(with: SHA256.hash(Array(id.utf8)).bytes)
    }
}
