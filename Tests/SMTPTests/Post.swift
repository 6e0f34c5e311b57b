// A real mail server beside the test, and a certificate that it may show.
import Foundation
import SMTP

/// `smtpd.py`, with what it took.
final class Post {
    private(set) var port: UInt16 = 0
    private let process = Process()
    private let lines: FileHandle
    private var rest = Data()

    struct Mail: Decodable {
        let from: String, to: [String], account: String?, tls: Bool, text: String

        /// A header with its folded lines joined.
        func header(_ name: String) -> String? {
            let head = text.components(separatedBy: "\r\n\r\n")[0].replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(
                of: "\r\n\t", with: " ")
            return head.components(separatedBy: "\r\n").first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        var body: String { text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n") }
    }

    init(_ options: String...) throws {
        let input = Pipe(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [URL(filePath: #filePath).deletingLastPathComponent().appending(path: "smtpd.py").path] + options
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        lines = output.fileHandleForReading
        try process.run()
        guard let line = nextLine(), let port = UInt16(line) else { throw NoServer() }
        self.port = port
    }
    struct NoServer: Error {}

    deinit { process.terminate() }

    func server(_ security: MailServer.Security = .none, account: MailServer.Account? = nil, authority: String? = nil) -> MailServer {
        var server = MailServer(host: "localhost", port: port, security: security, account: account, authority: authority)
        (server.reachSeconds, server.mailSeconds) = (2, 4)
        return server
    }

    /// The next mail that it took; waits for it.
    func next() throws -> Mail {
        guard let line = nextLine() else { throw NoServer() }
        return try JSONDecoder().decode(Mail.self, from: Data(line.utf8))
    }

    private func nextLine() -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                defer { rest = Data(rest[rest.index(after: end)...]) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            let more = lines.availableData
            guard !more.isEmpty else { return nil }
            rest += more
        }
    }
}

/// A certificate for `localhost` that signs itself, made once for all tests.
enum Certificate {
    static let folder = FileManager.default.temporaryDirectory.appending(path: "voffice-certificate-\(UUID().uuidString)")
    static let made: (certificate: String, key: String) = {
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (certificate, key) = (folder.appending(path: "certificate.pem").path, folder.appending(path: "key.pem").path)
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try! openssl.run()
        openssl.waitUntilExit()
        return (certificate, key)
    }()
}
