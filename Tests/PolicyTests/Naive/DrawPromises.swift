// Random prohibitions, laws and obligations.

extension Drawing {
    mutating func actors() -> (Set<String>?, String) {
        let everybody = Office.roles + Office.persons + ["the person", "the site"]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return (nil, "anyone")
        case 1: return (Set(Office.roles), "any staff")
        case 2: return (Set(everybody).subtracting(["boss", "the site"]), "anyone except boss, the site")
        default:
            let chosen = random.some(of: everybody, 1...2)
            return (Set(chosen), list(chosen))
        }
    }

    mutating func takers() -> (Set<String>, String) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return (Set(Office.recipients), "anyone outside")
        case 1: return (["courier"], "anyone outside except shop")
        default:
            let chosen = random.some(of: Office.recipients, 1...2)
            return (Set(chosen), list(chosen))
        }
    }

    mutating func told() -> (Set<String>?, String) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return (nil, "any purpose")
        case 1: return (["serve"], "any purpose except sell")
        default:
            let chosen = random.some(of: Office.purposes, 1...2)
            return (Set(chosen), list(chosen))
        }
    }

    mutating func never() -> Drawn {
        let isUse = random.chance(30)
        let verbs = isUse ? ["use"] : random.some(of: ["read", "correct", "delete", "collect", "derive", "give", "send"], 1...2)
        var rule = Drawn(kind: .never, text: "never \(list(verbs))", verbs: Set(verbs), isUse: isUse)
        if random.chance(75) {
            let names =
                verbs.contains { $0 == "send" || $0 == "use" } && verbs.count == 1
                ? Array(Office.things.keys.sorted()) : ["name", "city", "age", "contact", "rest", "mixture", "everything"]
            let (text, things) = things(names) { _ in true }
            rule.things = things
            rule.text += " " + text
        }
        if verbs == ["derive"], random.chance(40) {
            let (text, things) = fields()
            (rule.via, rule.text) = (Set(things), rule.text + " from " + text)
        }
        if verbs == ["collect"], random.chance(40) { (rule.sources, rule.text) = (["form"], rule.text + " from form") }
        if verbs == ["send"], random.chance(40) {
            let (text, things) = fields()
            (rule.via, rule.text) = (Set(things), rule.text + " through " + text)
        }
        if !verbs.contains("collect"), random.chance(40) {
            let (who, text) = actors()
            (rule.starters, rule.text) = (who, rule.text + " by " + text)
        }
        if Set(verbs).isSubset(of: ["give", "send", "use"]), random.chance(40) {
            let (who, text) = takers()
            (rule.carriers, rule.text) = (who, rule.text + " to " + text)
        }
        if random.chance(40) {
            let (purposes, text) = told()
            (rule.purposes, rule.text) = (purposes, rule.text + " to " + text)
        }
        let when = when()
        (rule.on, rule.unless) = (when.on, when.unless)
        rule.text += when.text
        return rule
    }

    mutating func law() -> Drawn {
        let (names, things) = fields()
        if random.chance(50) {
            return Drawn(
                kind: .law, text: "keep \(names) 1 year after order, by law \"x\"", things: things,
                on: [[Atom(name: "legal term over", mustHold: false)]],
                term: PlainTerm(span: .after("order"), count: 1, unit: "year", isLaw: true))
        }
        let condition = alternatives().map { $0.filter { $0.name != "in aggregate" } }.filter { !$0.isEmpty }
        let on = condition.isEmpty ? [[Atom(name: "busy", mustHold: true)]] : condition
        return Drawn(
            kind: .law, text: "keep \(names) while \(Self.text(on)), then 3 days, by law \"x\"", things: things, on: on,
            term: PlainTerm(span: .whileHolds(on), count: 3, unit: "day", isLaw: true))
    }

    /// A term of ours: while a condition holds, after an event, or a cap.
    mutating func keep() -> Drawn {
        let (names, things) = fields(), unit = ["day", "week", "month", "year"].randomElement(using: &random)!
        let count = Int.random(in: 1...(unit == "day" ? 62 : unit == "year" ? 1 : 3), using: &random)
        let duration = "\(count) \(unit)" + (count == 1 ? "" : "s"), event = random.chance(50) ? "order" : "collected"
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            let on = random.some(of: Office.conditions, 1...2).map { [Atom(name: $0, mustHold: random.chance(70))] },
                then = random.chance(60)
            return Drawn(
                kind: .keep, text: "keep \(names) while \(Self.text(on))\(then ? ", then " + duration : ""), because \"x\"", things: things,
                term: PlainTerm(span: .whileHolds(on), count: then ? count : 0, unit: then ? unit : "day", isLaw: false))
        case 1:
            return Drawn(
                kind: .keep, text: "keep \(names) \(duration) after \(event), because \"x\"", things: things,
                term: PlainTerm(span: .after(event), count: count, unit: unit, isLaw: false))
        default:
            return Drawn(
                kind: .keep, text: "keep \(names) at most \(duration) after \(event), because \"x\"", things: things,
                term: PlainTerm(span: .cap(event), count: count, unit: unit, isLaw: false))
        }
    }

    mutating func tell() -> Drawn {
        let (names, things) = fields(), once = random.chance(50) ? alternatives() : nil
        let opening = once.map { "tell the person once \(Self.text($0)) ends when " } ?? "tell the person at once when "
        let (purposes, to) = random.chance(50) ? told() : (nil, "")
        let purpose = to.isEmpty ? "" : " to \(to)"
        if random.chance(50) {
            let (who, text) = takers()
            return Drawn(
                kind: .tell, text: "\(opening)\(names) are given to \(text)\(purpose)", verbs: ["give"], who: who, things: things,
                purposes: purposes,
                on: once)
        }
        let (who, text) = actors(), verbs = random.some(of: ["reads", "corrects", "deletes"], 1...2)
        return Drawn(
            kind: .tell, text: "\(opening)\(text) \(list(verbs)) \(names)\(purpose)", verbs: Set(verbs.map { String($0.dropLast()) }),
            who: who,
            things: things, purposes: purposes, on: once)
    }
}
