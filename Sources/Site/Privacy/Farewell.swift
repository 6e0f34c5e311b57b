// The receipt of a deletion: when, what stays, and until when a backup could be opened.

import HTML
import Office
import Policy
import Vault

struct FarewellPage: Page {
    let farewell: Farewell

    func title(_ visit: Visit) -> String { LeaveTexts(say: visit.say).done }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = LeaveTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: words.done)
            html(.p, .class("lead"), text: words.doneLead)
            html(.dl, .class("sum")) { html in
                if let receipt = farewell.receipt {
                    html(.div) { html in
                        html(.dt, text: words.receipt)
                        html(.dd, .class("mono"), text: receipt)
                    }
                }
                html(.div) { html in
                    html(.dt, text: words.when)
                    html(.dd) { $0(.time, .datetime(farewell.day.iso), text: visit.say.date(farewell.day)) }
                }
                html(.div) { html in
                    html(.dt, text: words.lastBackup)
                    html(.dd) { $0(.time, .datetime(farewell.lastBackup.iso), text: visit.say.date(farewell.lastBackup)) }
                }
            }
            html(.h2, text: words.stays)
            if farewell.stays.isEmpty { html(.p, text: words.nothingStays) } else { visit.staying(&html, farewell.stays) }
            html(.p, .class("hint"), text: words.inTheLog)
            html(.p, .class("hint"), text: farewell.receipt == nil ? words.withoutReceipt : words.keepAddress)
            html(.p) { $0(.a, .href(Route.home.path), text: words.home) }
        }
    }
}
