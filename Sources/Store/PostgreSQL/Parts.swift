// On PostgreSQL a table that grows lies in parts, each row in the one that the first column of its key says (decision 044). Whatever is still whole
// is divided when the database is opened, so that the list of migrations knows of no parts: a later step changes all of a table at once.

/// How the rows of a table lie where they are many, or on many machines.
enum Lying {
    /// Each in the part, or on the machine, that the first column of the key says.
    case spread
    /// A few rows, whole on every machine.
    case everywhere
    /// One thing, or one row, on the machine that is asked first.
    case onOne
}

extension Connection {
    /// Divides what is whole and grows; a table a transaction, so that it may be interrupted, and needs few locks.
    func divide(_ rooms: [Migrations], into count: Int) throws(StoreFault) {
        guard case .postgres = self, count > 1 else { return }
        let growing = Set(rooms.flatMap(\.tables).filter { $0.lying == .spread }.map(\.name))
        for table in try apart({ () throws(StoreFault) in try isSpread() ? [] : try undivided().filter(growing.contains) }) {
            try apart { () throws(StoreFault) in
                // Another server may have done it meanwhile.
                if try undivided().contains(table) { try rebuild(table, inParts: count) }
            }
        }
    }

    /// Whether an engine that spreads rows over machines has tables of this database (Citus, `admin spread`): it divides them itself.
    func isSpread() throws(StoreFault) -> Bool {
        guard try has("SELECT 1 FROM pg_extension WHERE extname = 'citus'") else { return false }
        return try has(
            "SELECT 1 FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid WHERE c.relnamespace = current_schema()::regnamespace"
        )
    }

    /// In a transaction that waits for whoever else changes tables.
    func apart<Value>(_ body: () throws(StoreFault) -> Value) throws(StoreFault) -> Value {
        try beginMigrating()
        do throws(StoreFault) {
            let value = try body()
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// Puts a table in place of itself: in so many parts, or whole (nil). What refers to it, its keys and its indexes stay as they are, but for a
    /// unique key without the first column of the primary key, which no engine checks over several parts: it becomes an index (decision 035).
    func rebuild(_ table: String, inParts count: Int?) throws(StoreFault) {
        let columns = try all(
            """
            SELECT a.attname FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
                WHERE a.attrelid = to_regclass(\(table)) AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY coalesce(array_position(string_to_array(i.indkey::text, ' '), a.attnum::text), 1000), a.attnum LIMIT 1
            """
        ) { $0.text(0) }
        guard let first = columns.first else { throw .corrupt("the table \(table) has no columns") }
        let keys = try all(
            """
            SELECT conname, pg_get_constraintdef(oid), contype = 'u' AND NOT conkey @> ARRAY(
                    SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = \(first))
                FROM pg_constraint WHERE conrelid = to_regclass(\(table)) AND contype IN ('p', 'u') ORDER BY contype, conname
            """
        ) { (name: $0.text(0), made: $0.text(1), isLost: $0.bool(2)) }
        let references = try all(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                WHERE contype = 'f' AND conparentid = 0 AND to_regclass(\(table)) IN (conrelid, confrelid) ORDER BY conname
            """
        ) { (table: $0.text(0), name: $0.text(1), made: $0.text(2)) }
        let indexes = try all(
            """
            SELECT pg_get_indexdef(indexrelid) FROM pg_index i WHERE indrelid = to_regclass(\(table))
                AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid) ORDER BY indexrelid::regclass::text
            """
        ) { $0.text(0) }

        for one in references { try say("ALTER TABLE \(one.table) DROP CONSTRAINT \(one.name)") }
        let made = "\(table)_made", division = count == nil ? "" : " PARTITION BY HASH (\(first))"
        try say("CREATE TABLE \(made) (LIKE \(table) INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)\(division)")
        for part in 0..<(count ?? 0) {
            try say("CREATE TABLE \(made)_\(part) PARTITION OF \(made) FOR VALUES WITH (MODULUS \(count ?? 1), REMAINDER \(part))")
        }
        try say("INSERT INTO \(made) SELECT * FROM \(table)")
        try say("DROP TABLE \(table)")
        try say("ALTER TABLE \(made) RENAME TO \(table)")
        for part in 0..<(count ?? 0) { try say("ALTER TABLE \(made)_\(part) RENAME TO \(table)_\(part)") }
        for key in keys {
            let columns = key.made.drop { $0 != "(" }
            try say(
                key.isLost
                    ? "CREATE INDEX \(key.name) ON \(table) \(columns)" : "ALTER TABLE \(table) ADD CONSTRAINT \(key.name) \(key.made)")
        }
        for index in indexes { try say(index) }
        for one in references { try say("ALTER TABLE \(one.table) ADD CONSTRAINT \(one.name) \(one.made)") }
    }

    private func undivided() throws(StoreFault) -> [String] {
        try all(
            """
            SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND NOT relispartition
                ORDER BY relname
            """
        ) { $0.text(0) }
    }

    /// What is made of the names that the engine gives.
    func say(_ text: String) throws(StoreFault) { _ = try change(SQL(made: text, [])) }

    func has(_ question: SQL) throws(StoreFault) -> Bool { try first(question) { _ in true } ?? false }
}
