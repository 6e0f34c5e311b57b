// The mail server that takes the house's mail, as settings name it.

/// Where mail is handed over, and how (RFC 5321; submission RFC 6409).
public struct MailServer: Sendable, Equatable {
    public enum Security: Sendable {
        /// TLS from the first byte (port 465, RFC 8314).
        case tls
        /// TLS by STARTTLS, and nothing without it (port 587).
        case startTLS
        /// In the clear: for a server on this machine.
        case none
    }

    public var host: String
    public var port: UInt16
    public var security: Security
    /// Nil where the server asks nobody.
    public var account: Account?
    /// A file of certificates (PEM) to believe instead of the machine's; nil for those.
    public var authority: String?
    /// Seconds until a server that doesn't answer is given up: to reach it, and for the whole of one mail.
    public var reachSeconds = 10, mailSeconds = 60

    public struct Account: Sendable, Equatable {
        public let name, password: String
        public init(name: String, password: String) { (self.name, self.password) = (name, password) }
    }

    public init(host: String, port: UInt16, security: Security, account: Account? = nil, authority: String? = nil) {
        (self.host, self.port, self.security, self.account, self.authority) = (host, port, security, account, authority)
    }

    var url: String { "\(security == .tls ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}

/// Why a mail was not taken.
public enum NotTaken: Error, Sendable, Equatable {
    /// The server couldn't be reached, or takes no mail now (with its number, 4xx).
    case later(Int)
    /// The server doesn't take this recipient or this mail now (4xx, with its number): others may go.
    case thisLater(Int)
    /// The server refuses this recipient or this mail for good (5xx, with its number). 0: it isn't an address.
    case never(Int)
    /// All was handed over, and the server's answer didn't come: it may have taken it.
    case unknown
    /// The server isn't what settings say: no TLS, a certificate that isn't its own, an account or a sender that it refuses.
    case wrongServer(String)
}
