// Receipts of deletions in the safe, for as long as a backup of before them opens: what is restored says of a deletion after it what the house
// said before. Nothing in them leads to anybody.
//
//     receipts.N    of the deletions of day N: for each what its page says, and a code of 32 bytes over it; destroyed 21 days later

import Crypto
import Policy
import Store

/// A receipt as its rows say it.
struct KeptReceipt: Equatable {
    let receipt: [UInt8], day: Day, until: Instant
    var kept: [(place: Int64, field: String, rule: String, law: String, until: Instant?, hold: Int64?)] = []

    static func == (a: KeptReceipt, b: KeptReceipt) -> Bool { a.bytes == b.bytes }

    var bytes: [UInt8] {
        var out = Encoder()
        out.blob(receipt)
        for number in [Int64(day.number), until.microseconds, Int64(kept.count)] { out.integer(number) }
        for row in kept {
            out.integer(row.place)
            for text in [row.field, row.rule, row.law] { out.text(text) }
            for number in [row.until?.microseconds, row.hold] { out.blob(number.map { Array("\($0)".utf8) } ?? []) }
        }
        return out.bytes
    }

    init(receipt: [UInt8], day: Day, until: Instant) { (self.receipt, self.day, self.until) = (receipt, day, until) }

    init?(_ bytes: [UInt8]) {
        var input = Decoder(bytes)
        guard let receipt = input.blob(), let day = input.integer(), let until = input.integer(), let count = input.integer() else {
            return nil
        }
        self.init(receipt: receipt, day: Day(Int(day)), until: Instant(microseconds: until))
        while kept.count < count {
            guard let place = input.integer(), let field = input.text(), let rule = input.text(), let law = input.text(),
                let end = input.text(), let hold = input.text()
            else { return nil }
            kept.append((place, field, rule, law, Int64(end).map(Instant.init(microseconds:)), Int64(hold)))
        }
    }
}

extension Safe {
    private func path(ofReceipts day: Int64) -> String { "\(folder)/receipts.\(day)" }
    private func receiptDays() throws(KeyFault) -> [Int64] { try DurableFile.numbers(of: "receipts", in: folder) }

    /// Their lengths: whether somebody took one away.
    func lengthsOfReceipts() throws(KeyFault) -> [Int64: Int] {
        var lengths: [Int64: Int] = [:]
        for day in try receiptDays() { lengths[day] = DurableFile.length(of: path(ofReceipts: day)) ?? 0 }
        return lengths
    }

    /// Of a file what holds of it, and whether all does.
    private func receipts(of day: Int64, _ ring: KeyRing) throws(KeyFault) -> (whole: [KeptReceipt], isWhole: Bool) {
        guard let bytes = try DurableFile.read(path(ofReceipts: day)) else { return ([], true) }
        var input = Decoder(bytes), whole: [KeptReceipt] = [], isWhole = true
        while let text = input.blob() {
            let code = input.blob()
            guard code == Self.code(of: text, on: day, ring), let receipt = KeptReceipt(text) else {
                isWhole = false
                continue
            }
            whole.append(receipt)
        }
        return (whole, isWhole && input.isAtEnd)
    }

    /// All that hold, the oldest day first.
    func receipts(_ ring: KeyRing) throws(KeyFault) -> [KeptReceipt] {
        var all: [KeptReceipt] = []
        for day in try receiptDays() { all += try receipts(of: day, ring).whole }
        return all
    }

    /// The files that aren't as this house wrote them.
    func changedReceipts(_ ring: KeyRing) throws(KeyFault) -> [String] {
        var changed: [String] = []
        for day in try receiptDays() where try !receipts(of: day, ring).isWhole { changed.append(path(ofReceipts: day)) }
        return changed
    }

    /// Adds those that aren't there, beside what others wrote; what doesn't hold goes.
    func keep(_ receipts: [KeptReceipt], _ ring: KeyRing) throws(KeyFault) {
        for (day, new) in Dictionary(grouping: receipts, by: { Int64($0.day.number) }) {
            let (there, isWhole) = try self.receipts(of: day, ring), known = Set(there.map(\.receipt))
            let lacking = new.filter { !known.contains($0.receipt) }
            guard !lacking.isEmpty || !isWhole else { continue }
            var out = Encoder()
            for receipt in there + lacking {
                let text = receipt.bytes
                out.blob(text)
                out.blob(Self.code(of: text, on: day, ring))
            }
            try DurableFile.write(out.bytes, to: path(ofReceipts: day))
        }
    }

    func forgetOldReceipts(on today: Day) throws(KeyFault) {
        for day in try receiptDays() where day < today.number - Self.days { DurableFile.remove(path(ofReceipts: day)) }
    }

    private static func code(of text: [UInt8], on day: Int64, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("\(day)|".utf8) + text, under: ring.owner.derive("receipts", 1)).bytes
    }
}

extension Vault {
    /// Those of deletions before which a backup may open yet.
    func receiptsOfLate() throws(Refusal) -> [KeptReceipt] {
        let since = Day(Day(of: clock.now()).number - Safe.days)
        var receipts: [KeptReceipt] = []
        try store.read { (rows) throws(Refusal) in
            try rows.each(
                """
                SELECT r.receipt, r.day, r.until, k.place, k.field, k.rule, k.law, k.until, k.hold
                    FROM deletion_receipt r LEFT JOIN deletion_kept k ON k.receipt = r.receipt
                    WHERE r.day >= \(since.start) ORDER BY r.receipt, k.place
                """
            ) { row in
                let receipt = row.blob(0)
                if receipts.last?.receipt != receipt {
                    receipts.append(KeptReceipt(receipt: receipt, day: Day(of: row.instant(1)), until: row.instant(2)))
                }
                guard let place = row.integerOrNil(3) else { return }
                receipts[receipts.count - 1].kept.append(
                    (place, row.text(4), row.text(5), row.text(6), row.instantOrNil(7), row.integerOrNil(8)))
            }
        }
        return receipts
    }

    /// After a restore the receipts of deletions since the backup are there again. What was held in silence then is told only where its hold is
    /// there too, which knows whether it may be.
    public func putBackReceipts(from safe: Safe) async throws(HouseFault) {
        let now = clock.now(), receipts: [KeptReceipt]
        do throws(KeyFault) { receipts = try safe.receipts(keys.ring).filter { $0.until > now } } catch { throw .keys(error) }
        do throws(Refusal) {
            let lacking = try store.read { (rows) throws(Refusal) in
                var lacking: [KeptReceipt] = []
                for receipt in receipts where try !rows.exists("SELECT 1 FROM deletion_receipt WHERE receipt = \(receipt.receipt)") {
                    lacking.append(receipt)
                }
                return lacking
            }
            guard !lacking.isEmpty else { return }
            try await store.write { (rows) throws(Refusal) in
                for receipt in lacking { try Self.put(receipt, in: rows) }
            }
        } catch { throw .refusal(error) }
    }

    private static func put(_ kept: KeptReceipt, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let inserted = try rows.run(
            """
            INSERT INTO deletion_receipt (receipt, day, until) VALUES (\(kept.receipt), \(kept.day.start), \(kept.until))
                ON CONFLICT DO NOTHING
            """)
        guard inserted > 0 else { return }
        for row in kept.kept {
            if let hold = row.hold, try !rows.exists("SELECT 1 FROM legal_hold WHERE number = \(hold)") { continue }
            try rows.run(
                """
                INSERT INTO deletion_kept (receipt, place, field, rule, law, until, hold)
                    VALUES (\(kept.receipt), \(row.place), \(row.field), \(row.rule), \(row.law), \(row.until), \(row.hold))
                    ON CONFLICT DO NOTHING
                """)
        }
    }
}
