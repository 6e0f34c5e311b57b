// An outside web server that takes JSON, as settings name it, and what can come of asking it.

/// Where requests go, and how (RFC 9110; TLS 1.2 or newer).
public struct WebServer: Sendable, Equatable {
    /// `https://host/path`; `http://` only for a server on this machine.
    public var url: String
    /// For basic authentication (RFC 7617); nil where the server asks nobody.
    public var account: Account?
    /// A file of certificates (PEM) to believe instead of the machine's; nil for those.
    public var authority: String?
    /// Seconds until a server that doesn't answer is given up: to reach it, and for the whole of one request.
    public var reachSeconds = 10, answerSeconds = 30

    public struct Account: Sendable, Equatable {
        public let name, password: String
        public init(name: String, password: String) { (self.name, self.password) = (name, password) }
    }

    public init(url: String, account: Account? = nil, authority: String? = nil) {
        (self.url, self.account, self.authority) = (url, account, authority)
    }
}

/// What the server said, whatever it was.
public struct WebAnswer: Sendable, Equatable {
    /// Of HTTP, 200 to 599.
    public let status: Int
    /// Seconds after which it wants to be asked again (`Retry-After`); nil where it didn't say.
    public let retryAfter: Int?
    public let body: [UInt8]
}

/// Why there is no answer.
public enum NotAnswered: Error, Sendable, Equatable {
    /// Nothing was handed over: it couldn't be reached.
    case unreached
    /// The request was on its way, and no whole answer came: it may have done what was asked.
    case unknown
    /// The server isn't what settings say: no TLS, or a certificate that isn't its own.
    case wrongServer(String)
}
