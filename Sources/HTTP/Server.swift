// The server: libmicrohttpd with epoll and a few threads, which wait for nothing but the network.

import CMicrohttpd
import Glibc
import Synchronization

public final class Server: Sendable {
    /// The port it listens on; useful where 0 was asked for.
    public var port: UInt16 { door.port }
    private let engine: Engine
    /// The library's handle.
    private let daemon: Mutex<OpaquePointer?>
    private let door: Door
    private let sweeper: Task<Void, Never>

    public enum Unable: Error { case listen(reason: String), start }

    /// A port that is taken, and on which nobody is let in yet.
    public struct Door: Sendable {
        public let port: UInt16
        fileprivate let listener: Int32

        /// `port` 0: any free one.
        public init(host: String = "127.0.0.1", port: UInt16) throws(Unable) { (listener, self.port) = try bound(host: host, port: port) }
    }

    /// Listens and serves until `stop`. `isSecure`: the site is reached by https; by a proxy in front, where there is no `tls`.
    public convenience init(
        port: UInt16, threads: Int = 2, isSecure: Bool = false, tls: TLS? = nil, limits: Limits = Limits(), _ handler: some Handler
    ) throws(Unable) { try self.init(Door(port: port), threads: threads, isSecure: isSecure, tls: tls, limits: limits, handler) }

    /// The same, at a port that was taken before.
    public init(
        _ door: Door, threads: Int = 2, isSecure: Bool = false, tls: TLS? = nil, limits: Limits = Limits(), _ handler: some Handler
    ) throws(Unable) {
        self.door = door
        guard Glibc.listen(door.listener, 1024) == 0 else {
            throw .listen(reason: "listen: \(String(cString: strerror(errno)))")
        }
        engine = Engine(handler, limits, isSecure: isSecure, tls)
        var setup = vo_daemon_setup(
            listener: door.listener, threads: UInt32(max(threads, 2)), connections: UInt32(limits.connections + 64),
            idle_seconds: UInt32(max(limits.headSeconds, limits.bodySeconds, limits.answerSeconds).rounded(.up)), pool_bytes: limits.pool,
            context: Unmanaged.passRetained(engine).toOpaque(), admit: admitted, handle: handled, connected: connected,
            completed: completed, opened: opened, identify: tls == nil ? nil : identified)
        guard let daemon = vo_start(&setup) else { throw .start }
        self.daemon = Mutex(daemon)
        sweeper = Task.detached { [connections = engine.connections] in
            while !Task.isCancelled {
                _ = connections.sweep()
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    /// Whoever is let in from now on meets this certificate; who is there keeps the former. Only where there was one from the start.
    public func renew(_ tls: TLS) { engine.tls.withLock { $0 = tls } }

    /// Takes no more connections, lets requests in hand finish, then ends. Blocks; call once.
    public func stop() {
        sweeper.cancel()
        daemon.withLock { if let daemon = $0 { _ = MHD_quiesce_daemon(daemon) } }
        engine.isStopping.store(true, ordering: .relaxed)
        let patience = monotonic() + UInt64(engine.limits.drainSeconds * 1000)
        while engine.connections.sweep(stopping: true) > 0 {
            // The library must not end with a suspended request: who is late gets the answer that the house is closed.
            if monotonic() > patience { engine.abandon() }
            if monotonic() > patience + 1000 { break }
            usleep(10_000)
        }
        daemon.withLock { daemon in
            if let running = daemon { MHD_stop_daemon(running) }
            daemon = nil
        }
        close(door.listener)
    }
}

extension Server {
    /// Why nobody can listen at this address on this machine, whatever the port; nil: one can. Nothing stays open.
    public static func whyNot(host: String) -> String? {
        do throws(Unable) {
            let (listener, _) = try bound(host: host, port: 0)
            defer { close(listener) }
            return Glibc.listen(listener, 1) == 0 ? nil : "listen: \(String(cString: strerror(errno)))"
        } catch {
            guard case .listen(let reason) = error else { return nil }
            return reason
        }
    }
}

private func bound(host: String, port: UInt16) throws(Server.Unable) -> (Int32, UInt16) {
    func failure(_ what: String) -> Server.Unable {
        .listen(reason: "\(what): \(String(cString: strerror(errno)))")
    }
    var hints = addrinfo()
    (hints.ai_family, hints.ai_socktype, hints.ai_flags) = (AF_UNSPEC, Int32(SOCK_STREAM.rawValue), AI_NUMERICHOST | AI_PASSIVE)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let place = found else {
        throw .listen(reason: "not an IP address")
    }
    defer { freeaddrinfo(found) }
    let listener = socket(place.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard listener >= 0 else { throw failure("socket") }
    // A free port isn't one that another process has just taken and doesn't listen on yet.
    var reuses: Int32 = port == 0 ? 0 : 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
    guard bind(listener, place.pointee.ai_addr, place.pointee.ai_addrlen) == 0 else {
        let why = failure("bind")
        close(listener)
        throw why
    }
    // Connections inherit it: those of a process that was killed don't keep the next one from the port.
    reuses = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
    var name = sockaddr_storage(), length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &name) { _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) } }
    // The port lies at the same place in both families.
    let bound = withUnsafeBytes(of: name) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    return (listener, bound)
}
