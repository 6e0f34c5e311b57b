// `voffice admin spread`: the databases of a house on PostgreSQL with Citus, over its machines.

import JSON
import Office
import Store
import Vault

enum SpreadCommand {
    static let command = Command(
        words: ["admin", "spread"], purpose: "spreads the tables of a house on PostgreSQL with the extension Citus over its machines",
        detail: """
            For a house that is closed, in databases that have the extension. Rows about a person go to the machine that the person's number says,
            tables of a few rows to all, and the log stays on the coordinator. Run it again after an interruption, and after each update.
            """,
        findings: "where a database is a file, lacks the extension, or refuses", run: { call in run(call) })

    private static func run(_ call: Call) -> Int32 {
        let configuration = Serve.readConfiguration(), data = configuration.data
        if let lacking = DataDirectory.lacksHouse(data) { return failed(lacking) }
        guard let keys = configuration.databases.keys, case .server = configuration.databases.data(of: data) else {
            return failed("this house lies in files of one machine. `voffice admin move` brings it to PostgreSQL.")
        }
        do throws(DataDirectory.Unfit) { _ = try DataDirectory(opening: data) } catch { return failed(error.sentence) }
        var told: [JSON] = [], count = 0
        do throws(HouseFault) {
            try Vault.spread(
                configuration.databases.data(of: data), keys: keys, migrations: Vault.migrations + [Environment.migrations]
            ) { table, database in
                count += table.wasThere ? 0 : 1
                told.append(json(table, database))
                if !call.isJSON, !table.wasThere { Terminal.say("\(table.name) of \(database): \(words(table.place))") }
            }
        } catch { return failed(error.sentence) }
        Terminal.say(
            call.isJSON
                ? JSON.object([("tables", .list(told))]).text
                : "\(Terminal.count(count, "table")) got their place; of \(told.count) each has it. Run it again after the next update.")
        return 0
    }

    private static func words(_ place: SpreadTable.Place) -> String {
        switch place {
        case .spread(let column): "each row where its \(column) says"
        case .everywhere: "whole on every machine"
        case .onCoordinator: "whole on the coordinator"
        }
    }

    private static func json(_ table: SpreadTable, _ database: String) -> JSON {
        let place: JSON =
            switch table.place {
            case .spread(let column): .object([("spread_by", .string(column))])
            case .everywhere: .string("everywhere")
            case .onCoordinator: .string("coordinator")
            }
        return .object([
            ("database", .string(database)), ("table", .string(table.name)), ("place", place), ("was_there", .bool(table.wasThere)),
        ])
    }

    private static func failed(_ sentence: String) -> Int32 {
        Terminal.complain("voffice admin spread: \(sentence)")
        return 1
    }
}
