// Destroying every key of somebody: the class keys go, and with them what they open.

import Store
import Synchronization

extension KeyStore {
    /// Enters the subject in the register `destroyed`, and deletes every key and look-up row of theirs with it. What the write-ahead log
    /// remembers of them goes by `truncateIfDue`. True: item keys are left that nothing opens any more (`clearSome`).
    func destroyAll(of subject: Subject, registeredAt now: Instant) async throws(Refusal) -> Bool {
        let isLeft = try await destroyAll(of: subject) { (rows) throws(Refusal) in
            try rows.run("INSERT INTO destroyed (subject, at) VALUES (\(subject), \(now)) ON CONFLICT DO NOTHING")
            return
        }
        registrations.count.add(1, ordering: .releasing)
        return isLeft
    }

    /// Deletes every key and look-up row of a subject who is of nobody, and what the write-ahead log remembers of them.
    func destroyAll(of subject: Subject) async throws(Refusal) {
        if try await destroyAll(of: subject, registering: { (_) throws(Refusal) in }) { while try await clearSome(of: subject) {} }
        truncateIfDue(patience: .zero)
    }

    private func destroyAll(
        of subject: Subject, registering: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Void
    ) async throws(Refusal) -> Bool {
        let owner = ownerLabel(of: subject), former = formerLabel(of: subject)
        let isLeft = try await change(goesAhead: true) { (rows) throws(Refusal) -> Bool in
            try registering(rows)
            try self.releaseAll(of: owner, in: rows)
            try self.releaseAll(of: former, in: rows)
            try self.touch(Buckets.number(of: subject), in: rows)
            try rows.run("DELETE FROM touched WHERE subject = \(subject)")
            try rows.run("DELETE FROM class_key WHERE subject = \(subject)")
            try rows.run("DELETE FROM key_pair WHERE subject = \(subject)")
            try rows.run("DELETE FROM repeated_refusal WHERE subject = \(subject)")
            try rows.run("DELETE FROM seen_entry WHERE subject = \(subject)")
            try rows.run("DELETE FROM deletion_asked WHERE subject = \(subject)")
            return try Self.clearSome(of: subject, in: rows)
        }
        leaveNothing()
        return isLeft
    }
}

/// How many were entered in the register by this process: whether the safe has to be told.
final class Registrations: Sendable {
    let count = Atomic<Int>(0)
}

/// What was deleted lingers in the write-ahead log until it is emptied; who reads at that moment delays it.
/// A start finds what a crash left in it.
final class Truncation: Sendable {
    let isDue = Atomic<Bool>(true)
}

extension KeyStore {
    /// Empties the write-ahead log if something was destroyed; tried again each second until nobody stands in the way. A server's own log goes
    /// when it says so; what lingers there is opened by nothing from the next renewal on.
    func truncateIfDue(patience: Duration) {
        guard store.canEmptyItsLog, truncation.isDue.exchange(false, ordering: .relaxed) else { return }
        do throws(StoreFault) { try store.checkpoint(patience: patience) } catch { truncation.isDue.store(true, ordering: .relaxed) }
    }
}
