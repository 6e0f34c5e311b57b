// A house whose databases become ones of many machines (decision 045).

public import Store

extension Vault {
    /// Of a house that is closed: data and keys, each a database of PostgreSQL that has Citus. Where one of the two hasn't, nothing is done.
    /// - Parameters:
    ///   - migrations: those of the data.
    ///   - tell: what became of each table, and the name of its database.
    public static func spread(
        _ data: Database, keys: Database, migrations: [Migrations], telling tell: (SpreadTable, _ database: String) -> Void
    ) throws(HouseFault) {
        do throws(StoreFault) {
            for database in [data, keys] { try Store.expectSpreadable(database) }
            try Store.spread(data, migrations: migrations) { tell($0, data.name) }
            try Store.spread(keys, migrations: [KeyStore.migrations]) { tell($0, keys.name) }
        } catch { throw .store(error) }
    }
}
