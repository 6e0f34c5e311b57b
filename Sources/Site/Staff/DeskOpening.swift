// Opening a hidden field: what, why by each reason that the policy has, what is there and what is missing for it, and what the customer
// will read.

import HTML
import Office
import Policy
import Vault

struct DeskOpening {
    let summary: CaseSummary
    let openings: [CaseOpening]
    let refused: (reason: CaseReason, why: Refused)?
    /// The keyboard is at the first; none is chosen before somebody does.
    var isFocused = false
    /// What is wrong with what was sent.
    var error: String? = nil

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = DeskTexts(say: visit.say), offered = openings.filter(\.isOffered)
        if !offered.isEmpty {
            html(.form, .class("card flow"), .id("open"), .post, .action(Route.opening(summary.number).path), .labelledby("open-t")) {
                html in
                visit.token(&html)
                html(.h2, .id("open-t"), .class("t3"), text: words.open)
                html(.fieldset, .class(error == nil ? "field" : "field err"), .id("what")) { html in
                    html(.legend, text: words.which)
                    if let error { visit.why(&html, error, id: "what-e") }
                    for (place, opening) in offered.enumerated() { choice(&html, opening, isFirst: place == 0, visit, words) }
                }
                html(.button, .class("btn wide"), text: words.show)
                html(.p, .class("hint"), text: words.howLong)
            }
        }
        // What the policy lets nobody of this work open, each cause once; a refusal that stands above isn't said again.
        var said: Set<String> = refused.map { [visit.say.cause($0.why) + $0.why.thing] } ?? []
        for opening in openings where opening.open == nil && !opening.isOffered {
            guard let refusal = opening.refusal, said.insert(visit.say.cause(refusal) + refusal.thing).inserted else { continue }
            visit.notOffered(&html, refusal)
        }
    }

    private func choice(_ html: inout HTML, _ opening: CaseOpening, isFirst: Bool, _ visit: Visit, _ words: DeskTexts) {
        let say = visit.say, reason = opening.reason
        let isChosen = refused?.reason == reason
        let rule = visit.house.rules.reading(reason.field, by: visit.role, to: reason.purpose)
        html(.div, .class("choice")) { html in
            html(.label, .class("pick")) { html in
                html(
                    .input, .type("radio"), .name("what"), .value(reason.rawValue), .required, .when(isChosen, .checked),
                    .when(isFirst && isFocused, .autofocus))
                html(.span) { $0(.b, text: words.reason(reason)) }
            }
            html(.div, .class("flow tight")) { html in
                if let rule { html(.p) { visit.chip(&$0, rule.address) } }
                html(.ul, .class("checks"), .role("list")) { html in
                    for condition in rule?.conditions ?? [] {
                        let isLacking = if case .needs(let lacking) = opening.refusal?.why { lacking.contains(condition) } else { false }
                        html(.li, .class(isLacking ? "line bad" : "line ok")) { html in
                            Drawings.icon(&html, isLacking ? .nope : .yes)
                            html(.p, text: words.evidence(say.literal(condition).capitalised, holds: !isLacking))
                        }
                    }
                }
                html(.p, .class("hint"), text: words.willSee(summary.isSeen(visit)))
                html(
                    .p, .class("said"),
                    text: words.sentence(
                        say.actor(visit.session?.staff?.shown ?? ""), reason, summary.number, refused: opening.refusal.map { say.cause($0) }
                    ))
                if let refusal = opening.refusal {
                    html(.p, .class("hint"), text: words.willRefuse(say.cause(refusal), isSeen: summary.isSeen(visit)))
                }
            }
        }
    }
}
