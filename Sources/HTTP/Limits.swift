// How much one side may ask of the server, in bytes, seconds and connections.

public struct Limits: Sendable {
    /// Bytes of a request's head, and of its body.
    public var head = 16 * 1024, body = 64 * 1024
    /// Bytes of a body beyond its limit that are still read before it is refused, so that whoever sends them reads the answer.
    static let mostDiscarded = 1024 * 1024
    /// What the library has for a connection's head, for the entries that it makes of headers and cookies (some 80 bytes each), and
    /// for the head of the answer. It is cleared for each request, so that twice and a half the head is plenty and more is slow; the
    /// hundreds of cookies that no browser sends get 431.
    var pool: Int { 5 * head / 2 }
    /// Seconds from a connection's start, or from its last answer, until the next head is complete; and from
    /// there until the body is; and from there until the answer is read. A client that sends a byte a second doesn't live on.
    public var headSeconds = 20.0, bodySeconds = 30.0, answerSeconds = 60.0
    /// Connections in all, and from one network. Where all are taken, the longest idle one goes.
    public var connections = 2_048, perNetwork = 128
    /// Seconds that requests in hand have to finish when the server stops; who is late has an answer within one more.
    public var drainSeconds = 8.0
    /// Proxies in front of us: not counted as a network, and believed about the address they forward for.
    public var proxies: Set<Address> = []
    public init() {}

    /// Each proxy puts behind a comma whom it was asked by, so what stands before the first stranger from the right may be made
    /// up. A proxy that forwards no address stands for itself.
    func client(behind peer: Address, forwardedFor list: String?) -> Address {
        guard proxies.contains(peer), let list else { return peer }
        var client = peer
        for entry in list.split(separator: ",", omittingEmptySubsequences: false).reversed() {
            guard let address = Address(String(entry.filter { $0 != " " && $0 != "\t" })) else { break }
            client = address
            if !proxies.contains(address) { break }
        }
        return client
    }
}
