// The person's switch: everything kept, nothing used.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func restricted(_ session: Session) -> Reply {
        // A form that came damaged ends nothing.
        guard let wish = request.form["restrict"], ["yes", "no"].contains(wish) else { return now(.damagedForm) }
        let isOn = wish == "yes"
        return later { () async throws(NotDone) -> Response in
            if isOn { try await office.restrict(session) } else { try await office.liftRestriction(session) }
            return .see(Route.privacy.path + (isOn ? "?now=restricted" : "?now=lifted"))
        }
    }
}

/// What is said of it on the person's page, and the form.
struct RestrictionPart {
    /// nil: not restricted.
    let since: PointInTime?
    /// nil: of somebody who works here, whom nobody answers.
    let reach: RestrictionReach?

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("restrict"), text: say("Keep it, and don’t use it", id: "Simpan, dan jangan dipakai"))
        if let since {
            html(.p) { html in
                html(
                    .b,
                    text: say(
                        "Since \(say.dateAndTime(since)) you have your data kept and not used. ",
                        id: "Sejak \(say.dateAndTime(since)) Anda meminta data Anda disimpan dan tidak dipakai. "))
                html.text(say("Nobody but you ends this.", id: "Hanya Anda yang dapat mengakhirinya."))
            }
            effect(&html, visit)
        } else if case .keepsNothing? = reach {
            effect(&html, visit)
        } else {
            html(
                .p,
                text: say(
                    "If something here is wrong, or you think that we shouldn’t use it: we keep everything and use nothing until you say so.",
                    id: """
                        Bila ada yang keliru, atau menurut Anda kami tidak boleh memakainya: semuanya kami simpan dan tidak kami pakai \
                        sampai Anda membolehkannya.
                        """))
        }
        visit.offer(&html, visit.house.offers.refusal(of: .restriction)) { html in
            html(.form, .post, .action(Route.restriction.path)) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("restrict"), .value(since == nil ? "yes" : "no"))
                html(.p) { html in
                    html(
                        .button, .class("btn plain"),
                        text: since == nil
                            ? say("Don’t use my data", id: "Jangan pakai data saya")
                            : say("Use my data again", id: "Pakai lagi data saya"))
                }
            }
        }
    }

    /// What it comes to, by the rule that says so.
    private func effect(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        switch reach {
        case nil: return
        case .keeps(let refused)?:
            html(
                .p,
                text: say(
                    "Nobody here reads them to answer you, so we can’t call you back.",
                    id: "Tak seorang pun di sini membacanya untuk menjawab Anda, jadi kami tidak dapat menelepon Anda."))
            html(.p) { visit.refusalChips(&$0, refused) }
        case .keepsNothing(let former)?:
            visit.note(&html, .bad) { html in
                html(
                    .p,
                    text: say(
                        "Customer service may read your data to answer you all the same: no rule of the policy forbids it.",
                        id: """
                            Layanan pelanggan tetap boleh membaca data Anda untuk menjawab Anda: tidak ada aturan kebijakan yang \
                            melarangnya.
                            """))
                if let former {
                    html(
                        .p,
                        text: say(
                            "The rule that forbade it is no longer in the policy:",
                            id: "Aturan yang melarangnya tidak lagi ada dalam kebijakan:"))
                    html(.p, .class("said"), .lang("en"), text: former.text)
                }
            }
        }
    }
}
