// A way to sign in of which nobody knows, because what it lies in can't be opened: nothing of it is offered.

import HTML
import Office

struct UnreadableKeyPage: Page {
    let name: String
    let ways: WaysIn

    func title(_ visit: Visit) -> String { name }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            html(.h1, text: name)
            html(
                .p, .class("lead"),
                text: say(
                    "Whether there is one can’t be read at present, so it can’t be changed here.",
                    id: "Ada atau tidaknya saat ini tidak dapat dibaca, jadi tidak dapat diubah di sini."))
            visit.damage(&html, ways.damaged)
        }
    }
}
