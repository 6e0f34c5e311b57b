// Which terms are longer or shorter, and whether a law or a reason of ours stands behind them.

extension Comparison {
    mutating func compareTerms() {
        for (field, symbol) in newSymbols.all.enumerated() where symbol.kind == .field && isShared(field) {
            let mine = terms(now, field) { $0 }, theirs = terms(before, names.old[field]!) { common($0) }
            if isLonger(mine, theirs) {
                difference.terms.more.append(symbol.name)
                ask([field])
            }
            if isLonger(theirs, mine) { difference.terms.less.append(symbol.name) }
            if hasOther(mine, theirs, isLaw: true) { difference.law.append(symbol.name) }
            if hasOther(mine, theirs, isLaw: false) { difference.because.append(symbol.name) }
        }
        post(!difference.terms.less.isEmpty)
        post(!difference.law.isEmpty, isMaterial: true)
        post(!difference.because.isEmpty)
    }

    /// One `keep` with its event or condition in the common numbering.
    private struct OneTerm {
        enum Beginning: Equatable { case event(Int), condition(Truth) }
        var beginning: Beginning
        var duration: Duration
        var isCap = false
        var isLaw: Bool
    }

    private func terms(_ reasoning: Reasoning, _ field: Int, _ common: (Int) -> Int) -> [OneTerm] {
        (reasoning.policy.model.keepings[field] ?? []).map { index in
            let keeping = reasoning.policy.model.expansion.keepings[index]
            switch keeping.span {
            case .whileTrue(let formula, let then):
                // Without “then” it goes at once, before the last day is over.
                return OneTerm(
                    beginning: .condition(reasoning.truth(formula, .read)), duration: then ?? Duration(-1, .days), isLaw: keeping.isLaw)
            case .after(let duration, let event):
                return OneTerm(beginning: .event(common(event)), duration: duration, isLaw: keeping.isLaw)
            case .atMost(let duration, let event):
                return OneTerm(beginning: .event(common(event)), duration: duration, isCap: true, isLaw: keeping.isLaw)
            }
        }
    }

    /// Some term of the first isn't surely within one of the second, or a cap of the second is dropped or raised.
    private func isLonger(_ first: [OneTerm], _ second: [OneTerm]) -> Bool {
        let caps = second.filter(\.isCap)
        let areWithin = first.filter { !$0.isCap }.allSatisfy { mine in
            second.contains { theirs in
                // A cap cuts what no law keeps.
                !theirs.isCap && isWithin(mine, theirs) && (theirs.isLaw || !mine.isLaw || caps.isEmpty)
            }
        }
        return !areWithin || !caps.allSatisfy { cap in first.contains { $0.isCap && isWithin($0, cap) } }
    }

    private func isWithin(_ a: OneTerm, _ b: OneTerm) -> Bool {
        guard a.duration.isNeverLonger(than: b.duration) else { return false }
        switch (a.beginning, b.beginning) {
        case (.event(let x), .event(let y)): return x == y
        case (.condition(let x), .condition(let y)): return logic.implies(x, y)
        default: return false
        }
    }

    /// A term with this kind of reason that was there with the other kind only.
    private func hasOther(_ mine: [OneTerm], _ theirs: [OneTerm], isLaw: Bool) -> Bool {
        mine.contains { one in
            guard one.isLaw == isLaw else { return false }
            let same = theirs.filter { $0.isCap == one.isCap && isWithin(one, $0) && isWithin($0, one) }
            return !same.isEmpty && same.allSatisfy { $0.isLaw != isLaw }
        }
    }
}

extension Duration {
    /// Ends no later than the other, whatever the day on which both begin.
    func isNeverLonger(than other: Duration) -> Bool {
        switch (inMonths, other.inMonths) {
        case (nil, nil): return days <= other.days
        case (let a?, let b?): return a <= b
        case (let a?, nil): return Self.lengths(ofMonths: a, near: other.days).upperBound <= other.days
        case (nil, let b?): return days <= Self.lengths(ofMonths: b, near: days).lowerBound
        }
    }

    private var inMonths: Int? {
        switch unit {
        case .months: count
        case .years: count * 12
        case .days, .weeks: nil
        }
    }

    /// The fewest and most days that so many months can have, exactly where `near` could lie between them. The calendar repeats after
    /// 4,800 months of 146,097 days, and no length is farther than a few days from that mean.
    private static func lengths(ofMonths count: Int, near days: Int) -> ClosedRange<Int> {
        let mean = count * 146_097 / 4_800
        if abs(days - mean) > 10 { return mean - 10...mean + 10 }
        func first(_ month: Int) -> Day { Day(year: 2000 + month / 12, month: month % 12 + 1, day: 1)! }
        var least = Int.max, most = 0
        for month in 0..<4_800 {
            let (start, end) = (first(month), first(month + count))
            let length = end.number - start.number
            // From the last day of a long month to the last of a short one.
            let clamped = (first(month + 1).number - start.number) - (first(month + count + 1).number - end.number)
            (least, most) = (min(least, length - max(0, clamped)), max(most, length))
        }
        return least...most
    }
}
