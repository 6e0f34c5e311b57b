// A row of a result, read by column number from 0; lives only inside the closure that it is given to.

/// NULL read by a method that doesn't expect it makes the whole question fail as `corrupt`: every row of ours has a value there.
public struct Row: ~Copyable {
    private let statement: Statement

    init(_ statement: Statement) { self.statement = statement }

    public borrowing func integer(_ column: Int) -> Int64 {
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

    public borrowing func bool(_ column: Int) -> Bool { integer(column) != 0 }
    public borrowing func instant(_ column: Int) -> Instant { Instant(microseconds: integer(column)) }

    public borrowing func integerOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
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

    private borrowing func expect(_ column: Int) { if isNull(column) { statement.lacksValue = true } }
}
