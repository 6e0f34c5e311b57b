// Cookies (RFC 6265bis): read strictly, written narrowly.

/// A cookie to be set. It carries an opaque value, never personal data.
public struct Cookie: Sendable {
    public enum Life: Sendable {
        /// Ends with the browser.
        case session
        case seconds(Int)
        /// Deleted now.
        case over
    }
    public enum SameSite: String, Sendable { case lax = "Lax", strict = "Strict" }
    public let name: StaticString
    public let value: String
    let life: Life
    let sameSite: SameSite

    /// `value`: letters, digits, `-`, `_` and `.` only.
    public init(_ name: StaticString, _ value: String, life: Life = .session, sameSite: SameSite = .lax) {
        precondition(value.utf8.allSatisfy(Cookie.isPlain), "a cookie's value is opaque and plain")
        (self.name, self.value, self.life, self.sameSite) = (name, value, life, sameSite)
    }

    /// May stand in a cookie's value.
    public static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Under https the name has the prefix `__Host-`: no other host, path or unencrypted page can set it.
    func written(isSecure: Bool) -> String {
        var line = "\(isSecure ? "__Host-" : "")\(name)=\(value); Path=/; HttpOnly; SameSite=\(sameSite.rawValue)"
        if isSecure { line += "; Secure" }
        switch life {
        case .session: break
        case .seconds(let seconds): line += "; Max-Age=\(seconds)"
        case .over: line += "; Max-Age=0"
        }
        return line
    }
}

extension Request {
    /// The value of a cookie of ours; nil also if it was sent twice (somebody else set one) or isn't plain.
    public func cookie(_ name: StaticString) -> String? {
        guard let sent = header("cookie") else { return nil }
        let wanted = isSecure ? "__Host-\(name)" : "\(name)"
        var found: String?
        for pair in sent.split(separator: ";") {
            let pair = pair.drop { $0 == " " }
            guard pair.utf8.count > wanted.utf8.count, pair.hasPrefix(wanted) else { continue }
            let rest = pair.dropFirst(wanted.count)
            guard rest.first == "=" else { continue }
            guard found == nil, rest.dropFirst().utf8.allSatisfy(Cookie.isPlain) else { return nil }
            found = String(rest.dropFirst())
        }
        return found
    }
}
