// What isn't one person's: look-ups, the register of the forgotten, rows and keys of nobody, and work that nobody does.

import Crypto
import Policy
public import Store

extension Inspection {
    mutating func inspectLookups() throws(StoreFault) {
        let rows = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT label, bucket, owner, sealed FROM address") { ($0.blob(0), $0.integer(1), $0.blob(2), $0.blob(3)) }
        }
        for (label, bucket, owner, sealed) in rows {
            let place = "look-up \(Hex.encode(Array(label.prefix(8))))…"
            guard (0..<Int64(Buckets.count)).contains(bucket),
                let (subject, inner) = try? LookupPlace(label: label, bucket: bucket, buckets).open(sealed),
                LookupPlace(inner: inner, buckets).label == label,
                [KeyStore.ownerLabel(of: subject, buckets.ring), KeyStore.formerLabel(of: subject, buckets.ring)].contains(owner)
            else {
                report(.lookup, place)
                continue
            }
            if !people.contains(subject.id) { report(.lookupOfNobody, place) }
        }
        let keys = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT label, bucket, owner, sealed FROM search_key") { ($0.blob(0), $0.integer(1), $0.blob(2), $0.blob(3)) }
        }
        for (label, bucket, owner, sealed) in keys {
            let place = "search key \(Hex.encode(Array(label.prefix(8))))…"
            guard (0..<Int64(Buckets.count)).contains(bucket), let row = SearchRow(sealed, label: label, bucket: bucket, buckets),
                KeyStore.ownerLabel(of: row.subject, buckets.ring) == owner
            else {
                report(.lookup, place)
                continue
            }
            if !people.contains(row.subject.id) { report(.lookupOfNobody, place) }
        }
        try inspectFormerLookups()
    }

    /// A start takes over those of an older program that open.
    mutating func inspectFormerLookups() throws(StoreFault) {
        let rows = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT label, sealed FROM lookup") { ($0.blob(0), $0.blob(1)) }
        }
        for (label, sealed) in rows where (try? Sealed.open(sealed, under: buckets.ring.lookup, boundTo: label)) == nil {
            report(.lookup, "row \(Hex.encode(Array(label.prefix(8)))) of the former table lookup in \(keys.name), which doesn't open")
        }
    }

    mutating func inspectForgotten() throws(StoreFault) {
        let forgotten = try keys.read { (rows) throws(StoreFault) in try rows.all("SELECT subject FROM destroyed") { $0.identity(0) } }
        for subject in forgotten {
            let isUnderWay = try data.read { (rows) throws(StoreFault) in
                try rows.exists("SELECT 1 FROM erasure WHERE subject = \(subject)")
            }
            guard !isUnderWay else { continue }
            let hasKeys = try keys.read { (rows) throws(StoreFault) in
                try rows.exists(
                    """
                    SELECT 1 FROM class_key WHERE subject = \(subject) UNION ALL SELECT 1 FROM item_key WHERE subject = \(subject)
                        UNION ALL SELECT 1 FROM key_pair WHERE subject = \(subject)
                    """)
            }
            if people.contains(subject) { report(.forgottenThere, "rows of person \(subject), who was forgotten") }
            if hasKeys { report(.forgottenThere, "keys of person \(subject), who was forgotten") }
        }
        let (renewed, waiting) = try keys.read { (rows) throws(StoreFault) in
            (
                try rows.first("SELECT renewed FROM ring") { $0.instant(0) } ?? now,
                try rows.first("SELECT count(DISTINCT bucket) FROM touched") { $0.integer(0) } ?? 0
            )
        }
        let began = try data.read { (rows) throws(StoreFault) in try rows.first("SELECT min(at) FROM log_checkpoint") { $0.instantOrNil(0) }
        }
        if waiting > 0, max(renewed, (began ?? now) ?? now) < now - .seconds(2 * 86_400) {
            report(.renewalOverdue, "\(waiting) buckets, the last time on \(Day(of: renewed).iso)")
        }
    }

    mutating func inspectRowsOfNobody(_ tables: [(name: String, subjects: SQL)]) throws(StoreFault) {
        let holders = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT subject, max(made), max(confirmed) FROM class_key GROUP BY subject") {
                ($0.identity(0), $0.instant(1), $0.bool(2))
            }
        }
        // What somebody's keys open isn't anybody's to take out.
        let kept = Set(holders.filter(\.2).map(\.0)).subtracting(try forgotten())
        var unnamed: Set<Int64> = []
        for (name, subjects) in Vault.tablesAboutPeople + tables {
            let found = try data.read { (rows) throws(StoreFault) in try rows.all(subjects) { $0.identity(0) } }
            for subject in found where !people.contains(subject) {
                if !kept.contains(subject) {
                    report(.rowsOfNobody, "\(name) has rows of \(subject)")
                } else if unnamed.insert(subject).inserted {
                    report(
                        .rowsLost,
                        "who \(subject) is, whose keys are there and whose rows \(name) has: neither subject nor retained says it")
                }
            }
        }
        for (subject, made, isConfirmed) in holders where !people.contains(subject) && (isConfirmed || made < now - .seconds(2 * 86_400)) {
            if !unnamed.contains(subject) { report(.keysOfNobody, "keys of \(subject), made on \(Day(of: made).iso)") }
        }
    }

    /// What two officers laid aside is there as long as it must, and not longer.
    mutating func inspectHolds() throws(StoreFault) {
        let holds = try data.read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT number, review, ended, EXISTS (SELECT 1 FROM record WHERE record.subject = matter AND record.kind = legal_hold.kind)
                    FROM legal_hold WHERE agreed IS NOT NULL
                """
            ) { (number: $0.integer(0), over: min($0.instant(1), $0.instantOrNil(2) ?? $0.instant(1)), isThere: $0.bool(3)) }
        }
        for hold in holds {
            if hold.over >= now, !hold.isThere { report(.holdLost, "the copy of hold \(hold.number)") }
            if hold.over < now - .seconds(86_400), hold.isThere { report(.holdOver, "the copy of hold \(hold.number)") }
        }
    }

    mutating func inspectWork() throws(StoreFault) {
        let jobs = try data.read { (rows) throws(StoreFault) in
            // What came back from whoever it was for, the console shows: anybody can give an address where nobody is.
            try rows.all("SELECT kind, due, failed, reason, attempts FROM job WHERE failed IS NULL OR turned_down = 0") {
                (kind: $0.text(0), due: $0.instant(1), failed: $0.instantOrNil(2), reason: $0.textOrNil(3) ?? "", tries: $0.integer(4))
            }
        }
        for job in jobs {
            if let failed = job.failed {
                report(.jobFailed, "\(job.kind) on \(Day(of: failed).iso), after \(job.tries) tries: \(job.reason)")
            } else if job.due < now - .seconds(3_600) {
                report(.jobStuck, "\(job.kind), due since \(Day(of: job.due).iso)")
            }
        }
    }
}

extension Vault {
    /// This room's tables that have a subject, beside those that say who there is.
    public static let tablesAboutPeople: [(name: String, subjects: SQL)] = [
        ("record", "SELECT DISTINCT subject FROM record"), ("use_record", "SELECT DISTINCT subject FROM use_record"),
        ("chain", "SELECT subject FROM chain"), ("erasure", "SELECT subject FROM erasure"),
        ("leaf_waiting", "SELECT DISTINCT subject FROM leaf_waiting WHERE subject <> 0"),
        ("policy_word", "SELECT DISTINCT subject FROM policy_word"),
        ("policy_approval", "SELECT DISTINCT subject FROM policy_approval WHERE subject IS NOT NULL"),
        ("legal_hold", "SELECT subject FROM legal_hold WHERE subject IS NOT NULL UNION SELECT matter FROM legal_hold"),
        ("withheld", "SELECT subject FROM withheld UNION SELECT matter FROM withheld"),
        ("told_late", "SELECT DISTINCT subject FROM told_late"),
        ("staff_use", "SELECT DISTINCT subject FROM staff_use"),
    ]
}
