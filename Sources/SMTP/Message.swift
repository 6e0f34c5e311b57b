// A mail of one text as bytes: headers, encodings and line ends by GMime (RFC 5322, 2045, 2047).

import CGMime
import Glibc

/// Who a mail comes from.
public struct Sender: Sendable, Equatable {
    public let name, address: String
    public init(name: String, address: String) { (self.name, self.address) = (name, address) }
}

public struct Message: Sendable {
    public let from: Sender
    public let to, subject, text: String
    /// What stands before the `@` of the Message-ID. The same message sent again has the same, so that a receiver sees it once.
    public let id: String
    /// The date in its head: seconds since 1970, UTC.
    public let seconds: Int64

    public init(from: Sender, to: String, subject: String, text: String, id: String, seconds: Int64) {
        (self.from, self.to, self.subject, self.text, self.id, self.seconds) = (from, to, subject, text, id, seconds)
    }

    /// The message as it crosses the wire, in ASCII with CRLF.
    var bytes: [UInt8] {
        _ = Self.started
        var letter = vo_letter()
        let domain = String(
            from.address[(from.address.lastIndex(of: "@").map { from.address.index(after: $0) } ?? from.address.startIndex)...])
        return from.name.withCString { name in
            from.address.withCString { sender in
                to.withCString { recipient in
                    subject.withCString { subject in
                        text.withCString { text in
                            "\(id)@\(domain)".withCString { id in
                                (letter.sender_name, letter.sender_address, letter.recipient) = (name, sender, recipient)
                                (letter.subject, letter.text, letter.message_id, letter.seconds) = (subject, text, id, seconds)
                                var length = 0
                                let bytes = vo_mime_text(&letter, &length)
                                defer { free(bytes) }
                                return Array(UnsafeRawBufferPointer(start: bytes, count: length))
                            }
                        }
                    }
                }
            }
        }
    }

    /// GMime is started once, before its first use.
    private static let started: Void = g_mime_init()
}

/// Whether a text can stand between the angle brackets of `RCPT TO`: one `@` with something on both sides, nothing that ends the
/// line or the path. What the receiving server thinks of it, it says itself.
func isPath(_ address: String) -> Bool {
    let bytes = address.utf8
    guard bytes.count <= 254, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }) else {
        return false
    }
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return at != bytes.startIndex && bytes.index(after: at) != bytes.endIndex
}
