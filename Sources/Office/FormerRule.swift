// The rule that a use stood on in the version before the present one: what is shown where a use is refused for want of a rule.

public import Policy
public import Vault

extension Environment {
    /// Of a refusal in somebody's list of uses; nil where the code makes no such use, where the present version permits it again, or
    /// where the version before didn't either.
    public func formerRule(for use: RecordedUse) -> Rule? {
        Self.uses.lazy.filter { $0.declared.isAlike(use) }.compactMap(formerRule).first
    }

    func formerRule(of use: any Use.Type) -> Rule? {
        // Of what it uses, only what the present version lacks a rule for.
        let lacking = use.declared.things.filter { thing in
            let flows = use.declared.flows(of: [thing], in: policy)
            return flows.isEmpty || flows.contains { !policy.mayPermit($0) }
        }
        guard !lacking.isEmpty, let former = formerPolicy else { return nil }
        return use.declared.flows(of: lacking, in: former).lazy.compactMap(former.ruleAllowing).first
    }

    /// What forbade it in the version before, where these things are so.
    func formerProhibition(of use: any Use.Type, supposing supposed: [String: Bool]) -> Rule? {
        guard let former = formerPolicy else { return nil }
        var facts = Facts()
        for (name, holds) in supposed { if let bit = try? former.condition(name) { facts[bit] = holds } }
        return use.declared.flows(of: use.declared.things, in: former).lazy.compactMap { flow in
            let verdict = former.decide(flow, facts)
            guard case .forbidden = verdict else { return nil }
            return former.account(of: verdict, on: flow, facts).rules.first.flatMap(former.rule)
        }.first
    }

    private var formerPolicy: Policy? {
        let former = (try? vault.editions())?.first { $0.state == .former }
        return former?.row.flatMap(vault.policy(ofVersion:))
    }
}

extension UseDeclaration {
    /// Whether an entry may be about it: the same verb, by the same, of these things, for the same purpose.
    fileprivate func isAlike(_ use: RecordedUse) -> Bool {
        let number = use.who.lastIndex(of: " ").map { use.who[use.who.index(after: $0)...] } ?? ""
        let who = !number.isEmpty && number.allSatisfy(\.isNumber) ? String(use.who.dropLast(number.count + 1)) : use.who
        return "\(verb)" == use.verb && purpose == use.purpose && use.things.allSatisfy(things.contains)
            && (carrier.map { $0 == who } ?? (by.isEmpty ? who == "the site" : by.contains(who)))
    }

    fileprivate func flows(of things: [String], in policy: Policy) -> [Flow] {
        things.flatMap { (try? policy.flows(self, $0)) ?? [] }
    }
}
