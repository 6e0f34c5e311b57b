// What of somebody nothing keeps any more on this day, record by record.

import Policy
import Store

extension Vault {
    func whatIsOver(
        of subject: Subject, sparing spared: Set<String> = []
    ) throws(Refusal) -> (kept: Int, gone: [Over], due: Instant?, damage: Refusal?) {
        let now = clock.now()
        let (known, agreed, changes) = try store.read { (rows) throws(Refusal) in
            let (history, changes) = try knowledge(of: subject, in: rows)
            return (history, try judge.agreed(by: subject, in: rows), changes)
        }
        let found = try whatIsOver(of: subject, known, agreed, due: changes, sparing: spared)
        guard !found.gone.isEmpty else { return found }
        // What goes is gone for good: not because of a row that somebody changed or took out.
        let doubtful = try doubtful(of: subject)
        guard !doubtful.isEmpty else { return found }
        var doubted = known
        doubted.holding.subtract(doubtful)
        doubted.unknown.formUnion(doubtful)
        var rest = try whatIsOver(of: subject, doubted, agreed, due: now, sparing: spared)
        rest.damage = rest.damage ?? .damaged("what rows say of person \(subject.id), whose list says otherwise,")
        return rest
    }

    private func whatIsOver(
        of subject: Subject, _ known: History, _ agreed: [LoadedVersion], due: Instant?, sparing spared: Set<String>
    ) throws(Refusal) -> (kept: Int, gone: [Over], due: Instant?, damage: Refusal?) {
        let now = clock.now()
        var kept = 0, gone: [Over] = [], look = Look(due: due)
        for record in try stored(of: subject) {
            do throws(Refusal) {
                let (over, until) = try whatIsOver(of: record, known, agreed, sparing: spared, on: Day(of: now))
                if let until { look.again(at: Day(until.number + 1).start) }
                kept += over.stays.count
                if !over.ends.isEmpty { gone.append(over) }
            } catch {
                switch error {
                // Written or taken away at this moment.
                case .gone: return (0, [], now, nil)
                // What doesn't open may be anything: it stays, and keeps nothing else of theirs.
                case .damaged:
                    kept += 1
                    look.damage = error
                    look.again(at: now)
                default: throw error
                }
            }
        }
        if !gone.isEmpty, try isDoubtful(matter: subject, gone) {
            look.again(at: now)
            return (kept + gone.count, [], look.due, .damaged("legal hold whose copy is under \(subject.id)"))
        }
        return (kept, gone, look.due, look.damage)
    }

    /// A copy that was laid aside goes with its hold, and the papers some time after it. Where nothing says what became of that, or its row and its
    /// papers say different things, they wait.
    private func isDoubtful(matter: Subject, _ gone: [Over]) throws(Refusal) -> Bool {
        guard let hold = try hold(ofMatter: matter) else { return gone.contains { $0.ends.contains { $0.field == Self.heldCopy } } }
        return try !isAsPapersSay(hold)
    }

    /// Of one record, and the first day on which something of what stays may end.
    private func whatIsOver(
        of record: Stored, _ known: History, _ agreed: [LoadedVersion], sparing spared: Set<String>, on today: Day
    ) throws(Refusal) -> (over: Over, until: Day?) {
        var over = Over(record: record), first: Day?, past = known
        past.looksBack = true
        for entry in try open(record) {
            let name = versions.nameNow(of: entry.field, in: entry.version)
            let stay = try stay(of: entry, known, agreed, on: today)
            guard stay.kept || spared.contains(name) else {
                over.ends.append(
                    try end(of: entry, on: today) { (day) throws(Refusal) in try self.stay(of: entry, past, agreed, on: day) })
                continue
            }
            if let until = stay.until { first = min(first ?? until, until) }
            over.stays.append(entry)
        }
        return (over, first)
    }

    private func stay(of entry: Entry, _ known: History, _ agreed: [LoadedVersion], on today: Day) throws(Refusal) -> Stay {
        guard let governing = versions.governing(entry.version, agreed: agreed) else { throw .damaged("policy version \(entry.version)") }
        var history = known
        history.events["collected"] = Day(of: entry.collected)
        return governing.stay(of: entry.field, history, on: today)
    }

    func history(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> History {
        try knowledge(of: subject, in: rows).history
    }

    /// What the house knows of the person's conditions. A condition that nobody can answer keeps what it keeps: nothing is
    /// destroyed on a guess. `changes`: from when on one may be answered otherwise although nothing is entered.
    private func knowledge(
        of subject: Subject, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> (history: History, changes: Instant?) {
        let moment = Moment(subject: subject, actor: .theSite, basis: Basis()), now = clock.now()
        var history = History(), changes: Instant?
        for name in versions.conditionsOfTerms {
            let answer = try judge.condition(name)?.answer(moment, at: now, in: rows)
            if let change = answer?.changes { changes = min(changes ?? change, change) }
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
        return (history, changes)
    }
}
