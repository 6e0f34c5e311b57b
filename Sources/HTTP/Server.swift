// The server: libmicrohttpd with epoll and a few threads, which wait for nothing but the network.

import CMicrohttpd
import Glibc
import Synchronization

public final class Server: Sendable {
    /// The port it listens on; useful where 0 was asked for.
    public let port: UInt16
    private let engine: Engine
    private let daemon: Daemon
    private let listener: Int32
    private let sweeper: Task<Void, Never>

    public enum Unable: Error { case listen(host: String, port: UInt16, reason: String), start }

    /// Listens and serves until `stop`. `isSecure`: the site is reached by https, by a proxy in front.
    public init(
        host: String = "127.0.0.1", port: UInt16, threads: Int = 2, isSecure: Bool = false, limits: Limits = Limits(),
        _ handler: some Handler
    ) throws(Unable) {
        (listener, self.port) = try listen(host: host, port: port)
        engine = Engine(handler, limits, isSecure: isSecure)
        daemon = try Daemon(listener, threads: threads, engine, limits)
        sweeper = Task.detached { [connections = engine.connections] in
            while !Task.isCancelled {
                _ = connections.sweep()
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    /// Takes no more connections, lets requests in hand finish, then ends. Blocks; call once.
    public func stop() {
        sweeper.cancel()
        MHD_quiesce_daemon(daemon.handle)
        engine.isStopping.store(true, ordering: .relaxed)
        let patience = monotonic() + UInt64(engine.limits.drainSeconds * 1000)
        while engine.connections.sweep(stopping: true) > 0 {
            // The library must not end with a suspended request: who is late gets the answer that the house is closed.
            if monotonic() > patience { engine.abandon() }
            if monotonic() > patience + 1000 { break }
            usleep(10_000)
        }
        MHD_stop_daemon(daemon.handle)
        close(listener)
    }

    /// The library's handle, and the engine that its callbacks hold.
    private struct Daemon: @unchecked Sendable {
        let handle: OpaquePointer
        init(_ listener: Int32, threads: Int, _ engine: Engine, _ limits: Limits) throws(Unable) {
            var setup = vo_daemon_setup(
                listener: listener, threads: UInt32(max(threads, 2)), connections: UInt32(limits.connections + 64),
                idle_seconds: UInt32(max(limits.headSeconds, limits.bodySeconds, limits.answerSeconds).rounded(.up)),
                pool_bytes: limits.pool,
                context: Unmanaged.passRetained(engine).toOpaque(), admit: admitted, handle: handled, connected: connected,
                completed: completed,
                opened: opened)
            guard let handle = vo_start(&setup) else { throw .start }
            self.handle = handle
        }
    }
}

extension Server {
    /// Why nobody can listen at this address on this machine, whatever the port; nil: one can. Nothing stays open.
    public static func whyNot(host: String) -> String? {
        do throws(Unable) {
            let (listener, _) = try listen(host: host, port: 0)
            close(listener)
            return nil
        } catch {
            guard case .listen(_, _, let reason) = error else { return nil }
            return reason
        }
    }
}

private func listen(host: String, port: UInt16) throws(Server.Unable) -> (Int32, UInt16) {
    func failure(_ what: String) -> Server.Unable {
        .listen(host: host, port: port, reason: "\(what): \(String(cString: strerror(errno)))")
    }
    var hints = addrinfo()
    (hints.ai_family, hints.ai_socktype, hints.ai_flags) = (AF_UNSPEC, Int32(SOCK_STREAM.rawValue), AI_NUMERICHOST | AI_PASSIVE)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let place = found else {
        throw .listen(host: host, port: port, reason: "not an IP address")
    }
    defer { freeaddrinfo(found) }
    let listener = socket(place.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard listener >= 0 else { throw failure("socket") }
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(listener, place.pointee.ai_addr, place.pointee.ai_addrlen) == 0, Glibc.listen(listener, 1024) == 0 else {
        let why = failure("bind")
        close(listener)
        throw why
    }
    var name = sockaddr_storage(), length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &name) { _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) } }
    // The port lies at the same place in both families.
    let bound = withUnsafeBytes(of: name) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    return (listener, bound)
}
