// Marks of wording only, over more than one change.

extension Policy {
    /// The names of the last of these versions whose prose came from the first to it in wording only: changed at least once, and marked
    /// by the version that changed it each time.
    public static func wordingOnly(through versions: [(policy: Policy, marked: Set<String>)]) -> Set<String> {
        let steps = zip(versions.dropFirst(), versions).map { new, old in
            (
                new: new.policy.model.symbols, marked: Set(new.marked.compactMap(new.policy.model.find)), old: old.policy.model.symbols,
                names: Correspondence(new.policy.model, old.policy.model)
            )
        }
        guard let last = versions.last?.policy.model else { return [] }
        var found: Set<String> = []
        for (index, symbol) in last.symbols.all.enumerated() where symbol.place != nil {
            var here: Int? = index, isMarked = false, isMeant = false
            for step in steps.reversed() {
                guard let now = here, let before = step.names.old[now] else { break }
                let (mine, theirs) = (step.new[now], step.old[before])
                if mine.prose != theirs.prose || mine.sourceProse != theirs.sourceProse {
                    if step.marked.contains(now) { isMarked = true } else { isMeant = true }
                }
                here = before
            }
            if isMarked, !isMeant { found.insert(symbol.name) }
        }
        return found
    }
}
