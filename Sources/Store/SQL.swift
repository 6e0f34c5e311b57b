// SQL text that only literals can form, with the values bound beside it.

/// A statement or a part of one: `"SELECT name FROM room WHERE id = \(id)"`. Each interpolated value becomes a bound
/// parameter, an interpolated `SQL` is spliced in. The text consists of `StaticString`s only, so no string made at run
/// time can become part of it.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// What a column can hold.
    public enum Value: Sendable, Equatable { case null, integer(Int64), text(String), blob([UInt8]) }

    /// A type that can stand in an interpolation: `extension Subject: SQL.Bindable { var bound: SQL.Value { id.bound } }`.
    public protocol Bindable { var bound: Value { get } }

    /// `?, ?, ?`, for `IN (...)`. Filled up with the last value to 1, 8 or 64, so that there are few statements to prepare; no more than that
    /// at once, and at least one.
    public static func list(_ values: some Collection<some Bindable>) -> SQL {
        var bound = values.map(\.bound)
        precondition((1...mostInList).contains(bound.count), "a list has from 1 to \(mostInList) values, and not \(bound.count)")
        let length = [1, 8, mostInList].first { bound.count <= $0 } ?? bound.count
        bound += repeatElement(bound[bound.count - 1], count: length - bound.count)
        var shape = Shape()
        for place in bound.indices {
            if place > 0 { shape.append(", ") }
            shape.append(parameter)
            shape.parameters += 1
        }
        return SQL(shape, bound)
    }
    public static let mostInList = 64

    private init(_ shape: Shape, _ values: [Value]) { (self.shape, self.values) = (shape, values) }

    /// Stands where a value is bound; another `?` is none.
    static let parameter: StaticString = "?"

    let shape: Shape
    let values: [Value]

    public init(stringLiteral value: StaticString) {
        var shape = Shape()
        shape.append(value)
        (self.shape, values) = (shape, [])
    }

    public init(stringInterpolation built: Building) { (shape, values) = (built.shape, built.values) }

    /// Of what an engine says itself of its tables, and of nothing else; `?` stands for each value.
    init(made text: String, _ values: [Value]) {
        var shape = Shape()
        (shape.made, shape.parameters) = (text, values.count)
        (self.shape, self.values) = (shape, values)
    }

    public struct Building: StringInterpolationProtocol {
        var shape = Shape()
        var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            shape.pieces.reserveCapacity(2 * interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { shape.append(literal) }
        }

        @inlinable public mutating func appendInterpolation(_ value: some Bindable) { bind(value.bound) }

        /// NULL where there is no value.
        @inlinable public mutating func appendInterpolation(_ value: (some Bindable)?) { bind(value?.bound ?? .null) }

        /// Splices another piece of SQL in, with its values.
        public mutating func appendInterpolation(_ part: SQL) {
            for piece in part.shape.pieces { shape.append(piece) }
            shape.parameters += part.shape.parameters
            values += part.values
        }

        @usableFromInline mutating func bind(_ value: Value) {
            shape.append(SQL.parameter)
            shape.parameters += 1
            values.append(value)
        }
    }
}

extension SQL {
    /// The text without the values: what a prepared statement is kept under. Literals don't move, so their addresses
    /// stand for their text; the same text written in two places is prepared twice, which does no harm.
    struct Shape: Hashable, Sendable {
        var pieces: [StaticString] = []
        var parameters = 0
        /// A text that no literal has, in place of pieces; almost always empty.
        var made = ""
        private var fingerprint: UInt = 0

        mutating func append(_ piece: StaticString) {
            pieces.append(piece)
            fingerprint = (fingerprint ^ UInt(bitPattern: piece.utf8Start)) &* 0x9E37_79B9_7F4A_7C15
        }

        static func == (a: Shape, b: Shape) -> Bool {
            a.fingerprint == b.fingerprint && a.pieces.count == b.pieces.count && a.made == b.made
                && zip(a.pieces, b.pieces).allSatisfy { $0.utf8Start == $1.utf8Start }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(fingerprint)
            if !made.isEmpty { hasher.combine(made) }
        }
    }
}

extension Int64: SQL.Bindable { @inlinable public var bound: SQL.Value { .integer(self) } }
extension Int: SQL.Bindable { @inlinable public var bound: SQL.Value { .integer(Int64(self)) } }
extension Int32: SQL.Bindable { @inlinable public var bound: SQL.Value { .integer(Int64(self)) } }
extension Bool: SQL.Bindable { @inlinable public var bound: SQL.Value { .integer(self ? 1 : 0) } }
extension String: SQL.Bindable { @inlinable public var bound: SQL.Value { .text(self) } }
extension Array: SQL.Bindable where Element == UInt8 { @inlinable public var bound: SQL.Value { .blob(self) } }
extension Instant: SQL.Bindable { @inlinable public var bound: SQL.Value { .integer(microseconds) } }
extension SQL.Bindable where Self: RawRepresentable, RawValue: SQL.Bindable {
    @inlinable public var bound: SQL.Value { rawValue.bound }
}
