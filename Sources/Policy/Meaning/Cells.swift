// All flows that some rule permits, and for each the exact condition.

extension Reach {
    /// Each flow of the reach; parts that the verb doesn't have stay absent. What is any is not unfolded, but that
    /// doesn't happen in a permission.
    func forEachFlow(_ body: (Flow) -> Bool) {
        let site = [Symbols.theSite], absent = [Choice.absent]
        let whos = who.list ?? site, vias = via.list ?? absent, carriers = carrier.list ?? absent, starters = starter.list ?? absent
        func name(_ symbol: Int) -> Name? { symbol < 0 ? nil : .of(symbol) }
        for thing in thing.list ?? [] {
            for who in whos {
                for purpose in purpose.list ?? absent {
                    for via in vias {
                        for carrier in carriers {
                            for starter in starters {
                                let flow = Flow(
                                    verb: verb, who: .of(who), thing: .of(thing), purpose: name(purpose), via: name(via),
                                    carrier: name(carrier),
                                    starter: name(starter))
                                if !body(flow) { return }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Reach {
    /// The first flow of the reach; nil: it is empty.
    var first: Flow? {
        var first: Flow?
        forEachFlow { flow in
            first = flow
            return false
        }
        return first
    }

    /// How many flows it has.
    var count: Int {
        [who, thing, purpose, via, carrier, starter].reduce(1) { count, part in
            count.multipliedReportingOverflow(by: part.list?.count ?? 1).overflow ? .max : count * (part.list?.count ?? 1)
        }
    }
}

extension Table {
    /// The entries of a verb whose rows reach a flow, in order, as long as they are asked for.
    /// - Parameter byAnyone: also those that somebody else must start.
    func forEach(reaching flow: Flow, byAnyone: Bool = false, _ body: (Int) -> Bool) {
        let head = heads[Int(flow.verb.rawValue)]
        let who = row(head, 0, flow.who), thing = row(head, 1, flow.thing), purpose = row(head, 2, flow.purpose)
        let via = row(head, 3, flow.via), carrier = row(head, 4, flow.carrier)
        for block in 0..<head.width {
            let row = bits[who + block] & bits[thing + block] & bits[purpose + block] & bits[via + block] & bits[carrier + block]
            for word in row.indices {
                var left = row[word]
                while left != 0 {
                    let entry = block * RuleBits.rules + word * 64 + left.trailingZeroBitCount
                    if byAnyone || starts(entries[head.entries + entry], flow.starter), !body(entry) { return }
                    left &= left - 1
                }
            }
        }
    }
}

/// Conditions of flows as sets of facts, with what was worked out before.
final class Reasoning {
    let policy: Policy
    let logic: Logic
    private let bit: (Int) -> Int
    private var permissions: [Int: Truth] = [:]
    private var prohibitions: [[Int]: Truth] = [:]
    /// What `applies` found, by the permission and the prohibitions; and how many literals were looked at for it.
    var applying: [[Int]: Bool?] = [:], looks = 0

    /// `bit` numbers the conditions, for two versions that must speak of the same ones.
    init(_ policy: Policy, _ logic: Logic = Logic(), bit: ((Int) -> Int)? = nil) {
        (self.policy, self.logic) = (policy, logic)
        let symbols = policy.model.symbols
        self.bit = bit ?? { symbols[$0].bit }
    }

    func bit(of condition: Int) -> Int { bit(condition) }

    func truth(_ formula: Formula, _ verb: Verb?) -> Truth {
        logic.formula(formula, bit, constants: verb.map { [Symbols.inAggregate: $0 == .aggregate] } ?? [:])
    }

    func truth(_ prohibition: Prohibition) -> Truth {
        let verb = prohibition.reach.verb
        return logic.butNot(truth(prohibition.on, verb), truth(prohibition.unless ?? [], verb))
    }

    func truth(of permission: Int) -> Truth {
        if let known = permissions[permission] { return known }
        let each = policy.model.expansion.permissions[permission]
        let truth = truth(each.when, each.reach.verb)
        permissions[permission] = truth
        return truth
    }

    /// The permissions and prohibitions that reach a flow, its starter included.
    func reaching(_ flow: Flow) -> (permissions: [Int], prohibitions: [Int]) {
        var permitting: [Int] = []
        forEachPermission(reaching: flow) { permission in
            permitting.append(permission)
            return true
        }
        return (permitting, prohibitions(reaching: flow))
    }

    func prohibitions(reaching flow: Flow) -> [Int] {
        let verb = Int(flow.verb.rawValue), count = policy.table.heads[verb].prohibitions
        var found: [Int] = []
        policy.table.forEach(reaching: flow) { entry in
            if entry < count { found.append(policy.model.prohibitions[verb][entry]) }
            return entry < count
        }
        return found
    }

    /// In the order of the document, as long as they are asked for.
    func forEachPermission(reaching flow: Flow, _ body: (Int) -> Bool) {
        let verb = Int(flow.verb.rawValue), count = policy.table.heads[verb].prohibitions
        policy.table.forEach(reaching: flow) { entry in entry < count || body(policy.model.permissions[verb][entry - count]) }
    }

    func forbidden(_ prohibitions: [Int]) -> Truth {
        if let known = self.prohibitions[prohibitions] { return known }
        let any = prohibitions.reduce(Logic.never) { logic.or($0, truth(policy.model.expansion.prohibitions[$1])) }
        self.prohibitions[prohibitions] = any
        return any
    }

    /// When a law keeps the field.
    func lawful(_ field: Int) -> Truth {
        (policy.model.keepings[field] ?? []).map { policy.model.expansion.keepings[$0] }.filter(\.isLaw).reduce(Logic.never) {
            any, keeping in
            switch keeping.span {
            case .whileTrue(let formula, _): logic.or(any, truth(formula, .delete))
            case .after:
                logic.or(any, logic.literal(bit(policy.model.symbols.conditions[Symbols.termOver]), false))
            case .atMost: any
            }
        }
    }

    /// When a permission reaches the flow, whatever stands against it.
    func granted(_ flow: Flow) -> Truth {
        var truth = Logic.never
        forEachPermission(reaching: flow) { permission in
            truth = logic.or(truth, self.truth(of: permission))
            return true
        }
        return truth
    }

    /// When the flow is permitted, prohibitions and laws heeded.
    func permitted(_ flow: Flow) -> Truth {
        let truth = logic.butNot(granted(flow), forbidden(prohibitions(reaching: flow)))
        return flow.verb == .delete ? logic.butNot(truth, lawful(flow.thing.symbol)) : truth
    }

    /// Every flow that a permission names, each once.
    var flows: [Flow] {
        var seen: Set<Flow> = [], flows: [Flow] = []
        for permission in policy.model.expansion.permissions {
            permission.reach.forEachFlow { flow in
                if seen.insert(flow).inserted { flows.append(flow) }
                return true
            }
        }
        return flows
    }
}
