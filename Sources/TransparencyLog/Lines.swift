// The lines of the formats here, each ended by a newline, read strictly.
import Crypto

struct Lines {
    private var rest: ArraySlice<UInt8>

    /// Nil unless `bytes` is valid UTF-8 whose only control character is the newline.
    init?(_ bytes: some Collection<UInt8>) {
        let bytes = [UInt8](bytes)
        guard String(validating: bytes, as: UTF8.self) != nil, bytes.allSatisfy({ $0 >= 0x20 || $0 == newline }) else { return nil }
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next line without its newline; nil where none ends.
    mutating func next() -> String? {
        guard let end = rest.firstIndex(of: newline) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// All that is left, as it is.
    mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return [UInt8](rest)
    }

    /// What follows `prefix` in the next line, which is left alone where it begins otherwise.
    mutating func next(after prefix: String) -> String? {
        rest.starts(with: prefix.utf8) ? next().map { String(decoding: $0.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) } : nil
    }
}

let newline = UInt8(ascii: "\n")

extension Int {
    /// A number as these formats print it: decimal digits, no zero in front, no sign.
    init?(strictly text: String) {
        guard let number = Int(text), number >= 0, String(number).utf8.elementsEqual(text.utf8) else { return nil }
        self = number
    }
}

extension Digest {
    var base64: String { Base64.encode(bytes) }

    init?(base64 text: String) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes: bytes)
    }
}
