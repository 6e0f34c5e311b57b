// The settings that say where mail is handed over; without them a development directory keeps it, and another doesn't open.

import Crypto
import Glibc
import Outbound
import SMTP
import Store

/// `mail_server` and what belongs to it.
struct MailSettings: Equatable {
    var server: MailServer?
    var from: String?
    var account: String?
    var passwordFile: String?
    var authority: String?

    static let names = ["mail_server", "mail_from", "mail_account", "mail_password_file", "mail_authority"]

    struct Expected: Error {
        /// The setting, where it isn't the one that is being set.
        var name = ""
        let sentence: String
    }

    /// Where each that is set stands: a line of the file, or a variable.
    private var places: [String: String] = [:]

    mutating func set(_ name: String, _ value: String, at place: String) throws(Expected) {
        places[name] = place
        guard !value.isEmpty else { throw Expected(sentence: "a value is expected; leave the line out where there is none") }
        switch name {
        case "mail_server": server = try Self.server(value)
        case "mail_from":
            guard value.utf8.count(where: { $0 == UInt8(ascii: "@") }) == 1,
                !value.contains(where: { $0.isWhitespace || "<>".contains($0) })
            else {
                throw Expected(sentence: "an address like halo@office.example is expected")
            }
            from = value
        case "mail_account": account = value
        case "mail_password_file": passwordFile = value
        default: authority = value
        }
    }

    /// What only the settings together can get wrong.
    func check() throws(Configuration.Wrong) {
        func wrong(_ name: String, _ expected: String) -> Configuration.Wrong {
            // One that lacks is blamed on the one that asks for it.
            let place = places[name] ?? places["mail_account"] ?? places["mail_password_file"] ?? places["mail_server"] ?? ""
            return .init(place: place, name: name, expected: expected)
        }
        if let server {
            guard from != nil else { throw wrong("mail_from", "the address that mails come from is expected where `mail_server` is set") }
            guard (account == nil) == (passwordFile == nil) else {
                throw wrong(account == nil ? "mail_account" : "mail_password_file", "`mail_account` and `mail_password_file` go together")
            }
            guard account == nil || server.security != .none else {
                throw wrong(
                    "mail_server",
                    "a password doesn't go in the clear; smtp+starttls:// or smtps:// is expected where `mail_account` is set")
            }
        } else if let lonely = Self.names.first(where: { places[$0] != nil }) {
            throw wrong(lonely, "it says nothing without `mail_server`")
        }
    }

    /// - Throws: which file can't be used, and what is expected of it.
    func examine() throws(Expected) { _ = try (password(), checkAuthority()) }

    /// - Throws: as `examine`.
    func carrier(for operatorName: String, clock: any Clock) throws(Expected) -> (any Carrier)? {
        guard var server, let from else { return nil }
        server.authority = authority
        if let account, let password = try password() { server.account = .init(name: account, password: password) }
        return MailServerCarrier(server, from: Sender(name: operatorName, address: from), clock: clock)
    }

    private func password() throws(Expected) -> String? {
        guard let passwordFile else { return nil }
        return try Self.password(in: passwordFile, of: "mail_account", named: "mail_password_file")
    }

    /// What a file that only the server may read holds.
    static func password(in path: String, of account: String, named name: String) throws(Expected) -> String {
        func unfit(_ sentence: String) -> Expected { Expected(name: name, sentence: sentence) }
        guard let file = try? File.read(path) else {
            throw unfit("\(path) can't be read; a file with the password of `\(account)` is expected")
        }
        var known = stat()
        guard unsafe stat(path, &known) == 0, known.st_mode & 0o077 == 0 else {
            throw unfit("others than its owner may read \(path); a file that only the server may read is expected (chmod 600)")
        }
        let password = Configuration.trimmed(Substring(decoding: file, as: UTF8.self))
        guard !password.isEmpty, !password.contains(where: \.isNewline) else {
            throw unfit("the password of `\(account)` is expected in \(path), on one line and nothing else")
        }
        return String(password)
    }

    private func checkAuthority() throws(Expected) {
        if let authority { try Self.checkAuthority(authority, of: "mail_authority") }
    }

    static func checkAuthority(_ authority: String, of name: String) throws(Expected) {
        guard let file = try? File.read(authority) else {
            throw Expected(name: name, sentence: "\(authority) can't be read; a file of certificates (PEM) is expected")
        }
        guard areCertificates(String(decoding: file, as: UTF8.self)) else {
            throw Expected(
                name: name,
                sentence: "\(authority) holds no certificate; one or more in PEM are expected, each from BEGIN to END CERTIFICATE")
        }
    }

    /// Each is a DER sequence of exactly its own length that begins with another one (X.509, RFC 5280, in the text form of RFC 7468).
    private static func areCertificates(_ text: String) -> Bool {
        let blocks = text.split(separator: "-----BEGIN CERTIFICATE-----", omittingEmptySubsequences: false).dropFirst()
        return !blocks.isEmpty
            && blocks.allSatisfy { block in
                guard let end = block.firstRange(of: "-----END CERTIFICATE-----") else { return false }
                guard let der = Base64.decode(block[..<end.lowerBound].filter { !$0.isWhitespace }), der.count > 8 else { return false }
                // Longer than 255 bytes, as any with a signature is: tag, 0x82, two bytes of length.
                return der[0] == 0x30 && der[1] == 0x82 && Int(der[2]) << 8 | Int(der[3]) == der.count - 4 && der[4] == 0x30
            }
    }

    /// `smtps://host[:465]`, `smtp+starttls://host[:587]`, `smtp://host[:25]`; a host in brackets where it has colons.
    private static func server(_ value: String) throws(Expected) -> MailServer {
        let schemes: [(String, MailServer.Security, UInt16)] = [
            ("smtps://", .tls, 465), ("smtp+starttls://", .startTLS, 587), ("smtp://", .none, 25),
        ]
        guard let (scheme, security, usual) = schemes.first(where: { value.hasPrefix($0.0) }) else {
            throw Expected(sentence: "smtps://, smtp+starttls:// or smtp:// and a host are expected, like smtp+starttls://mail.example:587")
        }
        var rest = value.dropFirst(scheme.count), port = usual
        if let colon = rest.lastIndex(of: ":"), rest[colon...].firstIndex(of: "]") == nil {
            guard let number = UInt16(rest[rest.index(after: colon)...]), number > 0 else {
                throw Expected(sentence: "a port from 1 to 65535 is expected after the colon")
            }
            (rest, port) = (rest[..<colon], number)
        }
        if rest.hasPrefix("["), rest.hasSuffix("]") { rest = rest.dropFirst().dropLast() }
        guard !rest.isEmpty, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"/@?#[]".utf8.contains($0) }) else {
            throw Expected(sentence: "a host is expected after \(scheme), and at most a port after it")
        }
        return MailServer(host: String(rest), port: port, security: security)
    }
}
