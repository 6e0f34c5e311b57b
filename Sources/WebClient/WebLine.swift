// One request to an outside web server at a time, by libcurl; the connection is kept for the next.

import CCurl

/// A line to a web server. It blocks while it waits, so it belongs to a thread that may wait.
public struct WebLine: ~Copyable {
    private let server: WebServer
    private let handle: UnsafeMutableRawPointer

    public init(to server: WebServer) {
        _ = Self.started
        self.server = server
        guard let handle = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Sends JSON by POST. A redirection is an answer like any other: what is personal goes to the server of the settings only.
    public borrowing func post(_ json: String) throws(NotAnswered) -> WebAnswer {
        let reply = Reply(), bytes = Array(json.utf8)
        let result = withExtendedLifetime(reply) { bytes.withUnsafeBytes { ask($0, reply) } }
        guard result == CURLE_OK else { throw reason(result) }
        let pause = vo_retry_after(handle)
        return WebAnswer(status: vo_response_code(handle), retryAfter: pause > 0 ? pause : nil, body: reply.bytes)
    }
}

/// What the server sends, as far as anybody reads it.
private final class Reply {
    private(set) var bytes: [UInt8] = []
    static let longest = 65_536

    /// False: it is longer than an answer may be.
    func take(_ part: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count + part.count <= Self.longest else { return false }
        bytes += part
        return true
    }
}

extension WebLine {
    /// libcurl is started once, before its first use.
    private static let started: Void = { _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

    private borrowing func ask(_ body: UnsafeRawBufferPointer, _ reply: Reply) -> CURLcode {
        vo_begin(
            handle, server.url, "https,http", server.reachSeconds, server.answerSeconds, server.authority, server.account?.name,
            server.account?.password)
        vo_set_number(handle, CURLOPT_FOLLOWLOCATION, 0)
        var headers = curl_slist_append(nil, "Content-Type: application/json")
        headers = curl_slist_append(headers, "Accept: application/json")
        // A short request isn't worth a question beforehand.
        headers = curl_slist_append(headers, "Expect:")
        defer { curl_slist_free_all(headers) }
        vo_set_list(handle, CURLOPT_HTTPHEADER, headers)
        vo_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        vo_set_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
        vo_set_number(handle, CURLOPT_POST, 1)
        vo_set_write(handle) { bytes, size, count, context in
            let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<Reply>.fromOpaque(context!).takeUnretainedValue().take(part) ? part.count : 0
        }
        vo_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(reply).toOpaque())
        return curl_easy_perform(handle)
    }

    private borrowing func reason(_ result: CURLcode) -> NotAnswered {
        switch result {
        case CURLE_PEER_FAILED_VERIFICATION: return .wrongServer("its certificate isn't one that this machine believes")
        case CURLE_SSL_CACERT_BADFILE: return .wrongServer("the file of certificates can't be read")
        case CURLE_SSL_CONNECT_ERROR: return .wrongServer("it speaks no TLS that is safe")
        default: return vo_sent(handle) == 0 ? .unreached : .unknown
        }
    }
}
