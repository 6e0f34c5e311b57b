/// One surface over SQLite and PostgreSQL: SQL literals with bound values, read scopes, a group-committing writer, jobs.

/// Built from literals only: `StaticString` segments, so a run-time string cannot become SQL text.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    public enum Value: Sendable { case null, integer(Int64), text(String), blob([UInt8]) }
    var parts: [StaticString], values: [Value]
    public init(stringLiteral value: StaticString) { parts = [value]; values = [] }
    public init(stringInterpolation built: Building) { parts = built.parts; values = built.values }
    public struct Building: StringInterpolationProtocol {
        var parts: [StaticString] = [], values: [Value] = []
        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ literal: StaticString) { parts.append(literal) }
        public mutating func appendInterpolation(_ value: Int64) { values.append(.integer(value)) }
        public mutating func appendInterpolation(_ value: String) { values.append(.text(value)) }
        public mutating func appendInterpolation(_ value: [UInt8]) { values.append(.blob(value)) }
    }
}
/// Seconds since 1970, UTC, with microseconds.
public struct Instant: Hashable, Comparable, Sendable { public let microseconds: Int64
    public init(microseconds: Int64) { self.microseconds = microseconds }
    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds } }
public protocol Clock: Sendable { func now() -> Instant }

public enum StoreFault: Error { case busy, full, readOnly, newer(String), corrupt(String), outcomeUnknown(IdempotencyKey) }
/// The verb's own refusal, or the store's fault: the closure may say no without a side effect.
public enum Aborted<Reason: Error>: Error { case refused(Reason), store(StoreFault) }
public struct IdempotencyKey: Hashable, Sendable { public let value: String; public init(_ value: String) { self.value = value } }

public struct Row: ~Copyable { public borrowing func integer(_ column: Int) -> Int64 { 0 }; public borrowing func blob(_ column: Int) -> [UInt8] { [] } }
/// A consistent snapshot; lives only inside `read`.
public struct Snapshot: ~Copyable {
    init() {}
    public borrowing func each<E: Error>(_ sql: SQL, _ row: (borrowing Row) throws(E) -> Void) throws(Aborted<E>) {}
}
/// Lives only inside `write`; the closure can run again (40001), so it may touch nothing else.
public struct Transaction: ~Copyable {
    init() {}
    public borrowing func each<E: Error>(_ sql: SQL, _ row: (borrowing Row) throws(E) -> Void) throws(Aborted<E>) {}
    @discardableResult public borrowing func run(_ sql: SQL) throws(StoreFault) -> Int { 0 }
    /// Jobs and what is to be sent are rows of the same transaction; ids only, never personal data.
    public borrowing func enqueue(_ job: Job) throws(StoreFault) {}
}
/// A unit of later work. `bucket` is the distribution column by which workers claim.
public struct Job: Sendable {
    public let kind: StaticString, bucket: Int16, due: Instant, key: IdempotencyKey, attempt: Int, references: [Int64]
    public init(kind: StaticString, bucket: Int16, due: Instant, key: IdempotencyKey, attempt: Int = 0, references: [Int64] = []) {
        (self.kind, self.bucket, self.due) = (kind, bucket, due); (self.key, self.attempt, self.references) = (key, attempt, references) }
}
public final class Store: Sendable {
    public init(url: String) throws(StoreFault) {}
    /// On the caller's thread; short.
    public func read<T, E: Error>(_ body: (borrowing Snapshot) throws(E) -> T) throws(Aborted<E>) -> T { do { return try body(Snapshot()) } catch { throw .refused(error) } }
    /// Returns when the group's fsync is done.
    public func write<T: Sendable, E: Error>(once key: IdempotencyKey? = nil, _ body: @escaping @Sendable (borrowing Transaction) throws(E) -> T) async throws(Aborted<E>) -> T { do { return try body(Transaction()) } catch { throw .refused(error) } }
}
