// The papers of a matter against the rows beside them. What waits to be told and until when it waits stands in the papers' chain, which
// nobody who writes only the database can change; the rows make it quick to find. What they lack is put back from the chain.

import Crypto
import Store
import TransparencyLog

/// What the papers of a matter say of its silence, entry by entry.
struct Silence: Sendable {
    /// Until when, as the newest entry says it; nil: none speaks of a silence, or it was given up before both officers agreed.
    private(set) var end: Instant?
    /// Whether both officers said so.
    private(set) var isAgreed = false
    /// The entries that their person is to be told of in the end: their numbers in the papers, and the hashes of their leaves.
    private(set) var waiting: [(sequence: Int64, leaf: Digest)] = []

    mutating func read(_ use: RecordedUse, _ sequence: Int64, _ leaf: Digest) {
        if let until = use.silent {
            end = until
            isAgreed = isAgreed || !use.isRefusal && ["hold", "extend restraint", "end restraint"].contains(use.verb)
            waiting.append((sequence, leaf))
        } else if ["drop hold", "lapse hold", "end hold"].contains(use.verb) {
            (end, isAgreed) = (nil, false)
        }
    }
}

/// What the papers of a matter say of its hold.
struct HoldTold: Sendable {
    /// The entry with which it began; nil: both didn't agree, or the entry has had its time.
    private(set) var hold: RecordedUse?
    /// The moment of the entry with which it ended.
    private(set) var over: Instant?

    mutating func read(_ use: RecordedUse) {
        if use.verb == "hold", !use.isRefusal { (hold, over) = (use, nil) }
        if ["end hold", "drop hold", "lapse hold"].contains(use.verb) { over = use.at }
    }

    /// Whether an end that a row says is the one that the papers say.
    func ends(at moment: Instant) -> Bool {
        let hour = Swift.Duration.seconds(3_600)
        return over.map { ($0 - hour...$0 + hour).contains(moment) } ?? false
    }
}

extension Restraint {
    /// Who set one that was put back from its papers.
    static let putBack = "the papers"
}

extension Vault {
    /// Whether the row of a hold says of its agreement and its end what its papers say, and its days are those that the house wrote. After the
    /// term of its entries nobody knows the former.
    func isAsPapersSay(_ hold: Hold) throws(Refusal) -> Bool {
        let isOurs = try store.read { (rows) throws(Refusal) in try areOurs(Self.heldRows, where: "number = \(hold.number)", in: rows) }
        guard isOurs else { return false }
        var told = HoldTold(), first: Int64?
        for (use, sequence) in try list(of: hold.matter) {
            first = first ?? sequence
            told.read(use)
        }
        if told.hold != nil, hold.agreed == nil { return false }
        guard let ended = hold.ended else { return true }
        return told.ends(at: ended) || told.hold == nil && told.over == nil && first != 1
    }

    /// Once an hour, and first of all: of every matter whose person is here.
    func mendSilences() async throws(Refusal) {
        guard head.isLookAtPapersDue(at: clock.now()) else { return }
        let all = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT number FROM legal_hold WHERE subject IS NOT NULL") { $0.integer(0) }
        }
        try await mendSilences(of: Set(all))
        head.lookedAtPapers(at: clock.now())
    }

    /// Puts back what the rows of these matters lack. Gives whether something was missing. What doesn't open holds up nothing else.
    @discardableResult
    func mendSilences(of holds: Set<Int64>) async throws(Refusal) -> Bool {
        var isMended = false
        for number in holds.sorted() {
            do throws(Refusal) { if try await mendSilence(of: number) { isMended = true } } catch {
                switch error {
                case .damaged, .gone: continue
                default: throw error
                }
            }
        }
        return isMended
    }

    private func mendSilence(of number: Int64) async throws(Refusal) -> Bool {
        guard let hold = try hold(number), let subject = hold.subject else { return false }
        let (silence, last) = try silence(in: hold.matter), now = clock.now()
        // After the term of its entries nobody can say any more who was told.
        guard let end = silence.end, isKept(usesOf: Ledger.MonthKeys.month(of: end), at: now) else { return false }
        let untold = try untold(silence, of: hold, subject)
        return try await store.write { (rows) throws(Refusal) -> Bool in
            // What was entered meanwhile is looked at the next time.
            guard try self.isHere(subject, in: rows.snapshot),
                try rows.exists("SELECT 1 FROM chain WHERE subject = \(hold.matter) AND seq = \(last)")
            else { return false }
            var isMended = false
            let now = try KnownTime.latest(now, in: rows.snapshot)
            let stands = try Restraint.end(of: number, at: now, in: rows.snapshot)
            if end >= now, stands.map({ $0 < end }) ?? true {
                try rows.run(
                    """
                    INSERT INTO restraint (number, hold, until, proposed, first, agreed, second)
                        VALUES (\(try rows.nextNumber(of: "restraint")), \(number), \(end), \(now), \(Restraint.putBack), \(now), \(Restraint.putBack))
                    """)
                isMended = true
            } else if silence.isAgreed {
                let ended = try rows.run(
                    """
                    UPDATE restraint SET ended = \(now), ender = \(Restraint.putBack)
                        WHERE hold = \(number) AND agreed IS NOT NULL AND ended IS NULL AND until > \(end) AND until >= \(now)
                    """)
                if ended > 0 { isMended = true }
            }
            for sequence in untold {
                let isThere = try rows.exists(
                    "SELECT 1 FROM withheld WHERE matter = \(hold.matter) AND seq = \(sequence) AND subject = \(subject) AND hold = \(number)"
                )
                guard !isThere else { continue }
                try rows.run("DELETE FROM withheld WHERE matter = \(hold.matter) AND seq = \(sequence)")
                try self.withhold(sequence, of: hold, in: rows)
                isMended = true
            }
            return isMended
        }
    }

    /// What the papers say, and their newest entry.
    private func silence(in matter: Subject) throws(Refusal) -> (Silence, last: Int64) {
        let (rows, last) = try store.read { (rows) throws(Refusal) in
            (
                try UseRow.all(of: matter, in: rows),
                try rows.first("SELECT seq FROM chain WHERE subject = \(matter)") { $0.integer(0) } ?? 0
            )
        }
        let keys = try monthKeys(of: rows, matter)
        var silence = Silence()
        for row in rows {
            guard let opening = try? open(row, of: matter, with: keys), let use = RecordedUse(text: opening.commonText) else { continue }
            silence.read(use, row.sequence, opening.leaf.hash)
        }
        return (silence, last)
    }

    /// The entries that neither wait for their person nor stand in their list.
    private func untold(_ silence: Silence, of hold: Hold, _ subject: Subject) throws(Refusal) -> [Int64] {
        let waits = try store.read { (rows) throws(Refusal) in
            Set(
                try rows.all(
                    "SELECT seq FROM withheld WHERE matter = \(hold.matter) AND subject = \(subject) AND hold = \(hold.number)"
                ) { $0.integer(0) })
        }
        var left = silence.waiting.filter { !waits.contains($0.sequence) }
        // The rows that say what was told may be what somebody took out: then the whole list is asked, which knows.
        for isWhole in [false, true] where !left.isEmpty {
            let rows = try store.read { (rows) throws(Refusal) in
                try isWhole ? UseRow.all(of: subject, in: rows) : UseRow.late(of: subject, hold: hold.number, in: rows)
            }
            let keys = try monthKeys(of: rows, subject)
            for row in rows {
                let opening = try? open(row, of: subject, with: keys)
                guard let told = opening.flatMap({ RecordedUse(text: $0.commonText)?.withheld }) else { continue }
                left.removeAll { $0.leaf.hex == told }
            }
        }
        return left.map(\.sequence)
    }
}
