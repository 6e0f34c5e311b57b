// The rules that our forms and the desk stand on, asked of the policy once, at the start.

import Office
import Policy

struct StandingRules: Sendable {
    private struct Flow: Hashable { let field, who: String }
    private let taking: [Flow: Standing]
    private let reading: [Flow: Standing]

    /// The rule that permits it, and the conditions that it asks for, as the policy words them.
    struct Standing: Sendable {
        let address: String, conditions: [String]
    }

    init(of office: Environment) {
        let forms = [
            ("registration form", "run your account", ["full name", "email address", "telephone number"]),
            ("browser", "run your account", ["session cookie"]),
            ("browser", "make sure it is you", ["browser mark"]), ("browser", "fit the site to you", ["lasting cookie"]),
            ("settings page", "make sure it is you", ["password check", "second factor", "recovery codes", "passkeys"]),
            ("help form", "answer you", ["case message", "telephone number"]),
            ("employment form", "run the staff's accounts", ["staff name", "staff email address"]),
        ]
        var taking: [Flow: Standing] = [:], reading: [Flow: Standing] = [:]
        for (source, purpose, fields) in forms {
            for field in fields { taking[Flow(field: field, who: source)] = office.policy.standing(.collect, field, source, purpose) }
        }
        for role in office.roles {
            for field in ["full name", "telephone number", "email address"] {
                reading[Flow(field: field, who: role)] = office.policy.standing(.read, field, role, "answer you")
            }
            reading[Flow(field: "staff name", who: role)] = office.policy.standing(.read, "staff name", role, "run the staff's accounts")
        }
        (self.taking, self.reading) = (taking, reading)
    }

    /// The rule by which a form takes something in; nil where it would be refused.
    func taking(_ field: String, from source: String) -> String? { taking[Flow(field: field, who: source)]?.address }
    /// The rule by which a role may read something of a customer in a case, if its conditions hold.
    func reading(_ field: String, by role: String) -> Standing? { reading[Flow(field: field, who: role)] }
}

extension Policy {
    /// The first rule that permits it, once all is so that it asks for.
    fileprivate func standing(_ verb: Verb, _ thing: String, _ who: String, _ purpose: String) -> StandingRules.Standing? {
        guard let flow = try? flow(verb, who: who, thing: thing, purpose: purpose), let rule = ruleAllowing(flow) else { return nil }
        let conditions = account(of: decide(flow, Facts()), on: flow, Facts()).needs
        return StandingRules.Standing(address: rule.address, conditions: conditions)
    }
}
