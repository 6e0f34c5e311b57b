// The database of a room: read scopes on the caller's thread, one writer whose groups share an fsync.
import Glibc

/// A database of SQLite or PostgreSQL. Many read at once, each in a snapshot of its own; writes go one after another through one thread.
/// Neither scope may be nested in another of the same store.
public final class Store: Sendable {
    @usableFromInline let readers: Readers
    let writer: Writer
    let clock: any Clock
    let inHand = InHand()

    private init(readers: Readers, writer: Writer, clock: any Clock) { (self.readers, self.writer, self.clock) = (readers, writer, clock) }
    deinit { writer.stop() }

    /// Opens the database, makes it where it is a file that isn't there (readable by its owner only), and applies what is pending of
    /// each room's migrations.
    /// - Parameter readers: how many may read at once; a further one waits.
    public static func open(
        _ database: Database, migrations: [Migrations], readers: Int = 16, clock: any Clock = SystemClock()
    ) throws(StoreFault) -> Store {
        if case .file(let path) = database { try makeFile(path) }
        let migrating = try Connection(database.unhurried, for: .writing)
        try migrate(database, migrating, migrations)
        // From here on a server has to answer in time.
        let writing = if case .file = database { migrating } else { try Connection(database, for: .writing) }
        return Store(readers: Readers(database, limit: readers), writer: Writer(database, writing), clock: clock)
    }

    private static func migrate(_ database: Database, _ connection: Connection, _ migrations: [Migrations]) throws(StoreFault) {
        try connection.beginMigrating()
        do throws(StoreFault) {
            let rows = Transaction<StoreFault>(connection)
            try connection.refuseForeign()
            try rows.run(Migrations.ledger)
            for room in [Migrations.ownTables] + migrations { try room.apply(in: rows) }
            try connection.commit()
        } catch {
            connection.rollBack()
            throw error
        }
        if case .server(let server) = database { try connection.divide([Migrations.ownTables] + migrations, into: server.parts) }
    }

    /// `open` of a file.
    public static func open(
        path: String, migrations: [Migrations], readers: Int = 16, clock: any Clock = SystemClock()
    ) throws(StoreFault) -> Store { try open(.file(path), migrations: migrations, readers: readers, clock: clock) }

    /// Asks, on the caller's thread, of a snapshot that no write changes meanwhile. Keep it short.
    @inlinable public func read<Value: ~Copyable, Failure: StoreFailure>(
        _ body: (borrowing Snapshot<Failure>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let connection: Connection
        do throws(StoreFault) { connection = try readers.begin() } catch { throw .store(error) }
        defer { readers.end(connection) }
        return try body(Snapshot(connection))
    }

    /// Changes rows, and returns when the change is on the disk. What the closure throws takes back what it did and nothing
    /// else. It runs on the writer's thread together with others, so it computes little and waits for nothing; on PostgreSQL it runs again
    /// where its group was lost to another server's transaction. That it is `@Sendable` keeps it from changing a variable around it.
    /// - Parameters:
    ///   - key: a write under a key that has been used already is refused as `StoreFault.repeated`.
    ///   - goesAhead: before all that waits; for what somebody was promised within a time.
    @discardableResult public func write<Value: Sendable, Failure: StoreFailure>(
        once key: IdempotencyKey? = nil, goesAhead: Bool = false,
        _ body: @escaping @Sendable (borrowing Transaction<Failure>) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let body = guarded(body, once: key)
        return try await withCheckedContinuation { caller in
            writer.submit(Write(body) { caller.resume(returning: $0) }, goesAhead: goesAhead)
        }.get()
    }

    /// `write` for start-up and the command line: blocks this thread.
    @discardableResult public func writeAndWait<Value: Sendable, Failure: StoreFailure>(
        once key: IdempotencyKey? = nil, _ body: @escaping @Sendable (borrowing Transaction<Failure>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let outcome = Monitor<Result<Value, Failure>?>(nil)
        writer.submit(Write(guarded(body, once: key)) { result in outcome.change { $0 = result } })
        return try outcome.wait { $0 }.get()
    }

    /// Why the newest write was lost to the disk; nil: it wasn't.
    public var writeFault: StoreFault? { writer.fault }

    /// Where the newest write was lost to the disk, tries whether there can be another.
    public func tryWritingAgain() async {
        guard writeFault != nil else { return }
        _ = try? await write { (rows) throws(StoreFault) in try rows.nextNumber(of: "times that writing was tried again") }
    }

    /// As a sentence calls its database.
    public var name: String { writer.database.name }

    /// Which tables are there, in alphabetical order.
    public func tables() throws(StoreFault) -> [String] {
        try read { (rows) throws(StoreFault) in try rows.connection.tables() }
    }

    /// Whether other servers may be at work on it, too.
    public var isShared: Bool { if case .server = writer.database { true } else { false } }

    /// Whether `checkpoint` can do anything.
    public var canEmptyItsLog: Bool { if case .file = writer.database { true } else { false } }

    /// Moves everything from the write-ahead log into the database and empties the log, so that nothing overwritten or
    /// deleted lingers there. Throws `busy` where somebody still reads or writes when the patience is over.
    public func checkpoint(patience: Duration = .zero) throws(StoreFault) {
        let connection = try readers.borrow()
        defer { readers.giveBack(connection) }
        try connection.checkpoint(patience: patience)
    }

    /// Waits for those who read, carries out the writes that wait, and closes. Anything later is refused as `closed`.
    public func close() {
        readers.close()
        writer.close()
    }

    private func guarded<Value, Failure: StoreFailure>(
        _ body: @escaping Write<Value, Failure>.Body, once key: IdempotencyKey?
    ) -> Write<Value, Failure>.Body {
        guard let key else { return body }
        let clock = clock
        return { (rows) throws(Failure) -> Value in
            let changed = try rows.run("INSERT INTO idempotency (key, at) VALUES (\(key.value), \(clock.now())) ON CONFLICT DO NOTHING")
            guard changed == 1 else { throw .store(.repeated(key)) }
            return try body(rows)
        }
    }

    private static func makeFile(_ path: String) throws(StoreFault) {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            Glibc.close(descriptor)
        } else if errno != EEXIST {
            throw .inputOutput("\(path): \(String(cString: strerror(errno)))")
        } else {
            // By its path: to open and close the file here would drop the locks of every connection of this process.
            chmod(path, 0o600)
        }
    }
}
