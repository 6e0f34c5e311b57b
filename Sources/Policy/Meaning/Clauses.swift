// Rules with names become flows: what each permits, forbids, keeps or demands to be told.

/// Turns rules with names into flows.
struct Expansion {
    let symbols: Symbols
    let contents: Contents
    private(set) var permissions: [Permission] = []
    private(set) var prohibitions: [Prohibition] = []
    private(set) var keepings: [Keeping] = []
    private(set) var tellings: [Telling] = []
    /// The rule up to which all rules list too much together; those behind it aren't there.
    private(set) var tooLarge: Int?
    private var listed = 0
    let roles: [Int], persons: [Int], recipients: [Int], purposes: [Int]
    private var carriers: [Int: [Int]]
    /// By symbol: the fields and the messages of categories and of `everything`.
    private var fieldsOf: [Choice?], messagesOf: [Choice?]

    init(_ document: Document) {
        (symbols, contents) = (document.symbols, document.contents)
        func all(_ kind: Kind) -> [Int] { document.symbols.all.indices.filter { document.symbols.kind($0) == kind } }
        (roles, persons, recipients, purposes) = (all(.role), all(.person), all(.recipient), all(.purpose))
        var carriers: [Int: [Int]] = [:]
        for message in all(.message) {
            for field in document.symbols.carried(by: message, document.contents) { carriers[field, default: []].append(message) }
        }
        self.carriers = carriers
        fieldsOf = .init(repeating: nil, count: symbols.all.count)
        messagesOf = fieldsOf
        for category in all(.category) + [Symbols.everything] {
            let things = contents.things(of: category, symbols)
            fieldsOf[category] = Choice(things.filter { document.symbols.kind($0) == .field })
            messagesOf[category] = Choice(things.filter { document.symbols.kind($0) == .message })
        }
        permissions.reserveCapacity(document.rules.count)
        for (index, rule) in document.rules.enumerated() {
            let (permitted, forbidden, kept, told) = (permissions.count, prohibitions.count, keepings.count, tellings.count)
            expand(rule.body, index)
            for each in permissions[permitted...] { listed += each.reach.listed }
            for each in prohibitions[forbidden...] { listed += each.reach.listed }
            for each in keepings[kept...] { listed += each.fields.count }
            for each in tellings[told...] { for reach in each.reaches { listed += reach.listed } }
            if listed > Limits.listed {
                tooLarge = index
                return
            }
        }
    }

    private mutating func expand(_ body: RuleBody, _ rule: Int) {
        func permit(_ reach: Reach, _ when: When, always: [Literal] = []) -> Permission {
            Permission(rule: rule, reach: reach, when: Conjunctions.of(when, always: always) ?? [])
        }
        switch body {
        case .collect(let things, let sources, let purposes, let when):
            permissions.append(
                permit(Reach(verb: .collect, who: Choice(sources.symbols), thing: fields(things), purpose: Choice(purposes.symbols)), when))
        case .derive(let things, let from, let purposes, let by, let when, _):
            permissions.append(
                permit(
                    Reach(
                        verb: .derive, thing: fields(things), purpose: Choice(purposes.symbols), via: fields(from), starter: starters(by)),
                    when))
        case .use(let actors, let verbs, let things, let purposes, let when):
            let purpose = purposes.map { Choice($0.symbols) } ?? .none
            var permission = permit(Reach(verb: .read, who: Choice(actors.symbols), thing: fields(things), purpose: purpose), when)
            for verb in [Verb.read, .correct, .delete] where verbs.contains(verb) {
                permission.reach.verb = verb
                permissions.append(permission)
            }
        case .give(let things, let along, let recipients, let purposes, let by, let when):
            var permission = permit(
                Reach(
                    verb: .give, who: Choice(recipients.symbols), thing: fields(things), purpose: Choice(purposes.symbols),
                    starter: starters(by)), when)
            permission.along = along.map { fields($0).list ?? [] } ?? []
            permissions.append(permission)
            if let along {
                permission.reach.thing = fields(along)
                permission.along = []
                permissions.append(permission)
            }
        case .send(let messages, let through, let via, let purposes, let consent, _, let untilDeleted, let by, let when):
            let reach = Reach(
                verb: .send, thing: self.messages(messages), purpose: Choice(purposes.symbols), via: fields(through),
                carrier: via.map { Choice($0.symbols) } ?? .none, starter: starters(by))
            var permission = permit(reach, when, always: literals(consent, untilDeleted))
            permission.consent = consent
            permissions.append(permission)
        case .aggregate(let things, let by, let takers, let purposes, let people, let budget, let per, let when):
            let all = (fields(things).list ?? []) + (by.flatMap { fields($0).list } ?? [])
            var permission = permit(
                Reach(verb: .aggregate, who: Choice(takers.symbols), thing: Choice(all), purpose: Choice(purposes.symbols)),
                when)
            permission.statistic = Statistic(people: people, budget: budget, days: per.days)
            permissions.append(permission)
        case .never(let never):
            let on = never.when.on.map(Conjunctions.tidy) ?? [[]]
            let unless = never.when.unless.map(Conjunctions.tidy)
            for reach in reaches(never) where !reach.isEmpty {
                prohibitions.append(Prohibition(rule: rule, reach: reach, on: on, unless: unless))
            }
        case .keep(let things, let span, let reason):
            keepings.append(Keeping(rule: rule, fields: fields(things).list ?? [], span: span, isLaw: reason.isLaw, named: named(things)))
        case .tell(let told, let things, let purposes, let onceEnds):
            tellings.append(Telling(rule: rule, reaches: reaches(told, things, purposes), onceEnds: onceEnds.map(Conjunctions.tidy)))
        case .change: break
        }
    }

    // MARK: Lists

    func expand(_ names: Names) -> [Int] {
        symbols.expand(names.symbols, except: names.except.map(\.symbol), contents.members, every: contents.every)
    }
    func fields(_ names: Names) -> Choice { choice(names, .field, fieldsOf) }
    private func messages(_ names: Names) -> Choice { choice(names, .message, messagesOf) }

    /// The things of one kind that the names stand for; `held` are those of categories.
    private func choice(_ names: Names, _ kind: Kind, _ held: [Choice?]) -> Choice {
        func all(_ references: [Reference]) -> Choice {
            if references.count == 1, let known = held[references[0].symbol] { return known }
            var all: [Int] = []
            all.reserveCapacity(references.count)
            for name in references {
                if symbols.kind(name.symbol) == kind {
                    all.append(name.symbol)
                } else if let list = held[name.symbol]?.list {
                    all += list
                }
            }
            return Choice(all)
        }
        if names.except.isEmpty { return all(names.items) }
        let taken = all(names.except)
        return Choice(all(names.items).list!.filter { !taken.contains($0) })
    }

    func messages(carrying field: Int) -> Choice { Choice(carriers[field] ?? []) }

    /// As if each message that carries the one field carried the other.
    func carrying(_ field: Int, like other: Int) -> Expansion {
        var imagined = self
        imagined.carriers[field] = carriers[other]
        return imagined
    }

    private func carriers(of fields: Choice) -> Choice { Choice((fields.list ?? []).flatMap { carriers[$0] ?? [] }) }
    private func starters(_ by: Names?) -> Choice { Choice(by?.symbols ?? [Symbols.theSite]) }

    private func literals(_ consent: Consent, _ untilDeleted: Bool) -> [Literal] {
        func literal(_ bit: Int, _ mustHold: Bool = false) -> Literal { Literal(condition: symbols.conditions[bit], mustHold: mustHold) }
        let asked: [Literal] =
            switch consent {
            case .always: []
            case .unlessRefused: [literal(Symbols.refused), literal(Symbols.cut)]
            case .onlyIfAsked: [literal(Symbols.asked, true), literal(Symbols.cut)]
            }
        return asked + (untilDeleted ? [] : [literal(Symbols.deactivated)]) + [literal(Symbols.deleted)]
    }

    /// Words for all of a kind mean any, and even none; with `except` they mean each of the kind but those.
    func choice(_ names: Names?) -> Choice {
        guard let names else { return .any }
        if !names.items.contains(where: { Kinds.wildcards.contains(symbols.kind($0.symbol)) }) { return Choice(names.symbols) }
        func isNamed(_ kind: Kind) -> Bool { names.items.contains { symbols.kind($0.symbol) == kind } }
        if names.except.isEmpty, isNamed(.anyone) || isNamed(.anyPurpose) { return .any }
        func each(_ symbol: Int) -> [Int] {
            switch symbols.kind(symbol) {
            case .anyone: roles + persons + [Symbols.thePerson, Symbols.theSite]
            case .anyStaff: roles
            case .anyoneOutside: recipients
            case .anyPurpose: purposes
            default: [symbol]
            }
        }
        let taken = Choice(names.except.map(\.symbol).flatMap(each))
        return Choice(names.symbols.flatMap(each).filter { !taken.contains($0) })
    }

    // MARK: Never

    /// Which flows a prohibition reaches: one with things also what comes from them, goes through them or carries them.
    func reaches(_ never: Never) -> [Reach] {
        let verbs = never.isUse ? Verb.allCases : never.verbs
        let by = choice(never.by), recipients = choice(never.recipients), purposes = choice(never.purposes)
        let things = never.things.map(fields) ?? .any
        var all: [Reach] = []
        for verb in verbs {
            guard var reach = bounded(Reach(verb: verb, purpose: purposes), by, recipients) else { continue }
            reach.thing = things
            switch verb {
            case .derive:
                if let from = never.from { reach.via = fields(from) }
                if never.isUse, never.things != nil { all.append(moved(reach, via: things)) }
            case .collect:
                if let from = never.from { reach.who = Choice(from.symbols.filter { !Kinds.things.contains(symbols.kind($0)) }) }
            case .send:
                if let through = never.through { reach.via = fields(through) }
                if let named = never.things {
                    reach.thing = Choice(messages(named).list! + carriers(of: things).list!)
                    if never.isUse { all.append(moved(reach, via: things)) }
                }
            default: break
            }
            all.append(reach)
            if verb == .give, !never.isUse {
                var statistic = Reach(verb: .aggregate, thing: things, purpose: purposes)
                if let bound = bounded(statistic, by, recipients) {
                    statistic = bound
                    all.append(statistic)
                }
                all += carried(things, by, never.recipients == nil ? Choice(self.recipients) : recipients, purposes)
            }
        }
        return all
    }

    /// Limits a reach by persons, where the verb has such persons.
    private func bounded(_ reach: Reach, _ by: Choice, _ recipients: Choice) -> Reach? {
        var reach = reach
        switch reach.verb {
        case .read, .correct, .delete:
            reach.who = by
            if recipients != .any { return nil }
        case .collect: if by != .any || recipients != .any { return nil }
        case .derive:
            reach.starter = by
            if recipients != .any { return nil }
        case .give: (reach.who, reach.starter) = (recipients, by)
        case .send: (reach.carrier, reach.starter) = (recipients, by)
        case .aggregate:
            reach.who = recipients
            if by != .any { return nil }
        }
        return reach
    }

    private func moved(_ reach: Reach, via things: Choice) -> Reach {
        var reach = reach
        (reach.via, reach.thing) = (things, .any)
        return reach
    }

    /// What reaches a carrier with a message: the field that it goes through, and what it carries.
    private func carried(_ things: Choice, _ by: Choice, _ recipients: Choice, _ purposes: Choice) -> [Reach] {
        var through = Reach(verb: .send, purpose: purposes, via: things, carrier: recipients, starter: by)
        if things == .any { return [through] }
        let inside = Reach(verb: .send, thing: carriers(of: things), purpose: purposes, carrier: recipients, starter: by)
        through.thing = .any
        return [through, inside]
    }

    // MARK: Tell

    func reaches(_ told: Told, _ things: Names, _ purposes: Names?) -> [Reach] {
        let fields = fields(things), purpose = choice(purposes)
        switch told {
        case .use(let actors, let verbs):
            let who = choice(actors)
            return [Verb.read, .correct, .delete].filter(verbs.contains).map { Reach(verb: $0, who: who, thing: fields, purpose: purpose) }
        case .gift(let recipients):
            let takers = choice(recipients)
            return [Reach(verb: .give, who: takers, thing: fields, purpose: purpose)] + carried(fields, .any, takers, purpose)
        }
    }
}

extension Symbols {
    /// The fields that a message carries.
    func carried(by message: Int, _ contents: Contents) -> [Int] {
        expand(all[message].members, except: all[message].except, contents.members, every: contents.every).filter { all[$0].kind == .field }
    }
}

extension Duration {
    /// `1 month`, `30 days`.
    public var text: String {
        let unit = "\(unit)"
        return "\(count) " + (count == 1 ? String(unit.dropLast()) : unit)
    }

    /// For comparing budgets: a month is 30 days, a year 365.
    var days: Int {
        switch unit {
        case .days: count
        case .weeks: count * 7
        case .months: count * 30
        case .years: count * 365
        }
    }
}
