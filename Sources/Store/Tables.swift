// Which tables are there, as the engine itself lists them, and whether they are ours.

extension Connection {
    /// In the scope that is open, in alphabetical order.
    func tables() throws(StoreFault) -> [String] {
        switch self {
        case .sqlite:
            try all("SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name") { $0.text(0) }
        case .postgres:
            try all(
                """
                SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                    ORDER BY relname
                """
            ) { $0.text(0) }
        }
    }

    /// Whether somebody else's tables are in it, or it was made so that the same statements would mean something else.
    func refuseForeign() throws(StoreFault) {
        if case .postgres = self {
            let made = try first(
                "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()"
            ) { (encoding: $0.text(0), order: $0.text(1)) }
            guard let made, made.encoding == "UTF8", ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(made.order) else {
                let found = "its encoding is \(made?.encoding ?? "unknown"), its order \(made?.order ?? "unknown")"
                throw .foreign("\(found); createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 makes one that serves")
            }
        }
        let tables = try tables()
        guard tables.isEmpty || tables.contains("migration") else { throw .foreign("it holds other tables, like \(tables[0])") }
    }
}
