// What nothing keeps any more goes: field by field as the policy says, the whole person when nothing of theirs is kept.

import Policy
import Store

extension Vault {
    /// Looks at every subject and forgets what no `keep` holds: of two versions, the shorter term. `sparing`: fields that stay, since the
    /// policy has errors and might have lost the line that keeps them.
    @discardableResult
    public func sweep(sparing spared: Set<String> = []) async throws(Refusal) -> Int {
        var forgotten = 0, last = Int64.min
        while true {
            let after = last
            let subjects = try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT id FROM subject WHERE id > \(after) ORDER BY id LIMIT 500") { Subject(id: $0.integer(0)) }
            }
            guard let end = subjects.last else { break }
            for subject in subjects where try await atThisMoment.sweep(subject, sparing: spared) { forgotten += 1 }
            last = end.id
        }
        return forgotten + (try await sweepRetained())
    }

    /// Months of uses whose term is over, and receipts of deletions that have had theirs.
    public func sweepUses() async throws(Refusal) {
        let now = clock.now(), today = Day(of: now)
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM deletion_kept WHERE receipt IN (SELECT receipt FROM deletion_receipt WHERE until < \(now))")
            try rows.run("DELETE FROM deletion_receipt WHERE until < \(now)")
            return
        }
        // Nothing younger than a month can be over: the policy counts a month of uses from its last day.
        let newest = Ledger.MonthKeys.month(of: now) - 1
        let months = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT DISTINCT month FROM use_record WHERE month < \(newest)") { $0.integer(0) }
        }
        for month in months {
            let last = Day(of: Ledger.MonthKeys.end(of: month))
            let history = History(events: ["collected": last], holding: versions.conditionsOfTerms)
            guard !versions.loaded.contains(where: { $0.policy.retained("record of uses", history, at: today).kept }) else { continue }
            let rows = try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT DISTINCT subject, kind FROM use_record WHERE month = \(month) AND \(Self.isTold)") {
                    (Subject(id: $0.integer(0)), $0.integer(1))
                }
            }
            for (subject, kind) in rows {
                let names = Ledger.MonthKeys.names(of: subject, kind: kind, month: month)
                try await keys.destroy([names.uses, names.staff])
            }
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM use_record WHERE month = \(month) AND \(Self.isTold)")
                try rows.run(
                    """
                    DELETE FROM told_late WHERE NOT EXISTS
                        (SELECT 1 FROM use_record u WHERE u.subject = told_late.subject AND u.seq = told_late.seq)
                    """)
                return
            }
        }
    }

    /// Papers in which something waits to be told stay until it is: its term begins when the person reads it.
    private static var isTold: SQL { "NOT EXISTS (SELECT 1 FROM withheld w WHERE w.matter = use_record.subject)" }

    /// True where something went.
    func sweep(_ subject: Subject, sparing spared: Set<String> = []) async throws(Refusal) -> Bool {
        let today = Day(of: clock.now())
        let (known, agreed) = try store.read { (rows) throws(Refusal) in
            (try history(of: subject, in: rows), try judge.agreed(by: subject, in: rows))
        }
        var kept = 0, gone: [(record: Stored, stays: [Entry])] = []
        for record in try stored(of: subject) {
            let entries: [Entry]
            do throws(Refusal) { entries = try open(record) } catch {
                guard case .gone = error else { throw error }
                return false
            }
            var stays: [Entry] = []
            for entry in entries {
                let name = versions.nameNow(of: entry.field, in: entry.version)
                let isKept = try isKept(entry, known, agreed, on: today)
                if isKept || spared.contains(name) { stays.append(entry) }
            }
            kept += stays.count
            if stays.count < entries.count { gone.append((record, stays)) }
        }
        guard !gone.isEmpty else { return false }
        if kept == 0 {
            try await expire(subject)
        } else {
            do throws(Refusal) { for (record, stays) in gone { try await rewrite(record, keeping: stays) } } catch {
                // Somebody writes it at this moment: the next sweep looks at what is there then.
                guard case .outdated = error else { throw error }
            }
        }
        return true
    }

    private func isKept(_ entry: Entry, _ known: History, _ agreed: [LoadedVersion], on today: Day) throws(Refusal) -> Bool {
        guard let governing = versions.governing(entry.version, agreed: agreed) else { throw .damaged("policy version \(entry.version)") }
        var history = known
        history.events["collected"] = Day(of: entry.collected)
        return governing.stay(of: entry.field, history, on: today).kept
    }

    /// What the house knows of the person's conditions. A condition that nobody can answer keeps what it keeps: nothing is
    /// destroyed on a guess.
    func history(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> History {
        let moment = Moment(subject: subject, actor: .theSite, basis: Basis()), now = clock.now()
        var history = History()
        for name in versions.conditionsOfTerms {
            let answer = try judge.condition(name)?.answer(moment, at: now, in: rows)
            switch answer?.holds {
            case true?: history.holding.insert(name)
            case false?: break
            case nil: history.unknown.insert(name)
            }
            if let last = answer?.lastHeld { history.lastHeld[name] = Day(of: last) }
            if let last = answer?.lastFailed { history.lastFailed[name] = Day(of: last) }
        }
        for event in events {
            if let moment = try event.happened(to: subject, in: rows) { history.events[event.name] = Day(of: moment) }
        }
        return history
    }
}
