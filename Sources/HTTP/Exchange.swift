// One request on its way to one answer. Its fields belong to the server's thread, but for the answer of a
// suspended request, which another thread leaves behind before it wakes the connection.

import CMicrohttpd
import Glibc
import Synchronization

final class Exchange: @unchecked Sendable {
    let handle: OpaquePointer
    let connection: Connection
    /// Where the request line's target lies, and a copy of it from before it was decoded in place.
    let target: UnsafePointer<CChar>
    let rawTarget: String
    let targetLength: Int
    var request: (head: Head, target: Target)?
    /// A NUL lies in the head as far as it came with the request line: at the end of a line the library would hide it.
    let hasNUL: Bool
    /// What is wrong with a line that lies there too, of those that the library reads itself: it would send the head of its answer twice
    /// (0.9.75). A head that comes in pieces still gets that.
    let fault: Fault?
    var body: [UInt8] = []
    /// The body is read to its end and dropped: whoever is still sending, as a proxy before us, would meet a closed line and never see why.
    var isTooLarge = false
    private let answer = Mutex<Answer>(.awaited)
    private enum Answer { case awaited, ready(Response), taken }

    /// `limit`: bytes of a head that is read at all.
    init(_ handle: OpaquePointer, _ connection: Connection, target: UnsafePointer<CChar>, limit: Int) {
        (self.handle, self.connection, self.target) = (handle, connection, target)
        targetLength = strlen(target)
        rawTarget = String(cString: target)
        hasNUL = Self.findsNUL(behind: target + targetLength, within: limit - targetLength)
        fault = Self.takeOutUnread(behind: target + targetLength, within: limit - targetLength)
        // The library would make an entry of each parameter, and has no answer left where its memory ends with them. We read
        // the query from our copy.
        if let query = strchr(target, Int32(UInt8(ascii: "?"))) { query[1] = 0 }
    }

    /// The library ends a line at LF and puts zeros there, so that afterwards NUL LF looks like CR LF. When the request line was read the
    /// rest is still as it came, and behind it the library's memory is zero: a zero with something behind it was sent.
    private static func findsNUL(behind target: UnsafePointer<CChar>, within limit: Int) -> Bool {
        let rest = target + 1 + "HTTP/1.1".utf8.count + 2
        guard limit > 0, let zero = memchr(rest, 0, limit)?.assumingMemoryBound(to: CChar.self), zero[1] != 0 else { return false }
        return strstr(rest, "\r\n\r\n") == nil
    }

    /// Finds a length that can't be read, or more cookies than the library has room for, and names that line otherwise, so that the
    /// library doesn't try. nil: there is none.
    private static func takeOutUnread(behind target: UnsafePointer<CChar>, within limit: Int) -> Fault? {
        let start = target + 1 + "HTTP/1.1".utf8.count + 2
        guard limit > 0 else { return nil }
        var line = UnsafeMutablePointer(mutating: start)
        let end = line + strnlen(start, limit)
        while let feed = memchr(line, 0x0A, end - line)?.assumingMemoryBound(to: CChar.self), feed - line > 1 {
            if let colon = memchr(line, 0x3A, feed - line)?.assumingMemoryBound(to: CChar.self) {
                let value = UnsafeBufferPointer(
                    start: UnsafeRawPointer(colon + 1).assumingMemoryBound(to: UInt8.self), count: feed - colon - 1)
                if let fault = Head.fault(of: value, named: UnsafeBufferPointer(start: line, count: colon - line)) {
                    line.pointee = CChar(UInt8(ascii: "x"))
                    return fault
                }
            }
            line = feed + 1
        }
        return nil
    }

    /// The first answer counts. Wakes the connection.
    func finish(_ response: Response) {
        let isFirst = answer.withLock { answer in
            guard case .awaited = answer else { return false }
            answer = .ready(response)
            return true
        }
        if isFirst { MHD_resume_connection(handle) }
    }

    /// nil until there is one.
    func takeAnswer() -> Response? {
        answer.withLock { answer in
            guard case .ready(let response) = answer else { return nil }
            answer = .taken
            return response
        }
    }
}
