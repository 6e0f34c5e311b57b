// What the rules that reach a flow make of it, in the order of the document: prohibitions first, then permissions. Apart from the looking
// for them, of which most decisions are made.

/// What a decision knows of the rules that were looked at.
@usableFromInline
struct Weighed {
    @usableFromInline var verdict = Verdict.noRule
    /// How little a conjunction of those lacks that might permit.
    @usableFromInline var lacks = Int.max

    @inlinable init() {}
}

extension Policy {
    /// Of 64 rules, from the one numbered `first`, those whose bits are set.
    /// - Returns: whether the verdict stands, whatever comes after.
    @inline(never) @usableFromInline
    func weigh(_ rules: UInt64, _ first: Int, _ head: Head, _ flow: Flow, _ facts: Facts, _ weighed: inout Weighed) -> Bool {
        let inAggregate = flow.verb == .aggregate
        var left = rules
        while left != 0 {
            let index = first &+ left.trailingZeroBitCount
            left &= left &- 1
            let entry = table.entries[head.entries &+ index], isStarted = table.starts(entry, flow.starter)
            if index < head.prohibitions {
                if isStarted, table.forbids(entry, facts, inAggregate) {
                    weighed.verdict = .forbidden(cell: UInt32(index))
                    return true
                }
                continue
            }
            for conjunction in Int(entry.first)..<Int(entry.middle) {
                let lacks = table.lacks(conjunction, facts, inAggregate) &+ (isStarted ? 0 : 1)
                if lacks == 0 {
                    weighed.verdict = .yes(cell: UInt32(index))
                    return true
                }
                if lacks < weighed.lacks { (weighed.lacks, weighed.verdict) = (lacks, .needs(cell: UInt32(conjunction))) }
            }
        }
        return false
    }

    /// The law that keeps a field, unless it is known not to; what is forbidden anyway stays so.
    @inline(never) @usableFromInline
    func keptByLaw(_ field: Name, _ facts: Facts, _ weighed: Weighed) -> Verdict? {
        if case .forbidden = weighed.verdict { return nil }
        for law in table.laws[Int32(truncatingIfNeeded: field.index)] ?? []
        where !table.allOff(Int(law.first)..<Int(law.middle), facts, false) { return .keptByLaw(cell: UInt32(law.rule)) }
        return nil
    }
}
