// The rules that forbid, keep, tell, and say how a change is told.

extension Reader {
    mutating func never() throws(Stop) -> Never {
        let found = try verbs(
            Follow(.read, .correct, .delete, .collect, .derive, .give, .send, .use), clauses: Self.whenClauses,
            "a verb: read, correct, delete, collect, derive, give, send or use")
        var never = Never(verbs: found.compactMap(\.verb))
        never.isUse = never.verbs.count < found.count
        let ends = Self.ends | .comma | Follow(.unless)
        let behind = ends | Follow(.from, .through, .by, .to)
        if candidates(behind | .comma | Follow(.except)).fitting != nil || !behind.contains(bit(at: at)) {
            never.things = try list(.things, behind, clauses: Self.whenClauses, "a field, message or category", except: .afterWildcard)
            checkTaken(by: never)
        }
        if isNext(.from) {
            if never.isUse || !Set(never.verbs).isSubset(of: [.derive, .collect]) {
                throw fail(
                    part: "from", goesWith: "“derive” and “collect”",
                    never.things == nil
                        ? "Write the thing right behind the verb, without “from”." : "Leave it out, or write “derive” or “collect”.")
            }
            jump(to: at + 1)
            never.from = try from(never, behind)
        }
        if isNext(.through) {
            if never.isUse || never.verbs != [.send] {
                throw fail(part: "through", goesWith: "“send”", "Leave it out, or write “send” and the messages that it is about.")
            }
            jump(to: at + 1)
            never.through = try list(.things, behind, clauses: Self.whenClauses, "a field", except: .afterWildcard)
            check(never.through!, .fields)
        }
        if take(.by) {
            let kinds = Kinds(.role, .person, .actor, .anyone, .anyStaff)
            never.by = try list(kinds, behind, clauses: Self.whenClauses, "an actor", except: .afterWildcard)
            checkCompany(of: never.by!, never, [.read, .correct, .delete, .give, .send, .derive], "has nobody who reads or starts it")
        }
        if isNext(.to), speaksOfRecipients(behind) {
            jump(to: at + 1)
            never.recipients = try recipients(behind, clauses: Self.whenClauses)
            checkCompany(of: never.recipients!, never, [.give, .send], "has no recipient")
        }
        if take(.to) {
            // Of a name that isn't known it isn't known either what it is the name of.
            let isKnown = never.recipients != nil || candidates(ends | Follow(.except)).fitting != nil
            never.purposes = try list(
                isKnown ? Kinds(.purpose, .anyPurpose) : Kinds(.purpose, .anyPurpose, .recipient, .anyoneOutside), ends,
                clauses: Self.whenClauses, isKnown ? "a purpose" : "a recipient or a purpose", except: .afterWildcard)
        }
        never.when = try when(inNever: true)
        return never
    }

    mutating func recipients(_ follow: Follow, clauses: Follow) throws(Stop) -> Names {
        try list(Kinds(.recipient, .anyoneOutside), follow, clauses: clauses, "a recipient", except: .afterWildcard)
    }

    private mutating func checkTaken(by never: Never) {
        guard let things = never.things else { return }
        if never.isUse { return check(things, .both) }
        let others = never.verbs.filter { $0 != .send }
        if others.isEmpty { check(things, .both) } else { check(things, .fields) }
    }

    private mutating func from(_ never: Never, _ behind: Follow) throws(Stop) -> Names {
        var kinds = Kinds()
        if never.verbs.contains(.derive) { kinds.formUnion(.things) }
        if never.verbs.contains(.collect) { kinds.formUnion(Kinds(.source)) }
        let names = try list(
            kinds, behind, clauses: Self.whenClauses, never.verbs == [.collect] ? "a source" : "a field, category or source",
            except: .afterWildcard,
            asSource: never.verbs.contains(.collect))
        check(Names(items: names.items.filter { $0.symbol >= 0 && Kinds.things.contains(symbols.kind($0.symbol)) }), .fields)
        return names
    }

    /// `by` and `to RECIPIENTS` limit a rule to verbs that have such a person.
    private mutating func checkCompany(of names: Names, _ never: Never, _ allowed: Set<Verb>, _ lack: String) {
        guard !never.isUse, let verb = never.verbs.first(where: { !allowed.contains($0) }) else { return }
        for name in names.items where name.symbol >= 0 {
            reportWrongKind(name.tokens, "“\(verb)” \(lack).", "Leave it out, or write a rule of its own.")
        }
    }

    /// Behind `to` stand recipients or purposes; the kind of the name says which.
    private mutating func speaksOfRecipients(_ behind: Follow) -> Bool {
        let (start, rest) = (at, at + 1)
        jump(to: rest)
        defer { jump(to: start) }
        if let found = candidates(behind | Follow(.except)).fitting {
            return !Kinds(.purpose, .anyPurpose).contains(symbols.kind(found.symbol))
        }
        return (rest..<end).contains { keyword(at: $0) == .to }
    }

    mutating func keepRule() throws(Stop) -> RuleBody {
        let things = try things(.fields, .number | Follow(.while, .at))
        let span: Span
        if take(.while) {
            let formula = try formula(.comma)
            var then: Duration?
            if isNextAfterComma(.then) {
                jump(to: at + 2)
                then = try duration()
            }
            span = .whileTrue(formula, then)
        } else {
            let isCap = take(.at)
            if isCap { try expect(.most) }
            let duration = try duration()
            if !take(.after) { throw fail("“after”", ["after"], or: "Write “after” and an event, such as “after collected”.") }
            let event = try name(Kinds(.event), .comma, "an event").symbol
            span = isCap ? .atMost(duration, event) : .after(duration, event)
        }
        try expect(.comma, "“, because” or “, by law” and the reason")
        let mayGoOn = if case .whileTrue(_, nil) = span { true } else { false }
        let isLaw = try byLaw(orThen: mayGoOn)
        let reasonAt = placeHere()
        try expect(.quote, "the reason in quotation marks")
        let first = at
        while at < end, tokens[at].kind != .quote { jump(to: at + 1) }
        let words = first..<at
        if words.isEmpty { doubt(reasonAt, "The reason says nothing.", isLaw ? "Name the law." : "Say why it must be kept.") }
        try expect(.quote, "a quotation mark that closes the reason")
        return .keep(things: things, span, Reason(isLaw: isLaw, text: text(words), tokens: words))
    }

    private mutating func byLaw(orThen mayGoOn: Bool) throws(Stop) -> Bool {
        if take(.because) { return false }
        let instead = "Write “by law” and the citation, or “because” and the reason, in quotation marks."
        if take(.by) {
            if !take(.law) { throw fail("“law”", ["law"], or: instead) }
            return true
        }
        if isNext(.law) { throw fail("“because” or “by law”", or: "Write “by law” instead of “law”.") }
        throw fail(
            mayGoOn ? "“then”, “because” or “by law”" : "“because” or “by law”", ["because", "by law"] + (mayGoOn ? ["then"] : []),
            or: instead)
    }

    mutating func tell() throws(Stop) -> RuleBody {
        if !isNext(.the) { throw fail("“the person”", ["the"], or: "Write “the person”: only the person whom the item is of is told.") }
        try expect(.the, .person)
        var onceEnds: Formula?
        let manner = "Write “at once when …”, or “once” and a condition and “ends when …”."
        if take(.at) {
            if !take(.once) { throw fail("“once”", ["once"], or: manner) }
        } else {
            if !take(.once) { throw fail("“at once” or “once”", ["once", "at once"], or: manner) }
            if isNext(.when), candidates(Follow(.ends, .and, .or)).fitting == nil {
                throw fail("a condition, or “at” before “once”", or: manner)
            }
            onceEnds = try formula(Follow(.ends))
            try expect(.ends)
        }
        try expect(.when)
        if isAboutGift() {
            let things = try things(.fields, Follow(.are, .is))
            if !take(.is) { try expect(.are) }
            try expect(.given, .to)
            let recipients = try recipients(Self.ends | Follow(.to), clauses: Follow())
            return .tell(.gift(recipients: recipients), things: things, purposes: try toldPurposes(), onceEnds: onceEnds)
        }
        let verbWords = Follow(.read, .reads, .correct, .corrects, .delete, .deletes)
        let actors = try list(Kinds(.role, .person, .actor, .anyone, .anyStaff), verbWords, "an actor", except: .afterWildcard)
        let verbs = try verbs(verbWords, "“reads”, “corrects” or “deletes”").compactMap(\.verb)
        let things = try things(.fields, Self.ends | Follow(.to))
        return .tell(.use(actors: actors, verbs: verbs), things: things, purposes: try toldPurposes(), onceEnds: onceEnds)
    }

    private mutating func isAboutGift() -> Bool {
        let verbs = Follow(.read, .reads, .correct, .corrects, .delete, .deletes), passives = Follow(.are, .is)
        if let found = candidates(verbs | passives | Follow(.except) | .comma).fitting {
            let next = bit(at: found.tokens.upperBound)
            if verbs.contains(next) || passives.contains(next) { return passives.contains(next) }
            return !Kinds(.role, .person, .actor, .anyone, .anyStaff).contains(symbols.kind(found.symbol))
        }
        return range.contains { keyword(at: $0) == .given && [.are, .is].contains(keyword(at: $0 - 1)) }
    }

    private mutating func toldPurposes() throws(Stop) -> Names? {
        guard take(.to) else { return nil }
        return try list(Kinds(.purpose, .anyPurpose), Self.ends, "a purpose", except: .afterWildcard)
    }

    mutating func change() throws(Stop) -> RuleBody {
        try expect(phrase: "this policy changes")
        try expect(.colon, "a colon and how a change is told")
        for action in ChangeAction.allCases where isNext(phrase: action.text) {
            try expect(phrase: action.text)
            guard action == .newUse else { return .change(action, field: nil) }
            let name = try name(Kinds(.field), Self.ends, "a field of the kind email")
            if name.symbol >= 0, symbols.fieldKind(name.symbol) != .email, !symbols.isUnread(name.symbol) {
                reportWrongKind(
                    name.tokens, "“\(symbols[name.symbol].name)” is no e-mail address.",
                    instead(of: name.tokens, Kinds(.field), "a field of the kind email") { $0.fieldKind == .email })
            }
            return .change(action, field: name.symbol)
        }
        // What is wrong is the first word that none of those fits that fit longest.
        let longest = ChangeAction.allCases.map { fitting(phrase: $0.text) }.max() ?? 0
        let nearest = ChangeAction.allCases.filter { fitting(phrase: $0.text) == longest }
        if nearest.count == 1 { try expect(phrase: nearest[0].text) }
        jump(to: at + longest)
        throw fail(
            "one of: " + nearest.map { "“\($0.text)”" }.joined(separator: ", "),
            nearest.compactMap { $0.text.split(separator: " ").map(String.init)[safe: longest] })
    }

    /// `[label]` at the end of a rule.
    mutating func label() throws(Stop) -> Range<Int>? {
        guard take(.openBracket) else { return nil }
        let first = at
        guard at < end, tokens[at].kind == .word, !tokens[at].isNumber, Outline.isAnchor(text(at..<at + 1)) else {
            throw fail("a label of small letters, digits and hyphens, not of digits alone")
        }
        jump(to: at + 1)
        try expect(.closeBracket, "“]”")
        return first..<first + 1
    }
}
