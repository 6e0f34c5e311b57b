// Forms stand on rules. Where the policy lacks one, the page says so in the form's place.

import HTML
import Office
import Vault

/// What each form would meet, asked of the policy once, at the start.
struct Offers: Sendable {
    private let refusals: [Offer: Refused]

    init(of office: Environment) {
        let refused = Offer.allCases.compactMap { offer in office.refusal(of: offer).map { (offer, $0) } }
        refusals = Dictionary(uniqueKeysWithValues: refused)
    }

    /// Why it isn't offered; nil: it is.
    func refusal(of offer: Offer) -> Refused? { refusals[offer] }
}

extension Visit {
    /// The form, or why there is none.
    func offer(_ html: inout HTML, _ refused: Refused?, _ form: (inout HTML) -> Void) {
        guard let refused else { return form(&html) }
        notOffered(&html, refused)
    }

    func notOffered(_ html: inout HTML, _ refused: Refused) {
        note(&html, .bad) { html in
            html(.p) { html in
                html(.b, text: say.refusal(refused) + ". ")
                html.text(say("This can’t be done here: ", id: "Ini tidak dapat dilakukan di sini: ") + say.cause(refused) + ".")
            }
            html(.p) { refusalChips(&$0, refused) }
            whyNot(&html, refused)
        }
    }
}
