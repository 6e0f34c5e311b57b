// Thirty-two bytes that nobody may see: a key, or a seed of one. They are overwritten when the last holder lets go.
import CSodium

public final class Secret: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    public static let length = 32

    /// Written in the initialisers only, hence safe to share.
    private let storage: UnsafeMutablePointer<UInt8>
    var pointer: UnsafePointer<UInt8> { UnsafePointer(storage) }

    /// A new secret.
    public convenience init(from randomness: some Randomness) {
        var bytes = randomness.bytes(Secret.length)
        defer { Sodium.wipe(&bytes) }
        self.init { storage in storage.update(from: bytes, count: Secret.length) }
    }

    /// Copies 32 bytes; what the caller holds stays where it is.
    public convenience init(bytes: [UInt8]) throws(CryptoFault) {
        guard bytes.count == Secret.length else { throw .wrongLength }
        self.init { storage in storage.update(from: bytes, count: Secret.length) }
    }

    /// Takes 32 bytes over and overwrites them where they were, as when a key was read from a file.
    public convenience init(wiping bytes: inout [UInt8]) throws(CryptoFault) {
        defer { Sodium.wipe(&bytes) }
        try self.init(bytes: bytes)
    }

    init<E>(_ write: (UnsafeMutablePointer<UInt8>) throws(E) -> Void) throws(E) {
        storage = .allocate(capacity: Secret.length)
        try write(storage)
    }

    deinit {
        sodium_memzero(storage, Secret.length)
        storage.deallocate()
    }

    /// The bytes, in memory that nobody overwrites: for what is sealed at once, or is meant to be shown.
    public var copied: [UInt8] { Array(UnsafeBufferPointer(start: storage, count: Secret.length)) }

    /// The secret that this one gives for a context of exactly 8 bytes and a number (libsodium's KDF, BLAKE2b).
    /// None of those can be told from another, nor does any of them tell this one.
    public func derive(_ context: StaticString, _ number: UInt64) -> Secret {
        precondition(context.utf8CodeUnitCount == Int(crypto_kdf_CONTEXTBYTES), "a context has 8 bytes: \(context)")
        return Secret { derived in
            context.utf8Start.withMemoryRebound(to: CChar.self, capacity: context.utf8CodeUnitCount) { name in
                _ = crypto_kdf_derive_from_key(derived, Secret.length, number, name, storage)
            }
        }
    }

    public var description: String { "secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
