// What can go wrong in a database, in terms of what to do about it.
import CSQLite
import Glibc

/// What the database couldn't do. `description` tells the operator what it means and what to do next.
public enum StoreFault: Error, Equatable, Sendable {
    /// Another process holds the database, or too many writes wait already; trying again later helps.
    case busy
    /// No room on the disk, or a limit of the file system. Reads go on; writing comes back by itself.
    case full
    case readOnly
    /// The database knows this step of a migration, the program doesn't: it was opened by a newer program.
    case newer(String)
    case corrupt(String)
    /// A row with the same unique key is there: `account.email`.
    case conflict(String)
    /// A CHECK, NOT NULL, FOREIGN KEY or type was violated.
    case violated(String)
    case inputOutput(String)
    /// A write under this key has already been done; it isn't done again.
    case repeated(IdempotencyKey)
    /// The statement itself is wrong: a mistake in the program.
    case statement(String)
    /// The store has been closed.
    case closed
}

/// An error that can say that the store failed. A verb's refusal conforms by having a `case store(StoreFault)`, and can
/// then be thrown straight through `read` and `write`.
public protocol StoreFailure: Error { static func store(_ fault: StoreFault) -> Self }

/// A refusal that has no such case, with the store's fault beside it.
public enum Aborted<Reason: Error>: StoreFailure { case refused(Reason), store(StoreFault) }

extension StoreFault: StoreFailure { public static func store(_ fault: StoreFault) -> StoreFault { fault } }

/// Chosen by whoever asks for a write, so that asking again doesn't do it again.
public struct IdempotencyKey: Hashable, Sendable {
    public let value: String
    /// Of a job: what is of the same line is done one after the other. nil: nothing waits for it, and it for nothing.
    public let line: Int64?
    public init(_ value: String, line: Int64? = nil) { (self.value, self.line) = (value, line) }
}

extension StoreFault {
    /// It lasts until somebody does something about the disk.
    var isOfTheDisk: Bool {
        switch self {
        case .full, .readOnly, .corrupt, .inputOutput: true
        case .busy, .newer, .conflict, .violated, .repeated, .statement, .closed: false
        }
    }
}

extension StoreFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .busy: "The database is busy. Try again in a moment; if that lasts, look for another process that holds it."
        case .full: "The disk is full. Free some room; writing resumes by itself."
        case .readOnly: "The database can't be written. Check the owner and mode of its file and directory."
        case .newer(let step): "The database was opened by a newer program (step “\(step)”). Start that program, or restore a backup."
        case .corrupt(let what): "The database is damaged: \(what). Stop, keep a copy of its files, and restore a backup."
        case .conflict(let key): "There is a row with the same \(key) already."
        case .violated(let rule): "A rule of the table was violated: \(rule). This is a mistake in the program; report it."
        case .inputOutput(let what): "The database's file can't be read or written: \(what). Check the disk, its mount, and the rights."
        case .repeated(let key): "The write “\(key.value)” has been done already."
        case .statement(let what): "A statement is wrong: \(what). This is a mistake in the program; report it."
        case .closed: "The database has been closed. Start the program again."
        }
    }
}

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
