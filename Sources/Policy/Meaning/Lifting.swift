// What would have to be so for a flow that a `never` forbids: of the ways to lift it the one on which least is missing in all.

/// From a “no, forbidden” to a yes, as far as there is a way.
struct Way {
    enum End {
        case permitted(by: [String]), refused(Outcome.Why)
    }
    /// One `never` after the other; nil: nothing lifts it.
    var steps: [(rule: String, lifting: Needs?)]
    /// What comes where they are lifted; nil: that can't be said, or they can't all be.
    var end: End?
    /// How much must become otherwise; what no fact mends weighs more than any number of facts.
    fileprivate var weight: Int
}

extension Policy {
    /// - Parameters:
    ///   - rule: the first that forbids it, with the fewest facts that lift it.
    ///   - question: nil where it couldn't be read again.
    func way(past rule: String, _ nearest: Needs?, of question: Question?) -> Way {
        var left = 256
        return way(past: rule, nearest, question, [rule], &left)
    }

    private static let hopeless = 1_000_000

    /// `left`: so many answers may still be asked for; without them only what lacks least is tried.
    private func way(past rule: String, _ nearest: Needs?, _ question: Question?, _ seen: Set<String>, _ left: inout Int) -> Way {
        guard let nearest, let question else { return Way(steps: [(rule, nearest)], end: nil, weight: Self.hopeless) }
        var best: Way?
        for needs in [nearest] + others(lifting: rule, than: nearest, question) {
            if best != nil, left <= 0 { break }
            left -= 1
            let now = question.granting(needs, model), outcome = Governing(self).answer(now)
            var way: Way
            if case .forbidden(let other, let more)? = outcome.why, !seen.contains(other) {
                way = self.way(past: other, more, now, seen.union([other]), &left)
            } else {
                way = Way(
                    steps: [], end: outcome.why.map { .refused($0) } ?? .permitted(by: outcome.rules), weight: outcome.why.map(weight) ?? 0)
            }
            way.steps.insert((rule, needs), at: 0)
            way.weight += needs.literals.count
            if way.weight < best?.weight ?? .max { best = way }
        }
        return best ?? Way(steps: [(rule, nearest)], end: nil, weight: Self.hopeless)
    }

    private func weight(_ why: Outcome.Why) -> Int {
        if case .needs(let needs) = why { needs.literals.count } else { Self.hopeless }
    }

    /// In the order of the document.
    private func others(lifting rule: String, than nearest: Needs, _ question: Question) -> [Needs] {
        guard let place = model.place(of: rule), let unless = model.expansion.prohibitions.first(where: { $0.rule == place })?.unless else {
            return []
        }
        let facts = model.facts(question.facts), aggregate = model.symbols.conditions[Symbols.inAggregate]
        return unless.filter { !$0.contains { $0.condition == aggregate } }.map { model.needs(model.lacking($0, facts)) }
            .filter { $0 != nearest }
    }
}

extension Question {
    /// The same where all is so that was missing.
    fileprivate func granting(_ needs: Needs, _ model: Model) -> Question {
        var question = self
        let ended = Set(needs.clear.compactMap(model.find))
        question.facts = facts.filter { !ended.contains($0) } + needs.set.compactMap(model.find)
        return question
    }
}
