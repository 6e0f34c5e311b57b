// A person's life under changing policies, and what the language says of one datum in it: worked out by looking at each rule and each day,
// without the compiler, its table, or its calendar.

/// What is asked about the datum.
struct PlainUse {
    let verb: String, who: String, purpose: String?
}

/// What happened until today. Days count from 2026-01-01.
struct PlainLife {
    /// The versions that were in force, the newest last.
    var versions: [PlainPolicy]
    var field: String
    /// The version under which it was collected, those agreed to and not withdrawn from, in the order of the agreements.
    var collectedUnder: Int
    var agreed: [Int]
    /// The days of `collected` and of `order`; a correction changes neither.
    var events: [String: Int]
    /// For each condition the first day and the day after the last of each time that it held; the last may be open.
    var held: [String: [(from: Int, to: Int?)]]
    var today: Int

    var current: Int { versions.count - 1 }

    func holds(_ name: String, on day: Int) -> Bool {
        (held[name] ?? []).contains { $0.from <= day && day < ($0.to ?? .max) }
    }
    func holds(_ all: Alternatives, on day: Int) -> Bool { all.contains { $0.allSatisfy { holds($0.name, on: day) == $0.mustHold } } }

    // MARK: Uses

    /// `legalTermOver`: a fact of the deletion itself.
    func allows(_ use: PlainUse, legalTermOver: Bool) -> Bool {
        func by(_ version: Int) -> Bool { permits(versions[version], use, legalTermOver) }
        if use.verb == "collect" { return by(current) }
        let older = [collectedUnder] + agreed
        guard use.who == "the person" else { return by(current) && older.contains(where: by) }
        if by(current) { return true }
        if use.verb == "delete", isKeptByLaw(versions[current], legalTermOver) { return false }
        return older.contains(where: by)
    }

    private func permits(_ policy: PlainPolicy, _ use: PlainUse, _ legalTermOver: Bool) -> Bool {
        for rule in policy.rules where rule.things.contains(field) && isOn(rule) {
            if case .never(let verbs, let by) = rule.form, verbs.contains(use.verb), by?.contains(use.who) ?? true { return false }
        }
        if use.verb == "delete", isKeptByLaw(policy, legalTermOver) { return false }
        return policy.rules.contains { rule in
            guard rule.things.contains(field), isOn(rule) else { return false }
            switch rule.form {
            case .may(let verbs, let who, let purposes):
                return verbs.contains(use.verb) && who.contains(use.who) && (use.purpose.map(purposes.contains) ?? purposes.isEmpty)
            case .collect(let purposes): return use.verb == "collect" && purposes.contains(use.purpose ?? "")
            case .give(let to, let purposes): return use.verb == "give" && to.contains(use.who) && purposes.contains(use.purpose ?? "")
            case .never, .keep: return false
            }
        }
    }

    private func isOn(_ rule: PlainRule) -> Bool {
        (rule.on.map { holds($0, on: today) } ?? true) && !(rule.unless.map { holds($0, on: today) } ?? false)
    }

    private func isKeptByLaw(_ policy: PlainPolicy, _ legalTermOver: Bool) -> Bool {
        terms(policy).contains { term in
            guard term.isLaw else { return false }
            switch term.span {
            case .whileHolds(let all): return holds(all, on: today)
            case .after: return !legalTermOver
            case .atMost: return false
            }
        }
    }

    // MARK: Stay

    /// Whether it is kept on a day, today or ahead, if nothing more happens.
    func keeps(on day: Int) -> Bool {
        let now = keeps(by: versions[current], on: day),
            formerly = ([collectedUnder] + agreed).contains { keeps(by: versions[$0], on: day) }
        return field == PlainPolicy.record ? now || formerly : now && formerly
    }

    private func terms(_ policy: PlainPolicy) -> [PlainTerm] {
        policy.rules.compactMap { rule in
            guard case .keep(let term) = rule.form, rule.things.contains(field) else { return nil }
            return term
        }
    }

    private func keeps(by policy: PlainPolicy, on day: Int) -> Bool {
        let terms = terms(policy)
        let isCapped = terms.contains { term in
            guard case .atMost(let event) = term.span, let happened = events[event] else { return false }
            return day > Self.day(happened, plus: term.count, term.unit)
        }
        return terms.contains { term in
            guard term.isLaw || !isCapped else { return false }
            switch term.span {
            case .atMost: return false
            case .after(let event): return events[event].map { day <= Self.day($0, plus: term.count, term.unit) } ?? false
            case .whileHolds(let all):
                if holds(all, on: today) { return true }
                guard term.count > 0 else { return false }
                guard let last = (0..<today).last(where: { holds(all, on: $0) }) else { return false }
                return day <= Self.day(last, plus: term.count, term.unit)
            }
        }
    }

    /// A month later is the same day of the next month, or its last.
    private static func day(_ day: Int, plus count: Int, _ unit: String) -> Int {
        if unit == "day" { return day + count }
        if unit == "week" { return day + 7 * count }
        var month = 0, start = 0
        while start + length(of: month) <= day { (start, month) = (start + length(of: month), month + 1) }
        let date = day - start
        for _ in 0..<count { (start, month) = (start + length(of: month), month + 1) }
        return start + min(date, length(of: month) - 1)
    }

    /// Months from January 2026; 2028 and 2032 are leap years.
    private static func length(of month: Int) -> Int {
        month % 12 == 1 ? (month / 12 % 4 == 2 ? 29 : 28) : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12]
    }
}
