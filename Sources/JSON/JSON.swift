// JSON as it is printed: keys in the order in which they are given.

public indirect enum JSON: Sendable {
    case null, bool(Bool), int(Int), string(String), list([JSON]), object([(String, JSON)])

    public static func strings(_ list: [String]) -> JSON { .list(list.map { .string($0) }) }
    public static func maybe(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// With an entry a line, indented by two blanks; UTF-8.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out, depth: 0)
        return out
    }

    private func write(to out: inout [UInt8], depth: Int) {
        switch self {
        case .null, .bool, .int: writePlain(to: &out)
        case .string(let value): value.write(quotedTo: &out, Self.escape)
        case .list(let list):
            Self.write("[", list, "]", to: &out, depth) { item, out in item.write(to: &out, depth: depth + 1) }
        case .object(let entries):
            Self.write("{", entries, "}", to: &out, depth) { entry, out in
                entry.0.write(quotedTo: &out, Self.escape)
                out += ": ".utf8
                entry.1.write(to: &out, depth: depth + 1)
            }
        }
    }

    /// What is written alike everywhere.
    func writePlain(to out: inout [UInt8]) {
        switch self {
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .int(let value): out += String(value).utf8
        case .null, .string, .list, .object: out += "null".utf8
        }
    }

    private static func write<Item>(
        _ open: StaticString, _ items: [Item], _ close: StaticString, to out: inout [UInt8], _ depth: Int,
        _ one: (Item, inout [UInt8]) -> Void
    ) {
        out += open.description.utf8
        for (index, item) in items.enumerated() {
            out += (index == 0 ? "\n" : ",\n").utf8
            out += repeatElement(UInt8(ascii: " "), count: 2 * depth + 2)
            one(item, &out)
        }
        if !items.isEmpty {
            out.append(UInt8(ascii: "\n"))
            out += repeatElement(UInt8(ascii: " "), count: 2 * depth)
        }
        out += close.description.utf8
    }

    private static func escape(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case UInt8(ascii: "\n"): "\\n"
        case 0..<0x20, 0x7F: hexadecimal(byte)
        default: nil
        }
    }

    /// A control in four digits.
    static func hexadecimal(_ byte: UInt8) -> String { (byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16) }
}

extension String {
    /// Between quotes; bytes above 0x7F stand for themselves.
    func write(quotedTo out: inout [UInt8], _ escape: (UInt8) -> String?) {
        out.append(UInt8(ascii: "\""))
        // Most hold nothing to be escaped, and are copied as a whole.
        if utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for byte in utf8 { if let escaped = escape(byte) { out += escaped.utf8 } else { out.append(byte) } }
        } else {
            out += utf8
        }
        out.append(UInt8(ascii: "\""))
    }
}
