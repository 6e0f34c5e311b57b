// Which prohibitions and obligations reach more or less, compared by the flows over the names that both versions share.

/// One of the two versions, with the way from its names to the common ones.
private struct Side {
    let reasoning: Reasoning
    let common: (Int) -> Int
    let translated: (Reach) -> Reach
    /// What a message of the common numbering carries in this version, in that numbering.
    let carried: (Int) -> Set<Int>
    var model: Model { reasoning.policy.model }
    var expansion: Expansion { model.expansion }
}

/// What a rule forbids or tells of, and when: where both versions have the same ones, there is nothing to look for.
private struct Pledge: Hashable {
    var reach: Reach, when: Truth
}

/// Prohibitions of the other version, found by the things that they speak of.
private struct Others {
    typealias Entry = (Prohibition, Reach)
    private let all: [Verb: [Entry]]
    /// By thing those that name it, and those that name none.
    private var naming: [Verb: [Int: [Int]]] = [:], ofAny: [Verb: [Int]] = [:]

    init(_ entries: [Entry]) {
        all = Dictionary(grouping: entries) { $0.1.verb }
        for (verb, entries) in all {
            for (index, entry) in entries.enumerated() {
                guard let things = entry.1.thing.list else {
                    ofAny[verb, default: []].append(index)
                    continue
                }
                for thing in things { naming[verb, default: [:]][thing, default: []].append(index) }
            }
        }
    }

    /// Those that may speak of something of a reach, in their order.
    func meeting(_ reach: Reach) -> [Entry] {
        guard let entries = all[reach.verb] else { return [] }
        guard let things = reach.thing.list, things.count < entries.count else { return entries }
        var found = Set(ofAny[reach.verb] ?? [])
        for thing in things { found.formUnion(naming[reach.verb]?[thing] ?? []) }
        return found.sorted().map { entries[$0] }
    }
}

extension Comparison {
    mutating func comparePromises() {
        let (new, old, names, common) = (new, old, names, self.common)
        let mine = Side(reasoning: now, common: { $0 }, translated: { $0 }) { message in
            Set(new.model.symbols.carried(by: message, new.model.document.contents))
        }
        let theirs = Side(reasoning: before, common: common, translated: translated) { message in
            Set(names.old[message].map { old.model.symbols.carried(by: $0, old.model.document.contents).map(common) } ?? [])
        }
        difference.never.less = unforbidden(theirs, mine).sorted().map(name)
        difference.never.more = unforbidden(mine, theirs).sorted().map(name)
        post(!difference.never.more.isEmpty)
        post(!difference.never.less.isEmpty, isMaterial: true)
        let untold = untold(theirs, mine)
        difference.tell.less = untold.sorted().map(name)
        difference.tell.more = self.untold(mine, theirs).sorted().map(name)
        post(!difference.tell.more.isEmpty)
        if !untold.isEmpty { ask(untold) }
        let (more, less) = along()
        difference.along = Changed(more: more.sorted().map(name), less: less.sorted().map(name))
        post(!more.isEmpty)
        if !less.isEmpty { ask(less) }
    }

    // MARK: Never

    /// Things of which a `never` of the first speaks in a flow and facts that none of the second forbids.
    private func unforbidden(_ first: Side, _ second: Side) -> Set<Int> {
        var found: Set<Int> = []
        func pledge(_ each: Prohibition, _ side: Side) -> Pledge {
            Pledge(reach: side.translated(each.reach), when: side.reasoning.truth(each))
        }
        let theirs = Set(second.expansion.prohibitions.map { pledge($0, second) })
        if Set(first.expansion.prohibitions.map { pledge($0, first) }) == theirs { return [] }
        let others = Others(second.expansion.prohibitions.map { ($0, second.translated($0.reach)) })
        let byRule = Dictionary(grouping: first.expansion.prohibitions, by: \.rule)
        for (index, rule) in first.model.document.rules.enumerated() {
            guard case .never(let never) = rule.body, let all = byRule[index] else { continue }
            // Most rules stand in both versions as they are, and nothing is looked for.
            if all.allSatisfy({
                theirs.contains(pledge($0, first)) || isCovered(first.translated($0.reach), first.reasoning.truth($0), others, second)
            }) {
                continue
            }
            guard let things = never.things else {
                for each in all {
                    leftovers(first.translated(each.reach), first.reasoning.truth(each), others, second) { box in
                        found.formUnion(box.parts[1])
                        return false
                    }
                }
                continue
            }
            for thing in first.expansion.expand(things) where isShared(first.common(thing)) && !found.contains(first.common(thing)) {
                var one = never
                one.things = Names(items: [Reference(symbol: thing, tokens: 0..<0)])
                for reach in first.expansion.reaches(one) where !reach.isEmpty {
                    let each = Prohibition(rule: index, reach: reach, on: all[0].on, unless: all[0].unless)
                    leftovers(first.translated(reach), first.reasoning.truth(each), others, second) { _ in
                        found.insert(first.common(thing))
                        return true
                    }
                }
            }
        }
        return found
    }

    /// One prohibition of the second forbids all of it.
    private func isCovered(_ reach: Reach, _ truth: Truth, _ others: Others, _ second: Side) -> Bool {
        truth == Logic.never
            || others.meeting(reach).contains { reach.isSubset(of: $0.1) && logic.implies(truth, second.reasoning.truth($0.0)) }
    }

    private func leftovers(_ reach: Reach, _ truth: Truth, _ others: Others, _ second: Side, _ visit: (Box) -> Bool) {
        if isCovered(reach, truth, others, second) { return }
        let entries = others.meeting(reach)
        for box in boxes(reach) {
            let isDone = box.split(entries.enumerated().map { ($0.offset, $0.element.1.choices) }) { part, numbers in
                let forbidden = numbers.reduce(Logic.never) { logic.or($0, second.reasoning.truth(entries[$1].0)) }
                return logic.butNot(truth, forbidden) == Logic.never ? false : visit(part)
            }
            if isDone { return }
        }
    }

    // MARK: Tell

    /// Fields of a flow of which the first tells, and the second doesn't, or later.
    private func untold(_ first: Side, _ second: Side) -> Set<Int> {
        var found: Set<Int> = []
        let mine = entries(first, isFirst: true), theirs = entries(second, isFirst: false), entries = mine + theirs
        if Set(mine.map { Pledge(reach: $0.reach, when: $0.over) }) == Set(theirs.map { Pledge(reach: $0.reach, when: $0.over) }) {
            return []
        }
        for telling in first.expansion.tellings {
            guard case .tell(let told, let things, let purposes, _) = first.model.document.rules[telling.rule].body else { continue }
            for field in first.expansion.expand(things) where first.model.symbols.kind(field) == .field {
                let common = first.common(field)
                guard isShared(common), !found.contains(common) else { continue }
                let one = Names(items: [Reference(symbol: field, tokens: 0..<0)])
                for whole in first.expansion.reaches(told, one, purposes).map(first.translated) {
                    let reach = stillUsing(common, whole, second)
                    if reach.isEmpty { continue }
                    for box in boxes(reach) where isLater(box, entries) { found.insert(common) }
                }
            }
        }
        return found
    }

    /// A message with which a field goes no longer is no use of it, so nothing is left to tell.
    private func stillUsing(_ field: Int, _ reach: Reach, _ second: Side) -> Reach {
        guard reach.verb == .send, reach.via == .any, let messages = reach.thing.list else { return reach }
        var still = reach
        still.thing = Choice(messages.filter { isShared($0) && second.carried($0).contains(field) })
        return still
    }

    private typealias Entry = (reach: Reach, over: Truth, isFirst: Bool)

    private func entries(_ side: Side, isFirst: Bool) -> [Entry] {
        side.expansion.tellings.flatMap { telling in
            let over = telling.onceEnds.map { logic.not(side.reasoning.truth($0, .read)) } ?? Logic.always
            return telling.reaches.map { (side.translated($0), over, isFirst) }
        }
    }

    private func isLater(_ box: Box, _ entries: [Entry]) -> Bool {
        let same = entries.filter { $0.reach.verb == box.verb }
        return box.split(same.enumerated().map { ($0.offset, $0.element.reach.choices) }) { _, numbers in
            let theirs = numbers.filter { !same[$0].isFirst }
            guard !theirs.isEmpty else { return true }
            let over = numbers.filter { same[$0].isFirst }.reduce(Logic.always) { logic.and($0, same[$1].over) }
            let otherwise = theirs.reduce(Logic.always) { logic.and($0, same[$1].over) }
            return !logic.implies(over, otherwise)
        }
    }

    // MARK: Along

    /// Fields that both versions give, with more or less that must go along.
    private mutating func along() -> (more: Set<Int>, less: Set<Int>) {
        var more: Set<Int> = [], less: Set<Int> = []
        let hasAny = (new.model.expansion.permissions + old.model.expansion.permissions).contains { !$0.along.isEmpty }
        guard hasAny else { return ([], []) }
        for flow in now.flows where flow.verb == .give {
            guard let former = names.old(flow) else { continue }
            let both = logic.and(now.permitted(flow), before.permitted(former))
            guard both != Logic.never else { continue }
            let mine = asked(now, flow) { $0 }, theirs = asked(before, former) { common($0) }
            var added: [Truth: [String]] = [:], dropped: [Truth: [String]] = [:]
            for thing in Set(mine.keys).union(theirs.keys).sorted() {
                let a = logic.and(both, mine[thing] ?? Logic.never), b = logic.and(both, theirs[thing] ?? Logic.never)
                if !logic.implies(a, b) {
                    more.insert(flow.thing.symbol)
                    added[logic.butNot(a, b), default: []].append(name(thing))
                }
                if !logic.implies(b, a) {
                    less.insert(flow.thing.symbol)
                    dropped[logic.butNot(b, a), default: []].append(name(thing))
                }
            }
            difference.acts.along += added.sorted { $0.key < $1.key }.map { (cell(flow, $0.key), $0.value, true) }
            difference.acts.along += dropped.sorted { $0.key < $1.key }.map { (cell(flow, $0.key), $0.value, false) }
        }
        return (more, less)
    }

    /// For each field that must go along, when.
    private func asked(_ reasoning: Reasoning, _ flow: Flow, _ common: (Int) -> Int) -> [Int: Truth] {
        var asked: [Int: Truth] = [:]
        for index in reasoning.reaching(flow).permissions {
            for field in reasoning.policy.model.expansion.permissions[index].along {
                asked[common(field)] = logic.or(asked[common(field)] ?? Logic.never, reasoning.truth(of: index))
            }
        }
        return asked
    }
}
