// On behalf of somebody of whom something can't be opened: nobody can make sure that it is they, so nothing is done for them meanwhile.

import HTML
import Office

struct ClosedBehalfPage: Page {
    let number: Int64

    func title(_ visit: Visit) -> String { BehalfTexts(say: visit.say).title(number) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.deskCase(number).path), text: BehalfTexts(say: say).back(number))
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    "What it takes to make sure who calls can’t be opened, so nothing can be done on their behalf at present.",
                    id:
                        "Yang diperlukan untuk memastikan siapa yang menelepon tidak dapat dibuka, jadi saat ini tidak ada yang dapat dilakukan atas namanya."
                ))
            visit.unopened(&html, DeskTexts(say: say).damaged, DeskTexts(say: say).damagedMeanwhile)
        }
    }
}
