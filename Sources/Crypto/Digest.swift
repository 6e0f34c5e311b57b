// A 256-bit hash or authentication code, held as four words so that it is copied and compared without allocating.

/// 32 bytes that a hash function or a keyed hash gave.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The bytes in the order in which they lie in memory; use `bytes` for what is stored or sent.
    public let words: SIMD4<UInt64>

    @inlinable public init(words: SIMD4<UInt64>) { self.words = words }

    /// Nil unless there are exactly 32 bytes.
    @inlinable public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    @inlinable public static var length: Int { 32 }

    @inlinable public var bytes: [UInt8] { withUnsafeBytes(of: words) { [UInt8]($0) } }

    @inlinable public func append(to buffer: inout [UInt8]) {
        withUnsafeBytes(of: words) { buffer.append(contentsOf: $0) }
    }

    /// 64 lower-case characters.
    public var hex: String { Hex.encode(bytes) }
    public var description: String { hex }

    /// Runs `write` over the memory of a digest to be.
    @inline(__always)
    static func filled(_ write: (UnsafeMutablePointer<UInt8>) -> Void) -> Digest {
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { write($0.baseAddress!.assumingMemoryBound(to: UInt8.self)) }
        return Digest(words: words)
    }
}
