// What the server proves itself with: a certificate with its chain, and its key, as the library (GnuTLS) reads them.

import CMicrohttpd

public final class TLS: @unchecked Sendable {
    /// Never written; the library signs with one key on many threads.
    fileprivate let identity: UnsafeMutablePointer<vo_identity>

    /// Both are PEM. nil: one of the two can't be read, or they don't belong together.
    public init?(certificate: [UInt8], key: [UInt8]) {
        guard !certificate.contains(0), !key.contains(0),
            let identity = (certificate + [0]).withUnsafeBytes({ certificate in
                (key + [0]).withUnsafeBytes { key in
                    vo_identity_new(
                        certificate.baseAddress!.assumingMemoryBound(to: CChar.self), key.baseAddress!.assumingMemoryBound(to: CChar.self))
                }
            })
        else { return nil }
        self.identity = identity
    }

    deinit { vo_identity_free(identity) }
}

/// Asked in each handshake. A connection keeps what it met when it was let in, so that another certificate cuts nobody off.
func identified(
    session: gnutls_session_t?, _: UnsafePointer<gnutls_datum_t>?, _: Int32, _: UnsafePointer<gnutls_pk_algorithm_t>?, _: Int32,
    chain: UnsafeMutablePointer<UnsafeMutablePointer<gnutls_pcert_st>?>?, length: UnsafeMutablePointer<UInt32>?,
    key: UnsafeMutablePointer<gnutls_privkey_t?>?
) -> Int32 {
    guard let session, let handle = gnutls_session_get_ptr(session), let held = vo_context(OpaquePointer(handle)),
        let identity = Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue().tls?.identity
    else { return GNUTLS_E_INTERNAL_ERROR }
    chain?.pointee = vo_chain(identity)
    length?.pointee = identity.pointee.length
    key?.pointee = identity.pointee.key
    return 0
}
