// One connection to the database, whatever its engine: the seam behind which SQLite and PostgreSQL lie (decision 038).

/// Used by one thread at a time. An enum and no protocol: what is asked for each row and column is a branch, not a call by a table.
@usableFromInline enum Connection {
    enum Purpose { case reading, writing }

    case sqlite(SQLiteConnection), postgres(PostgresConnection)

    init(_ database: Database, for purpose: Purpose) throws(StoreFault) {
        switch database {
        case .file(let path): self = .sqlite(try SQLiteConnection(path, for: purpose))
        case .server(let server): self = .postgres(try PostgresConnection(server, for: purpose))
        }
    }

    /// Begins a statement of a scope. Some faults end the transaction (a full disk does): what the scope's closure still
    /// asks for must not run outside it.
    @usableFromInline func begin(_ sql: SQL) throws(StoreFault) -> Statement {
        switch self {
        case .sqlite(let connection): .sqlite(try connection.begin(sql))
        case .postgres(let connection): .postgres(try connection.begin(sql))
        }
    }

    /// `begin`, where only the first row will be read.
    @usableFromInline func beginFirst(_ sql: SQL) throws(StoreFault) -> Statement {
        switch self {
        case .sqlite(let connection): .sqlite(try connection.begin(sql))
        case .postgres(let connection): .postgres(try connection.begin(sql, isForFirst: true))
        }
    }

    /// Moves a statement to its next row; false at the end.
    @usableFromInline func step(_ statement: Statement) throws(StoreFault) -> Bool {
        switch (self, statement) {
        case (.sqlite(let connection), .sqlite(let statement)): try connection.step(statement)
        case (_, .postgres(let statement)): statement.step()
        default: preconditionFailure("a statement of another engine")
        }
    }

    /// Runs a statement of a scope to its end and returns how many rows it changed.
    @usableFromInline func change(_ sql: SQL) throws(StoreFault) -> Int {
        switch self {
        case .sqlite(let connection): try connection.change(sql)
        case .postgres(let connection): try connection.begin(sql).changed
        }
    }
}

// MARK: Scopes

extension Connection {
    /// Of PostgreSQL it is told with the first question, which both engines take for the moment of the snapshot.
    func beginReading() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.control("BEGIN")
        case .postgres(let connection): connection.beginReading()
        }
    }

    /// Throws where the connection can't be used any more.
    func endReading() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): if connection.isInTransaction { try connection.control("COMMIT") }
        case .postgres(let connection): try connection.endReading()
        }
    }

    func beginWriting() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.control("BEGIN IMMEDIATE")
        case .postgres(let connection): try connection.beginWriting()
        }
    }

    /// What brings the tables up to date.
    func beginMigrating() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.control("BEGIN IMMEDIATE")
        case .postgres(let connection): connection.beginMigrating()
        }
    }

    /// A part of the transaction that can be taken back by itself.
    func beginPart() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.control("SAVEPOINT member")
        case .postgres(let connection): try connection.beginPart()
        }
    }

    func endPart(keeping isKept: Bool) throws(StoreFault) {
        switch self {
        case .sqlite(let connection):
            if !isKept { try connection.end("ROLLBACK TO member") }
            try connection.end("RELEASE member")
        case .postgres(let connection): try connection.endPart(keeping: isKept)
        }
    }

    /// On return it is on the disk. Thrown: it isn't there, but for `unknown`.
    func commit() throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.end("COMMIT")
        case .postgres(let connection): try connection.commit()
        }
    }

    /// Takes back what is open, where something is.
    func rollBack() {
        switch self {
        case .sqlite(let connection): if connection.isInTransaction { try? connection.control("ROLLBACK") }
        case .postgres(let connection): connection.rollBack()
        }
    }

    var isInTransaction: Bool {
        switch self {
        case .sqlite(let connection): connection.isInTransaction
        case .postgres(let connection): connection.isInTransaction
        }
    }

    /// Why the part that is open can't be kept, where a statement of it failed and PostgreSQL refuses the rest; SQLite takes a statement
    /// back by itself.
    var spoilt: StoreFault? {
        switch self {
        case .sqlite: nil
        case .postgres(let connection): connection.spoilt
        }
    }

    /// Why the whole transaction is gone, in the midst of it; nil: it isn't.
    var lost: StoreFault? {
        switch self {
        case .sqlite(let connection): connection.isInTransaction ? nil : connection.fault ?? .closed
        case .postgres(let connection): connection.lost
        }
    }

    /// The transaction was lost to another one or to the line, nothing of it stayed, and the same may succeed when it is run again.
    var mayRunAgain: Bool {
        switch self {
        case .sqlite: false
        case .postgres(let connection): connection.mayRunAgain
        }
    }
}

extension Connection {
    /// Moves the write-ahead log into the database and cuts it to nothing.
    func checkpoint(patience: Duration) throws(StoreFault) {
        switch self {
        case .sqlite(let connection): try connection.checkpoint(patience: patience)
        case .postgres: throw .unable("PostgreSQL's write-ahead log is emptied by its server alone")
        }
    }
}

/// A statement and the row that it stands on.
@usableFromInline enum Statement {
    case sqlite(SQLiteStatement), postgres(PostgresStatement)

    @usableFromInline var row: Row { Row(self) }

    /// To be asked after each row that was read.
    @usableFromInline func expectValues() throws(StoreFault) {
        guard let found = flaw else { return }
        flaw = nil
        throw .corrupt(found)
    }

    /// Free for the next use, without values.
    @usableFromInline func end() { if case .sqlite(let statement) = self { statement.end() } }

    func isNull(_ column: Int32) -> Bool {
        switch self {
        case .sqlite(let statement): statement.isNull(column)
        case .postgres(let statement): statement.isNull(column)
        }
    }

    enum Kind { case none, integer, text, blob }

    func kind(_ column: Int32) -> Kind {
        switch self {
        case .sqlite(let statement): statement.kind(column)
        case .postgres(let statement): statement.kind(column)
        }
    }

    /// 0 where the value is NULL.
    func integer(_ column: Int32) -> Int64 {
        switch self {
        case .sqlite(let statement): statement.integer(column)
        case .postgres(let statement): statement.integer(column)
        }
    }

    /// The bytes are the engine's, until the next step.
    func text(_ column: Int32) -> UnsafeRawBufferPointer {
        switch self {
        case .sqlite(let statement): statement.text(column)
        case .postgres(let statement): statement.bytes(column)
        }
    }

    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        switch self {
        case .sqlite(let statement): statement.blob(column)
        case .postgres(let statement): statement.bytes(column)
        }
    }

    /// As the statement calls the column; of values it says nothing.
    func name(_ column: Int32) -> String {
        switch self {
        case .sqlite(let statement): statement.name(column)
        case .postgres(let statement): statement.name(column)
        }
    }

    /// A value was read that no row of ours has there.
    var flaw: String? {
        get {
            switch self {
            case .sqlite(let statement): statement.flaw
            case .postgres(let statement): statement.flaw
            }
        }
        nonmutating set {
            switch self {
            case .sqlite(let statement): statement.flaw = newValue
            case .postgres(let statement): statement.flaw = newValue
            }
        }
    }
}
