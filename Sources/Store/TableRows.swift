// Whole tables, row by row in the order of their keys, whatever lies in them: for whoever moves a database to another engine, or holds one
// against another.

/// A table as the engine itself describes it.
public struct Table: Sendable, Equatable {
    public let name: String
    public let columns: [String]
    /// Where the columns of its primary key stand among them, in its order; empty: it has none, and is read whole.
    private let key: [Int]
    /// The tables that its rows point to.
    public let parents: Set<String>

    /// The column by which its rows are spread: the first of its key.
    var spreadBy: String { columns[key.first ?? 0] }

    fileprivate init(_ name: String, _ columns: [(name: String, place: Int64)], parents: Set<String>) {
        (self.name, self.columns, self.parents) = (name, columns.map(\.name), parents)
        key = columns.indices.filter { columns[$0].place > 0 }.sorted { columns[$0].place < columns[$1].place }
    }

    public func key(of row: [SQL.Value]) -> [SQL.Value] { key.map { row[$0] } }

    /// So many rows go into one statement: a statement has at most 32,766 values on SQLite, 65,535 on PostgreSQL.
    fileprivate static let mostInStatement = 50

    fileprivate var names: String { columns.joined(separator: ", ") }
    /// A table without a key is put in order by all that it has.
    private var order: String { key.isEmpty ? names : key.map { columns[$0] }.joined(separator: ", ") }

    fileprivate func question(after former: [SQL.Value]?, atMost most: Int) -> SQL {
        let whole = "SELECT \(names) FROM \(name)"
        guard !key.isEmpty else { return SQL(made: "\(whole) ORDER BY \(order)", []) }
        let begin = former.map { " WHERE (\(order)) > (\(Self.marks($0.count)))" } ?? ""
        return SQL(made: "\(whole)\(begin) ORDER BY \(order) LIMIT \(SQL.parameter)", (former ?? []) + [.integer(Int64(most))])
    }

    fileprivate func insertion(_ rows: ArraySlice<[SQL.Value]>) -> SQL {
        let marks = "(\(Self.marks(columns.count)))"
        return SQL(
            made: "INSERT INTO \(name) (\(names)) VALUES \(rows.map { _ in marks }.joined(separator: ", "))", rows.flatMap { $0 })
    }

    private static func marks(_ count: Int) -> String { Array(repeating: "\(SQL.parameter)", count: count).joined(separator: ", ") }
}

extension Snapshot {
    /// Every table but the marks of groups of writes, which the engine that moves rows makes itself; parents before their children.
    public borrowing func wholeTables() throws(Failure) -> [Table] {
        do throws(StoreFault) { return try connection.tablesParentsFirst().filter { $0.name != "write_group" } } catch {
            throw .store(error)
        }
    }

    /// The next rows behind this key, of a table without one all.
    public borrowing func rows(of table: Table, after key: [SQL.Value]?, atMost most: Int) throws(Failure) -> [[SQL.Value]] {
        try all(table.question(after: key, atMost: most)) { row in table.columns.indices.map { row.value($0) } }
    }

    public borrowing func count(of table: Table) throws(Failure) -> Int {
        Int(try first(SQL(made: "SELECT count(*) FROM \(table.name)", [])) { $0.integer(0) } ?? 0)
    }
}

extension Transaction {
    public borrowing func put(_ rows: ArraySlice<[SQL.Value]>, into table: Table) throws(Failure) {
        var rest = rows
        while !rest.isEmpty {
            // Of two lengths, so that few statements are prepared.
            let some = rest.prefix(rest.count < Table.mostInStatement ? 1 : Table.mostInStatement)
            try run(table.insertion(some))
            rest = rest.dropFirst(some.count)
        }
    }

    public borrowing func empty(_ table: Table) throws(Failure) { try run(SQL(made: "DELETE FROM \(table.name)", [])) }
}

extension Connection {
    /// In the scope that is open, each behind those that its rows point to.
    func tablesParentsFirst() throws(StoreFault) -> [Table] {
        var rest = try describedTables(), ordered: [Table] = []
        while !rest.isEmpty {
            let known = Set(ordered.map(\.name))
            let next = rest.filter { $0.parents.subtracting([$0.name]).isSubset(of: known) }
            guard !next.isEmpty else { throw .corrupt("tables point at each other in a ring") }
            ordered += next
            rest.removeAll(where: next.contains)
        }
        return ordered
    }

    /// In alphabetical order.
    private func describedTables() throws(StoreFault) -> [Table] {
        var described: [Table] = []
        for name in try tables() {
            let columns: [(name: String, place: Int64)], parents: [String]
            switch self {
            case .sqlite:
                columns = try all("SELECT name, pk FROM pragma_table_info(\(name)) ORDER BY cid") { ($0.text(0), $0.integer(1)) }
                parents = try all("SELECT \"table\" FROM pragma_foreign_key_list(\(name))") { $0.text(0) }
            case .postgres:
                columns = try all(
                    """
                    SELECT a.attname, coalesce(array_position(string_to_array(i.indkey::text, ' '), a.attnum::text), 0)
                        FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
                        WHERE a.attrelid = to_regclass(\(name)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                    """
                ) { ($0.text(0), $0.integer(1)) }
                parents = try all(
                    """
                    SELECT confrelid::regclass::text FROM pg_constraint
                        WHERE contype = 'f' AND conparentid = 0 AND conrelid = to_regclass(\(name))
                    """
                ) { $0.text(0) }
            }
            described.append(Table(name, columns, parents: Set(parents)))
        }
        return described
    }
}
