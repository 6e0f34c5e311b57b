// Where a request comes from.

import CMicrohttpd
import Crypto
import Glibc

/// An IP address; IPv4 in its mapped form. Personal data: kept in memory for limits, written nowhere but as a mark of a
/// day (`Office/Accounts/Tries.swift`).
public struct Address: Hashable, Sendable {
    let high, low: UInt64

    public static let loopback = Address(v4: 0x7F00_0001)

    /// What one customer of a network usually holds: the address itself, or the /64 of an IPv6 address.
    var network: Address { isV4 ? self : Address(high: high, low: 0) }
    /// What one provider usually hands out in one place: the /24 of an IPv4 address, the /48 of an IPv6 address.
    var neighbourhood: Address { isV4 ? Address(high: 0, low: low & ~0xFF) : Address(high: high & ~0xFFFF, low: 0) }

    /// Of that, to be marked and counted.
    public var neighbours: [UInt8] { withUnsafeBytes(of: (neighbourhood.high, neighbourhood.low)) { Array($0) } }

    private var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }
    init(v4: UInt32) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(v4)) }

    init(_ socket: UnsafePointer<sockaddr>?) {
        switch socket.map({ Int32($0.pointee.sa_family) }) {
        case AF_INET:
            self = socket!.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Address(v4: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
            }
        case AF_INET6:
            self = socket!.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { Address(v6: $0.pointee.sin6_addr) }
        default: self.init(high: 0, low: 0)
        }
    }

    /// As written; nil if it is none.
    public init?(_ text: String) {
        var v4 = in_addr(), v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6: v6)
        } else {
            return nil
        }
    }

    private init(v6: in6_addr) {
        let words = withUnsafeBytes(of: v6) { ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self)) }
        self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }
}

/// Tells networks apart without keeping an address: each stands as a code under a secret that dies with the process.
struct NetworkMarks: Sendable {
    private let secret: Secret
    init() { secret = Secret(from: SystemRandomness()) }

    func mark(of network: Address) -> Digest {
        HMACSHA256.code(for: withUnsafeBytes(of: (network.high, network.low)) { Array($0) }, under: secret)
    }
}
