// Warnings on single rules, and on what derivations let slip.

extension Policy {
    func checkWarnings(_ report: inout Report) {
        let grouped = Dictionary(grouping: model.expansion.permissions, by: \.rule)
        for (index, rule) in model.document.rules.enumerated() {
            guard let permissions = grouped[index] else { continue }
            let when = rule.body.when
            let several = [\Reach.thing, \.purpose].contains { part in
                Set(permissions.flatMap { $0.reach[keyPath: part].list ?? [] }).count > 1
            }
            if several, (when.on?.count ?? 0) > 1 || (when.unless?.count ?? 0) > 1 {
                report.warn(
                    "mixed-rule", rule.place, "Several things or purposes and an “or”: each thing may be used on each of the conditions.",
                    "Write a rule for each condition.")
            }
            checkSelfMade(rule, permissions, &report)
            checkConsent(rule, permissions, &report)
        }
    }

    /// A role gets something on a condition that it can set alone.
    private func checkSelfMade(_ rule: RuleNode, _ permissions: [Permission], _ report: inout Report) {
        for permission in permissions where [.read, .correct, .delete, .aggregate].contains(permission.reach.verb) {
            for who in permission.reach.who.list ?? [] where model.symbols.kind(who) == .role {
                for literal in permission.when.joined() where literal.mustHold {
                    let setters = model.symbols[literal.condition].setters
                    guard setters.manner == .any && setters.names.contains(who) || setters.manner == .all && Set(setters.names) == [who]
                    else { continue }
                    report.warn(
                        "self-made-condition", rule.place,
                        "\(model.name(who)) can make “\(model.name(literal.condition))” true alone, and so let itself in.",
                        "Let somebody else set the condition, or two together.")
                    return
                }
            }
        }
    }

    /// A purpose that stands on consent, in a rule without a condition that the person sets.
    private func checkConsent(_ rule: RuleNode, _ permissions: [Permission], _ report: inout Report) {
        guard
            let purpose = permissions.flatMap({ $0.reach.purpose.list ?? [] }).first(where: {
                $0 >= 0 && model.symbols[$0].marks.contains("consent")
            })
        else { return }
        let isAsked = permissions.contains { permission in
            permission.when.joined().contains { literal in
                let symbol = model.symbols[literal.condition]
                return (symbol.bit == Symbols.asked && literal.mustHold) || symbol.setters.names.contains(Symbols.thePerson)
            }
        }
        if isAsked { return }
        report.warn(
            "consent-without-asking", rule.place, "“\(model.name(purpose))” stands on consent, but nothing here is for the person to set.",
            "Write “, on asked”, or a condition set by the person.")
    }

    /// A derived thing may go where a `never` stops one of its sources.
    func checkEscapes(_ reasoning: Reasoning, _ report: inout Report) {
        var seen: Set<Int> = [], looks = 0
        let uses = model.expansion.permissions.filter { [.read, .give, .aggregate].contains($0.reach.verb) }
        let origins = origins()
        for permission in model.expansion.permissions where permission.reach.verb == .derive && !seen.contains(permission.rule) {
            guard !isFree(permission) else { continue }
            let sources = Self.reached(from: permission.reach.via.list ?? [], by: origins)
            for thing in permission.reach.thing.list ?? [] {
                guard let escape = escape(of: thing, sources, uses, reasoning, &looks) else { continue }
                seen.insert(permission.rule)
                report.warn(
                    "never-escaped", model.document.rules[permission.rule].place,
                    "“\(model.name(thing))” may go where a “never” stops “\(model.name(escape.source))” (\(model.address(escape.rule))).",
                    "Forbid it for what is derived too, or write “, freely”.")
                break
            }
        }
    }

    private func isFree(_ permission: Permission) -> Bool {
        if case .derive(_, _, _, _, _, true) = model.document.rules[permission.rule].body { true } else { false }
    }

    /// What each field may be derived from, but for what is derived freely.
    private func origins() -> [Int: [Int]] {
        var origins: [Int: [Int]] = [:]
        for permission in model.expansion.permissions where permission.reach.verb == .derive && !isFree(permission) {
            for thing in permission.reach.thing.list ?? [] { origins[thing, default: []] += permission.reach.via.list ?? [] }
        }
        return origins
    }

    /// The sources, and the sources of those.
    private static func reached(from first: [Int], by origins: [Int: [Int]]) -> [Int] {
        var found: [Int] = [], seen: Set<Int> = [], open = first
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            found.append(next)
            open += origins[next] ?? []
        }
        return found.sorted()
    }

    private func escape(of thing: Int, _ sources: [Int], _ uses: [Permission], _ reasoning: Reasoning, _ looks: inout Int)
        -> (source: Int, rule: Int)?
    {
        var found: (source: Int, rule: Int)?
        for use in uses where looks <= Limits.pairs && use.reach.thing.contains(thing) {
            var reach = use.reach
            reach.thing = Choice([thing])
            reach.forEachFlow { flow in
                looks += 1 + sources.count
                if looks > Limits.pairs { return false }
                let permitted = reasoning.permitted(flow)
                guard permitted != Logic.never else { return true }
                for source in sources where source != thing {
                    var of = flow
                    of.thing = .of(source)
                    for index in reasoning.reaching(of).prohibitions {
                        let prohibition = model.expansion.prohibitions[index]
                        guard reasoning.logic.and(permitted, reasoning.truth(prohibition)) != Logic.never else { continue }
                        found = (source, prohibition.rule)
                        return false
                    }
                }
                return true
            }
            if found != nil { return found }
        }
        return nil
    }
}

extension RuleBody {
    var when: When {
        switch self {
        case .collect(_, _, _, let when), .derive(_, _, _, _, let when, _), .use(_, _, _, _, let when), .give(_, _, _, _, _, let when),
            .send(_, _, _, _, _, _, _, _, let when), .aggregate(_, _, _, _, _, _, _, let when):
            when
        case .never(let never): never.when
        case .keep, .tell, .change: When()
        }
    }
}
