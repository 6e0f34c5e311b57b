// JSON as it is signed: RFC 8785, so that whoever reads a value and writes it again gets the same bytes.

extension JSON {
    public var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }

    /// Without blanks, names in the order of their UTF-16 code units.
    public var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        writeCanonical(to: &out)
        return out
    }

    private func writeCanonical(to out: inout [UInt8]) {
        switch self {
        case .null, .bool, .int: writePlain(to: &out)
        case .string(let value): value.write(quotedTo: &out, Self.escapeCanonically)
        case .list(let list):
            out.append(UInt8(ascii: "["))
            for (index, item) in list.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.writeCanonical(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let entries):
            out.append(UInt8(ascii: "{"))
            for (index, entry) in entries.sorted(by: { $0.0.utf16.lexicographicallyPrecedes($1.0.utf16) }).enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                entry.0.write(quotedTo: &out, Self.escapeCanonically)
                out.append(UInt8(ascii: ":"))
                entry.1.writeCanonical(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func escapeCanonically(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case 0..<0x20: hexadecimal(byte)
        default: nil
        }
    }
}
