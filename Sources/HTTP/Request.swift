// A request that was read strictly: what isn't one never gets this far.

public enum Method: Sendable { case get, head, post, other }

public final class Request: Sendable {
    public let method: Method
    /// Percent-decoded, valid UTF-8, without empty or dotted segments and control characters; begins with `/`.
    public let path: String
    public let query: Fields
    /// The fields of a form; empty if the body is none.
    public let form: Fields
    public let body: [UInt8]
    public let address: Address
    /// The site is reached by https, here or at the proxy in front.
    public let isSecure: Bool
    let head: Head

    init(_ head: Head, _ target: Target, body: [UInt8], address: Address, isSecure: Bool) throws(Fault) {
        (self.method, self.path, self.query) = (head.method, target.path, target.query)
        (self.head, self.body, self.address, self.isSecure) = (head, body, address, isSecure)
        self.form = head.isForm ? try Fields(encoded: body) : Fields()
    }

    /// A request made by hand, for tests and for pages that are made without a network.
    public convenience init(
        _ method: Method, _ target: String, headers: [(String, String)] = [], body: [UInt8] = [], address: Address = .loopback,
        isSecure: Bool = false
    ) throws(Fault) {
        try self.init(Head(method, headers), Target(target), body: body, address: address, isSecure: isSecure)
    }

    /// The value of a header; none stands twice. `name` in lower case.
    public func header(_ name: StaticString) -> String? { head[name] }

    /// The browser asks not to be followed: by Global Privacy Control, or by the older Do Not Track.
    public var privacySignal: Bool { header("sec-gpc") == "1" || header("dnt") == "1" }
}

/// Decoded fields of a query or a form, in the order sent.
public struct Fields: Sendable {
    public let all: [(name: String, value: String)]
    init(_ all: [(name: String, value: String)] = []) { self.all = all }
    /// The first value of that name.
    public subscript(name: StaticString) -> String? {
        let name = "\(name)"
        return all.first { $0.name == name }?.value
    }
}

/// Why something that arrived is not a request. The connection is closed after the answer.
public enum Fault: UInt16, Error, Sendable {
    case malformed = 400, lengthMissing = 411, tooLarge = 413, targetTooLong = 414, headTooLarge = 431, unknownVersion = 505
}
