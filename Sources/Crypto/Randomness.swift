// Where random bytes come from: the system's source, or a stream that a test can repeat.
import CSodium
import Synchronization

/// A source of random bytes; injected, so that tests can repeat.
public protocol Randomness: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}

/// The operating system's source.
public struct SystemRandomness: Randomness {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        Sodium.start()
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            randombytes_buf(buffer.baseAddress!, count)
            filled = count
        }
    }
}

/// The same stream for the same seed, for tests only: whoever has the seed has every byte.
/// Safe to share between threads, though then they take turns in no certain order.
public final class SeededRandomness: Randomness {
    private let seed: Secret
    private let draws = Mutex<UInt64>(0)

    public init(seed: Secret) { self.seed = seed }

    public func bytes(_ count: Int) -> [UInt8] {
        let draw = draws.withLock { next in
            defer { next += 1 }
            return next
        }
        let stream = seed.derive("rndmness", draw)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            randombytes_buf_deterministic(buffer.baseAddress!, count, stream.pointer)
            filled = count
        }
    }
}
