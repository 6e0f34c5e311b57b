// The rules that our forms and the desk stand on, asked of the policy once, at the start.

import Office
import Policy

struct StandingRules: Sendable {
    private struct Flow: Hashable { let field, who: String }
    private struct Look: Hashable { let field, role, purpose: String }
    private let taking: [Flow: Standing]
    private let reading: [Look: Standing]
    /// The rule by which customer service answers by email; nil: there is none.
    let answering: String?
    /// The rule by which a complaint of a use is answered; nil: there is none.
    let settling: String?

    /// The rule that permits it, and the conditions that it asks for, as the policy words them.
    struct Standing: Sendable {
        let address: String, conditions: [String]
    }

    init(of office: Environment) {
        let forms = [
            ("registration form", "run your account", ["full name", "email address", "telephone number"]),
            ("browser", "run your account", ["session cookie"]),
            ("browser", "make sure it is you", ["browser mark"]), ("browser", "fit the site to you", ["lasting cookie"]),
            ("settings page", "run your account", ["full name", "telephone number"]),
            ("settings page", "make sure it is you", ["password check", "second factor", "recovery codes", "passkeys"]),
            ("help form", "answer you", ["case message", "telephone number"]),
            ("help desk", "answer you", ["case message", "caller address"]),
            ("help desk", "run your account", ["email address", "telephone number"]), ("staff entry", "answer you", ["case note"]),
            ("employment form", "run the staff's accounts", ["staff name", "staff email address"]),
        ]
        var taking: [Flow: Standing] = [:], reading: [Look: Standing] = [:]
        for (source, purpose, fields) in forms {
            for field in fields { taking[Flow(field: field, who: source)] = office.policy.standing(.collect, field, source, purpose) }
        }
        for role in office.roles {
            for (field, purpose) in Self.looks {
                reading[Look(field: field, role: role, purpose: purpose)] = office.policy.standing(.read, field, role, purpose)
            }
        }
        let answer = try? office.policy.flow(
            .send, who: nil, thing: "case answer", purpose: "answer you", via: "email address", carrier: "email carrier",
            starter: "customer service")
        (self.taking, self.reading) = (taking, reading)
        settling = office.policy.standing(.collect, "case note", "staff entry", "keep the record")?.address
        answering = answer.flatMap(office.policy.ruleAllowing)?.address
    }

    /// The rule by which a form takes something in; nil where it would be refused.
    func taking(_ field: String, from source: String) -> String? { taking[Flow(field: field, who: source)]?.address }
    /// The rule by which a role may read something of a customer in a case, if its conditions hold.
    func reading(_ field: String, by role: String, to purpose: String = "answer you") -> Standing? {
        reading[Look(field: field, role: role, purpose: purpose)]
    }

    /// What the staff's pages show, and what for.
    private static let looks = [
        ("full name", "answer you"), ("full name", "find your account"), ("full name", "make sure it is you"),
        ("caller address", "answer you"), ("case message", "answer you"),
        ("telephone number", "answer you"),
        ("telephone number", "make sure it is you"),
        ("email address", "make sure it is you"), ("staff name", "run the staff's accounts"), ("work log", "keep the record"),
        ("staff name", "keep the record"),
    ]
}

extension Policy {
    /// The first rule that permits it, once all is so that it asks for.
    fileprivate func standing(_ verb: Verb, _ thing: String, _ who: String, _ purpose: String) -> StandingRules.Standing? {
        guard let flow = try? flow(verb, who: who, thing: thing, purpose: purpose), let rule = ruleAllowing(flow) else { return nil }
        let conditions = account(of: decide(flow, Facts()), on: flow, Facts()).needs
        return StandingRules.Standing(address: rule.address, conditions: conditions)
    }
}
