// Rows of the house's own beside its log: the number that data and keys have in common, how often the keys were changed, what is known of the time,
// and the row of somebody who lives.

import Crypto
import Store

struct MendedHouse: Sendable {
    let buckets: Buckets
    let lost: [LostPerson]
    /// What the two databases have of the house's number.
    let ofData: [UInt8]?, ofKeys: (id: [UInt8], probe: [UInt8])?
    /// The data have records, and nothing of them is closed for want of a key.
    private let areOfOneMoment: Bool, lacking: Lacking

    /// - Parameter names: of every record.
    init(_ data: Still, _ keys: Still, _ buckets: Buckets, _ names: [RecordName], _ lacking: Lacking) throws(StoreFault) {
        (self.buckets, self.lacking, areOfOneMoment) = (buckets, lacking, lacking.records == 0 && !names.isEmpty)
        lost = try LostPerson.all(in: data, besides: try LostPerson.known(in: data), keys)
        ofData = try data.read { (rows) throws(StoreFault) in try rows.first("SELECT id FROM house") { $0.blob(0) } }
        ofKeys = try keys.read { (rows) throws(StoreFault) in try rows.first("SELECT id, probe FROM house") { ($0.blob(0), $0.blob(1)) } }
    }

    /// In the data.
    func mend(_ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        if ofData == nil, let (id, probe) = ofKeys {
            if areOfOneMoment, (try? Sealed.open(probe, under: buckets.ring.lookup, boundTo: id)) != nil {
                try rows.run("INSERT INTO house (one, id) VALUES (1, \(id))")
                mended.done.append("house in the data: the number that the keys have, with which every record opens")
            } else {
                mended.open.append("house in the data: \(doubt)")
            }
        }
        for person in lost {
            try rows.run("INSERT INTO subject (id, since) VALUES (\(person.subject), \(person.since)) ON CONFLICT DO NOTHING")
            mended.done.append("subject: person \(person.subject.id), whose keys and entries are there, since \(person.since.iso)")
        }
        if let time = try Self.time(in: rows.snapshot) {
            try KnownTime.set(to: time, in: rows)
            mended.done.append("known_time: \(time.iso), as the checkpoints have it")
        }
    }

    /// In the keys. How often they were changed is at least what the data remember.
    func mend(changesKnown known: Int64, _ mended: inout Mended, in rows: borrowing Transaction<StoreFault>) throws(StoreFault) {
        if ofKeys == nil, let id = ofData {
            if areOfOneMoment {
                let probe = Sealed.seal(id, under: buckets.ring.lookup, boundTo: id)
                try rows.run("INSERT INTO house (one, id, probe) VALUES (1, \(id), \(probe))")
                mended.done.append("house in the keys: the number that the data have, of which every record opens")
            } else {
                mended.open.append("house in the keys: \(doubt)")
            }
        }
        guard try !rows.exists("SELECT 1 FROM change_count") else { return }
        guard areOfOneMoment else { return mended.open.append("change_count in the keys: \(doubt)") }
        try rows.run("INSERT INTO change_count (one, number) VALUES (1, \(known))")
        mended.done.append("change_count in the keys: \(known), as the data remember it, whose every record opens with these keys")
    }

    private var doubt: String {
        lacking.records == 0
            ? "nothing shows that data and keys belong together"
            : "these keys may be older than the data, since \(lacking.text) can't be read with them. Restore the newest backup"
    }

    /// What the checkpoints show of the time, where its row is gone; nil: it is there, or nothing was signed yet.
    private static func time(in rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Instant? {
        guard try KnownTime.moment(in: rows) == nil else { return nil }
        var known: Instant?
        try rows.each("SELECT at FROM log_checkpoint ORDER BY size") { row in
            let at = row.instant(0)
            known = known.map { KnownTime.goesOn(from: $0, to: at) ? at : $0 } ?? at
        }
        return known
    }
}
