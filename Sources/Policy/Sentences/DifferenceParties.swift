// What changes in declarations: recipients, roles, marks, conditions, and what a name means.

extension Telltale {
    var parties: [Voice.Placed] {
        let keptIn = difference.keptIn, replaced = difference.recipients.less.filter(difference.recipients.more.contains)
        func one(_ whom: String, _ phrase: Phrase) -> Voice.Placed { (nil, whom, Sentence(tongue(phrase))) }
        return replaced.map { one($0, .changedRecipient(now.name($0), before: type($0, before), now: type($0, now))) }
            + difference.recipients.more.filter { !replaced.contains($0) }.map { one($0, introduced($0)) }
            + difference.recipients.less.filter { !replaced.contains($0) }.map { one($0, .lostRecipient(before.name($0))) }
            + countries.map { one($0.name, $0.phrase) } + others + strangers
            + difference.formerly.map { one("the person", .renamed(now.name($0.name), former: former($0))) }
            + difference.apart.more.map { one($0[0], .apart(now.name($0[0]), now.name($0[1]), isNew: true)) }
            + difference.apart.less.map { one($0[0], .apart(now.name($0[0]), now.name($0[1]), isNew: false)) }
            + difference.marks.more.compactMap { marked([$0.name], $0.tag, isNew: true) }
            + difference.marks.less.compactMap { marked([$0.name], $0.tag, isNew: false) }
            + grouped(difference.held.more, by: \.tag).compactMap { marked($0.map(\.name), $1, isNew: true) }
            + grouped(difference.held.less, by: \.tag).compactMap { marked($0.map(\.name), $1, isNew: false) }
            + keptIn.more.map { one("the person", .keptIn(country($0), isNew: true)) }
            + keptIn.less.map { one("the person", .keptIn(country($0), isNew: false)) }
    }

    private func former(_ tag: Tag) -> Wording { Wording(quoting: before.name(tag.tag).text) }

    private func marked(_ names: [String], _ mark: String, isNew: Bool) -> Voice.Placed? {
        Mark(rawValue: mark).map {
            (nil, "the person", Sentence(tongue(.mark(tongue(.all(names.map { now.name($0) })), $0, isNew: isNew))))
        }
    }

    /// Names that stand for another kind of thing than before, where a flow or a message has them.
    private var others: [Voice.Placed] {
        let cells = difference.acts.begins + difference.acts.ends + difference.acts.anew
        let carried = difference.carries.more.flatMap { now.policy.carried(by: $0) }
        let names = cells.flatMap { [$0.who, $0.thing] + [$0.purpose, $0.via, $0.carrier, $0.starter].compactMap { $0 } } + carried
        return grouped(names + difference.others) { $0 }.compactMap { _, name in
            guard isAnother(name), let mine = kind(name, now).map(tongue.callAsFunction),
                let theirs = kind(name, before).map(tongue.callAsFunction),
                mine != theirs
            else { return nil }
            return (nil, "the person", Sentence(tongue(.changedThing(now.name(name), before: theirs, now: mine))))
        }
    }

    /// Nil of a recipient that stays one: its type is told with its countries.
    private func kind(_ name: String, _ voice: Voice) -> Phrase? {
        guard let found = voice.policy.model.find(name) else { return nil }
        switch voice.symbols.kind(found) {
        case .field: return .fieldKind(voice.symbols.fieldKind(found))
        case let kind: return .thing(kind)
        }
    }

    /// Names that say that they were something which was another kind of thing.
    private var strangers: [Voice.Placed] {
        difference.strangers.compactMap { tag in
            guard let kind = kind(tag.tag, before) else { return nil }
            return (nil, "the person", Sentence(tongue(.wasNever(now.name(tag.name), former: former(tag), kind: tongue(kind)))))
        }
    }

    // MARK: Recipients

    private func introduced(_ name: String) -> Phrase {
        .newRecipient(now.name(name), type: kind(of: name, now), countries: countries(of: name, now))
    }

    private func type(_ name: String, _ voice: Voice) -> Wording {
        tongue(.type(kind(of: name, voice), countries: countries(of: name, voice)))
    }

    private func kind(of recipient: String, _ voice: Voice) -> RecipientType {
        voice.policy.model.find(recipient).flatMap { RecipientType(rawValue: voice.symbols[$0].type) } ?? .partner
    }

    private func countries(of recipient: String, _ voice: Voice) -> Wording {
        let countries = voice.policy.model.find(recipient).map { voice.symbols[$0].countries } ?? []
        return tongue(.all(countries.map { "\(country($0))" }))
    }

    private func country(_ code: String) -> String {
        code == "any country" ? tongue(.anyCountry).text : Country.name(code, in: tongue)
    }

    private var countries: [(name: String, phrase: Phrase)] {
        let changed = difference.countries
        return grouped(changed.more + changed.less, by: \.name).map { _, name in
            let added = changed.more.filter { $0.name == name }.map(\.tag), isLess = changed.less.contains { $0.name == name }
            let isAnywhere = added.contains("any country"), isPlain = !isLess && !isAnywhere
            let change: Change = added.isEmpty ? .less : isLess ? .both : .more
            let plain = isPlain ? tongue(.all(added.map { "\(country($0))" })) : nil
            let phrase = Phrase.countries(
                now.name(name), change, added: plain, before: countries(of: former(name), before), now: countries(of: name, now))
            return (name, phrase)
        }
    }

    // MARK: Budgets

    /// Where several statistics add up; of one its own numbers say it.
    var budgets: [Voice.Placed] {
        let changed = difference.budgets.more.map { ($0, true) } + difference.budgets.less.map { ($0, false) }
        return changed.compactMap { name, isMore in
            let (mine, theirs) = (now.statistics(for: name), before.statistics(for: former(name)))
            guard mine.count > 1 || theirs.count > 1 else { return nil }
            let phrase = Phrase.learnedInAll(
                who: now.name(name), isMore: isMore, before: before.total(theirs), now: now.total(mine))
            return (mine.first?.address, name, Sentence(tongue(phrase), rules: mine.map(\.address)))
        }
    }

    // MARK: Asking

    /// The field through which a yes is asked for.
    var asking: [Voice.Placed] {
        if difference.askedThrough.isEmpty { return [] }
        let (mine, theirs) = (now.asking, before.asking)
        let phrase = Phrase.askedThrough(before: theirs.field, now: mine.field)
        return [(mine.address, "the person", Sentence(tongue(phrase), rules: [mine.address].compactMap(\.self)))]
    }

    // MARK: Meaning

    var meanings: [Voice.Placed] {
        let (wider, narrower) = (difference.setters.more, difference.setters.less)
        func decided(_ name: String, _ voice: Voice) -> Wording { voice.policy.model.find(name).map(voice.setters) ?? tongue(.nothing) }
        func prose(_ name: String, _ voice: Voice) -> Wording {
            voice.policy.prose(of: name).map(voice.quoted) ?? tongue(.nothing)
        }
        return (wider + narrower.filter { !wider.contains($0) }).map { name in
            let change: Change = !wider.contains(name) ? .less : narrower.contains(name) ? .both : .more
            let phrase = Phrase.setters(now.name(name), change, before: decided(former(name), before), now: decided(name, now))
            return (nil, "the person", Sentence(tongue(phrase)))
        }
            + difference.meaning.map { name in
                var (mine, theirs) = (prose(name, now), prose(former(name), before))
                // A translation that says the same of both hasn't followed the change: then the document's own words tell it.
                if mine == theirs {
                    mine = Wording(quoting: now.policy.prose(of: name) ?? "")
                    theirs = Wording(quoting: before.policy.prose(of: former(name)) ?? "")
                }
                let isWording = difference.wordingOnly.contains(name)
                let phrase: Phrase =
                    isWording
                    ? .wordedOtherwise(now.name(name), before: theirs, now: mine)
                    : .meantOtherwise(now.name(name), before: theirs, now: mine)
                return (nil, "the person", Sentence(tongue(phrase)))
            }
    }
}

extension Voice {
    fileprivate typealias Statistic = (address: String, budget: Double, per: Duration)

    fileprivate func statistics(for taker: String) -> [Statistic] {
        guard let found = policy.model.find(taker) else { return [] }
        return policy.model.document.rules.compactMap { rule in
            guard case .aggregate(_, _, let takers, _, _, let budget, let per, _) = rule.body, takers.symbols.contains(found) else {
                return nil
            }
            return (rule.address, budget, per)
        }
    }

    /// The budgets for each period together.
    fileprivate func total(_ statistics: [Statistic]) -> Wording {
        var periods: [Duration] = []
        for each in statistics where !periods.contains(each.per) { periods.append(each.per) }
        let budgets = periods.map { per in
            let sum = statistics.filter { $0.per == per }.reduce(0) { $0 + $1.budget }
            return tongue(.budget(((sum * 1e6).rounded() / 1e6).amount, per: duration(per)))
        }
        return budgets.isEmpty ? tongue(.nothing) : tongue(.all(budgets))
    }

    /// How a yes is asked for.
    fileprivate var asking: (address: String?, field: Wording) {
        for rule in policy.model.document.rules {
            if case .change(.newUse, let field?) = rule.body { return (rule.address, name(field)) }
        }
        return (nil, tongue(.nothing))
    }
}
