// Rules as sentences, one each, as they stand beside the prose of their clause.

extension Voice {
    /// The rules of a clause as sentences, in document order.
    public func passage(of clause: Clause) -> Passage {
        Passage("\(titles[clause.anchor] ?? clause.title)", anchor: clause.anchor, clause.rules.compactMap { sentence(ofRule: $0.address) })
    }

    /// Nil where there is no such rule.
    public func sentence(ofRule address: String) -> Sentence? {
        guard let place = policy.model.place(of: address) else { return nil }
        return Sentence(wording(of: policy.model.document.rules[place].body), rules: [address])
    }

    func wording(of body: RuleBody) -> Wording {
        switch body {
        case .collect(let things, let sources, let purposes, let when):
            return tongue(
                .collects(
                    .stands, things: yours(things), sources: all(sources, any: true), tail: tail(to: names(purposes), condition(when))))
        case .derive(let things, let from, let purposes, let by, let when, _):
            return tongue(.derives(.stands, things: yours(things), from: yours(from), tail: tail(purposes, by, when)))
        case .use(let actors, let verbs, let things, let purposes, let when):
            let doing = tongue(.all(verbs.map { tongue(.doing($0)) }))
            return tongue(.uses(.stands, who: all(actors), verbs: doing, things: yours(things), tail: tail(purposes, nil, when)))
        case .give(let things, let along, let recipients, let purposes, let by, let when):
            return tongue(
                .gets(
                    .stands, who: all(recipients), things: yours(things), along: along.map { yours($0) },
                    tail: tail(purposes, by, when)))
        case .send(let messages, let through, let via, let purposes, let consent, _, let untilDeleted, let by, let when):
            let send = tongue(
                .sends(
                    .stands, messages: all(messages, holding: Kinds(.message)), through: yours(through, any: true),
                    carriers: via.map { all($0, any: true) },
                    tail: tail(purposes, by, when)))
            return "\(send) \(tongue(consent.phrase)) \(tongue(untilDeleted ? .untilDeleted : .untilDeactivated))"
        case .never(let never): return wording(of: never)
        case .keep(let things, let span, let reason):
            let quoted = quoted(reason.text)
            return tongue(
                .keeps(things: yours(things), span: wording(of: span), reason: tongue(reason.isLaw ? .byLaw(quoted) : .because(quoted))))
        case .aggregate(let things, let by, let takers, let purposes, let people, let budget, let per, let when):
            let all = by.map { tongue(.all([self.all(things), self.all($0)])) } ?? self.all(things)
            let counts = tongue(.counts(.stands, who: parties(takers), things: all, tail: tail(purposes, nil, when)))
            return "\(counts) \(tongue(.crowd(people: people, budget: budget.amount, per: duration(per))))"
        case .tell(let told, let things, let purposes, let onceEnds):
            let deed = deed(told, things, purposes)
            return tongue(onceEnds.map { .toldOnceOver(formula($0), deed) } ?? .toldAtOnce(deed))
        case .change(let action, let field): return tongue(.change(action, through: field.map { name($0) } ?? ""))
        }
    }

    /// The numbers of a statistic; nil where the rule is none.
    func numbers(ofRule address: String) -> Wording? {
        guard let place = policy.model.place(of: address),
            case .aggregate(_, _, _, _, let people, let budget, let per, _) = policy.model.document.rules[place].body
        else { return nil }
        return tongue(.numbers(people: people, budget: budget.amount, per: duration(per)))
    }

    func wording(of span: Span) -> Wording {
        switch span {
        case .whileTrue(let fact, nil): tongue(.whileTrue(formula(fact)))
        case .whileTrue(let fact, let then?): tongue(.whileTrueThen(formula(fact), duration(then)))
        case .after(let length, let event): tongue(.after(duration(length), event: name(event)))
        case .atMost(let length, let event): tongue(.atMost(duration(length), event: name(event)))
        }
    }

    private func names(_ list: Names) -> [Wording] { list.symbols.map { name($0) } }

    private func tail(_ purposes: Names?, _ by: Names?, _ when: When) -> Wording {
        tail(to: purposes.map(names) ?? [], by: by.map(names) ?? [], condition(when))
    }

    private func wording(of never: Never) -> Wording {
        let said = terms(of: never)
        return tongue(
            .never(
                things: said.isHeld ? nil : said.things, isHeld: said.isHeld, deeds: said.deeds, from: said.from, through: said.through,
                to: said.to, by: said.by, tail: "\(aim(never.purposes))\(tail(to: [], condition(never.when)))"))
    }

    typealias NeverTerms = (
        things: Wording?, isHeld: Bool, deeds: Wording, from: Wording?, through: Wording?, to: Wording?, by: Wording?
    )

    /// The parts of a promise that something is never done; `isHeld`: with all that we hold.
    func terms(of never: Never) -> NeverTerms {
        let kinds = never.isUse ? Kinds(.field, .message) : never.verbs == [.send] ? Kinds(.message, .field) : Kinds(.field)
        let isOwn = never.things.map { things in things.symbols.contains { symbols[$0].kind != .message } } ?? false
        let by = never.by.map { by in
            let said = parties(by, any: true)
            let isYou = by.symbols.contains(Symbols.anyone) && !by.except.contains { $0.symbol == Symbols.thePerson }
            return isYou ? "\(said)\(tongue(.notEvenYou))" : said
        }
        return (
            things: never.things.map { isOwn ? yours($0, holding: kinds) : all($0, holding: kinds) },
            isHeld: never.things.map { $0.symbols == [Symbols.everything] && $0.except.isEmpty } ?? false,
            deeds: never.isUse ? tongue(.used) : tongue(.any(never.verbs.map { tongue(.done($0)) })),
            from: never.from.map { never.verbs == [.derive] ? yours($0, any: true) : all($0, any: true) },
            through: never.through.map { yours($0, any: true) }, to: never.recipients.map { all($0, any: true) }, by: by
        )
    }

    /// The purposes of a promise, with which words for all of a kind may stand.
    private func aim(_ purposes: Names?) -> Wording {
        guard let purposes else { return "" }
        let isAny = purposes.symbols.contains(Symbols.anyPurpose)
        return tongue(isAny ? .toAnyPurpose(except: purposes.except.map { name($0.symbol) }) : .to(names(purposes)))
    }

    /// Of the site no more is said than that it is the site.
    func parties(_ list: Names, any: Bool = false) -> Wording {
        func said(_ symbols: [Int]) -> [Wording] { symbols.map { $0 == Symbols.theSite ? tongue(.site) : name($0) } }
        let listed = tongue(any ? .any(said(list.symbols)) : .all(said(list.symbols)))
        return list.except.isEmpty ? listed : tongue(.but(listed, except: tongue(.all(said(list.except.map(\.symbol))))))
    }

    private func deed(_ told: Told, _ things: Names, _ purposes: Names?) -> Wording {
        let tail = aim(purposes), things = yours(things, any: true)
        switch told {
        case .use(let actors, let verbs):
            // “When you delete”, “when the site or you delete”: the verb goes with whom is named last.
            let isYou = actors.symbols.last == Symbols.thePerson && actors.except.isEmpty
            let does = tongue(.any(verbs.map { tongue(isYou ? .doing($0) : .does($0)) }))
            return tongue(.whenUsed(who: parties(actors, any: true), deeds: does, things: things, tail: tail))
        case .gift(let recipients): return tongue(.whenGiven(things: things, to: all(recipients, any: true), tail: tail))
        }
    }
}

extension Double {
    /// As a budget is said.
    var amount: String { self == rounded() && self < 1e15 ? String(Int(self)) : String(self) }
}

extension Consent {
    var phrase: Phrase {
        switch self {
        case .always: .cannotRefuse
        case .unlessRefused: .canRefuse
        case .onlyIfAsked: .onlyIfAsked
        }
    }
}
