// What the sweep let go, told: to its person in their own list, with the rule that kept it last; of what nobody is left to read about, the
// log gets a count.

import Policy
import Store
import TransparencyLog

/// A value whose time is over.
struct End: Hashable, Sendable {
    /// By its present name.
    let field: String
    /// The rules that kept it last, by their present addresses; none where the present version has them no more, or nothing ever kept it.
    let rules: [String]
}

extension Vault {
    static let ends: (name: StaticString, statements: [SQL]) = (
        "what ended and nobody is told of",
        [
            """
            CREATE TABLE ended (field TEXT NOT NULL, rules TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (field, rules))
                STRICT, WITHOUT ROWID
            """
        ]
    )

    /// A record of which something is over.
    struct Over: Sendable {
        let record: Stored
        var stays: [Entry] = [], ends: [End] = []
    }

    /// Why a value that nothing keeps today isn't kept: by the rules of the last day on which something did.
    func end(of entry: Entry, on today: Day, _ stay: (Day) throws(Refusal) -> Stay) throws(Refusal) -> End {
        let field = versions.nameNow(of: entry.field, in: entry.version)
        var last = Day(of: entry.collected), over = today
        guard try stay(last).kept else { return End(field: field, rules: []) }
        while over.number - last.number > 1 {
            let middle = Day((last.number + over.number) / 2)
            if try stay(middle).kept { last = middle } else { over = middle }
        }
        let kept = try stay(last)
        return End(field: field, rules: kept.reasons.compactMap { address in present(address, of: kept.policy, for: field) })
    }

    /// What the present version calls a rule of another one that it has too.
    private func present(_ address: String, of former: Policy, for field: String) -> String? {
        guard let text = former.rule(address)?.text else { return nil }
        return ([address] + policy.terms(of: field).map(\.address)).first { policy.rule($0)?.text == text }
    }

    /// Writes records anew without what is over, and says so where it is read: each record's ends by the same rules are one entry.
    func end(_ over: [Over], of subject: Subject) async throws(Refusal) {
        let now = clock.now(), month = try await monthKeys(of: subject)
        let hold = try hold(ofMatter: subject), theirs = hold?.subject
        let person: Ledger.MonthKeys? = if let theirs { try await monthKeys(of: theirs) } else { nil }
        let plain = over.map { Plain(old: $0.record.name, name: $0.record.name.next(), entries: $0.stays) }
        let rewrites = try await seal(plain)
        try await store.write { (rows) throws(Refusal) in
            try self.refuseErased(subject, in: rows)
            for rewrite in rewrites { try self.put(rewrite, in: rows) }
            for over in over {
                for (rules, ends) in Self.byRules(over.ends) {
                    let fields = ends.map(\.field)
                    if let hold, fields.contains(Self.heldCopy) {
                        // Who ended the hold has said so.
                        guard hold.ended == nil else { continue }
                        let use = self.ended(hold.fields, "end hold", rules, hold.number, at: now)
                        try self.enter(use, of: hold, staff: nil, under: (month, person), in: rows)
                    } else {
                        try self.enter(ends, "end", of: subject, under: month, at: now, in: rows)
                    }
                }
            }
        }
        await forget(rewrites)
    }

    /// An entry in the list of the one whose values these are; those of whose field nothing may be entered are counted.
    func enter(
        _ ends: [End], _ verb: String, of subject: Subject, under keys: Ledger.MonthKeys, at now: Instant,
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        let moment = Moment(subject: subject, actor: .theSite, basis: Basis())
        var told: [End] = [], untold: [End] = []
        for end in ends {
            let refused = try judge.refusal(ofDeriving: RecordOfUses.field, from: end.field, moment: moment, in: rows.snapshot)
            if refused == nil { told.append(end) } else { untold.append(end) }
        }
        try Self.count(untold, in: rows)
        guard let first = told.first else { return }
        let fields = told.map(\.field).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        _ = try ledger.append(ended(fields, verb, first.rules, nil, at: now), of: subject, staff: nil, under: keys, in: rows)
    }

    private func ended(_ fields: [String], _ verb: String, _ rules: [String], _ matter: Int64?, at now: Instant) -> RecordedUse {
        RecordedUse(
            at: now, verb: verb, who: Actor.theSite.name, things: fields, purpose: nil, outcome: "yes", rules: rules, version: versionText,
            matter: matter)
    }

    private static func byRules(_ ends: [End]) -> [(rules: [String], ends: [End])] {
        var groups: [(rules: [String], ends: [End])] = []
        for end in ends {
            if let place = groups.firstIndex(where: { $0.rules == end.rules }) {
                groups[place].ends.append(end)
            } else {
                groups.append((end.rules, [end]))
            }
        }
        return groups
    }
}

extension Vault {
    /// What is said of no single person stands here until the sweep is done.
    /// - Parameter people: how many were forgotten whole with it.
    static func count(_ ends: [End], times: Int = 1, people: Int = 0, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        func add(_ field: String, _ rules: String, _ times: Int) throws(Refusal) {
            try rows.run(
                """
                INSERT INTO ended (field, rules, times) VALUES (\(field), \(rules), \(Int64(times)))
                    ON CONFLICT (field, rules) DO UPDATE SET times = ended.times + excluded.times
                """)
        }
        if people > 0 { try add("", "", people) }
        for end in ends where times > 0 { try add(end.field, end.rules.joined(separator: ", "), times) }
    }

    /// One open leaf for all that was counted:
    ///
    ///     voffice ends 1
    ///     day 2026-11-29
    ///     forgotten 2 (people of whom nothing is left)
    ///     ended 2 email address by registration.9
    func tellCounted() async throws(Refusal) {
        guard try store.read({ (rows) throws(Refusal) in try rows.exists("SELECT 1 FROM ended") }) else { return }
        let day = Day(of: clock.now())
        try await store.write { (rows) throws(Refusal) in
            let counted = try rows.all("DELETE FROM ended RETURNING field, rules, times") {
                (field: $0.text(0), rules: $0.text(1), times: $0.integer(2))
            }.sorted { ($0.field, $0.rules) < ($1.field, $1.rules) }
            guard !counted.isEmpty else { return }
            let lines = counted.map { counted in
                guard !counted.field.isEmpty else { return "forgotten \(counted.times)" }
                return "ended \(counted.times) \(counted.field)" + (counted.rules.isEmpty ? "" : " by \(counted.rules)")
            }
            let text = (["voffice ends 1", "day \(day.iso)"] + lines).joined(separator: "\n") + "\n"
            try LeafQueue.add(Leaf.open(Array(text.utf8)), in: rows)
        }
    }
}
