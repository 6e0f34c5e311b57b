// Which flows are widened and narrowed, and under which condition.

extension Comparison {
    /// Ends where the reasoning is exhausted, since nothing that it says then counts.
    mutating func compareFlows() { for flow in flows where !logic.isExhausted { compare(flow) } }

    /// The flows of which a rule of either version speaks, each once.
    var flows: [Flow] {
        var flows: [Flow] = [], seen: Set<Flow> = []
        for flow in now.flows where seen.insert(flow).inserted { flows.append(flow) }
        for flow in before.flows {
            let flow = common(flow)
            if seen.insert(flow).inserted { flows.append(flow) }
        }
        return flows
    }

    mutating func compare(_ flow: Flow) {
        let (mine, theirs) = (permitted(now: flow), permitted(before: flow))
        var widened = logic.butNot(mine, theirs), narrowed = logic.butNot(theirs, mine)
        tell(flow, begins: widened, ends: narrowed)
        if flow.verb == .aggregate, logic.and(mine, theirs) != Logic.never {
            let both = logic.and(mine, theirs), looser = statistics(flow)
            let (wider, narrower) = (logic.and(both, looser.now), logic.and(both, looser.before)), either = logic.or(wider, narrower)
            if either != Logic.never {
                difference.acts.recounted.append((cell(flow, either), wider != Logic.never, narrower != Logic.never))
            }
            (widened, narrowed) = (logic.or(widened, wider), logic.or(narrowed, narrower))
        }
        if flow.verb == .aggregate, widened != Logic.never || narrowed != Logic.never { count(flow) }
        if widened != Logic.never {
            difference.widened.append(cell(flow, widened))
            if flow.who.symbol == Symbols.thePerson || flow.verb == .collect {
                post(true)
            } else {
                ask([(flow.via ?? flow.thing).symbol])
            }
        }
        if narrowed != Logic.never {
            difference.narrowed.append(cell(flow, narrowed))
            let isRight = flow.who.symbol == Symbols.thePerson || isPersonKind(flow.who.symbol)
            post(true, isMaterial: isRight && [.read, .correct, .delete].contains(flow.verb))
        }
    }

    /// Keeps for the sentences what begins and ends. What the other version has under the same names counts as new, but isn't told as
    /// if nobody could do it before.
    private mutating func tell(_ flow: Flow, begins: Truth, ends: Truth) {
        let twin = lookalikes.isEmpty ? flow : lookalike(flow)
        var begins = begins, ends = ends
        if twin != flow {
            let (mine, theirs) = (permitted(now: twin), permitted(before: twin))
            let anew = logic.and(begins, theirs)
            if anew != Logic.never { difference.acts.anew.append(cell(flow, anew)) }
            (begins, ends) = (logic.butNot(begins, theirs), logic.butNot(ends, mine))
        }
        if begins != Logic.never { difference.acts.begins.append(cell(flow, begins)) }
        if ends != Logic.never { difference.acts.ends.append(cell(flow, ends)) }
    }

    /// The flow by what the other version has under the same names.
    private func lookalike(_ flow: Flow) -> Flow {
        func one(_ name: Name) -> Name { lookalikes[name.symbol].map { .of($0) } ?? name }
        return Flow(
            verb: flow.verb, who: one(flow.who), thing: one(flow.thing), purpose: flow.purpose.map(one), via: flow.via.map(one),
            carrier: flow.carrier.map(one), starter: flow.starter.map(one))
    }

    private func isPersonKind(_ symbol: Int) -> Bool {
        symbol < newSymbols.all.count ? newSymbols.kind(symbol) == .person : oldSymbols.kind(symbol - newSymbols.all.count) == .person
    }

    /// A flow of the old version in the common numbering.
    private func common(_ flow: Flow) -> Flow {
        func one(_ name: Name) -> Name { .of(self.common(name.symbol)) }
        return Flow(
            verb: flow.verb, who: one(flow.who), thing: one(flow.thing), purpose: flow.purpose.map(one), via: flow.via.map(one),
            carrier: flow.carrier.map(one), starter: flow.starter.map(one))
    }

    /// The flow by the names of the old version; nil where that lacks one.
    func former(_ flow: Flow) -> Flow? {
        let count = newSymbols.all.count
        func one(_ name: Name) -> Name? {
            name.symbol >= count ? .of(name.symbol - count) : names.old[name.symbol].map { .of($0) }
        }
        guard let who = one(flow.who), let thing = one(flow.thing) else { return nil }
        var mapped = Flow(verb: flow.verb, who: who, thing: thing)
        for part in [\Flow.purpose, \.via, \.carrier, \.starter] {
            guard let name = flow[keyPath: part] else { continue }
            guard let known = one(name) else { return nil }
            mapped[keyPath: part] = known
        }
        return mapped
    }

    func isOfNew(_ flow: Flow) -> Bool {
        [flow.who, flow.thing, flow.purpose, flow.via, flow.carrier, flow.starter].allSatisfy { $0.symbol < newSymbols.all.count }
    }

    private func permitted(now flow: Flow) -> Truth { isOfNew(flow) ? now.permitted(flow) : Logic.never }
    private func permitted(before flow: Flow) -> Truth { former(flow).map(before.permitted) ?? Logic.never }

    /// When a rule permits it that asks for fewer people, more budget or a shorter period than every rule of the other version.
    private func statistics(_ flow: Flow) -> (now: Truth, before: Truth) {
        func all(_ reasoning: Reasoning, _ flow: Flow) -> [(numbers: Statistic, when: Truth)] {
            reasoning.reaching(flow).permissions.compactMap { index in
                reasoning.policy.model.expansion.permissions[index].statistic.map { ($0, reasoning.truth(of: index)) }
            }
        }
        let mine = all(now, flow), theirs = former(flow).map { all(before, $0) } ?? []
        func isLooser(_ one: Statistic, _ others: [Statistic]) -> Bool {
            others.allSatisfy { one.people < $0.people } || others.allSatisfy { one.budget > $0.budget }
                || others.allSatisfy { one.days < $0.days }
        }
        func looser(_ some: [(numbers: Statistic, when: Truth)], _ others: [(numbers: Statistic, when: Truth)]) -> Truth {
            some.filter { isLooser($0.numbers, others.map(\.numbers)) }.reduce(Logic.never) { logic.or($0, $1.when) }
        }
        return (looser(mine, theirs), looser(theirs, mine))
    }

    private mutating func count(_ flow: Flow) {
        func all(_ reasoning: Reasoning, _ flow: Flow?) -> [Counting.Numbers] {
            flow.map { reasoning.reaching($0).permissions.compactMap(reasoning.policy.model.numbers) } ?? []
        }
        let cell = cell(flow, Logic.always)
        difference.statistics.append(
            Counting(
                who: cell.who, thing: cell.thing, purpose: cell.purpose, before: all(before, former(flow)),
                now: all(now, isOfNew(flow) ? flow : nil)))
    }

    /// The budgets of all statistics for one recipient add up.
    mutating func compareBudgets() {
        let mine = new.model.budgets, theirs = old.model.budgets
        for (who, budget) in mine.sorted(by: { $0.key < $1.key }) {
            guard let former = names.old[who], let other = theirs[former] else { continue }
            if budget > other * 1.000_000_001 {
                difference.budgets.more.append(name(who))
                post(!difference.widened.contains { $0.verb == .aggregate && $0.who == name(who) })
            } else if other > budget * 1.000_000_001 {
                difference.budgets.less.append(name(who))
                post(true)
            }
        }
    }

    func cell(_ flow: Flow, _ truth: Truth) -> Cell {
        func part(_ name: Name?) -> String? { name.map { self.name($0.symbol) } }
        var cell = Cell(
            verb: flow.verb, who: name(flow.who.symbol), thing: name(flow.thing.symbol), purpose: part(flow.purpose), via: part(flow.via),
            carrier: part(flow.carrier), starter: part(flow.starter), when: [])
        // A difference lies within what the one version grants, and within what of that the other refuses.
        let alternatives = logic.alternatives(truth) {
            let mine = isOfNew(flow) ? now.granted(flow) : nil, theirs = former(flow).map(before.granted)
            let refused = [mine.map { logic.butNot($0, permitted(before: flow)) }, theirs.map { logic.butNot($0, permitted(now: flow)) }]
            return ([mine, theirs] + refused).compactMap(\.self)
        }
        cell.hold(alternatives) { bit in
            bit >= 1000 ? old.model.name(oldSymbols.conditions[bit - 1000]) : new.model.name(newSymbols.conditions[bit])
        }
        return cell
    }

    /// Fields of the new version's flows that use a name: as a part, in the condition, or in that for which word of it waits.
    func fieldsUsing(_ symbol: Int) -> Set<Int> {
        var fields: Set<Int> = [], depending: [Truth: Bool] = [:]
        let bit = newSymbols.kind(symbol) == .condition ? newSymbols[symbol].bit : nil
        let waiting = new.model.expansion.tellings.filter { $0.onceEnds?.joined().contains { $0.condition == symbol } == true }
            .flatMap(\.reaches)
        for flow in now.flows where flow.verb != .collect && flow.who.symbol != Symbols.thePerson {
            let truth = now.permitted(flow)
            guard truth != Logic.never else { continue }
            let isPart = [flow.who, flow.thing, flow.purpose, flow.via, flow.carrier, flow.starter].contains { $0.symbol == symbol }
            let isWaitedFor = waiting.contains { $0.contains(flow) }
            if let bit, depending[truth] == nil { depending[truth] = logic.depends(truth, on: bit) }
            if isPart || isWaitedFor || depending[truth] == true { fields.insert((flow.via ?? flow.thing).symbol) }
        }
        for keeping in new.model.expansion.keepings {
            switch keeping.span {
            case .after(_, symbol), .atMost(_, symbol): fields.formUnion(keeping.fields)
            case .whileTrue(let formula, _) where formula.joined().contains { $0.condition == symbol }: fields.formUnion(keeping.fields)
            default: break
            }
        }
        return fields
    }
}

extension Model {
    /// The numbers of a permission; nil where it is no statistic.
    fileprivate func numbers(_ permission: Int) -> Counting.Numbers? {
        let rule = document.rules[expansion.permissions[permission].rule]
        guard case .aggregate(_, _, _, _, let people, let budget, let per, _) = rule.body else { return nil }
        return Counting.Numbers(people: people, budget: budget, per: per)
    }

    /// What each may learn of one person in a day, by symbol.
    fileprivate var budgets: [Int: Double] {
        expansion.permissions.reduce(into: [:]) { budgets, permission in
            guard let statistic = permission.statistic else { return }
            for who in permission.reach.who.list ?? [] { budgets[who, default: 0] += statistic.budget / Double(statistic.days) }
        }
    }
}
