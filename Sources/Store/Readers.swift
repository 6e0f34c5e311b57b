// The connections that read: each serves one thread at a time, and as many are opened as are needed at once.

@usableFromInline final class Readers: Sendable {
    private struct State {
        var free: [Connection] = []
        var lent = 0
        var isClosed = false
    }

    private enum Found { case connection(Connection), leaveToOpen, closed }

    private let path: String
    private let limit: Int
    private let state = Monitor(State())

    init(path: String, limit: Int) { (self.path, self.limit) = (path, limit) }

    /// A connection with a snapshot of this moment, waiting while all are lent.
    @usableFromInline func begin() throws(StoreFault) -> Connection {
        let connection = try borrow()
        do throws(StoreFault) { try connection.control("BEGIN") } catch {
            giveBack(connection)
            throw error
        }
        return connection
    }

    @usableFromInline func end(_ connection: Connection) {
        do throws(StoreFault) {
            if connection.isInTransaction { try connection.control("COMMIT") }
            giveBack(connection)
        } catch {
            drop(connection)
        }
    }

    func borrow() throws(StoreFault) -> Connection {
        let limit = limit
        let found = state.wait { state -> Found? in
            guard !state.isClosed else { return .closed }
            guard state.lent < limit else { return nil }
            state.lent += 1
            return state.free.popLast().map(Found.connection) ?? .leaveToOpen
        }
        switch found {
        case .connection(let connection): return connection
        case .closed: throw .closed
        case .leaveToOpen:
            do throws(StoreFault) { return try Connection(path, for: .reading) } catch {
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
