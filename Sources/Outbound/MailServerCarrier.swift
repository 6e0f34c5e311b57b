// The carrier of a house in production: hands mails to the mail server that settings name.

import Crypto
public import SMTP
public import Store

/// Speaks to the server on a few lines of its own, so that no thread of the house waits for it.
public final class MailServerCarrier: Carrier {
    private let sender: Sender
    private let clock: any Clock
    private let lines: Lines<Conversation>

    /// - Parameter lines: how many conversations at once.
    public init(_ server: MailServer, from sender: Sender, clock: any Clock, lines: Int = 2) {
        (self.sender, self.clock) = (sender, clock)
        self.lines = Lines((0..<lines).map { Line("mail \($0)", Conversation(with: server)) })
    }

    public func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        let id = String(Hex.encode(SHA256.hash(Array("voffice/mail/1 \(key.value)".utf8)).bytes).prefix(32))
        let message = Message(
            from: sender, to: address, subject: letter.subject, text: letter.text, id: id, seconds: clock.now().seconds)
        do throws(NotTaken) { try await lines.run { (conversation) throws(NotTaken) in try conversation.send(message) } } catch {
            switch error {
            case .later: throw .later(after: 60)
            case .thisLater: throw .thisLater(after: 60)
            case .never(let code): throw .never(code == 0 ? "it isn't an address" : "the mail server answered \(code)")
            case .unknown: throw .outcomeUnknown
            // A matter for the operator; the mail waits until it is settled.
            case .wrongServer: throw .later(after: 300)
            }
        }
    }
}
