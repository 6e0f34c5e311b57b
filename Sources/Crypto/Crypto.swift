// The cryptography of the house, thin and typed, over libsodium. No algorithm of our own.

/// A SHA-256 value.
public struct Digest: Hashable, Sendable {
    public let words: SIMD4<UInt64>
    @inlinable public init(words: SIMD4<UInt64>) { self.words = words }
}

public enum CryptoFault: Error { case doesNotOpen, wrongLength, badSignature }

/// Where random bytes come from; injected, so that tests can repeat.
public protocol Randomness: Sendable { func bytes(_ count: Int) -> [UInt8] }
