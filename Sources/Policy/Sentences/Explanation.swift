// An answer in plain words: yes or no, by which rules with the prose of their clauses, or what is missing.

extension Voice {
    public func passage(of answer: Answer) -> Passage {
        let question = Wording(quoting: answer.text)
        switch answer.result {
        case .failure(let fault):
            return Passage(question, [Sentence(tongue(.unreadable(fault)))])
        case .success(let outcome):
            let title = tongue(outcome.why == nil ? .yes(question) : .no(question))
            let former = outcome.version.map { [Sentence(tongue(.byFormer(version: $0)))] } ?? []
            let asked = try? Governing(policy).questions(in: Array(answer.text.utf8)).first?.result.get()
            let (sentences, passages, named) = outcome.why.map { no($0, asked, isFormer: outcome.version != nil) } ?? yes(outcome, asked)
            return Passage(title, former + sentences, passages + glossary(named))
        }
    }

    private typealias Said = (sentences: [Sentence], passages: [Passage], named: [String])

    private func yes(_ outcome: Outcome, _ question: Question?) -> Said {
        let laws = laws
        let reasons = (outcome.reasons ?? []).map { tongue(laws.contains($0) ? .byLaw(quoted($0)) : .because(quoted($0))) }
        let kept = reasons.isEmpty ? [] : [Sentence(tongue(.isKept(tongue(.all(reasons)))))] + inAll(question)
        let others = outcome.along.filter { !asks(question, about: $0) }
        let along = others.isEmpty ? [] : [Sentence(tongue(.alongGoes(yours(others))))]
        let telling = outcome.obligations.compactMap { each in each.version == nil ? each.obligation.rule : nil }
        let told = telling.compactMap { sentence(ofRule: $0) }
        let passages = outcome.rules.map { cited($0, question) { .permittedBy($0) } }
        return (kept + along + told, passages, conditions(telling + outcome.rules))
    }

    /// What is asked about goes along with itself.
    private func asks(_ question: Question?, about field: String) -> Bool {
        guard case .flows(let flows)? = question?.subject, let found = policy.model.find(field) else { return false }
        return flows.contains { $0.thing.symbol == found }
    }

    /// By which something is kept, as they are cited.
    private var laws: Set<String> {
        Set(
            policy.model.document.rules.compactMap {
                if case .keep(_, _, let reason) = $0.body, reason.isLaw { reason.text } else { nil }
            })
    }

    /// Every rule that says how long what is asked about is kept.
    private func terms(_ question: Question?) -> [String] {
        guard case .kept(let field, _, _, _)? = question?.subject else { return [] }
        return policy.terms(of: policy.model.name(field)).map(\.address)
    }

    /// The same in one sentence, where they are several.
    private func inAll(_ question: Question?) -> [Sentence] {
        guard case .kept(let field, _, _, _)? = question?.subject else { return [] }
        return [keeping(of: field)].compactMap(\.self)
    }

    /// `isFormer`: an older version says so, by rules of its own.
    private func no(_ why: Outcome.Why, _ question: Question?, isFormer: Bool) -> Said {
        switch why {
        case .needs(let needs):
            let rules = policy.rules(reaching: question)
            return (lacks(needs), rules.map { cited($0, question) { .wouldPermit($0) } }, needs.set + needs.clear + conditions(rules))
        case .forbidden(let by, let needs): return forbidden(by, needs, question)
        case .noRule: return ([Sentence(tongue(.noRule))], [], [])
        case .keptByLaw(let by): return ([], [cited(by, question) { .keptBy($0) }], conditions([by]))
        case .notKept:
            let terms = isFormer ? [] : terms(question)
            let said = terms.count > 1 ? inAll(question) : terms.compactMap { sentence(ofRule: $0) }
            return ([Sentence(tongue(.notKept))] + said, [], conditions(terms))
        }
    }

    /// `evenThen`: where no `never` is in the way any longer.
    private func lacks(_ needs: Needs, evenThen: Bool = false) -> [Sentence] {
        let facts = facts(needs), starters = needs.by.map { name($0) }, all = tongue(.all(facts))
        let missing = facts.isEmpty ? [] : [Sentence(tongue(evenThen ? .evenThenNeeds(all) : .itNeeds(all)))]
        return missing + (starters.isEmpty ? [] : [Sentence(tongue(.itNeedsStarter(tongue(.any(starters)))))])
    }

    /// One `never` after the other, each with what lifts it, and what stands in the way behind them: by the way on which least is missing.
    private func forbidden(_ first: String, _ lifting: Needs?, _ question: Question?) -> Said {
        let way = policy.way(past: first, lifting, of: question)
        var said: Said = ([], [], [])
        for (index, step) in way.steps.enumerated() {
            if index > 0 {
                said.sentences.append(
                    Sentence(tongue(.evenThenForbidden(Wording(rule: step.rule, title(of: step.rule)))), rules: [step.rule]))
            }
            said.sentences.append(Sentence(lifted(step.rule, step.lifting), rules: [step.rule]))
            said.passages.append(cited(step.rule, question) { .forbiddenBy($0) })
            said.named += conditions([step.rule])
        }
        switch way.end {
        case nil: return said
        case .permitted(let rules):
            return (said.sentences, said.passages + rules.map { cited($0, question) { .wouldPermit($0) } }, said.named + conditions(rules))
        case .refused(let why):
            let rest = behind(why, question)
            return (said.sentences + rest.sentences, said.passages + rest.passages, said.named + rest.named)
        }
    }

    /// What lifts a `never`: what its `unless` needs, else the end of what it stands on.
    private func lifted(_ rule: String, _ needs: Needs?) -> Wording {
        if let facts = needs.map(facts), !facts.isEmpty { return tongue(.liftedBy(tongue(.all(facts)))) }
        return body(of: rule)?.when.on.flatMap { condition(When(on: $0)) }.map { tongue(.holdsOnly($0)) } ?? tongue(.nothingLifts)
    }

    /// What is in the way where no `never` is any longer.
    private func behind(_ why: Outcome.Why, _ question: Question?) -> Said {
        let rules = policy.rules(reaching: question)
        switch why {
        case .needs(let needs):
            return (lacks(needs, evenThen: true), rules.map { cited($0, question) { .wouldPermit($0) } }, conditions(rules))
        case .keptByLaw(let by): return ([], [cited(by, question) { .keptBy($0) }], conditions([by]))
        case .noRule, .notKept, .forbidden: return (rules.isEmpty ? [Sentence(tongue(.evenThenNoRule))] : [], [], [])
        }
    }

    /// A rule as a sentence, under the prose of its clause; of what is asked about, in which of its categories it is.
    private func cited(_ address: String, _ question: Question?, _ phrase: (Wording) -> Phrase) -> Passage {
        let clause = policy.clauses.first { $0.anchor == Self.anchor(address) }
        let said = clause.map { Sentence(Wording(quoting: plain(html: prose[$0.anchor].map(withoutNotes) ?? $0.prose))) }
        let sentences = [sentence(ofRule: address)].compactMap(\.self) + held(address, question) + [said].compactMap(\.self)
        return Passage(tongue(phrase(Wording(rule: address, title(of: address)))), anchor: clause?.anchor, sentences)
    }

    private func title(of address: String) -> String {
        policy.clauses.first { $0.anchor == Self.anchor(address) }.map { titles[$0.anchor] ?? $0.title } ?? ""
    }

    private func body(of address: String) -> RuleBody? { policy.model.place(of: address).map { policy.model.document.rules[$0].body } }

    /// Of each thing asked about that the rule doesn't name: the category by which it speaks of it.
    private func held(_ address: String, _ question: Question?) -> [Sentence] {
        guard let question, let lists = body(of: address)?.lists else { return [] }
        let named = lists.flatMap(\.symbols), categories = named.filter { symbols.kind($0) == .category }
        return question.things.filter { !named.contains($0) }.compactMap { thing in
            categories.first { policy.model.document.contents.things(of: $0, symbols).contains(thing) }.map {
                let own = symbols.kind(thing) == .message ? name(thing) : yours([symbols[thing].name])
                return Sentence(tongue(.includes(own, of: Wording(named: symbols[$0].name, said(symbols[$0].name)))))
            }
        }
    }

    /// The conditions that the sentences on these rules name.
    private func conditions(_ rules: [String]) -> [String] {
        rules.compactMap(body).flatMap(\.literals).map { symbols[$0.condition].name }
    }

    // MARK: Conditions

    /// What the declared ones among these conditions mean, and who decides whether they hold.
    /// `former` knows those that this version lacks.
    func glossary(_ named: [String], former: Voice? = nil) -> [Passage] {
        var seen: Set<String> = []
        let sentences = named.compactMap { text -> Sentence? in
            guard seen.insert(Words.fold(text)).inserted else { return nil }
            return policy.model.find(text) == nil ? former?.meaning(of: text) : meaning(of: text)
        }
        return sentences.isEmpty ? [] : [Passage(tongue(.conditionsNamed), sentences)]
    }

    /// What each declared condition means, and who decides whether it holds, in the order of the document.
    public var conditions: [Sentence] {
        symbols.all.filter { $0.kind == .condition && $0.place != nil }.compactMap { meaning(of: $0.name) }
    }

    func meaning(of text: String) -> Sentence? {
        guard let found = policy.model.find(text), symbols[found].kind == .condition, symbols[found].place != nil else { return nil }
        let decided = setters(of: found)
        guard !symbols[found].prose.isEmpty else { return Sentence("\(name(found).capitalised): \(decided)") }
        return Sentence("\(tongue(.means(name(found).capitalised, quoted(symbols[found].prose)))) \(decided)")
    }

    func setters(of condition: Int) -> Wording {
        let setters = symbols[condition].setters
        let names = setters.names.map { $0 == Symbols.theSite ? tongue(.site) : name($0) }
        switch setters.manner {
        case .byItself: return tongue(.setByItself)
        case .any: return tongue(.setBy(tongue(.any(names))))
        case .all: return tongue(.setBy(tongue(.together(names))))
        case .sending(let length): return tongue(.setBySending(names.first ?? "", duration(length)))
        }
    }
}

extension Question {
    /// What is asked about: things, and the fields that they come from or go through.
    fileprivate var things: [Int] {
        switch subject {
        case .flows(let flows): flows.flatMap { [$0.thing.symbol] + [$0.via?.symbol].compactMap(\.self) }
        case .kept(let field, _, _, _): [field]
        }
    }
}

extension RuleBody {
    /// The lists in which things stand.
    var lists: [Names] {
        switch self {
        case .collect(let things, _, _, _), .use(_, _, let things, _, _), .keep(let things, _, _), .tell(_, let things, _, _): [things]
        case .derive(let things, let others, _, _, _, _), .send(let things, let others, _, _, _, _, _, _, _): [things, others]
        case .give(let things, let others, _, _, _, _), .aggregate(let things, let others, _, _, _, _, _, _):
            [things, others].compactMap(\.self)
        case .never(let never): [never.things, never.from, never.through].compactMap(\.self)
        case .change: []
        }
    }

    /// Every fact that the rule names.
    var literals: [Literal] {
        switch self {
        case .keep(_, .whileTrue(let formula, _), _), .tell(_, _, _, let formula?): Array(formula.joined())
        default: Array(((when.on ?? []) + (when.unless ?? [])).joined())
        }
    }
}

/// What a translation says of a clause, but for its notes: paragraphs that are emphasis and nothing else.
private func withoutNotes(_ html: String) -> String {
    html.split(separator: "<p>", omittingEmptySubsequences: false).map { paragraph in
        guard paragraph.hasPrefix("<em>"), let end = paragraph.firstRange(of: "</em>"), paragraph[end.lowerBound...].hasPrefix("</em></p>")
        else { return paragraph }
        return paragraph[end.upperBound...].dropFirst(4)
    }.joined(separator: "<p>")
}

/// The words of HTML as cmark-gfm writes it, on one line.
private func plain(html: String) -> String {
    var text = "", isTag = false
    for scalar in html.unicodeScalars {
        switch scalar {
        case "<": isTag = true
        case ">": isTag = false
        case "\n": text += " "
        default: if !isTag { text.unicodeScalars.append(scalar) }
        }
    }
    for (entity, mark) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] { text = text.replacing(entity, with: mark) }
    return text.split(separator: " ").joined(separator: " ")
}
