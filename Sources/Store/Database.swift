// Where a database is, and whether one of ours is there.
import Glibc

/// What `Store.open` opens.
public enum Database: Sendable, Equatable {
    /// A file of SQLite, made where there is none.
    case file(String)
    /// A database of PostgreSQL, which somebody has made.
    case server(PostgresServer)

    /// The path of the file, or the database with its host: for whoever has to know which one is meant.
    public var place: String {
        switch self {
        case .file(let path): path
        case .server(let server): server.name
        }
    }

    /// As a sentence calls it: the file's own name, or the database with its host.
    public var name: String {
        switch self {
        case .file(let path): path.split(separator: "/").last.map(String.init) ?? path
        case .server(let server): "the database \(server.name)"
        }
    }

    /// The same, for what looks at all of it or changes its tables, and may take an hour over a question.
    var unhurried: Database {
        guard case .server(var server) = self else { return self }
        server.patience.answering = .seconds(3_600)
        return .server(server)
    }

    /// Whether a house has been begun in it. Throws where a server doesn't answer, or the database there is somebody else's.
    public func isBegun() throws(StoreFault) -> Bool {
        switch self {
        case .file(let path):
            return access(path, F_OK) == 0
        case .server:
            let connection = try Connection(self, for: .reading)
            try connection.beginReading()
            try connection.refuseForeign()
            let isBegun = try connection.tables().contains("migration")
            try connection.endReading()
            return isBegun
        }
    }
}
