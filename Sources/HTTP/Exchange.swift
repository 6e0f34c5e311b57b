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
    var body: [UInt8] = []
    private let answer = Mutex<Answer>(.awaited)
    private enum Answer { case awaited, ready(Response), taken }

    init(_ handle: OpaquePointer, _ connection: Connection, target: UnsafePointer<CChar>) {
        (self.handle, self.connection, self.target) = (handle, connection, target)
        targetLength = strlen(target)
        rawTarget = String(cString: target)
        // The library would make an entry of each parameter, and has no answer left where its memory ends with them. We read
        // the query from our copy.
        if let query = strchr(target, Int32(UInt8(ascii: "?"))) { query[1] = 0 }
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
