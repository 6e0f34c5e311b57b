// libsodium, started once before its first use.
import CSodium

enum Sodium {
    /// Picks the fastest implementations for this processor and opens the system's source of randomness.
    /// Without it results are the same but slower, and the first random bytes aren't safe across threads.
    private static let started: Void = {
        guard sodium_init() >= 0 else { fatalError("libsodium does not start: the system gives it no randomness") }
    }()

    @inline(__always) static func start() { _ = started }

    /// Overwrites `bytes` in a way that the compiler may not leave out.
    static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
    }
}
