// Flows as sentences. A list in a rule stands for many flows; here they are put together again, without loss.

/// Flows that differ from each other in nothing but what their lists name.
struct Gathered: Hashable {
    var verbs: [Verb]
    var whos, things: [String]
    var purposes, vias, carriers, starters: [String?]
    let when, unless: [Needs]
    let rules: [String]

    init(_ cell: Cell) {
        (verbs, whos, things) = ([cell.verb], [cell.who], [cell.thing])
        (purposes, vias, carriers, starters) = ([cell.purpose], [cell.via], [cell.carrier], [cell.starter])
        (when, unless, rules) = (cell.when, cell.unless, cell.rules)
    }

    /// As few as putting together along one part after the other gives. Only own verbs of one actor are put together, and sources.
    static func of(_ cells: [Cell]) -> [Gathered] {
        var all = cells.map(Gathered.init)
        all = joined(all, \.things)
        all = joined(all, \.vias)
        all = joined(all, \.purposes)
        all = joined(all, \.starters)
        all = joined(all, \.carriers)
        all = joined(all, \.verbs) { [.read, .correct, .delete].contains($0.verbs[0]) }
        return joined(all, \.whos) { $0.verbs == [.collect] }
    }

    /// Joins those that are equal but for one part, in the order of the first of them.
    private static func joined<Value: Hashable>(
        _ all: [Gathered], _ part: WritableKeyPath<Gathered, [Value]>, where isJoined: (Gathered) -> Bool = { _ in true }
    ) -> [Gathered] {
        var places: [Gathered: Int] = [:], result: [Gathered] = []
        for gathered in all {
            guard isJoined(gathered) else {
                result.append(gathered)
                continue
            }
            var rest = gathered
            rest[keyPath: part] = []
            if let place = places[rest] {
                result[place][keyPath: part] += gathered[keyPath: part]
            } else {
                places[rest] = result.count
                result.append(gathered)
            }
        }
        return result
    }

    /// Whom it concerns most: who gets to know or do something, the person where something comes from them or goes to them.
    var concerned: String {
        switch verbs[0] {
        case .collect, .send: "the person"
        case .derive: "the site"
        case .read, .correct, .delete, .give, .aggregate: whos[0]
        }
    }
}

extension Voice {
    /// Said where no rule permits what somebody asks about.
    public var nobodyMay: String { tongue(.nobodyMay).text }

    /// Said of somebody, or of a purpose, for whom or which no rule permits anything; nil of a name of another kind.
    public func permitsNothing(_ name: String) -> String? {
        guard let found = policy.model.find(name) else { return nil }
        return tongue(.permitsNothing(self.name(found), isPurpose: symbols.kind(found) == .purpose)).text
    }

    /// Said of a condition on which nothing is permitted; `rules`: those that stop something by it, `delayed`: those that wait with telling.
    public func opensNothing(stoppedBy rules: [String], delayed: [String] = []) -> String {
        let stops = rules.isEmpty ? [] : [tongue(.stops(rules: rules.joined(separator: ", "))).text]
        let delays = delayed.isEmpty ? [] : [tongue(.delays(rules: delayed.joined(separator: ", "))).text]
        return ([tongue(.opensNothing).text] + stops + delays).joined(separator: " ")
    }

    /// What is permitted, by clause and by who is concerned; the cells carry their rules.
    public func passages(of cells: [Cell]) -> [Passage] {
        byClause(Gathered.of(cells).map { ($0.rules.first, $0.concerned, sentence($0, .stands)) })
    }

    /// What the conditions mean that these wait for, and who says whether they hold.
    public func meanings(of cells: [Cell]) -> [Passage] { glossary(cells.flatMap(\.conditions)) }

    func sentence(_ gathered: Gathered, _ mood: Mood) -> Sentence {
        let tail = tail(gathered, mood)
        let who = tongue(.all(gathered.whos.map { name($0) }))
        let vias = gathered.vias.compactMap { $0 }
        let wording: Phrase =
            switch gathered.verbs[0] {
            case .collect: .collects(mood, things: yours(gathered.things), sources: who, tail: tail)
            case .derive: .derives(mood, things: yours(gathered.things), from: yours(vias), tail: tail)
            case .read, .correct, .delete:
                .uses(
                    mood, who: who, verbs: tongue(.all(gathered.verbs.map { tongue(.doing($0)) })), things: yours(gathered.things),
                    tail: tail)
            case .give: .gets(mood, who: who, things: yours(gathered.things), along: nil, tail: tail)
            case .send:
                .sends(
                    mood, messages: tongue(.all(gathered.things.map { name($0) })), through: yours(tongue(.any(vias.map { name($0) }))),
                    carriers: gathered.carriers == [nil] ? nil : tongue(.any(gathered.carriers.compactMap { $0 }.map { name($0) })),
                    tail: tail)
            case .aggregate: .counts(mood, who: who, things: tongue(.all(gathered.things.map { name($0) })), tail: tail)
            }
        return Sentence(tongue(wording), rules: gathered.rules)
    }

    func tail(_ gathered: Gathered, _ mood: Mood) -> Wording {
        let purposes = gathered.purposes.compactMap { $0 }.map { name($0) }
        let starters = gathered.starters == ["the site"] ? [] : gathered.starters.compactMap { $0 }.map { name($0) }
        return tail(
            to: purposes, by: starters, condition(gathered.when, without: gathered.unless, ofChange: mood == .begins || mood == .ends))
    }

    // MARK: Grouping

    /// A sentence with the rule that places it, if one does, and the name of whom it concerns.
    typealias Placed = (rule: String?, concerned: String, sentence: Sentence)

    /// By clause, in the order of the policy, and within by who is concerned, the person first; `former` knows clauses that are gone.
    func byClause(_ placed: [Placed], former: Voice? = nil) -> [Passage] {
        var anchors: [String?] = policy.clauses.map(\.anchor)
        anchors += (former?.policy.clauses ?? []).map(\.anchor).filter { !anchors.contains($0) }
        let grouped = Dictionary(grouping: placed) { each in each.rule.map(Self.anchor) }
        return (anchors + [nil]).compactMap { anchor in
            guard let these = grouped[anchor] else { return nil }
            return Passage(title(of: anchor, former), anchor: anchor, [], byConcerned(these))
        }
    }

    private func byConcerned(_ placed: [Placed]) -> [Passage] {
        var order: [String] = [], sentences: [String: [Sentence]] = [:]
        for each in placed {
            if sentences[each.concerned] == nil { order.append(each.concerned) }
            sentences[each.concerned, default: []].append(each.sentence)
        }
        let first = ["the person", "the site"].filter(order.contains)
        return (first + order.filter { !first.contains($0) }).map { whom in
            let title: Phrase = whom == "the person" ? .forYou : whom == "the site" ? .forTheSite : .forWhom(name(whom))
            return Passage(tongue(title), sentences[whom] ?? [])
        }
    }

    private func title(of anchor: String?, _ former: Voice?) -> Wording {
        guard let anchor else { return tongue(.throughout) }
        guard let clause = policy.clauses.first(where: { $0.anchor == anchor }) else {
            return former?.title(of: anchor, nil) ?? "\(titles[anchor] ?? anchor)"
        }
        return "\(titles[anchor] ?? clause.title)"
    }

    /// The anchor of the clause in which a rule stands.
    static func anchor(_ address: String) -> String { String(address.prefix { $0 != "." }) }
}
