// JSON as it is printed: keys in the order in which they are given.

public indirect enum JSON: Sendable {
    case null, bool(Bool), int(Int), string(String), list([JSON]), object([(String, JSON)])

    public static func strings(_ list: [String]) -> JSON { .list(list.map { .string($0) }) }
    public static func maybe(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// With an entry a line, indented by two blanks.
    public var text: String {
        var text = ""
        write(to: &text, indent: "")
        return text
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .string(let value): Self.write(value, to: &text)
        case .list(let list):
            if list.isEmpty {
                text += "[]"
            } else {
                Self.write("[", list, "]", to: &text, indent) { item, text, inner in item.write(to: &text, indent: inner) }
            }
        case .object(let entries):
            if entries.isEmpty {
                text += "{}"
            } else {
                Self.write("{", entries, "}", to: &text, indent) { entry, text, inner in
                    Self.write(entry.0, to: &text)
                    text += ": "
                    entry.1.write(to: &text, indent: inner)
                }
            }
        }
    }

    private static func write<Item>(
        _ open: String, _ items: [Item], _ close: String, to text: inout String, _ indent: String,
        _ one: (Item, inout String, String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indent + "  "
            one(item, &text, indent + "  ")
        }
        text += "\n" + indent + close
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
