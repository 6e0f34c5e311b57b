// Who places leaves in the log, where several servers share a database: one at a time, by a row with a fencing number (decision 042).
//
// Nobody's clock is compared with another's. Who places says each second in the row that it is there; who waits takes over when the row has
// stood still for so long by its own clock. Whoever was slow rather than dead is refused by the number, in the data and by the keys.

import Store
import Synchronization

/// The one row about it, in the data.
enum Placing {
    static let step: (name: StaticString, statements: [SQL]) = (
        "who places leaves in the log",
        [
            """
            CREATE TABLE log_placing (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), fence INTEGER NOT NULL, beat INTEGER NOT NULL,
                free INTEGER NOT NULL, size INTEGER NOT NULL) STRICT
            """,
            "INSERT INTO log_placing (one, fence, beat, free, size) SELECT 1, 0, 0, 1, coalesce(max(size), 0) FROM log_checkpoint",
        ]
    )

    struct Standing: Equatable, Sendable {
        /// Of whoever took it last; it only grows.
        let fence: Int64
        /// Changes with each sign of life.
        let beat: Int64
        /// Whoever held it has given it back.
        let isFree: Bool
    }

    static func standing(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Standing {
        let row = try rows.first("SELECT fence, beat, free FROM log_placing") {
            Standing(fence: $0.integer(0), beat: $0.integer(1), isFree: $0.bool(2))
        }
        guard let row else { throw .logHalted(.placingGone) }
        return row
    }

    /// Takes it from whoever stood so; false: they aren't as they were.
    static func take(from former: Standing, as fence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        try rows.run(
            """
            UPDATE log_placing SET fence = \(fence), beat = beat + 1, free = 0
                WHERE one = 1 AND fence = \(former.fence) AND beat = \(former.beat)
            """) == 1
    }

    /// A sign of life; false: somebody else has taken over.
    static func beat(_ fence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        try rows.run("UPDATE log_placing SET beat = beat + 1 WHERE one = 1 AND fence = \(fence)") == 1
    }

    /// In the transaction that places leaves: the tree grows from this size to that one, by whoever holds the number, and by nobody else.
    /// - Throws: `outdated` where somebody else has taken over.
    static func grow(from size: Int, to newSize: Int, by fence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let isDone = try rows.run(
            "UPDATE log_placing SET size = \(newSize), beat = beat + 1 WHERE one = 1 AND fence = \(fence) AND size = \(size)")
        guard isDone != 1 else { return }
        throw .outdated
    }

    /// Given back by whoever holds the number.
    static func free(_ fence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("UPDATE log_placing SET free = 1 WHERE one = 1 AND fence = \(fence)")
    }
}

/// What one house knows of it.
final class Lease: Sendable {
    /// So long the row has to stand still before another takes over. With half a second from one look to the next, within three seconds.
    static let patience = Duration.milliseconds(1_500)
    private static let beats = Duration.milliseconds(400)

    private struct State {
        var held: Int64?
        var lastBeat: Instant?
        var seen: (standing: Placing.Standing, since: Instant)?
        var gone: Placing.Standing?
    }
    private let state = Mutex(State())

    /// The number under which this house places; nil: it doesn't, as far as it knows.
    var held: Int64? { state.withLock { $0.held } }

    /// Whether it is time to say again that we are there; also where the clock was put back.
    func isBeatDue(at now: Instant) -> Bool {
        state.withLock { state in state.lastBeat.map { now < $0 || now >= $0 + Self.beats } ?? true }
    }

    func hold(_ fence: Int64, at now: Instant) { state.withLock { ($0.held, $0.lastBeat, $0.seen) = (fence, now, nil) } }

    /// Somebody else has taken over, or it was given back.
    func lose() { state.withLock { ($0.held, $0.lastBeat, $0.seen) = (nil, nil, nil) } }

    /// Whoever stands so doesn't live any more.
    func know(gone standing: Placing.Standing) { state.withLock { $0.gone = standing } }

    /// Whether whoever stands so can be taken for gone.
    func isOver(_ standing: Placing.Standing, at now: Instant) -> Bool {
        state.withLock { state in
            if standing.isFree || standing == state.gone { return true }
            guard let seen = state.seen, seen.standing == standing, seen.since <= now else {
                state.seen = (standing, now)
                return false
            }
            return now >= seen.since + Self.patience
        }
    }
}

extension Vault {
    /// The number under which this house may place leaves now, taken where nobody holds it any more; nil: another server does that.
    func fence() async throws(Refusal) -> Int64? {
        let lease = head.lease, now = clock.now()
        if let held = lease.held {
            // A file has no other server that waits for a sign.
            guard store.isShared, lease.isBeatDue(at: now) else { return held }
            guard try await store.write({ (rows) throws(Refusal) in try Placing.beat(held, in: rows) }) else {
                lease.lose()
                return nil
            }
            lease.hold(held, at: now)
            return held
        }
        let former = try store.read { (rows) throws(Refusal) in try Placing.standing(in: rows) }
        guard lease.isOver(former, at: now) else { return nil }
        try refuseUnsoundLog()
        // Data that were put back may know less of it than the keys.
        let fence = max(former.fence, try keys.seenFence()) + 1
        guard try await store.write({ (rows) throws(Refusal) in try Placing.take(from: former, as: fence, in: rows) }) else { return nil }
        // Where the keys can't be written now, nobody needs to be waited for the next time.
        lease.know(gone: Placing.Standing(fence: fence, beat: former.beat + 1, isFree: false))
        // From here on the keys too refuse whoever placed before, unless somebody came after us already; and they know all that was signed.
        guard try await keys.see(fence: fence) else { return nil }
        try await catchUpWithLog()
        lease.hold(fence, at: now)
        return fence
    }

    /// At a start: a file is one process's alone, so that whoever held it there is gone.
    func expectLease() throws(Refusal) {
        guard !store.isShared else { return }
        // A row that is gone is told as soon as the log is to grow; the house opens.
        do throws(Refusal) {
            head.lease.know(gone: try store.read { (rows) throws(Refusal) in try Placing.standing(in: rows) })
        } catch { guard case .logHalted = error else { throw error } }
    }

    /// At the end: another server goes on at once. Where that can't be said, it waits for a moment.
    func giveBackLease() {
        guard store.isShared, let held = head.lease.held, store.writeFault == nil else { return }
        head.lease.lose()
        try? store.writeAndWait { (rows) throws(Refusal) in try Placing.free(held, in: rows) }
    }
}
