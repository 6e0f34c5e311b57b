// Flows as they are written in examples and on the command line, and the verdicts that examples expect.

extension Reader {
    /// `WHO VERBs THING to PURPOSE [, by STARTER] [, on FACT, FACT ...]`, or `FIELD kept at DURATION after EVENT [, on ...]`.
    mutating func question() throws(Stop) -> Question {
        if let kept = candidates(Follow(.kept)).fitting,
            Kinds.things.contains(symbols.kind(kept.symbol)) || keyword(at: kept.tokens.upperBound + 1) == .at
        {
            return try keptQuestion()
        }
        if candidates(Self.askedVerbs).fitting == nil, isAboutKeeping { return try keptQuestion() }
        let who = try name(Self.anybody, Self.askedVerbs, "an actor, source or recipient")
        guard let verb = keyword(at: at), Self.askedVerbs.contains(Int(verb.rawValue)) else {
            throw fail("“reads”, “corrects”, “deletes”, “gets”, “collects”, “derives” or “sends”", Self.askedVerbs.words)
        }
        jump(to: at + 1)
        switch verb {
        case .reads: return try useQuestion(.read, who)
        case .corrects: return try useQuestion(.correct, who)
        case .deletes: return try useQuestion(.delete, who)
        case .gets: return try giftQuestion(who)
        case .collects:
            check(who, Kinds(.source), "a source", asSource: true)
            let thing = try oneThing(.field, Follow(.to))
            let purpose = try onePurpose()
            try refuseStarter()
            return try finish([flow(.collect, who, thing, purpose)])
        case .derives: return try deriveQuestion(who)
        default: return try sendQuestion(who)
        }
    }

    private static let askedVerbs = Follow(.reads, .corrects, .deletes, .gets, .collects, .derives, .sends)
    private static let anybody = Kinds(
        .role, .person, .actor, .source, .recipient, .anyone, .anyStaff, .anyoneOutside)
    private static let behindPurpose = Follow.comma | .colon | .end

    private var isAboutKeeping: Bool {
        range.contains { keyword(at: $0) == .kept && keyword(at: $0 + 1) == .at }
            && !range.contains { Self.askedVerbs.contains(bit(at: $0)) }
    }

    private mutating func check(_ who: Reference, _ kinds: Kinds, _ title: String, asSource: Bool = false) {
        guard who.symbol >= 0 else { return }
        let symbol = symbols[who.symbol]
        if kinds.contains(symbol.kind) || (asSource && symbol.isAlsoSource) { return }
        reportWrongKind(who, kinds, title)
    }

    private mutating func oneThing(_ kind: Kind, _ follow: Follow) throws(Stop) -> Reference {
        let name = try name(.things, follow, kind == .field ? "one field" : "one message")
        if name.symbol >= 0, symbols.kind(name.symbol) != kind {
            let symbol = symbols[name.symbol], members = Set(contents.things(of: name.symbol, symbols).map { symbols[$0].name })
            let instead = instead(of: name.tokens, Kinds(kind), "one \(kind.title)") { members.contains($0.name) || members.count < 2 }
            reportWrongKind(name.tokens, "“\(symbol.name)” is \(symbol.kind.described); a flow is about one \(kind.title).", instead)
            return Reference(symbol: -1, tokens: name.tokens)
        }
        return name
    }

    private mutating func onePurpose() throws(Stop) -> Reference {
        try expect(.to)
        return try name(Kinds(.purpose), Self.behindPurpose, "a purpose")
    }

    private func flow(_ verb: Verb, _ who: Reference, _ thing: Reference, _ purpose: Reference?) -> Flow {
        Flow(verb: verb, who: .of(who.symbol), thing: .of(thing.symbol), purpose: purpose.map { .of($0.symbol) })
    }

    private mutating func useQuestion(_ verb: Verb, _ who: Reference) throws(Stop) -> Question {
        check(who, .actors, "an actor")
        let isOwn = who.symbol >= 0 && isOwnUse(who.symbol)
        let thing = try oneThing(.field, isOwn ? Self.behindPurpose : Follow(.to))
        let purpose = isOwn ? nil : try onePurpose()
        try refuseStarter()
        return try finish([flow(verb, who, thing, purpose)])
    }

    private mutating func giftQuestion(_ who: Reference) throws(Stop) -> Question {
        let thing = try oneThing(.field, Follow(.to, .in))
        let isStatistic = take(.in)
        if isStatistic { try expect(phrase: "aggregate") }
        check(who, isStatistic ? Kinds(.recipient, .role, .actor) : Kinds(.recipient), "a recipient")
        if isStatistic, who.symbol == Symbols.thePerson { refuseStatistic(for: who) }
        let purpose = try onePurpose()
        var flow = flow(isStatistic ? .aggregate : .give, who, thing, purpose)
        if isStatistic { try refuseStarter() } else { flow.starter = try starter() }
        return try finish([flow])
    }

    private mutating func deriveQuestion(_ who: Reference) throws(Stop) -> Question {
        checkSite(who)
        let thing = try oneThing(.field, Follow(.from))
        try expect(.from)
        var from: [Reference] = []
        repeat { from.append(try oneThing(.field, Follow(.to) | .comma)) } while take(.comma)
        let purpose = try onePurpose()
        let starter = try starter()
        return try finish(
            from.map { field in
                var one = flow(.derive, who, thing, purpose)
                (one.via, one.starter) = (.of(field.symbol), starter)
                return one
            })
    }

    private mutating func sendQuestion(_ who: Reference) throws(Stop) -> Question {
        checkSite(who)
        let message = try oneThing(.message, Follow(.through))
        try expect(.through)
        let field = try oneThing(.field, Follow(.via, .to))
        var carrier: Reference?
        if take(.via) { carrier = try name(Kinds(.recipient), Follow(.to), "a recipient that carries it") }
        let purpose = try onePurpose()
        var one = flow(.send, who, message, purpose)
        (one.via, one.carrier) = (.of(field.symbol), carrier.map { .of($0.symbol) })
        one.starter = try starter()
        return try finish([one])
    }

    private mutating func checkSite(_ who: Reference) {
        if who.symbol >= 0, who.symbol != Symbols.theSite {
            reportWrongKind(who.tokens, "Only “the site” derives and sends.", "Say who starts it with “, by”.")
        }
    }

    private mutating func starter() throws(Stop) -> Name {
        guard isNextAfterComma(.by) else { return .of(Symbols.theSite) }
        jump(to: at + 2)
        let name = try name(.actors, Self.behindPurpose, "a role or “the site”")
        if name.symbol >= 0, isOwnUse(name.symbol) { refuseStarter(name) }
        return .of(name.symbol)
    }

    /// Nobody starts a reading, a collection or a statistic.
    private mutating func refuseStarter() throws(Stop) {
        guard isNextAfterComma(.by) else { return }
        jump(to: at + 2)
        let name = try name(.actors, Self.behindPurpose, "an actor")
        if name.symbol >= 0 {
            reportWrongKind(name.tokens, "Only a give, a send and a derive are started by somebody.", "Leave “, by …” out.")
        }
    }

    private mutating func keptQuestion() throws(Stop) -> Question {
        let field = try oneThing(.field, Follow(.kept))
        try expect(.kept, .at)
        let duration = try duration()
        try expect(.after)
        let moment = try name(Kinds(.event, .condition), Self.behindPurpose, "an event or a condition")
        let facts = try facts()
        let isEvent = moment.symbol >= 0 && symbols.kind(moment.symbol) == .event
        return Question(
            subject: .kept(
                field: field.symbol, at: duration, afterEvent: isEvent ? moment.symbol : nil, afterCondition: isEvent ? nil : moment.symbol),
            facts: facts)
    }

    private mutating func finish(_ flows: [Flow]) throws(Stop) -> Question {
        Question(subject: .flows(flows), facts: try facts())
    }

    private mutating func facts() throws(Stop) -> [Int] {
        guard isNextAfterComma(.on) else { return [] }
        jump(to: at + 2)
        var facts: [Int] = []
        repeat {
            if isNext(.not), candidates(Self.behindPurpose).fitting == nil {
                throw fail("a fact; those that aren't named are false")
            }
            let name = try name(Kinds(.condition), Self.behindPurpose, "a condition")
            if name.symbol >= 0, symbols[name.symbol].bit == Symbols.inAggregate {
                reportWrongKind(
                    name.tokens, "“in aggregate” is no fact, but part of what is asked.",
                    "Write “gets … in aggregate”, and leave it out here.")
            }
            facts.append(name.symbol)
        } while take(.comma)
        return facts
    }

    // MARK: Verdicts

    mutating func example(section: Int?, _ statement: Range<Int>) throws(Stop) -> ExampleNode {
        let place = placeHere()
        let question = try question()
        try expect(.colon, "a colon and the verdict")
        let isKept = if case .kept = question.subject { true } else { false }
        let expected = isKept ? try keptVerdict() : try verdict()
        try expectEnd()
        return ExampleNode(question: question, expected: expected, section: section, tokens: statement, place: place)
    }

    private mutating func keptVerdict() throws(Stop) -> Expected {
        if take(.yes) { return .yes(nil) }
        guard take(.no) else { throw fail("“yes” or “no”", ["yes", "no"]) }
        return .no
    }

    private mutating func verdict() throws(Stop) -> Expected {
        if take(.yes) {
            var addresses: [String] = []
            while take(.comma) { addresses.append(try address()) }
            if isNext(.word) { throw fail("a comma", or: "Write a comma before “\(text(at..<at + 1))”.") }
            return .yes(addresses.isEmpty ? nil : addresses)
        }
        guard take(.no) else { throw fail("“yes” or “no”", ["yes", "no"]) }
        if isNext(.rule) || (isNext(.no) && keyword(at: at + 1) == .rule) {
            throw fail("a comma and “no rule”", or: "Write “no, no rule”.")
        }
        if isNext(.needs) || isNext(.forbidden) || isNext(.kept) {
            throw fail("a comma", or: "Write a comma before “\(text(at..<at + 1))”.")
        }
        guard take(.comma) else { return .no }
        switch keyword(at: at) {
        case .no:
            try expect(.no, .rule)
            return .noRule
        case .needs:
            jump(to: at + 1)
            return .needs(try needs())
        case .forbidden:
            try expect(.forbidden, .by)
            let by = try address()
            guard isNextAfterComma(.needs) else { return .forbidden(by: by, needs: nil) }
            jump(to: at + 2)
            return .forbidden(by: by, needs: try needs())
        case .kept:
            try expect(.kept, .by, .law)
            return .keptByLaw(try address())
        default:
            throw fail(
                "“no rule”, “needs”, “forbidden by” or “kept by law”", ["no", "needs", "forbidden", "kept", "no rule"],
                or: isNext(.rule) ? "Write “no rule” instead of “rule”." : nil)
        }
    }

    private mutating func address() throws(Stop) -> String {
        guard isNext(.word) else { throw fail("the address of a rule, such as registration.2") }
        jump(to: at + 1)
        return text(at - 1..<at)
    }

    private mutating func needs() throws(Stop) -> Needs {
        var needs = Needs()
        repeat {
            if candidates(.end | Follow(.and)).fitting == nil, take(.by) {
                repeat {
                    let name = try name(.actors, .end | .comma | Follow(.and, .or), "an actor")
                    if name.symbol >= 0 { needs.by.append(symbols[name.symbol].name) }
                } while take(.comma) || take(.or)
                continue
            }
            let isClear = candidates(.end | Follow(.and)).fitting == nil && take(.not)
            let name = try name(Kinds(.condition), .end | Follow(.and), "a condition")
            guard name.symbol >= 0 else { continue }
            if isClear { needs.clear.append(symbols[name.symbol].name) } else { needs.set.append(symbols[name.symbol].name) }
        } while take(.and)
        return needs
    }
}

extension Name {
    /// A symbol; what is unknown is a name that no rule has.
    static func of(_ symbol: Int) -> Name { Name(index: symbol < 0 ? .max : UInt32(symbol)) }
    var symbol: Int { Int(index) }
}
