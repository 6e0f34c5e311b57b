// What is said to PostgreSQL, and which addresses of it are refused.
import Testing

@testable import Store

struct DialectTests {
    @Test func `a table is made with the types of the engine`() {
        let table: SQL = """
            CREATE TABLE letter (subject INTEGER NOT NULL, at INTEGER, PRINTED_INTEGER_ish TEXT, scan BLOB NOT NULL,
                PRIMARY KEY (subject)) STRICT, WITHOUT ROWID
            """
        let said = Dialect.postgres.text(of: table.shape)
        #expect(said.contains("subject BIGINT NOT NULL, at BIGINT, PRINTED_INTEGER_ish TEXT, scan BYTEA NOT NULL"))
        #expect(said.hasSuffix("PRIMARY KEY (subject)) "))
        #expect(Dialect.sqlite.text(of: table.shape).hasSuffix("STRICT, WITHOUT ROWID"))
    }

    @Test func `values are numbered, and a question mark in a text is none`() {
        let part: SQL = "seats > \(4)"
        let sql: SQL = "SELECT '?' FROM room WHERE id = \(1) AND \(part) AND name <> \("INTEGER")"
        #expect(Dialect.postgres.text(of: sql.shape) == "SELECT '?' FROM room WHERE id = $1 AND seats > $2 AND name <> $3")
        #expect(Dialect.sqlite.text(of: sql.shape) == "SELECT '?' FROM room WHERE id = ? AND seats > ? AND name <> ?")
    }

    @Test(arguments: [
        "postgres:///voffice?host=/run/postgresql", "postgresql://house@/voffice?host=/run/postgresql&port=5433",
        "postgres://house@db.example/voffice?sslmode=verify-full&sslrootcert=/etc/voffice/db.pem&passfile=/etc/voffice/pass",
    ]) func `a server on this machine, or one that proves who it is, is taken`(address: String) throws {
        #expect(try PostgresServer(address).address == address)
    }

    @Test(arguments: [
        ("mysql://house@/voffice", "begins with postgres://"),
        ("postgres://house:geheim@/voffice?host=/run/postgresql", "a password doesn't belong here"),
        ("postgres://house@db.example/voffice", "sslrootcert=FILE"),
        ("postgres://house@db.example/voffice?sslmode=require", "sslmode=verify-full"),
        ("postgres:///voffice?host=/run/postgresql,db.example", "sslmode=verify-full"),
        ("postgres:///voffice?hostaddr=10.0.0.1", "sslmode=verify-full"), ("postgres:///?host=/run/postgresql", "name of the database"),
        ("postgres:///voffice?service=office", "service file"), ("postgres:///voffice?colour=red", "libpq"),
    ]) func `any other is refused by what is wrong, and without a password of it`(address: String, why: String) {
        let unfit = #expect(throws: PostgresServer.Unfit.self) { try PostgresServer(address) }
        #expect(unfit?.sentence.contains(why) == true, "\(unfit?.sentence ?? "")")
        #expect(unfit?.sentence.contains("geheim") == false)
    }
}
