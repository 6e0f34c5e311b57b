// What goes back.

public struct Response: Sendable {
    public var status: UInt16
    public var body: Body
    public var caching: Caching = .never
    public var cookies: [Cookie] = []
    public var headers: [(StaticString, String)] = []

    public enum Body: Sendable {
        case bytes([UInt8], type: ContentType)
        case asset(Asset)
        /// A reader's own frame, and at which of its bytes the middle stands.
        case framed([UInt8], at: Int, Middle, type: ContentType)

        /// As they are where nothing is compressed.
        public var bytes: [UInt8] {
            switch self {
            case .bytes(let bytes, _): bytes
            case .asset(let asset): asset.bytes
            case .framed(let frame, let place, let middle, _): middle.plain(in: frame, at: place)
            }
        }
    }

    public enum Caching: Sendable {
        /// The default: personal until somebody says otherwise.
        case never
        /// Anyone's, for so many seconds.
        case everyone(seconds: Int)
    }

    public init(_ status: UInt16, _ bytes: [UInt8], _ type: ContentType) {
        (self.status, self.body) = (status, .bytes(bytes, type: type))
    }

    public init(_ status: UInt16, framing middle: Middle, in frame: [UInt8], at place: Int, _ type: ContentType) {
        (self.status, body) = (status, .framed(frame, at: place, middle, type: type))
    }

    /// Headers and cookies are the asset's: what is added to the response isn't sent.
    public init(_ asset: Asset) { (status, body) = (200, .asset(asset)) }

    /// After a POST: look there. `path` is one of ours.
    public static func see(_ path: String) -> Response {
        precondition(path.utf8.first == UInt8(ascii: "/") && !path.hasPrefix("//"), "a redirect leads to a path of ours")
        precondition(path.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "and the path is printed as an address")
        var response = Response(303, [], .text)
        response.headers.append(("Location", path))
        return response
    }

    public static func text(_ text: String, status: UInt16 = 200) -> Response { Response(status, Array(text.utf8), .text) }
}

public struct ContentType: Sendable, Hashable {
    let name: String
    public static let html = ContentType(name: "text/html; charset=utf-8")
    public static let text = ContentType(name: "text/plain; charset=utf-8")
    public static let json = ContentType(name: "application/json")
    public static let problem = ContentType(name: "application/problem+json")
    public static let css = ContentType(name: "text/css; charset=utf-8")
    public static let script = ContentType(name: "text/javascript; charset=utf-8")
    public static let svg = ContentType(name: "image/svg+xml")
    public static let xml = ContentType(name: "application/xml")
    public static let icon = ContentType(name: "image/x-icon")
    public static let png = ContentType(name: "image/png")
    public static let woff2 = ContentType(name: "font/woff2")
    public static let zip = ContentType(name: "application/zip")
    public static let bytes = ContentType(name: "application/octet-stream")
}

/// Runs straight through on the server's thread, or suspends the connection and frees the thread.
public enum Reply: Sendable {
    /// Short work only: reads, decisions, drawing a page.
    case now(Response)
    /// Whatever waits: the writer, password hashing.
    case later(@Sendable () async -> Response)
}

public protocol Handler: Sendable {
    func respond(to request: Request) -> Reply
    /// Bytes of a body that is taken in there, where that is more than elsewhere; nil: as much as elsewhere. Whoever stands before another asks
    /// it, so there is no answer by default.
    func bodyLimit(at path: String) -> Int?
    /// What the sender of something that is no request gets to see.
    func page(for fault: Fault) -> Response
}
