// The connections that read: each serves one thread at a time, and as many are opened as are needed at once.

@usableFromInline final class Readers: Sendable {
    private struct State {
        var free: [Connection] = []
        var lent = 0
        var isClosed = false
    }

    private enum Found { case connection(Connection), leaveToOpen, closed }

    private let database: Database
    private let limit: Int
    /// So long a connection is waited for that another has; nobody of ours reads so long.
    private let patience: Duration
    private let state = Monitor(State())

    init(_ database: Database, limit: Int) {
        (self.database, self.limit) = (database, limit)
        if case .server(let server) = database { patience = server.patience.waiting } else { patience = .seconds(60) }
    }

    /// A connection with a snapshot of this moment, waiting while all are lent.
    @usableFromInline func begin() throws(StoreFault) -> Connection {
        let connection = try borrow()
        do throws(StoreFault) { try connection.beginReading() } catch {
            giveBack(connection)
            throw error
        }
        return connection
    }

    @usableFromInline func end(_ connection: Connection) {
        do throws(StoreFault) {
            try connection.endReading()
            giveBack(connection)
        } catch {
            drop(connection)
        }
    }

    func borrow() throws(StoreFault) -> Connection {
        let limit = limit
        let found = state.wait(atMost: patience) { state -> Found? in
            guard !state.isClosed else { return .closed }
            guard state.lent < limit else { return nil }
            state.lent += 1
            return state.free.popLast().map(Found.connection) ?? .leaveToOpen
        }
        switch found {
        case .connection(let connection): return connection
        case .closed: throw .closed
        case nil: throw .crowded
        case .leaveToOpen:
            do throws(StoreFault) { return try Connection(database, for: .reading) } catch {
                state.change { $0.lent -= 1 }
                throw error
            }
        }
    }

    func giveBack(_ connection: Connection) {
        state.change {
            $0.lent -= 1
            if !$0.isClosed { $0.free.append(connection) }
        }
    }

    /// One that can't end its snapshot is closed instead of kept.
    private func drop(_: consuming Connection) { state.change { $0.lent -= 1 } }

    /// Returns when nobody reads any more.
    func close() {
        state.change { ($0.isClosed, $0.free) = (true, []) }
        state.wait { $0.lent == 0 ? () : nil }
    }
}
