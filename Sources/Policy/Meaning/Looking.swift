// Who may see a thing and why; what an actor may see, what a purpose serves, what a condition opens.

extension Policy {
    /// Flows of the thing, from it, through it, or of a message that carries it; nil where there is no such thing.
    public func cells(about thing: String) -> [Cell]? {
        guard let found = model.find(thing), Kinds.things.contains(model.symbols.kind(found)) else { return nil }
        let things = Set(model.document.contents.things(of: found, model.symbols))
        let carriers = Set(
            model.symbols.all.indices.filter { model.symbols.kind($0) == .message }.filter {
                !things.isDisjoint(with: model.symbols.carried(by: $0, model.document.contents))
            })
        return cells { _, flow, _ in
            things.contains(flow.thing.symbol) || things.contains(flow.via.symbol) || carriers.contains(flow.thing.symbol)
        }
    }

    /// Flows in which the name is who, starter, carrier or purpose; of a condition those that it can open.
    public func cells(of name: String) -> [Cell]? {
        guard let found = model.find(name) else { return nil }
        switch model.symbols.kind(found) {
        case .condition:
            let bit = model.symbols[found].bit
            return cells { logic, _, truth in logic.opens(truth, with: bit) }
        case .role, .person, .actor, .source, .recipient, .purpose:
            return cells { _, flow, _ in [flow.who, flow.starter, flow.carrier, flow.purpose].contains { $0.symbol == found } }
        default: return nil
        }
    }

    /// Every flow that is permitted under some condition.
    public var allCells: [Cell] { cells { _, _, _ in true } }

    private func cells(where isWanted: (Logic, Flow, Truth) -> Bool) -> [Cell] {
        let cells = cells(Reasoning(self, Logic(limit: Limits.comparison)), where: isWanted)
        if cells.allSatisfy(\.isExact) { return cells }
        return self.cells(Reasoning(self, Logic(limit: Limits.comparison, asMet: true)), where: isWanted)
    }

    /// Where the reasoning is exhausted, what a rule permits is said without its conditions.
    private func cells(_ reasoning: Reasoning, where isWanted: (Logic, Flow, Truth) -> Bool) -> [Cell] {
        let logic = reasoning.logic
        return reasoning.flows.compactMap { flow in
            let truth = reasoning.permitted(flow)
            guard logic.isExhausted || truth != Logic.never && isWanted(logic, flow, truth) else { return nil }
            func part(_ name: Name?) -> String? { name.map { model.name($0.symbol) } }
            var rules: [String] = []
            for index in reasoning.reaching(flow).permissions
            where logic.isExhausted || logic.and(reasoning.truth(of: index), truth) != Logic.never {
                let address = model.address(model.expansion.permissions[index].rule)
                if !rules.contains(address) { rules.append(address) }
            }
            var cell = Cell(
                verb: flow.verb, who: model.name(flow.who.symbol), thing: model.name(flow.thing.symbol), purpose: part(flow.purpose),
                via: part(flow.via), carrier: part(flow.carrier), starter: part(flow.starter), when: [], rules: rules)
            let alternatives = logic.alternatives(truth) { [reasoning.granted(flow)] }
            cell.hold(logic.isExhausted ? nil : alternatives) { model.name(model.symbols.conditions[$0]) }
            return cell
        }
    }
}
