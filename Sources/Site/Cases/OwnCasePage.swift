// One question of a customer: what they wrote, what became of it, and what they can still do with it.

import HTML
import HTTP
import Office
import Policy
import Vault

struct OwnCasePage: Page {
    let own: OwnCase
    let news: String?
    var text = ""
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Case \(own.summary.number)", id: "Pertanyaan \(own.summary.number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, summary = own.summary
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.cases.path), text: say("Back to your questions", id: "Kembali ke pertanyaan Anda"))
            visit.errors(&html, faults.sentences(say))
            let unanswered = visit.house.offers.refusal(of: summary.answering == .email ? .mailAnswer : .answer)
            if let words = OwnCaseTexts(say: say).news(news, of: summary, isAnswered: unanswered == nil) {
                visit.note(&html, isFocused: true) { $0(.p, text: words) }
            }
            visit.damage(&html, own.closed)
            if summary.isOpen, let unanswered { visit.notOffered(&html, unanswered) }
            if isUncallable, unanswered == nil { uncallable(&html, visit) }
            if summary.isResting {
                visit.note(&html, .wait) { html in
                    html(
                        .p,
                        text: say(
                            "This rests: you asked us not to use your data. It goes on when you take that back.",
                            id:
                                "Pertanyaan ini diam: Anda meminta data Anda tidak dipakai. Pertanyaannya berlanjut bila Anda menariknya kembali."
                        ))
                    html(.p) {
                        $0(.a, .href(Route.privacy.path), text: say("Your data and this choice", id: "Data Anda dan pilihan ini"))
                    }
                }
            }
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    visit.state(&html, summary)
                }
                html(.p, .class("quiet"), text: visit.dates(of: summary))
            }
            let isPressed = visit.isPressed(own.text, in: summary)
            html(.h2, text: isPressed ? OwnCaseTexts(say: say).pressed : OwnCaseTexts(say: say).written(summary.channel))
            if let refusal = own.refusal {
                visit.notOffered(&html, refusal)
            } else if own.isUnreadable {
                html(.p, .class("quiet"), text: OwnCaseTexts(say: say).unreadable)
            } else if own.text.isEmpty {
                html(.p, .class("quiet"), text: OwnCaseTexts(say: say).removed)
            } else {
                html(.p, .class("typed")) { $0(.bdi, text: visit.said(own.text, in: summary)) }
            }
            if summary.channel != .form {
                html(.p, .class("hint"), text: OwnCaseTexts(say: say).notMine(isOpen: summary.isOpen))
            }
            CaseSteps(steps: own.steps, unread: nil, isForPerson: true).draw(&html, visit)
            wishes(&html, visit)
            if own.steps.contains(where: \.isAtTheirWord) { objection(&html, visit) }
            // Of what is closed nothing is looked up or answered any more.
            if summary.isOpen {
                standing(&html, visit)
                visit.offer(&html, visit.house.offers.refusal(of: .addition)) { html in
                    html(.form, .class("flow tight"), .post, .action(Route.addition(summary.number).path), .novalidate) { html in
                        visit.token(&html)
                        visit.field(
                            &html,
                            FormField(
                                id: "text", label: say("Something to add?", id: "Ada yang ingin ditambahkan?"), kind: .long,
                                rule: visit.house.rules.taking("case message", from: "help form"), value: text,
                                error: faults.sentence(for: "text", say)))
                        html(.p) { $0(.button, .class("btn plain"), text: say("Add it", id: "Tambahkan")) }
                    }
                }
                html(.form, .class("flow tight"), .post, .action(Route.settling(summary.number).path)) { html in
                    visit.token(&html)
                    html(.p, .class("hint"), text: OwnCaseTexts(say: say).settling(isResting: summary.isResting))
                    html(.p) { $0(.button, .class("btn plain"), text: say("It is settled", id: "Sudah selesai")) }
                }
            }
            if !summary.isOpen {
                html(
                    .p,
                    text: say(
                        "This is closed. If it isn’t settled, open it again.",
                        id: "Pertanyaan ini sudah ditutup. Bila belum selesai, buka lagi."))
                html(.form, .post, .action(Route.reopening(summary.number).path)) { html in
                    visit.token(&html)
                    html(.button, .class("btn plain"), text: say("Open the case again", id: "Buka lagi pertanyaannya"))
                }
            }
            if visit.seesUses {
                html(.p) {
                    $0(.a, .href("\(Route.privacy.path)#uses"), text: say("See who used your data", id: "Lihat siapa memakai data Anda"))
                }
            }
        }
    }

    /// They asked for a call in a form, and no number of theirs is stored.
    private var isUncallable: Bool {
        let summary = own.summary
        return summary.isOpen && !summary.isResting && summary.channel == .form && summary.answering == .telephone && !own.hasTelephone
    }

    private func uncallable(_ html: inout HTML, _ visit: Visit) {
        let words = OwnCaseTexts(say: visit.say)
        visit.note(&html, .wait) { html in
            html(.p, text: words.uncallable)
            if own.lacksTelephone {
                html(.p) { $0(.a, .href(Route.adding("telephone-number").path), text: words.giveNumber) }
            }
            guard own.mayBeMailed else { return }
            html(.form, .post, .action(Route.addition(own.summary.number).path)) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("answering"), .value(Answering.email.rawValue))
                html(.button, .class("btn plain"), text: words.chooseEmail)
            }
        }
    }

    /// What customer service wrote down as theirs: they take it back with a press.
    private func wishes(_ html: inout HTML, _ visit: Visit) {
        let words = BehalfTexts(say: visit.say)
        guard !own.wishes.isEmpty else { return }
        html(.section, .class("card flow"), .labelledby("wishes")) { html in
            html(.h2, .id("wishes"), .class("t3"), text: words.askedForYou)
            for wish in own.wishes {
                html(.form, .class("row apart"), .post, .action(Route.unwanted(own.summary.number).path)) { html in
                    visit.token(&html)
                    html(.input, .type("hidden"), .name("wish"), .value(wish.rawValue))
                    html(.span, text: words.name(wish))
                    html(.button, .class("btn plain"), text: words.notWanted)
                }
            }
        }
    }

    /// Whoever did it has nothing to do with them until somebody else has looked.
    private func objection(_ html: inout HTML, _ visit: Visit) {
        let words = BehalfTexts(say: visit.say)
        if let complaint = own.complaint {
            return html(.p) { $0(.a, .href(Route.ownCase(complaint).path), text: words.objected(complaint)) }
        }
        html(.form, .class("flow tight"), .post, .action(Route.caseObjection(own.summary.number).path)) { html in
            visit.token(&html)
            html(.p, .class("hint"), text: words.objectionLead)
            html(.p) { $0(.button, .class("btn plain"), text: words.objection) }
        }
    }

    /// By which rules the answer goes as they asked for it, and who may look their number up.
    private func standing(_ html: inout HTML, _ visit: Visit) {
        let words = OwnCaseTexts(say: visit.say), summary = own.summary
        // Why there is none stands above.
        func line(_ html: inout HTML, _ text: String, _ rule: String?) {
            guard let rule else { return }
            html(.p) { html in
                html.text(text + " ")
                visit.chip(&html, rule)
            }
        }
        if summary.answering == .email, visit.house.offers.refusal(of: .mailAnswer) == nil {
            line(&html, words.answeredByEmail, visit.house.rules.answering)
        }
        guard summary.answering == .telephone || own.hasTelephone else { return }
        if own.hasTelephone, let refusal = own.callRefusal, refusal.byFormerVersion {
            visit.note(&html, .wait) { html in
                html(.p, text: words.refusedByVersion)
                visit.whyNot(&html, refusal)
                html(.p) { $0(.a, .href(Route.newerVersions.path), text: words.newerVersions) }
            }
            return
        }
        line(
            &html, summary.answering == .telephone ? words.lookedUp : words.lookedUpToo,
            visit.house.rules.reading("telephone number", by: "customer service")?.address)
    }
}

extension Visit {
    /// Nothing was written: somebody pressed that what was done wasn't their wish.
    func isPressed(_ text: String, in summary: CaseSummary) -> Bool {
        summary.against.map { text == Office.Environment.words(ofObjectionTo: $0) } ?? false
    }

    /// What its person said in a case.
    func said(_ text: String, in summary: CaseSummary) -> String {
        guard let against = summary.against, isPressed(text, in: summary) else { return text }
        return say(
            "What customer service did in case \(against) was not my wish.",
            id: "Yang dilakukan layanan pelanggan dalam pertanyaan \(against) bukan kehendak saya.")
    }

    /// The number by which a customer is found where they ask by telephone; nothing for who works here.
    func customerNumber(_ html: inout HTML) {
        guard let session, session.staff == nil else { return }
        html(.p) { html in
            html.text(say("Your customer number: ", id: "Nomor pelanggan Anda: "))
            html(.b, text: String(session.subject.id))
            html.text(". ")
            html(
                .span, .class("hint"),
                text: say(
                    "Say it when you call: we find your account by it.", id: "Sebutkan bila menelepon: dengannya akun Anda ditemukan."))
        }
    }
}
