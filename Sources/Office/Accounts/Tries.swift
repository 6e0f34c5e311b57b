// How often something was tried lately: a password with an address, a code for an account, an account with an address, a form from a network.
// The counts are rows, so that all servers before one database count together, and a server that starts again goes on counting (decision 046).
//
// Whom a row is about it doesn't say: it lies under a mark, a keyed hash under a key of the house and a salt of the day. Rows go after a day,
// and so does a salt when the day after its own is over; from then on nobody can try whose a mark may have been.

import Crypto
import Policy
import Store
import Synchronization
import Vault

/// How many tries are let through.
enum Limit: Sendable {
    /// With fewer than so many tries within a day, so many in so many seconds; the first step that fits counts.
    case slower([(fewerThan: Int, tries: Int, seconds: Int64)])
    /// So many at once, and then as many again, evenly, in so many seconds.
    case evenly(tries: Int, seconds: Int64)

    /// Where the clock went back, what was tried later than now keeps nobody out.
    /// - Parameter before: when it was tried, the oldest first; of `evenly`, until when what was tried is paid for.
    /// - Returns: after how many seconds there is another try; nil: now.
    func wait(_ before: [Instant], at now: Instant) -> Int? {
        switch self {
        case .slower(let steps):
            let day = lately(before, at: now)
            guard let step = steps.first(where: { day.count < $0.fewerThan }) ?? steps.last else { return nil }
            let within = day.filter { $0 > now - .seconds(step.seconds) }
            guard within.count >= step.tries else { return nil }
            return Int((within[within.count - step.tries] + .seconds(step.seconds)).seconds - now.seconds) + 1
        case .evenly(_, let seconds):
            let over = paid(before, at: now) - (now + .seconds(seconds))
            return over > .zero ? Int(over.components.seconds) + 1 : nil
        }
    }

    /// What is remembered once it was tried at this moment.
    func remembered(_ before: [Instant], at now: Instant) -> [Instant] {
        switch self {
        // More than a hundred in a day are as slow as a hundred.
        case .slower: lately(before, at: now).suffix(110) + [now]
        case .evenly: [paid(before, at: now)]
        }
    }

    /// Servers' clocks may differ by so much.
    private static let off = Swift.Duration.seconds(60)

    private func lately(_ before: [Instant], at now: Instant) -> [Instant] {
        before.filter { $0 > now - .seconds(86_400) && $0 <= now + Self.off }
    }

    private func paid(_ before: [Instant], at now: Instant) -> Instant {
        guard case .evenly(let tries, let seconds) = self else { return now }
        let latest = before.filter { $0 <= now + .seconds(seconds) + Self.off }.max() ?? now
        return max(latest, now) + .microseconds(max(seconds * 1_000_000 / Int64(max(tries, 1)), 1))
    }
}

/// What is tried, as its rows are found.
struct Tried: Sendable {
    let mark: [UInt8]
    /// Under the salt of yesterday; the same as `mark` where there was none.
    let former: [UInt8]
    fileprivate let limit: Limit

    /// Counts a try of all of these, unless one of them has had its tries: then none is counted, and there is another one after so many
    /// seconds. Within the transaction of what is tried, where it has one.
    static func count(_ tried: [Tried], at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Int? {
        var counts: [[Instant]] = []
        for one in tried {
            let before = try rows.all("SELECT mark, moments FROM tried WHERE mark IN (\(one.mark), \(one.former))") {
                (isNew: $0.blob(0) == one.mark, moments: Moments.read($0.blob(1)))
            }
            let new = before.first { $0.isNew }?.moments ?? [], old = before.first { !$0.isNew }?.moments ?? []
            if let seconds = one.limit.wait(old + new, at: now) { return seconds }
            if case .evenly = one.limit { counts.append(old + new) } else { counts.append(new) }
        }
        for (one, before) in zip(tried, counts) { try one.put(one.limit.remembered(before, at: now), at: now, in: rows) }
        return nil
    }

    /// It was right: the try of this moment doesn't count.
    func forgive(_ moment: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let found = try rows.first("SELECT moments FROM tried WHERE mark = \(mark)") { Moments.read($0.blob(0)) }
        guard var left = found, let place = left.lastIndex(of: moment) else { return }
        left.remove(at: place)
        if let newest = left.last { try put(left, at: newest, in: rows) } else { try rows.run("DELETE FROM tried WHERE mark = \(mark)") }
    }

    private func put(_ moments: [Instant], at newest: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run(
            """
            INSERT INTO tried (mark, moments, at) VALUES (\(mark), \(Moments.written(moments)), \(newest))
                ON CONFLICT (mark) DO UPDATE SET moments = excluded.moments, at = excluded.at
            """)
    }
}

/// Moments in a row, eight bytes each.
private enum Moments {
    static func written(_ moments: [Instant]) -> [UInt8] {
        moments.flatMap { moment in (0..<8).map { UInt8(truncatingIfNeeded: moment.microseconds >> (56 - 8 * $0)) } }
    }

    static func read(_ bytes: [UInt8]) -> [Instant] {
        let numbers = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<start + 8].reduce(0 as Int64) { $0 << 8 | Int64($1) }
        }
        return numbers.filter(Row.counted.contains).map(Instant.init(microseconds:))
    }
}

/// What things to be tried are marked by on one day.
struct Marking: Sendable {
    fileprivate let vault: Vault, salt: [UInt8], former: [UInt8]

    func tried(_ kind: String, _ what: [UInt8], _ limit: Limit) -> Tried {
        Tried(mark: vault.mark(of: what, as: kind, salt: salt), former: vault.mark(of: what, as: kind, salt: former), limit: limit)
    }
}

/// The salts that this process knows, by their days.
final class Salts: Sendable { fileprivate let known = Mutex<[Int64: [UInt8]]>([:]) }

extension Environment {
    /// With the salt of this day, which whoever comes first makes, and that of the day before.
    func marking(at now: Instant) async throws(Refusal) -> Marking {
        let today = Int64(Day(of: now).number)
        if let known = salts.known.withLock({ $0[today] != nil ? $0 : nil }) { return marking(today, known) }
        let fresh = randomness.bytes(32)
        let found = try await store.write { (rows) throws(Refusal) in
            try rows.run("INSERT INTO tried_salt (day, salt) VALUES (\(today), \(fresh)) ON CONFLICT DO NOTHING")
            return try rows.all("SELECT day, salt FROM tried_salt WHERE day IN (\(today - 1), \(today))") { ($0.integer(0), $0.blob(1)) }
        }
        let known = Dictionary(found) { $1 }
        salts.known.withLock { $0 = known }
        return marking(today, known)
    }

    private func marking(_ today: Int64, _ known: [Int64: [UInt8]]) -> Marking {
        let salt = known[today] ?? []
        return Marking(vault: vault, salt: salt, former: known[today - 1] ?? salt)
    }

    /// Where several servers share the database: a form from this network, of so many in ten minutes on all of them. nil: go on, else after so
    /// many seconds. A house of one server counts in that one (`HTTP/Throttle.swift`).
    public func wait(ofNetwork network: [UInt8], tries: Int) async throws(NotDone) -> Int? {
        guard store.isShared else { return nil }
        return try await attempt { () async throws(Refusal) in
            let now = clock.now()
            let tried = try await marking(at: now).tried("network", network, .evenly(tries: tries, seconds: 600))
            return try await store.write { (rows) throws(Refusal) in try Tried.count([tried], at: now, in: rows) }
        }
    }

    func sweepTries(at now: Instant) async throws(Refusal) {
        let today = Int64(Day(of: now).number)
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM tried WHERE at < \(now - .seconds(86_400)) OR at > \(now + .seconds(86_400))")
            try rows.run("DELETE FROM tried_salt WHERE day < \(today - 1) OR day > \(today + 1)")
            return
        }
    }

    static let triedRows: (name: StaticString, statements: [SQL]) = (
        "what was tried lately, under marks",
        [
            "CREATE TABLE tried (mark BLOB NOT NULL PRIMARY KEY, moments BLOB NOT NULL, at INTEGER NOT NULL) STRICT",
            "CREATE INDEX tried_at ON tried (at)",
            "CREATE TABLE tried_salt (day INTEGER NOT NULL PRIMARY KEY, salt BLOB NOT NULL) STRICT",
        ]
    )
}
