// What the server proves itself with: a certificate with its chain, and its key, as the library (GnuTLS behind it) reads them.

import CMicrohttpd

public final class TLS: @unchecked Sendable {
    /// PEM, ended by a NUL; owned, and never written.
    let certificate, key: UnsafePointer<CChar>

    /// nil: one of the two can't be read, or they don't belong together.
    public init?(certificate: [UInt8], key: [UInt8]) {
        guard !certificate.contains(0), !key.contains(0) else { return nil }
        (self.certificate, self.key) = (copied(certificate), copied(key))
        guard vo_takes(self.certificate, self.key) == 1 else { return nil }
    }

    deinit {
        certificate.deallocate()
        key.deallocate()
    }
}

private func copied(_ bytes: [UInt8]) -> UnsafePointer<CChar> {
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (place, byte) in bytes.enumerated() { memory[place] = CChar(bitPattern: byte) }
    memory[bytes.count] = 0
    return UnsafePointer(memory)
}
