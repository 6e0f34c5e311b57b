// Whether flows that one set of rules reaches are reached by another, without unfolding each flow.

/// Flows as the product of finite lists, in the common numbering.
struct Box {
    var verb: Verb
    /// Who, thing, purpose, via, carrier, starter.
    var parts: [[Int]]

    var isEmpty: Bool { parts.contains { $0.isEmpty } }

    /// Visits groups of flows that the same entries reach, with those entries; ends when `visit` says so.
    func split(_ entries: [(number: Int, choices: [Choice])], _ visit: (Box, [Int]) -> Bool) -> Bool {
        split(from: 0, entries, visit)
    }

    private func split(from axis: Int, _ entries: [(number: Int, choices: [Choice])], _ visit: (Box, [Int]) -> Bool) -> Bool {
        if axis == parts.count { return visit(self, entries.map(\.number)) }
        var groups: [[Int]: [Int]] = [:]
        for value in parts[axis] {
            groups[entries.indices.filter { entries[$0].choices[axis].contains(value) }, default: []].append(value)
        }
        for (indices, values) in groups {
            var part = self
            part.parts[axis] = values
            if part.split(from: axis + 1, indices.map { entries[$0] }, visit) { return true }
        }
        return false
    }
}

/// The names that both versions have, by kind; a recipient that is also a source is both.
struct Shared {
    private var lists: [Kind: [Int]] = [:]

    init(_ symbols: Symbols, where isShared: (Int) -> Bool) {
        for (index, symbol) in symbols.all.enumerated() where isShared(index) {
            lists[symbol.kind, default: []].append(index)
            if symbol.isAlsoSource, symbol.kind != .source { lists[.source, default: []].append(index) }
        }
    }

    subscript(kind: Kind) -> [Int] { lists[kind] ?? [] }
}

extension Reach {
    var choices: [Choice] { [who, thing, purpose, via, carrier, starter] }
}

extension Comparison {
    /// The flows of a reach over the names that both versions share; own uses have no purpose, all others have one.
    func boxes(_ reach: Reach) -> [Box] {
        let persons = [Symbols.thePerson] + shared[.person], staff = [Symbols.theSite] + shared[.role]
        let fields = shared[.field], purposes = shared[.purpose], recipients = shared[.recipient], absent = [Choice.absent]
        let whole: [[[Int]]]
        switch reach.verb {
        case .collect: whole = [[shared[.source], fields, purposes, absent, absent, absent]]
        case .read, .correct, .delete:
            whole = [[staff, fields, purposes, absent, absent, absent], [persons, fields, absent, absent, absent, absent]]
        case .derive: whole = [[[Symbols.theSite], fields, purposes, fields, absent, staff]]
        case .give: whole = [[recipients, fields, purposes, absent, absent, staff]]
        case .send: whole = [[[Symbols.theSite], shared[.message], purposes, fields, recipients + absent, staff]]
        case .aggregate: whole = [[recipients + staff, fields, purposes, absent, absent, absent]]
        }
        return whole.map { parts in
            Box(verb: reach.verb, parts: zip(parts, reach.choices).map { part, choice in part.filter(choice.contains) })
        }.filter { !$0.isEmpty }
    }

    /// A reach of the old version by the names of the new one.
    func translated(_ reach: Reach) -> Reach {
        func one(_ choice: Choice) -> Choice {
            choice.list.map { Choice($0.map { common($0) }) } ?? .any
        }
        return Reach(
            verb: reach.verb, who: one(reach.who), thing: one(reach.thing), purpose: one(reach.purpose), via: one(reach.via),
            carrier: one(reach.carrier), starter: one(reach.starter))
    }
}
