// The carrier of a development directory: keeps the last mails in memory, and nowhere else.

public import Store
import Synchronization

/// A mail that it took.
public struct CarriedMail: Sendable {
    public let at: Instant
    public let to, subject, text: String
}

public final class DevelopmentOutbox: Carrier {
    private let clock: any Clock
    private let kept = Mutex<[CarriedMail]>([])

    public init(clock: any Clock) { self.clock = clock }

    public func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        let mail = CarriedMail(at: clock.now(), to: address, subject: letter.subject, text: letter.text)
        kept.withLock { mails in
            mails.insert(mail, at: 0)
            if mails.count > 200 { mails.removeLast() }
        }
    }

    var mails: [CarriedMail] { kept.withLock { $0 } }
}
