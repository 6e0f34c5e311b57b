// An answer in plain words: yes or no, by which rules with the prose of their clauses, or what is missing.

extension Voice {
    public func passage(of answer: Answer) -> Passage {
        let question = Wording(quoting: answer.text)
        switch answer.result {
        case .failure(let fault):
            return Passage(question, [Sentence(tongue(.unreadable(column: fault.column, "\(fault.told)")))])
        case .success(let outcome):
            let title = tongue(outcome.why == nil ? .yes(question) : .no(question))
            let former = outcome.version.map { [Sentence(tongue(.byFormer(version: $0)))] } ?? []
            let (sentences, passages, named) = outcome.why.map { no($0, answer.text) } ?? yes(outcome)
            return Passage(title, former + sentences, passages + glossary(named))
        }
    }

    private typealias Said = (sentences: [Sentence], passages: [Passage], named: [String])

    private func yes(_ outcome: Outcome) -> Said {
        let kept = (outcome.reasons ?? []).map { Sentence(tongue(.keptBecause(quoted($0)))) }
        let along = outcome.along.isEmpty ? [] : [Sentence(tongue(.alongGoes(yours(outcome.along))))]
        let told = outcome.obligations.compactMap { each in each.version == nil ? sentence(ofRule: each.obligation.rule) : nil }
        let named = outcome.obligations.compactMap(\.obligation.ends).joined().flatMap { $0.set + $0.clear }
        return (kept + along + told, outcome.rules.map { cited($0) { .permittedBy($0) } }, named)
    }

    private func no(_ why: Outcome.Why, _ question: String) -> Said {
        switch why {
        case .needs(let needs):
            let facts = facts(needs), starters = needs.by.map { name($0) }
            let missing = facts.isEmpty ? [] : [Sentence(tongue(.itNeeds(tongue(.all(facts)))))]
            let starter = starters.isEmpty ? [] : [Sentence(tongue(.itNeedsStarter(tongue(.any(starters)))))]
            return (missing + starter, rules(reaching: question).map { cited($0) { .wouldPermit($0) } }, needs.set + needs.clear)
        case .forbidden(let by, let needs):
            let facts = needs.map(facts) ?? []
            let lifted = Sentence(tongue(facts.isEmpty ? .nothingLifts : .liftedBy(tongue(.all(facts)))), rules: [by])
            let isInVain = !facts.isEmpty && rules(reaching: question).isEmpty
            return (
                isInVain ? [lifted, Sentence(tongue(.evenThenNoRule))] : [lifted], [cited(by) { .forbiddenBy($0) }],
                needs.map { $0.set + $0.clear } ?? []
            )
        case .noRule: return ([Sentence(tongue(.noRule))], [], [])
        case .keptByLaw(let by): return ([], [cited(by) { .keptBy($0) }], [])
        case .notKept: return ([Sentence(tongue(.notKept))], [], [])
        }
    }

    /// A rule as a sentence, under the prose of its clause.
    private func cited(_ address: String, _ phrase: (Wording) -> Phrase) -> Passage {
        let clause = policy.clauses.first { $0.anchor == Self.anchor(address) }
        let title = clause.map { titles[$0.anchor] ?? $0.title } ?? ""
        let said = clause.map { Sentence(Wording(quoting: plain(html: prose[$0.anchor].map(withoutNotes) ?? $0.prose))) }
        let sentences = [sentence(ofRule: address), said].compactMap(\.self)
        return Passage(tongue(phrase(Wording(rule: address, title))), anchor: clause?.anchor, sentences)
    }

    /// Rules that would permit it in other circumstances.
    private func rules(reaching question: String) -> [String] {
        guard case .success(let read)? = Governing(policy).questions(in: Array(question.utf8)).first?.result,
            case .flows(let flows) = read.subject
        else { return [] }
        var found: [String] = []
        for flow in flows {
            for permission in policy.model.expansion.permissions {
                var reach = permission.reach
                reach.starter = .any
                let address = policy.model.address(permission.rule)
                if reach.contains(flow), !found.contains(address) { found.append(address) }
            }
        }
        return found
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

    private func meaning(of text: String) -> Sentence? {
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
