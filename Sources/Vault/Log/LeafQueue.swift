// Leaves that wait for their place in the log: written with what they are about, taken out as they are placed.

import Crypto
import Store
import TransparencyLog

/// A leaf of the house's own stands under subject 0 and a number of its own; one of a person, under their entry's.
enum LeafQueue {
    static let step: (name: StaticString, statements: [SQL]) = (
        "leaves that wait, by whose they are",
        [
            """
            CREATE TABLE leaf_waiting (subject INTEGER NOT NULL, seq INTEGER NOT NULL, leaf BLOB NOT NULL, publication INTEGER,
                PRIMARY KEY (subject, seq)) STRICT, WITHOUT ROWID
            """,
            "INSERT INTO leaf_waiting (subject, seq, leaf) SELECT subject, seq, leaf FROM leaf_queue WHERE subject IS NOT NULL",
            "INSERT INTO leaf_waiting (subject, seq, leaf, publication) SELECT 0, id, leaf, seq FROM leaf_queue WHERE subject IS NULL",
            "INSERT INTO number_given (name, last) SELECT 'own leaf', coalesce(max(id), 0) FROM leaf_queue",
            "DROP TABLE leaf_queue",
        ]
    )

    struct Waiting: Sendable {
        /// nil: made just now, never queued.
        let place: Place?
        let leaf: [UInt8]
        /// Of a note about the policy: whose number the leaf gets.
        var publication: Int64? = nil

        /// Whose chain it is an entry of; nil: it is the house's own.
        var entry: (subject: Subject, sequence: Int64)? {
            place.flatMap { $0.subject == 0 ? nil : (Subject(id: $0.subject), $0.sequence) }
        }
    }
    struct Place: Hashable, Sendable { let subject, sequence: Int64 }

    static func add(_ leaf: Leaf, of subject: Subject, _ sequence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("INSERT INTO leaf_waiting (subject, seq, leaf) VALUES (\(subject), \(sequence), \(leaf.data))")
    }

    /// One that says openly what the house did.
    static func add<Failure>(_ leaf: Leaf, about publication: Int64? = nil, in rows: borrowing Transaction<Failure>) throws(Failure) {
        let number = try rows.nextNumber(of: "own leaf")
        try rows.run(
            "INSERT INTO leaf_waiting (subject, seq, leaf, publication) VALUES (0, \(number), \(leaf.data), \(publication))")
    }

    /// Whose they were is forgotten; the leaves, which say nothing, get their places.
    static func disown(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let leaves = try rows.all("DELETE FROM leaf_waiting WHERE subject = \(subject) RETURNING leaf") { $0.blob(0) }
        for leaf in leaves {
            let number = try rows.nextNumber(of: "own leaf")
            try rows.run("INSERT INTO leaf_waiting (subject, seq, leaf) VALUES (0, \(number), \(leaf))")
        }
    }

    /// Those of one person after each other, in the order of their chain; the people in an order that says nothing of anybody.
    static func all(shuffledBy dice: inout some RandomNumberGenerator, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [Waiting] {
        let found = try rows.all(
            """
            SELECT w.subject, w.seq, w.leaf, w.publication FROM leaf_waiting w WHERE \(isRightly) ORDER BY w.subject, w.seq LIMIT \(mostAtOnce)
            """
        ) { row in
            Waiting(
                place: Place(subject: row.identity(0), sequence: row.integer(1)), leaf: row.blob(2), publication: row.integerOrNil(3))
        }.filter { (try? Leaf(data: $0.leaf)) != nil }
        var people: [Range<Int>] = []
        for (index, leaf) in found.enumerated() {
            if let last = people.last, found[last.lowerBound].place?.subject == leaf.place?.subject {
                people[people.count - 1] = last.lowerBound..<index + 1
            } else {
                people.append(index..<index + 1)
            }
        }
        people.shuffle(using: &dice)
        return people.flatMap { found[$0] }
    }
    private static let mostAtOnce = 100_000

    /// Of an entry that has no place yet, or the house's own: what somebody else put into the queue stays there, and keeps nothing back.
    static let isRightly: SQL = """
        (w.subject = 0 OR EXISTS (SELECT 1 FROM use_record u WHERE u.subject = w.subject AND u.seq = w.seq AND u.number IS NULL))
        """

    /// Takes it out; false: whose it was has been forgotten meanwhile, and it waits as the house's own.
    static func take(_ waiting: Waiting, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        guard let place = waiting.place else { return true }
        return try rows.run("DELETE FROM leaf_waiting WHERE subject = \(place.subject) AND seq = \(place.sequence)") == 1
    }
}
