// Lists of names and conditions, as they stand in rules.

extension Reader {
    /// Names with commas between them. Behind a comma stands the next name, or one of `clauses`, with which the list ends.
    mutating func list(
        _ kinds: Kinds, _ follow: Follow, clauses: Follow = Follow(), _ title: String, except: Except = .no, asSource: Bool = false
    ) throws(Stop) -> Names {
        let behind = follow | .comma | (except == .no ? Follow() : Follow(.except))
        var names = Names()
        names.items.reserveCapacity(4)
        var isExcept = false, hasWildcard = false
        /// What stands behind a comma, where it was looked at already.
        var ahead: Candidates?
        while true {
            let count = references.count
            if ahead == nil { ahead = candidates(behind) }
            mayTakeAway = !isExcept && (except == .always || (except == .afterWildcard && hasWildcard))
            let name = try name(kinds, behind, title, asSource: asSource, ahead, clauses: clauses)
            if isExcept {
                names.except.append(name)
                if references.count > count { references[count].isTakenAway = true }
            } else {
                names.items.append(name)
                if isWildcard(name) { hasWildcard = true }
            }
            if !isExcept, except != .no, isNext(.except) {
                guard except == .always || hasWildcard else {
                    throw fail("a comma or what comes behind the list (“except” stands after “everything”, “anyone”, “any …”)")
                }
                at += 1
                (isExcept, ahead) = (true, nil)
                continue
            }
            guard isNext(.comma) else { return names }
            at += 1
            if isAtEnd, follow.holdsEnd { throw failOfLastComma() }
            let found = candidates(behind), fitting = found.fitting
            let isName = fitting.map { kinds.contains(symbols.kind($0.symbol)) || (asSource && symbols.isAlsoSource($0.symbol)) } ?? false
            // A clause ends the list; one that doesn't belong here does too, and is what doesn't fit.
            if !isName, clauses.contains(bit(at: at)) || (fitting == nil && !clauses.isEmpty && Self.clauses.contains(bit(at: at))) {
                at -= 1
                if !clauses.contains(bit(at: at + 1)) { _ = isNextAfterComma(.on) }
                return names
            }
            if found.any == nil, !clauses.isEmpty { try refuseMisspelt(clauses, kinds, behind, title) }
            ahead = found
        }
    }

    private static let clauses = Follow(.on, .unless, .by, .always, .only, .until, .at, .freely, .if, .when, .while, .because, .budget)

    /// Where a list may be followed by what is taken away from it.
    enum Except { case no, afterWildcard, always }

    func isWildcard(_ name: Reference) -> Bool {
        name.symbol >= 0 && Kinds.wildcards.contains(symbols.kind(name.symbol))
    }

    // MARK: Conditions

    /// `A and not B or C`, up to one of `follow`.
    mutating func formula(_ follow: Follow) throws(Stop) -> Formula {
        var formula: Formula = [], conjunction: [Literal] = []
        let behind = follow | Follow(.and, .or)
        while true {
            if conjunction.isEmpty { conjunction.reserveCapacity(2) }
            var mustHold = true, found = candidates(behind)
            if found.fitting == nil, take(.not) { (mustHold, found) = (false, candidates(behind)) }
            if isNext(.open) {
                throw fail("a condition", or: "There are no brackets: “and” binds tighter than “or”; write each alternative out.")
            }
            let name = try name(Kinds(.condition), behind, "a condition", found)
            literals += 1
            conjunction.append(Literal(condition: name.symbol, mustHold: mustHold))
            if take(.and) { continue }
            formula.append(conjunction)
            guard take(.or) else { return formula }
            conjunction = []
        }
    }

    /// `[, on COND] [, unless COND]`; in `never` the comma before `unless` may be left out, and is, but behind `on`.
    mutating func when(inNever: Bool = false) throws(Stop) -> When {
        let follow = Follow.comma | .end | .label | (inNever ? Follow(.unless) : Follow())
        var when = When()
        if isNextAfterComma(.on) {
            at += 2
            when.on = try formula(follow)
        }
        if isNextAfterComma(.unless) || (inNever && isNext(.unless)) {
            let hasComma = take(.comma), needsComma = !inNever || when.on != nil
            // Where a name holds the word, the comma may be what ends another name.
            if hasComma != needsComma, !symbols.haveUnless {
                if hasComma { respell(at - 1..<at, "") } else { respell(at..<at + 1, ", unless") }
            }
            at += 1
            when.unless = try formula(follow)
        }
        return when
    }
}
