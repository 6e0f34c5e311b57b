// One connection to a file of SQLite and its prepared statements; used by one thread at a time.
import CSQLite
import Glibc

@usableFromInline final class SQLiteConnection {
    /// Literals are finite, but pieces can be put together in many ways.
    private static let mostPrepared = 512
    /// How long another process's lock is waited for, in milliseconds.
    private static let patience: Int32 = 5000

    let handle: OpaquePointer
    private var prepared: [SQL.Shape: SQLiteStatement] = [:]
    /// The fault of the latest statement that failed; the writer asks for it when a whole group is lost.
    private(set) var fault: StoreFault?

    init(_ path: String, for purpose: Connection.Purpose) throws(StoreFault) {
        var opened: OpaquePointer?
        var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let still = Self.still(path)
        if still != nil { flags |= SQLITE_OPEN_URI }
        let code = sqlite3_open_v2(still ?? path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw StoreFault(code, on: opened)
        }
        handle = opened
        sqlite3_busy_timeout(handle, Self.patience)
        csqlite_set(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        csqlite_set(handle, SQLITE_DBCONFIG_DQS_DML, 0)
        csqlite_set(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
        try script(
            """
            PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
            PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;
            """)
        switch purpose {
        case .reading:
            try script("PRAGMA query_only = ON")
            // Whoever only looks leaves the write-ahead log as it is, also where nobody else has the database open.
            csqlite_set(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        // Pages that are asked for again aren't read again, and what was written often goes into the database once: 16 MB at most of either.
        case .writing: try script("PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000")
        }
    }

    /// A file that was closed properly, where nobody can write, a copy kept as evidence say, is read as it is: without the files beside it that
    /// SQLite would make. nil: it isn't one.
    private static func still(_ path: String) -> String? {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(path, R_OK) == 0, access(folder, W_OK) != 0, access(path + "-wal", F_OK) != 0 else { return nil }
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(path.hasPrefix("//") ? "//" : "")\(escaped)?immutable=1"
    }

    deinit {
        prepared = [:]
        sqlite3_close_v2(handle)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Begins a statement of a scope. Some faults end the transaction (a full disk does): what the scope's closure still
    /// asks for must not run outside it.
    func begin(_ sql: SQL) throws(StoreFault) -> SQLiteStatement {
        guard isInTransaction else { throw fault ?? .closed }
        return try bound(sql)
    }

    /// Moves a statement to its next row; false at the end.
    func step(_ statement: SQLiteStatement) throws(StoreFault) -> Bool {
        switch sqlite3_step(statement.handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failed(code)
        }
    }

    /// Runs a statement of a scope to its end and returns how many rows it changed.
    func change(_ sql: SQL) throws(StoreFault) -> Int {
        let statement = try begin(sql)
        defer { statement.end() }
        while try step(statement) {}
        return Int(sqlite3_changes64(handle))
    }

    /// Moves the write-ahead log into the database and cuts it to nothing.
    func checkpoint(patience: Duration) throws(StoreFault) {
        sqlite3_busy_timeout(handle, Int32(clamping: patience.microseconds / 1000))
        defer { sqlite3_busy_timeout(handle, Self.patience) }
        // Most of it while others write; only what came meanwhile, and the cut, keep them waiting.
        try control("PRAGMA wal_checkpoint(PASSIVE)")
        let statement = try bound("PRAGMA wal_checkpoint(TRUNCATE)")
        defer { statement.end() }
        guard try step(statement), statement.integer(0) == 0 else { throw .busy }
    }

    /// Ends a transaction or a part of it, if no fault has ended it already.
    func end(_ sql: SQL) throws(StoreFault) {
        guard isInTransaction else { throw fault ?? .closed }
        try control(sql)
    }

    /// Begins, ends or divides a transaction.
    func control(_ sql: SQL) throws(StoreFault) {
        let statement = try bound(sql)
        defer { statement.end() }
        while try step(statement) {}
    }

    /// Runs statements without values that are needed only once.
    func script(_ sql: SQL) throws(StoreFault) {
        precondition(sql.values.isEmpty, "a script has no values: \(sql.shape.pieces)")
        let code = sqlite3_exec(handle, Dialect.sqlite.text(of: sql.shape), nil, nil, nil)
        guard code == SQLITE_OK else { throw failed(code) }
    }

    /// A prepared statement with its values, in use until its `end`.
    private func bound(_ sql: SQL) throws(StoreFault) -> SQLiteStatement {
        let statement = try free(sql.shape)
        statement.isInUse = true
        let code = statement.bind(sql.values)
        guard code == SQLITE_OK else {
            statement.end()
            throw failed(code)
        }
        return statement
    }

    /// A statement that nobody is using at this moment; kept for the next time.
    private func free(_ shape: SQL.Shape) throws(StoreFault) -> SQLiteStatement {
        if let kept = prepared[shape], !kept.isInUse { return kept }
        let statement = try prepare(shape)
        if prepared.count >= Self.mostPrepared { prepared = [:] }
        prepared[shape] = statement
        return statement
    }

    private func prepare(_ shape: SQL.Shape) throws(StoreFault) -> SQLiteStatement {
        let text = Dialect.sqlite.text(of: shape)
        var compiled: OpaquePointer?
        let (code, rest) = text.withCString { start in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(handle, start, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, &rest)
            return (code, rest.map { String(cString: $0) } ?? "")
        }
        guard code == SQLITE_OK, let compiled else { throw failed(code) }
        precondition(rest.isEmpty, "one statement at a time: \(text)")
        precondition(Int(sqlite3_bind_parameter_count(compiled)) == shape.parameters, "a literal contains a parameter: \(text)")
        return SQLiteStatement(compiled)
    }

    private func failed(_ code: Int32) -> StoreFault {
        let fault = StoreFault(code, on: handle)
        self.fault = fault
        return fault
    }
}
