// The policy against the code: what the code does without a rule, and rules that no code relies on.

extension Policy {
    /// A use by the name of its type.
    public typealias NamedUse = (name: String, declared: UseDeclaration)

    /// `use-without-rule` at the declaration, `rule-without-use` at the rule.
    public func check(against code: [NamedUse]) -> [Diagnostic] {
        let relied = uses(of: code)
        var report = Report(model.document.source)
        for (index, rule) in model.document.rules.enumerated() where isPermission(index) && relied[rule.address] == nil {
            report.warn(
                "rule-without-use", rule.place, "No code relies on “\(model.document.canonical(rule: index))” yet.",
                "Build what it permits, or take the rule out.")
        }
        return usesWithoutRule(of: code) + report.sorted
    }

    /// The uses that no rule permits, whatever the facts.
    public func usesWithoutRule(of code: [NamedUse]) -> [Diagnostic] {
        let reasoning = Reasoning(self, Logic(limit: Limits.decisions))
        return code.compactMap { missing($0, reasoning) }
    }

    /// For the address of each rule that code relies on the names of the uses.
    public func uses(of code: [NamedUse]) -> [String: [String]] {
        var relied: [String: [String]] = [:]
        for use in code {
            for flow in use.declared.things.flatMap({ (try? flows(use.declared, $0)) ?? [] }) {
                for permission in model.expansion.permissions where permission.reach.isRelied(on: flow) {
                    let address = model.address(permission.rule)
                    if relied[address]?.contains(use.name) != true { relied[address, default: []].append(use.name) }
                }
            }
        }
        return relied
    }

    /// Whether code can rely on a rule: it permits something.
    public func isPermission(_ address: String) -> Bool {
        model.place(of: address).map(isPermission) ?? false
    }

    private func isPermission(_ rule: Int) -> Bool {
        switch model.document.rules[rule].body {
        case .collect, .derive, .use, .give, .send, .aggregate: true
        case .never, .keep, .tell, .change: false
        }
    }

    /// What a use does with one of its things: a flow for each who may try it and each way.
    /// - Throws: a name that the policy doesn't declare.
    public func flows(_ use: UseDeclaration, _ thing: String) throws(Unbound) -> [Flow] {
        var flows: [Flow] = []
        for actor in use.actors {
            for via in use.from.isEmpty ? [use.through] : use.from.map(Optional.some) {
                let starter = use.verb == .derive || use.verb == .send && !use.by.isEmpty ? actor : nil
                flows.append(
                    try flow(use.verb, who: actor, thing: thing, purpose: use.purpose, via: via, carrier: use.carrier, starter: starter))
            }
        }
        return flows
    }

    /// The things of a use that no rule permits, whatever the facts.
    private func missing(_ use: NamedUse, _ reasoning: Reasoning) -> Diagnostic? {
        var without: [String] = [], from: [String] = [], forbidding: [String] = []
        for thing in use.declared.things {
            let flows: [Flow]
            do throws(Unbound) { flows = try self.flows(use.declared, thing) } catch {
                let near = error.nearest.map { "Did you mean “\($0)”?" } ?? "Declare it, or name what the policy declares."
                return Self.fault(use, "\(use.name) speaks of “\(error.name)”, which this policy doesn't declare so.", near)
            }
            for flow in flows where !reasoning.mayPermit(flow) {
                if !without.contains(thing) { without.append(thing) }
                if use.declared.verb == .derive, let via = flow.via { from.append(model.name(via.symbol)) }
                guard !reasoning.reaching(flow).permissions.isEmpty else { continue }
                forbidding += reasoning.reaching(flow).prohibitions.map { model.address(model.expansion.prohibitions[$0].rule) }
            }
        }
        guard !without.isEmpty else { return nil }
        let rule = use.declared.rule(for: without, from: from)
        let lacking = without.joined(separator: ", ") + (from.isEmpty ? "" : " from " + from.joined(separator: ", "))
        guard let never = forbidding.first else {
            return Self.fault(use, "\(use.name) is permitted by no rule for: \(lacking).", "Write: \(rule)")
        }
        return Self.fault(
            use, "\(use.name) is always forbidden, by \(never), for: \(lacking).", "Mend \(never), or the code.")
    }

    private static func fault(_ use: NamedUse, _ message: String, _ suggestion: String) -> Diagnostic {
        Diagnostic(
            severity: .error, code: "use-without-rule", file: use.declared.file, line: use.declared.line, column: 1, length: 1,
            message: message, suggestion: suggestion, excerpt: "")
    }
}

extension Reach {
    /// Whoever starts it.
    fileprivate func isRelied(on flow: Flow) -> Bool {
        var reach = self
        reach.starter = .any
        return reach.contains(flow)
    }
}
