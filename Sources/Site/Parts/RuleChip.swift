// Rules of the policy on a page: the chip that leads to one, and the number that its clause has.

import HTML
import Office
import Policy
import Vault

extension Policy {
    /// `§ 5.3` and the clause, for an address such as `calls.3`; one with a name of its own is numbered by its place.
    func heading(ofRule address: String) -> (number: String, clause: Clause)? {
        guard let dot = address.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let anchor = address.utf8[..<dot], clauses = clauses
        guard let place = clauses.firstIndex(where: { $0.anchor.utf8.elementsEqual(anchor) }) else { return nil }
        var number = address[address.index(after: dot)...]
        if !number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let rule = clauses[place].rules.firstIndex(where: { $0.address == address })
        {
            number = "\(rule + 1)"
        }
        return ("§ \(place + 1).\(number)", clauses[place])
    }
}

extension Visit {
    /// The clause in the reader's language, where there is a translation.
    func translated(_ clause: Clause) -> (clause: Clause, isForeign: Bool) { house.indonesian.said(clause, in: say) }

    /// The rule that something stands on, linked to its place in the policy. `refuses`: it is why the answer was no. `version`: the one
    /// whose rule it is, where that isn't the present one; a rule that reads otherwise now, or is none, is named as that version has it.
    func chip(_ html: inout HTML, _ address: String, refuses: Bool = false, withAddress: Bool = false, in version: Policy? = nil) {
        let isPresent = version.map { $0.rule(address)?.text == policy.rule(address)?.text } ?? true
        let heading = (isPresent ? policy : version ?? policy).heading(ofRule: address)
        let said = heading.map { isPresent ? translated($0.clause) : (clause: $0.clause, isForeign: say != .english) }
        let title = said?.clause.title ?? say("A rule of a former version", id: "Aturan versi sebelumnya")
        let place = isPresent ? "\(Route.policy.path)#\(address)" : Route.versions.path
        html(.a, .class(refuses ? "chip bad" : "chip"), .href(place)) { html in
            html(.b, text: heading?.number ?? "§")
            html(.span) { html in
                html(.span, .when(said?.isForeign ?? false, .lang("en")), text: title)
                if !isPresent { html.text(say(", a former version", id: ", versi sebelumnya")) }
                if withAddress {
                    html.text(" ")
                    html(.code, text: address)
                }
            }
        }
    }

    /// Rules as the version has them by which something was decided or collected (`Policy.versionText`).
    func chips(_ html: inout HTML, _ addresses: [String], refuse: Bool = false, withAddress: Bool = false, of version: String) {
        if addresses.isEmpty, refuse { return chipOfNoRule(&html) }
        let policy = office.vault.policy(named: version)
        for (place, address) in addresses.enumerated() {
            if place > 0 { html.text(" ") }
            if let policy {
                chip(&html, address, refuses: refuse, withAddress: withAddress, in: policy)
            } else {
                html(.code, text: address)
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

    /// Where the version under which the data were collected is in the way.
    func chipOfFormerVersion(_ html: inout HTML, _ version: String) {
        html(.a, .class("chip bad"), .href(Route.policy.path)) { html in
            html(.b, text: say("Version \(version.versionNumber)", id: "Versi \(version.versionNumber)"))
            html(.span, text: say("The policy at the time of collection", id: "Kebijakan saat data dikumpulkan"))
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
