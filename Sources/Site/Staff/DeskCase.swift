// One case: what the rules let the clerk see is shown with its rule; the rest is hidden, and its value isn't in the page.

import HTML
import Office
import Policy
import Vault

struct DeskCasePage: Page {
    enum Telephone {
        /// With what would be said if it were asked for now: nil is yes.
        case hidden(Refused?)
        case shown(Disclosed<CaseTelephone>)
        case refused(Refused)
    }
    let summary: CaseSummary
    /// nil: not read, or refused.
    let customer: Disclosed<CaseCustomer>?
    /// Why the customer's name and message are hidden.
    let refusal: Refused?
    /// Why they would be, if they were asked for: who may not read the case may not close it.
    let unread: Refused?
    let telephone: Telephone

    var hasForm: Bool { true }

    /// Why it isn't shown, or wouldn't be.
    private var objection: Refused? {
        switch telephone {
        case .hidden(let refused): refused
        case .refused(let refused): refused
        case .shown: nil
        }
    }

    init(_ staffCase: StaffCase, _ telephone: Telephone) {
        (summary, customer, refusal) = (staffCase.summary, staffCase.customer, staffCase.refusal)
        (unread, self.telephone) = (staffCase.refusal, telephone)
    }

    /// After a refusal: nothing more of the person is asked for.
    init(_ summary: CaseSummary, refusing refused: Refused, unread: Refused?) {
        (self.summary, customer, refusal, self.unread, telephone) = (summary, nil, nil, unread, .refused(refused))
    }

    func title(_ visit: Visit) -> String { visit.say("Case \(summary.number)", id: "Perkara \(summary.number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = DeskTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.desk.path), text: words.back)
            if case .refused(let refused) = telephone { notice(&html, refused, visit, words) }
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    visit.state(&html, summary)
                }
                html(.p, .class("quiet"), text: visit.dates(of: summary))
            }
            html(.div, .class("split")) { html in
                html(.div, .class("flow")) { html in
                    html(.section, .class("card"), .labelledby("customer")) { person(&$0, visit, words) }
                    html(.section, .class("card flow"), .labelledby("message")) { html in
                        html(.h2, .id("message"), .class("t3"), text: words.wrote)
                        if let customer {
                            html(.p, .class("typed")) { $0(.bdi, text: customer.value.text) }
                        } else {
                            html(.p, .class("sealed")) { $0(.span, text: words.hidden) }
                        }
                    }
                }
                html(.div, .class("flow")) { actions(&$0, visit, words) }
            }
        }
    }

    private func person(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        html(.h2, .id("customer"), .class("t3 bar"), text: words.customer)
        html(.dl, .class("sum")) { html in
            html(.div) { html in
                html(.dt, text: words.name)
                if let customer {
                    html(.dd) { $0(.bdi, text: customer.value.name) }
                    html(.dd) { standing(&$0, visit, "full name") }
                } else {
                    html(.dd, .class("sealed")) { $0(.span, text: words.hidden) }
                    html(.dd) { html in
                        if let refusal {
                            visit.refusalChips(&html, refusal)
                            visit.whyNot(&html, refusal)
                        } else {
                            html(.span, .class("hint"), text: words.notAsked)
                        }
                    }
                }
            }
            html(.div) { html in
                html(.dt, text: words.telephone)
                number(&html, visit, words)
            }
            html(.div) { html in
                html(.dt, text: words.email)
                html(.dd, .class("sealed")) { $0(.span, text: words.hidden) }
                html(.dd) { standing(&$0, visit, "email address") }
            }
        }
    }

    private func number(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        switch telephone {
        case .shown(let disclosed):
            html(.dd, .tabindex(-1), .autofocus) { html in
                if disclosed.value.number.isEmpty {
                    html.text(words.noNumber)
                } else {
                    html(.a, .href("tel:" + disclosed.value.number.filter { !$0.isWhitespace })) { $0(.bdi, text: disclosed.value.number) }
                }
                html(.br)
                html(.span, .class("hint"), text: words.shown)
            }
            html(.dd) { standing(&$0, visit, "telephone number") }
        case .hidden, .refused:
            html(.dd, .class("sealed")) { $0(.span, text: words.hidden) }
            html(.dd, .class("row")) { html in
                if let objection { html(.span) { visit.refusalChips(&$0, objection) } }
                if isOffered { html(.a, .href("#open"), text: words.giveReason) }
            }
        }
    }

    /// What only lacks a condition may be asked for all the same: the attempt and its cause are the person's to see.
    private var isOffered: Bool {
        switch objection?.why {
        case nil, .needs: true
        case .noRule, .noTerm, .forbidden, .keptByLaw: false
        }
    }

    private func actions(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        if case .shown = telephone {
        } else if isOffered {
            html(.form, .class("card flow"), .id("open"), .post, .action(Route.telephone(summary.number).path), .labelledby("open-t")) {
                opening(&$0, visit, words)
            }
        } else if case .hidden(let objection?) = telephone {
            visit.notOffered(&html, objection)
        }
        // Who may not read the case has no say in it.
        if summary.isOpen, let unread {
            html(.div, .class("card flow"), .labelledby("close-t")) { html in
                html(.h2, .id("close-t"), .class("t3"), text: words.settled)
                html(.p, text: words.unclosable(visit.say.refusal(unread)))
                html(.p) { visit.refusalChips(&$0, unread) }
            }
        } else if summary.isOpen {
            html(.form, .class("card flow"), .post, .action(Route.closure(summary.number).path), .labelledby("close-t")) { html in
                visit.token(&html)
                html(.h2, .id("close-t"), .class("t3"), text: words.settled)
                html(.p, text: words.closing)
                html(.button, .class("btn plain wide"), text: words.close)
            }
        }
    }

    private func opening(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        let say = visit.say, role = visit.session?.staff?.role ?? "", number = summary.number
        visit.token(&html)
        html(.h2, .id("open-t"), .class("t3"), text: words.open)
        html(.p) { html in
            html.text(words.reason + " ")
            standing(&html, visit, "telephone number")
        }
        let conditions = visit.house.rules.reading("telephone number", by: role)?.conditions ?? []
        html(.ul, .class("checks"), .role("list")) { html in
            for condition in conditions {
                let isLacking = if case .needs(let lacking) = objection?.why { lacking.contains(condition) } else { false }
                html(.li, .class(isLacking ? "line bad" : "line ok")) { html in
                    Drawings.icon(&html, isLacking ? .nope : .yes)
                    html(.p, text: words.evidence(say.literal(condition).capitalised, holds: !isLacking))
                }
            }
        }
        html(.div, .class("note flow tight")) { html in
            html(.p, .class("hint"), text: words.willSee)
            html(.p, text: words.sentence(say.actor(visit.session?.staff?.shown ?? ""), number, refused: objection.map { say.cause($0) }))
        }
        html(.button, .class("btn wide"), text: words.show)
        if let objection { html(.p, .class("hint"), text: words.willRefuse(say.cause(objection))) }
    }

    private func notice(_ html: inout HTML, _ refused: Refused, _ visit: Visit, _ words: DeskTexts) {
        visit.note(&html, .bad, isFocused: true) { html in
            html(.p) { html in
                html(.b, text: visit.say.refusal(refused) + ". ")
                html.text(visit.say("Refused: ", id: "Ditolak: ") + visit.say.cause(refused) + ".")
            }
            html(.p) { visit.refusalChips(&$0, refused) }
            visit.whyNot(&html, refused)
            if refused.entry != nil { html(.p, .class("hint"), text: words.recorded) }
        }
    }

    /// The rule by which customer service may read it, if its conditions hold.
    private func standing(_ html: inout HTML, _ visit: Visit, _ field: String) {
        if let rule = visit.house.rules.reading(field, by: visit.session?.staff?.role ?? "") {
            visit.chip(&html, rule.address)
        } else {
            visit.chipOfNoRule(&html)
        }
    }
}

extension StaffMember {
    /// As the persons concerned see it.
    var shown: String { "\(role) \(number)" }
}
