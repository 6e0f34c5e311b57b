// A database as it stood at one moment, for as long as somebody looks: to search it whole, or to copy it, while others go on writing.

import CSQLite
import Glibc

/// Used by one thread at a time. What it holds up is only the emptying of the write-ahead log.
public final class Still {
    private let connection: Connection
    /// As a sentence calls its database.
    public let name: String

    /// A database that nobody writes to any more, or whose moment needn't fit another's.
    public init(_ database: Database) throws(StoreFault) {
        connection = try Connection(database.unhurried, for: .reading)
        name = database.name
        try connection.beginReading()
        // A snapshot begins with the first look.
        _ = try connection.tables()
    }

    public convenience init(_ path: String) throws(StoreFault) { try self.init(.file(path)) }

    deinit { connection.rollBack() }

    /// Several databases at the same moment: for an instant nobody writes to any of them, whatever the process.
    public static func take(_ databases: [Database]) throws(StoreFault) -> [Still] {
        var writers: [Connection] = []
        defer { for writer in writers { writer.rollBack() } }
        for database in databases {
            let writer = try Connection(database, for: .writing)
            try writer.holdWriters()
            writers.append(writer)
        }
        var stills: [Still] = []
        for database in databases { stills.append(try Still(database)) }
        return stills
    }

    public func read<Value, Failure: StoreFailure>(
        _ body: (borrowing Snapshot<Failure>) throws(Failure) -> Value
    ) throws(Failure) -> Value { try body(Snapshot(connection)) }

    /// A house that was made by an older program may lack one.
    public func has(table name: String) throws(StoreFault) -> Bool {
        try connection.tables().contains(name)
    }

    /// What SQLite finds wrong with the file's structure and with references between rows; empty where nothing is. PostgreSQL keeps references
    /// itself, and looks at its files where its owner has `pg_amcheck` do it.
    public func damages() throws(StoreFault) -> [String] {
        guard case .sqlite = connection else { return [] }
        let structure = try connection.all("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
        let references = try connection.all("PRAGMA foreign_key_check") { row in
            "row \(row.integerOrNil(1) ?? 0) of \(row.text(0)) points to nothing in \(row.text(2))"
        }
        return structure + references
    }

    /// Steps that the program knows and the database lacks. Throws `newer` where it has one that the program doesn't know.
    public func pending(_ rooms: [Migrations]) throws(StoreFault) -> Int {
        var pending = 0
        for room in [Migrations.ownTables] + rooms { pending += try room.pending(in: Snapshot<StoreFault>(connection)) }
        return pending
    }

    /// Writes the database as it stood to a new file, whole and on the disk on return, readable by its owner only.
    public func copy(to path: String) throws(StoreFault) {
        guard case .sqlite(let connection) = connection else {
            throw .unable("a database of PostgreSQL isn't copied into a file; its own `pg_basebackup` makes a backup of its server")
        }
        let made = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard made >= 0 else { throw .inputOutput("\(path): \(String(cString: strerror(errno)))") }
        close(made)
        try connection.copy(to: path)
        let copy = open(path, O_RDWR | O_CLOEXEC)
        defer { close(copy) }
        guard copy >= 0, fsync(copy) == 0 else { throw .inputOutput("\(path): \(String(cString: strerror(errno)))") }
    }
}

extension SQLiteConnection {
    /// SQLite's online backup, in one step, of the snapshot of the transaction that is open; a single file without a log beside it.
    fileprivate func copy(to path: String) throws(StoreFault) {
        var target: OpaquePointer?
        defer { sqlite3_close_v2(target) }
        guard sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil) == SQLITE_OK,
            let backup = sqlite3_backup_init(target, "main", handle, "main")
        else { throw StoreFault(sqlite3_errcode(target), on: target) }
        let done = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard done == SQLITE_DONE else { throw StoreFault(done, on: target) }
        let single = sqlite3_exec(target, "PRAGMA journal_mode = DELETE", nil, nil, nil)
        guard single == SQLITE_OK else { throw StoreFault(single, on: target) }
    }
}

extension Connection {
    /// Until its end nobody writes: on PostgreSQL each group enters its mark in the table that is locked here.
    fileprivate func holdWriters() throws(StoreFault) {
        try beginMigrating()
        guard case .postgres(let connection) = self else { return }
        _ = try connection.begin("SET LOCAL idle_in_transaction_session_timeout = 60000")
        _ = try connection.begin("LOCK TABLE write_group IN SHARE MODE")
    }
}
