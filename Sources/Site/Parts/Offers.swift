// Forms stand on rules. Where the policy lacks one, the page says so in the form's place.

import HTML
import HTTP
import Office
import Vault

/// What each form would meet, asked of the policy once, at the start.
struct Offers: Sendable {
    private let refusals: [Offer: Refused]
    private let rights: Set<OwnRight>

    init(of office: Environment) {
        let refused = Offer.allCases.compactMap { offer in office.refusal(of: offer).map { (offer, $0) } }
        refusals = Dictionary(uniqueKeysWithValues: refused)
        rights = Set(OwnRight.allCases.filter(office.grants))
    }

    /// Whether whoever comes new has it.
    func grants(_ right: OwnRight) -> Bool { rights.contains(right) }

    /// Why it isn't offered; nil: it is.
    func refusal(of offer: Offer) -> Refused? { refusals[offer] }
}

extension Visit {
    /// Somebody may open an account, by an address or by a number.
    var mayRegister: Bool { house.isOpen && (house.offers.refusal(of: .account) == nil || office.registersByTelephone) }

    /// The field through which we reach who is here: an email address, or a telephone number where they have none.
    var reachedThrough: String {
        guard let session, session.staff == nil else { return "email address" }
        do throws(NotDone) { return try office.reachedThrough(session) } catch { return "email address" }
    }

    /// Whether who is here sees who used their data: whoever came under a former version may, although whoever comes new may not.
    var seesUses: Bool {
        guard let session else { return house.offers.grants(.seeing) }
        do throws(NotDone) { return try office.seesUses(session) } catch { return false }
    }

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

extension Visit {
    /// What somebody typed where no form can take it: words to copy, each under its label.
    func typed(_ html: inout HTML, _ words: [(label: String, value: String)]) {
        let words = words.filter { !$0.value.isEmpty }
        // What a page fills in by itself nobody typed.
        guard request.method == .post, !words.isEmpty else { return }
        html(.section, .class("flow"), .labelledby("typed")) { html in
            html(.h2, .id("typed"), .class("t3"), text: say("What you typed, to copy", id: "Isian Anda, untuk disalin"))
            html(.dl, .class("sum")) { html in
                for (label, value) in words {
                    html(.div) { html in
                        html(.dt, text: label)
                        html(.dd, .class("typed")) { $0(.bdi, text: value) }
                    }
                }
            }
        }
    }
}
