// What changes in the declarations: recipients, countries, messages, setters, marks, meaning.

extension Comparison {
    mutating func compareParties() {
        compareRecipients()
        compareKinds()
        compareMessages()
        compareApart()
        compareSetters()
        compareMarks()
        let (mine, theirs) = (Set(new.model.header.keptIn), Set(old.model.header.keptIn))
        difference.keptIn = Changed(more: mine.subtracting(theirs).sorted(), less: theirs.subtracting(mine).sorted())
        post(!difference.keptIn.isEmpty)
    }

    private mutating func compareRecipients() {
        for (index, symbol) in newSymbols.all.enumerated() where symbol.place != nil {
            if let former = names.old[index], symbol.formerly != nil, Words.fold(oldSymbols[former].name) != Words.fold(symbol.name) {
                difference.formerly.append(Tag(name: symbol.name, tag: oldSymbols[former].name))
                post(true, isMaterial: symbol.kind == .recipient)
            }
            if names.old[index] == nil, let former = symbol.formerly.flatMap({ old.model.find($0.name) }) {
                difference.strangers.append(Tag(name: symbol.name, tag: oldSymbols[former].name))
            }
            guard symbol.kind == .recipient else { continue }
            guard let former = names.old[index], oldSymbols.kind(former) == .recipient else {
                difference.recipients.more.append(symbol.name)
                continue
            }
            let mine = Set(symbol.countries), theirs = Set(oldSymbols[former].countries)
            let (added, removed) = (mine.subtracting(theirs).sorted(), theirs.subtracting(mine).sorted())
            if !theirs.contains("any country") { difference.countries.more += added.map { Tag(name: symbol.name, tag: $0) } }
            if !mine.contains("any country") { difference.countries.less += removed.map { Tag(name: symbol.name, tag: $0) } }
        }
        for (index, symbol) in oldSymbols.all.enumerated() where symbol.kind == .recipient {
            if let now = names.new[index], newSymbols.kind(now) == .recipient { continue }
            difference.recipients.less.append(symbol.name)
        }
        post(!difference.recipients.isEmpty, isMaterial: !difference.recipients.more.isEmpty)
        post(!difference.countries.isEmpty, isMaterial: !difference.countries.more.isEmpty)
    }

    private mutating func compareKinds() {
        for (index, symbol) in newSymbols.all.enumerated() where symbol.kind != .category {
            guard let other = lookalikes[index].map({ oldSymbols[$0 - newSymbols.all.count] }), other.kind != .category else { continue }
            if other.kind != symbol.kind || other.fieldKind != symbol.fieldKind { difference.others.append(symbol.name) }
        }
        post(!difference.others.isEmpty)
    }

    private mutating func compareMessages() {
        func always(_ policy: Policy, _ common: (Int) -> Int) -> Set<Int> {
            Set(policy.model.expansion.permissions.filter { $0.consent == .always }.flatMap { $0.reach.thing.list ?? [] }.map(common))
        }
        let mine = always(new) { $0 }, theirs = always(old) { common($0) }
        difference.compulsory = Changed(
            more: mine.subtracting(theirs).sorted().map(name), less: theirs.subtracting(mine).sorted().map(name))
        post(!difference.compulsory.isEmpty, isMaterial: !difference.compulsory.more.isEmpty)
        for (index, symbol) in newSymbols.all.enumerated() where symbol.kind == .message {
            guard let former = names.old[index] else { continue }
            let carried = Set(newSymbols.carried(by: index, new.model.document.contents))
            let before = Set(oldSymbols.carried(by: former, old.model.document.contents).map { common($0) })
            if !carried.isSubset(of: before) { difference.carries.more.append(symbol.name) }
            if !before.isSubset(of: carried) { difference.carries.less.append(symbol.name) }
        }
        post(!difference.carries.isEmpty, isMaterial: !difference.carries.more.isEmpty)
    }

    /// Pairs of roles that nobody may have both of, among the roles of both versions.
    private mutating func compareApart() {
        func pairs(_ symbols: Symbols, _ common: (Int) -> Int) -> Set<[Int]> {
            var pairs: Set<[Int]> = []
            for (index, symbol) in symbols.all.enumerated() {
                for other in symbol.apart where other >= 0 && isShared(common(index)) && isShared(common(other)) {
                    pairs.insert([common(index), common(other)].sorted())
                }
            }
            return pairs
        }
        let mine = pairs(newSymbols) { $0 }, theirs = pairs(oldSymbols) { common($0) }
        func named(_ pairs: Set<[Int]>) -> [[String]] {
            pairs.map { $0.map(name).sorted() }.sorted { $0[0] + "," + $0[1] < $1[0] + "," + $1[1] }
        }
        difference.apart = Changed(more: named(mine.subtracting(theirs)), less: named(theirs.subtracting(mine)))
        post(!difference.apart.isEmpty, isMaterial: !difference.apart.less.isEmpty)
    }

    private mutating func compareSetters() {
        for (index, symbol) in newSymbols.all.enumerated() where symbol.kind == .condition && symbol.place != nil {
            guard let former = names.old[index] else { continue }
            let mine = symbol.setters, theirs = oldSymbols[former].setters
            if !isWithin(mine, { $0 }, theirs, { common($0) }) {
                difference.setters.more.append(symbol.name)
                askWhereUsed(index)
            }
            if !isWithin(theirs, { common($0) }, mine, { $0 }) {
                difference.setters.less.append(symbol.name)
                post(true)
            }
        }
    }

    /// Whoever can make the condition true by the first can by the second.
    private func isWithin(_ first: Setters, _ one: (Int) -> Int, _ second: Setters, _ other: (Int) -> Int) -> Bool {
        if case .sending(let a) = first.manner, case .sending(let b) = second.manner {
            return one(first.names[0]) == other(second.names[0]) && b.isNeverLonger(than: a)
        }
        /// Groups of people, each of which can: of each kind how many. A role named twice is two people who have it; the site is one.
        func ways(_ setters: Setters, _ common: (Int) -> Int) -> [[Int: Int]]? {
            switch setters.manner {
            case .byItself: [[Symbols.theSite: 1]]
            case .any: setters.names.map { [common($0): 1] }
            case .all: [setters.names.reduce(into: [:]) { group, name in group[common(name), default: 0] += 1 }]
            case .sending: nil
            }
        }
        guard let mine = ways(first, one), let theirs = ways(second, other) else { return false }
        return mine.allSatisfy { way in theirs.contains { $0.allSatisfy { who, count in count <= way[who, default: 0] } } }
    }

    private mutating func compareMarks() {
        for (index, symbol) in newSymbols.all.enumerated() {
            guard let former = names.old[index] else { continue }
            let before = oldSymbols[former]
            if symbol.kind == .purpose {
                let added = symbol.marks.subtracting(before.marks).sorted(), removed = before.marks.subtracting(symbol.marks).sorted()
                difference.marks.more += added.map { Tag(name: symbol.name, tag: $0) }
                difference.marks.less += removed.map { Tag(name: symbol.name, tag: $0) }
                post(!(added + removed).isEmpty, isMaterial: removed.contains("promotional"))
            }
            guard symbol.kind == .field else { continue }
            for (mark, now, then) in [("sealed", symbol.isSealed, before.isSealed), ("record", symbol.isRecord, before.isRecord)]
            where now != then {
                if now {
                    difference.held.more.append(Tag(name: symbol.name, tag: mark))
                } else {
                    difference.held.less.append(Tag(name: symbol.name, tag: mark))
                }
                post(true, isMaterial: then)
            }
        }
    }

    /// The field through which a yes is asked for.
    mutating func compareAsking() {
        func fields(_ policy: Policy) -> Set<Int> {
            Set(
                policy.model.document.rules.compactMap { rule in
                    if case .change(.newUse, let field?) = rule.body { field } else { nil }
                })
        }
        let mine = fields(new), theirs = Set(fields(old).map(common))
        difference.askedThrough = Changed(
            more: mine.subtracting(theirs).sorted().map(name), less: theirs.subtracting(mine).sorted().map(name))
        post(!difference.askedThrough.isEmpty)
    }

    /// The prose of a declaration belongs to the rules.
    mutating func compareMeaning() {
        for (index, symbol) in newSymbols.all.enumerated() where symbol.place != nil {
            guard let former = names.old[index].map({ oldSymbols[$0] }) else { continue }
            if symbol.prose == former.prose, symbol.sourceProse == former.sourceProse { continue }
            difference.meaning.append(symbol.name)
            if wordingOnly.contains(index) {
                difference.wordingOnly.append(symbol.name)
                post(true)
            } else {
                askWhereUsed(index)
            }
        }
    }

    private mutating func askWhereUsed(_ symbol: Int) {
        let fields = fieldsUsing(symbol)
        difference.reach[newSymbols[symbol].name, default: []].formUnion(fields.map(name))
        ask(fields)
    }
}
