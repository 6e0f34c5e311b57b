// The address where people reach the house: a scheme, a host, at most a port (an origin, RFC 6454), and nothing after it.

import Glibc

extension Configuration {
    /// `https://office.example`, `http://192.0.2.7:8080`, `https://[2001:db8::1]`; a name in another script in its ASCII form.
    static func isOrigin(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        var host = text.dropFirst(scheme.count)
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            guard isPort(host[host.index(after: colon)...]) else { return false }
            host = host[..<colon]
        }
        guard host.hasPrefix("[") || host.hasSuffix("]") else { return isName(host) }
        guard host.hasPrefix("["), host.hasSuffix("]") else { return false }
        var address = in6_addr()
        return unsafe inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard let number = UInt16(text), number > 0 else { return false }
        return String(number) == text
    }

    /// Labels of letters, digits and hyphens (RFC 1123), with dots between.
    private static func isName(_ text: Substring) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { $0 == UInt8(ascii: "-") || UnicodeScalar($0).isLetterOrDigit }
            }
    }
}

extension UnicodeScalar {
    fileprivate var isLetterOrDigit: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) }
}
