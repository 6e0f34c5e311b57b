// One connection to PostgreSQL and its prepared statements; used by one thread at a time.
//
// What begins, divides or ends a transaction isn't sent by itself but goes with the statement that comes next, so that a scope with one question
// costs one exchange; the end of a reading scope is sent without waiting for the answer.

@usableFromInline final class PostgresConnection {
    private enum Scope {
        case none
        /// BEGIN goes with the first statement.
        case promised
        case open
        /// A statement failed: PostgreSQL refuses all but the way back.
        case spoilt
        /// Lost whole, to another transaction or with the line.
        case lost
    }

    /// A text, and whether all its rows are asked for or the first.
    private struct Question: Hashable { let shape: SQL.Shape, isForFirst: Bool }

    /// Literals are finite, but pieces can be put together in many ways.
    private static let mostPrepared = 512

    private let server: PostgresServer
    private let purpose: Connection.Purpose
    /// nil: lost, until the next scope begins.
    private var line: PostgresLine?
    private var prepared: [Question: PostgresLine.Prepared] = [:]
    /// Those that were too many, which lie in the server's memory until they are given back.
    private var discarded: [String] = []
    private var entering: PostgresLine.Prepared?
    /// Goes with the next statement.
    private var waiting: [PostgresLine.Command] = []
    private var scope = Scope.none
    /// The fault of the latest statement that failed.
    private var fault: StoreFault?
    private(set) var mayRunAgain = false
    /// Of what was asked when something failed, the place of that.
    private var failedAt = 0
    private var group: WriteGroup?
    private var sinceSwept = 0

    init(_ server: PostgresServer, for purpose: Connection.Purpose) throws(StoreFault) {
        (self.server, self.purpose) = (server, purpose)
        line = try PostgresLine(server, for: purpose)
    }

    var isInTransaction: Bool { scope != .none }

    /// Why nothing more can be asked before the way back.
    var spoilt: StoreFault? { scope == .spoilt || scope == .lost ? fault : nil }

    var lost: StoreFault? { scope == .lost || scope == .none ? fault ?? .closed : nil }

    // MARK: Scopes

    func beginReading() { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") }

    func beginWriting() throws(StoreFault) {
        if line == nil { try reconnect() }
        begin("BEGIN ISOLATION LEVEL SERIALIZABLE")
        let group = WriteGroup()
        if entering == nil, let line {
            let statement = line.prepared(WriteGroup.entering, for: group.entry)
            waiting.append(.prepare(statement))
            entering = statement
        }
        if let entering { waiting.append(.execute(entering, group.entry)) }
        self.group = group
    }

    /// Waits for whoever else brings the tables up to date, and sees what they made.
    func beginMigrating() {
        begin("BEGIN ISOLATION LEVEL READ COMMITTED")
        waiting.append(.once("SELECT pg_advisory_xact_lock(7311)"))
    }

    func beginPart() throws(StoreFault) {
        guard scope == .open || scope == .promised else { throw fault ?? .closed }
        waiting.append(.once("SAVEPOINT member"))
    }

    func endPart(keeping isKept: Bool) throws(StoreFault) {
        guard scope == .open || scope == .promised || (scope == .spoilt && !isKept) else { throw fault ?? .closed }
        if !isKept { waiting.append(.once("ROLLBACK TO member")) }
        waiting.append(.once("RELEASE member"))
        if scope == .spoilt { scope = .open }
    }

    func endReading() throws(StoreFault) {
        defer { leave() }
        guard let line, scope == .open || scope == .spoilt else { return }
        do throws(PostgresLine.Failed) { try line.post(.once("COMMIT")) } catch { throw error.fault }
    }

    /// Where the line was lost before the answer, the mark of the group tells: this very transaction wrote it.
    func commit() throws(StoreFault) {
        if scope == .promised { return leave() }
        guard scope == .open else { throw fault ?? .closed }
        do throws(StoreFault) {
            guard try exchange([.once("COMMIT")]).said("COMMIT") else { throw fault ?? .statement("COMMIT took the transaction back") }
        } catch {
            guard line == nil, let group else { throw error }
            mayRunAgain = false
            guard try group.wasCommitted(on: server) else {
                mayRunAgain = true
                throw error
            }
        }
        leave()
        sweep()
    }

    func rollBack() {
        if let line, scope != .none, scope != .promised {
            do throws(PostgresLine.Failed) { _ = try line.exchange([.once("ROLLBACK")]) } catch { drop() }
        }
        leave()
    }

    private func begin(_ words: String) {
        (waiting, group) = ([.once(words)] + discarded.map { .once("DEALLOCATE \($0)") }, nil)
        (scope, fault, mayRunAgain, discarded) = (.promised, nil, false, [])
    }

    private func leave() {
        // What was to go with the first statement went nowhere.
        if scope == .promised { entering = nil }
        (scope, waiting) = (.none, [])
    }

    /// Takes marks of before away, once in a while.
    private func sweep() {
        sinceSwept += 1
        guard sinceSwept >= 256, let line else { return }
        sinceSwept = 0
        do throws(PostgresLine.Failed) { _ = try line.exchange(WriteGroup.sweeping) } catch { drop() }
    }

    // MARK: Statements

    /// - Parameter isForFirst: rows after the first aren't fetched.
    func begin(_ sql: SQL, isForFirst: Bool = false) throws(StoreFault) -> PostgresStatement {
        guard scope == .promised || scope == .open else { throw fault ?? .closed }
        guard purpose == .reading, scope == .promised else { return try ask(sql, isForFirst) }
        // Nothing was seen yet: a line that was lost since it served last is replaced.
        let first = waiting, wasThere = line != nil
        if !wasThere { try reconnect() }
        do throws(StoreFault) { return try ask(sql, isForFirst) } catch {
            guard line == nil, wasThere else { throw error }
            try reconnect()
            (scope, waiting) = (.promised, first)
            return try ask(sql, isForFirst)
        }
    }

    private func ask(_ sql: SQL, _ isForFirst: Bool) throws(StoreFault) -> PostgresStatement {
        let question = Question(shape: sql.shape, isForFirst: isForFirst)
        if let kept = prepared[question] { return try exchange([.execute(kept, sql.values)]) }
        guard let line else { throw fault ?? .closed }
        let text = Dialect.postgres.text(of: sql.shape)
        guard !Dialect.isDefinition(text) else { return try exchange([.once(text, sql.values)]) }
        let statement = line.prepared(isForFirst ? Dialect.first(of: text) : text, for: sql.values)
        guard statement.isKnown else {
            statement.learn(from: try exchange([.prepare(statement), .describe(statement)]))
            keep(statement, for: question)
            return try exchange([.execute(statement, sql.values)])
        }
        do throws(StoreFault) {
            let answer = try exchange([.prepare(statement), .execute(statement, sql.values)])
            keep(statement, for: question)
            return answer
        } catch {
            // It is there, whatever became of its first use.
            if self.line != nil, failedAt == 1 { keep(statement, for: question) }
            throw error
        }
    }

    private func keep(_ statement: PostgresLine.Prepared, for question: Question) {
        if prepared.count >= Self.mostPrepared {
            discarded += prepared.values.map(\.name)
            prepared = [:]
        }
        prepared[question] = statement
    }

    /// Sends what waits and these, and gives the answer to the last of them.
    private func exchange(_ commands: [PostgresLine.Command]) throws(StoreFault) -> PostgresStatement {
        guard let line else { throw fault ?? .closed }
        let before = waiting.count, all = waiting + commands
        waiting = []
        do throws(PostgresLine.Failed) {
            let answer = try line.exchange(all)
            if scope == .promised { scope = .open }
            return answer
        } catch {
            (fault, failedAt) = (error.fault, error.place - before)
            if failedAt < 0 { entering = nil }
            if !line.isAlive { drop() }
            mayRunAgain = error.isLostToAnother || self.line == nil
            // Where what divides the transaction failed, its parts can't be told from each other.
            scope = mayRunAgain || error.place < before ? .lost : .spoilt
            throw error.fault
        }
    }

    private func drop() { (line, prepared, entering, discarded) = (nil, [:], nil, []) }

    private func reconnect() throws(StoreFault) {
        drop()
        mayRunAgain = true
        line = try PostgresLine(server, for: purpose)
    }
}
