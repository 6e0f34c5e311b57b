// Who it was: what the privacy officer is asked by whoever complains of a use, and what they learn.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// The person asks, on the receipt of a use.
    func askedWhoItWas(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.askWhoItWas(number, for: session)
            return .see(Route.use(number).path + "#who-t")
        }
    }

    func nameQuestions(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in show(NameQuestionsPage(questions: try office.nameQuestions(for: member))) }
    }

    /// The name stands in the answer to the press alone.
    func learnedWhoItWas(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            let name = try await office.learnWhoItWas(number, for: member)
            return show(NameQuestionsPage(questions: try office.nameQuestions(for: member), learned: (number, name)))
        }
    }

    func settledNameQuestion(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.settleNameQuestion(number, by: member)
            return see(.nameQuestions)
        }
    }
}

struct NameQuestionsPage: Page {
    let questions: [NameQuestion]
    var learned: (number: Int64, name: LearnedName)? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { NameQuestionTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = NameQuestionTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.today.path), text: words.back)
            html(.div, .class("head")) { html in
                html(.h1, text: words.title)
                html(.p, .class("quiet"), text: words.lead)
            }
            if questions.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: words.none)
                    html(.p, text: words.noneLead)
                }
            } else {
                html(.div, .class("card")) { html in
                    html(.ul, .class("todo"), .role("list")) { html in
                        for question in questions { html(.li) { row(&$0, question, visit, words) } }
                    }
                }
            }
        }
    }

    private func row(_ html: inout HTML, _ question: NameQuestion, _ visit: Visit, _ words: NameQuestionTexts) {
        let say = visit.say, who = say.actor(question.who)
        html(.div, .class("flow")) { html in
            html(.h2, .class("t3"), text: words.complaint(question.number, who))
            html(.p, .class("quiet"), text: words.dates(question))
            if let learned, learned.number == question.number {
                visit.note(&html, isFocused: true) { html in
                    switch learned.name {
                    case .name(let name):
                        html(.p) { html in
                            html.text(who.capitalised + ": ")
                            html(.b) { $0(.bdi, text: name) }
                        }
                        html(.p, .class("hint"), text: words.told)
                    case .gone: html(.p, text: words.gone)
                    }
                }
            }
            html(.p) {
                $0(.a, .href(WorkPlace(role: question.role, number: question.staff).route.path), text: words.work(who))
            }
            html(.div, .class("row")) { html in
                if learned?.number != question.number { press(&html, .nameAnswer(question.number), words.learn, question, visit) }
                press(&html, .nameQuestionEnd(question.number), words.settle, question, visit)
            }
        }
    }

    private func press(_ html: inout HTML, _ route: Route, _ text: String, _ question: NameQuestion, _ visit: Visit) {
        html(.form, .post, .action(route.path)) { html in
            visit.token(&html)
            html(.button, .class("btn plain")) { html in
                html.text(text)
                html(.span, .class("hide"), text: visit.say(", complaint \(question.number)", id: ", keluhan \(question.number)"))
            }
        }
    }
}

/// On the receipt of a use by the staff: how one learns no more than the number, and what can be done about it.
struct WhoItWas {
    let sequence: Int64, use: RecordedUse
    let question: NameQuestion?

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = NameQuestionTexts(say: visit.say), who = visit.say.actor(use.actor)
        html(.section, .class("flow part"), .labelledby("who-t")) { html in
            html(.h2, .id("who-t"), text: words.who(who))
            if let question { return html(.p, text: words.standing(question)) }
            html(.p, text: words.whoLead(who))
            html(.form, .post, .action(Route.whoItWas(sequence).path)) { html in
                visit.token(&html)
                html(.button, .class("btn plain"), text: words.ask)
            }
        }
    }
}

struct NameQuestionTexts {
    let say: Language

    var title: String { say("Who it was", id: "Siapa orangnya") }
    var lead: String {
        say(
            "People know the staff by number. Whoever complains of a use asks here who it was; you learn it, and nobody else.",
            id:
                "Orang mengenal staf dari nomornya. Yang mengeluhkan suatu pemakaian bertanya di sini siapa orangnya; hanya Anda yang mengetahuinya."
        )
    }
    var back: String { say("Back to today", id: "Kembali ke hari ini") }
    var none: String { say("Nobody asks", id: "Tidak ada yang bertanya") }
    var noneLead: String {
        say(
            "A complaint stands here until you have settled it.", id: "Keluhan tertulis di sini sampai Anda menyelesaikannya.")
    }
    func complaint(_ number: Int64, _ who: String) -> String {
        say("Complaint \(number): who is \(who)?", id: "Keluhan \(number): siapa \(who)?")
    }
    var complaintLead: String {
        say("Somebody complains of a use of their data.", id: "Seseorang mengeluhkan pemakaian datanya.")
    }
    func dates(_ question: NameQuestion) -> String {
        let asked = say("Asked \(say.dateAndTime(question.asked))", id: "Ditanyakan \(say.dateAndTime(question.asked))")
        guard let learned = question.learned else { return asked }
        return asked + say(", learned \(say.dateAndTime(learned))", id: ", diketahui \(say.dateAndTime(learned))")
    }
    var learn: String { say("Learn who it was", id: "Lihat siapa orangnya") }
    var settle: String { say("It is settled", id: "Sudah selesai") }
    var told: String {
        say("Whose name it is reads at once that you looked.", id: "Yang empunya nama langsung membaca bahwa Anda melihatnya.")
    }
    var gone: String {
        say(
            "They don’t work here any more, and their name is forgotten. What they did stays on show by number.",
            id: "Ia tidak bekerja di sini lagi, dan namanya sudah dilupakan. Yang dilakukannya tetap terlihat dengan nomornya.")
    }
    func work(_ who: String) -> String { say("What \(who) did", id: "Yang dilakukan \(who)") }

    func who(_ who: String) -> String { say("Who is \(who)?", id: "Siapa \(who)?") }
    func whoLead(_ who: String) -> String {
        say(
            """
            You know them by number. If you have a complaint of this, the privacy officer learns who it was and looks into it; \(who) reads \
            that they did.
            """,
            id: """
                Anda mengenalnya dari nomornya. Bila Anda mengeluhkan ini, petugas pelindungan data mengetahui siapa orangnya dan \
                memeriksanya; \(who) membaca bahwa itu dilakukan.
                """)
    }
    var ask: String { say("Complain, and ask who it was", id: "Ajukan keluhan, dan tanyakan siapa orangnya") }
    func standing(_ question: NameQuestion) -> String {
        var text = say(
            "You complained of this on \(say.dateAndTime(question.asked)), as complaint \(question.number).",
            id: "Anda mengeluhkan ini pada \(say.dateAndTime(question.asked)), sebagai keluhan \(question.number).")
        text +=
            question.learned.map {
                say(
                    " The privacy officer learned on \(say.dateAndTime($0)) who it was.",
                    id: " Petugas pelindungan data mengetahui siapa orangnya pada \(say.dateAndTime($0)).")
            } ?? say(" The privacy officer hasn’t looked yet.", id: " Petugas pelindungan data belum melihatnya.")
        if let settled = question.settled {
            text += say(" It was settled on \(say.dateAndTime(settled)).", id: " Diselesaikan pada \(say.dateAndTime(settled)).")
        }
        return text
    }
}
