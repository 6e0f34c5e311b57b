// What can be asked of the database: inside `read` of a consistent snapshot, inside `write` of a transaction.

/// The database as it was at one moment; lives only inside `read`. A helper that only asks serves both scopes:
/// `func room<Failure>(_ id: Int64, in rows: borrowing Snapshot<Failure>) throws(Failure) -> Room?`.
/// The closures that get a row only read its columns; what can fail is done with what they return.
public struct Snapshot<Failure: StoreFailure>: ~Copyable {
    @usableFromInline let connection: Connection

    @usableFromInline init(_ connection: Connection) { self.connection = connection }

    /// Every row, in order.
    @inlinable public borrowing func each(_ sql: SQL, _ row: (borrowing Row) -> Void) throws(Failure) {
        do throws(StoreFault) { try connection.each(sql, row) } catch { throw .store(error) }
    }

    /// Every row, in order, as an array.
    @inlinable public borrowing func all<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> [T] {
        do throws(StoreFault) { return try connection.all(sql, row) } catch { throw .store(error) }
    }

    /// The first row, or nil where there is none.
    @inlinable public borrowing func first<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> T? {
        do throws(StoreFault) { return try connection.first(sql, row) } catch { throw .store(error) }
    }

    /// Whether there is any row.
    @inlinable public borrowing func exists(_ sql: SQL) throws(Failure) -> Bool { try first(sql) { _ in true } ?? false }
}

/// A transaction; lives only inside `write`. Its closure may run again, so it touches nothing but these rows.
public struct Transaction<Failure: StoreFailure>: ~Copyable {
    /// The rows as they stand in this transaction, for helpers that only ask.
    public let snapshot: Snapshot<Failure>

    @usableFromInline init(_ connection: Connection) { snapshot = Snapshot(connection) }

    /// Runs one statement and returns how many rows an INSERT, UPDATE or DELETE changed.
    @discardableResult @inlinable public borrowing func run(_ sql: SQL) throws(Failure) -> Int {
        do throws(StoreFault) { return try snapshot.connection.change(sql) } catch { throw .store(error) }
    }

    @inlinable public borrowing func each(_ sql: SQL, _ row: (borrowing Row) -> Void) throws(Failure) {
        try snapshot.each(sql, row)
    }

    @inlinable public borrowing func all<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> [T] {
        try snapshot.all(sql, row)
    }

    /// The first row; also what an `INSERT ... RETURNING` gives back.
    @inlinable public borrowing func first<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> T? {
        try snapshot.first(sql, row)
    }

    @inlinable public borrowing func exists(_ sql: SQL) throws(Failure) -> Bool { try snapshot.exists(sql) }
}

extension Connection {
    @inlinable func each(_ sql: SQL, _ row: (borrowing Row) -> Void) throws(StoreFault) {
        let statement = try begin(sql)
        defer { statement.end() }
        while try step(statement) {
            row(statement.row)
            try statement.expectValues()
        }
    }

    @inlinable func all<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(StoreFault) -> [T] {
        var all: [T] = []
        try each(sql) { all.append(row($0)) }
        return all
    }

    @inlinable func first<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(StoreFault) -> T? {
        let statement = try beginFirst(sql)
        defer { statement.end() }
        guard try step(statement) else { return nil }
        let value = row(statement.row)
        try statement.expectValues()
        return value
    }
}
