// The head of a request, read so that no byte of it can be taken in two ways (RFC 9112, sections 2.2, 5.2, 6.3).

import CMicrohttpd
import Glibc

/// Method and headers. The headers stand in one buffer; a value becomes a `String` when it is asked for.
struct Head: Sendable {
    let method: Method
    private let bytes: [UInt8]
    private let lines: [Line]
    /// Offsets in `bytes`: the name, in lower case, then the value.
    private struct Line { let name, value, end: UInt32 }

    init(_ method: Method, _ headers: [(String, String)]) {
        var bytes: [UInt8] = [], lines: [Line] = []
        for (name, value) in headers {
            let start = bytes.count
            bytes += name.utf8.map(lowered)
            let middle = bytes.count
            bytes += value.utf8
            lines.append(Line(name: UInt32(start), value: UInt32(middle), end: UInt32(bytes.count)))
        }
        (self.method, self.bytes, self.lines) = (method, bytes, lines)
    }

    /// What the library parsed must account for every byte that arrived. It ends lines at CR LF and at a bare LF,
    /// goes on over folded lines, and reads strings up to NUL; it leaves each part where it lay, zeros in place of
    /// separators. So we walk the parts: each must begin where the one before it ended.
    init(
        reading connection: OpaquePointer, method: UnsafePointer<CChar>, target: UnsafePointer<CChar>, targetLength: Int,
        version: UnsafePointer<CChar>
    ) throws(Fault) {
        guard version == target + targetLength + 1, strlen(version) == 8 else { throw .malformed }
        guard strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0 else { throw .unknownVersion }
        guard method + strlen(method) + 1 == target else { throw .malformed }
        var walk = Walk(next: version + 10)
        withUnsafeMutablePointer(to: &walk) { walk in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { walk, _, name, nameLength, value, valueLength in
                    walk!.assumingMemoryBound(to: Walk.self).pointee.step(name!, nameLength, value!, valueLength)
                }, walk)
        }
        guard walk.lines.count <= Self.mostHeaders else { throw .headTooLarge }
        guard walk.isSound, walk.next + 2 == method + vo_head_size(connection) else { throw .malformed }
        self.method = Method(method)
        (bytes, lines) = (walk.bytes, walk.lines)
        guard self["host"] != nil else { throw .malformed }
    }

    subscript(name: StaticString) -> String? {
        for line in lines where Int(line.value - line.name) == name.utf8CodeUnitCount {
            let isIt = bytes.withUnsafeBufferPointer {
                memcmp($0.baseAddress! + Int(line.name), name.utf8Start, name.utf8CodeUnitCount) == 0
            }
            if isIt { return String(decoding: bytes[Int(line.value)..<Int(line.end)], as: UTF8.self) }
        }
        return nil
    }

    /// The length of the body to come. A message whose length could be read in two ways has none.
    func bodyLength(limit: Int) throws(Fault) -> Int {
        guard self["transfer-encoding"] == nil else { throw .lengthMissing }
        guard let written = self["content-length"] else {
            guard method != .post else { throw .lengthMissing }
            return 0
        }
        if let fault = Self.fault(ofLength: written.utf8) { throw fault }
        guard let length = Int(written), length <= limit else { throw .tooLarge }
        guard length == 0 || method == .post else { throw .malformed }
        return length
    }

    /// What is wrong with a header that the library reads itself, before we do; nil: nothing.
    static func fault(of value: UnsafeBufferPointer<UInt8>, named name: UnsafeBufferPointer<CChar>) -> Fault? {
        func isNamed(_ other: String) -> Bool {
            name.count == other.utf8.count && strncasecmp(name.baseAddress!, other, name.count) == 0
        }
        if isNamed("content-length") { return fault(ofLength: value) }
        if isNamed("cookie"), value.count(where: { $0 == UInt8(ascii: ";") }) >= mostCookies { return .headTooLarge }
        return nil
    }

    private static let mostHeaders = 100

    /// More than any browser sends, and fewer than the library has room for beside a hundred other headers.
    private static let mostCookies = 180

    /// Why no length stands there; nil: one does. Blanks around it don't count.
    private static func fault(ofLength written: some Collection<UInt8>) -> Fault? {
        let digits = written.drop { $0 == 0x20 || $0 == 0x09 }.prefix { (0x30...0x39).contains($0) }
        let rest = written.drop { $0 == 0x20 || $0 == 0x09 }.dropFirst(digits.count)
        guard !digits.isEmpty, rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return .malformed }
        return Int(String(decoding: digits, as: UTF8.self)) == nil ? .tooLarge : nil
    }

    var isForm: Bool {
        guard let type = self["content-type"] else { return false }
        return type.prefix { $0 != ";" }.lowercased() == "application/x-www-form-urlencoded"
    }

    private struct Walk {
        var next: UnsafePointer<CChar>
        var isSound = true
        var bytes: [UInt8] = []
        var lines: [Line] = []

        init(next: UnsafePointer<CChar>) {
            self.next = next
            bytes.reserveCapacity(1024)
            lines.reserveCapacity(24)
        }

        mutating func step(_ name: UnsafePointer<CChar>, _ nameLength: Int, _ value: UnsafePointer<CChar>, _ valueLength: Int) -> MHD_Result
        {
            isSound = name == next && nameLength > 0 && value[valueLength] == 0 && value[valueLength + 1] == 0
            next = value + valueLength + 2
            let start = bytes.count
            for index in 0..<nameLength {
                let byte = lowered(UInt8(bitPattern: name[index]))
                isSound = isSound && isToken(byte)
                bytes.append(byte)
            }
            var gap = name + nameLength + 1
            while gap < value {
                isSound = isSound && (gap.pointee == 0x20 || gap.pointee == 0x09)
                gap += 1
            }
            let middle = bytes.count
            var length = valueLength
            while length > 0, value[length - 1] == 0x20 || value[length - 1] == 0x09 { length -= 1 }
            for index in 0..<length {
                let byte = UInt8(bitPattern: value[index])
                isSound = isSound && (byte >= 0x20 && byte != 0x7F || byte == 0x09)
                bytes.append(byte)
            }
            isSound = isSound && !repeats(start..<middle)
            lines.append(Line(name: UInt32(start), value: UInt32(middle), end: UInt32(bytes.count)))
            return isSound && lines.count <= Head.mostHeaders ? .YES : unsound()
        }

        private mutating func unsound() -> MHD_Result {
            isSound = false
            return .NO
        }

        /// No header that matters to us may be repeated, so none may.
        private func repeats(_ name: Range<Int>) -> Bool {
            lines.contains { $0.value - $0.name == name.count && bytes[Int($0.name)..<Int($0.value)].elementsEqual(bytes[name]) }
        }
    }
}

extension Method {
    fileprivate init(_ name: UnsafePointer<CChar>) {
        if strcmp(name, "GET") == 0 {
            self = .get
        } else if strcmp(name, "POST") == 0 {
            self = .post
        } else if strcmp(name, "HEAD") == 0 {
            self = .head
        } else {
            self = .other
        }
    }
}

private func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

/// RFC 9110, section 5.6.2.
private func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"),
        UInt8(ascii: "*"),
        UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}
