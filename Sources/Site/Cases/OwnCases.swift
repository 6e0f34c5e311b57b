// A customer's questions: what became of each, a word more to one that is open, and opening one again.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func ownCases(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(OwnCasesPage(cases: try office.cases(of: session), complaints: try office.complaints(of: session)))
        }
    }

    func ownCase(_ number: Int64, _ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(OwnCasePage(own: try office.ownCase(number, of: session), news: news))
        }
    }

    func added(_ number: Int64, _ session: Session) -> Reply {
        let text = request.form["text"] ?? ""
        guard request.form["answering"] != Answering.email.rawValue else {
            return later { () async throws(NotDone) -> Response in
                try await office.chooseEmail(inCase: number, by: session)
                return .see(Route.ownCase(number).path + "?now=emailed")
            }
        }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.addToCase(number, text: text, by: session)
                return .see(Route.ownCase(number).path + "?now=added")
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(OwnCasePage(own: try office.ownCase(number, of: session), news: nil, text: text, faults: faults), status: 422)
            }
        }
    }

    func unwanted(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            guard let wish = Wish(rawValue: request.form["wish"] ?? "") else { throw .notFound }
            try await office.takeBack(wish, in: number, by: session)
            return .see(Route.ownCase(number).path + "?now=unwanted")
        }
    }

    func objectedToCase(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            guard let opened = try await office.objectToCase(number, by: session) else { return see(.ownCase(number)) }
            return .see(Route.ownCase(opened).path + "?now=objected")
        }
    }

    func reopened(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.reopenCase(number, by: session)
            return .see(Route.ownCase(number).path + "?now=reopened")
        }
    }

    func settled(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.settleCase(number, by: session)
            return .see(Route.ownCase(number).path + "?now=settled")
        }
    }

    /// `Open`, `Rests` or `Closed`, the same word for customer and staff.
    func state(_ html: inout HTML, _ summary: CaseSummary) {
        if summary.isOpen, summary.isResting {
            html(.span, .class("tag"), text: say("Rests", id: "Diam"))
        } else if summary.state == .waiting {
            html(.span, .class("tag wait"), text: say("Waiting for you", id: "Menunggu Anda"))
        } else if summary.isOpen {
            html(.span, .class("tag wait"), text: say("Open", id: "Terbuka"))
        } else {
            html(.span, .class("tag"), text: say("Closed", id: "Ditutup"))
        }
    }

    /// When it was opened and closed, in one line.
    func dates(of summary: CaseSummary) -> String {
        let opened = say("Asked \(say.dateAndTime(summary.opened))", id: "Ditanyakan \(say.dateAndTime(summary.opened))")
        guard let closed = summary.closed else { return opened }
        return opened + say(", closed \(say.dateAndTime(closed))", id: ", ditutup \(say.dateAndTime(closed))")
    }
}

struct OwnCasesPage: Page {
    let cases: [CaseSummary]
    var complaints: [NameQuestion] = []

    func title(_ visit: Visit) -> String { visit.say("Your questions", id: "Pertanyaan Anda") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, ask = OwnCaseTexts(say: say).ask
        let refusal = visit.house.offers.refusal(of: .call)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head row apart")) { html in
                html(.h1, text: title(visit))
                if !cases.isEmpty, refusal == nil { html(.a, .class("btn"), .href(Route.newCase.path), text: ask) }
            }
            if let refusal { visit.notOffered(&html, refusal) }
            if cases.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: say("You have asked nothing yet", id: "Anda belum bertanya apa pun"))
                    if refusal != nil { return }
                    html(.p, text: OwnCaseTexts(say: say).writeToUs(visit.house.offers, seesUses: visit.seesUses))
                    html(.p) { $0(.a, .class("btn"), .href(Route.newCase.path), text: ask) }
                }
            } else {
                html(.ul, .class("todo"), .role("list")) { html in
                    for summary in cases {
                        html(.li) { html in
                            html(.div) { html in
                                html(.b) {
                                    $0(
                                        .a, .href(Route.ownCase(summary.number).path),
                                        text: say("Case \(summary.number)", id: "Pertanyaan \(summary.number)"))
                                }
                                html(.p, .class("quiet"), text: visit.dates(of: summary))
                            }
                            visit.state(&html, summary)
                        }
                    }
                }
            }
            if !complaints.isEmpty { complained(&html, visit) }
        }
    }

    /// Each leads to the receipt where it was made, and where its answer stands.
    private func complained(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = NameQuestionTexts(say: say)
        html(.section, .class("flow part"), .labelledby("complaints")) { html in
            html(.h2, .id("complaints"), text: say("Your complaints", id: "Keluhan Anda"))
            html(.ul, .class("todo"), .role("list")) { html in
                for complaint in complaints {
                    html(.li) { html in
                        html(.div) { html in
                            html(.b) { html in
                                html(.a, .href(Route.use(complaint.sequence).path + "#who-t")) { html in
                                    html.text(
                                        say(
                                            "Complaint \(complaint.number), of \(say.actor(complaint.who))",
                                            id: "Keluhan \(complaint.number), tentang \(say.actor(complaint.who))"))
                                }
                            }
                            html(.p, .class("quiet"), text: words.dates(complaint))
                        }
                        html(
                            .span, .class(complaint.settled == nil ? "tag wait" : "tag ok"),
                            text: complaint.settled == nil ? say("Open", id: "Terbuka") : words.settledTag)
                    }
                }
            }
        }
    }
}
