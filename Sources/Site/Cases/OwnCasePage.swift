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
            html(.h2, text: OwnCaseTexts(say: say).written(summary.channel))
            if let refusal = own.refusal {
                visit.notOffered(&html, refusal)
            } else if own.text.isEmpty {
                html(.p, .class("quiet"), text: OwnCaseTexts(say: say).removed)
            } else {
                html(.p, .class("typed")) { $0(.bdi, text: own.text) }
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
        line(
            &html, summary.answering == .telephone ? words.lookedUp : words.lookedUpToo,
            visit.house.rules.reading("telephone number", by: "customer service")?.address)
    }
}

struct OwnCaseTexts {
    let say: Language

    var ask: String { say("Ask a question", id: "Ajukan pertanyaan") }
    /// Whose words they are: of a call or a mail those of who wrote it down.
    func written(_ channel: Channel) -> String {
        switch channel {
        case .form: say("What you wrote", id: "Yang Anda tulis")
        case .call: say("What customer service wrote down of a call", id: "Yang dicatat layanan pelanggan dari sebuah telepon")
        case .mail: say("What customer service wrote down of a mail", id: "Yang dicatat layanan pelanggan dari sebuah surat")
        }
    }
    func notMine(isOpen: Bool) -> String {
        isOpen
            ? say(
                "If it wasn’t you who called or wrote, say so below: we look whose it is, and take it out of your file.",
                id: """
                    Jika bukan Anda yang menelepon atau menulis, katakan di bawah: kami mencari milik siapa ini, dan mengeluarkannya dari \
                    berkas Anda.
                    """)
            : say(
                "If it wasn’t you who called or wrote, open the case again and say so: we look whose it is, and take it out of your file.",
                id: """
                    Jika bukan Anda yang menelepon atau menulis, buka lagi pertanyaannya dan katakan itu: kami mencari milik siapa ini, dan \
                    mengeluarkannya dari berkas Anda.
                    """)
    }
    var removed: String { say("You removed these words.", id: "Kata-kata ini sudah Anda hapus.") }
    /// What comes of asking, by the ways in which an answer can come.
    func writeToUs(_ offers: Offers, seesUses: Bool) -> String {
        let looks =
            seesUses
            ? say(
                " Each look at your number is in your list of uses.",
                id: " Setiap kali nomor Anda dilihat, tercatat dalam daftar pemakaian Anda.")
            : ""
        return switch (offers.refusal(of: .answer) == nil, offers.refusal(of: .mailAnswer) == nil) {
        case (true, true):
            say(
                "Write what it is about, and somebody from customer service calls you, or answers by email where you want that.",
                id:
                    "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menelepon Anda, atau menjawab lewat surel bila Anda mau."
            ) + looks
        case (true, false):
            say(
                "Write what it is about, and somebody from customer service calls you.",
                id: "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menelepon Anda.") + looks
        case (false, true):
            say(
                "Write what it is about, and somebody from customer service answers you by email.",
                id: "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menjawab Anda lewat surel.")
        case (false, false): say("Write what it is about.", id: "Tuliskan pertanyaan Anda.")
        }
    }
    var answeredByEmail: String {
        say("We answer to your email address, by this rule:", id: "Kami menjawab ke alamat surel Anda, menurut aturan ini:")
    }
    var uncallable: String {
        say(
            "Nobody can call you: you asked for a call, and we have no telephone number of yours.",
            id: "Tidak ada yang dapat menelepon Anda: Anda meminta ditelepon, dan kami tidak punya nomor telepon Anda.")
    }
    var giveNumber: String { say("Give a telephone number", id: "Beri nomor telepon") }
    var chooseEmail: String { say("Answer me by email instead", id: "Jawab saya lewat surel saja") }
    func settling(isResting: Bool) -> String {
        isResting
            ? say(
                "You asked us not to use your data, so this waits until you let us again, or close it.",
                id: "Anda meminta data Anda tidak dipakai, jadi ini menunggu sampai Anda membolehkannya lagi, atau menutupnya.")
            : say(
                "No longer needed? Closed, nobody may use your data for it any more. You can open it again.",
                id: "Tidak perlu lagi? Setelah ditutup, data Anda tidak boleh dipakai lagi untuk ini. Anda dapat membukanya lagi.")
    }
    var lookedUp: String {
        say("Who may look up your telephone number for this, and when:", id: "Siapa boleh melihat nomor telepon Anda untuk ini, dan kapan:")
    }
    /// No call is due, and the rule stands all the same.
    var lookedUpToo: String {
        say(
            "The telephone number that you gave us may be looked up too while this is open:",
            id: "Nomor telepon yang Anda berikan juga boleh dilihat selama ini terbuka:")
    }

    func news(_ news: String?, of summary: CaseSummary, isAnswered: Bool) -> String? {
        switch news {
        case "asked" where isAnswered && summary.answering == .telephone:
            say(
                "We have your question. Somebody from customer service will call you.",
                id: "Pertanyaan Anda kami terima. Seseorang dari layanan pelanggan akan menelepon Anda.")
        case "asked" where isAnswered && summary.answering == .email:
            say(
                "We have your question. Somebody from customer service will answer you by email.",
                id: "Pertanyaan Anda kami terima. Seseorang dari layanan pelanggan akan menjawab Anda lewat surel.")
        case "asked": say("We have your question.", id: "Pertanyaan Anda kami terima.")
        case "added": say("We have it, and it is with the case.", id: "Sudah kami terima, dan ada dalam pertanyaan ini.")
        case "settled" where !summary.isOpen: say("The case is closed.", id: "Pertanyaan ini sudah ditutup.")
        case "emailed" where isAnswered && summary.answering == .email:
            say(
                "Somebody from customer service will answer you by email.",
                id: "Seseorang dari layanan pelanggan akan menjawab Anda lewat surel.")
        case "unwanted": say("Taken back: it won’t be done.", id: "Sudah ditarik: tidak akan dilakukan.")
        case "objected":
            say(
                "We look into it here. Whoever did it has nothing of you before their eyes until this is settled.",
                id: "Kami memeriksanya di sini. Yang melakukannya tidak melihat apa pun tentang Anda sampai ini selesai.")
        case "reopened": say("The case is open again.", id: "Pertanyaan ini terbuka lagi.")
        default: nil
        }
    }
}

extension Visit {
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
