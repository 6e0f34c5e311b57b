// How long a published version waits before it holds.

/// Reckoned from the publication, which is the second officer's approval.
public enum Wait: Sendable, Hashable { case none, hours72, days14 }

extension Policy {
    /// Fourteen days where somebody's yes is needed or the change is material; none where it only narrows what others may do, and
    /// shortens neither a right of a person nor a record; else 72 hours, also where only the prose of a clause changed.
    public func wait(for difference: Difference, from old: Policy) -> Wait {
        if !difference.demands.yes.isEmpty || difference.demands.material { return .days14 }
        return isOnlyNarrower(difference, old) ? .none : .hours72
    }

    private func isOnlyNarrower(_ difference: Difference, _ old: Policy) -> Bool {
        let widens =
            !difference.widened.isEmpty || !difference.terms.more.isEmpty || !difference.law.isEmpty || !difference.because.isEmpty
            || !difference.compulsory.more.isEmpty || !difference.carries.more.isEmpty || !difference.never.less.isEmpty
            || !difference.tell.less.isEmpty || !difference.along.less.isEmpty || !difference.recipients.more.isEmpty
            || !difference.countries.more.isEmpty || !difference.formerly.isEmpty || !difference.apart.less.isEmpty
            || !difference.setters.more.isEmpty || !difference.marks.isEmpty || !difference.held.less.isEmpty
            || !difference.keptIn.isEmpty || !difference.meaning.isEmpty || !difference.askedThrough.isEmpty
            || !difference.budgets.more.isEmpty
        func isRecord(_ name: String) -> Bool { field(name)?.isRecord == true || old.field(name)?.isRecord == true }
        let shortensRights = difference.narrowed.contains { cell in old.isPerson(cell.who) || isPerson(cell.who) }
        // A record that is written less often is shortened too.
        let writesLess = difference.narrowed.contains { ($0.verb == .collect || $0.verb == .derive) && isRecord($0.thing) }
        let isAnyNarrower =
            !difference.narrowed.isEmpty || !difference.terms.less.isEmpty || !difference.compulsory.less.isEmpty
            || !difference.carries.less.isEmpty || !difference.never.more.isEmpty || !difference.tell.more.isEmpty
            || !difference.along.more.isEmpty || !difference.recipients.less.isEmpty || !difference.countries.less.isEmpty
            || !difference.apart.more.isEmpty || !difference.setters.less.isEmpty || !difference.held.more.isEmpty
            || !difference.budgets.less.isEmpty
        return isAnyNarrower && !widens && !shortensRights && !writesLess && !difference.terms.less.contains(where: isRecord)
    }

    private func isPerson(_ who: String) -> Bool {
        model.find(who).map { $0 == Symbols.thePerson || model.symbols[$0].kind == .person } ?? false
    }
}
