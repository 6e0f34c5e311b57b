// The rule that a use stood on in the version before the present one: what is shown where a use is refused for want of a rule.

public import Policy
public import Vault

extension Environment {
    /// Of a refusal in somebody's list of uses; nil where the code makes no such use, where the present version permits it again, or
    /// where the version before didn't either.
    public func formerRule(for use: RecordedUse) -> Rule? {
        let alike = Self.uses.lazy.map { $0.declared }.filter { $0.isAlike(use) }
        if let lacks = use.lacks {
            // Of an older entry the present version doesn't tell what had gone by then.
            return use.version == policy.versionText ? alike.compactMap { formerRule(of: $0, use.things, lacking: lacks) }.first : nil
        }
        guard use.outcome == "no, no rule", use.formerVersion == nil else { return nil }
        guard wasPermitted(use) else { return alike.compactMap { formerRule(of: $0) }.first }
        // What may not be recorded is refused as well.
        return alike.compactMap { formerRule(of: UseEntry.declared, from: $0.recorded(use.things)) }.first
    }

    /// Of a refusal for want of a rule: the version of then had one for the use itself, and lacked another that it needs.
    public func wasPermitted(_ use: RecordedUse) -> Bool {
        let then = vault.policy(named: use.version) ?? policy
        return Self.uses.contains { made in
            guard made.declared.isAlike(use) else { return false }
            let flows = made.declared.flows(of: use.things, in: then)
            return !flows.isEmpty && flows.allSatisfy(then.mayPermit)
        }
    }

    /// The first of what the version before permitted and the present one doesn't. `fields`: of what something is made from, only these.
    func formerRule(of use: UseDeclaration, from fields: [String]? = nil) -> Rule? {
        guard let former = vault.formerPolicy else { return nil }
        for thing in use.things {
            let now = use.flows(of: [thing], in: policy)
            for (index, flow) in use.flows(of: [thing], in: former).enumerated() {
                if let fields, !fields.contains(use.from[index % use.from.count]) { continue }
                guard now.isEmpty || !policy.mayPermit(now[index]), let rule = former.ruleAllowing(flow) else { continue }
                return rule
            }
        }
        return nil
    }

    /// Where another rule permits it on other conditions: the one that is gone, and didn't ask for what is lacking.
    private func formerRule(of use: UseDeclaration, _ things: [String], lacking literals: [String]) -> Rule? {
        guard let former = vault.formerPolicy else { return nil }
        return use.flows(of: things, in: former).lazy.flatMap { former.rulesAllowing($0, without: literals) }
            .first { rule in !policy.clauses.contains { $0.rules.contains { $0.text == rule.text } } }
    }

    /// What forbade it in the version before, where these things are so.
    func formerProhibition(of use: any Use.Type, supposing supposed: [String: Bool]) -> Rule? {
        guard let former = vault.formerPolicy else { return nil }
        var facts = Facts()
        for (name, holds) in supposed { if let bit = try? former.condition(name) { facts[bit] = holds } }
        return use.declared.flows(of: use.declared.things, in: former).lazy.compactMap { flow in
            let verdict = former.decide(flow, facts)
            guard case .forbidden = verdict else { return nil }
            return former.account(of: verdict, on: flow, facts).rules.first.flatMap(former.rule)
        }.first
    }
}

extension RecordedUse {
    /// What a refusal for want of conditions says that it needs; nil of any other.
    fileprivate var lacks: [String]? {
        outcome.hasPrefix("no, needs ") ? outcome.dropFirst(10).split(separator: " and ").map(String.init) : nil
    }
}

extension UseDeclaration {
    /// What an entry about it is made from.
    fileprivate func recorded(_ things: [String]) -> [String] { through.map { [$0] } ?? (from.isEmpty ? things : from) }

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
