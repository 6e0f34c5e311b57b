// Warnings on single rules, and on what derivations let slip.

extension Policy {
    func checkWarnings(_ report: inout Report) {
        let grouped = Dictionary(grouping: model.expansion.permissions, by: \.rule)
        for (index, rule) in model.document.rules.enumerated() {
            guard let permissions = grouped[index] else { continue }
            let when = rule.body.when
            let several = [\Reach.thing, \.via, \.purpose].contains { part in
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
        // What is asked for is a message or a gift.
        let canBeAsked = permissions.contains { $0.reach.verb == .give || $0.reach.verb == .send }
        report.warn(
            "consent-without-asking", rule.place, "“\(model.name(purpose))” stands on consent, but nothing here is for the person to set.",
            canBeAsked ? "Write “, on asked”, or a condition set by the person." : "Write “, on” and a condition set by the person.")
    }

    /// A derived thing may go where a `never` stops one of its sources.
    func checkEscapes(_ reasoning: Reasoning, _ report: inout Report) {
        var seen: Set<Int> = [], looks = 0
        let uses = model.expansion.permissions.filter { [.read, .give, .aggregate, .send].contains($0.reach.verb) }
        let origins = origins(), nevers = nevers
        if nevers.isEmpty && model.expansion.prohibitions.isEmpty { return }
        for permission in model.expansion.permissions where permission.reach.verb == .derive && !seen.contains(permission.rule) {
            guard !isFree(permission), looks <= Limits.pairs else { continue }
            let sources = Self.reached(from: permission.reach.via.list ?? [], by: origins, &looks)
            for thing in permission.reach.thing.list ?? [] {
                guard let escape = escape(of: thing, sources, uses, nevers, reasoning, &looks) else { continue }
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
    private static func reached(from first: [Int], by origins: [Int: [Int]], _ looks: inout Int) -> [Int] {
        var found: [Int] = [], seen: Set<Int> = [], open = first
        while let next = open.popLast(), looks <= Limits.pairs {
            looks += 1
            guard seen.insert(next).inserted else { continue }
            found.append(next)
            open += origins[next] ?? []
        }
        return found.sorted()
    }

    private func escape(
        of thing: Int, _ sources: [Int], _ uses: [Permission], _ nevers: [Stopping], _ reasoning: Reasoning, _ looks: inout Int
    ) -> (source: Int, rule: Int)? {
        var found: (source: Int, rule: Int)?
        let carriers = model.expansion.messages(carrying: thing)
        // What would be forbidden if messages carried the sources in its place.
        var imagined: [(source: Int, stop: Prohibition)] = []
        for source in sources where source != thing && !carriers.isEmpty && looks <= Limits.pairs {
            looks += nevers.count
            imagined += prohibitions(nevers, on: source, like: thing)
        }
        for use in uses where looks <= Limits.pairs {
            for way in use.reach.ways(of: thing, carriers) {
                way.reach.forEachFlow { flow in
                    looks += 1 + sources.count
                    if looks > Limits.pairs { return false }
                    let permitted = reasoning.permitted(flow)
                    guard permitted != Logic.never else { return true }
                    func isStopped(_ prohibition: Prohibition) -> Bool {
                        reasoning.logic.and(permitted, reasoning.truth(prohibition)) != Logic.never
                    }
                    if way.isCarried {
                        found = imagined.first { $0.stop.reach.contains(flow) && isStopped($0.stop) }.map { ($0.source, $0.stop.rule) }
                        return found == nil
                    }
                    for source in sources where source != thing {
                        var of = flow
                        if flow.verb == .send { of.via = .of(source) } else { of.thing = .of(source) }
                        let stops = reasoning.reaching(of).prohibitions.map { model.expansion.prohibitions[$0] }
                        guard let stop = stops.first(where: isStopped) else { continue }
                        found = (source, stop.rule)
                        return false
                    }
                    return true
                }
                if found != nil { return found }
            }
        }
        return nil
    }

    /// A `never` on fields.
    private typealias Stopping = (rule: Int, never: Never, fields: Choice)

    private var nevers: [Stopping] {
        model.document.rules.enumerated().compactMap { rule, node in
            guard case .never(let never) = node.body, let things = never.things else { return nil }
            return (rule, never, model.expansion.fields(things))
        }
    }

    /// Of each `never` on a field what it would forbid to send if the messages that carry the other carried this one.
    private func prohibitions(_ nevers: [Stopping], on field: Int, like other: Int) -> [(source: Int, stop: Prohibition)] {
        let expansion = model.expansion.carrying(field, like: other)
        var found: [(source: Int, stop: Prohibition)] = []
        for (rule, whole, fields) in nevers where fields.contains(field) {
            var never = whole
            never.things = Names(items: [Reference(symbol: field, tokens: 0..<0)])
            let on = never.when.on.map(Conjunctions.tidy) ?? [[]], unless = never.when.unless.map(Conjunctions.tidy)
            for reach in expansion.reaches(never) where reach.verb == .send && !reach.isEmpty {
                found.append((field, Prohibition(rule: rule, reach: reach, on: on, unless: unless)))
            }
        }
        return found
    }
}

extension Reach {
    /// The flows in which the thing goes somewhere: by itself, or with a message that goes through it or carries it.
    fileprivate func ways(of thing: Int, _ carriers: Choice) -> [(reach: Reach, isCarried: Bool)] {
        var own = self, carried = self
        guard verb == .send else {
            own.thing = Choice([thing])
            return self.thing.contains(thing) ? [(own, false)] : []
        }
        own.via = Choice([thing])
        carried.thing = Choice((self.thing.list ?? []).filter(carriers.contains))
        return (via.contains(thing) ? [(own, false)] : []) + (carried.isEmpty ? [] : [(carried, true)])
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
