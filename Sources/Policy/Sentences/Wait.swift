// How long a published version waits before it holds.

/// Reckoned from the publication.
public enum Wait: Sendable, Hashable { case none, hours72, days14 }

extension Policy {
    /// Fourteen days where somebody's yes is needed or the change is material; none where it only narrows what others may do, and
    /// shortens neither a right of a person nor a record; else 72 hours.
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
            || !difference.keptIn.isEmpty || !difference.meaning.isEmpty
        let shortensRights = difference.narrowed.contains { cell in old.isPerson(cell.who) || isPerson(cell.who) }
        let shortensRecords = difference.terms.less.contains { field($0)?.isRecord == true || old.field($0)?.isRecord == true }
        return !widens && !shortensRights && !shortensRecords
    }

    private func isPerson(_ who: String) -> Bool {
        model.find(who).map { $0 == Symbols.thePerson || model.symbols[$0].kind == .person } ?? false
    }
}
