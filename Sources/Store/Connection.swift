// One connection to the database and its prepared statements; used by one thread at a time.
import CSQLite
import Glibc

@usableFromInline final class Connection {
    enum Purpose { case reading, writing }

    /// Literals are finite, but pieces can be put together in many ways.
    private static let mostPrepared = 512

    private let handle: OpaquePointer
    private var prepared: [SQL.Shape: Statement] = [:]
    /// The fault of the latest statement that failed; the writer asks for it when a whole group is lost.
    private(set) var fault: StoreFault?

    init(_ path: String, for purpose: Purpose) throws(StoreFault) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw StoreFault(code, on: opened)
        }
        handle = opened
        sqlite3_busy_timeout(handle, 5000)
        csqlite_set(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        csqlite_set(handle, SQLITE_DBCONFIG_DQS_DML, 0)
        csqlite_set(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
        try script(
            """
            PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
            PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;
            """)
        switch purpose {
        case .reading: try script("PRAGMA query_only = ON")
        case .writing: try script("PRAGMA journal_mode = WAL")
        }
    }

    deinit {
        prepared = [:]
        sqlite3_close_v2(handle)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Begins a statement of a scope. Some faults end the transaction (a full disk does): what the scope's closure still
    /// asks for must not run outside it.
    @usableFromInline func cursor(_ sql: SQL) throws(StoreFault) -> Cursor {
        guard isInTransaction else { throw fault ?? .closed }
        return try begin(sql)
    }

    /// Runs a statement of a scope to its end and returns how many rows it changed.
    @usableFromInline func change(_ sql: SQL) throws(StoreFault) -> Int {
        let cursor = try cursor(sql)
        while try cursor.next() {}
        return Int(sqlite3_changes64(handle))
    }

    /// Moves the write-ahead log into the database and cuts it to nothing.
    func checkpoint() throws(StoreFault) {
        let cursor = try begin("PRAGMA wal_checkpoint(TRUNCATE)")
        guard try cursor.next(), Row(cursor.row).integer(0) == 0 else { throw .busy }
    }

    /// Ends a transaction or a part of it, if no fault has ended it already.
    func end(_ sql: SQL) throws(StoreFault) {
        guard isInTransaction else { throw fault ?? .closed }
        try control(sql)
    }

    /// Begins, ends or divides a transaction.
    func control(_ sql: SQL) throws(StoreFault) {
        let cursor = try begin(sql)
        while try cursor.next() {}
    }

    /// Runs statements without values that are needed only once.
    func script(_ sql: SQL) throws(StoreFault) {
        precondition(sql.values.isEmpty, "a script has no values: \(sql.shape.text)")
        let code = sqlite3_exec(handle, sql.shape.text, nil, nil, nil)
        guard code == SQLITE_OK else { throw failed(code) }
    }

    private func begin(_ sql: SQL) throws(StoreFault) -> Cursor {
        let statement = try statement(sql.shape)
        let code = statement.bind(sql.values)
        guard code == SQLITE_OK else { throw failed(code) }
        return Cursor(statement, on: self)
    }

    /// A statement that nobody is using at this moment; kept for the next time.
    private func statement(_ shape: SQL.Shape) throws(StoreFault) -> Statement {
        if let kept = prepared[shape], !kept.isInUse { return kept }
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, shape.text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard code == SQLITE_OK, let compiled else { throw failed(code) }
        precondition(Int(sqlite3_bind_parameter_count(compiled)) == shape.parameters, "a literal contains a parameter: \(shape.text)")
        let statement = Statement(compiled)
        if prepared.count >= Self.mostPrepared { prepared = [:] }
        prepared[shape] = statement
        return statement
    }

    fileprivate func failed(_ code: Int32) -> StoreFault {
        let fault = StoreFault(code, on: handle)
        self.fault = fault
        return fault
    }
}

/// A statement in progress: whoever has it steps through the rows; at its end the statement is free again, without values.
@usableFromInline struct Cursor: ~Copyable {
    private let statement: Statement
    private let connection: Connection
    @usableFromInline let row: OpaquePointer

    fileprivate init(_ statement: Statement, on connection: Connection) {
        (self.statement, self.connection, row) = (statement, connection, statement.handle)
        statement.isInUse = true
    }

    deinit { statement.reset() }

    /// Moves to the next row; false at the end.
    @usableFromInline borrowing func next() throws(StoreFault) -> Bool {
        switch sqlite3_step(row) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw connection.failed(code)
        }
    }
}
