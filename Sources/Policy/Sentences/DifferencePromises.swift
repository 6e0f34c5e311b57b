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
        if keepings.isEmpty { return tongue(.notAtAll) }
        var spans: [Wording] = []
        for span in keepings.map({ voice.wording(of: model.expansion.keepings[$0].span) }) where !spans.contains(span) {
            spans.append(span)
        }
        return tongue(.alternatives(spans))
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
        var gone = only(before, now, isTelling)
        var said: [Voice.Placed] = []
        var spoken: (more: Set<String>, less: Set<String>) = ([], [])
        func say(_ rule: RuleNode, _ phrase: Phrase) {
            said.append((rule.address, "the person", Sentence(tongue(phrase), rules: [rule.address])))
        }
        for promise in only(now, before, isTelling) {
            let akin =
                gone.firstIndex { $0.rule.address == promise.rule.address && isAkin($0.rule, promise.rule) }
                ?? gone.firstIndex { isAkin($0.rule, promise.rule) && !$0.things.isDisjoint(with: promise.things) }
            guard let akin else {
                if !promise.things.isDisjoint(with: more) { say(promise.rule, .newPromise(promise.wording)) }
                spoken.more.formUnion(promise.things)
                continue
            }
            let old = gone.remove(at: akin)
            let isMore = !promise.things.isDisjoint(with: more), isLess = !old.things.isDisjoint(with: less)
            guard isMore || isLess else { continue }
            let change: Change = isMore ? isLess ? .both : .more : .less
            say(promise.rule, .promise(change, before: old.wording, now: promise.wording))
            spoken.more.formUnion(promise.things.union(old.things))
            spoken.less.formUnion(promise.things.union(old.things))
        }
        for old in gone where !old.things.isDisjoint(with: less) {
            say(old.rule, .lostPromise(old.wording))
            spoken.less.formUnion(old.things)
        }
        // What these promises speak of is said; the rest is named.
        func rest(_ things: [String], _ isMore: Bool) -> [Voice.Placed] {
            let rest = things.filter { !(isMore ? spoken.more : spoken.less).contains(Words.fold($0)) }
            return rest.isEmpty ? [] : [(nil, "the person", Sentence(tongue(reach(isMore, now.yours(rest)))))]
        }
        return said + rest(change.more, true) + rest(change.less, false)
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
