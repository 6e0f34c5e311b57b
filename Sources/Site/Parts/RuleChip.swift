// Rules of the policy on a page: the chip that leads to one, and the number that its clause has.

import HTML
import Policy

extension Policy {
    /// `§ 5.3` and the clause's title, for an address such as `calls.3`.
    func heading(ofRule address: String) -> (number: String, title: String)? {
        guard let dot = address.lastIndex(of: "."), let place = clauses.firstIndex(where: { $0.anchor == address[..<dot] }) else {
            return nil
        }
        return ("§ \(place + 1)\(address[dot...])", clauses[place].title)
    }

    /// The rule by which something is taken in, if the policy has one; nil where the form would be refused.
    func rule(collecting field: String, from source: String, to purpose: String) -> String? {
        guard let flow = try? flow(.collect, who: source, thing: field, purpose: purpose) else { return nil }
        let verdict = decide(flow, Facts())
        guard case .yes = verdict else { return nil }
        return account(of: verdict, on: flow, Facts()).rules.first
    }
}

extension Policy {
    /// The rule by which staff read something, whether or not its conditions hold now.
    func rule(reading field: String, by role: String, to purpose: String) -> String? {
        guard let flow = try? flow(.read, who: role, thing: field, purpose: purpose) else { return nil }
        var facts = Facts()
        facts.holding = .init(repeating: .max)
        let verdict = decide(flow, facts)
        guard case .yes = verdict else { return nil }
        return account(of: verdict, on: flow, facts).rules.first
    }
}

extension Visit {
    /// The rule that something stands on, linked to its place in the policy. `refuses`: it is why the answer was no.
    func chip(_ html: inout HTML, _ address: String, refuses: Bool = false, withAddress: Bool = false) {
        let (number, title) = policy.heading(ofRule: address) ?? ("§", say("A rule of a former version", id: "Aturan versi sebelumnya"))
        html(.a, .class(refuses ? "chip bad" : "chip"), .href("\(Route.policy.path)#\(address)")) { html in
            html(.b, text: number)
            html(.span) { html in
                html(.span, .when(say != .english, .lang("en")), text: title)
                if withAddress {
                    html.text(" ")
                    html(.code, text: address)
                }
            }
        }
    }

    /// Where no rule permits it.
    func chipOfNoRule(_ html: inout HTML) {
        html(.a, .class("chip bad"), .href(Route.policy.path)) { html in
            html(.b, text: say("No rule", id: "Tanpa aturan"))
            html(.span, text: say("What no rule allows is refused", id: "Yang tidak diizinkan aturan, ditolak"))
        }
    }

    func chips(_ html: inout HTML, _ addresses: [String], refuse: Bool = false, withAddress: Bool = false) {
        if addresses.isEmpty, refuse { return chipOfNoRule(&html) }
        for (place, address) in addresses.enumerated() {
            if place > 0 { html.text(" ") }
            chip(&html, address, refuses: refuse, withAddress: withAddress)
        }
    }
}
