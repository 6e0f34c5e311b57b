// What nothing keeps any more goes: field by field as the policy says, the whole person when nothing of theirs is kept.

import Policy
import Store

extension Vault {
    /// Forgets what no `keep` holds: of two versions, the shorter term. `sparing`: fields that stay, since the policy has errors and might
    /// have lost the line that keeps them. Throws `damaged` when all else is done, where something doesn't open.
    @discardableResult
    public func sweep(sparing spared: Set<String> = []) async throws(Refusal) -> Int {
        let now = clock.now(), version = versions.current.row
        let isWhole = spared.isEmpty ? try isEverybodyDue(at: now) : true
        var forgotten = 0, damage: Refusal?
        for round in isWhole ? [Round.everybody] : [.news, .due] {
            var last: Watched?
            while true {
                let some = try watched(round, after: last, at: now)
                guard let end = some.last else { break }
                var looks: [(watched: Watched, due: Instant?)] = []
                for watched in some {
                    let look = try await look(at: watched.subject, sparing: spared)
                    if look.hasForgotten { forgotten += 1 }
                    damage = damage ?? look.damage
                    looks.append((watched, look.due))
                }
                if spared.isEmpty { try await note(looks) }
                last = end
            }
        }
        if isWhole, spared.isEmpty { try await noteEverybody(under: version, at: now) }
        forgotten += try await sweepRetained()
        try await tellCounted()
        if let damage { throw damage }
        return forgotten
    }

    /// What is damaged of one keeps nothing of the others, and is looked at each time.
    private func look(at subject: Subject, sparing spared: Set<String>) async throws(Refusal) -> Look {
        do throws(Refusal) { return try await atThisMoment.sweep(subject, sparing: spared) } catch {
            guard case .damaged = error else { throw error }
            return Look(due: clock.now(), damage: error)
        }
    }

    /// Months of uses whose term is over, and receipts of deletions that have had theirs.
    public func sweepUses() async throws(Refusal) {
        let now = clock.now()
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM deletion_kept WHERE receipt IN (SELECT receipt FROM deletion_receipt WHERE until < \(now))")
            try rows.run("DELETE FROM deletion_receipt WHERE until < \(now)")
            return
        }
        // Nothing younger than a month can be over: the policy counts a month of uses from its last day.
        let newest = Ledger.MonthKeys.month(of: now) - 1
        let months = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT month FROM use_month WHERE month < \(newest)") { $0.integer(0) }
        }
        for month in months where !isKept(usesOf: month, at: now) {
            // An entry about each entry that goes would never come to an end: what goes of the list itself is counted.
            try await sweepUses(
                of: month, End(field: RecordOfUses.field, rules: policy.terms(of: RecordOfUses.field).map(\.address)))
        }
        try await tellCounted()
    }

    /// Whether a month of uses must still be there.
    func isKept(usesOf month: Int64, at now: Instant) -> Bool {
        guard month < Ledger.MonthKeys.month(of: now) - 1 else { return true }
        let history = History(events: ["collected": Day(of: Ledger.MonthKeys.end(of: month))], holding: versions.conditionsOfTerms)
        return versions.loaded.contains { $0.policy.retained("record of uses", history, at: Day(of: now)).kept }
    }

    /// Some people at a time: a month of everybody is long.
    private func sweepUses(of month: Int64, _ counted: End) async throws(Refusal) {
        var last = Int64.min
        while true {
            let after = last
            let some = try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT subject, kind, max(seq) FROM use_record WHERE month = \(month) AND subject > \(after) AND \(Self.isTold)
                        GROUP BY subject, kind ORDER BY subject LIMIT 500
                    """
                ) { (subject: Subject(id: $0.identity(0)), kind: $0.identity(1), last: $0.integer(2)) }
            }
            guard let end = some.last?.subject.id else { break }
            let names = some.map { Ledger.MonthKeys.names(of: $0.subject, kind: $0.kind, month: month) }
            try await keys.letGo(zip(names, some).map { ($0.uses, $1.last) })
            try await keys.destroy(names.flatMap { [$0.uses, $0.staff] })
            try await store.write { (rows) throws(Refusal) in
                var gone = 0
                for (subject, kind, _) in some {
                    let theirs: SQL = "subject = \(subject) AND kind = \(kind) AND month = \(month)"
                    gone += try rows.run("DELETE FROM use_record WHERE \(theirs) AND \(Self.isTold)")
                    try rows.run(
                        """
                        DELETE FROM told_late WHERE subject = \(subject) AND NOT EXISTS
                            (SELECT 1 FROM use_record u WHERE u.subject = told_late.subject AND u.seq = told_late.seq)
                        """)
                    try rows.run(
                        """
                        DELETE FROM staff_use WHERE subject = \(subject) AND NOT EXISTS
                            (SELECT 1 FROM use_record u WHERE u.subject = staff_use.subject AND u.seq = staff_use.seq)
                        """)
                }
                try Self.count([counted], times: gone, in: rows)
            }
            // Of the last one another kind may be left.
            last = some.count < 500 ? end : end - 1
        }
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM use_month WHERE month = \(month) AND NOT EXISTS (SELECT 1 FROM use_record WHERE month = \(month))")
            return
        }
    }

    /// Papers in which something waits to be told stay until it is: its term begins when the person reads it.
    private static var isTold: SQL { "NOT EXISTS (SELECT 1 FROM withheld w WHERE w.matter = use_record.subject)" }

    /// Forgets what is over of one, and says so in their list.
    @discardableResult
    func sweep(_ subject: Subject, sparing spared: Set<String> = []) async throws(Refusal) -> Look {
        let (kept, gone, due, damage) = try whatIsOver(of: subject, sparing: spared)
        var look = Look(hasForgotten: !gone.isEmpty, due: due, damage: damage)
        guard !gone.isEmpty else { return look }
        // What they did with other people's data outlives what was stored of those who worked here.
        if kept == 0, try !isKept(workOf: subject) {
            try await expire(subject, counting: gone.flatMap(\.ends), people: 1)
        } else {
            do throws(Refusal) {
                for start in stride(from: 0, to: gone.count, by: 100) {
                    try await end(Array(gone[start..<min(start + 100, gone.count)]), of: subject)
                }
            } catch {
                switch error {
                // Somebody writes it at this moment, or they leave: the next sweep looks at what is there then.
                case .outdated, .gone: look.again(at: clock.now())
                default: throw error
                }
            }
        }
        return look
    }
}
