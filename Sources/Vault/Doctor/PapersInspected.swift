// The holds and their silences, as the papers of each matter have them, against the rows beside them.

import Crypto
import Policy
import Store

/// What was seen of papers while the people were looked through; it grows with the holds, not with the people.
struct PapersInspected {
    struct Row {
        let number: Int64, subject: Int64?, first: String, second: String?
        let agreed: Instant?, ended: Instant?, review: Instant
    }
    struct Matter {
        var silence = Silence()
        var told = HoldTold()
    }
    var rows: [Int64: Row] = [:]
    var matters: [Int64: Matter] = [:]
    /// Entries for whom no row waits, by the hashes of their leaves; and the hashes that somebody's list names.
    var untold: [String: (matter: Int64, sequence: Int64)] = [:], told: Set<String> = []
    /// Under whose number a copy lies.
    var copies: Set<Int64> = []
}

extension Inspection {
    mutating func readHolds() throws(StoreFault) {
        let rows = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT matter, number, subject, first, second, agreed, ended, review FROM legal_hold") { row in
                (
                    row.identity(0),
                    PapersInspected.Row(
                        number: row.integer(1), subject: row.identityOrNil(2), first: row.text(3), second: row.textOrNil(4),
                        agreed: row.instantOrNil(5), ended: row.instantOrNil(6), review: row.instant(7))
                )
            }
        }
        papers.rows = Dictionary(rows) { $1 }
    }

    /// An entry of a chain, in its order.
    mutating func see(_ use: RecordedUse, _ row: UseRow, _ leaf: Digest, of person: Subject) throws(StoreFault) {
        changed.see(use, row.sequence)
        if let then = use.withheld {
            papers.told.insert(then)
            return
        }
        guard use.silent != nil || papers.rows[person.id] != nil else { return }
        var matter = papers.matters[person.id] ?? PapersInspected.Matter()
        matter.silence.read(use, row.sequence, leaf)
        matter.told.read(use)
        papers.matters[person.id] = matter
        guard use.silent != nil, let hold = papers.rows[person.id] else { return }
        let waits = try data.read { (rows) throws(StoreFault) in
            try rows.exists(
                """
                SELECT 1 FROM withheld WHERE matter = \(person) AND seq = \(row.sequence) AND hold = \(hold.number)
                    AND subject = \(hold.subject)
                """)
        }
        if !waits { papers.untold[leaf.hex] = (person.id, row.sequence) }
    }

    mutating func inspectPapers() throws(StoreFault) {
        for matter in Set(papers.matters.keys).union(papers.copies).sorted() where papers.rows[matter] == nil {
            report(.holdAltered, "the row of the hold whose papers are under \(matter) is missing")
        }
        for (matter, said) in papers.matters.sorted(by: { $0.key < $1.key }) {
            guard let row = papers.rows[matter] else { continue }
            try inspect(row, against: said)
            guard row.subject != nil else { continue }
            try inspect(said.silence, of: row)
        }
        for (leaf, entry) in papers.untold.sorted(by: { $0.value < $1.value }) where !papers.told.contains(leaf) {
            // Who has left is told nothing any more.
            guard let hold = papers.rows[entry.matter], let subject = hold.subject, try isHere(subject) else { continue }
            report(
                .withheldLost, "entry \(entry.sequence) of the papers of hold \(hold.number): nothing waits to tell it, and nobody was told"
            )
        }
        let stray = try data.read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT hold, seq FROM withheld w WHERE NOT EXISTS
                    (SELECT 1 FROM legal_hold h WHERE h.number = w.hold AND h.matter = w.matter AND h.subject = w.subject) ORDER BY place
                """
            ) { "entry \($0.integer(1)) of the papers of hold \($0.integer(0)) waits for somebody whom it isn't about" }
        }
        for what in stray { report(.withheldLost, what) }
    }

    private func isHere(_ subject: Int64) throws(StoreFault) -> Bool {
        try data.read { (rows) throws(StoreFault) in
            try rows.exists(
                "SELECT 1 FROM subject WHERE id = \(subject) AND NOT EXISTS (SELECT 1 FROM erasure WHERE subject = \(subject))")
        }
    }

    /// Whether it stands, what is held, and by whom.
    private mutating func inspect(_ row: PapersInspected.Row, against said: PapersInspected.Matter) throws(StoreFault) {
        guard let hold = said.told.hold else { return }
        let fields = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT field FROM legal_hold_field WHERE number = \(row.number) ORDER BY place") { $0.text(0) }
        }
        let place = "hold \(row.number)"
        if hold.matter != row.number { report(.holdAltered, "\(place): its papers are of hold \(hold.matter ?? 0)") }
        if row.agreed == nil { report(.holdAltered, "\(place): its papers say that both agreed, and its row that they didn't") }
        if said.told.over == nil, row.ended != nil {
            report(.holdAltered, "\(place): its row says that it ended, and its papers that it stands")
        }
        if said.told.over != nil, let ended = row.ended, !said.told.ends(at: ended) {
            report(.holdAltered, "\(place): its row says that it ended on \(Day(of: ended).iso), and its papers another day")
        }
        if said.told.over != nil, row.ended == nil, row.review >= now {
            report(.holdAltered, "\(place): its row says that it stands, and its papers that it ended")
        }
        if fields != hold.things { report(.holdAltered, "\(place): its papers hold \(hold.things.joined(separator: ", "))") }
        if ![row.first, row.second].contains(hold.who) { report(.holdAltered, "\(place): its papers say that \(hold.who) made the copy") }
    }

    private mutating func inspect(_ silence: Silence, of row: PapersInspected.Row) throws(StoreFault) {
        guard let end = silence.end else { return }
        let number = row.number, clock = now
        let now = try data.read { (rows) throws(StoreFault) in try KnownTime.latest(clock, in: rows) }
        let (stands, runs, isPutBack) = try data.read { (rows) throws(StoreFault) in
            (
                try Restraint.end(of: number, at: now, in: rows),
                try rows.first("SELECT max(r.until) FROM restraint r WHERE r.hold = \(number) AND \(Restraint.runs(at: now))") {
                    $0.instantOrNil(0)
                } ?? nil,
                try rows.exists(
                    "SELECT 1 FROM restraint r WHERE r.hold = \(number) AND r.first = \(Restraint.putBack) AND \(Restraint.runs(at: now))")
            )
        }
        let place = "hold \(number): its papers say silence until \(end.iso)"
        if end >= now, stands.map({ $0 < end }) ?? true { report(.silenceAltered, "\(place), and its rows an earlier end") }
        if let runs, silence.isAgreed, runs > end { report(.silenceAltered, "\(place), and its rows a later end") }
        if isPutBack { report(.silenceAltered, "\(place); its rows said an earlier end, and were put right") }
    }
}
