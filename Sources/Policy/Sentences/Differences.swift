// The difference of two versions in sentences: what becomes allowed and what no longer, what stays longer or shorter, what else is
// promised, and what follows for the person; by clause and by who is concerned.

extension Voice {
    /// From an older version to the one that speaks. `concerned`: at most so many people have something stored that it needs a yes for.
    public func passage(of difference: Difference, from old: Policy, concerned: Int? = nil) -> Passage {
        let telling = Telltale(now: self, before: of(old), difference: difference)
        let changes = byClause(telling.all, former: old)
        let title = tongue(.versions(from: old.version.number, to: policy.version.number))
        if changes.isEmpty { return Passage(title, [Sentence(tongue(.nothingChanges))]) }
        let conditions = (difference.widened + difference.narrowed).flatMap(\.when).flatMap { $0.set + $0.clear }
        return Passage(title, [], changes + [demands(difference, from: old, concerned)] + glossary(conditions))
    }

    private func demands(_ difference: Difference, from old: Policy, _ concerned: Int?) -> Passage {
        let demands = difference.demands
        var sentences: [Sentence] = []
        if !demands.yes.isEmpty {
            sentences.append(Sentence(tongue(.yesNeeded(tongue(.all(demands.yes.map { name($0) }))))))
            if let concerned { sentences.append(Sentence(tongue(.concerns(people: concerned)))) }
        }
        if demands.material { sentences.append(Sentence(tongue(.mailedToAll))) }
        if demands.posted { sentences.append(Sentence(tongue(.posted))) }
        sentences.append(Sentence(tongue(.waits(policy.wait(for: difference, from: old)))))
        return Passage(tongue(.whatFollows), sentences)
    }
}

/// Finds for each part of a difference its sentence, its clause and whom it concerns.
private struct Telltale {
    let now: Voice, before: Voice
    let difference: Difference
    var tongue: Tongue { now.tongue }

    var all: [Voice.Placed] {
        acts(difference.widened, .begins, in: now.policy) + acts(difference.narrowed, .ends, in: before.policy)
            + terms + messages + promises + parties + meanings
    }

    // MARK: Acts

    private func acts(_ cells: [Cell], _ mood: Mood, in policy: Policy) -> [Voice.Placed] {
        let reasoning = Reasoning(policy)
        let former =
            policy.version == now.policy.version ? [:] : Dictionary(difference.formerly.map { ($0.name, $0.tag) }) { first, _ in first }
        let placed = cells.map { cell in
            var cell = cell
            cell.rules = policy.rules(permitting: cell, reasoning) { former[$0] ?? $0 }
            return cell
        }
        return Gathered.of(placed).map { gathered in
            (gathered.rules.first, gathered.concerned, now.sentence(gathered, mood))
        }
    }

    // MARK: Terms

    private var terms: [Voice.Placed] {
        terms(difference.terms.more) { .keptLonger($0) } + terms(difference.terms.less) { .keptShorter($0) }
            + reasons(difference.law) { .nowByLaw($0) } + reasons(difference.because) { .noLongerByLaw($0) }
    }

    /// Fields with the same terms before and now are told together.
    private func terms(_ fields: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        grouped(fields) { [spans($0, before), spans($0, now)] }.map { fields, spans in
            let rules = now.rules(keeping: fields[0])
            let otherwise = tongue(.termsOtherwise(before: spans[0], now: spans[1]))
            let sentence = Sentence("\(tongue(phrase(now.yours(fields))).capitalised) \(otherwise.capitalised)", rules: rules)
            return (rules.first ?? before.rules(keeping: former(fields[0])).first, "the person", sentence)
        }
    }

    private func reasons(_ fields: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        grouped(fields) { now.rules(keeping: $0) }.map { fields, rules in
            (rules.first, "the person", Sentence(tongue(phrase(now.yours(fields))), rules: rules))
        }
    }

    private func spans(_ field: String, _ voice: Voice) -> Wording {
        let model = voice.policy.model
        let keepings = model.find(voice.policy.version == now.policy.version ? field : former(field)).flatMap { model.keepings[$0] } ?? []
        if keepings.isEmpty { return tongue(.notAtAll) }
        return tongue(.alternatives(keepings.map { voice.wording(of: model.expansion.keepings[$0].span) }))
    }

    private func grouped<Key: Hashable>(_ names: [String], by key: (String) -> Key) -> [([String], Key)] {
        var order: [Key] = [], groups: [Key: [String]] = [:]
        for name in names {
            let key = key(name)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(name)
        }
        return order.map { (groups[$0]!, $0) }
    }

    /// The name that something had in the older version.
    private func former(_ name: String) -> String { difference.formerly.first { $0.name == name }?.tag ?? name }

    // MARK: Messages

    private var messages: [Voice.Placed] {
        func carried(_ message: String) -> (more: [String], less: [String]) {
            let mine = now.policy.carried(by: message), theirs = before.policy.carried(by: former(message))
            let theirsNow = theirs.map { old in difference.formerly.first { $0.tag == old }?.name ?? old }
            return (mine.filter { !theirsNow.contains($0) }, theirsNow.filter { !mine.contains($0) })
        }
        func one(_ message: String, _ phrase: Phrase) -> Voice.Placed {
            let rules = now.rules(sending: message)
            return (rules.first ?? before.rules(sending: former(message)).first, "the person", Sentence(tongue(phrase), rules: rules))
        }
        return difference.compulsory.more.map { one($0, .compulsory(now.name($0))) }
            + difference.compulsory.less.map { one($0, .refusable(now.name($0))) }
            + difference.carries.more.map { one($0, .carriesMore(now.name($0), now.yours(carried($0).more))) }
            + difference.carries.less.map { one($0, .carriesLess(now.name($0), now.yours(carried($0).less))) }
    }

    // MARK: Promises

    private var promises: [Voice.Placed] {
        promises(difference.never.more, now, before, { .newPromise($0) }) { .promisesReach(more: true, $0) }
            + promises(difference.never.less, before, now, { .lostPromise($0) }) { .promisesReach(more: false, $0) }
            + promises(difference.tell.more, now, before, { .newPromise($0) }, isTelling: true) { .toldOf(more: true, $0) }
            + promises(difference.tell.less, before, now, { .lostPromise($0) }, isTelling: true) { .toldOf(more: false, $0) }
            + reach(difference.along.more) { .goesAlong(more: true, $0) } + reach(difference.along.less) { .goesAlong(more: false, $0) }
    }

    /// The promises of the one side that the other doesn't have in the same words, and what they concern.
    private func promises(
        _ things: [String], _ one: Voice, _ other: Voice, _ phrase: (Wording) -> Phrase, isTelling: Bool = false,
        otherwise: (Wording) -> Phrase
    ) -> [Voice.Placed] {
        guard !things.isEmpty else { return [] }
        let known = Set(other.policy.model.document.rules.indices.map { Words.fold(other.policy.model.document.canonical(rule: $0)) })
        let document = one.policy.model.document
        let changed = document.rules.enumerated().filter { index, rule in
            rule.body.isPromise(telling: isTelling) && !known.contains(Words.fold(document.canonical(rule: index)))
        }
        let said: [Voice.Placed] = changed.map { _, rule in
            (rule.address, "the person", Sentence(tongue(phrase(one.wording(of: rule.body).capitalised)), rules: [rule.address]))
        }
        // What these promises speak of is said; the rest is named.
        let spoken = Set(changed.flatMap { one.things(promisedBy: $0.element.body) }.map(Words.fold))
        return said + reach(things.filter { !spoken.contains(Words.fold($0)) }, otherwise)
    }

    private func reach(_ things: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        things.isEmpty ? [] : [(nil, "the person", Sentence(tongue(phrase(now.yours(things)))))]
    }

    // MARK: Parties

    private var parties: [Voice.Placed] {
        let gone = difference.recipients.less, keptIn = difference.keptIn
        func one(_ whom: String, _ phrase: Phrase) -> Voice.Placed { (nil, whom, Sentence(tongue(phrase))) }
        return difference.recipients.more.map { one($0, introduced($0)) } + gone.map { one($0, .lostRecipient(now.name($0))) }
            + difference.countries.more.map { one($0.name, .country(now.name($0.name), country($0.tag), isNew: true)) }
            + difference.countries.less.map { one($0.name, .country(now.name($0.name), country($0.tag), isNew: false)) }
            + difference.formerly.map { one("the person", .renamed(now.name($0.name), former: Wording(quoting: $0.tag))) }
            + difference.apart.more.map { one($0[0], .apart(now.name($0[0]), now.name($0[1]), isNew: true)) }
            + difference.apart.less.map { one($0[0], .apart(now.name($0[0]), now.name($0[1]), isNew: false)) }
            + (difference.marks.more + difference.held.more).compactMap { marked($0, isNew: true) }
            + (difference.marks.less + difference.held.less).compactMap { marked($0, isNew: false) }
            + keptIn.more.map { one("the person", .keptIn($0, isNew: true)) }
            + keptIn.less.map { one("the person", .keptIn($0, isNew: false)) }
    }

    private func introduced(_ name: String) -> Phrase {
        let symbol = now.policy.model.find(name).map { now.symbols[$0] }
        let countries = (symbol?.countries ?? []).map { "\(country($0))" as Wording }
        return .newRecipient(
            now.name(name), type: symbol.flatMap { RecipientType(rawValue: $0.type) } ?? .partner, countries: tongue(.all(countries)))
    }

    private func country(_ code: String) -> String { code == "any country" ? tongue(.anyCountry).text : code }

    private func marked(_ tag: Tag, isNew: Bool) -> Voice.Placed? {
        Mark(rawValue: tag.tag).map { (nil, "the person", Sentence(tongue(.mark(now.name(tag.name), $0, isNew: isNew)))) }
    }

    // MARK: Meaning

    private var meanings: [Voice.Placed] {
        let setters = (difference.setters.more + difference.setters.less).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        func decided(_ name: String, _ voice: Voice) -> Wording { voice.policy.model.find(name).map(voice.setters) ?? tongue(.nothing) }
        func prose(_ name: String, _ voice: Voice) -> Wording {
            voice.policy.prose(of: name).map(Wording.init(quoting:)) ?? tongue(.nothing)
        }
        return setters.map { name in
            let phrase = Phrase.setters(now.name(name), before: decided(former(name), before), now: decided(name, now))
            return (nil, "the person", Sentence(tongue(phrase)))
        }
            + difference.meaning.map { name in
                let phrase = Phrase.meantOtherwise(now.name(name), before: prose(former(name), before), now: prose(name, now))
                return (nil, "the person", Sentence(tongue(phrase)))
            }
    }
}

extension Voice {
    /// Things of which a promise speaks; where it names none, all.
    fileprivate func things(promisedBy body: RuleBody) -> [String] {
        switch body {
        case .never(let never):
            never.things.map { policy.model.expansion.expand($0).map(policy.model.name) } ?? symbols.everyThing.map(policy.model.name)
        case .tell(_, let things, _, _): policy.model.expansion.expand(things).map(policy.model.name)
        default: []
        }
    }

    fileprivate func rules(keeping field: String) -> [String] { policy.terms(of: field).map(\.address) }

    fileprivate func rules(sending message: String) -> [String] {
        guard let found = policy.model.find(message) else { return [] }
        let sending = policy.model.expansion.permissions.filter { $0.reach.verb == .send && $0.reach.thing.contains(found) }
        return sending.map { policy.model.address($0.rule) }
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

extension RuleBody {
    fileprivate func isPromise(telling: Bool) -> Bool {
        switch self {
        case .never: !telling
        case .tell: telling
        default: false
        }
    }
}
