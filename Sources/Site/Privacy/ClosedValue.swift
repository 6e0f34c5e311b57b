// A value of the person that is there, perhaps, and can't be opened: nothing is done with it until it can.

import HTML
import Office

struct ClosedValuePage: Page {
    let field: String
    /// Of each record in which it may lie the fields of it.
    let closed: [[String]]

    func title(_ visit: Visit) -> String {
        let say = visit.say, name = say.thing(field)
        return say("Your \(name) can’t be opened at present", id: "Saat ini \(name) Anda tidak dapat dibuka")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: RemovalTexts(say: say).back)
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    "So it can neither be put right nor removed here now. It wasn’t removed by you.",
                    id: "Jadi sekarang tidak dapat dibetulkan atau dihapus di sini. Bukan Anda yang menghapusnya."))
            visit.damage(&html, closed)
        }
    }
}
