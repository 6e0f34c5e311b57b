// gzip (RFC 1952) for what is the same for everyone. A page that holds a secret and reflects what somebody sent is never compressed: its
// length would tell how alike the two are (BREACH). Only an `Asset` is, and an asset has no reader.

import CZlib

/// The bytes compressed, where that saves at least a tenth.
func gzipped(_ bytes: [UInt8]) -> [UInt8]? {
    let room = bytes.count - bytes.count / 10
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        count = bytes.withUnsafeBufferPointer { vo_gzip($0.baseAddress, $0.count, buffer.baseAddress, room) }
    }
    return packed.isEmpty ? nil : packed
}

extension Head {
    /// The sender takes gzip (RFC 9110, section 12.5.3); by name only, for `*` says too little.
    var acceptsGzip: Bool {
        guard let header = self["accept-encoding"] else { return false }
        return header.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard parts.first == "gzip" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 0) == 0 }
        }
    }
}

extension ContentType {
    /// Text is; pictures and fonts are compressed already.
    var isCompressible: Bool { ![.png, .woff2].contains(self) }
}
