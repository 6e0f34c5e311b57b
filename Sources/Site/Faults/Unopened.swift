// What of others' data can't be opened, as the staff read it: that it is so, and who can do something about it.

import HTML

extension Visit {
    /// - Parameter meanwhile: what can be done all the same; nil: nothing that isn't on the page.
    func unopened(_ html: inout HTML, _ what: String, _ meanwhile: String? = nil) {
        let words = DeskTexts(say: say)
        note(&html, .bad) { html in
            html(.p) { $0(.b, text: what) }
            html(.p, text: words.damagedNext + (meanwhile.map { " " + $0 } ?? ""))
        }
    }

    /// In the place of a value.
    func unopened(_ html: inout HTML) { html(.span, .class("sealed")) { $0(.span, text: DeskTexts(say: say).unreadable) } }
}
