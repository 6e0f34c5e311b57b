// The queue of a role: mine, to be taken, with others, closed; what is due first in front. Numbers, times and states only.

import HTML
import Office
import Policy
import Vault

struct DeskPage: Page {
    let cases: [CaseSummary]
    let member: StaffMember
    /// Why what comes in can't be recorded.
    let recording: Refused?
    let news: String?

    func title(_ visit: Visit) -> String { visit.say("Cases", id: "Pertanyaan") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = DeskListTexts(say: say), open = cases.filter(\.isOpen)
        let isDesk = visit.house.desks.contains(member.role)
        html(.div, .class("wrap")) { html in
            let told = news.flatMap(words.news)
            if let told { visit.note(&html, isFocused: true) { $0(.p, text: told) } }
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    if recording == nil { html(.a, .class("btn"), .href(Route.newContact.path), text: words.record) }
                }
                if isDesk || !cases.isEmpty {
                    html(.p, .class("quiet"), text: words.counts(open: open.count, overdue: open.count { visit.office.isOverdue($0) }))
                }
            }
            // A role whose work it never was is told nothing.
            if let recording, recording.missing != nil { visit.notOffered(&html, recording) }
            visit.formerDesk(&html, member.role)
            if cases.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: say("No cases", id: "Tidak ada pertanyaan"))
                    html(.p, text: isDesk ? words.nothing(mayRecord: recording == nil) : words.notYours)
                }
            }
            let groups: [(id: String, name: String, cases: [CaseSummary])] = [
                ("mine", words.mine, open.filter { $0.isOwn(of: member) }), ("untaken", words.untaken, open.filter { $0.owner == nil }),
                ("others", words.others, open.filter { $0.owner != nil && !$0.isOwn(of: member) }),
                ("closed", words.closed, cases.filter { !$0.isOpen }),
            ]
            // A press opens what is most urgent; a notice is read before.
            let first = told == nil ? groups.lazy.flatMap(\.cases).first { $0.waitsForStaff || !$0.isOpen }?.number : nil
            html(.div, .class("flow")) { html in
                for group in groups where !group.cases.isEmpty {
                    html(.section, .class("flow tight"), .labelledby(of: group.id)) { html in
                        html(.h2, .id(of: group.id), .class("t3"), text: group.name)
                        html(.div, .class("card")) { html in
                            html(.ul, .class("todo"), .role("list")) { html in
                                for summary in group.cases { row(&html, summary, summary.number == first, visit, words) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func row(_ html: inout HTML, _ summary: CaseSummary, _ isFirst: Bool, _ visit: Visit, _ words: DeskListTexts) {
        html(.li) { html in
            html(.div) { html in
                html(.b) {
                    $0(
                        .a, .href(Route.deskCase(summary.number).path), .when(isFirst, .autofocus),
                        text: visit.say("Case \(summary.number)", id: "Pertanyaan \(summary.number)"))
                }
                html(.p, .class("quiet"), text: words.line(summary, visit))
            }
            html(.div, .class("row")) { html in
                visit.due(&html, summary)
                visit.deskState(&html, summary)
            }
        }
    }
}

extension Visit {
    /// That a role has lost the cases, and by which rule it had them; nothing of a role that has them or never did.
    func formerDesk(_ html: inout HTML, _ role: String) {
        guard let rule = office.formerDesk(role) else { return }
        note(&html, .bad) { html in
            html(.p, text: DeskListTexts(say: say).nothingOpens(to: role))
            html(.p, .class("said"), .lang("en"), text: rule.text)
        }
    }

    /// The state as the staff name it.
    func deskState(_ html: inout HTML, _ summary: CaseSummary) {
        let words = DeskListTexts(say: say)
        html(
            .span, .class(summary.waitsForStaff ? "tag wait" : "tag"),
            text: summary.isResting ? words.rests : words.state(summary.state))
    }

    /// Until when somebody answers, where a clock runs.
    func due(_ html: inout HTML, _ summary: CaseSummary) {
        guard let due = summary.due else { return }
        if office.isOverdue(summary) {
            html(
                .span, .class("tag bad"),
                text: say("Overdue since \(say.dateAndTime(due))", id: "Lewat waktu sejak \(say.dateAndTime(due))"))
        } else {
            html(.span, .class("tag"), text: say("Due \(say.dateAndTime(due))", id: "Dijawab sebelum \(say.dateAndTime(due))"))
        }
    }
}

struct DeskListTexts {
    let say: Language

    var record: String { say("Record a call or mail", id: "Catat telepon atau surel") }
    var mine: String { say("Yours", id: "Milik Anda") }
    var untaken: String { say("To be taken", id: "Belum diambil") }
    var others: String { say("With colleagues", id: "Pada rekan") }
    var closed: String { say("Closed", id: "Ditutup") }

    func counts(open: Int, overdue: Int) -> String {
        let all = say.count(open, "open case", "open cases", id: "pertanyaan terbuka")
        return overdue == 0 ? all : all + say(", \(say.count(overdue)) overdue", id: ", \(say.count(overdue)) lewat waktu")
    }

    func nothing(mayRecord: Bool) -> String {
        say(
            "When a customer asks us something, the case shows here. When they delete their account, it goes with them.",
            id: "Bila pelanggan bertanya kepada kami, pertanyaannya muncul di sini. Bila akunnya dihapus, pertanyaannya ikut hilang.")
            + (mayRecord
                ? say(
                    " When somebody calls or writes, record it: only then can you look for whose it is.",
                    id: " Bila seseorang menelepon atau menulis, catatlah: hanya dengan itu Anda dapat mencari siapa orangnya.") : "")
    }

    var notYours: String {
        say(
            "The policy opens nothing in cases to your work, so none comes here.",
            id: "Kebijakan tidak membuka apa pun dalam pertanyaan bagi tugas Anda, jadi tidak ada yang datang ke sini.")
    }
    /// Before the rule by which it was otherwise.
    func nothingOpens(to role: String) -> String {
        say(
            "\(say.name(role).capitalised): nothing of a case opens to this work any more. This rule is no longer in the policy:",
            id:
                "\(say.name(role).capitalised): pertanyaan tidak lagi terbuka bagi tugas ini. Aturan ini tidak lagi ada dalam kebijakan:"
        )
    }

    func state(_ state: CaseState) -> String {
        switch state {
        case .new: say("New", id: "Baru")
        case .open: say("Open", id: "Terbuka")
        case .waiting: say("Waiting for the customer", id: "Menunggu pelanggan")
        case .reopened: say("Opened again", id: "Dibuka lagi")
        case .closed: say("Closed", id: "Ditutup")
        }
    }

    var rests: String { say("Rests: not to be used", id: "Diam: tidak boleh dipakai") }

    func channel(_ channel: Channel) -> String {
        switch channel {
        case .form: say("By the form", id: "Lewat formulir")
        case .call: say("A call", id: "Telepon masuk")
        case .mail: say("A mail", id: "Surel masuk")
        }
    }

    func answering(_ way: Answering) -> String {
        switch way {
        case .telephone: say("wants a call", id: "minta ditelepon")
        case .email: say("wants an email", id: "minta dijawab lewat surel")
        case .none: say("wants no answer", id: "tidak minta jawaban")
        }
    }

    /// How it came, what is wanted, who has it, when.
    func line(_ summary: CaseSummary, _ visit: Visit) -> String {
        var parts = [channel(summary.channel), answering(summary.answering)]
        if !summary.isJoined { parts.append(say("of nobody known yet", id: "belum diketahui dari siapa")) }
        if let owner = summary.owner { parts.append(say.actor("\(summary.queue) \(owner)")) }
        return parts.joined(separator: ", ") + ". " + visit.dates(of: summary)
    }

    func news(_ name: String) -> String? {
        switch name {
        case "answered": say("Answered, and written down in the case.", id: "Sudah dijawab, dan dicatat dalam pertanyaannya.")
        case "handed": say("Handed over. It is in the other queue now.", id: "Sudah diserahkan. Sekarang ada di antrean yang lain.")
        default: nil
        }
    }
}
