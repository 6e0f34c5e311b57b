// What of a difference is no flow: terms, messages and promises.

extension Telltale {
    // MARK: Terms

    var terms: [Voice.Placed] {
        let (longer, shorter) = (difference.terms.more, difference.terms.less)
        let both = longer.filter(shorter.contains)
        return terms(longer.filter { !both.contains($0) }) { .keptLonger($0) }
            + terms(shorter.filter { !both.contains($0) }) { .keptShorter($0) } + terms(both) { .keptOtherwise($0) }
            + reasons(difference.law) { .nowByLaw($0) } + reasons(difference.because) { .noLongerByLaw($0) }
    }

    /// Fields with the same terms before and now are told together.
    private func terms(_ fields: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        grouped(fields) { [spans($0, before), spans($0, now)] }.map { fields, spans in
            let rules = now.rules(keeping: fields[0])
            let otherwise = tongue(.otherwise(before: spans[0], now: spans[1]))
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
        var terms: [Wording] = [], caps: [Wording] = []
        for span in keepings.map({ model.expansion.keepings[$0].span }) {
            let said = voice.wording(of: span)
            if case .atMost = span {
                if !caps.contains(said) { caps.append(said) }
            } else if !terms.contains(said) {
                terms.append(said)
            }
        }
        if terms.isEmpty { return tongue(.notAtAll) }
        return caps.isEmpty ? tongue(.alternatives(terms)) : tongue(.capped(tongue(.alternatives(terms)), by: caps))
    }

    // MARK: Messages

    var messages: [Voice.Placed] {
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

    var promises: [Voice.Placed] {
        promises(difference.never, isTelling: false) { .promisesReach(more: $0, $1) }
            + promises(difference.tell, isTelling: true) { .toldOf(more: $0, $1) }
    }

    /// A promise as a rule has it, and the things that it speaks of by their names of now.
    private typealias Promise = (rule: RuleNode, things: Set<String>, wording: Wording)

    /// The promises that only one of the versions has in these words; one that both have, though otherwise, is told with both texts.
    private func promises(
        _ change: Changed<String>, isTelling: Bool, _ reach: (_ more: Bool, Wording) -> Phrase
    ) -> [Voice.Placed] {
        if change.isEmpty { return [] }
        let more = Set(change.more.map(Words.fold)), less = Set(change.less.map(Words.fold))
        var said: [Voice.Placed] = []
        var spoken: (more: Set<String>, less: Set<String>) = ([], [])
        for (theirs, mine) in akin(only(before, now, isTelling), only(now, before, isTelling)) {
            func things(_ promises: [Promise]) -> Set<String> { promises.reduce(into: []) { $0.formUnion($1.things) } }
            func texts(_ promises: [Promise]) -> Wording { promises.reduce("") { $0.isEmpty ? $1.wording : "\($0) \($1.wording)" } }
            let isMore = !things(mine).isDisjoint(with: more), isLess = !things(theirs).isDisjoint(with: less)
            guard isMore || isLess else { continue }
            let phrase: Phrase =
                if theirs.isEmpty {
                    .newPromise(texts(mine))
                } else if mine.isEmpty {
                    .lostPromise(texts(theirs))
                } else {
                    .promise(isMore ? isLess ? .both : .more : .less, before: texts(theirs), now: texts(mine))
                }
            let addresses = (mine.isEmpty ? theirs : mine).map(\.rule.address)
            said.append((addresses[0], "the person", Sentence(tongue(phrase), rules: addresses)))
            let all = things(mine).union(things(theirs))
            if !mine.isEmpty { spoken.more.formUnion(all) }
            if !theirs.isEmpty { spoken.less.formUnion(all) }
        }
        // What these promises speak of is said; the rest is named.
        func rest(_ things: [String], _ isMore: Bool) -> [Voice.Placed] {
            let rest = things.filter { !(isMore ? spoken.more : spoken.less).contains(Words.fold($0)) }
            return rest.isEmpty ? [] : [(nil, "the person", Sentence(tongue(reach(isMore, now.yours(rest)))))]
        }
        return said + rest(change.more, true) + rest(change.less, false)
    }

    /// Promises of before with those that take their place: one may have become several, and several one.
    private func akin(_ gone: [Promise], _ come: [Promise]) -> [(before: [Promise], now: [Promise])] {
        func place(of promise: Promise, in others: [Promise]) -> Int? {
            others.firstIndex { $0.rule.address == promise.rule.address && isAkin($0.rule, promise.rule) }
                ?? others.firstIndex { isAkin($0.rule, promise.rule) && !$0.things.isDisjoint(with: promise.things) }
        }
        var groups: [(before: [Int], now: [Int])] = []
        for (index, promise) in come.enumerated() {
            let former = place(of: promise, in: gone)
            if let former, let group = groups.firstIndex(where: { $0.before.contains(former) }) {
                groups[group].now.append(index)
            } else {
                groups.append((former.map { [$0] } ?? [], [index]))
            }
        }
        for (index, promise) in gone.enumerated() where !groups.contains(where: { $0.before.contains(index) }) {
            let successor = place(of: promise, in: come)
            if let successor, let group = groups.firstIndex(where: { $0.now.contains(successor) }) {
                groups[group].before.append(index)
            } else {
                groups.append(([index], []))
            }
        }
        return groups.map { group in (group.before.map { gone[$0] }, group.now.map { come[$0] }) }
    }

    private func only(_ one: Voice, _ other: Voice, _ isTelling: Bool) -> [Promise] {
        let known = Set(other.policy.model.document.rules.indices.map { Words.fold(other.policy.model.document.canonical(rule: $0)) })
        let document = one.policy.model.document, isNow = one.policy.version == now.policy.version
        return document.rules.enumerated().compactMap { index, rule in
            guard rule.body.isPromise(telling: isTelling), !known.contains(Words.fold(document.canonical(rule: index))) else { return nil }
            let things = one.things(promisedBy: rule.body).map { Words.fold(isNow ? $0 : current($0)) }
            return (rule, Set(things), one.wording(of: rule.body).capitalised)
        }
    }

    /// Both speak of one deed at least.
    private func isAkin(_ one: RuleNode, _ other: RuleNode) -> Bool {
        switch (one.body, other.body) {
        case (.never(let a), .never(let b)): a.isUse || b.isUse || !Set(a.verbs).isDisjoint(with: b.verbs)
        case (.tell(.use(_, let a), _, _, _), .tell(.use(_, let b), _, _, _)): !Set(a).isDisjoint(with: b)
        case (.tell(.gift, _, _, _), .tell(.gift, _, _, _)): true
        default: false
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

extension RuleBody {
    fileprivate func isPromise(telling: Bool) -> Bool {
        switch self {
        case .never: !telling
        case .tell: telling
        default: false
        }
    }
}
