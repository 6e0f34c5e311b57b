// How bytes get into the buffer: names as they are, everything else escaped, runs of harmless bytes at once.

extension HTML {
    @inlinable mutating func open(
        _ name: StaticString, _ a: Attribute, _ b: Attribute, _ c: Attribute, _ d: Attribute, _ e: Attribute, _ f: Attribute,
        _ g: Attribute, _ h: Attribute, _ i: Attribute, _ j: Attribute
    ) {
        buffer.append(UInt8(ascii: "<"))
        write(name)
        a.write(&self)
        b.write(&self)
        c.write(&self)
        d.write(&self)
        e.write(&self)
        f.write(&self)
        g.write(&self)
        h.write(&self)
        i.write(&self)
        j.write(&self)
        buffer.append(UInt8(ascii: ">"))
    }

    @inlinable mutating func close(_ name: StaticString) {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(UInt8(ascii: "/"))
        write(name)
        buffer.append(UInt8(ascii: ">"))
    }

    @inlinable mutating func write(_ constant: StaticString) {
        unsafe buffer.append(UnsafeBufferPointer(start: constant.utf8Start, count: constant.utf8CodeUnitCount))
    }

    @usableFromInline mutating func write(_ attribute: Attribute) {
        buffer.append(UInt8(ascii: " "))
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
        buffer.append(UInt8(ascii: "\""))
    }

    @usableFromInline mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { (utf8: UnsafeBufferPointer<UInt8>) in
            var start = 0, next = 0
            while next < utf8.count {
                let byte = unsafe utf8[next]
                if let substitute = Self.substitute(for: byte) {
                    unsafe buffer.append(UnsafeBufferPointer(rebasing: utf8[start..<next]))
                    write(substitute)
                    start = next + 1
                }
                next += 1
            }
            unsafe buffer.append(UnsafeBufferPointer(rebasing: utf8[start...]))
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

extension Attribute {
    /// Most of an element's ten attributes aren't there: seen where it is called.
    @inlinable @inline(__always) func write(_ html: inout HTML) {
        if case .left = value { return }
        html.write(self)
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
