// What can be asked of the database: inside `read` a consistent snapshot, inside `write` a transaction.

/// The database as it was at one moment; lives only inside `read`. A helper that asks serves both scopes:
/// `func room<Failure>(_ id: Int64, in rows: borrowing Snapshot<Failure>) throws(Failure) -> Room?`.
/// The closures that get a row only read its columns; what can fail is done with what they return.
public struct Snapshot<Failure: StoreFailure>: ~Copyable {
    @usableFromInline let connection: Connection

    @usableFromInline init(_ connection: Connection) { self.connection = connection }

    /// Every row, in order.
    @inlinable public borrowing func each(_ sql: SQL, _ row: (borrowing Row) -> Void) throws(Failure) {
        let cursor = try cursor(sql)
        while try next(cursor) { row(Row(cursor.row)) }
    }

    /// Every row, in order, as an array.
    @inlinable public borrowing func all<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> [T] {
        let cursor = try cursor(sql)
        var all: [T] = []
        while try next(cursor) { all.append(row(Row(cursor.row))) }
        return all
    }

    /// The first row, or nil where there is none.
    @inlinable public borrowing func first<T>(_ sql: SQL, _ row: (borrowing Row) -> T) throws(Failure) -> T? {
        let cursor = try cursor(sql)
        guard try next(cursor) else { return nil }
        return row(Row(cursor.row))
    }

    /// Whether there is any row.
    @inlinable public borrowing func exists(_ sql: SQL) throws(Failure) -> Bool { try next(try cursor(sql)) }

    @inlinable borrowing func cursor(_ sql: SQL) throws(Failure) -> Cursor {
        do throws(StoreFault) { return try connection.cursor(sql) } catch { throw .store(error) }
    }

    @inlinable borrowing func next(_ cursor: borrowing Cursor) throws(Failure) -> Bool {
        do throws(StoreFault) { return try cursor.next() } catch { throw .store(error) }
    }
}

/// A transaction; lives only inside `write`. Its closure may run again, so it touches nothing but these rows.
public struct Transaction<Failure: StoreFailure>: ~Copyable {
    @usableFromInline let connection: Connection

    @usableFromInline init(_ connection: Connection) { self.connection = connection }

    /// The rows as they stand in this transaction, for helpers that only ask.
    @inlinable public var snapshot: Snapshot<Failure> { _read { yield Snapshot(connection) } }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult @inlinable public borrowing func run(_ sql: SQL) throws(Failure) -> Int {
        do throws(StoreFault) { return try connection.change(sql) } catch { throw .store(error) }
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
