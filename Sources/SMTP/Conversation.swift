// One conversation with a mail server at a time, by libcurl; the connection is kept for the next mail.

import CCurl

/// A line to a mail server. It blocks while it speaks, so it belongs to a thread that may wait.
public struct Conversation: ~Copyable {
    private let server: MailServer
    private let handle: UnsafeMutableRawPointer
    /// What libcurl says of what went wrong.
    private let said = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    public init(with server: MailServer) {
        _ = Self.started
        self.server = server
        guard let handle = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.handle = handle
    }

    deinit {
        curl_easy_cleanup(handle)
        said.deallocate()
    }

    /// Hands one mail over. The server has it when this returns.
    public borrowing func send(_ message: Message) throws(NotTaken) {
        guard isPath(message.to) else { throw .never(0) }
        let body = Body(message.bytes)
        let result = withExtendedLifetime(body) { speak(message, body) }
        guard result != CURLE_OK else { return }
        throw reason(result, code: vo_response_code(handle), allWasSent: body.isRead)
    }
}

/// The bytes that libcurl reads, and how far it has come.
private final class Body {
    let bytes: [UInt8]
    var position = 0
    /// All of it is on its way, and the closing dot may be.
    var isRead: Bool { position == bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawPointer, _ room: Int) -> Int {
        let count = min(room, bytes.count - position)

        bytes.withUnsafeBytes { buffer.copyMemory(from: $0.baseAddress! + position, byteCount: count) }
        position += count
        return count
    }
}

extension Conversation {
    /// libcurl is started once, before its first use.
    private static let started: Void = { _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

    private borrowing func speak(_ message: Message, _ body: Body) -> CURLcode {
        vo_begin(
            handle, server.url, "smtp,smtps", server.reachSeconds, server.mailSeconds, server.authority, server.account?.name,
            server.account?.password)
        said.pointee = 0
        vo_set_pointer(handle, CURLOPT_ERRORBUFFER, said)
        vo_set_number(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, server.mailSeconds)
        vo_set_number(handle, CURLOPT_USE_SSL, server.security == .startTLS ? Int(CURLUSESSL_ALL.rawValue) : 0)
        vo_set_text(handle, CURLOPT_MAIL_FROM, "<\(message.from.address)>")
        let recipients = curl_slist_append(nil, "<\(message.to)>")
        defer { curl_slist_free_all(recipients) }
        vo_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        vo_set_number(handle, CURLOPT_UPLOAD, 1)
        vo_set_size(handle, CURLOPT_INFILESIZE_LARGE, body.bytes.count)
        vo_set_read(handle) { buffer, size, count, context in
            Unmanaged<Body>.fromOpaque(context!).takeUnretainedValue().read(into: buffer!, size * count)
        }
        vo_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(body).toOpaque())
        return curl_easy_perform(handle)
    }

    private borrowing func reason(_ result: CURLcode, code: Int, allWasSent: Bool) -> NotTaken {
        switch result {
        case CURLE_USE_SSL_FAILED: return .wrongServer("it offers no TLS")
        case CURLE_PEER_FAILED_VERIFICATION: return .wrongServer("its certificate isn't one for \(server.host) that this machine believes")
        case CURLE_SSL_CACERT_BADFILE: return .wrongServer("the file of certificates can't be read")
        case CURLE_LOGIN_DENIED where code >= 500: return .wrongServer("it refuses the account")
        default: break
        }
        let isOfThisMail = allWasSent || result == CURLE_SEND_ERROR && !isSenderRefused
        switch code {
        case 500...599: return isOfThisMail ? .never(code) : .wrongServer("it takes no mail from \(isSenderRefused ? "this sender" : "us")")
        case 400...499: return isOfThisMail ? .thisLater(code) : .later(code)
        default: return allWasSent && code == 354 ? .unknown : .later(0)
        }
    }

    /// What is said to the command before the recipient's concerns every mail. libcurl tells the two apart by its words alone.
    private var isSenderRefused: Bool { String(cString: said).hasPrefix("MAIL failed") }
}
