// Today: what waits for whoever looks, by their role.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func today(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in show(TodayPage(today: try office.today(for: member))) }
    }
}

struct TodayPage: Page {
    let today: Today

    func title(_ visit: Visit) -> String { ConsoleTexts(say: visit.say).today }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ConsoleTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: words.todayLead)
            }
            if today.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: words.nothingWaits)
                    html(.p, text: words.nothingWaitsLead)
                }
            } else {
                html(.div, .class("card")) { html in
                    html(.ul, .class("todo"), .role("list")) { list(&$0, visit, words) }
                }
            }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts) {
        if let cases = today.cases {
            let when = cases.next.map(words.next)
            if cases.overdue > 0 { row(&html, .desk, words.overdue(cases.overdue), when, (words.late, "tag bad")) }
            if cases.mine > 0 { row(&html, .desk, words.mine(cases.mine), cases.overdue > 0 ? nil : when, (words.waits, "tag wait")) }
            if cases.untaken > 0 { row(&html, .desk, words.untaken(cases.untaken), nil, (words.waits, "tag wait")) }
        }
        for complaint in today.complaints {
            let mayLook = visit.house.rules.reading("work log", by: visit.role, to: "keep the record") != nil
            let lead = complaint.isNobodys ? words.nobodysComplaint : words.complaintLead
            row(&html, mayLook ? .everybodysWork : .team, words.complaint(complaint), lead, (words.look, "tag bad"))
        }
        for stranded in today.stranded { row(&html, visit, words, stranded) }
        for question in today.nameQuestions {
            let names = NameQuestionTexts(say: visit.say)
            row(
                &html, .complaint(question.number), names.complaint(question, visit.say.actor(question.who)), names.complaintLead,
                (words.waits, "tag wait"))
        }
        for question in today.nobodysQuestions {
            let names = NameQuestionTexts(say: visit.say)
            row(&html, .team, names.complaint(question, visit.say.actor(question.who)), names.nobodysLead, (words.look, "tag bad"))
        }
        for new in today.newOfficers {
            let isOfficer = visit.session?.staff?.isOfficer ?? false
            let isYou = visit.isYou(new), lead = words.newOfficerLead(new, isYou: isYou)
            row(
                &html, isOfficer ? .proposals : nil, words.newOfficer(new, isYou: isYou), lead,
                isYou ? (words.soon, "tag run") : (words.look, "tag bad"))
        }
        for role in today.missingOfficers {
            row(&html, .team, words.missing(officer: visit.say.name(role)), words.missingOfficerLead, (words.waits, "tag wait"))
        }
        if let officer = today.officer {
            for number in officer.changed {
                row(&html, .proposal(number), words.changedProposal(number), words.changedProposalLead, (words.look, "tag bad"))
            }
            for edition in officer.versions {
                let route = edition.proposal.map { Route.proposal($0) } ?? .proposals
                row(&html, route, words.version(edition.number), words.versionLead, (words.waits, "tag wait"))
            }
            for hold in officer.asked { row(&html, .hold(hold), words.holdAsked(hold), words.holdAskedLead, (words.waits, "tag wait")) }
            for hold in officer.reviews { row(&html, .hold(hold), words.holdReview(hold), words.holdReviewLead, (words.soon, "tag run")) }
        }
        if let house = today.house {
            if house.lacksElse {
                let why = [house.writing, house.signing].lazy.compactMap { $0 }.first.flatMap(words.sentence)
                row(&html, .houseState, words.notFine, why, (words.look, "tag bad"))
            }
            if let doubt = house.doubt { row(&html, .houseState, words.nothingForgotten, words.doubt(doubt), (words.look, "tag bad")) }
            if house.failed > 0 { row(&html, .houseState, words.failed(house.failed), nil, (words.look, "tag bad")) }
        }
    }

    /// Whoever lets others in invites somebody; whoever could answer them takes them over.
    private func row(_ html: inout HTML, _ visit: Visit, _ words: ConsoleTexts, _ stranded: Stranded) {
        let work = words.work(stranded), takes = today.cases != nil && today.house == nil
        let mayLearn = visit.house.rules.reading("staff name", by: visit.role, to: "keep the record") != nil
        let settles = mayLearn && !today.nameQuestions.isEmpty
        let route =
            takes ? stranded.numbers.first.map { Route.deskCase($0) } : today.house != nil ? .team : settles ? .nameQuestions : nil
        let lead = takes ? words.strandedTaken : words.strandedLead(stranded)
        row(&html, route, words.stranded(stranded, work), lead, (words.look, "tag bad"))
    }

    private func row(_ html: inout HTML, _ route: Route?, _ name: String, _ more: String?, _ tag: (text: String, tone: StaticString)) {
        html(.li) { html in
            html(.div) { html in
                html(.b) { html in if let route { html(.a, .href(route.path), text: name) } else { html.text(name) } }
                if let more { html(.p, .class("quiet"), text: more) }
            }
            html(.span, .class(tag.tone), text: tag.text)
        }
    }
}

extension Visit {
    /// Who looks is the new officer themselves.
    func isYou(_ new: NewOfficer) -> Bool { session?.staff?.role == new.role && session?.staff?.number == new.number }
}
