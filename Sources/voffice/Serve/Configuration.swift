// What the operator sets: one file of `name = value` lines, and the environment above it (VOFFICE_PORT for `port`).

import HTTP
import Office
import SMTP
import Vault

/// Every setting with its default; `voffice.conf` of the project documents each.
struct Configuration: Equatable {
    var operatorName = "vOffice"
    var host = "127.0.0.1"
    var port: UInt16 = 8080
    /// Where people reach the house; without a slash at the end.
    var address: String?
    var data = "var"
    var policy = "policy/voffice.policy.md"
    var assets = "assets"
    /// The file of contact, locations and plans; nil: the pages say that nothing is told.
    var office: String?
    var business = Business()
    /// TLS by the server itself: a certificate with its chain, and its key; nil: a proxy in front has it.
    var certificate: String?, key: String?
    /// Believed about the address that they forward for.
    var proxies: Set<Address> = []
    var databases = DatabaseSettings()
    var mail = MailSettings()
    var telephone = TelephoneSettings()
    /// The file of a line for each request; nil for none.
    var requestLog: String?
    /// The folder of the log's public copy; nil for none.
    var mirror: String?
    /// The folder of the keys of backups and of the register of who was forgotten; nil for one beside the data.
    var safe: String?
    var safeFolder: String { safe ?? data + "/safe" }
    var publishing = Publishing()
    /// Registrations, sign-ins and codes that one network may send in ten minutes.
    var tries = 120
    /// Calls and mails that one of the staff may record within a day.
    var contactsADay = Settings.usualContacts
    /// The staff's pages open only where two factors brought somebody in; nil: in production they do, in development one is enough.
    var staffNeedsSecondFactor: Bool?

    var publicAddress: String { address ?? "\(certificate == nil ? "http" : "https")://localhost:\(port)" }
    var isSecure: Bool { publicAddress.hasPrefix("https://") }

    /// A setting that can't be used: which, where, and what is expected.
    struct Wrong: Error, Equatable {
        let place: String, name: String, expected: String
        var sentence: String { "\(place): \(name): \(expected)" }
    }

    /// - Parameter file: the text of the settings file; nil where there is none.
    init(file: String?, named path: String, environment: [String: String]) throws(Wrong) {
        var lines: [String: Int] = [:]
        for (number, line) in (file ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = "\(path):\(number + 1)"
            let text = Self.trimmed(line.prefix { $0 != "#" })
            guard !text.isEmpty else { continue }
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw Wrong(place: place, name: String(text), expected: "a line has the form `name = value`")
            }
            let name = String(Self.trimmed(text[..<equals]))
            if let earlier = lines.updateValue(number + 1, forKey: name) {
                throw Wrong(place: place, name: name, expected: "it is set on line \(earlier) already; one of the two has to go")
            }
            try set(name, String(Self.trimmed(text[text.index(after: equals)...])), at: place)
        }
        for (key, value) in environment.sorted(by: { $0.key < $1.key }) where key.hasPrefix("VOFFICE_") {
            try set(key.dropFirst("VOFFICE_".count).lowercased(), value, at: "environment variable \(key)")
        }
        try databases.check()
        try mail.check()
        try telephone.check()
        if (certificate == nil) != (key == nil) {
            let (there, lacking) = certificate == nil ? ("key", "certificate") : ("certificate", "key")
            throw wrong(there, "`\(lacking)` is missing beside it; the server speaks TLS with both")
        }
        if certificate != nil, !isSecure { throw wrong("address", "https:// is expected, since `certificate` is set") }
    }

    /// `voffice.conf:12`, `VOFFICE_PORT`.
    private static func short(_ place: String) -> String { place.split(separator: " ").last.map(String.init) ?? place }

    static let names =
        [
            "operator", "office", "host", "port", "address", "certificate", "key", "data", "policy", "assets", "proxies", "tries",
            "contacts_a_day", "staff_second_factor", "request_log", "mirror", "safe",
            "log_period", "log_floor",
        ]
        + DatabaseSettings.names + MailSettings.names + TelephoneSettings.names

    /// Where each that is set stands: a line of the file, or a variable; and as what it was written.
    private var places: [String: String] = [:], written: [String: String] = [:]

    /// For the console. A setting names at most the file that holds a secret.
    var standing: [StandingSetting] { Self.names.map { StandingSetting(name: $0, value: written[$0], place: places[$0].map(Self.short)) } }

    /// A setting that reads well and leads nowhere.
    func wrong(_ name: String, _ expected: String) -> Wrong { Wrong(place: places[name] ?? "by default", name: name, expected: expected) }

    private mutating func set(_ name: String, _ value: String, at place: String) throws(Wrong) {
        (places[name], written[name]) = (place, value)
        func wrong(_ expected: String) -> Wrong { Wrong(place: place, name: name, expected: expected + " (it is `\(value)`)") }
        switch name {
        case "operator":
            guard !value.isEmpty else { throw wrong("the name of the company that runs this house is expected") }
            operatorName = value
        case "host":
            guard !value.isEmpty, !value.contains(where: \.isWhitespace) else {
                throw wrong("an address to listen on is expected, like 127.0.0.1")
            }
            host = value
        case "port":
            guard let number = UInt16(value) else { throw wrong("a number from 0 to 65535 is expected; 0 takes any free port") }
            port = number
        case "address":
            guard Self.isOrigin(value) else {
                throw wrong(
                    "an address like https://office.example is expected, with at most a port from 1 to 65535 after the host, and without a slash at the end"
                )
            }
            address = value
        case "office", "certificate", "key", "request_log":
            guard !value.isEmpty else { throw wrong("the path of a file is expected") }
            if name == "request_log" {
                requestLog = value
            } else if name == "office" {
                office = value
            } else if name == "key" {
                key = value
            } else {
                certificate = value
            }
        case "data", "policy", "assets":
            guard !value.isEmpty else { throw wrong("a path is expected") }
            if name == "data" { data = value } else if name == "policy" { policy = value } else { assets = value }
        case "proxies":
            proxies = []
            for entry in value.split(separator: ",", omittingEmptySubsequences: false) where !value.isEmpty {
                guard let address = Address(String(Self.trimmed(entry))) else {
                    throw wrong("IP addresses are expected, with commas between them, like 127.0.0.1, ::1")
                }
                proxies.insert(address)
            }
        case "mirror", "safe":
            guard !value.isEmpty else { throw wrong("the path of a folder is expected") }
            if name == "mirror" { mirror = value } else { safe = value }
        case "log_period":
            guard let seconds = Int64(value), (1...86_400).contains(seconds) else { throw wrong("seconds from 1 to 86400 are expected") }
            publishing.period = seconds
        case "log_floor":
            guard let leaves = Int(value), (1...4_096).contains(leaves) else {
                throw wrong("a number of entries from 1 to 4096 is expected")
            }
            publishing.floor = leaves
        case "mail_server", "mail_from", "mail_account", "mail_password_file", "mail_authority":
            do throws(MailSettings.Expected) { try mail.set(name, value, at: place) } catch { throw wrong(error.sentence) }
        case _ where DatabaseSettings.names.contains(name):
            do throws(MailSettings.Expected) { try databases.set(name, value, at: place) } catch {
                throw Wrong(place: place, name: name, expected: error.sentence)
            }
        case _ where TelephoneSettings.names.contains(name):
            do throws(MailSettings.Expected) { try telephone.set(name, value, at: place) } catch { throw wrong(error.sentence) }
        case "staff_second_factor":
            guard value == "yes" || value == "no" else { throw wrong("yes or no is expected") }
            staffNeedsSecondFactor = value == "yes"
        case "tries":
            guard let number = Int(value), (1...1_000_000).contains(number) else { throw wrong("a number from 1 to 1000000 is expected") }
            tries = number
        case "contacts_a_day":
            guard let number = Int(value), (1...10_000).contains(number) else { throw wrong("a number from 1 to 10000 is expected") }
            contactsADay = number
        default:
            throw Wrong(place: place, name: name, expected: "there is no such setting; there are \(Self.names.joined(separator: ", "))")
        }
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
