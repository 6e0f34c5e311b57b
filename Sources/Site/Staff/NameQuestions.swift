// Complaints of uses, as the privacy officer works on them: what they are asked, what they see, learn and answer.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func nameQuestions(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in
            show(ComplaintsPage(questions: try office.nameQuestions(for: member), isSettled: news == "settled"))
        }
    }

    /// Looking is recorded, and told to whoever complained.
    func complaint(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            show(ComplaintPage(complaint: try await office.complaintOfUse(number, for: member)))
        }
    }

    /// The name stands in the answer to the press alone.
    func learnedWhoItWas(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            let name = try await office.learnWhoItWas(number, for: member)
            return show(ComplaintPage(complaint: try await office.complaintOfUse(number, for: member), learned: name))
        }
    }

    func settledNameQuestion(_ number: Int64, _ member: StaffMember) -> Reply {
        let text = request.form["text"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) { try await office.settle(number, answering: text, by: member) } catch {
                // Another officer was faster: what was typed isn't lost, and isn't sent.
                if case .notFound = error, let settled = try office.nameQuestions(for: member).first(where: { $0.number == number }),
                    settled.settled != nil
                {
                    let complaint = try await office.complaintOfUse(number, for: member)
                    return show(ComplaintPage(complaint: complaint, text: text, isLate: true), status: 410)
                }
                let complaint = try await office.complaintOfUse(number, for: member)
                switch error {
                case .form(let faults): return show(ComplaintPage(complaint: complaint, text: text, faults: faults), status: 422)
                case .refused(.policy(let refused)):
                    return show(ComplaintPage(complaint: complaint, text: text, refused: refused), status: 403)
                default: throw error
                }
            }
            return .see(Route.nameQuestions.path + "?now=settled")
        }
    }
}

struct ComplaintsPage: Page {
    let questions: [NameQuestion]
    var isSettled = false

    func title(_ visit: Visit) -> String { NameQuestionTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = NameQuestionTexts(say: visit.say), open = questions.filter { $0.settled == nil }
        html(.div, .class("wrap")) { html in
            if isSettled { visit.note(&html, isFocused: true) { $0(.p, text: words.nowSettled) } }
            html(.div, .class("head")) { html in
                html(.h1, text: words.title)
                html(.p, .class("quiet"), text: words.lead)
            }
            if open.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: words.none)
                    html(.p, text: words.noneLead)
                }
            } else {
                list(&html, open, visit, words)
            }
            if open.count < questions.count {
                html(.section, .class("flow part"), .labelledby("settled")) { html in
                    html(.h2, .id("settled"), .class("t3"), text: words.settledOnes)
                    list(&html, questions.filter { $0.settled != nil }, visit, words)
                }
            }
        }
    }

    private func list(_ html: inout HTML, _ questions: [NameQuestion], _ visit: Visit, _ words: NameQuestionTexts) {
        html(.div, .class("card")) { html in
            html(.ul, .class("todo"), .role("list")) { html in
                for question in questions {
                    html(.li) { html in
                        html(.div) { html in
                            html(.b) {
                                $0(
                                    .a, .href(Route.complaint(question.number).path),
                                    text: words.complaint(question, visit.say.actor(question.who)))
                            }
                            html(.p, .class("quiet"), text: words.dates(question))
                        }
                        html(
                            .span, .class(question.settled == nil ? "tag wait" : "tag ok"),
                            text: question.settled == nil ? ConsoleTexts(say: visit.say).waits : words.settledTag)
                    }
                }
            }
        }
    }
}

struct ComplaintPage: Page {
    let complaint: ComplaintOfUse
    var learned: LearnedName? = nil
    var text = "", faults: [FormFault] = []
    var refused: Refused? = nil
    /// It was settled by another while this one wrote `text`.
    var isLate = false
    var hasForm: Bool { true }
    private var question: NameQuestion { complaint.question }

    func title(_ visit: Visit) -> String { visit.say("Complaint \(question.number)", id: "Keluhan \(question.number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = NameQuestionTexts(say: say), who = say.actor(question.who)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.nameQuestions.path), text: words.title)
            visit.errors(&html, faults.sentences(say))
            if let refused { visit.notOffered(&html, refused) }
            if isLate {
                visit.note(&html, .wait, isFocused: true) { html in
                    html(.p, text: words.settledMeanwhile)
                    if !text.isEmpty { html(.p, .class("typed")) { $0(.bdi, text: text) } }
                }
            }
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: words.dates(question))
            }
            html(.section, .class("card flow"), .labelledby("use")) { html in
                html(.h2, .id("use"), .class("t3"), text: words.ofWhat)
                use(&html, visit, words)
                html(.p) {
                    $0(.a, .href(WorkPlace(role: question.role, number: question.staff).route.path), text: words.work(who))
                }
            }
            html(.section, .class("card flow"), .labelledby("wrong")) { html in
                html(.h2, .id("wrong"), .class("t3"), text: words.wrong)
                if let unread = complaint.unread {
                    visit.notOffered(&html, unread)
                } else if complaint.areWordsDamaged {
                    visit.unopened(&html, words.unreadableWords)
                } else if let said = complaint.words {
                    html(.p, .class("typed")) { $0(.bdi, text: said) }
                } else {
                    html(.p, .class("quiet"), text: words.unsaid(question))
                }
            }
            if question.settled == nil {
                name(&html, visit, words, who)
                answer(&html, visit, words)
            }
        }
    }

    private func use(_ html: inout HTML, _ visit: Visit, _ words: NameQuestionTexts) {
        let say = visit.say, work = WorkTexts(say: say)
        guard let use = complaint.use else {
            if let unseen = complaint.unseen { return visit.notOffered(&html, unseen) }
            if complaint.isUseDamaged { return visit.unopened(&html, words.unreadableUse) }
            return html(.p, .class("quiet"), text: words.goneUse)
        }
        func fact(_ html: inout HTML, _ name: String, _ value: (inout HTML) -> Void) {
            html(.div) { html in
                html(.dt, text: name)
                html(.dd, content: value)
            }
        }
        let receipt = ReceiptTexts(say: say), columns = work.columns
        html(.dl, .class("sum")) { html in
            fact(&html, receipt.who) { $0.text(say.actor(use.actor).capitalised) }
            fact(&html, columns[0]) { $0(.time, .datetime(WallTime(use.at).machine), text: say.dateAndTime(use.at)) }
            fact(&html, columns[1]) { $0.text(work.deed(use)) }
            if let purpose = use.purpose { fact(&html, columns[2]) { $0.text(say.purposeForStaff(purpose).capitalised) } }
            fact(&html, receipt.matter) { $0.text(work.matter(use)) }
            if use.wasRefused { fact(&html, receipt.cause) { $0.text(say.cause(ofOutcome: use.outcome).capitalised) } }
            if !use.rules.isEmpty {
                fact(&html, receipt.rule) {
                    visit.chips(&$0, use.rules, refuse: use.wasRefused, withAddress: true, of: use.formerVersion ?? use.version)
                }
            }
        }
    }

    private func name(_ html: inout HTML, _ visit: Visit, _ words: NameQuestionTexts, _ who: String) {
        html(.section, .class("card flow"), .labelledby("name")) { html in
            html(.h2, .id("name"), .class("t3"), text: words.who(who))
            switch learned {
            case .name(let name):
                visit.note(&html, isFocused: true) { html in
                    html(.p) { html in
                        html.text(who.capitalised + ": ")
                        html(.b) { $0(.bdi, text: name) }
                    }
                    html(.p, .class("hint"), text: words.told)
                }
            case .unreadable: visit.unopened(&html, words.unreadableName)
            case .gone: visit.note(&html, isFocused: true) { $0(.p, text: words.gone) }
            case nil:
                html(.form, .class("flow tight"), .post, .action(Route.nameAnswer(question.number).path)) { html in
                    visit.token(&html)
                    html(.p, .class("hint"), text: words.told)
                    html(.p) { $0(.button, .class("btn plain"), text: words.learn) }
                }
            }
        }
    }

    private func answer(_ html: inout HTML, _ visit: Visit, _ words: NameQuestionTexts) {
        html(.form, .class("card flow form"), .post, .action(Route.nameQuestionEnd(question.number).path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "text", label: words.answer, kind: .long, hint: words.answerHint(isTold: complaint.untold == nil),
                    rule: visit.house.rules.settling, value: text,
                    error: faults.sentence(for: "text", visit.say)))
            if let untold = complaint.untold { visit.notOffered(&html, untold) }
            html(.p) { $0(.button, .class("btn"), text: words.settle) }
        }
    }
}
