// The settings that say where data and keys lie, unless it is in files of the data directory, and how long a database server is waited for.

import Store

/// `database`, `keys` and what belongs to them.
struct DatabaseSettings: Equatable {
    /// Of the data, and of the key store; nil: a file.
    private var servers: [String: PostgresServer] = [:]
    /// How many may read the data at once, and as many the keys; each of the two has one more that writes.
    private(set) var connections = 16
    private var patience = PostgresServer.Patience()
    private var parts: Int?

    static let names = [
        "database", "keys", "database_connections", "database_partitions", "database_connect_timeout", "database_statement_timeout",
        "database_lock_timeout",
    ]

    /// Where each that is set stands: a line of the file, or a variable.
    private var places: [String: String] = [:]

    func data(of folder: String) -> Database { database("database") ?? .file(DataDirectory.database(of: folder)) }
    /// nil: the file in the folder of the keys.
    var keys: Database? { database("keys") }
    /// Data and keys lie where several processes may be at work on them.
    var isShared: Bool { servers["database"] != nil && servers["keys"] != nil }
    /// Neither lies in files alone.
    var hasServer: Bool { !servers.isEmpty }

    /// Whether the servers let this program in, and hold a house or nothing.
    func examine() throws(MailSettings.Expected) {
        for name in ["database", "keys"] {
            guard let database = database(name) else { continue }
            do throws(StoreFault) { _ = try database.isBegun() } catch {
                // Whoever shows it ends it.
                throw .init(name: name, sentence: String(error.description.dropLast()))
            }
        }
    }

    private func database(_ name: String) -> Database? {
        servers[name].map { server in
            var server = server
            server.patience = patience
            if let parts { server.parts = parts }
            return .server(server)
        }
    }

    mutating func set(_ name: String, _ value: String, at place: String) throws(MailSettings.Expected) {
        places[name] = place
        switch name {
        case "database", "keys":
            do throws(PostgresServer.Unfit) { servers[name] = try PostgresServer(value) } catch {
                throw .init(sentence: error.sentence)
            }
        case "database_connections":
            guard let number = Int(value), (1...1_000).contains(number) else {
                throw .init(sentence: "a number from 1 to 1000 is expected")
            }
            connections = number
        case "database_partitions":
            guard let number = Int(value), (1...64).contains(number) else { throw .init(sentence: "a number from 1 to 64 is expected") }
            parts = number
        default:
            guard let seconds = Int(value), (1...3_600).contains(seconds) else {
                throw .init(sentence: "seconds from 1 to 3600 are expected")
            }
            switch name {
            case "database_connect_timeout": patience.connecting = .seconds(seconds)
            case "database_statement_timeout": patience.answering = .seconds(seconds)
            default: patience.waiting = .seconds(seconds)
            }
        }
    }

    /// What only the settings together can get wrong: whoever has the data must not have the keys with them.
    func check() throws(Configuration.Wrong) {
        func wrong(_ name: String, _ expected: String) -> Configuration.Wrong {
            .init(place: places[name] ?? "", name: name, expected: expected)
        }
        guard let data = servers["database"], let keys = servers["keys"] else { return }
        guard !data.isDatabase(of: keys) else {
            throw wrong("keys", "a database of its own is expected, apart from `database`; best on another server")
        }
        guard data.role != keys.role else {
            throw wrong("keys", "a role of its own is expected: whoever signs in to the data as `database` does must not read the keys")
        }
    }
}
