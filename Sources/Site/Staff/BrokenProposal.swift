// A proposal that can't be worked out any more: what of it isn't as it was, and what to do.

import HTML
import Office
import Vault

struct BrokenProposalPage: Page {
    let number: Int64
    let because: NotPublished

    func title(_ visit: Visit) -> String { ProposalTexts(say: visit.say).broken(number) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ProposalTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.proposals.path), text: VersionTexts(say: visit.say).back)
            html(.h1, text: title(visit))
            visit.note(&html, .bad, isFocused: true) { $0(.p, text: words.reason(because)) }
            html(.p) { html in
                html.text(words.whatToDo + " ")
                html(.code, text: "voffice admin doctor")
                html.text(".")
            }
        }
    }
}
