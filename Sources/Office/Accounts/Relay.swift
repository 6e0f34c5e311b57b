// Whether the mail server refuses everybody. One letter that comes back may be anybody's slip; many in a row, to different people, with none
// taken in between, are a fault of the server, or of what it lets this house send.

import Store
import Synchronization
import Vault

/// When the mail server took a letter last, as far as this process knows; at first, when it began.
final class LastTaken: Sendable {
    private let moment: Mutex<Instant>
    init(_ began: Instant) { moment = Mutex(began) }
    var at: Instant { moment.withLock { $0 } }
    func note(at now: Instant) { moment.withLock { $0 = max($0, now) } }
}

extension Environment {
    /// To so many people in a row.
    public static let refusedInARow = 5

    /// Those of the last day that came back since the server took one.
    func refusesEverybody(at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        let people = try rows.all(Self.refusals(since: max(lastTaken.at, now - .seconds(86_400)))) { $0.integerOrNil(0) }
        return Set(people).count >= Self.refusedInARow
    }

    /// Whom they were for, by the lines of their letters. Anybody may ask for the status, so it looks at no more than some.
    static func refusals(since then: Instant) -> SQL {
        let (refused, late) = (Hindrance.refused.sentence(carrier(of: mailJob)), Hindrance.late.sentence(carrier(of: mailJob)))
        return """
            SELECT line FROM job WHERE failed > \(then) AND kind = \(mailJob) AND turned_down = 1 AND reason IN (\(refused), \(late))
                ORDER BY failed DESC LIMIT 40
            """
    }
}
