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
        return cells { flow in
            things.contains(flow.thing.symbol) || things.contains(flow.via.symbol) || carriers.contains(flow.thing.symbol)
        }
    }

    /// Flows in which the name is who, starter, carrier or purpose; of a condition those that it can open.
    public func cells(of name: String) -> [Cell]? {
        guard let found = model.find(name) else { return nil }
        switch model.symbols.kind(found) {
        case .condition:
            let bit = model.symbols[found].bit
            // It is true of every statistic, and opens those that a “never” lets through for it.
            if bit == Symbols.inAggregate { return cells { $0.verb == .aggregate && isLiftedInAggregate($0) } }
            return cells(openedBy: bit) { _ in true }
        case .role, .person, .actor, .source, .recipient, .purpose:
            return cells { flow in [flow.who, flow.starter, flow.carrier, flow.purpose].contains { $0.symbol == found } }
        default: return nil
        }
    }

    private func isLiftedInAggregate(_ flow: Flow) -> Bool {
        Reasoning(self).reaching(flow).prohibitions.contains { index in
            guard case .never(let never) = model.document.rules[model.expansion.prohibitions[index].rule].body else { return false }
            return never.when.unless?.joined().contains { model.symbols[$0.condition].bit == Symbols.inAggregate && $0.mustHold } ?? false
        }
    }

    /// Every flow that is permitted under some condition.
    public var allCells: [Cell] { cells { _ in true } }

    /// In as few alternatives as can be; where that takes too long to find, in those of the rules.
    private func cells(openedBy bit: Int? = nil, where isWanted: (Flow) -> Bool) -> [Cell] {
        var cells: [Cell] = []
        for asMet in [false, true] {
            cells = self.cells(Reasoning(self, Logic(limit: Limits.comparison, asMet: asMet)), openedBy: bit, where: isWanted)
            if cells.allSatisfy(\.isExact) { return cells }
        }
        guard bit == nil, let written = writtenCells(where: isWanted) else { return cells }
        return written
    }

    /// As the rules are written; nil where that is no shorter to say.
    private func writtenCells(where isWanted: (Flow) -> Bool) -> [Cell]? {
        let reasoning = Reasoning(self, Logic(limit: Limits.decisions))
        var cells: [Cell] = []
        for flow in reasoning.flows where isWanted(flow) {
            let (permitting, stopping) = reasoning.reaching(flow)
            let rules = permitting.filter { reasoning.applies($0, to: flow) != false }
            guard !rules.isEmpty, reasoning.mayPermit(flow) else { continue }
            let nevers = stopping.map { model.expansion.prohibitions[$0] }
            guard nevers.allSatisfy({ $0.unless == nil }), flow.verb != .delete || reasoning.isFree(flow.thing.symbol) else { return nil }
            let alternatives = Alternatives(
                when: reasoning.written(rules.flatMap { model.expansion.permissions[$0].when }, flow.verb),
                unless: reasoning.written(nevers.flatMap(\.on), flow.verb))
            guard max(alternatives.when.count, alternatives.unless.count) <= Alternatives.mostOnEachSide else { return nil }
            cells.append(cell(flow, rules, alternatives))
        }
        return cells
    }

    private func cell(_ flow: Flow, _ permissions: [Int], _ alternatives: Alternatives?) -> Cell {
        func part(_ name: Name?) -> String? { name.map { model.name($0.symbol) } }
        var rules: [String] = []
        for index in permissions {
            let address = model.address(model.expansion.permissions[index].rule)
            if !rules.contains(address) { rules.append(address) }
        }
        var cell = Cell(
            verb: flow.verb, who: model.name(flow.who.symbol), thing: model.name(flow.thing.symbol), purpose: part(flow.purpose),
            via: part(flow.via), carrier: part(flow.carrier), starter: part(flow.starter), when: [], rules: rules)
        cell.hold(alternatives) { model.name(model.symbols.conditions[$0]) }
        return cell
    }

    /// Where the reasoning is exhausted, what a rule permits is said without its conditions.
    private func cells(_ reasoning: Reasoning, openedBy bit: Int?, where isWanted: (Flow) -> Bool) -> [Cell] {
        let logic = reasoning.logic
        return reasoning.flows.compactMap { flow in
            guard isWanted(flow) else { return nil }
            let truth = reasoning.permitted(flow)
            guard logic.isExhausted || truth != Logic.never && bit.map({ logic.opens(truth, with: $0) }) ?? true else { return nil }
            let permissions = reasoning.reaching(flow).permissions.filter {
                logic.isExhausted || logic.and(reasoning.truth(of: $0), truth) != Logic.never
            }
            let alternatives = logic.alternatives(truth) { [reasoning.granted(flow)] }
            return cell(flow, permissions, logic.isExhausted ? nil : alternatives)
        }
    }
}
