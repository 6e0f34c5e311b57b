// The engine that the tests run on, and a database of its own for each of them. `Tests/postgres.py` starts a server for them and says where
// (`VOFFICE_TEST_POSTGRES`); without it each has a file of SQLite.

import CPostgres
import Glibc
public import Store
import Synchronization

public enum Engine: Sendable {
    case sqlite, postgres

    /// The folder of the socket of a server that is there for the tests alone; nil: SQLite.
    public static let socket = getenv("VOFFICE_TEST_POSTGRES").map { String(cString: $0) }
    public static let current = socket == nil ? Engine.sqlite : .postgres

    private static let made = Mutex<[String: String]>([:])
    private static let templates = Mutex<[String: String]>([:])

    /// The database that stands for a file of this path: the file itself, or one on the server, made where the path wasn't asked for before.
    /// - Parameter tables: what is in it already where it is made on a server.
    public static func database(at path: String, holding tables: Tables? = nil) -> Database {
        database(at: path) { "TEMPLATE \(tables.map(template) ?? "template0")" }
    }

    /// One that is made otherwise than a house's.
    public static func database(at path: String, madeBy options: String) -> Database { database(at: path) { options } }

    /// The data of a house in this folder, and its keys.
    public static func data(in folder: String, holding tables: Tables? = nil) -> Database {
        database(at: folder + "/data.sqlite", holding: tables)
    }
    public static func keys(in folder: String, holding tables: Tables? = nil) -> Database {
        database(at: folder + "/keys/keys.sqlite", holding: tables)
    }

    /// A path is asked for by one test, so that nobody else makes the same meanwhile.
    private static func database(at path: String, by options: () -> String) -> Database {
        guard socket != nil else { return .file(path) }
        if let name = made.withLock({ $0[path] }) { return server(name) }
        let name = newName()
        // The server writes each page of a new one to its log, unless it is told to copy files, which takes it a fifth.
        run("CREATE DATABASE \(name) \(options()) STRATEGY FILE_COPY")
        made.withLock { $0[path] = name }
        return server(name)
    }

    /// A database with these tables and nothing in them, to which nobody is connected.
    private static func template(_ tables: Tables) -> String {
        templates.withLock { templates in
            if let name = templates[tables.name] { return name }
            let name = newName()
            run("CREATE DATABASE \(name) TEMPLATE template0")
            try! Store.open(server(name), migrations: tables.migrations).close()
            templates[tables.name] = name
            return name
        }
    }

    private static func newName() -> String { "t" + String((0..<16).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement()! }) }
    private static func server(_ name: String) -> Database {
        var server = try! PostgresServer("postgres:///\(name)?host=\(socket!)&user=house")
        server.parts = parts
        return .server(server)
    }

    /// As few as show what several do, since each test has all tables: every part is files that are made and thrown away.
    private static let parts = getenv("VOFFICE_TEST_PARTS").flatMap { Int(String(cString: $0)) } ?? 2

    /// Those that stand for files in this folder go.
    public static func forget(_ folder: String) {
        for (path, name) in made(in: folder) {
            made.withLock { $0[path] = nil }
            run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }

    /// What stands for files in one folder, as it is while nobody uses it, stands for files in another too.
    public static func copy(from folder: String, to other: String) {
        for (path, name) in made(in: folder) { _ = database(at: other + path.dropFirst(folder.count)) { "TEMPLATE \(name)" } }
    }

    /// Every byte of the server's files in which lies what stands for files in this folder, but for the write-ahead log, which is everybody's.
    public static func everyByte(in folder: String) -> [UInt8] {
        guard let socket else { return [] }
        run("CHECKPOINT")
        var bytes: [UInt8] = []
        for name in made(in: folder).values {
            let place = "\(socket)/db/base/\(answer("SELECT oid FROM pg_database WHERE datname = '\(name)'"))"
            guard let files = opendir(place) else { fatalError("\(place) can't be read") }
            defer { closedir(files) }
            while let entry = readdir(files) {
                let file = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard let open = fopen("\(place)/\(file)", "r") else { continue }
                defer { fclose(open) }
                var piece = [UInt8](repeating: 0, count: 1 << 16)
                while case let count = fread(&piece, 1, piece.count, open), count > 0 { bytes += piece[..<count] }
            }
        }
        return bytes
    }

    private static func made(in folder: String) -> [String: String] { made.withLock { $0.filter { $0.key.hasPrefix(folder + "/") } } }

    /// What only one of them says.
    public static func says(_ sqlite: String, onPostgres postgres: String) -> String { current == .sqlite ? sqlite : postgres }
    public static func sql(_ sqlite: SQL, onPostgres postgres: SQL) -> SQL { current == .sqlite ? sqlite : postgres }

    /// Bytes put together: SQLite makes a text of them first.
    public static func blob(_ sql: SQL) -> SQL { current == .sqlite ? "CAST(\(sql) AS BLOB)" : sql }

    /// A column of bytes of which the first four are none any more.
    public static func spoilt(_ column: SQL) -> SQL { blob("\([UInt8](repeating: 0, count: 4)) || substr(\(column), 5)") }

    /// As whoever owns the server.
    private static func run(_ statement: String) { _ = answer(statement) }

    private static func answer(_ statement: String) -> String {
        let line = PQconnectdb("host=\(socket!) user=house dbname=postgres")
        defer { PQfinish(line) }
        let result = PQexec(line, statement)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            fatalError("\(statement): \(String(cString: PQerrorMessage(line)))")
        }
        return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : ""
    }
}

/// The tables of some rooms, which a server makes once and copies for each test; a file of SQLite gets its own.
public struct Tables: Sendable {
    let name: String, migrations: [Migrations]
    /// - Parameter name: unique among those of one process.
    public init(_ name: String, _ migrations: [Migrations]) { (self.name, self.migrations) = (name, migrations) }
}

/// A test that one engine alone can run: `@Test(.enabled(if: Only.sqlite(.pages)))`. `Tests/postgres.py --alone` lists them with their reasons.
public enum Only {
    public enum Reason: String, CaseIterable, Sendable {
        case pages = "how full a disk is can be set for SQLite by a number of pages; for a server it takes a disk"
        case files = "what lies in files, their modes and their bytes is SQLite's; a server has its own"
        case backups = "a backup is a copy of SQLite's files; a server's own tools make its backups"
        case plans = "how a statement is carried out SQLite says in words of its own"
        case words = "the words are about what SQLite alone can do"
        case server = "there is no server that could be lost, slow or shared"
    }

    public static func sqlite(_: Reason) -> Bool { Engine.current == .sqlite }
    public static func postgres(_: Reason) -> Bool { Engine.current == .postgres }
}
