// The address of a database on a PostgreSQL server, as libpq reads it, and how long is waited for it.
import CPostgres

/// `postgres://house@/voffice?host=/run/postgresql`, `postgres://house@db.example/voffice?sslmode=verify-full&sslrootcert=/etc/voffice/db.pem`.
public struct PostgresServer: Sendable, Equatable {
    /// How long it may take to connect, to answer a statement, and to wait for somebody else's rows.
    public struct Patience: Sendable, Equatable {
        public var connecting = Duration.seconds(5), answering = Duration.seconds(30), waiting = Duration.seconds(10)
        public init() {}
    }

    /// Why an address isn't one to be used; a sentence without what it holds.
    public struct Unfit: Error, Equatable { public let sentence: String }

    let address: String
    /// `voffice at /run/postgresql`.
    let name: String
    /// As whom it signs in there; nil: as the user of this process.
    public let role: String?
    public var patience = Patience()
    /// In so many parts a table that grows is divided when it is made (decision 044); later it changes nothing.
    public var parts = 8

    /// - Throws: where libpq doesn't understand it, where it holds a password, and where it leads over a network to a server that needn't prove who
    ///   it is. What the environment says to libpq (`PGHOST`) counts as said.
    public init(_ address: String) throws(Unfit) {
        guard ["postgres://", "postgresql://"].contains(where: address.hasPrefix) else {
            throw Unfit(sentence: "an address that begins with postgres:// is expected")
        }
        let said = try Self.options(of: address)
        guard said["password"] == nil else {
            throw Unfit(
                sentence: "a password doesn't belong here: put it in a file that only the server may read, and name it (passfile=...)")
        }
        guard said["service"] == nil else { throw Unfit(sentence: "what a service file says belongs here itself (service=...)") }
        guard let database = said["dbname"], !database.isEmpty else { throw Unfit(sentence: "the name of the database is missing") }
        let byDefault = Self.defaults()
        func effective(_ name: String) -> String? { said[name] ?? byDefault[name] }
        let hosts = (effective("hostaddr").map { $0 + "," } ?? "") + (effective("host") ?? "")
        let isByNetwork = hosts.split(separator: ",").contains { !$0.hasPrefix("/") && !$0.hasPrefix("@") }
        guard !isByNetwork || effective("sslmode") == "verify-full" else {
            throw Unfit(
                sentence:
                    "over a network the server must prove who it is: add sslmode=verify-full and, for its certificate, sslrootcert=FILE")
        }
        let port = effective("port").map { $0 == "5432" ? "" : ":\($0)" } ?? ""
        (self.address, name) = (address, "\(database) at \(hosts.isEmpty ? "this machine" : hosts)\(port)")
        role = effective("user")
    }

    /// Whether both lead to the same one, by whatever role.
    public func isDatabase(of other: PostgresServer) -> Bool { name == other.name }

    /// What `PQconnectdbParams` takes: a keyword and its value each.
    var parameters: [(String, String)] {
        [
            ("dbname", address), ("application_name", "voffice"), ("client_encoding", "UTF8"),
            ("connect_timeout", "\(max(2, patience.connecting.components.seconds))"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
        ]
    }

    private static func options(of address: String) throws(Unfit) -> [String: String] {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let found = PQconninfoParse(address, &complaint) else {
            defer { PQfreemem(complaint) }
            let words = complaint.map { String(cString: $0) } ?? "it can't be read"
            throw Unfit(sentence: String(words.prefix { $0 != "\n" && $0 != "\"" }) + "(an address that libpq reads is expected)")
        }
        defer { PQconninfoFree(found) }
        return values(found)
    }

    private static func defaults() -> [String: String] {
        guard let found = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(found) }
        return values(found)
    }

    private static func values(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:], option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}
