// How bytes get into the buffer: names as they are, everything else escaped, runs of harmless bytes at once.

extension HTML {
    @inlinable mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        write(name)
        for attribute in attributes { write(attribute) }
        bytes.append(UInt8(ascii: ">"))
    }

    @inlinable mutating func close(_ name: StaticString) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        write(name)
        bytes.append(UInt8(ascii: ">"))
    }

    @inlinable mutating func write(_ constant: StaticString) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: constant.utf8Start, count: constant.utf8CodeUnitCount))
    }

    @usableFromInline mutating func write(_ attribute: Attribute) {
        if case .left = attribute.value { return }
        bytes.append(UInt8(ascii: " "))
        write(attribute.name)
        if case .flag = attribute.value { return }
        write("=\"")
        switch attribute.value {
        case .fixed(let constant): write(constant)
        case .text(let text): escape(text)
        case .number(let number): escape(String(number))
        case .address(let address): escape(address.mayBeFollowed ? address : "#")
        case .flag, .left: break
        }
        bytes.append(UInt8(ascii: "\""))
    }

    @usableFromInline mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { (utf8: UnsafeBufferPointer<UInt8>) in
            var start = 0, next = 0
            while next < utf8.count {
                let byte = unsafe utf8[next]
                if let substitute = Self.substitute(for: byte) {
                    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<next]))
                    write(substitute)
                    start = next + 1
                }
                next += 1
            }
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
    }

    /// Control characters have no place in HTML; they show as the replacement character.
    @inline(__always) private static func substitute(for byte: UInt8) -> StaticString? {
        if byte > UInt8(ascii: ">") { return byte == 0x7F ? "\u{FFFD}" : nil }
        switch byte {
        case UInt8(ascii: "&"): return "&amp;"
        case UInt8(ascii: "<"): return "&lt;"
        case UInt8(ascii: ">"): return "&gt;"
        case UInt8(ascii: "\""): return "&quot;"
        case UInt8(ascii: "'"): return "&#39;"
        case 0x09, 0x0A, 0x0D, 0x20...0x3E: return nil
        default: return "\u{FFFD}"
        }
    }
}

extension String {
    /// A path of ours, a fragment, or a scheme that runs nothing.
    fileprivate var mayBeFollowed: Bool {
        let first = utf8.first
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "?") { return true }
        if first == UInt8(ascii: "/") { return !hasPrefix("//") && !hasPrefix("/\\") }
        return hasPrefix("https://") || hasPrefix("mailto:") || hasPrefix("tel:")
    }
}
