// The house: what works, jobs that failed and what to do, mail that came back, log and checkpoints, settings as they stand.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func houseState(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in show(HouseStatePage(state: try office.houseState(for: member))) }
    }
}

struct HouseStatePage: Page {
    let state: HouseState
    private var bounced: [FailedWork] { state.failed.filter { $0.kind == .mail || $0.kind == .text } }
    private var jobs: [FailedWork] { state.failed.filter { $0.kind != .mail && $0.kind != .text } }

    func title(_ visit: Visit) -> String { ConsoleTexts(say: visit.say).house }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ConsoleTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: words.houseLead)
            }
            if let doubt = state.doubt { visit.note(&html, .bad) { $0(.p, text: words.doubt(doubt)) } }
            html(.div, .class("flow")) { html in
                html(.section, .class("card flow"), .labelledby("works")) { works(&$0, visit, words) }
                html(.section, .class("card flow"), .labelledby("mail")) { html in
                    html(.h2, .id("mail"), .class("t3"), text: words.bounced)
                    if state.status.refusesEverybody { visit.note(&html, .bad) { $0(.p, text: words.refusesEverybodyLead) } }
                    if state.status.gatewayRefusesEverybody { visit.note(&html, .bad) { $0(.p, text: words.gatewayRefusesEverybodyLead) } }
                    failed(&html, bounced, words.nothingBounced, visit, words)
                }
                html(.section, .class("card flow"), .labelledby("jobs")) { html in
                    html(.h2, .id("jobs"), .class("t3"), text: words.jobs)
                    failed(&html, jobs, words.nothingFailed, visit, words)
                }
                html(.section, .class("card flow"), .labelledby("log")) { log(&$0, visit, words) }
                html(.section, .class("card flow"), .labelledby("settings")) { settings(&$0, visit, words) }
            }
        }
    }

    private func works(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        html(.h2, .id("works"), .class("t3"), text: words.works)
        let status = state.status
        html(.dl, .class("sum")) { html in
            part(&html, words.taking, words.state(status.writing), state.writing, visit, words)
            visit.sum(&html, words.mailing, status.refusesEverybody ? words.refusesEverybody : words.state(status.mail))
            if let messages = status.messages {
                visit.sum(&html, words.texting, status.gatewayRefusesEverybody ? words.gatewayRefusesEverybody : words.state(messages))
            }
            part(&html, words.signing, words.state(status.log), state.signing, visit, words)
            visit.sum(&html, words.doing, words.state(status.work))
            visit.sum(&html, words.forgetting, words.state(status.forgetting))
            visit.sum(&html, words.waiting, words.waiting(state.waiting, late: state.late))
        }
    }

    /// What stands still, with what the house knows of it.
    private func part(
        _ html: inout HTML, _ name: String, _ value: String, _ halt: Halt?, _ visit: Visit, _ words: ConsoleTexts
    ) {
        guard let halt else { return visit.sum(&html, name, value) }
        html(.div) { html in
            html(.dt, text: name)
            html(.dd) { html in
                html.text(value)
                html(.p, .class("hint")) { html in
                    if let sentence = words.sentence(halt) { return html.text(sentence) }
                    html.text(words.machineSays + " ")
                    html(.span, .lang("en"), text: "“\(halt.reason.capitalised)”")
                }
            }
        }
    }

    private func failed(_ html: inout HTML, _ failed: [FailedWork], _ none: String, _ visit: Visit, _ words: ConsoleTexts) {
        let say = visit.say
        guard !failed.isEmpty else { return html(.p, .class("quiet"), text: none) }
        html(.ul, .class("todo"), .role("list")) { html in
            for work in failed {
                html(.li) { html in
                    html(.div, .class("flow tight")) { html in
                        html(.b, text: words.name(work))
                        html(.p, .class("quiet")) { html in
                            html.text(words.tried(work) + " ")
                            if let hindrance = work.hindrance {
                                html.text(words.sentence(hindrance, byMail: work.kind == .mail))
                            } else {
                                html.text(words.unnamed(work) + " " + words.machineSays + " ")
                                html(.span, .lang("en"), text: "“\(work.reason.capitalised)”")
                            }
                        }
                        html(.p, text: words.whatToDo(work))
                        if work.isInvitation {
                            html(.p) { $0(.a, .href(Route.team.path), text: visit.say("Who works here", id: "Siapa bekerja di sini")) }
                        }
                    }
                    html(.span, .class("tag bad"), text: say.dateAndTime(work.at))
                }
            }
        }
    }

    private func log(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        html(.h2, .id("log"), .class("t3"), text: words.log)
        if state.isPublicLogChanged {
            visit.note(&html, .bad) { html in
                html(.p) { html in
                    html.text(words.publicLogChanged + " ")
                    html(.code, text: "voffice admin doctor")
                    html.text(".")
                }
            }
        }
        html(.dl, .class("sum")) { html in
            for (name, note) in [(words.signed, state.signed), (words.published, state.published)] {
                let lines = note.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) } ?? []
                visit.sum(&html, name, lines.count > 2 ? words.checkpoint(lines[1], lines[2]) : words.notYet, isCode: lines.count > 2)
            }
            visit.sum(&html, words.key, visit.office.vault.logKeyText, isCode: true)
        }
        html(.p) { $0(.a, .href(Route.log.path), text: words.aboutLog) }
    }

    private func settings(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        let columns = words.settingColumns
        html(.h2, .id("settings"), .class("t3"), text: words.settings)
        html(.p, .class("quiet"), text: words.settingsLead)
        let all = visit.office.settings.standing, standing = all.filter { $0.value != nil }, leftOut = all.filter { $0.value == nil }
        if !standing.isEmpty {
            visit.table(&html, columns, standing) { html, setting in
                html(.th, .role("rowheader"), .scope("row")) { $0(.code, text: setting.name) }
                html(.td, .role("cell"), .data(.label, columns[1])) { $0(.bdi, text: setting.value ?? "") }
                html(.td, .role("cell"), .data(.label, columns[2])) { $0(.bdi, text: setting.place ?? "–") }
            }
        }
        guard !leftOut.isEmpty else { return }
        html(.p) { html in
            html.text(words.leftOut)
            for setting in leftOut {
                html.text(" ")
                html(.code, text: setting.name)
            }
        }
    }
}
