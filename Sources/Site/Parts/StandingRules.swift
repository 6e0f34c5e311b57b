// The rules that our forms and the desk stand on, asked of the policy once, at the start.

import Office
import Policy

struct StandingRules: Sendable {
    private struct Flow: Hashable { let field, who: String }
    private let taking: [Flow: String]
    private let reading: [Flow: String]

    init(of office: Environment) {
        let forms = [
            ("registration form", "run your account", ["full name", "email address", "telephone number"]),
            ("browser", "run your account", ["session cookie"]),
            ("help form", "answer you", ["case message", "telephone number"]),
            ("employment form", "run the staff's accounts", ["staff name", "staff email address"]),
        ]
        var taking: [Flow: String] = [:], reading: [Flow: String] = [:]
        for (source, purpose, fields) in forms {
            for field in fields { taking[Flow(field: field, who: source)] = office.policy.rule(.collect, field, source, purpose) }
        }
        for role in office.roles {
            for field in ["full name", "telephone number", "email address"] {
                reading[Flow(field: field, who: role)] = office.policy.rule(.read, field, role, "answer you")
            }
            reading[Flow(field: "staff name", who: role)] = office.policy.rule(.read, "staff name", role, "run the staff's accounts")
        }
        (self.taking, self.reading) = (taking, reading)
    }

    /// The rule by which a form takes something in; nil where it would be refused.
    func taking(_ field: String, from source: String) -> String? { taking[Flow(field: field, who: source)] }
    /// The rule by which a role may read something of a customer in a case, if its conditions hold.
    func reading(_ field: String, by role: String) -> String? { reading[Flow(field: field, who: role)] }
}

extension Policy {
    /// The first rule that permits it, whatever it asks for: with every fact so, or with none.
    fileprivate func rule(_ verb: Verb, _ thing: String, _ who: String, _ purpose: String) -> String? {
        guard let flow = try? flow(verb, who: who, thing: thing, purpose: purpose) else { return nil }
        for facts in [Facts(holding: .init(repeating: .max)), Facts()] {
            let verdict = decide(flow, facts)
            if case .yes = verdict { return account(of: verdict, on: flow, facts).rules.first }
        }
        return nil
    }
}
