// Work that outlives a request: written beside the rows that it belongs to, claimed for a while, tried again with growing pauses, and
// visible when it failed for good.
//
// Jobs lie in buckets, and are claimed within one: PostgreSQL, spread over machines, can't look for the next of all of them. Those of one line
// (all that goes to the same person) lie in one bucket, and none of them is begun while another is in hand.

import Synchronization

/// A job in the hands of a worker.
public struct Job: Sendable {
    public let kind: String, key: IdempotencyKey, payload: [UInt8]
    /// How often it was begun, this time counted.
    public let attempts: Int
    /// The last time, whoever it goes to didn't take it.
    public let isTurnedDown: Bool
    let bucket: Int64
}

/// A job that nobody tries again by itself.
public struct FailedJob: Sendable, Equatable {
    public let kind: String, key: IdempotencyKey
    public let attempts: Int, at: Instant
    /// For the operator; says nothing of a person.
    public let reason: String
    /// Whoever it was for didn't take it; nothing here is at fault.
    public let isTurnedDown: Bool
}

/// Why a job isn't done.
public enum JobFault: Error, Sendable {
    /// Trying again may help, not before so many seconds.
    case later(after: Int, String)
    case never(String)
    /// Whoever it goes to doesn't take it, and all else goes on: nobody here has to mend that. Trying again may help, not before so many
    /// seconds; nil: never.
    case turnedDown(after: Int?, String)
}

/// Carries out the jobs of one kind. It may be called again for one that it has done: a crash comes between its end and the note of it.
public typealias Hand = @Sendable (Job) async throws(JobFault) -> Void

extension Transaction {
    /// Puts a job beside these rows: both are there, or neither. The same key once, as long as the job isn't done.
    public borrowing func enqueue(_ kind: String, once key: IdempotencyKey, _ payload: [UInt8], due: Instant) throws(Failure) {
        try run(
            """
            INSERT INTO job (bucket, key, kind, payload, due, line)
                VALUES (\(key.bucket), \(key.value), \(kind), \(payload), \(due), \(key.line)) ON CONFLICT DO NOTHING
            """)
    }

    /// Takes a job back that nobody has begun; one that is under way ends by itself.
    public borrowing func takeBack(_ key: IdempotencyKey) throws(Failure) {
        try run("DELETE FROM job WHERE bucket = \(key.bucket) AND key = \(key.value) AND attempts = 0")
    }
}

extension Store {
    /// Nobody holds a job longer: who is slower is taken for dead.
    static let lease = Duration.seconds(120)
    static let mostAttempts = 8
    /// So many in all are carried out at once, however many passes are under way.
    static let mostInHand = 32

    /// Carries out what is due, one after the other in a bucket, the buckets side by side, and returns when nothing of it is left to begin and what
    /// it began has ended. Another pass may begin meanwhile: it takes up what this one hasn't in hand. Gives those that failed for good just now.
    @discardableResult
    public func work(_ hands: [String: Hand]) async throws(StoreFault) -> [FailedJob] {
        let now = clock.now()
        let buckets = try read { (rows) throws(StoreFault) in
            try rows.all("SELECT DISTINCT bucket FROM job WHERE failed IS NULL AND due <= \(now)") { $0.integer(0) }
        }
        let outcomes = await withTaskGroup(of: Result<[FailedJob], StoreFault>.self) { group in
            for bucket in buckets { group.addTask { await self.work(in: bucket, hands) } }
            return await group.reduce(into: [Result<[FailedJob], StoreFault>]()) { $0.append($1) }
        }
        var failed: [FailedJob] = []
        for outcome in outcomes { failed += try outcome.get() }
        return failed
    }

    /// Whether a job is there of which no attempt has ended yet.
    public func isUntried(_ key: IdempotencyKey) throws(StoreFault) -> Bool {
        try read { (rows) throws(StoreFault) in
            try rows.exists("SELECT 1 FROM job WHERE bucket = \(key.bucket) AND key = \(key.value) AND reason IS NULL")
        }
    }

    /// Those that wait for somebody to look at them, the newest first.
    public func failedJobs() throws(StoreFault) -> [FailedJob] {
        try read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT kind, key, attempts, failed, reason, turned_down FROM job WHERE failed IS NOT NULL ORDER BY failed DESC LIMIT 500
                """
            ) {
                FailedJob(
                    kind: $0.text(0), key: IdempotencyKey($0.text(1)), attempts: Int($0.integer(2)), at: $0.instant(3), reason: $0.text(4),
                    isTurnedDown: $0.bool(5))
            }
        }
    }

    /// Keys of writes and failed jobs of before are forgotten.
    public func forgetWork(before then: Instant) async throws(StoreFault) {
        try await write { (rows) throws(StoreFault) in
            try rows.run("DELETE FROM idempotency WHERE at < \(then)")
            try rows.run("DELETE FROM job WHERE failed < \(then)")
            return
        }
    }

    private func work(in bucket: Int64, _ hands: [String: Hand]) async -> Result<[FailedJob], StoreFault> {
        var failed: [FailedJob] = []
        do throws(StoreFault) {
            while inHand.take(atMost: Self.mostInHand) {
                defer { inHand.giveBack() }
                guard let job = try await claim(in: bucket) else { break }
                let fault: JobFault?
                do throws(JobFault) {
                    guard let hand = hands[job.kind] else { throw .never("nobody knows how to do “\(job.kind)”") }
                    try await hand(job)
                    fault = nil
                } catch { fault = error }
                if let lost = try await end(job, fault) { failed.append(lost) }
            }
            return .success(failed)
        } catch { return .failure(error) }
    }

    /// The next that is due and whose line nobody has in hand, held until the lease is over.
    func claim(in bucket: Int64) async throws(StoreFault) -> Job? {
        let now = clock.now(), until = now + Self.lease
        return try await write { (rows) throws(StoreFault) -> Job? in
            try rows.first(
                """
                UPDATE job SET due = \(until), held = \(until), attempts = attempts + 1
                    WHERE bucket = \(bucket) AND key =
                        (SELECT j.key FROM job j WHERE j.bucket = \(bucket) AND j.failed IS NULL AND j.due <= \(now) AND NOT EXISTS
                            (SELECT 1 FROM job o WHERE o.bucket = j.bucket AND o.line = j.line AND o.held > \(now))
                            ORDER BY j.due, j.key LIMIT 1)
                    RETURNING kind, key, payload, attempts, line, turned_down
                """
            ) { row in
                Job(
                    kind: row.text(0), key: IdempotencyKey(row.text(1), line: row.identityOrNil(4)), payload: row.blob(2),
                    attempts: Int(row.integer(3)), isTurnedDown: row.bool(5), bucket: bucket)
            }
        }
    }

    /// Done, or due again later, or failed. Whoever comes back after the lease and finds that another has begun it changes nothing.
    private func end(_ job: Job, _ fault: JobFault?) async throws(StoreFault) -> FailedJob? {
        let now = clock.now()
        let mine: SQL = "bucket = \(job.bucket) AND key = \(job.key.value) AND attempts = \(job.attempts)"
        return try await write { (rows) throws(StoreFault) -> FailedJob? in
            guard let fault else {
                try rows.run("DELETE FROM job WHERE \(mine)")
                return nil
            }
            let said: SQL = "held = NULL, reason = \(fault.reason), turned_down = \(fault.isTurnedDown)"
            if let seconds = fault.seconds, job.attempts < Self.mostAttempts {
                let pause = max(seconds, Self.pause(after: job.attempts))
                try rows.run("UPDATE job SET due = \(now + .seconds(pause)), \(said) WHERE \(mine)")
                return nil
            }
            // What it carried isn't kept for nothing.
            guard try rows.run("UPDATE job SET failed = \(now), payload = \([UInt8]()), \(said) WHERE \(mine)") == 1 else { return nil }
            return FailedJob(
                kind: job.kind, key: job.key, attempts: job.attempts, at: now, reason: fault.reason, isTurnedDown: fault.isTurnedDown)
        }
    }

    /// 15 seconds, twice as long each time, an hour at most.
    static func pause(after attempts: Int) -> Int { min(3_600, 15 << min(attempts - 1, 8)) }
}

extension JobFault {
    fileprivate var reason: String {
        switch self {
        case .later(_, let reason), .never(let reason), .turnedDown(_, let reason): reason
        }
    }
    fileprivate var isTurnedDown: Bool { if case .turnedDown = self { true } else { false } }
    /// nil: trying again is for nothing.
    fileprivate var seconds: Int? {
        switch self {
        case .later(let seconds, _): seconds
        case .turnedDown(let seconds, _): seconds
        case .never: nil
        }
    }
}

extension IdempotencyKey {
    /// One of sixteen, the same for the same line, or without one for the same key, everywhere (FNV-1a).
    var bucket: Int64 {
        if let line { return Int64(line.magnitude % 16) }
        return Int64(value.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } % 16)
    }
}

/// How many jobs this process has in hand.
final class InHand: Sendable {
    private let count = Mutex(0)

    func take(atMost most: Int) -> Bool {
        count.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
    }

    func giveBack() { count.withLock { $0 -= 1 } }
}
