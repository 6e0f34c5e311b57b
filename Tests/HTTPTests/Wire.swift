// A client that sends exactly the bytes that a test says.
import Foundation
import Glibc
import HTTP

/// Runs blocking work away from the threads that the server's own tasks need.
func aside<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { done in Thread.detachNewThread { done.resume(returning: work()) } }
}

final class Wire: Sendable {
    private let socket: Int32

    init(_ port: UInt16) {
        let made = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = UInt16(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &place) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(made, $0, 16) } }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        socket = made
    }
    deinit { close(socket) }

    @discardableResult func send(_ bytes: String) -> Bool {
        let bytes = Array(bytes.utf8)
        return Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
    func send(bytes: [UInt8]) { _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// Everything until the other side closes.
    func rest() -> String {
        var all: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &piece, piece.count, 0), count > 0 { all += piece[..<count] }
        return String(decoding: all, as: UTF8.self)
    }

    /// One answer with a body of known length.
    func answer() -> String {
        var all: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &piece, piece.count, 0), count > 0 {
            all += piece[..<count]
            let text = String(decoding: all, as: UTF8.self)
            let halves = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let length = halves[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }.flatMap {
                Int($0.dropFirst(16))
            }
            if halves[1].utf8.count >= length ?? 0 { return text }
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// The head of an answer alone.
    func answerHead() -> String {
        var all: [UInt8] = [], piece: UInt8 = 0
        while recv(socket, &piece, 1, 0) == 1 {
            all.append(piece)
            if all.suffix(4) == [13, 10, 13, 10] { break }
        }
        return String(decoding: all, as: UTF8.self)
    }

    static func exchange(_ port: UInt16, _ bytes: String) async -> String {
        await aside {
            let wire = Wire(port)
            wire.send(bytes)
            return wire.answer()
        }
    }
}

func status(_ answer: String) -> Int { answer.hasPrefix("HTTP/1.1 ") ? Int(answer.dropFirst(9).prefix(3)) ?? 0 : 0 }

/// Says what it was asked; `/slow` waits, `/never` waits too long.
struct Echo: Handler {
    func bodyLimit(at path: String) -> Int? { nil }

    static let long = Asset(Array(repeating: Array("body { margin: 0 }\n".utf8), count: 200).flatMap { $0 }, .css)
    static let style = Asset(Array("body { margin: 0 }".utf8), .css)

    func respond(to request: Request) -> Reply {
        switch request.path {
        case "/slow":
            return .later {
                try? await Task.sleep(for: .milliseconds(200))
                return .text("slept")
            }
        case "/never":
            return .later {
                try? await Task.sleep(for: .seconds(30))
                return .text("too late")
            }
        case "/long.css": return .now(Response(Echo.long))
        case "/style.css": return .now(Response(Echo.style))
        case "/moved":
            var response = Response.see("/there")
            response.cookies = [Cookie("session", "abc", sameSite: .strict), Cookie("old", "", life: .over)]
            return .now(response)
        default:
            let form = request.form.all.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            let query = request.query.all.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            return .now(
                .text("\(request.method) \(request.path) [\(query)] [\(form)] \(request.cookie("session") ?? "-") \(request.privacySignal)")
            )
        }
    }

    func page(for fault: Fault) -> Response { .text("fault \(fault.rawValue)", status: fault.rawValue) }
}
