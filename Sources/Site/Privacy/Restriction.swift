// The person's switch: everything kept, nothing used.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func restricted(_ session: Session) -> Reply {
        let isOn = request.form["restrict"] == "yes"
        return later { () async throws(NotDone) -> Response in
            if isOn { try await office.restrict(session) } else { try await office.liftRestriction(session) }
            return .see(Route.privacy.path + (isOn ? "?now=restricted" : "?now=lifted") + "#restrict")
        }
    }
}

/// What is said of it on the person's page, and the form.
struct RestrictionPart {
    /// nil: not restricted.
    let since: PointInTime?
    let refusal: Refused?

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("restrict"), text: say("Keep it, and don’t use it", id: "Simpan, dan jangan dipakai"))
        if let since {
            html(.p) { html in
                html(
                    .b,
                    text: say(
                        "Since \(say.dateAndTime(since)) your data are kept and not used. ",
                        id: "Sejak \(say.dateAndTime(since)) data Anda disimpan dan tidak dipakai. "))
                html.text(
                    say(
                        "Nobody here reads them or gives them to anyone, so we can’t answer you either. Nobody but you ends this.",
                        id: """
                            Tak seorang pun di sini membacanya atau memberikannya kepada siapa pun, jadi kami juga tidak dapat menjawab \
                            Anda. Hanya Anda yang dapat mengakhirinya.
                            """))
            }
            html(.p) { visit.chip(&$0, "restriction.1") }
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
        visit.offer(&html, since == nil ? refusal : nil) { html in
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
}
