// The carrier of a development directory: keeps the last mails in memory, and nowhere else.

public import Store
import Vault
import Synchronization

/// A mail that it took.
public struct CarriedMail: Sendable {
    public let at: Instant
    public let to, subject, text: String
}

public final class DevelopmentOutbox: Carrier {
    private let clock: any Clock
    private let kept = Mutex<[Kept]>([])
    private struct Kept {
        let mail: CarriedMail, key: String
        var subject: Subject?
    }

    /// So many mails are kept, and so many of them with the same subject line.
    static let most = 200, mostAlike = 50

    /// At these addresses nobody is: a mail to them comes back.
    private let nobodys: Set<String>

    public init(clock: any Clock, nobodys: Set<String> = []) { (self.clock, self.nobodys) = (clock, nobodys) }

    public func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        guard !nobodys.contains(address) else { throw .never("no such mailbox") }
        let mail = CarriedMail(at: clock.now(), to: address, subject: letter.subject, text: letter.text)
        kept.withLock { mails in
            mails.insert(Kept(mail: mail, key: key.value, subject: nil), at: 0)
            // A notice to everybody doesn't push out the codes that somebody waits for.
            let alike = mails.indices.filter { mails[$0].mail.subject == mail.subject }
            if alike.count > Self.mostAlike { mails.remove(at: alike[Self.mostAlike]) }
            if mails.count > Self.most { mails.removeLast() }
        }
    }

    var mails: [CarriedMail] { kept.withLock { $0.map(\.mail) } }

    /// Whose mail it was that was carried under this key.
    func note(_ subject: Subject, once key: IdempotencyKey) {
        kept.withLock { mails in
            for index in mails.indices where mails[index].key == key.value { mails[index].subject = subject }
        }
    }

    func forget(_ subject: Subject) { kept.withLock { mails in mails.removeAll { $0.subject == subject } } }
}
