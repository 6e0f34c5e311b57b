// A database of PostgreSQL that has the extension Citus becomes one whose rows lie on many machines (decision 045).

/// What became of one table.
public struct SpreadTable: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// Each row on the machine that this column says; equal values of any such column of a kind lie together.
        case spread(by: String)
        /// Whole, on every machine.
        case everywhere
        /// Whole, on the coordinator.
        case onCoordinator
    }
    public let name: String
    public let place: Place
    /// It lay so before.
    public let wasThere: Bool
}

extension Store {
    /// Brings the tables up to date and gives each its place, parents before what refers to them. What has its place keeps it, so that it can be
    /// run again: after an interruption, and after an update that made tables.
    /// - Throws: `unable` where the database is a file or lacks the extension; what Citus refuses, in its words.
    public static func spread(
        _ database: Database, migrations: [Migrations], telling tell: (SpreadTable) -> Void = { _ in }
    ) throws(StoreFault) {
        try expectSpreadable(database)
        guard case .server(var server) = database.unhurried else { return }
        // What Citus spreads isn't divided once more.
        server.parts = 1
        try Store.open(.server(server), migrations: migrations).close()
        let connection = try Connection(.server(server), for: .writing)
        let places = Dictionary(
            ([Migrations.ownTables] + migrations).flatMap(\.tables).map { ($0.name, $0.lying) } + [("migration", .onOne)],
            uniquingKeysWith: { first, _ in first })
        let tables = try connection.apart { () throws(StoreFault) in try connection.tablesParentsFirst() }
        for table in tables where places[table.name] == .spread {
            try connection.apart { () throws(StoreFault) in
                if try connection.isInParts(table.name) { try connection.rebuild(table.name, inParts: nil) }
            }
        }
        for table in tables {
            guard let lying = places[table.name] else { throw .foreign("it holds other tables, like \(table.name)") }
            tell(try connection.apart { () throws(StoreFault) in try connection.place(table, lying) })
        }
    }

    /// Throws `unable`, saying why, where `spread` would.
    public static func expectSpreadable(_ database: Database) throws(StoreFault) {
        guard case .server = database else { throw .unable("\(database.name) is a file of one machine; a server's database can be spread") }
        let connection = try Connection(database, for: .reading)
        try connection.beginReading()
        let hasCitus = try connection.has("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
        try connection.endReading()
        guard hasCitus else {
            throw .unable(
                "\(database.name) lacks the extension citus, without which one machine holds all rows; its server's owner: CREATE EXTENSION citus"
            )
        }
    }
}

extension Connection {
    fileprivate func isInParts(_ table: String) throws(StoreFault) -> Bool {
        try has(
            """
            SELECT 1 FROM pg_class WHERE oid = to_regclass(\(table)) AND relkind = 'p'
                AND NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = oid)
            """)
    }

    /// What Citus knows of it: `h` is spread by a hash, `n` isn't, and then `t` is whole everywhere and `s` on the coordinator.
    fileprivate func place(_ table: Table, _ lying: Lying) throws(StoreFault) -> SpreadTable {
        let known = try first(
            "SELECT partmethod::text || repmodel::text FROM pg_dist_partition WHERE logicalrelid = to_regclass(\(table.name))"
        ) {
            $0.text(0)
        }
        switch lying {
        case .spread:
            let column = table.spreadBy
            if known?.hasPrefix("h") != true {
                // Whole numbers lie with whole numbers, tokens with tokens: a person's rows all on one machine.
                let with = try first(
                    """
                    SELECT p.logicalrelid::regclass::text FROM pg_dist_partition p JOIN pg_index i ON i.indrelid = p.logicalrelid AND i.indisprimary
                        JOIN pg_attribute a ON a.attrelid = p.logicalrelid AND a.attnum = i.indkey[0]
                        WHERE p.partmethod = 'h' AND a.atttypid = (SELECT atttypid FROM pg_attribute
                            WHERE attrelid = to_regclass(\(table.name)) AND attname = \(column)) ORDER BY 1
                    """
                ) { $0.text(0) }
                _ = try has("SELECT create_distributed_table(to_regclass(\(table.name)), \(column), colocate_with => \(with ?? "none"))")
            }
            return SpreadTable(name: table.name, place: .spread(by: column), wasThere: known?.hasPrefix("h") == true)
        case .everywhere:
            if known != "nt" { _ = try has("SELECT create_reference_table(to_regclass(\(table.name)))") }
            return SpreadTable(name: table.name, place: .everywhere, wasThere: known == "nt")
        case .onOne:
            if known == nil { _ = try has("SELECT citus_add_local_table_to_metadata(to_regclass(\(table.name)))") }
            return SpreadTable(name: table.name, place: .onCoordinator, wasThere: known != nil)
        }
    }
}
