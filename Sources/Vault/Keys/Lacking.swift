// What data and keys of two moments can't give together: records that are there, and no key to them.

import Policy
import Store

/// Records of so many persons that nothing opens, whoever was forgotten not counted.
public struct Lacking: Equatable, Sendable {
    public internal(set) var persons = 0, records = 0
}

extension Lacking {
    init(all names: [RecordName]) { (persons, records) = (Set(names.map(\.subject)).count, names.count) }

    /// Those of the records to which a key store has no key.
    init(_ names: [RecordName], in keys: borrowing Snapshot<StoreFault>) throws(StoreFault) {
        var closed: [RecordName] = []
        for name in names {
            let isClosed = try !keys.exists(
                """
                SELECT 1 FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                    AND generation = \(name.generation)
                    UNION ALL SELECT 1 FROM destroyed WHERE subject = \(name.subject)
                """)
            if isClosed { closed.append(name) }
        }
        self.init(all: closed)
    }

    /// Of every record in the data.
    static func names(in data: borrowing Snapshot<StoreFault>) throws(StoreFault) -> [RecordName] {
        try data.all("SELECT subject, kind, item, generation FROM record") { row in
            RecordName(subject: Subject(id: row.identity(0)), kind: row.identity(1), item: row.identity(2), generation: row.integer(3))
        }
    }

    /// For the operator: `3 records of 2 persons`.
    var text: String { "\(records) record\(records == 1 ? "" : "s") of \(persons) person\(persons == 1 ? "" : "s")" }
}
