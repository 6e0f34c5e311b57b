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

    /// The database that stands for a file of this path: the file itself, or one on the server, made where the path wasn't asked for before.
    public static func database(at path: String, madeBy options: String = "TEMPLATE template0") -> Database {
        guard let socket else { return .file(path) }
        let name = made.withLock { made in
            if let name = made[path] { return name }
            let name = "t" + String((0..<16).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement()! })
            made[path] = name
            run("CREATE DATABASE \(name) \(options)")
            return name
        }
        return .server(try! PostgresServer("postgres:///\(name)?host=\(socket)&user=house"))
    }

    /// Those that stand for files in this folder go.
    public static func forget(_ folder: String) {
        guard socket != nil else { return }
        let gone = made.withLock { made in
            let gone = made.filter { $0.key.hasPrefix(folder + "/") }
            for path in gone.keys { made[path] = nil }
            return gone.values
        }
        for name in gone { run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    /// What only one of them says.
    public static func says<Value>(_ sqlite: Value, onPostgres postgres: Value) -> Value { current == .sqlite ? sqlite : postgres }

    /// As whoever owns the server.
    private static func run(_ statement: String) {
        let line = PQconnectdb("host=\(socket!) user=house dbname=postgres")
        defer { PQfinish(line) }
        let result = PQexec(line, statement)
        defer { PQclear(result) }
        if PQresultStatus(result) != PGRES_COMMAND_OK { fatalError("\(statement): \(String(cString: PQerrorMessage(line)))") }
    }
}

/// A test that one engine alone can run: `@Test(.enabled(if: Only.sqlite(.pages)))`. `Tests/postgres.py --alone` lists them with their reasons.
public enum Only {
    public enum Reason: String, CaseIterable, Sendable {
        case pages = "how full a disk is can be set for SQLite by a number of pages; for a server it takes a disk"
        case files = "what lies in files, their modes and their bytes is SQLite's; a server has its own"
        case words = "the words are about what SQLite alone can do"
        case server = "there is no server that could be lost, slow or shared"
    }

    public static func sqlite(_: Reason) -> Bool { Engine.current == .sqlite }
    public static func postgres(_: Reason) -> Bool { Engine.current == .postgres }
}
