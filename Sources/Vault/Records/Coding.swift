// Numbers, texts and byte strings in a row: 8 bytes little-endian, and lengths before what has one.

struct Encoder {
    private(set) var bytes: [UInt8] = []

    mutating func integer(_ value: Int64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> Int64(shift))) }
    }
    mutating func blob(_ value: [UInt8]) {
        integer(Int64(value.count))
        bytes.append(contentsOf: value)
    }
    mutating func text(_ value: String) { blob(Array(value.utf8)) }
}

/// Gives nil for anything cut short or malformed.
struct Decoder {
    private let bytes: [UInt8]
    private var at = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func integer() -> Int64? {
        guard bytes.count - at >= 8 else { return nil }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[at + offset]) << UInt64(8 * offset) }
        at += 8
        return Int64(bitPattern: value)
    }
    mutating func blob() -> [UInt8]? {
        guard let length = integer(), length >= 0, length <= Int64(bytes.count - at) else { return nil }
        defer { at += Int(length) }
        return Array(bytes[at..<at + Int(length)])
    }
    mutating func text() -> String? { blob().flatMap { String(validating: $0, as: UTF8.self) } }
}
