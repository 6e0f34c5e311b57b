// Passwords are hashed on threads of their own, few at once: those who wait for a page don't wait for a password.
import CSodium
import Glibc
import Synchronization

/// Each thread hashes one password after the other, and gives way to everything else that wants the processor.
public final class Hashing: @unchecked Sendable {
    /// Nothing is hashed for the moment: too many wait already.
    public struct Busy: Error {}

    private typealias Work = @Sendable () -> Void
    private struct Queue {
        var waiting: [Work] = []
        var isClosed = false
    }
    /// Guards `queue`; both live as long as the threads, which hold them.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var queue = Queue()
    private let most: Int
    public let cost: Password.Cost
    private let decoy = Mutex<String?>(nil)

    /// - Parameters:
    ///   - threads: how many passwords are hashed at once.
    ///   - most: how many may wait.
    public init(threads: Int = 1, most: Int = 256, cost: Password.Cost = .signingIn) {
        (self.most, self.cost) = (most, cost)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
        for _ in 0..<threads { start() }
    }

    /// Lets go of the threads; what waits is still done.
    public func close() { change { $0.isClosed = true } }

    public func hash(_ password: Passphrase) async throws -> String {
        try await run { [cost] in Result { try Password.hash(password.bytes, cost: cost) } }.get()
    }

    /// Whether the password is that of the hash. Without one it takes the same time, and isn't.
    public func verify(_ password: Passphrase, against hash: String?) async throws(Busy) -> Bool {
        try await run {
            let matches = Password.verify(password.bytes, against: hash ?? self.decoyHash())
            return matches && hash != nil
        }
    }

    /// See `Password.stretch`.
    public func stretch(_ password: Passphrase, salt: [UInt8]) async throws -> Secret {
        try await run { [cost] in Result { try Password.stretch(password.bytes, salt: salt, cost: cost) } }.get()
    }

    /// Whether the hash was made at another cost than ours, so that it is made anew.
    public func isOutdated(_ hash: String) -> Bool { Password.isOutdated(hash, cost: cost) }

    private func decoyHash() -> String {
        decoy.withLock { decoy in
            if let decoy { return decoy }
            let made = (try? Password.hash(SystemRandomness().bytes(16), cost: cost)) ?? ""
            decoy = made
            return made
        }
    }

    private func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async throws(Busy) -> T {
        let outcome: T? = await withCheckedContinuation { continuation in
            let isTaken = change { queue -> Bool in
                guard queue.waiting.count < most, !queue.isClosed else { return false }
                queue.waiting.append { continuation.resume(returning: body()) }
                return true
            }
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let outcome else { throw Busy() }
        return outcome
    }

    private func start() {
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { hashing in
                Unmanaged<Hashing>.fromOpaque(hashing!).takeRetainedValue().serve()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(code == 0, "no thread can be started: \(String(cString: strerror(code)))")
        pthread_detach(thread)
    }

    private func serve() {
        // On Linux this is the thread's own.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        _ = decoyHash()
        while let work = next() { work() }
    }

    private func next() -> Work? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if !queue.waiting.isEmpty { return queue.waiting.removeFirst() }
            if queue.isClosed { return nil }
            pthread_cond_wait(changed, lock)
        }
    }

    private func change<R>(_ body: (inout Queue) -> R) -> R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let result = body(&queue)
        pthread_cond_broadcast(changed)
        return result
    }
}
