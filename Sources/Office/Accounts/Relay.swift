// Whether the mail server refuses everybody. One letter that comes back may be anybody's slip; many in a row, to different people, with none
// taken in between, are a fault of the server, or of what it lets this house send.

public import Store
import Synchronization
public import Vault

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
        // Another process may have been the one that brought it.
        try Self.refused(since: max(lastTaken.at, Self.takenLast(before: now, in: rows)), in: rows) >= Self.refusedInARow
    }

    /// What the doctor finds of the mail server, whether the house is open or not.
    public static func findingsOfMail(in database: Database, at now: Instant) throws(StoreFault) -> [Finding] {
        let refused = try Still(database).read { (rows) throws(StoreFault) in
            try Self.refused(since: Self.takenLast(before: now, in: rows), in: rows)
        }
        guard refused >= refusedInARow else { return [] }
        return [Finding(.mailRefused, "the last letters, to \(refused) different people within a day, and none was taken in between")]
    }

    /// The mail server took a letter. After some that it refused it is written down, for whoever looks without this process.
    func noteTaken() async {
        let now = clock.now()
        lastTaken.note(at: now)
        do throws(Refusal) {
            let wasRefused = try store.read { (rows) throws(Refusal) in
                try Self.refused(since: Self.takenLast(before: now, in: rows), in: rows) > 0
            }
            guard wasRefused else { return }
            try await store.write { (rows) throws(Refusal) in
                try rows.run("INSERT INTO mail_taken (id, at) VALUES (1, \(now)) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
                return
            }
        } catch {
            // The letter is gone all the same; the next one says it.
        }
    }

    /// As it was written down; a day ago at the most.
    private static func takenLast<Failure: StoreFailure>(
        before now: Instant, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> Instant {
        let yesterday = now - .seconds(86_400)
        return max(try rows.first("SELECT at FROM mail_taken") { $0.instant(0) } ?? yesterday, yesterday)
    }

    /// To how many different people letters came back; more than some aren't counted.
    private static func refused<Failure: StoreFailure>(
        since then: Instant, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> Int { Set(try rows.all(refusals(since: then)) { $0.identityOrNil(0) }).count }

    /// Whom they were for, by the lines of their letters. Anybody may ask for the status, so it looks at no more than some.
    static func refusals(since then: Instant) -> SQL {
        let (refused, late) = (Hindrance.refused.sentence(carrier(of: mailJob)), Hindrance.late.sentence(carrier(of: mailJob)))
        return """
            SELECT line FROM job WHERE failed > \(then) AND kind = \(mailJob) AND turned_down = 1 AND reason IN (\(refused), \(late))
                ORDER BY failed DESC LIMIT 40
            """
    }
}
