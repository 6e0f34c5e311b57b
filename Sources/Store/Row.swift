// A row of a result, read by column number from 0; lives only inside the closure that it is given to.

/// NULL read by a method that doesn't expect it makes the whole question fail as `corrupt`: every row of ours has a value there. So does a number
/// that is counted with and lies beyond `counted`; what is read in its place is 0, so that nothing is reckoned with it.
public struct Row: ~Copyable {
    private let statement: Statement

    init(_ statement: Statement) { self.statement = statement }

    /// A count, a number in a row, a moment in microseconds: what the program reckons with. No sum of some of them, and of no span of ours, is
    /// more than 64 bits hold; as a moment it is before the year 2540.
    public static let counted: ClosedRange<Int64> = -(1 << 54)...1 << 54

    public borrowing func integer(_ column: Int) -> Int64 {
        let value = identity(column)
        if Self.counted.contains(value) { return value }
        statement.flaw = "a number of a row (\(statement.name(Int32(column)))) is none that it can be"
        return 0
    }

    /// A number that only tells one thing from another, and may be any of 64 bits: of a subject, a class, an item, a line.
    public borrowing func identity(_ column: Int) -> Int64 {
        let value = statement.integer(Int32(column))
        if value == 0 { expect(column) }
        return value
    }

    public borrowing func text(_ column: Int) -> String {
        expect(column)
        return String(decoding: statement.text(Int32(column)), as: UTF8.self)
    }

    public borrowing func blob(_ column: Int) -> [UInt8] {
        expect(column)
        return [UInt8](statement.blob(Int32(column)))
    }

    public borrowing func bool(_ column: Int) -> Bool { identity(column) != 0 }
    public borrowing func instant(_ column: Int) -> Instant { Instant(microseconds: integer(column)) }

    public borrowing func integerOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    public borrowing func identityOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : identity(column) }
    public borrowing func textOrNil(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    public borrowing func blobOrNil(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
    public borrowing func instantOrNil(_ column: Int) -> Instant? { isNull(column) ? nil : instant(column) }

    /// Whatever it is.
    borrowing func value(_ column: Int) -> SQL.Value {
        switch statement.kind(Int32(column)) {
        case .none: .null
        case .integer: .integer(statement.integer(Int32(column)))
        case .text: .text(String(decoding: statement.text(Int32(column)), as: UTF8.self))
        case .blob: .blob([UInt8](statement.blob(Int32(column))))
        }
    }

    public borrowing func isNull(_ column: Int) -> Bool { statement.isNull(Int32(column)) }

    private borrowing func expect(_ column: Int) {
        if isNull(column) { statement.flaw = "a value is missing where every row has one (\(statement.name(Int32(column))))" }
    }
}
