// The carrier of a house in production: hands mails to the mail server that settings name.

import Crypto
import Dispatch
public import SMTP
public import Store
import Synchronization

/// Speaks to the server on a few lines of its own, so that no thread of the house waits for it.
public final class MailServerCarrier: Carrier {
    private let sender: Sender
    private let clock: any Clock
    private let lines: [Line]
    private let next = Atomic(0)

    /// - Parameter lines: how many conversations at once.
    public init(_ server: MailServer, from sender: Sender, clock: any Clock, lines: Int = 2) {
        (self.sender, self.clock) = (sender, clock)
        self.lines = (0..<lines).map { Line($0, to: server) }
    }

    public func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        let id = String(Hex.encode(SHA256.hash(Array("voffice/mail/1 \(key.value)".utf8)).bytes).prefix(32))
        let message = Message(
            from: sender, to: address, subject: letter.subject, text: letter.text, id: id, seconds: clock.now().seconds)
        let line = lines[next.wrappingAdd(1, ordering: .relaxed).oldValue % lines.count]
        do throws(NotTaken) { try await line.send(message).get() } catch {
            switch error {
            case .later: throw .later(after: 60)
            case .never(let code): throw .never(code == 0 ? "it isn't an address" : "the mail server answered \(code)")
            case .unknown: throw .outcomeUnknown
            // A matter for the operator; the mail waits until it is settled.
            case .wrongServer: throw .later(after: 300)
            }
        }
    }
}

/// A thread's worth of waiting, with its conversation.
private final class Line: Sendable {
    private let queue: DispatchQueue
    private let conversation: Mutex<Conversation>

    init(_ number: Int, to server: MailServer) {
        queue = DispatchQueue(label: "mail \(number)")
        conversation = Mutex(Conversation(with: server))
    }

    func send(_ message: Message) async -> Result<Void, NotTaken> {
        await withCheckedContinuation { continuation in
            queue.async {
                let result = self.conversation.withLock { conversation in
                    do throws(NotTaken) { try conversation.send(message); return Result<Void, NotTaken>.success(()) } catch {
                        return .failure(error)
                    }
                }
                continuation.resume(returning: result)
            }
        }
    }
}
