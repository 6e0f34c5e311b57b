// The answer to a flow or a question of retention: by one version, or by the current one and an older one.

/// The versions that govern a datum: the current one, the one at collection, those that the person agreed to.
public struct Governing: Sendable {
    let current: Policy
    let collected: Policy?
    /// In the order of the agreements.
    let agreed: [Policy]
    private let correspondences: [Correspondence]

    /// - Parameter known: other versions, by which names are followed that were changed more than once.
    public init(_ current: Policy, collected: Policy? = nil, agreed: [Policy] = [], known: [Policy] = []) {
        (self.current, self.collected, self.agreed) = (current, collected, agreed)
        let older = (collected.map { [$0] } ?? []) + agreed
        var numbers: Set<Int> = []
        let all = (older + known).filter { numbers.insert($0.version.number).inserted }.sorted { $0.version > $1.version }
        correspondences = older.map { policy in
            let between = all.filter { $0.version > policy.version && $0.version < current.version }
            return Correspondence(current.model, policy.model, between: between.map(\.model))
        }
    }

    /// The version at collection first, then those agreed to.
    var older: [(policy: Policy, names: Correspondence)] {
        Array(zip((collected.map { [$0] } ?? []) + agreed, correspondences))
    }

    func answer(_ question: Question) -> Outcome {
        switch question.subject {
        case .kept(let field, let duration, let event, let condition): return kept(field, duration, event, condition, question.facts)
        case .flows(let flows):
            var all: Outcome?
            for flow in flows {
                let one = answer(flow, question.facts)
                if one.why != nil { return one }
                all = all.map { $0.and(one) } ?? one
            }
            return all ?? Outcome(why: .noRule)
        }
    }

    // MARK: Flows

    func answer(_ flow: Flow, _ named: [Int]) -> Outcome {
        let now = current.outcome(of: flow, current.model.facts(named))
        guard collected != nil, flow.verb != .collect else { return now }
        let before = older.map { version in
            version.names.old(flow).map { version.policy.outcome(of: $0, facts(named, in: version)) } ?? Outcome(why: .noRule)
        }
        if flow.who.symbol == Symbols.thePerson { return own(flow, now, before, named) }
        if now.why != nil { return now }
        guard let second = before.indices.dropFirst().last(where: { before[$0].why == nil }) ?? (before[0].why == nil ? 0 : nil) else {
            var no = before[0]
            no.version = older[0].policy.version.number
            return no
        }
        return now.joined(
            before[second], older[second].policy.version.number, older[second].names, current.model, older[second].policy.model)
    }

    /// The person's own flows: either version may allow them, but what the current one keeps by law stands.
    private func own(_ flow: Flow, _ now: Outcome, _ before: [Outcome], _ named: [Int]) -> Outcome {
        guard let second = before.indices.dropFirst().last(where: { before[$0].why == nil }) ?? (before[0].why == nil ? 0 : nil) else {
            return now
        }
        let version = older[second]
        if now.why == nil {
            return now.joined(before[second], version.policy.version.number, version.names, current.model, version.policy.model)
        }
        if flow.verb == .delete, let law = current.law(keeping: flow.thing.symbol, current.model.facts(named)) {
            return Outcome(why: .keptByLaw(by: law))
        }
        var yes = Outcome(rules: before[second].rules, obligations: current.obligations(of: flow).map { ($0, nil) })
        yes = yes.joined(before[second], version.policy.version.number, version.names, current.model, version.policy.model)
        yes.version = version.policy.version.number
        return yes
    }

    private func facts(_ named: [Int], in version: (policy: Policy, names: Correspondence)) -> Facts {
        version.policy.model.facts(named.compactMap { version.names.old[$0] }, isActive: current.model.isActive(named))
    }

    // MARK: Retention

    private func kept(_ field: Int, _ duration: Duration, _ event: Int?, _ condition: Int?, _ named: [Int]) -> Outcome {
        let now = outcome(current, field, past(event, condition, named) { $0 }, duration)
        guard let collected else { return now }
        let before = older.map { version -> Outcome in
            guard let old = version.names.old[field] else { return Outcome(why: .notKept) }
            return outcome(version.policy, old, past(event, condition, named) { version.names.old[$0] }, duration)
        }
        let isRecord =
            current.model.symbols[field].isRecord || older[0].names.old[field].map { collected.model.symbols[$0].isRecord } == true
        let second = before.indices.dropFirst().last { before[$0].why == nil } ?? (before[0].why == nil ? 0 : nil)
        if isRecord {
            guard now.why != nil, let second else { return now }
            var yes = before[second]
            yes.version = older[second].policy.version.number
            return yes
        }
        if now.why != nil || second != nil { return now }
        var no = before[0]
        no.version = collected.version.number
        return no
    }

    private func outcome(_ policy: Policy, _ field: Int, _ past: Past, _ duration: Duration) -> Outcome {
        let retention = policy.retained(field, past, at: current.from.adding(duration))
        guard retention.kept else { return Outcome(why: .notKept) }
        let reasons = Set(retention.reasons)
        let terms = policy.terms(of: policy.model.name(field)).filter { reasons.contains($0.address) }
        var outcome = Outcome(rules: retention.reasons)
        outcome.reasons = terms.map {
            switch $0.reason {
            case .because(let text), .byLaw(let text): text
            }
        }
        return outcome
    }

    /// It was on the day from which the policy holds; nothing else happened but `collected`; the named facts hold now.
    private func past(_ event: Int?, _ condition: Int?, _ named: [Int], _ translate: (Int) -> Int?) -> Past {
        var past = Past()
        past.events[Symbols.collected] = current.from
        if let event, let known = translate(event) { past.events[known] = current.from }
        var holding = Set(named)
        if current.model.isActive(named) { holding.insert(current.model.symbols.conditions[Symbols.active]) }
        if let condition {
            if !named.contains(condition) { holding.remove(condition) }
            if let known = translate(condition) { past.lastHeld[known] = current.from }
        }
        past.holding = Set(holding.compactMap(translate))
        return past
    }
}

extension Model {
    /// Facts that aren't named are false, except `account active`, unless an account is said to be deactivated or deleted.
    func facts(_ named: [Int], isActive: Bool? = nil) -> Facts {
        var facts = Facts()
        for symbol in named where symbol >= 0 { facts[Name(index: UInt32(symbols[symbol].bit))] = true }
        if isActive ?? self.isActive(named) { facts[Name(index: UInt32(Symbols.active))] = true }
        return facts
    }

    func isActive(_ named: [Int]) -> Bool {
        let bits = named.filter { $0 >= 0 }.map { symbols[$0].bit }
        return bits.contains(Symbols.active) || !bits.contains { $0 == Symbols.deactivated || $0 == Symbols.deleted }
    }
}

extension Policy {
    /// The address of the first rule by which a law keeps the field now.
    func law(keeping field: Int, _ facts: Facts) -> String? {
        (table.laws[Int32(truncatingIfNeeded: field)] ?? []).first { !table.allOff(Int($0.first)..<Int($0.middle), facts, false) }
            .map { model.address(Int($0.rule)) }
    }
}

extension Outcome {
    /// Two yeses of one derivation.
    func and(_ other: Outcome) -> Outcome {
        var both = self
        both.rules += other.rules.filter { !rules.contains($0) }
        both.along += other.along.filter { !along.contains($0) }
        for each in other.obligations where !both.obligations.contains(where: { $0 == each }) { both.obligations.append(each) }
        both.version = version ?? other.version
        return both
    }

    /// A yes of the current version, with what only the older one asks for.
    func joined(_ before: Outcome, _ version: Int, _ names: Correspondence, _ new: Model, _ old: Model) -> Outcome {
        func now(_ name: String) -> String { old.find(name).flatMap { names.new[$0] }.map(new.name) ?? name }
        func timing(_ obligation: Obligation, _ rename: (String) -> String) -> Set<Needs>? {
            obligation.ends.map { Set($0.map { Needs(set: $0.set.map(rename).sorted(), clear: $0.clear.map(rename).sorted()) }) }
        }
        var both = self
        for each in before.obligations.map(\.obligation)
        where !obligations.contains(where: { timing($0.obligation, { $0 }) == timing(each, now) }) {
            both.obligations.append((each, version))
        }
        both.along += before.along.map(now).filter { !along.contains($0) }
        return both
    }
}
