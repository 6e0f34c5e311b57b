// A prepared statement of SQLite and the values bound to it.
import CSQLite

/// Finalised when neither its connection nor whoever steps through its rows has it any more.
@usableFromInline final class SQLiteStatement {
    let handle: OpaquePointer
    var isInUse = false
    /// A value was read that no row of ours has there.
    var flaw: String?

    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { sqlite3_finalize(handle) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func name(_ column: Int32) -> String { sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "?" }

    func kind(_ column: Int32) -> Statement.Kind {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: .none
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .integer
        }
    }

    /// 0 where the value is NULL.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// The bytes that SQLite keeps until the next step. The count is asked for after the pointer, as SQLite demands.
    func text(_ column: Int32) -> UnsafeRawBufferPointer { bytes(column, at: UnsafeRawPointer(sqlite3_column_text(handle, column))) }
    func blob(_ column: Int32) -> UnsafeRawBufferPointer { bytes(column, at: sqlite3_column_blob(handle, column)) }

    private func bytes(_ column: Int32, at start: UnsafeRawPointer?) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    func bind(_ values: [SQL.Value]) -> Int32 {
        for index in values.indices {
            let code = bind(values[index], at: Int32(index + 1))
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }

    /// Free for the next use, without values.
    func end() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        isInUse = false
    }

    private func bind(_ value: SQL.Value, at index: Int32) -> Int32 {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)  // SQLITE_TRANSIENT
        switch value {
        case .null:
            return sqlite3_bind_null(handle, index)
        case .integer(let integer):
            return sqlite3_bind_int64(handle, index, integer)
        case .text(var text):
            return text.withUTF8 { sqlite3_bind_text64(handle, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8)) }
        case .blob(let bytes) where bytes.isEmpty:
            return sqlite3_bind_zeroblob(handle, index, 0)
        case .blob(let bytes):
            return bytes.withUnsafeBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), copied) }
        }
    }
}
