// What to write instead of a slip that no misspelt word explains: a word that is missing, in the wrong place, or another language's.

extension Reader {
    /// A statement begins with no word of ours: with an actor, who does something, or with a misspelt one.
    mutating func failBeginning() -> Stop {
        guard let actor = candidates(Follow()).any, Kinds.actors.contains(symbols.kind(actor.symbol)) else {
            let colon = range.first { tokens[$0].kind != .word } ?? end
            let isField =
                colon + 1 < end && tokens[colon].kind == .colon && FieldKind(rawValue: Words.fold(text(colon + 1..<colon + 2))) != nil
            return fail(
                "a declaration or a rule", Keyword.beginnings.map(\.text), or: isField ? "Write: field \(text(at..<end))" : nil)
        }
        let name = symbols[actor.symbol].name, next = actor.tokens.upperBound
        let wrong = (next..<max(next, end)).first { index in
            tokens[index].kind == .word && (index == next || Policy.nearest(to: Words.fold(text(index..<index + 1)), among: ["may"]) != nil)
        }
        let instead: String
        if let verb = keyword(at: next)?.verb {
            let isExample = Follow(.reads, .corrects, .deletes, .gets, .collects, .derives, .sends).contains(bit(at: next))
            instead =
                "Write “\(name) may \(verb)”" + (isExample ? "; what is to be tried stands in a block of “examples”." : ".")
        } else if let wrong, wrong > next || keyword(at: wrong + 1)?.verb != nil || meant(at: wrong, ["may"]) != nil {
            instead = "Write “may” instead of “\(text(wrong..<wrong + 1))”."
        } else {
            instead = "Write “\(name) may read …”, “may correct …” or “may delete …”."
        }
        report.syntax(placeHere(), "This is no statement: “\(name)” begins one only with “may”.", instead)
        return Stop()
    }

    /// Its first word is nearly this one.
    func nearlyBegins(with word: Keyword) -> Bool {
        maySuggest && Policy.nearest(to: Words.fold(text(at..<at + 1)), among: Keyword.beginnings.map(\.text)) == word.text
    }

    /// Behind a name stands what can't: the end, another word for a comma, or the rest of a longer name that is misspelt.
    mutating func fail(behind name: Reference, _ kinds: Kinds, _ follow: Follow, _ clauses: Follow) -> Stop {
        let index = name.tokens.upperBound
        let follow = mayTakeAway || isWildcard(name) ? follow : follow.without(.except)
        var instead: String?
        if index >= end || tokens[index].kind == .colon {
            instead = missing(follow)
        } else if isOfTerm(follow) {
            instead = Self.howLong
        } else if kinds == Kinds(.event), isJoint(at: index) {
            instead = "One event stands here: write a second “keep” for the other."
        } else if follow.contains(120), !follow.contains(Int(Keyword.and.rawValue)), isJoint(at: index) {
            instead = "Between names stands a comma: write it instead of “\(text(index..<index + 1))”."
        } else if maySuggest {
            suggestions += 1
            let written = text(at..<max(index, endOfUnknown(follow)))
            instead = nearest(to: written, kinds).flatMap { $0 == symbols[name.symbol].name ? nil : "Did you mean “\($0)”?" }
        }
        return fail(at: index, follow.title, follow.words + clauses.words.map { ", " + $0 }, or: instead)
    }

    /// What may follow is how long something stays.
    private func isOfTerm(_ follow: Follow) -> Bool { follow.contains(124) && follow.contains(Int(Keyword.while.rawValue)) }
    private static let howLong = "Write how long: “while” and a condition, or such as “30 days after collected”."

    /// `and`, `or`, or nearly one of them.
    private func isJoint(at index: Int) -> Bool {
        tokens[index].kind == .word && ["and", "or", "adn", "nad", "an", "&", "dan", "plus"].contains(Words.fold(text(index..<index + 1)))
    }

    /// A part of these words may be the name that a declaration was meant to have.
    mutating func unpart(_ first: Int) {
        let words = (first..<max(first, end)).prefix { tokens[$0].kind == .word }
        if unparted.count < 50, !words.isEmpty { unparted.append(words.map { tokens[$0].word }) }
    }

    /// What must come before a statement may end.
    private func missing(_ follow: Follow) -> String? {
        func has(_ keyword: Keyword) -> Bool { (start..<end).contains { self.keyword(at: $0) == keyword } }
        func one(_ kind: Kind) -> String {
            symbols.all.prefix(5000).first { $0.kind == kind && $0.place != nil }.map { ", such as “\($0.name)”" } ?? ""
        }
        if isOfTerm(follow) { return Self.howLong }
        if follow.contains(Int(Keyword.to.rawValue)), !follow.holdsEnd {
            if keyword(at: start) == .give, !has(.to) { return "Write “to” and a recipient\(one(.recipient)); then “to” and a purpose." }
            return "Write “to” and a purpose\(one(.purpose))."
        }
        if follow.contains(Int(Keyword.through.rawValue)), !follow.holdsEnd { return "Write “through” and the field by which it is sent." }
        if follow.contains(Int(Keyword.from.rawValue)), !follow.holdsEnd {
            return keyword(at: start) == .collect ? "Write “from” and a source\(one(.source))." : "Write “from” and what it is made from."
        }
        return nil
    }

    /// Between verbs stands a comma or `and`: a word that is none of these is in its place, or nothing is.
    mutating func refuseJoint(_ known: Follow) throws(Stop) {
        guard isNext(.word), !isNext(.and), candidates(Follow()).any == nil else { return }
        if known.contains(bit(at: at)) {
            throw fail("a comma or “and”", or: "Write a comma or “and” before “\(text(at..<at + 1))”.")
        }
        guard known.contains(bit(at: at + 1)), !isNext(.to), !isNext(.from) else { return }
        throw fail("a comma or “and”", ["and"], or: "Write “and” instead of “\(text(at..<at + 1))”.")
    }

    /// A part that stands behind another one, and belongs before it.
    func outOfOrder(at index: Int) -> String? {
        let first = index < end && tokens[index].kind == .comma ? index + 1 : index
        guard let word = keyword(at: first) else { return nil }
        func stands(_ keyword: Keyword) -> Bool { (start..<index).contains { self.keyword(at: $0) == keyword } }
        switch word {
        case .set, .never, .sealed, .record, .with:
            if stands(.formerly) { return "Write “\(word == .set ? "set by" : word.text) …” before “, formerly”." }
            return word == .sealed && stands(.record) ? "Write “, sealed” before “, record”." : nil
        case .if, .when: return "Write “on” instead of “\(word.text)”."
        case .formerly: return "Write “, formerly …” behind the \(keyword(at: start) == .recipient ? "countries" : "kind")."
        case .unless, .on: return stands(.unless) ? "Write “, on …” before “, unless …”, each once." : nil
        default: return nil
        }
    }

    /// Who sets a condition, or what a message carries, is read as a part of the former name or of what it means, and so is lost.
    mutating func doubtSwallowed(by range: Range<Int>, isProse: Bool = false) {
        func names(_ index: Int) -> Bool { index < range.upperBound && symbols.step(0, tokens[index].word) != nil }
        let set = range.dropFirst().first { index in
            if !isProse, keyword(at: start) == .message, keyword(at: index) == .with, names(index + 1) { return true }
            return keyword(at: index) == .set && keyword(at: index + 1) == .by && names(index + 2)
                && (!isProse || tokens[index - 1].kind == .comma)
        }
        guard let set else { return }
        doubt(
            place(of: set..<range.upperBound),
            "“\(text(set..<range.upperBound))” is read as a part of \(isProse ? "what it means" : "the former name").",
            "Write it before \(isProse ? "the colon" : "“, formerly”"), with a comma.")
    }

    /// The word of the language for one of another trade, if it is among these.
    func synonym(of written: String, among words: [String]) -> String? {
        words.first { word in Self.synonyms[word.hasPrefix(", ") ? String(word.dropFirst(2)) : word]?.contains(written) == true }
    }

    private static let synonyms: [String: Set<String>] = [
        "read": ["see", "view", "look", "open", "access"], "correct": ["change", "edit", "update", "amend", "write"],
        "delete": ["erase", "remove", "destroy"], "give": ["share", "disclose", "pass", "transfer", "hand", "forward"],
        "send": ["mail", "e-mail", "email", "notify"], "collect": ["store", "take", "gather", "receive", "get"],
        "derive": ["compute", "make"],
        "keep": ["retain", "hold", "preserve"], "never": ["no", "not", "nobody", "don't", "forbid"], "tell": ["inform"],
        "to": ["for"], "on": ["if", "when", "where"], "unless": ["except", "but"], "while": ["as", "until", "during"],
        "role": ["staff", "employee", "actor"], "recipient": ["company", "party", "processor", "provider", "authority", "partner"],
        "field": ["item", "data", "datum", "text", "phone", "address", "date", "number"], "purpose": ["reason"], "condition": ["fact"],
        "through": ["by", "over", "using"], "via": ["with", "by"],
    ]

    /// What somebody may have meant who wrote a word for all, or for the person, that isn't one of the language's.
    func everybody(_ written: String, _ kinds: Kinds) -> String? {
        let all: Set = [
            "anybody", "any one", "everyone", "everybody", "nobody", "no one", "anyone", "others", "third parties", "outsiders",
        ]
        if all.contains(written) { return kinds.contains(.anyoneOutside) ? "anyone outside" : kinds.contains(.anyone) ? "anyone" : nil }
        let person: Set = ["you", "the user", "user", "users", "the customer", "customers", "the data subject", "they", "the owner"]
        return kinds.contains(.actor) && person.contains(written) ? "the person" : nil
    }
}
