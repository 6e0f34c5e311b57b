// Which promise of the older version a new one takes the place of, so that both are told side by side.

/// A promise as a rule has it, with names of now.
struct Promise {
    let rule: RuleNode, wording: Wording
    /// What it speaks of, what is done with it, and the parts that bound it; nil where it is bound by none.
    let things: Set<String>, deeds: Set<String>
    let bounds: [Set<String>?]
    /// It holds whatever is so, and excepts nobody.
    let isWhole: Bool

    /// How much of the same both say, 0 where they don't speak of one deed and one thing.
    fileprivate func likeness(to other: Promise) -> Int {
        func share(_ a: Set<String>, _ b: Set<String>) -> Int {
            a.isDisjoint(with: b) ? 0 : 100 * a.intersection(b).count / a.union(b).count
        }
        let hasLabel = rule.label != nil && rule.address == other.rule.address
        let (deed, thing) = (share(deeds, other.deeds), share(things, other.things))
        guard bounds.count == other.bounds.count, deed > 0, thing > 0 || hasLabel else { return 0 }
        return zip(bounds, other.bounds).reduce(1 + 3 * (deed + thing) + (hasLabel ? 1000 : rule.address == other.rule.address ? 20 : 0)) {
            switch $1 {
            case (nil, nil): $0 + 100
            case (let mine?, let theirs?): $0 + share(mine, theirs)
            default: $0 + 20
            }
        }
    }

    /// All that these say is said by some of the others, whatever is so.
    static func areHeld(_ promises: [Promise], by others: [Promise]) -> Bool {
        promises.allSatisfy { promise in others.contains { $0.isWhole && promise.isPart(of: $0) } }
    }

    /// It says a part of what the other one says.
    private func isPart(of other: Promise) -> Bool {
        bounds.count == other.bounds.count && deeds.isSubset(of: other.deeds) && things.isSubset(of: other.things)
            && zip(bounds, other.bounds).allSatisfy { mine, theirs in theirs.map { mine?.isSubset(of: $0) ?? false } ?? true }
    }

    typealias Pair = (before: [Promise], now: [Promise])

    /// Each two that are most alike; then, where one has become several or several one, those that are parts of the same.
    static func pairs(_ gone: [Promise], _ come: [Promise]) -> [Pair] {
        // Where very much changes at once only those in the same place are taken for one.
        let isMuch = gone.count * come.count > 40_000
        var likely: [(score: Int, before: Int, now: Int)] = []
        let places = Dictionary(grouping: gone.indices) { gone[$0].rule.address }
        for (index, promise) in come.enumerated() {
            for other in isMuch ? places[promise.rule.address] ?? [] : Array(gone.indices) {
                let score = promise.likeness(to: gone[other])
                if score > 0 { likely.append((score, other, index)) }
            }
        }
        likely.sort { ($1.score, $0.before, $0.now) < ($0.score, $1.before, $1.now) }
        var groups: [(before: [Int], now: [Int])] = [], paired: (before: Set<Int>, now: Set<Int>) = ([], [])
        for each in likely where !paired.before.contains(each.before) && !paired.now.contains(each.now) {
            groups.append(([each.before], [each.now]))
            paired.before.insert(each.before)
            paired.now.insert(each.now)
        }
        for each in likely where !paired.now.contains(each.now) {
            let whole = gone[each.before], part = come[each.now]
            guard part.isPart(of: whole), let group = groups.firstIndex(where: { $0.before == [each.before] }),
                groups[group].now.allSatisfy({ come[$0].isPart(of: whole) })
            else { continue }
            groups[group].now.append(each.now)
            paired.now.insert(each.now)
        }
        for each in likely where !paired.before.contains(each.before) {
            let whole = come[each.now], part = gone[each.before]
            guard part.isPart(of: whole), let group = groups.firstIndex(where: { $0.now == [each.now] }),
                groups[group].before.allSatisfy({ gone[$0].isPart(of: whole) })
            else { continue }
            groups[group].before.append(each.before)
            paired.before.insert(each.before)
        }
        groups += come.indices.filter { !paired.now.contains($0) }.map { ([], [$0]) }
        groups += gone.indices.filter { !paired.before.contains($0) }.map { ([$0], []) }
        // In the order of the policy; what is gone comes last.
        groups.sort { ($0.now.min() ?? .max, $0.before.min() ?? .max) < ($1.now.min() ?? .max, $1.before.min() ?? .max) }
        return groups.map { group in (group.before.sorted().map { gone[$0] }, group.now.sorted().map { come[$0] }) }
    }
}

extension Telltale {
    /// The promises of the one version that the other doesn't have in these words.
    func promises(only one: Voice, _ other: Voice, _ isTelling: Bool) -> [Promise] {
        let known = Set(other.policy.model.document.rules.indices.map { Words.fold(other.policy.model.document.canonical(rule: $0)) })
        let document = one.policy.model.document, isNow = isNow(one.policy)
        func named(_ symbols: [Int]) -> Set<String> {
            Set(symbols.map(one.policy.model.name).map { Words.fold(isNow ? $0 : current($0)) })
        }
        func bound(_ names: Names?) -> Set<String>? { names.map { named($0.symbols) } }
        return document.rules.enumerated().compactMap { index, rule in
            let things: Set<String>, deeds: Set<String>, lists: [Names?], isAlways: Bool
            switch rule.body {
            case .never(let never) where !isTelling:
                things = named(never.things.map(one.policy.model.expansion.expand) ?? one.symbols.everyThing)
                deeds = Set(never.isUse ? Verb.allCases.map { "\($0)" } : never.verbs.map { "\($0)" })
                lists = [never.by, never.recipients, never.from, never.through, never.purposes]
                isAlways = never.when.on == nil && never.when.unless == nil
            case .tell(let told, let all, let purposes, let onceEnds) where isTelling:
                isAlways = onceEnds == nil
                things = named(one.policy.model.expansion.expand(all))
                switch told {
                case .use(let actors, let verbs): (deeds, lists) = (Set(verbs.map { "\($0)" }), [actors, nil, purposes])
                case .gift(let recipients): (deeds, lists) = (["give"], [nil, recipients, purposes])
                }
            default: return nil
            }
            guard !known.contains(Words.fold(document.canonical(rule: index))) else { return nil }
            return Promise(
                rule: rule, wording: one.wording(of: rule.body).capitalised, things: things, deeds: deeds, bounds: lists.map(bound),
                isWhole: isAlways && lists.allSatisfy { $0?.except.isEmpty ?? true })
        }
    }
}
