// A rule taken apart, as a form is filled in: who, may, what, what for, when; in the words of its sentence.

/// What a line of the form says.
public enum RuleAspect: Sendable, Hashable, CaseIterable {
    case who, may, what
    /// What is never done with it, and by whom.
    case mayNever, by
    /// What a thing is made from, or who it comes from.
    case from
    /// The address that a message goes through, and who carries it.
    case through, carrier
    case recipient, along, starter, purpose, when
    /// How long something is kept, and why.
    case kept
    /// What stands behind it in sentences of its own: whether it can be refused, how a statistic is blurred; a promise to tell.
    case besides
}

public struct RulePart: Sendable, Hashable {
    public let aspect: RuleAspect
    public let wording: Wording
}

/// What a name in a rule stands for: the fields of a category, or when a condition is so and who says it.
public struct Meaning: Sendable, Hashable {
    /// As the policy declares it.
    public let name: String
    public let sentence: Sentence
    /// Of a category: how many fields it has.
    public let holding: Int
}

extension Voice {
    /// The lines of a rule's form; none where there is no such rule.
    public func parts(ofRule address: String) -> [RulePart] {
        guard let place = policy.model.place(of: address) else { return [] }
        let rule = policy.model.document.rules[place]
        return lines(rule.body).compactMap { aspect, wording in
            wording.flatMap { $0.isEmpty ? nil : RulePart(aspect: aspect, wording: $0) }
        }
    }

    /// Of the categories and declared conditions that a rule names, each once, in the order in which it names them.
    public func meanings(ofRule address: String) -> [Meaning] {
        guard let place = policy.model.place(of: address) else { return [] }
        let rule = policy.model.document.rules[place]
        var seen: Set<Int> = []
        let things = rule.body.lists.flatMap { $0.symbols + $0.except.map(\.symbol) }
        return (things + rule.body.literals.map(\.condition)).compactMap { seen.insert($0).inserted ? meaning(of: $0) : nil }
    }

    private func meaning(of symbol: Int) -> Meaning? {
        let declared = symbols[symbol]
        if declared.kind == .category {
            let held = policy.model.document.contents.things(of: symbol, symbols)
            let wording = tongue(.means(name(symbol).capitalised, tongue(.all(held.map { name($0) }))))
            return Meaning(name: declared.name, sentence: Sentence(wording), holding: held.count)
        }
        return meaning(of: declared.name).map { Meaning(name: declared.name, sentence: $0, holding: 0) }
    }

    private typealias Line = (RuleAspect, Wording?)

    private func lines(_ body: RuleBody) -> [Line] {
        switch body {
        case .collect(let things, let sources, let purposes, let when):
            return [
                (.who, tongue(.site)), (.may, tongue(.doing(.collect))), (.what, yours(things)), (.from, all(sources, any: true)),
                (.purpose, any(purposes)), (.when, condition(when)),
            ]
        case .derive(let things, let from, let purposes, let by, let when, _):
            return [
                (.who, tongue(.site)), (.may, tongue(.doing(.derive))), (.what, yours(things)), (.from, yours(from)),
                (.purpose, any(purposes)), (.starter, by.map(any)), (.when, condition(when)),
            ]
        case .use(let actors, let verbs, let things, let purposes, let when):
            return [
                (.who, parties(actors)), (.may, tongue(.all(verbs.map { tongue(.doing($0)) }))), (.what, yours(things)),
                (.purpose, purposes.map(any)), (.when, condition(when)),
            ]
        case .give(let things, let along, let recipients, let purposes, let by, let when):
            return [
                (.who, tongue(.site)), (.may, tongue(.doing(.give))), (.what, yours(things)), (.along, along.map { yours($0) }),
                (.recipient, all(recipients)), (.purpose, any(purposes)), (.starter, by.map(any)), (.when, condition(when)),
            ]
        case .send(let messages, let through, let via, let purposes, let consent, _, let untilDeleted, let by, let when):
            return [
                (.who, tongue(.site)), (.may, tongue(.doing(.send))), (.what, all(messages, holding: Kinds(.message))),
                (.through, yours(through, any: true)), (.carrier, via.map(any)), (.purpose, any(purposes)), (.starter, by.map(any)),
                (.when, condition(when)),
                (.besides, "\(tongue(consent.phrase)) \(tongue(untilDeleted ? .untilDeleted : .untilDeactivated))"),
            ]
        case .never(let never): return lines(never)
        case .keep(let things, let span, let reason):
            let why = tongue(reason.isLaw ? .byLaw(quoted(reason.text)) : .because(quoted(reason.text)))
            return [(.what, yours(things)), (.kept, "\(wording(of: span)), \(why)")]
        case .aggregate(let things, let by, let takers, let purposes, let people, let budget, let per, let when):
            let counted = by.map { tongue(.all([self.all(things), self.all($0)])) } ?? all(things)
            return [
                (.who, tongue(.site)), (.may, tongue(.doing(.aggregate))), (.what, counted), (.recipient, parties(takers)),
                (.purpose, any(purposes)), (.when, condition(when)),
                (.besides, tongue(.crowd(people: people, budget: budget.amount, per: duration(per)))),
            ]
        case .tell, .change: return [(.besides, wording(of: body).capitalised)]
        }
    }

    private func lines(_ never: Never) -> [Line] {
        let said = terms(of: never)
        return [
            (.what, said.things), (.mayNever, said.deeds), (.from, said.from), (.through, said.through), (.recipient, said.to),
            (.by, said.by), (.purpose, never.purposes.map(any)), (.when, condition(never.when)),
        ]
    }

    private func any(_ names: Names) -> Wording { all(names, any: true) }
}
