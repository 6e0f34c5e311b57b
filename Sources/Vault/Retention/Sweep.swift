// What nothing keeps any more goes: field by field as the policy says, the whole person when nothing of theirs is kept.

import Crypto
import Policy
import Store

extension Vault {
    /// Forgets what no `keep` holds: of two versions, the shorter term. `sparing`: fields that stay, since the policy has errors and might
    /// have lost the line that keeps them. Throws `damaged` when all else is done, where something doesn't open.
    @discardableResult
    public func sweep(sparing spared: Set<String> = []) async throws(Refusal) -> Int {
        // Rows of before there were words get theirs at the first look.
        _ = try await subjects(of: Self.heldRows, where: "1 = 0")
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
            try rows.all("SELECT month FROM use_month WHERE month < \(newest) ORDER BY month") { $0.integer(0) }
        }
        var damage: Refusal?
        for month in months where !isKept(usesOf: month, at: now) {
            // An entry about each entry that goes would never come to an end: what goes of the list itself is counted.
            let found = try await sweepUses(
                of: month, End(field: RecordOfUses.field, rules: policy.terms(of: RecordOfUses.field).map(\.address)))
            damage = damage ?? found
        }
        try await tellCounted()
        if let damage { throw damage }
    }

    /// Whether a month of uses must still be there.
    func isKept(usesOf month: Int64, at now: Instant) -> Bool {
        guard month < Ledger.MonthKeys.month(of: now) - 1 else { return true }
        let history = History(events: ["collected": Day(of: Ledger.MonthKeys.end(of: month))], holding: versions.conditionsOfTerms)
        return versions.loaded.contains { $0.policy.retained("record of uses", history, at: Day(of: now)).kept }
    }

    /// Some people at a time: a month of everybody is long. Which month an entry is of, its row says, and only the month's key shows: what that
    /// doesn't open stays, and whatever came after.
    /// - Returns: what stayed for that reason.
    private func sweepUses(of month: Int64, _ counted: End) async throws(Refusal) -> Refusal? {
        var last = Int64.min, damage: Refusal?
        while true {
            let after = last
            let some = try store.read { (rows) throws(Refusal) in
                try rows.all(
                    """
                    SELECT subject, kind FROM use_record WHERE month = \(month) AND subject > \(after) AND \(Self.isTold)
                        GROUP BY subject, kind ORDER BY subject LIMIT 500
                    """
                ) { (subject: Subject(id: $0.identity(0)), kind: $0.identity(1)) }
            }
            guard let end = some.last?.subject.id else { break }
            let names = some.map { Ledger.MonthKeys.names(of: $0.subject, kind: $0.kind, month: month) }
            let newest = try zip(names, some).map { (name, person) throws(Refusal) in try newestUse(of: person.kind, month, name.uses) }
            try await keys.letGo(zip(names, newest).compactMap { name, newest in newest.map { (name.uses, $0) } })
            try await keys.destroy(names.flatMap { [$0.uses, $0.staff] })
            // Behind the first that is kept, a crash between the keys and the rows left nothing.
            let ends = try zip(some, newest).map { (person, newest) throws(Refusal) in
                (person.subject, person.kind, end: try keys.firstKept(of: person.subject) ?? newest.map { $0 + 1 } ?? .min)
            }
            let left = try await store.write { (rows) throws(Refusal) -> Subject? in
                var gone = 0, left: Subject?
                for (subject, kind, end) in ends {
                    let theirs: SQL = "subject = \(subject) AND kind = \(kind) AND month = \(month)"
                    gone += try rows.run("DELETE FROM use_record WHERE \(theirs) AND seq < \(end) AND \(Self.isTold)")
                    if try rows.exists("SELECT 1 FROM use_record WHERE \(theirs) AND \(Self.isTold)") { left = subject }
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
                return left
            }
            if let left { damage = .damaged("an entry of person \(left.id), which its row puts into another month,") }
            // Of the last one another kind may be left.
            last = some.count < 500 ? end : end - 1
        }
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM use_month WHERE month = \(month) AND NOT EXISTS (SELECT 1 FROM use_record WHERE month = \(month))")
            return
        }
        return damage
    }

    /// The newest of somebody's entries of a month that the month's key opens; nil: none does, or there is no such key.
    private func newestUse(of kind: Int64, _ month: Int64, _ name: RecordName) throws(Refusal) -> Int64? {
        let subject = name.subject
        guard let key = try? keys.key(of: name) else { return nil }
        return try store.read { (rows) throws(Refusal) in
            var before = Int64.max
            while true {
                let row = try rows.first(
                    """
                    SELECT seq, opening FROM use_record WHERE subject = \(subject) AND kind = \(kind) AND month = \(month) AND seq < \(before)
                        ORDER BY seq DESC LIMIT 1
                    """
                ) { (sequence: $0.integer(0), opening: $0.blob(1)) }
                guard let row else { return nil }
                let binding = Ledger.binding(subject, row.sequence, "person")
                if (try? Sealed.open(row.opening, under: key, boundTo: binding)) != nil { return row.sequence }
                before = row.sequence
            }
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
