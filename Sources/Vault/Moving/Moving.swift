// A house to another engine: every row of data and keys, table by table, in the order of their keys. What lies in the target already is held
// against the source first, so that a move that was interrupted goes on where it ended, and whatever differs is put there anew.

import Crypto
public import Store
import TransparencyLog

/// Where a house lies.
public struct HousePlace: Sendable {
    public let database: Database, keyFolder: String
    let keys: Database

    /// - Parameter keys: nil for the file in the folder of the keys.
    public init(database: Database, keyFolder: String, keys: Database?) {
        (self.database, self.keyFolder, self.keys) = (database, keyFolder, keys ?? KeyStore.database(in: keyFolder))
    }
}

/// A table of both places, held against each other.
public struct ComparedTable: Sendable, Equatable {
    /// `record of data.sqlite`.
    public let name: String
    public let rows: Int
    /// Over every value of every row, in the order of the key.
    public let digest: [UInt8]
    /// The first row, counted from 1, that isn't the same in the target; nil: all are.
    public let differs: Int?
}

/// What a move came to.
public struct Moved {
    public let tables: [ComparedTable]
    /// The log's newest tree, which both signed.
    public let size: Int, root: [UInt8]
    /// What doesn't fit in the house as it lies in the target.
    public let inspection: Inspection
    public var differing: [ComparedTable] { tables.filter { $0.differs != nil } }
}

/// What is said while it goes on.
public enum MoveProgress: Sendable {
    case rows(table: String, done: Int, of: Int)
    /// What an earlier run put there wasn't the same from this row on.
    case begunAnew(table: String, row: Int)
    case checking(table: String)
}

public enum MoveFault: Error {
    case house(HouseFault)
    /// Something is in the target that isn't this house.
    case taken(String)
    /// Both have not the same tables and columns.
    case unlike(String)
}

extension MoveFault {
    /// What happened and what to do next, for the operator.
    public var sentence: String {
        switch self {
        case .house(let fault): fault.sentence
        case .taken(let name): "\(name) holds something already. Name an empty one; nothing in it was changed."
        case .unlike(let name):
            "\(name) isn't made of the same columns in both places. Start the house once with this program, then move it."
        }
    }
}

extension Vault {
    private static let rowsAtOnce = 500

    /// Brings a closed house to another place, and holds both against each other. Changes nothing of the old one.
    /// - Parameters:
    ///   - goesOn: what lies in the target is of an earlier run, and not of somebody else.
    ///   - tables: as in `inspect`.
    public static func move(
        _ old: HousePlace, to new: HousePlace, goesOn: Bool, migrations: [Migrations], tables: [(name: String, subjects: SQL)],
        presence: Presence, now: Instant, telling tell: (MoveProgress) -> Void
    ) throws(MoveFault) -> Moved {
        let (data, keys, buckets) = try still(old)
        let pending = try asking { () throws(StoreFault) in try data.pending(migrations) + keys.pending([KeyStore.migrations]) }
        guard pending == 0 else { throw .house(.pending(pending)) }
        try bring(data, to: new.database, migrations, goesOn: goesOn, tell)
        try bring(keys, to: new.keys, [KeyStore.migrations], goesOn: goesOn, tell)
        // The same ring under a root of its own: once the old root is forgotten, the old key store opens nothing any more.
        let roots = FileRoots(folder: new.keyFolder, named: "root")
        let rings = Rings(folder: new.keyFolder, roots: roots, randomness: SystemRandomness())
        do throws(KeyFault) {
            try rings.put(buckets)
            try rings.forget(allBut: buckets.generation)
        } catch { throw .house(.keys(error)) }
        return try compare(old, with: new, tables: tables, presence: presence, now: now, telling: tell)
    }

    /// Holds every row of both places against each other, as they are now, and looks through the new one.
    public static func compare(
        _ old: HousePlace, with new: HousePlace, tables: [(name: String, subjects: SQL)], presence: Presence, now: Instant,
        telling tell: (MoveProgress) -> Void
    ) throws(MoveFault) -> Moved {
        let (former, present) = (try still(old), try still(new))
        var compared: [ComparedTable] = []
        for (one, other) in [(former.data, present.data), (former.keys, present.keys)] {
            for table in try wholeTables(one, besides: wholeTables(other)) {
                tell(.checking(table: "\(table.name) of \(other.name)"))
                compared.append(try asking { () throws(StoreFault) in try compare(table, one, other) })
            }
        }
        let tree = try asking { () throws(StoreFault) in try newestTree(of: present.data).tree }
        let inspection = try asking { () throws(StoreFault) in
            try Inspection(
                data: present.data, keys: present.keys, buckets: present.buckets, now: now, tables: tables, presence: presence)
        }
        return Moved(tables: compared, size: tree.size, root: tree.root, inspection: inspection)
    }

    private static func bring(
        _ still: Still, to database: Database, _ migrations: [Migrations], goesOn: Bool, _ tell: (MoveProgress) -> Void
    ) throws(MoveFault) {
        let store = try asking { () throws(StoreFault) in try Store.open(database, migrations: migrations) }
        defer { store.close() }
        let there = try asking { () throws(StoreFault) in try store.read { (rows) throws(StoreFault) in try rows.wholeTables() } }
        let tables = try wholeTables(still, besides: there)
        let isTaken = try asking { () throws(StoreFault) -> Bool in
            let house = { (rows: borrowing Snapshot<StoreFault>) throws(StoreFault) in
                try rows.first("SELECT id FROM house") { $0.blob(0) }
            }
            let ours = try still.read(house)
            return try store.read { (rows) throws(StoreFault) in
                if !goesOn {
                    for table in tables where try isFull(table, rows) { return true }
                    return false
                }
                let there = try house(rows)
                return there != nil && there != ours
            }
        }
        guard !isTaken else { throw .taken(store.name) }
        // Whose it is stands there first.
        for table in tables.filter({ $0.name == "house" }) + tables.filter({ $0.name != "house" }) {
            try asking { () throws(StoreFault) in try bring(table, tables, of: still, to: store, tell) }
        }
    }

    /// Whether anybody entered something; a table's own first rows are those of a house without anybody.
    private static func isFull(_ table: Table, _ rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Bool {
        guard ["house", "subject", "class_key", "log_leaf", "policy_version"].contains(table.name) else { return false }
        return try rows.count(of: table) > 0
    }

    private static func bring(
        _ table: Table, _ tables: [Table], of still: Still, to store: Store, _ tell: (MoveProgress) -> Void
    ) throws(StoreFault) {
        let name = "\(table.name) of \(store.name)"
        let total = try still.read { (rows) throws(StoreFault) in try rows.count(of: table) }
        var last: [SQL.Value]?, done = 0, isBehind = false
        while true {
            let wanted = try next(table, last, still)
            let there = try store.read { (rows) throws(StoreFault) in
                isBehind ? [] : try rows.rows(of: table, after: last, atMost: rowsAtOnce)
            }
            guard there == Array(wanted.prefix(there.count)) else {
                tell(.begunAnew(table: name, row: done + 1 + (zip(wanted, there).prefix { $0 == $1 }.count)))
                let fallen = Self.fallen(with: table, tables)
                try store.writeAndWait { (rows) throws(StoreFault) in for table in fallen { try rows.empty(table) } }
                (last, done, isBehind) = (nil, 0, true)
                continue
            }
            let missing = wanted[there.count...]
            if !missing.isEmpty {
                isBehind = true
                try store.writeAndWait { (rows) throws(StoreFault) in try rows.put(missing, into: table) }
            }
            done += wanted.count
            guard let end = wanted.last, !table.key(of: end).isEmpty else { break }
            last = table.key(of: end)
            tell(.rows(table: name, done: done, of: total))
        }
        tell(.rows(table: name, done: done, of: total))
    }

    private static func next(_ table: Table, _ last: [SQL.Value]?, _ still: Still) throws(StoreFault) -> [[SQL.Value]] {
        try still.read { (rows) throws(StoreFault) in try rows.rows(of: table, after: last, atMost: rowsAtOnce) }
    }

    /// What has to be emptied with a table, because its rows point to it: the last first.
    private static func fallen(with table: Table, _ tables: [Table]) -> [Table] {
        var fallen: [Table] = []
        for other in tables where other == table || !other.parents.isDisjoint(with: fallen.map(\.name)) { fallen.append(other) }
        return fallen.reversed()
    }

    private static func compare(_ table: Table, _ one: Still, _ other: Still) throws(StoreFault) -> ComparedTable {
        var digest = SHA256.Running(), last: [SQL.Value]?, done = 0, differs: Int?
        while true {
            let rows = try next(table, last, one), others = try next(table, last, other)
            if differs == nil, rows != others { differs = done + 1 + zip(rows, others).prefix { $0 == $1 }.count }
            for row in rows { digest.add(row.bytes) }
            done += rows.count
            guard let end = rows.last, !table.key(of: end).isEmpty else { break }
            last = table.key(of: end)
        }
        return ComparedTable(name: "\(table.name) of \(other.name)", rows: done, digest: digest.digest.bytes, differs: differs)
    }

    /// The tables of both, parents before their children; the order of columns is that of the one.
    private static func wholeTables(_ one: Still, besides others: [Table]) throws(MoveFault) -> [Table] {
        let tables = try wholeTables(one)
        if let lone = tables.first(where: { !others.contains($0) }) { throw .unlike("the table \(lone.name)") }
        guard tables.count == others.count else { throw .unlike(one.name) }
        return tables
    }

    private static func wholeTables(_ still: Still) throws(MoveFault) -> [Table] {
        try asking { () throws(StoreFault) in try still.read { (rows) throws(StoreFault) in try rows.wholeTables() } }
    }

    private static func still(_ place: HousePlace) throws(MoveFault) -> (data: Still, keys: Still, buckets: Buckets) {
        do throws(HouseFault) { return try still(database: place.database, keyFolder: place.keyFolder, place.keys) } catch {
            throw .house(error)
        }
    }

    private static func asking<Value>(_ body: () throws(StoreFault) -> Value) throws(MoveFault) -> Value {
        do throws(StoreFault) { return try body() } catch { throw .house(.store(error)) }
    }
}

extension [SQL.Value] {
    /// So that no two rows have the same.
    fileprivate var bytes: [UInt8] {
        var encoder = Encoder()
        for value in self {
            switch value {
            case .null: encoder.integer(0)
            case .integer(let number):
                encoder.integer(1)
                encoder.integer(number)
            case .text(let text):
                encoder.integer(2)
                encoder.text(text)
            case .blob(let bytes):
                encoder.integer(3)
                encoder.blob(bytes)
            }
        }
        return encoder.bytes
    }
}
