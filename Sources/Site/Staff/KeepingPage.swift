// Requests and retention: what runs by a clock, what goes next, what is held and by which rules. Counts and kinds, nobody's data.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func keeping(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in show(KeepingPage(keeping: try office.keeping(for: member), isOfficer: member.isOfficer))
        }
    }
}

struct KeepingPage: Page {
    let keeping: Keeping
    let isOfficer: Bool

    func title(_ visit: Visit) -> String { ConsoleTexts(say: visit.say).keeping }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ConsoleTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: words.keepingLead)
            }
            if let doubt = keeping.doubt { visit.note(&html, .bad) { $0(.p, text: words.doubt(doubt)) } }
            html(.div, .class("flow")) { html in
                html(.section, .class("card flow"), .labelledby("clocks")) { clocks(&$0, visit, words) }
                html(.section, .class("card flow"), .labelledby("next")) { next(&$0, visit, words) }
                html(.section, .class("card flow"), .labelledby("held")) { held(&$0, visit, words) }
                html(.section, .class("card flow"), .labelledby("kept")) { kept(&$0, visit, words) }
            }
        }
    }

    private func clocks(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        let say = visit.say, columns = words.clockColumns
        html(.h2, .id("clocks"), .class("t3"), text: words.clocks)
        html(.p, .class("quiet"), text: words.clocksLead)
        visit.table(&html, columns, keeping.clocks) { html, clocked in
            html(.th, .role("rowheader"), .scope("row"), text: words.kind(clocked.kind))
            html(.td, .role("cell"), .data(.label, columns[1]), text: say.count(clocked.open))
            html(.td, .role("cell"), .data(.label, columns[2]), text: clocked.oldest.map(say.dateAndTime) ?? "–")
            html(
                .td, .role("cell"), .data(.label, columns[3]),
                text: clocked.due.map(say.dateAndTime) ?? (clocked.open == 0 ? "–" : words.noClock))
            html(.td, .role("cell"), .data(.label, columns[4])) { html in
                html(.div) { html in
                    if clocked.late > 0 {
                        html(.span, .class("tag bad"), text: words.lateCount(clocked.late))
                    } else {
                        html.text(clocked.open == 0 ? "–" : words.inTime)
                    }
                }
            }
        }
    }

    private func next(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        let say = visit.say, outlook = keeping.outlook
        html(.h2, .id("next"), .class("t3"), text: words.goesNext)
        html(.p, .class("quiet"), text: words.goesNextLead)
        html(.dl, .class("sum")) { html in
            for (name, count) in zip(words.spans, [outlook.withinDay, outlook.withinWeek, outlook.withinMonth, outlook.later]) {
                visit.sum(&html, name, say.count(count, "person", "people", id: "orang"))
            }
            visit.sum(&html, words.contacts, say.count(keeping.contacts, "contact", "contacts", id: "kontak"))
            visit.sum(&html, words.retained, words.retained(outlook))
            visit.sum(&html, words.lookedAtAll, outlook.lookedAtAll.map(say.dateAndTime) ?? words.notYet)
        }
    }

    private func held(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        let say = visit.say
        html(.h2, .id("held"), .class("t3"), text: words.held)
        guard !keeping.holds.isEmpty else { return html(.p, .class("quiet"), text: words.nothingHeld) }
        html(.ul, .class("todo"), .role("list")) { html in
            for hold in keeping.holds {
                html(.li) { html in
                    html(.div) { html in
                        html(.b) { html in
                            let name = say("Hold \(hold.number)", id: "Pengamanan bukti \(hold.number)")
                            if isOfficer { html(.a, .href(Route.hold(hold.number).path), text: name) } else { html.text(name) }
                        }
                        html(.p, text: say.things(hold.fields).capitalised)
                        html(.p, .class("quiet"), text: words.heldBy(hold))
                    }
                    html(.span, .class("tag"), text: words.until(hold.review))
                }
            }
        }
    }

    private func kept(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        let say = visit.say, columns = words.keptColumns
        html(.h2, .id("kept"), .class("t3"), text: words.kept)
        html(.p, .class("quiet"), text: words.keptLead)
        guard !keeping.outlook.classes.isEmpty else { return html(.p, .class("quiet"), text: words.nothingKept) }
        visit.table(&html, columns, keeping.outlook.classes) { html, kept in
            html(.th, .role("rowheader"), .scope("row")) { html in
                html.text(kept.fields.isEmpty ? words.formerFields : say.things(kept.fields).capitalised)
                if kept.isFormer { html(.p, .class("hint"), text: words.takenInBefore) }
            }
            html(.td, .role("cell"), .data(.label, columns[1]), text: say.count(kept.records))
            html(.td, .role("cell"), .data(.label, columns[2]), text: say.count(kept.people))
            html(.td, .role("cell"), .data(.label, columns[3])) { html in
                html(.div) { html in
                    if kept.rules.isEmpty { html.text("–") } else { visit.chips(&html, kept.rules, of: kept.version) }
                }
            }
        }
    }
}

extension Visit {
    /// A table that becomes cards on a phone.
    func table<Row>(_ html: inout HTML, _ columns: [String], _ rows: [Row], _ draw: (inout HTML, Row) -> Void) {
        html(.table, .role("table"), .class("tbl cards")) { html in
            html(.thead, .role("rowgroup")) { html in
                html(.tr, .role("row")) { html in for column in columns { html(.th, .role("columnheader"), .scope("col"), text: column) } }
            }
            html(.tbody, .role("rowgroup")) { html in
                for row in rows { html(.tr, .role("row")) { draw(&$0, row) } }
            }
        }
    }

    /// A name and its value, in a list of such.
    func sum(_ html: inout HTML, _ name: String, _ value: String, isCode: Bool = false) {
        html(.div) { html in
            html(.dt, text: name)
            html(.dd, .when(isCode, .class("mono")), text: value)
        }
    }
}
