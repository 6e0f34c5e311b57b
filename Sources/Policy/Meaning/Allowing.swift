// Which rule would permit a flow, if all were so that it asks for.

extension Policy {
    /// Whether some facts permit it, every `never` heeded.
    public func mayPermit(_ flow: Flow) -> Bool { Reasoning(self, Logic(limit: Limits.decisions)).mayPermit(flow) }

    /// The first rule that permits a flow once all is so that it asks for; nil: none does, whatever the facts.
    public func ruleAllowing(_ flow: Flow) -> Rule? {
        var facts = Facts()
        while true {
            let verdict = decide(flow, facts), account = account(of: verdict, on: flow, facts)
            if verdict.isYes { return account.rules.first.flatMap(rule) }
            guard let lacking = account.lacking else { return nil }
            let before = facts
            for name in lacking.set { if let bit = try? condition(name) { facts[bit] = true } }
            for name in lacking.clear { if let bit = try? condition(name) { facts[bit] = false } }
            guard facts != before else { return nil }
        }
    }

    /// The rules that may permit a flow although none of these is so, told as refusals tell them.
    public func rulesAllowing(_ flow: Flow, without literals: [String]) -> [Rule] {
        Reasoning(self, Logic(limit: Limits.decisions)).reaching(flow).permissions.compactMap { index in
            let permission = model.expansion.permissions[index]
            let isFree = permission.when.contains { conjunction in
                conjunction.allSatisfy { !literals.contains(($0.mustHold ? "" : "not ") + model.name($0.condition)) }
            }
            return isFree && permission.reach.contains(flow) ? rule(model.address(permission.rule)) : nil
        }
    }
}
