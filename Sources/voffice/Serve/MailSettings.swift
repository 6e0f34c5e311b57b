// The settings that say where mail is handed over; without them a development directory keeps it, and another doesn't open.

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

    struct Expected: Error { let sentence: String }

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

    /// - Throws: a sentence for the operator: the file of the password can't be read.
    func carrier(for operatorName: String, clock: any Clock) throws(Expected) -> (any Carrier)? {
        guard var server, let from else { return nil }
        server.authority = authority
        if let account, let passwordFile {
            guard let password = try? File.read(passwordFile) else {
                throw Expected(
                    sentence: "mail_password_file: \(passwordFile) can't be read; a file with the password of `mail_account` is expected")
            }
            let text = Configuration.trimmed(Substring(decoding: password, as: UTF8.self))
            server.account = .init(name: account, password: String(text))
        }
        return MailServerCarrier(server, from: Sender(name: operatorName, address: from), clock: clock)
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
