// All open connections: who may have one more, and which has had its time.

import Crypto
import Glibc
import Synchronization

/// One connection. Its phase is set on the server's thread and read by the sweep.
final class Connection: Sendable {
    enum Phase: UInt64 { case head, body, work, answer }
    let socket: Int32
    /// Which network it comes from, among those of this process.
    let network: Digest
    /// What the server proves itself with to this one.
    let tls: TLS?
    /// Milliseconds of the monotonic clock, times four, plus the phase.
    private let state: Atomic<UInt64>

    init(socket: Int32, network: Digest, _ tls: TLS? = nil) {
        (self.socket, self.network, self.tls) = (socket, network, tls)
        state = Atomic(monotonic() << 2 | Phase.head.rawValue)
    }

    func enter(_ phase: Phase) { state.store(monotonic() << 2 | phase.rawValue, ordering: .relaxed) }
    var phase: Phase { Phase(rawValue: state.load(ordering: .relaxed) & 3)! }
    var since: UInt64 { state.load(ordering: .relaxed) >> 2 }

    func isOverdue(at now: UInt64, _ limits: Limits) -> Bool {
        let (phase, since) = (phase, since)
        let seconds: Double
        switch phase {
        case .head: seconds = limits.headSeconds
        case .body: seconds = limits.bodySeconds
        case .answer: seconds = limits.answerSeconds
        case .work: return false
        }
        return now > since + UInt64(seconds * 1000)
    }

    private let wasCut = Atomic(false)
    var isCut: Bool { wasCut.load(ordering: .relaxed) }

    /// Wakes the thread that owns the socket with an end of input; that thread closes it.
    func cut() {
        wasCut.store(true, ordering: .relaxed)
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}

/// The table. A socket's number is used again once the library closed it, so `cut` is called under the lock that
/// `remove` takes before that.
final class Connections: Sendable {
    private struct Table {
        var open: [ObjectIdentifier: Connection] = [:]
        var perNetwork: [Digest: Int] = [:]
    }
    private let limits: Limits
    private let marks = NetworkMarks()
    private let table = Mutex(Table())

    init(_ limits: Limits) { self.limits = limits }

    /// Whether one more may come from there. Where its network has all that it may, one of its own makes room, so that somebody who holds
    /// many open doesn't shut their neighbours out.
    func admits(_ address: Address) -> Bool {
        let network = network(of: address), now = monotonic()
        return table.withLock { table in
            if !limits.proxies.contains(address), table.perNetwork[network, default: 0] >= limits.perNetwork {
                let longWaiting = table.open.values.filter { $0.network == network && $0.phase != .work && now >= $0.since + Self.patience }
                return cutOldest(of: longWaiting)
            }
            guard table.open.count >= limits.connections else { return true }
            let idle = table.open.values.filter { $0.phase == .head }
            return cutOldest(of: idle)
        }
    }

    /// Milliseconds that a client of a full network has for its head, its body or to read its answer, before others go first.
    private static let patience: UInt64 = 1_000

    /// false: none of them can be cut.
    private func cutOldest(of connections: [Connection]) -> Bool {
        guard let oldest = connections.filter({ !$0.isCut }).min(by: { $0.since < $1.since }) else { return false }
        oldest.cut()
        return true
    }

    func network(of address: Address) -> Digest { marks.mark(of: address.network) }

    func add(_ connection: Connection) {
        table.withLock {
            $0.open[ObjectIdentifier(connection)] = connection
            $0.perNetwork[connection.network, default: 0] += 1
        }
    }

    func remove(_ connection: Connection) {
        table.withLock {
            $0.open[ObjectIdentifier(connection)] = nil
            let left = $0.perNetwork[connection.network, default: 1] - 1
            $0.perNetwork[connection.network] = left == 0 ? nil : left
        }
    }

    /// Cuts what is overdue; while the server ends, also what waits for nothing. Returns how many are open.
    func sweep(stopping: Bool = false) -> Int {
        let now = monotonic()
        return table.withLock { table in
            for connection in table.open.values {
                if connection.isOverdue(at: now, limits) || stopping && connection.phase == .head { connection.cut() }
            }
            return table.open.count
        }
    }
}

/// Milliseconds since some moment in the past; never goes back.
func monotonic() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
    return UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
}
