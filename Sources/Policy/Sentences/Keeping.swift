// How long something stays that several rules keep: one sentence of all of them, since the longest holds, and a cap cuts it.

extension Voice {
    /// Of what rules of this clause keep and other rules keep too: all terms in one sentence, for fields with the same terms together.
    public func keepings(of clause: Clause) -> [Sentence] {
        let mine = Set(clause.rules.map(\.address))
        return keepings { $0.contains { mine.contains(policy.model.address(policy.model.expansion.keepings[$0].rule)) } }
    }

    /// The same of one field; nil where no more than one rule keeps it.
    func keeping(of field: Int) -> Sentence? { keepings([field]) { _ in true }.first }

    private func keepings(_ fields: [Int]? = nil, where isWanted: ([Int]) -> Bool) -> [Sentence] {
        var order: [[Int]] = [], held: [[Int]: [Int]] = [:]
        for field in fields ?? symbols.all.indices.filter({ symbols.kind($0) == .field }) {
            guard let all = policy.model.keepings[field], all.count > 1, isWanted(all) else { continue }
            if held[all] == nil { order.append(all) }
            held[all, default: []].append(field)
        }
        return order.map { sentence(keeping: held[$0]!, by: $0) }
    }

    private func sentence(keeping fields: [Int], by keepings: [Int]) -> Sentence {
        var terms: [Wording] = [], caps: [Wording] = [], rules: [String] = []
        for keeping in keepings.map({ policy.model.expansion.keepings[$0] }) {
            let rule = policy.model.document.rules[keeping.rule]
            guard case .keep(_, let span, let reason) = rule.body else { continue }
            let why = tongue(reason.isLaw ? .byLaw(quoted(reason.text)) : .because(quoted(reason.text)))
            let said: Wording = "\(wording(of: span)), \(why)"
            if case .atMost = span { caps.append(said) } else { terms.append(said) }
            rules.append(rule.address)
        }
        return Sentence(tongue(.keptInAll(things: together(fields), terms: terms, caps: caps)), rules: rules)
    }

    /// A category that holds just these, where there is one.
    private func together(_ fields: [Int]) -> Wording {
        let category = symbols.all.indices.first {
            symbols.kind($0) == .category && fields.count > 1 && policy.model.document.contents.things(of: $0, symbols).sorted() == fields
        }
        return category.map { yours(name($0)) } ?? yours(fields.map { symbols[$0].name })
    }
}
