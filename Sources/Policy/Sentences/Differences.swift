// The difference of two versions in sentences: what becomes allowed and what no longer, what stays longer or shorter, what else is
// promised, and what follows for the person; by clause and by who is concerned.

extension Voice {
    /// From an older version to the one that speaks.
    /// - Parameters:
    ///   - former: the older version in the words of its own translation; left out, in those of this one.
    ///   - concerned: how many people it is about, where they were counted.
    public func passage(of difference: Difference, from old: Policy, former: Voice? = nil, concerned: Concerned = Concerned()) -> Passage {
        let telling = Telltale(now: self, before: former ?? of(old), difference: difference)
        let changes = byClause(telling.all, former: telling.before)
        let title = tongue(.versions(from: old.version.number, to: policy.version.number))
        if changes.isEmpty, difference.isExact { return Passage(title, [Sentence(tongue(.nothingChanges))]) }
        let glossary = glossary(difference.acts.conditions, former: telling.before)
        return Passage(title, limits(of: difference), changes + [demands(difference, from: old, concerned)] + glossary)
    }

    /// What is to be known of the two versions before their difference is read; nil where the one follows the other.
    public func hint(from old: Policy) -> String? {
        let (from, to) = (old.version.number, policy.version.number)
        if to == from + 1 || (to == from && policy.digest == old.digest) { return nil }
        return tongue(to > from ? .notNeighbours(from: from, to: to) : .notLater(from: from, to: to)).text
    }

    /// What is said before a difference that isn't exact.
    func limits(of difference: Difference) -> [Sentence] {
        if difference.isExact { return [] }
        let rules = difference.uncompared.joined(separator: ", ")
        return [Sentence(tongue(.tooEntangled))] + (rules.isEmpty ? [] : [Sentence(tongue(.uncompared(rules)))])
    }

    private func demands(_ difference: Difference, from old: Policy, _ concerned: Concerned) -> Passage {
        let demands = difference.demands
        var sentences: [Sentence] = []
        if !demands.yes.isEmpty {
            sentences.append(Sentence(tongue(.yesNeeded(tongue(.all(demands.yes.map { name($0) }))))))
            if difference.isExact { sentences += asked(difference) }
            if let asked = concerned.asked { sentences.append(Sentence(tongue(.concerns(people: asked)))) }
        }
        if let touched = concerned.touched, touched != concerned.asked { sentences.append(Sentence(tongue(.touches(people: touched)))) }
        if demands.material { sentences.append(Sentence(tongue(.mailedToAll))) }
        if demands.posted { sentences.append(Sentence(tongue(.posted))) }
        sentences.append(Sentence(tongue(.waits(policy.wait(for: difference, from: old)))))
        return Passage(tongue(.whatFollows), sentences)
    }
}

extension Voice {
    /// Which change asks for each yes.
    private func asked(_ difference: Difference) -> [Sentence] {
        func names(_ list: [String]) -> Wording { tongue(.all(list.map { Wording(quoting: name($0).text) })) }
        return difference.causes.map { cause, fields in
            let reason: AskingReason =
                switch cause {
                case .newUse: .newUse
                case .longer: .longer
                case .meaning(let name): .meaning(names([name]))
                case .setters(let name): .setters(names([name]))
                case .toldLess: .toldLess
                case .lessAlong: .lessAlong
                }
            return Sentence(tongue(.asked(reason, tongue(.all(fields.map { name($0) })))))
        }
    }
}

/// Finds for each part of a difference its sentence, its clause and whom it concerns.
struct Telltale {
    let now: Voice, before: Voice
    let difference: Difference
    /// Which name of the one is which of the other.
    private let names: Correspondence
    var tongue: Tongue { now.tongue }

    init(now: Voice, before: Voice, difference: Difference) {
        (self.now, self.before, self.difference) = (now, before, difference)
        names = Correspondence(now.policy.model, before.policy.model)
    }

    var all: [Voice.Placed] { acts + terms + messages + promises + along + parties + budgets + meanings + asking }

    /// Which of the two documents it is: both may bear one number.
    func isNow(_ policy: Policy) -> Bool { policy.model === now.policy.model }

    /// The name that something had in the older version.
    func former(_ name: String) -> String { difference.formerly.first { $0.name == name }?.tag ?? name }
    /// The name that something of the older version has now.
    func current(_ name: String) -> String { difference.formerly.first { $0.tag == name }?.name ?? name }

    func grouped<Item, Key: Hashable>(_ items: [Item], by key: (Item) -> Key) -> [([Item], Key)] {
        var order: [Key] = [], groups: [Key: [Item]] = [:]
        for item in items {
            let key = key(item)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(item)
        }
        return order.map { (groups[$0]!, $0) }
    }

    // MARK: Acts

    private var acts: [Voice.Placed] {
        said(difference.acts.begins, .begins, in: now.policy) + said(difference.acts.ends, .ends, in: before.policy) + anew + recounted
    }

    private func said(_ cells: [Cell], _ mood: Mood, in policy: Policy) -> [Voice.Placed] {
        gathered(cells, in: policy).map { ($0.rules.first, $0.concerned, counted(now.sentence($0, mood), mood)) }
    }

    /// A statistic that begins is told with its numbers.
    private func counted(_ sentence: Sentence, _ mood: Mood) -> Sentence {
        let numbers = sentence.rules.compactMap { now.numbers(ofRule: $0) }
        guard mood == .begins, !numbers.isEmpty else { return sentence }
        return Sentence("\(sentence.wording) \(tongue(.alternatives(numbers)).capitalised).", rules: sentence.rules)
    }

    /// Permitted before too, but to another kind of thing of the same name.
    private var anew: [Voice.Placed] {
        gathered(difference.acts.anew, in: now.policy).map { gathered in
            let names = gathered.whos + gathered.things + (gathered.vias + gathered.carriers + gathered.purposes).compactMap { $0 }
            let others = names.filter(isAnother).map { now.name($0) }
            let sentence = now.sentence(gathered, .stands)
            let isNew = Sentence(tongue(.countsAnew(tongue(.all(others))))).wording
            return (gathered.rules.first, gathered.concerned, Sentence("\(sentence.wording) \(isNew)", rules: sentence.rules))
        }
    }

    /// The name stands in both versions, and for another thing in each.
    func isAnother(_ name: String) -> Bool {
        guard let mine = now.policy.model.find(name), let theirs = before.policy.model.find(name) else { return false }
        return names.old[mine] == nil && names.new[theirs] == nil
    }

    /// Statistics by other numbers.
    private var recounted: [Voice.Placed] {
        typealias Key = [Wording?]
        let told = difference.acts.recounted.map { each in
            (each, before: numbers(each.cell, before), now: numbers(each.cell, now))
        }
        let groups = grouped(told) { [$0.before, $0.now, "\($0.0.isWider ? 1 : 0)\($0.0.isNarrower ? 1 : 0)"] as Key }
        return groups.flatMap { group, _ in
            let (first, former, numbers) = group[0]
            let mood: Mood = first.isWider ? first.isNarrower ? .otherwise : .finer : .coarser
            return gathered(group.map(\.0.cell), in: now.policy).map { gathered in
                let sentence = now.sentence(gathered, mood), otherwise = tongue(.otherwise(before: former, now: numbers))
                return (gathered.rules.first, gathered.concerned, Sentence("\(sentence.wording) \(otherwise)", rules: sentence.rules))
            }
        }
    }

    private func numbers(_ cell: Cell, _ voice: Voice) -> Wording {
        let rules = gathered([cell], in: voice.policy).first?.rules ?? []
        var numbers: [Wording] = []
        for one in rules.compactMap({ voice.numbers(ofRule: $0) }) where !numbers.contains(one) { numbers.append(one) }
        return tongue(.alternatives(numbers))
    }

    private var along: [Voice.Placed] {
        let others = difference.acts.along.map { each in
            (cell: each.cell, what: each.what.filter { $0 != each.cell.thing }, isMore: each.isMore)
        }
        return grouped(others.filter { !$0.what.isEmpty }) { ["\($0.isMore)"] + $0.what }.flatMap { group, _ in
            gathered(group.map(\.cell), in: now.policy).map { gathered in
                let phrase = Phrase.goesAlong(
                    more: group[0].isMore, who: tongue(.all(gathered.whos.map { now.name($0) })), things: now.yours(gathered.things),
                    along: tongue(.all(group[0].what.map { now.name($0) })), tail: now.tail(gathered, .begins))
                return (gathered.rules.first, gathered.concerned, Sentence(tongue(phrase), rules: gathered.rules))
            }
        }
    }

    /// The cells put together, with the rules of the version that permit them.
    private func gathered(_ cells: [Cell], in policy: Policy) -> [Gathered] {
        if cells.isEmpty { return [] }
        let reasoning = Reasoning(policy), isNow = isNow(policy)
        return Gathered.of(
            cells.map { cell in
                var cell = cell
                cell.rules = policy.rules(permitting: cell, reasoning) { isNow ? $0 : former($0) }
                return cell
            })
    }
}

extension Policy {
    /// The rules that reach a cell of a difference under some of its facts.
    fileprivate func rules(permitting cell: Cell, _ reasoning: Reasoning, rename: (String) -> String) -> [String] {
        let flow = try? flow(
            cell.verb, who: rename(cell.who), thing: rename(cell.thing), purpose: cell.purpose.map(rename), via: cell.via.map(rename),
            carrier: cell.carrier.map(rename), starter: cell.starter.map(rename))
        guard let flow else { return [] }
        var found: [String] = []
        for index in reasoning.reaching(flow).permissions {
            let address = model.address(model.expansion.permissions[index].rule)
            if !found.contains(address) { found.append(address) }
        }
        return found
    }
}
