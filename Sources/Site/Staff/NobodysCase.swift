// On behalf of whom? A call or mail of which it isn't known yet whose it is: where to find that out, since nothing is done for nobody.

import HTML
import Office

struct NobodysCasePage: Page {
    let number: Int64

    func title(_ visit: Visit) -> String { BehalfTexts(say: visit.say).title(number) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.deskCase(number).path), text: BehalfTexts(say: say).back(number))
            html(.div, .class("head")) { $0(.h1, text: title(visit)) }
            html(.div, .class("none flow")) { html in
                html(.h2, .class("t3"), text: say("Whose case this is isn’t known yet", id: "Belum diketahui pertanyaan siapa ini"))
                html(
                    .p,
                    text: say(
                        "Nothing can be changed for somebody who isn’t known. Look for them first, with what they told you.",
                        id: "Tidak ada yang dapat diubah bagi orang yang belum diketahui. Cari dahulu orangnya, dengan yang disebutkannya.")
                )
                html(.p) {
                    $0(
                        .a, .class("btn"), .href(Route.deskCase(number).path + "#whose"),
                        text: say("Find out whose it is", id: "Cari tahu milik siapa"))
                }
            }
        }
    }
}
