// What of a difference is no flow: terms, messages and promises.

extension Telltale {
    // MARK: Terms

    var terms: [Voice.Placed] {
        let (longer, shorter) = (difference.terms.more, difference.terms.less)
        let both = longer.filter(shorter.contains)
        return terms(longer.filter { !both.contains($0) }) { .keptLonger($0) }
            + terms(shorter.filter { !both.contains($0) }) { .keptShorter($0) } + terms(both) { .keptOtherwise($0) }
            + reasons(difference.law) { .nowByLaw($0) } + reasons(difference.because) { .noLongerByLaw($0) }
    }

    /// Fields with the same terms before and now are told together.
    private func terms(_ fields: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        grouped(fields) { field in
            // Where a law takes the place of a reason of ours, or the reverse, each term is told with which of the two it has.
            let hasReasons = reasons(of: field, before) != reasons(of: field, now)
            return Spans(before: spans(field, before, hasReasons), now: spans(field, now, hasReasons), rule: changedRule(keeping: field))
        }.map { fields, spans in
            let otherwise = tongue(.otherwise(before: spans.before, now: spans.now))
            let said = Sentence(
                "\(tongue(phrase(now.yours(fields))).capitalised) \(otherwise.capitalised)", rules: now.rules(keeping: fields[0]))
            return (spans.rule, "the person", said)
        }
    }

    private struct Spans: Hashable {
        let before: Wording, now: Wording
        let rule: String?
    }

    /// The first rule whose term the older version lacks, else the first that is gone: in its clause the change is told.
    private func changedRule(keeping field: String) -> String? {
        let mine = keepings(field, now), theirs = keepings(field, before)
        let known = Set(theirs.map { term($0, before) }), stays = Set(mine.map { term($0, now) })
        if let new = mine.first(where: { !known.contains(term($0, now)) }) { return now.policy.model.address(new.rule) }
        if let gone = theirs.first(where: { !stays.contains(term($0, before)) }) { return before.policy.model.address(gone.rule) }
        return now.rules(keeping: field).first ?? before.rules(keeping: former(field)).first
    }

    /// A term with the names of now.
    private struct OneTerm: Hashable {
        var moments: Set<Set<String>>
        var duration: Duration?
        var isWhile = false, isCap = false
        let isLaw: Bool
    }

    private func term(_ keeping: Keeping, _ voice: Voice) -> OneTerm {
        func named(_ symbol: Int) -> String {
            let name = voice.policy.model.name(symbol)
            return Words.fold(isNow(voice.policy) ? name : current(name))
        }
        switch keeping.span {
        case .whileTrue(let formula, let then):
            let moments = formula.map { Set($0.map { "\($0.mustHold) \(named($0.condition))" }) }
            return OneTerm(moments: Set(moments), duration: then, isWhile: true, isLaw: keeping.isLaw)
        case .after(let duration, let event): return OneTerm(moments: [[named(event)]], duration: duration, isLaw: keeping.isLaw)
        case .atMost(let duration, let event):
            return OneTerm(moments: [[named(event)]], duration: duration, isCap: true, isLaw: keeping.isLaw)
        }
    }

    private func reasons(_ fields: [String], _ phrase: (Wording) -> Phrase) -> [Voice.Placed] {
        grouped(fields) { now.rules(keeping: $0) }.map { fields, rules in
            (rules.first, "the person", Sentence(tongue(phrase(now.yours(fields))), rules: rules))
        }
    }

    private func keepings(_ field: String, _ voice: Voice) -> [Keeping] {
        let model = voice.policy.model
        return model.find(isNow(voice.policy) ? field : former(field)).flatMap { model.keepings[$0] }?.map { model.expansion.keepings[$0] }
            ?? []
    }

    /// Whether laws stand behind its terms, reasons of ours, or both.
    private func reasons(of field: String, _ voice: Voice) -> Set<Bool> { Set(keepings(field, voice).map(\.isLaw)) }

    private func spans(_ field: String, _ voice: Voice, _ hasReasons: Bool) -> Wording {
        var terms: [Wording] = [], caps: [Wording] = []
        for keeping in keepings(field, voice) {
            let span = voice.wording(of: keeping.span)
            let said = hasReasons ? tongue(.forReason(span, isLaw: keeping.isLaw)) : span
            if case .atMost = keeping.span {
                if !caps.contains(said) { caps.append(said) }
            } else if !terms.contains(said) {
                terms.append(said)
            }
        }
        if terms.isEmpty { return tongue(.notAtAll) }
        return caps.isEmpty ? tongue(.alternatives(terms)) : tongue(.capped(tongue(.alternatives(terms)), by: caps))
    }

    // MARK: Messages

    var messages: [Voice.Placed] {
        /// What goes with it anew, no longer, and what has the name of another item that went with it.
        func carried(_ message: String) -> (more: [String], less: [String], other: [String]) {
            let mine = now.policy.carried(by: message), theirs = before.policy.carried(by: former(message)).map { current($0) }
            let other = mine.filter { theirs.contains($0) && isAnother($0) }
            return (mine.filter { !theirs.contains($0) }, theirs.filter { !mine.contains($0) }, other)
        }
        func one(_ message: String, _ phrase: Phrase) -> Voice.Placed {
            let rules = now.rules(sending: message)
            return (rules.first ?? before.rules(sending: former(message)).first, "the person", Sentence(tongue(phrase), rules: rules))
        }
        return difference.compulsory.more.map { one($0, .compulsory(now.name($0))) }
            + difference.compulsory.less.map { one($0, .refusable(now.name($0))) }
            + difference.carries.more.filter { !carried($0).more.isEmpty }.map {
                one($0, .carriesMore(now.name($0), now.yours(carried($0).more)))
            }
            + difference.carries.less.filter { !carried($0).less.isEmpty }.map {
                one($0, .carriesLess(now.name($0), now.yours(carried($0).less)))
            }
            + difference.carries.more.filter { !carried($0).other.isEmpty }.map {
                one($0, .carriesOther(now.name($0), now.yours(carried($0).other)))
            }
    }

    // MARK: Promises

    var promises: [Voice.Placed] {
        promises(difference.never, isTelling: false) { .promisesReach(more: $0, $1) }
            + promises(difference.tell, isTelling: true) { .toldOf(more: $0, $1) }
    }

    /// The promises that only one of the versions has in these words; one that both have, though otherwise, is told with both texts.
    private func promises(
        _ change: Changed<String>, isTelling: Bool, _ reach: (_ more: Bool, Wording) -> Phrase
    ) -> [Voice.Placed] {
        if change.isEmpty { return [] }
        let more = Set(change.more.map(Words.fold)), less = Set(change.less.map(Words.fold))
        var said: [Voice.Placed] = []
        var spoken: (more: Set<String>, less: Set<String>) = ([], [])
        for (theirs, mine) in Promise.pairs(promises(only: before, now, isTelling), promises(only: now, before, isTelling)) {
            func things(_ promises: [Promise]) -> Set<String> { promises.reduce(into: []) { $0.formUnion($1.things) } }
            func texts(_ promises: [Promise]) -> Wording { promises.reduce("") { $0.isEmpty ? $1.wording : "\($0) \($1.wording)" } }
            // What is less of the same items by another promise isn't said of these.
            let isMore = !things(mine).isDisjoint(with: more) && (theirs.isEmpty || !Promise.areHeld(mine, by: theirs))
            let isLess = !things(theirs).isDisjoint(with: less) && (mine.isEmpty || !Promise.areHeld(theirs, by: mine))
            guard isMore || isLess else { continue }
            let phrase: Phrase =
                if theirs.isEmpty {
                    .newPromise(texts(mine))
                } else if mine.isEmpty {
                    .lostPromise(texts(theirs))
                } else {
                    .promise(isMore ? isLess ? .both : .more : .less, before: texts(theirs), now: texts(mine))
                }
            let addresses = (mine.isEmpty ? theirs : mine).map(\.rule.address)
            said.append((addresses[0], "the person", Sentence(tongue(phrase), rules: addresses)))
            let all = things(mine).union(things(theirs))
            if !mine.isEmpty { spoken.more.formUnion(all) }
            if !theirs.isEmpty { spoken.less.formUnion(all) }
        }
        // What these promises speak of is said; the rest is named.
        func rest(_ things: [String], _ isMore: Bool) -> [Voice.Placed] {
            let rest = things.filter { !(isMore ? spoken.more : spoken.less).contains(Words.fold($0)) }
            return rest.isEmpty ? [] : [(nil, "the person", Sentence(tongue(reach(isMore, now.yours(rest)))))]
        }
        return said + rest(change.more, true) + rest(change.less, false)
    }
}

extension Voice {
    fileprivate func rules(keeping field: String) -> [String] { policy.terms(of: field).map(\.address) }

    fileprivate func rules(sending message: String) -> [String] {
        guard let found = policy.model.find(message) else { return [] }
        let sending = policy.model.expansion.permissions.filter { $0.reach.verb == .send && $0.reach.thing.contains(found) }
        return sending.map { policy.model.address($0.rule) }
    }
}
