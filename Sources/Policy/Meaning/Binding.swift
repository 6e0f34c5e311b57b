// Names of the code and of pages, bound to one version.

extension Policy {
    /// Binds a use of the code by name, once at start and at each new version.
    /// `who`: source (collect), actor (read, correct, delete), recipient (give), recipient, role or the site (aggregate);
    /// ignored for derive and send. `via`: the field that a derivation comes from or a message goes through.
    /// `starter` is the site where it is left out.
    public func flow(
        _ verb: Verb, who: String?, thing: String, purpose: String?, via: String? = nil, carrier: String? = nil, starter: String? = nil
    ) throws(Unbound) -> Flow {
        let thing = try name(thing, verb == .send ? Kinds(.message) : Kinds(.field))
        let purpose = try purpose.map { text throws(Unbound) in try name(text, Kinds(.purpose)) }
        var flow = Flow(verb: verb, who: .of(Symbols.theSite), thing: thing, purpose: purpose)
        switch verb {
        case .collect: flow.who = try name(who ?? "", Kinds(.source), asSource: true)
        case .read, .correct, .delete: flow.who = try name(who ?? "", .actors)
        case .give: flow.who = try name(who ?? "", Kinds(.recipient))
        case .aggregate: flow.who = try name(who ?? "", Kinds(.recipient, .role, .actor))
        case .derive, .send:
            flow.via = try name(via ?? "", Kinds(.field))
            flow.carrier = try carrier.map { text throws(Unbound) in try name(text, Kinds(.recipient)) }
        }
        if [.give, .send, .derive].contains(verb) { flow.starter = try name(starter ?? "the site", .actors) }
        return flow
    }

    private func name(_ text: String, _ kinds: Kinds, asSource: Bool = false) throws(Unbound) -> Name {
        if let found = model.find(text) {
            let symbol = model.symbols[found]
            if kinds.contains(symbol.kind) || (asSource && symbol.isAlsoSource) { return .of(found) }
        }
        throw Unbound(name: text, nearest: model.symbols.nearest(to: text) { kinds.contains($0.kind) || (asSource && $0.isAlsoSource) })
    }

    /// The bit of a condition in `Facts`.
    public func condition(_ name: String) throws(Unbound) -> Name {
        let found = try self.name(name, Kinds(.condition))
        return Name(index: UInt32(model.symbols[found.symbol].bit))
    }

    /// The conditions by their bits: the predefined ones first.
    public var conditions: [String] { model.conditions.value { model.symbols.conditions.map(model.name) } }

    /// How long ago a message must have been sent for the condition to hold; nil: it isn't set by sending one.
    public func notice(of condition: String) -> Duration? {
        guard let found = model.find(condition), case .sending(let duration) = model.symbols[found].setters.manner else { return nil }
        return duration
    }

    /// The conditions that can change the verdict on this flow: only these need an answer.
    public func asked(by flow: Flow) -> [Name] {
        var bits: Set<Int> = []
        func add(_ formula: Formula) {
            for conjunction in formula { for literal in conjunction { bits.insert(model.symbols[literal.condition].bit) } }
        }
        // By number: a rule looked at in passing isn't copied, with all that it refers to.
        let (prohibitions, permissions) = (model.expansion.prohibitions, model.expansion.permissions)
        for index in prohibitions.indices where prohibitions[index].reach.contains(flow) {
            add(prohibitions[index].on)
            add(prohibitions[index].unless ?? [])
        }
        for index in permissions.indices where permissions[index].reach.contains(flow) { add(permissions[index].when) }
        if flow.verb == .delete {
            for index in model.keepings[flow.thing.symbol] ?? [] where model.expansion.keepings[index].isLaw {
                switch model.expansion.keepings[index].span {
                case .whileTrue(let formula, _): add(formula)
                case .after: bits.insert(Symbols.termOver)
                case .atMost: break
                }
            }
        }
        bits.remove(Symbols.inAggregate)
        return bits.sorted().map { Name(index: UInt32($0)) }
    }

    /// The name of a symbol of this version, as it was declared.
    public func name(of name: Name) -> String? { model.symbols.all[safe: name.symbol]?.name }

    public func field(_ name: String) -> Field? {
        guard let found = model.find(name), model.symbols.kind(found) == .field else { return nil }
        let symbol = model.symbols[found]
        return Field(name: symbol.name, kind: symbol.fieldKind, isSealed: symbol.isSealed, isRecord: symbol.isRecord)
    }

    /// Every field in the order of its declaration.
    public var fields: [Field] {
        model.symbols.all.filter { $0.kind == .field }.map {
            Field(name: $0.name, kind: $0.fieldKind, isSealed: $0.isSealed, isRecord: $0.isRecord)
        }
    }

    /// What a message carries.
    public func carried(by message: String) -> [String] {
        guard let found = model.find(message), model.symbols.kind(found) == .message else { return [] }
        return model.symbols.carried(by: found, model.document.contents).map(model.name)
    }

    public func rule(_ address: String) -> Rule? {
        let rules = model.byAddress.value {
            let rules = model.document.rules.indices.map { model.document.rule($0) }
            return Dictionary(rules.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        }
        return rules[address]
    }

    /// Whether one of these names is the one that is written so, in whatever spelling.
    public func names(_ names: [String], include written: String) -> Bool {
        guard let found = model.find(written) else { return false }
        return names.contains(model.name(found))
    }

    /// What a name means, by the PROSE of its declaration; nil where it isn't declared or has none.
    public func prose(of name: String) -> String? {
        guard let found = model.find(name) else { return nil }
        let prose = model.symbols[found].meaning
        return prose.isEmpty ? nil : prose
    }
}
