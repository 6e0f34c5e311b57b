// A part of somebody's chain of uses as it stood at one moment: opened, held against the entry before and against the signed log.

import Crypto
import Policy
import Store
import TransparencyLog

extension Vault {
    struct UseRow: Sendable {
        let sequence, kind, month: Int64, opening: [UInt8], number: Int64?
        /// Of what was told late: the entry of its time, sealed, and its number in the log.
        let late: (opening: [UInt8], number: Int64)?
        init(_ row: borrowing Row) {
            (sequence, kind, month) = (row.integer(0), row.identity(1), row.integer(2))
            (opening, number) = (row.blob(3), row.integerOrNil(4))
            late = if let opening = row.blobOrNil(5), let number = row.integerOrNil(6) { (opening, number) } else { nil }
        }
        var numbers: [Int64] { [number, late?.number].compactMap { $0 } }

        /// The columns of `init`, of both tables.
        static let columns: SQL = """
            u.seq, u.kind, u.month, u.opening, u.number, t.opening, t.number
                FROM use_record u LEFT JOIN told_late t ON t.subject = u.subject AND t.seq = u.seq
            """

        static func of(_ subject: Subject, _ sequence: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> UseRow? {
            try rows.first(
                "SELECT \(columns) WHERE u.subject = \(subject) AND u.seq = \(sequence)", UseRow.init)
        }

        /// The whole chain, the oldest first.
        static func all(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [UseRow] {
            try rows.all("SELECT \(columns) WHERE u.subject = \(subject) ORDER BY u.seq", UseRow.init)
        }

        /// What of a matter was told late, as its rows say.
        static func late(of subject: Subject, hold: Int64, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> [UseRow] {
            try rows.all("SELECT \(columns) WHERE u.subject = \(subject) AND t.hold = \(hold) ORDER BY u.seq", UseRow.init)
        }

        func keyName(of subject: Subject) -> RecordName { Ledger.MonthKeys.names(of: subject, kind: kind, month: month).uses }
    }

    /// A part of somebody's chain as it stood at one moment, with all that opens and proves it.
    struct Excerpt {
        let subject: Subject
        /// The newest first.
        let rows: [UseRow]
        let isNewest: Bool
        /// The entry from which on everything is kept, where the part reaches to the oldest there is; nil: it doesn't, or nobody knows.
        let firstKept: Int64?
        let head: ChainHead?
        let tree: ProvingTree?
        let keys: [RecordName: Secret]
    }

    /// An entry of an excerpt, opened and proved once.
    struct OpenedRow {
        let row: UseRow
        /// nil: it doesn't open.
        let opening: UseOpening?, leaf: Digest?
        /// nil: no place in the log leads to the root. Whether this leaf does from its place isn't said.
        let proof: InclusionProof?
    }

    func opened(_ excerpt: Excerpt) -> [OpenedRow] {
        excerpt.rows.map { row in
            let opening = try? open(row, of: excerpt.subject, with: excerpt.keys)
            return OpenedRow(
                row: row, opening: opening, leaf: opening?.leaf.hash, proof: row.number.flatMap { try? excerpt.tree?.proof(of: $0) })
        }
    }

    func excerpt(of own: OwnSession, before: Int64?, limit: Int) throws(Refusal) -> Excerpt {
        let bound = before ?? .max, seen = try keys.seenEntry(of: own.subject)
        let (rows, tree, head) = try store.read { (rows) throws(Refusal) -> ([UseRow], ProvingTree?, ChainHead?) in
            try mayRead(own, RecordOfUses.field, in: rows)
            let found = try rows.all(
                """
                SELECT \(UseRow.columns) WHERE u.subject = \(own.subject) AND u.seq < \(bound) ORDER BY u.seq DESC LIMIT \(limit)
                """, UseRow.init)
            let head = try Ledger.end(of: own.subject, in: rows).map {
                ChainHead(sequence: $0.sequence, leaf: Digest(bytes: $0.head), seen: seen)
            }
            return (found, try self.tree(for: found, in: rows), head)
        }
        return Excerpt(
            subject: own.subject, rows: rows, isNewest: before == nil,
            firstKept: rows.count < limit ? try keys.firstKept(of: own.subject) : nil, head: head, tree: tree,
            keys: try monthKeys(of: rows, own.subject))
    }

    func entries(of excerpt: Excerpt, _ opened: [OpenedRow]) throws(Refusal) -> [ChainEntry] {
        let repeated = try keys.repeatedRefusals(of: excerpt.subject)
        return try linked(excerpt, opened).map { entry in
            var entry = entry
            entry.repeated = repeated[entry.sequence] ?? 0
            return entry
        }
    }

    func row(_ sequence: Int64, of own: OwnSession) throws(Refusal) -> (UseRow?, ProvingTree?) {
        try store.read { (rows) throws(Refusal) -> (UseRow?, ProvingTree?) in
            let found = try UseRow.of(own.subject, sequence, in: rows)
            try mayRead(own, RecordOfUses.field, in: rows)
            return (found, try self.tree(for: found.map { [$0] } ?? [], in: rows))
        }
    }

    /// Where the chain ends, as the row beside it says, and what the key store has seen of it.
    struct ChainHead: Sendable {
        let sequence: Int64, leaf: Digest?, seen: SeenEntry?
        /// Less is here than was seen.
        var isShort: Bool { seen.map { $0.sequence > sequence } ?? false }
        /// Where the chain has to end: a copy of one that was cut doesn't pass for whole.
        var end: (sequence: Int64, leaf: Digest)? {
            if isShort, let seen, let leaf = seen.leaf { return (seen.sequence, leaf) }
            return leaf.map { (sequence, $0) }
        }
    }

    /// The entries with what each says of the one before it. An entry that is missing, or doesn't open, shows at its neighbour:
    /// the next one no longer fits.
    private func linked(_ excerpt: Excerpt, _ opened: [OpenedRow]) throws(Refusal) -> [ChainEntry] {
        let subject = excerpt.subject, head = excerpt.head
        var entries: [ChainEntry] = [], newer: (sequence: Int64, previous: Digest?)?, isTailBroken = false
        if excerpt.isNewest {
            // Who reads their list has at least the entry of this session.
            guard let head, !excerpt.rows.isEmpty else { throw .damaged("record of uses") }
            (newer, isTailBroken) = ((head.sequence + 1, head.leaf), head.isShort)
        }
        for entry in opened {
            let row = entry.row
            guard let opening = entry.opening, let leaf = entry.leaf, let use = RecordedUse(text: opening.commonText) else {
                if entries.isEmpty { isTailBroken = true } else { entries[entries.count - 1].proof = .mismatch }
                continue
            }
            let chain = ChainText(text: opening.personText)
            let isItsOwn = chain?.subject == subject && chain?.sequence == row.sequence && head?.seen?.allows(row.sequence, leaf) ?? true
            if let newer, newer.sequence != row.sequence + 1 || newer.previous != leaf {
                if entries.isEmpty { isTailBroken = true } else { entries[entries.count - 1].proof = .mismatch }
            }
            entries.append(
                ChainEntry(
                    sequence: row.sequence, use: use,
                    proof: isItsOwn && !isTailBroken && isAsAtTheTime(row, use, of: subject, with: excerpt.keys, in: excerpt.tree)
                        ? state(of: leaf, row.number, by: entry.proof, in: excerpt.tree) : .mismatch,
                    text: opening.commonText, personText: opening.personText, original: row.late?.number))
            (newer, isTailBroken) = ((row.sequence, chain?.previous), false)
        }
        // Entries before it are missing although nobody let them go.
        if let kept = excerpt.firstKept, let oldest = entries.last, oldest.sequence > kept { entries[entries.count - 1].proof = .mismatch }
        return entries
    }

    /// Reading one's own list is a use like any other: the present version lets them, or the one did under which they came.
    func mayRead(_ own: OwnSession, _ field: String, in rows: borrowing Snapshot<Refusal>) throws(Refusal) {
        let moment = Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis())
        let since = try rows.first("SELECT since FROM subject WHERE id = \(own.subject)") { $0.instant(0) }
        let version = (since.map(versions.inForce(at:)) ?? versions.current).row
        var answers = judge.answers(about: moment)
        let judgement = try judge.judge(thePerson: .read, field, version: version, &answers, in: rows)
        if let refused = judgement.refused { throw .policy(refused) }
    }

    /// nil: none of them is under a checkpoint yet.
    private func tree(for entries: [UseRow], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> ProvingTree? {
        let numbers = entries.flatMap(\.numbers)
        return numbers.isEmpty ? nil : try provingTree(for: numbers, in: rows)
    }

    /// The keys of the months that these entries are of.
    func monthKeys(of rows: [UseRow], _ subject: Subject) throws(Refusal) -> [RecordName: Secret] {
        try keys.keys(of: Array(Set(rows.map { $0.keyName(of: subject) })))
    }

    func open(_ row: UseRow, of subject: Subject, with keys: [RecordName: Secret]) throws(Refusal) -> UseOpening {
        guard let key = keys[row.keyName(of: subject)] else { throw .gone }
        let plain: [UInt8]
        do {
            plain = try Sealed.open(row.opening, under: key, boundTo: Ledger.binding(subject, row.sequence, "person"))
        } catch { throw .damaged("use record \(row.sequence)") }
        return try UseOpening(personsView: plain)
    }

    /// The entry of the time of what was told late, opened, and its number in the log.
    func original(of row: UseRow, _ subject: Subject, with keys: [RecordName: Secret]) -> (opening: UseOpening, number: Int64)? {
        guard let late = row.late, let key = keys[row.keyName(of: subject)],
            let plain = try? Sealed.open(late.opening, under: key, boundTo: Ledger.binding(subject, row.sequence, "withheld")),
            let opening = try? UseOpening(personsView: plain)
        else { return nil }
        return (opening, late.number)
    }

    /// What was told late was in the log from its time on, word for word.
    func isAsAtTheTime(
        _ row: UseRow, _ use: RecordedUse, of subject: Subject, with keys: [RecordName: Secret], in tree: ProvingTree?
    ) -> Bool {
        guard let withheld = use.withheld else { return true }
        guard let (opening, number) = original(of: row, subject, with: keys) else { return false }
        let leaf = opening.leaf.hash
        return leaf.hex == withheld && opening.commonText == use.atTheTime.text && tree?.holds(leaf, at: number) ?? true
    }

    func state(of leaf: Digest, _ number: Int64?, by proof: InclusionProof?, in tree: ProvingTree?) -> ProofState {
        guard let number, let tree else { return .recorded }
        return tree.holds(leaf, by: proof) ? .signed(number: number) : .mismatch
    }
}
