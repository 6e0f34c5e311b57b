// Rows that must be there because something else is: a table that lost some of them can't say so itself.

import Crypto
import Policy
public import Store

/// What another room's tables must have because others do.
public struct Presence: Sendable {
    /// Who is found by an address.
    public var found: [SQL] = []
    /// Who is found by the words of their name, and the field that it is.
    public var searched: (subjects: SQL, field: String)?
    /// What rows hold of people and their lists tell too.
    public var told: [ToldState] = []
    /// Numbers that are given one after the other: their name, and a query of the highest that is there.
    public var numbers: [(name: String, highest: SQL)] = []
    /// A field of which each value belongs to a row, and whether that is there.
    public var items: [(field: String, what: String, hasOwner: HasOwner)] = []
    public typealias HasOwner =
        @Sendable (_ subject: Subject, _ item: Int64, _ rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Bool
    /// Numbers of things of which two tables say what can't both be, and what that is.
    public var contradictions: [(what: String, numbers: SQL)] = []
    /// Who works or worked here, and as whom, as entries name them: `customer service 7`.
    public var staff: SQL?

    /// Whose rows make the house destroy something, or give power.
    public var worded: [WordedTable] = []

    public init() {}
}

extension Vault {
    /// This room's numbers.
    static let numbersGiven: [(name: String, highest: SQL)] = [
        ("policy_version", "SELECT max(id) FROM policy_version"), ("policy_proposal", "SELECT max(id) FROM policy_proposal"),
        ("policy_publication", "SELECT max(id) FROM policy_publication"), ("legal_hold", "SELECT max(number) FROM legal_hold"),
        ("restraint", "SELECT max(number) FROM restraint"), ("withheld", "SELECT max(place) FROM withheld"),
        ("own leaf", "SELECT max(seq) FROM leaf_waiting WHERE subject = 0"),
    ]
}

extension Inspection {
    mutating func inspectPresence() throws(StoreFault) {
        for (name, highest) in Vault.numbersGiven + presence.numbers {
            let (given, last) = try data.read { (rows) throws(StoreFault) in
                (
                    try rows.first(highest) { $0.integerOrNil(0) ?? 0 } ?? 0,
                    try rows.first("SELECT last FROM number_given WHERE name = \(name)") { $0.integer(0) }
                )
            }
            if given > last ?? 0 { report(.numbersLost, "\(name): \(given) is given, and number_given knows of \(last ?? 0)") }
        }
        let months = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT DISTINCT month FROM use_record WHERE month NOT IN (SELECT month FROM use_month)") { $0.integer(0) }
        }
        for month in months { report(.rowsLost, "use_month lacks month \(month), whose uses would never go") }
        try inspectWords(of: [Vault.retainedRows] + presence.worded)
        try inspectWords(of: [Vault.heldRows], as: .holdAltered)
        for (what, numbers) in presence.contradictions {
            let found = try data.read { (rows) throws(StoreFault) in try rows.all(numbers) { $0.integer(0) } }
            for number in found { report(.rowsLost, "\(what) \(number)") }
        }
        try inspectStaff()
        for query in presence.found {
            let people = try data.read { (rows) throws(StoreFault) in try rows.all(query) { Subject(id: $0.identity(0)) } }
            for person in people where try !leads(to: person) { report(.lookup, "no address leads to person \(person.id)") }
        }
    }

    /// Whoever did something with people's data did it as whom their row says: nobody gets another role or number.
    private mutating func inspectStaff() throws(StoreFault) {
        guard let query = presence.staff else { return }
        let rows = try data.read { (rows) throws(StoreFault) in try rows.all(query) { ($0.integer(0), $0.textOrNil(1)) } }
        let shown = Dictionary(rows) { $1 }
        for (staff, names) in worked.sorted(by: { $0.key < $1.key }) where people.contains(staff) {
            let place = "who worked here as \(names.sorted().joined(separator: ", and as "))"
            guard let name = shown[staff] else {
                report(.rowsLost, "the row of person \(staff), \(place)")
                continue
            }
            if let name, names != [name] { report(.stateAltered, "person \(staff), \(place), is \(name) by their row") }
        }
    }

    private func leads(to person: Subject) throws(StoreFault) -> Bool {
        // Who is leaving at this moment isn't found any more.
        let isLeaving = try data.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM erasure WHERE subject = \(person)") }
        if isLeaving || !people.contains(person.id) { return true }
        let owner = KeyStore.ownerLabel(of: person, buckets.ring)
        return try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM address WHERE owner = \(owner)") }
    }

    /// One value of somebody's, and what follows from it.
    mutating func inspect(_ entry: Entry, of record: RecordName) throws(StoreFault) {
        let person = record.subject
        if entry.field == Vault.heldCopy { papers.copies.insert(person.id) }
        if record.item == 0, entry.field == presence.searched?.field, searched.contains(person.id) {
            let buckets = buckets, owner = KeyStore.ownerLabel(of: person, buckets.ring)
            let wanted = Set(
                Vault.words(of: String(decoding: entry.value, as: UTF8.self)).map { SearchKey(.nameWord, $0, buckets.ring) })
            let there = try keys.read { (rows) throws(StoreFault) in
                try rows.all("SELECT label, bucket, sealed FROM search_key WHERE owner = \(owner)") { row in
                    (0..<Int64(Buckets.count)).contains(row.integer(1))
                        ? SearchRow(row.blob(2), label: row.blob(0), bucket: row.integer(1), buckets) : nil
                }
            }
            if !wanted.isSubset(of: there.compactMap { $0?.key }) {
                report(.lookup, "person \(person.id) isn't found by a word of their name")
            }
        }
        for (field, what, hasOwner) in presence.items where field == entry.field {
            let isThere = try data.read { (rows) throws(StoreFault) in try hasOwner(person, record.item, rows) }
            if !isThere { report(.rowsLost, "\(what) of item \(record.item) of person \(person.id)") }
        }
    }
}
