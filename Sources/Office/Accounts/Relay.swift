// Whether a carrier, the mail server or the telephone gateway, refuses everybody, and when it took something last. One letter that comes back may be
// anybody's slip; many in a row, to different people, with none taken in between, are a fault of the carrier, or of what it lets this house send.

public import Store
import Synchronization
public import Vault

/// When a carrier took a letter of a kind of jobs last, as far as this process knows.
final class LastTaken: Sendable {
    private let moments = Mutex<[String: Instant]>([:])
    /// When this process began.
    let began: Instant
    init(_ began: Instant) { self.began = began }
    func at(_ kind: String) -> Instant? { moments.withLock { $0[kind] } }
    func note(_ kind: String, at now: Instant) { moments.withLock { $0[kind] = max($0[kind] ?? now, now) } }
}

extension Environment {
    /// To so many people in a row.
    public static let refusedInARow = 5

    /// Those of the last day that came back since the carrier took one.
    func refusesEverybody(_ kind: String, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        try Self.refused(kind, since: max(lastTaken.began, taken(kind, before: now, in: rows)), in: rows) >= Self.refusedInARow
    }

    /// When each carrier took something last, by the kind of its jobs; a day ago where that isn't known.
    func taken(before now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [String: Instant] {
        [
            Self.mailJob: try taken(Self.mailJob, before: now, in: rows),
            Self.textJob: try taken(Self.textJob, before: now, in: rows),
        ]
    }

    private func taken(_ kind: String, before now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Instant {
        // Another process may have been the one that brought it.
        let known = try Self.takenLast(kind, before: now, in: rows)
        return max(lastTaken.at(kind) ?? known, known)
    }

    /// What the doctor finds of the mail server, whether the house is open or not.
    public static func findingsOfMail(in database: Database, at now: Instant) throws(StoreFault) -> [Finding] {
        let refused = try Still(database).read { (rows) throws(StoreFault) in
            try Self.refused(mailJob, since: Self.takenLast(mailJob, before: now, in: rows), in: rows)
        }
        guard refused >= refusedInARow else { return [] }
        return [Finding(.mailRefused, "the last letters, to \(refused) different people within a day, and none was taken in between")]
    }

    /// Its carrier took a letter of this kind. After some that it didn't it is written down, for whoever looks without this process.
    func noteTaken(_ kind: String) async {
        let now = clock.now(), place = Self.place(of: kind)
        lastTaken.note(kind, at: now)
        do throws(Refusal) {
            let wasKept = try store.read { (rows) throws(Refusal) in
                let last = try Self.takenLast(kind, before: now, in: rows)
                if try rows.exists("SELECT 1 FROM job WHERE kind = \(kind) AND failed IS NULL AND reason IS NOT NULL") { return true }
                return try rows.exists("SELECT 1 FROM job WHERE failed > \(last) AND kind = \(kind)")
            }
            guard wasKept else { return }
            try await store.write { (rows) throws(Refusal) in
                try rows.run("INSERT INTO mail_taken (id, at) VALUES (\(place), \(now)) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
                return
            }
        } catch {
            // The letter is gone all the same; the next one says it.
        }
    }

    /// Under which it is written down.
    private static func place(of kind: String) -> Int64 { kind == textJob ? 2 : 1 }

    /// As it was written down; a day ago at the most.
    private static func takenLast<Failure: StoreFailure>(
        _ kind: String, before now: Instant, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> Instant {
        let yesterday = now - .seconds(86_400)
        return max(try rows.first("SELECT at FROM mail_taken WHERE id = \(place(of: kind))") { $0.instant(0) } ?? yesterday, yesterday)
    }

    /// To how many different people letters came back; more than some aren't counted.
    private static func refused<Failure: StoreFailure>(
        _ kind: String, since then: Instant, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> Int { Set(try rows.all(refusals(of: kind, since: then)) { $0.identityOrNil(0) }).count }

    /// Whom they were for, by the lines of their letters. Anybody may ask for the status, so it looks at no more than some.
    static func refusals(of kind: String, since then: Instant) -> SQL {
        let (refused, late) = (Hindrance.refused.sentence(carrier(of: kind)), Hindrance.late.sentence(carrier(of: kind)))
        return """
            SELECT line FROM job WHERE failed > \(then) AND kind = \(kind) AND turned_down = 1 AND reason IN (\(refused), \(late))
                ORDER BY failed DESC LIMIT 40
            """
    }
}
