// A 256-bit hash or authentication code, held in place so that it is copied and compared without allocating.

/// 32 bytes that a hash function or a keyed hash gave.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    // The bytes in the order in which they lie in memory; `bytes` is what is stored or sent. Four words and not one vector: a value that
    // wants to lie at a multiple of 32 is written past the end of an asynchronous function's frame (Swift 6.3.1).
    @usableFromInline var first: UInt64 = 0, second: UInt64 = 0, third: UInt64 = 0, fourth: UInt64 = 0

    @usableFromInline init() {}

    /// Of four words as they lie in memory.
    public init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// Nil unless there are exactly 32 bytes.
    @inlinable public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.init()
        withUnsafeMutableBytes(of: &self) { $0.copyBytes(from: bytes) }
    }

    /// A number that two digests share as seldom as 64 random bits do.
    public var number: UInt64 { first }

    @inlinable public static var length: Int { 32 }

    @inlinable public var bytes: [UInt8] { withUnsafeBytes(of: self) { [UInt8]($0) } }

    @inlinable public func append(to buffer: inout [UInt8]) {
        withUnsafeBytes(of: self) { buffer.append(contentsOf: $0) }
    }

    /// 64 lower-case characters.
    public var hex: String { Hex.encode(bytes) }
    public var description: String { hex }

    /// Runs `write` over the memory of a digest to be.
    @inline(__always)
    static func filled(_ write: (UnsafeMutablePointer<UInt8>) -> Void) -> Digest {
        var digest = Digest()
        withUnsafeMutableBytes(of: &digest) { write($0.baseAddress!.assumingMemoryBound(to: UInt8.self)) }
        return digest
    }
}
