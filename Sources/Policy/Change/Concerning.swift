// What of a difference concerns somebody of whom certain fields are stored: what waits for their yes, and what comes in any case.

extension Difference {
    /// What only happens to these fields, by their new names, with a yes.
    public func asking(of fields: Set<String>) -> Difference {
        var part = Difference()
        part.widened = widened.filter { $0.asks(of: fields) }
        part.acts.begins = acts.begins.filter { $0.asks(of: fields) }
        part.acts.anew = acts.anew.filter { $0.asks(of: fields) }
        part.acts.recounted = acts.recounted.filter { $0.isWider && $0.cell.asks(of: fields) }
        part.acts.along = acts.along.filter { !$0.isMore && fields.contains($0.cell.thing) }
        part.terms.more = terms.more.filter(fields.contains)
        part.tell.less = tell.less.filter(fields.contains)
        part.along.less = along.less.filter(fields.contains)
        part.setters.more = setters.more.filter { reaches($0, fields) }
        part.meaning = meaning.filter { reaches($0, fields) }
        part.demands.yes = demands.yes.filter(fields.contains)
        part.formerly = renamed(in: part, fields)
        (part.isExact, part.uncompared) = (isExact, uncompared)
        return part
    }

    /// What asks for a yes.
    enum Cause { case newUse, longer, meaning(String), setters(String), toldLess, lessAlong }

    /// Each with the fields for which it asks.
    var causes: [(cause: Cause, fields: [String])] {
        func asked(_ fields: some Sequence<String>) -> [String] {
            let fields = Set(fields)
            return demands.yes.filter(fields.contains)
        }
        let used = widened.filter { $0.verb != .collect && $0.who != "the person" }.map { $0.via ?? $0.thing }
        let recounted = acts.recounted.filter(\.isWider).map(\.cell.thing)
        let found: [(cause: Cause, fields: [String])] =
            [(.newUse, asked(used + recounted)), (.longer, asked(terms.more))]
            + meaning.map { (.meaning($0), asked(reach[$0] ?? [])) } + setters.more.map { (.setters($0), asked(reach[$0] ?? [])) }
            + [(.toldLess, asked(tell.less)), (.lessAlong, asked(along.less))]
        return found.filter { !$0.fields.isEmpty }
    }

    /// What changes for these fields whatever their person says.
    public func inAnyCase(for fields: Set<String>) -> Difference {
        var part = Difference()
        func concerns(_ cell: Cell) -> Bool { fields.contains(cell.via ?? cell.thing) || fields.contains(cell.thing) }
        part.narrowed = narrowed.filter(concerns)
        part.acts.ends = acts.ends.filter(concerns)
        part.acts.begins = acts.begins.filter { concerns($0) && !$0.asks(of: fields) && $0.verb != .collect }
        part.acts.recounted = acts.recounted.filter { !$0.isWider && concerns($0.cell) }
        part.acts.along = acts.along.filter { $0.isMore && fields.contains($0.cell.thing) }
        part.terms.less = terms.less.filter { fields.contains($0) && !terms.more.contains($0) }
        part.law = law.filter(fields.contains)
        part.because = because.filter(fields.contains)
        part.never = Changed(more: never.more.filter(fields.contains), less: never.less.filter(fields.contains))
        part.tell.more = tell.more.filter(fields.contains)
        part.formerly = renamed(in: part, fields)
        return part
    }

    private func reaches(_ name: String, _ fields: Set<String>) -> Bool { !(reach[name] ?? []).isDisjoint(with: fields) }

    /// The new names of what the part speaks of.
    private func renamed(in part: Difference, _ fields: Set<String>) -> [Tag] {
        let acts = part.acts
        let cells = acts.begins + acts.ends + acts.anew + acts.recounted.map(\.cell) + acts.along.map(\.cell)
        let names = Set(cells.flatMap(\.names) + part.setters.more + part.meaning).union(fields)
        return formerly.filter { names.contains($0.name) }
    }
}

extension Cell {
    /// As a widened flow it needs the yes of whoever has one of these fields stored.
    fileprivate func asks(of fields: Set<String>) -> Bool {
        fields.contains(via ?? thing) && verb != .collect && who != "the person"
    }

    fileprivate var names: [String] {
        [who, thing] + [purpose, via, carrier, starter].compactMap { $0 } + when.flatMap { $0.set + $0.clear }
    }
}

extension Voice {
    /// The sentences of a part of a difference, without what follows from the whole of it.
    public func passages(of part: Difference, from old: Policy, former: Voice? = nil) -> [Passage] {
        let telling = Telltale(now: self, before: former ?? of(old), difference: part)
        let changes = byClause(telling.all, former: telling.before)
        let limits = part.isExact ? [] : [Passage(tongue(.throughout), limits(of: part))]
        return limits + (changes.isEmpty ? [] : changes + glossary(part.acts.conditions, former: telling.before))
    }
}
