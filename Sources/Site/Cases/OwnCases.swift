// A customer's questions: ask us to call, see what became of it, open it again.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func ownCases(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in show(OwnCasesPage(cases: try office.cases(of: session))) }
    }

    /// With the number that is stored already, which can be changed.
    func newCase(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            let known = try office.holdings(of: session).first { $0.field == "telephone number" }?.value
            return show(NewCasePage(telephone: known ?? ""))
        }
    }

    func asked(_ session: Session) -> Reply {
        let text = request.form["text"] ?? "", telephone = request.form["telephone"] ?? ""
        guard house.offers.refusal(of: .call) == nil else { return now(show(NewCasePage(text: text, telephone: telephone), status: 403)) }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let opened = try await office.askForCall(session, text: text, telephone: telephone)
                return .see(Route.ownCase(opened.number).path + "?now=asked")
            } catch {
                switch error {
                case .form(let faults): return show(NewCasePage(text: text, telephone: telephone, faults: faults), status: 422)
                case .tooMany(let seconds): return later(NewCasePage(text: text, telephone: telephone), after: seconds)
                default: throw error
                }
            }
        }
    }

    func ownCase(_ number: Int64, _ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(OwnCasePage(own: try office.ownCase(number, of: session), news: request.query["now"]))
        }
    }

    func reopened(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.reopenCase(number, by: session)
            return .see(Route.ownCase(number).path + "?now=reopened")
        }
    }

    /// `Open` or `Closed`, the same word for customer and staff.
    func state(_ html: inout HTML, _ summary: CaseSummary) {
        if summary.isOpen {
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

    func title(_ visit: Visit) -> String { visit.say("Your questions", id: "Pertanyaan Anda") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, ask = say("Ask us to call", id: "Minta kami menelepon")
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
                    html(
                        .p,
                        text: visit.house.offers.refusal(of: .answer) == nil
                            ? say(
                                """
                                Write what it is about, and somebody from customer service calls you. Each look at your number is in \
                                your list of uses.
                                """,
                                id: """
                                    Tuliskan perkaranya, dan seseorang dari layanan pelanggan menelepon Anda. Setiap kali nomor \
                                    Anda dilihat, tercatat dalam daftar pemakaian Anda.
                                    """)
                            : say("Write what it is about.", id: "Tuliskan perkaranya."))
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
                                        text: say("Case \(summary.number)", id: "Perkara \(summary.number)"))
                                }
                                html(.p, .class("quiet"), text: visit.dates(of: summary))
                            }
                            visit.state(&html, summary)
                        }
                    }
                }
            }
        }
    }
}

struct NewCasePage: Waitable {
    var text = "", telephone = ""
    var faults: [FormFault] = []
    var wait: Int? = nil
    var isReturned = false
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Ask us to call", id: "Minta kami menelepon")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.cases.path), text: say("Back to your questions", id: "Kembali ke pertanyaan Anda"))
            visit.errors(&html, faults.sentences(say))
            visit.waiting(
                &html, wait,
                because: say(
                    "As many of your questions are open as we take at once. ",
                    id: "Pertanyaan Anda yang terbuka sudah sebanyak yang kami terima sekaligus. "))
            visit.returned(&html, isReturned)
            html(.h1, text: say("Ask us to call", id: "Minta kami menelepon"))
            let refusal = visit.house.offers.refusal(of: .call)
            // Nobody waits for a call that can't come without knowing it.
            if refusal == nil, let unanswered = visit.house.offers.refusal(of: .answer) { visit.notOffered(&html, unanswered) }
            visit.offer(&html, refusal) { form(&$0, visit) }
            if refusal != nil { visit.typed(&html, words(say)) }
        }
    }

    private func words(_ say: Language) -> [(label: String, value: String)] {
        [
            (say("What is it about?", id: "Perihal apa?"), text),
            (say("Where should we call?", id: "Ke nomor mana kami menelepon?"), telephone),
        ]
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        func rule(_ field: String) -> String? { visit.house.rules.taking(field, from: "help form") }
        html(.form, .class("flow form"), .post, .action(Route.newCase.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "text", label: say("What is it about?", id: "Perihal apa?"), kind: .long,
                    hint: visit.house.offers.refusal(of: .answer) == nil
                        ? say(
                            "Customer service reads it while the matter is open.",
                            id: "Layanan pelanggan membacanya selama perkaranya terbuka.") : nil,
                    rule: rule("case message"), value: text, error: faults.sentence(for: "text", say)))
            visit.field(
                &html,
                FormField(
                    id: "telephone", label: say("Where should we call?", id: "Ke nomor mana kami menelepon?"), kind: .telephone,
                    hint: say(
                        "Each look at it is in your list of uses.", id: "Setiap kali dilihat, tercatat dalam daftar pemakaian Anda."),
                    rule: rule("telephone number"), autocomplete: "tel", value: telephone, error: faults.sentence(for: "telephone", say)
                ))
            html(.p) { $0(.button, .class("btn wide"), text: say("Ask for the call", id: "Minta ditelepon")) }
        }
    }
}

struct OwnCasePage: Page {
    let own: OwnCase
    let news: String?
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Case \(own.summary.number)", id: "Perkara \(own.summary.number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, summary = own.summary
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.cases.path), text: say("Back to your questions", id: "Kembali ke pertanyaan Anda"))
            let unanswered = visit.house.offers.refusal(of: .answer)
            if let words = words(of: news, isAnswered: unanswered == nil, say) {
                visit.note(&html, isFocused: true) { $0(.p, text: words) }
            }
            if summary.isOpen, let unanswered { visit.notOffered(&html, unanswered) }
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    visit.state(&html, summary)
                }
                html(.p, .class("quiet"), text: visit.dates(of: summary))
            }
            html(.h2, text: say("What you wrote", id: "Yang Anda tulis"))
            if let refusal = own.refusal {
                visit.notOffered(&html, refusal)
            } else {
                html(.p, .class("typed")) { $0(.bdi, text: own.text) }
            }
            html(.p) { html in
                html.text(
                    say(
                        "Who may look up your telephone number for this, and when: ",
                        id: "Siapa boleh melihat nomor telepon Anda untuk ini, dan kapan: "))
                if let rule = visit.house.rules.reading("telephone number", by: "customer service") {
                    visit.chip(&html, rule.address)
                } else {
                    visit.chipOfNoRule(&html)
                }
            }
            if !summary.isOpen {
                html(
                    .p,
                    text: say(
                        "This is closed. If it isn’t settled, open it again.",
                        id: "Perkara ini sudah ditutup. Bila belum selesai, buka lagi."))
                html(.form, .post, .action(Route.reopening(summary.number).path)) { html in
                    visit.token(&html)
                    html(.button, .class("btn plain"), text: say("Open the case again", id: "Buka lagi perkaranya"))
                }
            }
            html(.p) {
                $0(.a, .href("\(Route.privacy.path)#uses"), text: say("See who used your data", id: "Lihat siapa memakai data Anda"))
            }
        }
    }

    private func words(of news: String?, isAnswered: Bool, _ say: Language) -> String? {
        switch news {
        case "asked" where !isAnswered: say("We have your question.", id: "Pertanyaan Anda kami terima.")
        case "asked":
            say(
                "We have your question. Somebody from customer service will call you.",
                id: "Pertanyaan Anda kami terima. Seseorang dari layanan pelanggan akan menelepon Anda.")
        case "reopened": say("The case is open again.", id: "Perkara ini terbuka lagi.")
        default: nil
        }
    }
}
