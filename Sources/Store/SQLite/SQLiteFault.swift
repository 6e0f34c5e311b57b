// What SQLite says, in terms of what to do about it.
import CSQLite
import Glibc

extension StoreFault {
    /// The last error of a connection.
    init(_ code: Int32, on handle: OpaquePointer?) {
        let message = String(cString: handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
        let cause = handle.map { sqlite3_system_errno($0) } ?? 0, file = Self.file(of: handle)
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_FULL: self = .full
        case SQLITE_IOERR where cause == ENOSPC || cause == EDQUOT || cause == EFBIG: self = .full
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(file + message)
        case SQLITE_CONSTRAINT: self = Self(violated: code, message)
        case SQLITE_IOERR where cause != 0: self = .inputOutput("\(file)\(message) (\(String(cString: strerror(cause))))")
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_PROTOCOL: self = .inputOutput(file + message)
        default: self = .statement(message)
        }
    }

    /// A house has two databases: which one it is stands before what is wrong.
    private static func file(of handle: OpaquePointer?) -> String {
        guard let handle, let path = sqlite3_db_filename(handle, "main") else { return "" }
        let name = String(cString: path).split(separator: "/").last
        return name.map { "\($0): " } ?? ""
    }

    private init(violated code: Int32, _ message: String) {
        let keys: Set<Int32> = [SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 10 << 8]
        guard keys.contains(code) else { self = .violated(message); return }
        self = .conflict(String(message.split(separator: ": ", maxSplits: 1).last ?? ""))
    }
}
