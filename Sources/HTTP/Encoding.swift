// Percent and form encoding, decoded strictly (RFC 3986, WHATWG URL section 5.1): what is ambiguous is refused.

/// The path and query of a request line.
struct Target {
    let path: String
    let query: Fields

    init(_ raw: String) throws(Fault) {
        let parts = raw.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].first == UInt8(ascii: "/"), raw.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw .malformed
        }
        path = try decoded(parts[0], spaces: false)
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for segment in segments where segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) { throw .malformed }
        guard !segments.dropLast().contains(where: \.isEmpty) else { throw .malformed }
        // An encoded slash would give a segment two readings.
        guard path.utf8.count(where: { $0 == UInt8(ascii: "/") }) == parts[0].count(where: { $0 == UInt8(ascii: "/") }) else {
            throw .malformed
        }
        guard !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else { throw .malformed }
        query = parts.count == 2 ? try Fields(encoded: parts[1], tooMany: .targetTooLong) : Fields()
    }
}

extension Fields {
    /// `application/x-www-form-urlencoded`.
    init(encoded bytes: some Collection<UInt8>, tooMany: Fault = .tooLarge) throws(Fault) {
        var fields: [(name: String, value: String)] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields.append((try decoded(parts[0], spaces: true), parts.count == 2 ? try decoded(parts[1], spaces: true) : ""))
            guard fields.count <= 256 else { throw tooMany }
        }
        self.init(fields)
    }
}

private func decoded(_ bytes: some Collection<UInt8>, spaces: Bool) throws(Fault) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else { throw .malformed }
            plain.append(high << 4 | low)
        case UInt8(ascii: "+") where spaces: plain.append(UInt8(ascii: " "))
        default: plain.append(byte)
        }
    }
    guard let text = String(validating: plain, as: UTF8.self) else { throw .malformed }
    return text
}

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
