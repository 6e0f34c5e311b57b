// The person's own list of uses, each verified against the signed log when it is shown.

import Crypto
import Policy
import Store
import TransparencyLog

public enum ProofState: Sendable, Hashable {
    /// Durable; the next checkpoint is a second away.
    case recorded
    /// Under a signed checkpoint, verified by the server just now; `number` is its place in the log.
    case signed(number: Int64)
    /// The log and the entry don't fit together.
    case mismatch
}

public struct ChainEntry: Sendable {
    /// From 1.
    public let sequence: Int64
    public let use: RecordedUse
    public var proof: ProofState
    /// Of a refusal: how many like it came after it today, and aren't told by an entry of their own yet.
    public var repeated: Int64 = 0
    /// What the browser verifies: the common part, as its hash went into the log.
    public let text: String
    /// The part that only the person opens: whose it is, and where it stands in their chain.
    public let personText: String
    /// Of what was told late: its number in the log from the first, under which it was verified too.
    public var original: Int64? = nil
}

extension Vault {
    /// The newest first; `before` is the sequence number to go on from.
    public func uses(of own: OwnSession, before: Int64?, limit: Int) throws(Refusal) -> [ChainEntry] {
        try entries(of: excerpt(of: own, before: before, limit: limit))
    }

    /// nil: no such entry of this person.
    public func use(_ sequence: Int64, of own: OwnSession) throws(Refusal) -> ChainEntry? {
        let seen = try keys.seenEntry(of: own.subject), (row, tree) = try row(sequence, of: own)
        guard let row else { return nil }
        let opening = try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject))
        guard let use = RecordedUse(text: opening.commonText) else { throw .damaged("use record \(row.sequence)") }
        let isAsSeen = seen?.allows(sequence, opening.leaf.hash) ?? true
        let wasSo = isAsAtTheTime(row, use, of: own.subject, with: try monthKeys(of: [row], own.subject), in: tree)
        var entry = ChainEntry(
            sequence: sequence, use: use, proof: isAsSeen && wasSo ? state(of: opening, row.number, in: tree) : .mismatch,
            text: opening.commonText, personText: opening.personText, original: row.late?.number)
        entry.repeated = try keys.repeatedRefusals(of: own.subject)[sequence] ?? 0
        return entry
    }

    /// The proof as JSON that the browser verifies; nil until the entry is under a signed checkpoint.
    public func proof(of sequence: Int64, of own: OwnSession) throws(Refusal) -> [UInt8]? {
        let (row, tree) = try row(sequence, of: own)
        guard let row, let number = row.number, let tree else { return nil }
        let opening = try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject))
        do throws(LogFault) {
            return try UseProof(opening, receipt: try tree.receipt(of: number), log: NoteVerifier(name: origin, key: logKey)).json()
        } catch { throw .damaged("proof") }
    }
}

extension Vault {
    /// Every entry of the person's chain that is kept: as their page shows it, the newest first; and opened, the oldest first, with its
    /// proof. Both are of one moment.
    func chain(of own: OwnSession) throws(Refusal) -> (entries: [ChainEntry], chain: ExportedChain) {
        let excerpt = try excerpt(of: own, before: nil, limit: .max)
        let links = excerpt.rows.reversed().map { row in
            ExportedChain.Link(
                sequence: row.sequence, opening: try? open(row, of: own.subject, with: excerpt.keys),
                receipt: row.number.flatMap { number in try? excerpt.tree?.receipt(of: number) },
                original: original(of: row, own.subject, with: excerpt.keys).map { opening, number in
                    (opening, try? excerpt.tree?.receipt(of: number))
                })
        }
        return (try entries(of: excerpt), ExportedChain(links: links, head: excerpt.head?.end, checkpoint: excerpt.tree?.note))
    }
}

extension Vault {
    private struct UseRow: Sendable {
        let sequence, kind, month: Int64, opening: [UInt8], number: Int64?
        /// Of what was told late: the entry of its time, sealed, and its number in the log.
        let late: (opening: [UInt8], number: Int64)?
        init(_ row: borrowing Row) {
            (sequence, kind, month) = (row.integer(0), row.integer(1), row.integer(2))
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

        func keyName(of subject: Subject) -> RecordName { Ledger.MonthKeys.names(of: subject, kind: kind, month: month).uses }
    }

    /// A part of somebody's chain as it stood at one moment, with all that opens and proves it.
    private struct Excerpt {
        let subject: Subject
        /// The newest first.
        let rows: [UseRow]
        let isNewest: Bool
        let head: ChainHead?
        let tree: ProvingTree?
        let keys: [RecordName: Secret]
    }

    private func excerpt(of own: OwnSession, before: Int64?, limit: Int) throws(Refusal) -> Excerpt {
        let bound = before ?? .max, seen = try keys.seenEntry(of: own.subject)
        let (rows, tree, head) = try store.read { (rows) throws(Refusal) -> ([UseRow], ProvingTree?, ChainHead?) in
            try mayRead(own, in: rows)
            let found = try rows.all(
                """
                SELECT \(UseRow.columns) WHERE u.subject = \(own.subject) AND u.seq < \(bound) ORDER BY u.seq DESC LIMIT \(limit)
                """, UseRow.init)
            let head = try rows.first("SELECT seq, head FROM chain WHERE subject = \(own.subject)") {
                ChainHead(sequence: $0.integer(0), leaf: Digest(bytes: $0.blob(1)), seen: seen)
            }
            return (found, try self.tree(for: found, in: rows), head)
        }
        return Excerpt(
            subject: own.subject, rows: rows, isNewest: before == nil, head: head, tree: tree,
            keys: try monthKeys(of: rows, own.subject))
    }

    private func entries(of excerpt: Excerpt) throws(Refusal) -> [ChainEntry] {
        let repeated = try keys.repeatedRefusals(of: excerpt.subject)
        return try linked(excerpt).map { entry in
            var entry = entry
            entry.repeated = repeated[entry.sequence] ?? 0
            return entry
        }
    }

    /// When an entry was made; tells nothing else of it, so nobody's right to read the list is asked.
    func instant(of sequence: Int64, in own: OwnSession) throws(Refusal) -> Instant? {
        guard let row = try store.read({ (rows) throws(Refusal) in try UseRow.of(own.subject, sequence, in: rows) }) else { return nil }
        return RecordedUse(text: try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject)).commonText)?.at
    }

    private func row(_ sequence: Int64, of own: OwnSession) throws(Refusal) -> (UseRow?, ProvingTree?) {
        try store.read { (rows) throws(Refusal) -> (UseRow?, ProvingTree?) in
            let found = try UseRow.of(own.subject, sequence, in: rows)
            try mayRead(own, in: rows)
            return (found, try self.tree(for: found.map { [$0] } ?? [], in: rows))
        }
    }

    /// Where the chain ends, as the row beside it says, and what the key store has seen of it.
    private struct ChainHead: Sendable {
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
    private func linked(_ excerpt: Excerpt) throws(Refusal) -> [ChainEntry] {
        let subject = excerpt.subject, head = excerpt.head
        var entries: [ChainEntry] = [], newer: (sequence: Int64, previous: Digest?)?, isTailBroken = false
        if excerpt.isNewest {
            // Who reads their list has at least the entry of this session.
            guard let head, !excerpt.rows.isEmpty else { throw .damaged("record of uses") }
            (newer, isTailBroken) = ((head.sequence + 1, head.leaf), head.isShort)
        }
        for row in excerpt.rows {
            guard let opening = try? open(row, of: subject, with: excerpt.keys), let use = RecordedUse(text: opening.commonText) else {
                if entries.isEmpty { isTailBroken = true } else { entries[entries.count - 1].proof = .mismatch }
                continue
            }
            let leaf = opening.leaf.hash, chain = ChainText(text: opening.personText)
            let isItsOwn = chain?.subject == subject && chain?.sequence == row.sequence && head?.seen?.allows(row.sequence, leaf) ?? true
            if let newer, newer.sequence != row.sequence + 1 || newer.previous != leaf {
                if entries.isEmpty { isTailBroken = true } else { entries[entries.count - 1].proof = .mismatch }
            }
            entries.append(
                ChainEntry(
                    sequence: row.sequence, use: use,
                    proof: isItsOwn && !isTailBroken && isAsAtTheTime(row, use, of: subject, with: excerpt.keys, in: excerpt.tree)
                        ? state(of: opening, row.number, in: excerpt.tree) : .mismatch,
                    text: opening.commonText, personText: opening.personText, original: row.late?.number))
            (newer, isTailBroken) = ((row.sequence, chain?.previous), false)
        }
        return entries
    }

    /// Reading one's own list is a use like any other: the present version lets them, or the one did under which they came.
    private func mayRead(_ own: OwnSession, in rows: borrowing Snapshot<Refusal>) throws(Refusal) {
        let moment = Moment(subject: own.subject, actor: .thePerson(own.subject), basis: Basis())
        let since = try rows.first("SELECT since FROM subject WHERE id = \(own.subject)") { $0.instant(0) }
        let version = (since.map(versions.inForce(at:)) ?? versions.current).row
        var answers = judge.answers(about: moment)
        let judgement = try judge.judge(thePerson: .read, "record of uses", version: version, &answers, in: rows)
        if let refused = judgement.refused { throw .policy(refused) }
    }

    /// nil: none of them is under a checkpoint yet.
    private func tree(for entries: [UseRow], in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> ProvingTree? {
        let numbers = entries.flatMap(\.numbers)
        return numbers.isEmpty ? nil : try provingTree(for: numbers, in: rows)
    }

    /// The keys of the months that these entries are of.
    private func monthKeys(of rows: [UseRow], _ subject: Subject) throws(Refusal) -> [RecordName: Secret] {
        try keys.keys(of: Array(Set(rows.map { $0.keyName(of: subject) })))
    }

    private func open(_ row: UseRow, of subject: Subject, with keys: [RecordName: Secret]) throws(Refusal) -> UseOpening {
        guard let key = keys[row.keyName(of: subject)] else { throw .gone }
        let plain: [UInt8]
        do {
            plain = try Sealed.open(row.opening, under: key, boundTo: Ledger.binding(subject, row.sequence, "person"))
        } catch { throw .damaged("use record \(row.sequence)") }
        return try UseOpening(personsView: plain)
    }

    /// The entry of the time of what was told late, opened, and its number in the log.
    private func original(of row: UseRow, _ subject: Subject, with keys: [RecordName: Secret]) -> (opening: UseOpening, number: Int64)? {
        guard let late = row.late, let key = keys[row.keyName(of: subject)],
            let plain = try? Sealed.open(late.opening, under: key, boundTo: Ledger.binding(subject, row.sequence, "withheld")),
            let opening = try? UseOpening(personsView: plain)
        else { return nil }
        return (opening, late.number)
    }

    /// What was told late was in the log from its time on, word for word.
    private func isAsAtTheTime(
        _ row: UseRow, _ use: RecordedUse, of subject: Subject, with keys: [RecordName: Secret], in tree: ProvingTree?
    ) -> Bool {
        guard let withheld = use.withheld else { return true }
        guard let (opening, number) = original(of: row, subject, with: keys) else { return false }
        let leaf = opening.leaf.hash
        return leaf.hex == withheld && opening.commonText == use.atTheTime.text && tree?.holds(leaf, at: number) ?? true
    }

    private func state(of opening: UseOpening, _ number: Int64?, in tree: ProvingTree?) -> ProofState {
        guard let number, let tree else { return .recorded }
        return tree.holds(opening.leaf.hash, at: number) ? .signed(number: number) : .mismatch
    }
}
