// A policy that speaks: its names in the words of a language, its conditions as parts of a sentence.

/// One version of the policy in one language.
public struct Voice: Sendable {
    public let policy: Policy
    public let tongue: Tongue
    /// By folded name.
    private let words: [String: String]
    /// Prose and reasons, by the text that the policy has.
    private let texts: [String: String]
    /// The titles of clauses in the translation, by anchor.
    let titles: [String: String]
    /// And their prose as HTML, but for what is stale.
    let prose: [String: String]
    /// What stands before the first of them.
    private let spoken: String

    /// `translation` gives the words for names; where it has none, or is in another language, the name itself is said.
    public init(_ policy: Policy, in tongue: Tongue = .english, translation: [UInt8]? = nil) {
        (self.policy, self.tongue) = (policy, tongue)
        guard let translation else {
            (words, texts, titles, prose, spoken) = ([:], [:], [:], [:], "")
            return
        }
        var (document, report) = Document.read(translation, file: "")
        let vocabulary = document.vocabulary(of: policy.model.document, &report)
        let said = vocabulary.words.map { (Words.fold(policy.model.name($0.key)), $0.value) }
        let isSpoken = vocabulary.language == tongue.rawValue, sections = document.outline.sections.map { ($0.anchor, $0.title) }
        words = isSpoken ? Dictionary(said) { first, _ in first } : [:]
        texts = isSpoken ? vocabulary.texts : [:]
        titles = isSpoken ? Dictionary(sections) { first, _ in first } : [:]
        prose = isSpoken ? policy.clauses(in: translation, file: "").mapValues(\.prose) : [:]
        spoken = isSpoken ? policy.opening(in: translation, file: "") : ""
    }

    // MARK: What the document says

    /// Before its first clause, and of a clause its title, prose and notes, in this language as far as it is translated: as HTML. A
    /// translation says the notes among its prose.
    public var opening: String { spoken.isEmpty ? policy.opening : spoken }
    public func title(of clause: Clause) -> String { titles[clause.anchor] ?? clause.title }
    public func prose(of clause: Clause) -> String { prose[clause.anchor] ?? clause.prose }
    public func notes(of clause: Clause) -> [String] { prose[clause.anchor] == nil ? clause.notes : [] }

    /// The same words for another version.
    func of(_ other: Policy) -> Voice { Voice(other, as: self) }

    private init(_ policy: Policy, as voice: Voice) {
        (self.policy, tongue, words, texts) = (policy, voice.tongue, voice.words, voice.texts)
        (titles, prose, spoken) = (voice.titles, voice.prose, voice.spoken)
    }

    // MARK: Names

    var symbols: Symbols { policy.model.symbols }

    /// A name of this version or of another.
    func name(_ name: String) -> Wording { policy.model.find(name).map { self.name($0) } ?? Wording(named: name, said(name)) }

    /// Of a category what it holds of the given kinds is said too.
    func name(_ symbol: Int, holding kinds: Kinds = Kinds(.field)) -> Wording {
        let name = symbols[symbol].name
        switch symbols[symbol].kind {
        case .actor: return tongue(symbol == Symbols.thePerson ? .you : .theSite)
        case .everything: return tongue(.everything)
        case .anyone: return tongue(.anyone)
        case .anyStaff: return tongue(.anyStaff)
        case .anyoneOutside: return tongue(.anyoneOutside)
        case .anyPurpose: return tongue(.anyPurpose)
        case .event where symbols[symbol].place == nil: return tongue(.collected)
        case .condition where symbols[symbol].place == nil: return tongue(.predefined(symbols[symbol].bit, holds: true))
        case .category:
            let held = policy.model.document.contents.things(of: symbol, symbols).filter { kinds.contains(symbols[$0].kind) }
            return Wording(named: name, said(name), holding: held.map { said(symbols[$0].name) })
        default: return Wording(named: name, said(name))
        }
    }

    /// Prose or a reason of the policy, as it is quoted.
    func quoted(_ text: String) -> Wording { Wording(quoting: texts[text] ?? text) }

    func said(_ name: String) -> String { words[Words.fold(name)] ?? name }

    /// A list as it stands in a rule, with what is taken away from it.
    func all(_ names: Names, holding kinds: Kinds = Kinds(.field), any: Bool = false) -> Wording {
        let items = names.symbols.map { name($0, holding: kinds) }
        let listed = tongue(any ? .any(items) : .all(items))
        if names.except.isEmpty { return listed }
        return tongue(.but(listed, except: tongue(.all(names.except.map { name($0.symbol, holding: kinds) }))))
    }

    /// Things of the person: `your full name and email address`.
    func yours(_ things: Wording) -> Wording { tongue(.yours(things)) }
    func yours(_ things: [String]) -> Wording { yours(tongue(.all(things.map { name($0) }))) }
    func yours(_ things: Names, holding kinds: Kinds = Kinds(.field), any: Bool = false) -> Wording {
        let listed = all(things, holding: kinds, any: any)
        return things.symbols.contains(Symbols.everything) ? listed : yours(listed)
    }

    func duration(_ duration: Duration) -> Wording { tongue(.duration(duration)) }

    // MARK: Conditions

    /// What a sentence ends with; empty where nothing is asked.
    func tail(to purposes: [Wording], by starters: [Wording] = [], _ when: Wording? = nil) -> Wording {
        let purpose = purposes.isEmpty ? "" : tongue(.to(purposes)), started = starters.isEmpty ? "" : tongue(.startedBy(starters))
        return "\(purpose)\(started)\(when.map { ", \($0)" as Wording } ?? "")"
    }

    /// Alternatives of which one must hold, and others of which none may.
    func condition(_ alternatives: [Needs], without others: [Needs], ofChange: Bool) -> Wording? {
        let when = condition(alternatives, ofChange: ofChange)
        if others.isEmpty { return when }
        let none = tongue(.whereNone(others.map { tongue(.all(facts($0))) }))
        return when.map { "\($0), \(none)" } ?? none
    }

    /// Nil where it always holds. What changes is said of the facts in which it does: without an open case, not unless there is one.
    func condition(_ alternatives: [Needs], ofChange: Bool = false) -> Wording? {
        if alternatives.contains(where: { $0.set.isEmpty && $0.clear.isEmpty }) { return nil }
        if !ofChange, let (on, lifting) = factored(alternatives) {
            let unless = tongue(.condition(on: [], if: [], without: [], unless: [tongue(.atOnce(lifting.map { name($0) }))]))
            guard let on = condition(on) else { return unless }
            return alternatives.count == lifting.count ? "\(on), \(unless)" : tongue(.inEachCase(on, unless: unless))
        }
        return tongue(.alternatives(alternatives.map { condition($0, ofChange) }))
    }

    /// Where what must hold stands beside the opposite of one condition after the other: what must hold, and what lifts it together.
    private func factored(_ alternatives: [Needs]) -> (on: [Needs], unless: [String])? {
        guard alternatives.count > 1 else { return nil }
        let always = alternatives.dropFirst().reduce(Set(alternatives[0].clear)) { $0.intersection($1.clear) }
        var order: [Needs] = [], lifting: [Needs: [String]] = [:]
        for each in alternatives {
            let own = each.clear.filter { !always.contains($0) }
            guard own.count == 1 else { return nil }
            let on = Needs(set: each.set.sorted(), clear: always.sorted())
            if lifting[on] == nil { order.append(on) }
            lifting[on, default: []].append(own[0])
        }
        let all = lifting[order[0]]!
        guard all.count > 1, lifting.values.allSatisfy({ Set($0) == Set(all) }) else { return nil }
        return (order, all)
    }

    private func condition(_ needs: Needs, _ ofChange: Bool) -> Wording {
        func names(_ list: [String]) -> [Wording] { list.map { name($0) } }
        let on = names(needs.set.filter { !isPredefined($0) }), clauses = names(needs.set.filter(isPredefined))
        guard ofChange else { return tongue(.condition(on: on, if: clauses, without: [], unless: names(needs.clear))) }
        let absent = facts(Needs(clear: needs.clear.filter(isPredefined)))
        return tongue(.condition(on: on, if: clauses + absent, without: names(needs.clear.filter { !isPredefined($0) }), unless: []))
    }

    /// What `on` asks for and `unless` forbids, as a rule has them.
    func condition(_ when: When) -> Wording? {
        var all = when.on.map { $0.map(policy.model.needs) } ?? [Needs()], lifting: Formula = []
        let isJoint = when.unless?.contains { $0.count > 1 } == true
        for lifted in when.unless ?? [] {
            // A single alternative takes up what lifts it; several stand before what lifts all of them.
            guard all.count == 1, lifted.count == 1, !isJoint || !lifted[0].mustHold else {
                lifting.append(lifted)
                continue
            }
            let name = policy.model.name(lifted[0].condition)
            if lifted[0].mustHold { all[0].clear.append(name) } else { all[0].set.append(name) }
        }
        guard !lifting.isEmpty else { return condition(all) }
        let facts = lifting.map { $0.count == 1 ? literal($0[0]) : tongue(.atOnce($0.map(literal))) }
        let unless = tongue(.condition(on: [], if: [], without: [], unless: facts))
        guard let on = condition(all) else { return unless }
        return all.count == 1 ? "\(on), \(unless)" : tongue(.inEachCase(on, unless: unless))
    }

    /// As a fact that holds: `an open case`, `you haven't refused it`.
    func literal(_ literal: Literal) -> Wording {
        let symbol = symbols[literal.condition]
        if symbol.place == nil { return tongue(.predefined(symbol.bit, holds: literal.mustHold)) }
        return literal.mustHold ? name(literal.condition) : tongue(.not(name(literal.condition)))
    }

    func formula(_ formula: Formula) -> Wording { tongue(.any(formula.map { tongue(.all($0.map(literal))) })) }

    /// What must become so, as facts.
    func facts(_ needs: Needs) -> [Wording] {
        needs.set.map { name($0) }
            + needs.clear.map { text in
                guard let found = policy.model.find(text), symbols[found].place == nil else { return tongue(.not(name(text))) }
                return tongue(.predefined(symbols[found].bit, holds: false))
            }
    }

    private func isPredefined(_ condition: String) -> Bool {
        policy.model.find(condition).map { symbols[$0].place == nil } ?? false
    }
}

extension Wording {
    init(named name: String, _ said: String, holding: [String] = []) { self.init(.name(name, said: said, holding: holding)) }
    init(quoting text: String) { self.init(.quoted(text)) }
    init(rule address: String, _ clause: String) { self.init(.rule(address, clause: clause)) }

    private init(_ part: Part) {
        self.init(stringLiteral: "")
        append(part)
    }
}
