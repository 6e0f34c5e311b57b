// A socket between the store and the server that can be cut at the end of a write, before or after the server has done it.
import Glibc
import Store
import Synchronization

/// Hands bytes on in both directions, a pair of threads for each connection, until it is told to cut.
final class Cutter: Sendable {
    enum Cut { case beforeCommit, afterCommit }

    let folder: String
    /// Whether anybody is let through.
    let isOpen = Atomic(true)
    private let next = Mutex<Cut?>(nil)
    private let server: String
    private let door: Int32

    /// - Parameter folder: of the server's socket; this one's is in `place`.
    init(before folder: String, in place: String) {
        (server, self.folder) = (folder, place)
        door = Self.socketed("\(place)/.s.PGSQL.5432") { bind($0, $1, $2) }
        listen(door, 16)
        start { [self] in
            while case let client = accept(door, nil, nil), client >= 0 {
                guard isOpen.load(ordering: .acquiring) else {
                    Glibc.close(client)
                    continue
                }
                let there = Self.socketed("\(server)/.s.PGSQL.5432") { connect($0, $1, $2) }
                start { self.handOn(client, there, isAsking: true) }
                start { self.handOn(there, client, isAsking: false) }
            }
        }
    }

    deinit { unlink("\(folder)/.s.PGSQL.5432") }

    func close() { shutdown(door, Int32(SHUT_RDWR)) }

    /// Cuts the line at the COMMIT that comes next.
    func cut(_ cut: Cut) { next.withLock { $0 = cut } }

    private func handOn(_ from: Int32, _ to: Int32, isAsking: Bool) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(from, &bytes, bytes.count), count > 0 {
            let isCommit = isAsking && String(decoding: bytes.prefix(count), as: UTF8.self).contains("COMMIT")
            let cut =
                isCommit
                ? next.withLock { next in
                    defer { next = nil }; return next
                } : nil
            if cut == .beforeCommit { break }
            // Nobody hears the answer, which the server gives when it is done.
            if cut == .afterCommit { shutdown(from, Int32(SHUT_RDWR)) }
            guard send(to, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
            if cut == .afterCommit { usleep(300_000); break }
        }
        for end in [from, to] { shutdown(end, Int32(SHUT_RDWR)) }
    }

    private func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { body in
                Unmanaged<Body>.fromOpaque(body!).takeRetainedValue().body()
                return nil
            }, Unmanaged.passRetained(Body(body)).toOpaque())
        pthread_detach(thread)
    }

    private final class Body: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func socketed(_ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { use(made, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        precondition(code == 0, "\(path): \(String(cString: strerror(errno)))")
        return made
    }
}
