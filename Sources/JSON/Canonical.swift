// JSON as it is signed: RFC 8785, so that whoever reads a value and writes it again gets the same bytes.

extension JSON {
    /// Without blanks, names in the order of their UTF-16 code units.
    public var canonical: String {
        var text = ""
        writeCanonical(to: &text)
        return text
    }

    private func writeCanonical(to text: inout String) {
        switch self {
        case .null, .bool, .int: text += self.text
        case .string(let value): Self.writeCanonical(value, to: &text)
        case .list(let list):
            text += "["
            for (index, item) in list.enumerated() {
                if index > 0 { text += "," }
                item.writeCanonical(to: &text)
            }
            text += "]"
        case .object(let entries):
            text += "{"
            for (index, entry) in entries.sorted(by: { $0.0.utf16.lexicographicallyPrecedes($1.0.utf16) }).enumerated() {
                if index > 0 { text += "," }
                Self.writeCanonical(entry.0, to: &text)
                text += ":"
                entry.1.writeCanonical(to: &text)
            }
            text += "}"
        }
    }

    private static func writeCanonical(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\u{C}": text += "\\f"
            case "\r": text += "\\r"
            case "\u{0}"..<"\u{20}": text += (scalar.value < 0x10 ? "\\u000" : "\\u00") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
