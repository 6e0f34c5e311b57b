// The mail server beside the test, with what it took.
import Foundation
import SMTP

final class Post {
    private let outsider: Outsider

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

    init(_ options: String...) throws { outsider = try Outsider("smtpd.py", options) }

    func server(_ security: MailServer.Security = .none, account: MailServer.Account? = nil, authority: String? = nil) -> MailServer {
        var server = MailServer(host: "localhost", port: outsider.port, security: security, account: account, authority: authority)
        (server.reachSeconds, server.mailSeconds) = (2, 4)
        return server
    }

    /// The next mail that it took; waits for it.
    func next() throws -> Mail { try outsider.next() }
}
