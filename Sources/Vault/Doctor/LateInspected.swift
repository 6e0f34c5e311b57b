// What couldn't be told at the time: that it waits in its papers no longer than it must, and that what was told late is what stood in the log.

import Crypto
import Store
import TransparencyLog

extension Inspection {
    /// The entry of then of something that was told late: sealed, and its number in the log.
    typealias Original = (opening: [UInt8], number: Int64)

    func originals(of person: Subject) throws(StoreFault) -> [Int64: Original] {
        let rows = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT seq, opening, number FROM told_late WHERE subject = \(person)") {
                ($0.integer(0), (opening: $0.blob(1), number: $0.integer(2)))
            }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// - Parameters:
    ///   - use: what the entry says.
    ///   - key: of the month of the entry.
    mutating func inspect(
        _ original: Original?, of use: RecordedUse?, _ person: Subject, _ sequence: Int64, under key: Secret?
    ) throws(StoreFault) {
        let place = "entry \(sequence) of person \(person.id)"
        guard let use, let withheld = use.withheld else {
            if original != nil { report(.lateEntry, "\(place) has an entry of before beside it that it doesn't name") }
            return
        }
        guard let original else { return report(.lateEntry, "\(place) was told late, and its entry of then is missing") }
        guard let key, let plain = try? Sealed.open(original.opening, under: key, boundTo: Ledger.binding(person, sequence, "withheld")),
            let opening = try? UseOpening(personsView: plain)
        else { return report(.lateEntry, "\(place) was told late, and its entry of then doesn't open") }
        let leaf = opening.leaf
        let isInLog = try data.read { (rows) throws(StoreFault) in
            try rows.exists("SELECT 1 FROM log_leaf WHERE number = \(original.number) AND leaf = \(leaf.data)")
        }
        guard isInLog, leaf.hash.hex == withheld, opening.commonText == use.atTheTime.text else {
            return report(.lateEntry, "\(place) was told late, and number \(original.number) of the log isn't its entry of then")
        }
    }

    /// What waits to be told stands in the papers, and doesn't wait when it may be told; what was told late stands in somebody's chain.
    mutating func inspectWithheld() throws(StoreFault) {
        let since = now - .seconds(3_600)
        let (lost, overdue, stray) = try data.read { (rows) throws(StoreFault) in
            (
                try rows.all(
                    """
                    SELECT seq, hold FROM withheld w
                        WHERE NOT EXISTS (SELECT 1 FROM use_record u WHERE u.subject = w.matter AND u.seq = w.seq) ORDER BY place
                    """
                ) { "entry \($0.integer(0)) of the papers of hold \($0.integer(1)), of which somebody isn't told yet" },
                try rows.all(
                    """
                    SELECT w.hold, count(*) FROM withheld w
                        JOIN use_record u ON u.subject = w.matter AND u.seq = w.seq AND u.number IS NOT NULL
                        WHERE NOT EXISTS (SELECT 1 FROM restraint r WHERE r.hold = w.hold AND (\(Restraint.stands(at: now))
                            OR CASE WHEN r.ended < r.until THEN r.ended ELSE r.until END >= \(since)))
                        GROUP BY w.hold ORDER BY w.hold
                    """
                ) {
                    "the papers of hold \($0.integer(0)): somebody may be told of entries since an hour ago or longer, \($0.integer(1)) in all"
                },
                try rows.all(
                    """
                    SELECT subject, seq FROM told_late t
                        WHERE NOT EXISTS (SELECT 1 FROM use_record u WHERE u.subject = t.subject AND u.seq = t.seq)
                    """
                ) { "the entry of then of entry \($0.integer(1)) of person \($0.integer(0)), which is missing" }
            )
        }
        let twice = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT hold, seq FROM withheld GROUP BY hold, matter, seq, subject HAVING count(*) > 1 ORDER BY hold, seq") {
                "entry \($0.integer(1)) of the papers of hold \($0.integer(0)) waits more than once; it is told once"
            }
        }
        for what in lost + twice { report(.withheldLost, what) }
        for what in overdue { report(.withheldOverdue, what) }
        for what in stray { report(.lateEntry, what) }
    }
}
