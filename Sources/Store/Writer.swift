// The one thread that writes. Writes that wait at the same moment share a transaction and its fsync.
import Glibc
import Synchronization

/// Owns the writing connection. Members are carried out in the order of their coming, and hear of their outcome only after
/// the COMMIT of their group has returned, that is, after its fsync. Those who go ahead make groups of their own, and after each of these
/// the others have one, so that nobody waits for ever.
final class Writer: Sendable {
    private struct Queue {
        var ahead: [any Member] = [], waiting: [any Member] = []
        var isClosed = false
        var isDone = false
    }

    /// A group ends after so many members or so much time; what is left over makes the next.
    private static let mostMembers = 512
    private static let longestGroup = Duration.milliseconds(10)
    /// With so many waiting, a further write is told `busy` rather than kept waiting.
    private static let mostWaiting = 16_384

    /// So often, and so long, a group is carried out again that was lost to another transaction or with the line to the server.
    private static let mostAttempts = 12
    private static let longestTrying = Duration.seconds(10)

    let database: Database
    private let queue = Monitor(Queue())
    private let committed = Atomic(0)
    /// Why the newest group was lost; nil: it wasn't.
    private let trouble = Mutex<StoreFault?>(nil)

    init(_ database: Database, _ connection: sending Connection) {
        self.database = database
        let handedOver = Mutex(Optional(connection))
        startThread { [self] in
            if let connection = handedOver.withLock({ $0.take() }) { serve(connection) }
            queue.change { $0.isDone = true }
        }
    }

    /// How many groups have been committed.
    var commits: Int { committed.load(ordering: .relaxed) }

    /// Why nothing can be written since the newest group; nil: as far as anybody knows, it can.
    var fault: StoreFault? { trouble.withLock(\.self) }

    func submit(_ member: any Member, goesAhead: Bool = false) {
        let fault = queue.change { queue -> StoreFault? in
            if queue.isClosed { return .closed }
            if (goesAhead ? queue.ahead : queue.waiting).count >= Self.mostWaiting { return .busy }
            if goesAhead { queue.ahead.append(member) } else { queue.waiting.append(member) }
            return nil
        }
        if let fault { member.finish(fault) }
    }

    /// Nothing is taken on any more; what waits is still carried out, then the connection closes.
    func stop() { queue.change { $0.isClosed = true } }

    /// `stop`, and returns when the connection has closed.
    func close() {
        stop()
        queue.wait { $0.isDone ? () : nil }
    }

    private func serve(_ connection: consuming Connection) {
        var others: ArraySlice<any Member> = []
        while var ahead = next(besides: &others)?[...] {
            while !ahead.isEmpty { ahead = ahead.dropFirst(carryOut(ahead.prefix(Self.mostMembers), on: &connection)) }
            if !others.isEmpty { others = others.dropFirst(carryOut(others.prefix(Self.mostMembers), on: &connection)) }
        }
    }

    /// Those who go ahead, and into `others` those who wait where nobody is left in it; nil: closed, and nobody waits any more.
    private func next(besides others: inout ArraySlice<any Member>) -> [any Member]? {
        let mayWait = others.isEmpty
        let taken = queue.wait { queue -> (ahead: [any Member], waiting: [any Member])?? in
            if mayWait, queue.ahead.isEmpty, queue.waiting.isEmpty { return queue.isClosed ? .some(nil) : nil }
            let taken = (queue.ahead, mayWait ? queue.waiting : [])
            queue.ahead = []
            if mayWait { queue.waiting = [] }
            return taken
        }
        guard let taken else { return nil }
        if mayWait { others = taken.waiting[...] }
        return taken.ahead
    }

    /// Carries out a group from the front of those who wait and returns how many it took. One that was lost to another server's transaction
    /// is carried out again, as if it came now, and each time a smaller one.
    private func carryOut(_ waiting: ArraySlice<any Member>, on connection: inout Connection) -> Int {
        let began = ContinuousClock.now
        var most = waiting.count, attempt = 0
        while true {
            attempt += 1
            var group = waiting.prefix(most)
            do throws(StoreFault) {
                try carryOut(&group, on: &connection)
                committed.add(1, ordering: .relaxed)
                trouble.withLock { $0 = nil }
                for member in group { member.finish(nil) }
                return group.count
            } catch {
                let mayRunAgain = connection.mayRunAgain
                connection.rollBack()
                if mayRunAgain, attempt < Self.mostAttempts, ContinuousClock.now - began < Self.longestTrying {
                    most = max(1, group.count / 2)
                    Backoff.wait(attempt)
                    continue
                }
                if error.lasts { trouble.withLock { $0 = error } }
                for member in group { member.finish(error) }
                return group.count
            }
        }
    }

    /// Leaves in `group` those whom it reached.
    private func carryOut(_ group: inout ArraySlice<any Member>, on connection: inout Connection) throws(StoreFault) {
        // A fault may have left a transaction that not even ROLLBACK could end.
        if connection.isInTransaction { connection = try Connection(database, for: .writing) }
        try connection.beginWriting()
        if let only = group.first, group.count == 1 {
            if only.perform(on: connection) { return try connection.commit() }
            // Its refusal may be the fault of a transaction that was lost.
            if let fault = connection.lost { throw fault }
            return connection.rollBack()
        }
        try carryOut(inParts: &group, on: connection)
        try connection.commit()
    }

    /// Each member in a savepoint of its own, so that a refusal takes back only itself.
    private func carryOut(inParts group: inout ArraySlice<any Member>, on connection: Connection) throws(StoreFault) {
        let began = ContinuousClock.now, waiting = group
        for (index, member) in waiting.enumerated() {
            group = waiting.prefix(index + 1)
            try connection.beginPart()
            try connection.endPart(keeping: member.perform(on: connection))
            if ContinuousClock.now - began > Self.longestGroup { return }
        }
    }
}

/// One caller's share of a group.
protocol Member: Sendable {
    /// Returns whether what it did is to stay. On the writer's thread; again where the group was lost.
    func perform(on connection: Connection) -> Bool
    /// The group has been committed, or was lost to a fault. Exactly once, on the writer's or the submitter's thread.
    func finish(_ fault: StoreFault?)
}

/// The closure of a `write`, its outcome, and who waits for it. Touched by one thread at a time: the submitter's until it
/// is in the queue, the writer's from then on.
final class Write<Value: Sendable, Failure: StoreFailure>: Member, @unchecked Sendable {
    typealias Body = @Sendable (borrowing Transaction<Failure>) throws(Failure) -> Value

    private let body: Body
    private let completion: @Sendable (Result<Value, Failure>) -> Void
    private var outcome: Result<Value, Failure>?

    init(_ body: @escaping Body, completion: @escaping @Sendable (Result<Value, Failure>) -> Void) {
        (self.body, self.completion) = (body, completion)
    }

    func perform(on connection: Connection) -> Bool {
        do throws(Failure) {
            outcome = .success(try body(Transaction(connection)))
            // A fault that the closure passed over took its part with it.
            guard let fault = connection.spoilt else { return true }
            outcome = .failure(.store(fault))
            return false
        } catch {
            outcome = .failure(error)
            return false
        }
    }

    func finish(_ fault: StoreFault?) {
        completion(fault.map { .failure(.store($0)) } ?? outcome!)
    }
}
