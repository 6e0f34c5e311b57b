// The settings that say which gateway takes text messages; without them a house that sends its mail out reaches no telephones.

import Outbound
import WebClient

/// `telephone_gateway` and what belongs to it.
struct TelephoneSettings: Equatable {
    private var gateway: String?
    private var from: String?
    private var account: String?
    private var passwordFile: String?
    private var country: String?
    private var authority: String?

    static let names = [
        "telephone_gateway", "telephone_from", "telephone_account", "telephone_password_file", "telephone_country", "telephone_authority",
    ]

    /// Where each that is set stands: a line of the file, or a variable.
    private var places: [String: String] = [:]

    mutating func set(_ name: String, _ value: String, at place: String) throws(MailSettings.Expected) {
        places[name] = place
        guard !value.isEmpty else { throw .init(sentence: "a value is expected; leave the line out where there is none") }
        switch name {
        case "telephone_gateway":
            guard Self.isGateway(value) else {
                throw .init(
                    sentence:
                        "the address of a gateway is expected, https://, or http:// on this machine, like https://sms.example/v1/messages")
            }
            gateway = value
        case "telephone_from":
            guard value.utf8.count <= 15, value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
                throw .init(sentence: "a number, or at most eleven letters, is expected, as the provider knows it")
            }
            from = value
        case "telephone_account": account = value
        case "telephone_password_file": passwordFile = value
        case "telephone_country":
            let digits = value.hasPrefix("+") ? value.dropFirst() : value[...]
            guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !digits.hasPrefix("0") else {
                throw .init(sentence: "the calling code of a country is expected, like 62")
            }
            country = String(digits)
        default: authority = value
        }
    }

    /// What only the settings together can get wrong.
    func check() throws(Configuration.Wrong) {
        func wrong(_ name: String, _ expected: String) -> Configuration.Wrong {
            let place =
                places[name] ?? places["telephone_account"] ?? places["telephone_password_file"] ?? places["telephone_gateway"] ?? ""
            return .init(place: place, name: name, expected: expected)
        }
        guard gateway != nil else {
            // A country says how numbers are read; the development outbox reads them too.
            if let lonely = Self.names.first(where: { places[$0] != nil && $0 != "telephone_country" }) {
                throw wrong(lonely, "it says nothing without `telephone_gateway`")
            }
            return
        }
        guard from != nil else {
            throw wrong("telephone_from", "what messages come from is expected where `telephone_gateway` is set")
        }
        guard (account == nil) == (passwordFile == nil) else {
            throw wrong(
                account == nil ? "telephone_account" : "telephone_password_file",
                "`telephone_account` and `telephone_password_file` go together")
        }
    }

    /// - Throws: which file can't be used, and what is expected of it.
    func examine() throws(MailSettings.Expected) {
        _ = try password()
        if let authority { try MailSettings.checkAuthority(authority, of: "telephone_authority") }
    }

    /// - Throws: as `examine`.
    func carrier() throws(MailSettings.Expected) -> (any Carrier)? {
        guard let gateway, let from else { return nil }
        var server = WebServer(url: gateway, authority: authority)
        if let account, let password = try password() { server.account = .init(name: account, password: password) }
        return TelephoneCarrier(server, from: from)
    }

    /// The calling code of numbers that begin with 0.
    var callingCode: String? { country }

    private func password() throws(MailSettings.Expected) -> String? {
        guard let passwordFile else { return nil }
        return try MailSettings.password(in: passwordFile, of: "telephone_account", named: "telephone_password_file")
    }

    /// A password and a number don't go in the clear, but to this machine.
    private static func isGateway(_ value: String) -> Bool {
        guard value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return false }
        if value.hasPrefix("https://") {
            let host = value.dropFirst(8).prefix { $0 != "/" }
            return !host.isEmpty && !host.contains { "@?#".contains($0) }
        }
        return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { local in
            value.hasPrefix(local) && value.dropFirst(local.count).first.map { $0 == ":" || $0 == "/" } ?? true
        }
    }
}
