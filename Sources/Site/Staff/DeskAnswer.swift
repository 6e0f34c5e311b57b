// What was done in a case, the answer, the note, and who has it.

import HTML
import Office
import Policy
import Vault

/// The steps of a case, the oldest first.
struct CaseSteps {
    let steps: [CaseStep]
    let unread: Refused?
    /// To the person it speaks of "you".
    let isForPerson: Bool

    func draw(_ html: inout HTML, _ visit: Visit) {
        guard !steps.isEmpty else { return }
        let say = visit.say
        html(.section, .class("card flow"), .labelledby("steps")) { html in
            html(.h2, .id("steps"), .class("t3"), text: say("What happened", id: "Yang terjadi"))
            if let unread, steps.contains(where: \.hasText) {
                html(.p) { visit.refusalChips(&$0, unread) }
                visit.whyNot(&html, unread)
            }
            html(.ol, .class("flow"), .role("list")) { html in
                for step in steps {
                    html(.li, .class("flow tight")) { html in
                        html(.p, .class("quiet"), text: say.dateAndTime(step.at))
                        html(.p, text: sentence(step, say))
                        if let text = step.text {
                            html(.p, .class("typed")) { $0(.bdi, text: text) }
                        } else if step.isUnreadable {
                            html(.p) { visit.unopened(&$0) }
                        } else if step.isRemoved {
                            html(
                                .p, .class("quiet"),
                                text: say(
                                    "These words were removed, or are kept no longer.",
                                    id: "Kata-kata ini sudah dihapus, atau tidak disimpan lagi."))
                        }
                    }
                }
            }
        }
    }

    private func sentence(_ step: CaseStep, _ say: Language) -> String {
        let who =
            step.who.map { say.actor($0).capitalised } ?? (isForPerson ? say("You", id: "Anda") : say("The customer", id: "Pelanggan"))
        return switch step.kind {
        case .note: say("\(who) wrote a note.", id: "\(who) menulis catatan.")
        case .mail: say("\(who) answered by email.", id: "\(who) menjawab lewat surel.")
        case .call: say("\(who) called.", id: "\(who) menelepon.")
        case .taken: say("\(who) took the case.", id: "\(who) mengambil pertanyaannya.")
        case .added: say("\(who) wrote:", id: "\(who) menulis:")
        case .closed: say("\(who) closed the case.", id: "\(who) menutup pertanyaannya.")
        case .reopened: say("\(who) opened it again.", id: "\(who) membukanya lagi.")
        case .handed:
            say(
                "\(who) handed it to \(say.name(step.queue ?? "")).", id: "\(who) menyerahkannya kepada \(say.name(step.queue ?? "")).")
        case .joined:
            isForPerson
                ? say("\(who) found that it is yours.", id: "\(who) menemukan bahwa ini milik Anda.")
                : say("\(who) found whose it is.", id: "\(who) menemukan milik siapa ini.")
        case .searched: searched(who, step.about, say)
        case .parted:
            say(
                "\(who) found that it isn’t theirs whose it was taken for. Until then that customer could read what was said.",
                id: "\(who) menemukan bahwa ini bukan milik yang dikira. Sampai saat itu pelanggan tersebut dapat membaca yang disampaikan."
            )
        case .codeSent, .newCode, .verified, .calledBack, .wanted, .unwanted, .changed, .objected:
            BehalfTexts(say: say).sentence(step, who, isForPerson: isForPerson)
        }
    }
}

extension CaseSteps {
    private func searched(_ who: String, _ fitting: String?, _ say: Language) -> String {
        let found =
            switch fitting.flatMap({ Int($0) }) {
            case nil: say("more than five fitted, so nobody was opened", id: "lebih dari lima cocok, jadi tidak ada yang dibuka")
            case 0?: say("nobody fitted", id: "tidak ada yang cocok")
            case let count?: say.count(count, "person fitted", "people fitted", id: "orang cocok")
            }
        return say("\(who) looked for whose this is: \(found).", id: "\(who) mencari milik siapa ini: \(found).")
    }
}

/// Answering as the person asked, and writing a note.
struct DeskAnswer {
    let summary: CaseSummary
    let work: DeskWork
    /// The number that is open to who answers.
    let number: String?
    let mayOpenNumber: Bool
    /// Why nobody can be called.
    let uncallable: Refused?
    /// Somebody who works here asked, to whom no mail goes as to a customer.
    var isOfStaff = false
    /// No number is stored.
    let hasNoNumber: Bool
    /// Nothing more urgent asks for the keyboard.
    let isFocused: Bool

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        // What can't be written down isn't answered either.
        if let refusal = visit.house.offers.refusal(of: .note) {
            visit.notOffered(&html, refusal)
            return visit.typed(&html, [(say("What you wrote", id: "Tulisan Anda"), work.answer + work.note)])
        }
        if summary.answering != .none { answer(&html, visit) }
        html(.form, .class("card flow"), .post, .action(Route.notes(summary.number).path), .labelledby("note-t"), .novalidate) { html in
            visit.token(&html)
            html(.h2, .id("note-t"), .class("t3"), text: say("A note", id: "Catatan"))
            area(
                &html, visit, id: "note",
                label: say(
                    "What the next one has to know; the customer can read it", id: "Yang perlu diketahui rekan; pelanggan dapat membacanya"),
                value: work.note, error: work.note.isEmpty && work.faults.isEmpty ? nil : noteError(say), isFocused: false,
                rule: visit.house.rules.taking("case note", from: "staff entry"))
            html(.p) { $0(.button, .class("btn plain"), text: say("Write it down", id: "Catat")) }
        }
    }

    private func answer(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, isMail = summary.answering == .email
        let title = isMail ? say("Answer by email", id: "Jawab lewat surel") : say("Answer by a call", id: "Jawab lewat telepon")
        html(.form, .class("card flow"), .post, .action(Route.answer(summary.number).path), .labelledby("answer-t"), .novalidate) { html in
            visit.token(&html)
            html(.input, .type("hidden"), .name("way"), .value(summary.answering.rawValue))
            html(.h2, .id("answer-t"), .class("t3"), text: title)
            if isMail, isOfStaff { return html(.p, text: DeskTexts(say: say).unmailedColleague) }
            if let refusal = isMail ? work.unanswerable : uncallable {
                visit.notOffered(&html, refusal)
                if isMail, !summary.isJoined {
                    html(
                        .p, .class("hint"),
                        text: say(
                            "An email goes only to an address that a customer proved: find whose it is first.",
                            id: "Surel hanya dikirim ke alamat yang sudah dibuktikan pelanggan: temukan dulu milik siapa ini."))
                }
                if !work.answer.isEmpty { html(.p, .class("typed")) { $0(.bdi, text: work.answer) } }
                return
            }
            if !isMail {
                html(.p) { html in
                    if let number {
                        html(.b) { $0(.bdi, text: number) }
                    } else if hasNoNumber {
                        html.text(
                            !summary.isJoined
                                ? say("There is no number to call.", id: "Tidak ada nomor untuk ditelepon.")
                                : say(
                                    "There is no number to call. A customer reads that in their case, and can give one or choose email.",
                                    id:
                                        "Tidak ada nomor untuk ditelepon. Pelanggan membacanya dalam pertanyaannya, dan dapat memberi nomor atau memilih surel."
                                ))
                    } else {
                        html.text(
                            mayOpenNumber
                                ? say(
                                    "Open the number, call, and write down what was said.",
                                    id: "Buka nomornya, telepon, lalu catat yang dikatakan.")
                                : say("Write down what was said in the call.", id: "Catat yang dikatakan dalam telepon."))
                    }
                }
            }
            area(
                &html, visit, id: "answer",
                label: isMail ? say("Message to the customer", id: "Pesan kepada pelanggan") : say("What was said", id: "Yang dikatakan"),
                value: work.answer, error: work.note.isEmpty && work.sought.isEmpty ? work.faults.sentence(for: "text", say) : nil,
                isFocused: isFocused,
                rule: isMail ? visit.house.rules.answering : visit.house.rules.taking("case note", from: "staff entry"))
            html(.p, .class("row")) { html in
                html(
                    .button, .class("btn"), .name("then"), .value(Afterwards.wait.rawValue),
                    text: isMail ? say("Send and wait", id: "Kirim dan tunggu") : say("Record and wait", id: "Catat dan tunggu"))
                html(
                    .button, .class("btn plain"), .name("then"), .value(Afterwards.close.rawValue),
                    text: isMail ? say("Send and close", id: "Kirim dan tutup") : say("Record and close", id: "Catat dan tutup"))
            }
        }
    }

    private func noteError(_ say: Language) -> String? { work.note.isEmpty ? nil : work.faults.sentence(for: "text", say) }

    private func area(
        _ html: inout HTML, _ visit: Visit, id: StaticString, label: String, value: String, error: String?, isFocused: Bool, rule: String?
    ) {
        html(.div, .class(error == nil ? "field" : "field err")) { html in
            html(.label, .for(id), text: label)
            if let rule { html(.p) { visit.chip(&$0, rule) } }
            if let error { visit.why(&html, error, id: "\(id)-e") }
            html(
                .textarea, .id(id), .name("text"), .rows(4), .when(isFocused, .autofocus), .when(error != nil, .describedby("\(id)-e")),
                .when(error != nil, .invalid), text: "\n" + value)
        }
    }
}

/// Who has the case, until when, and handing it on.
struct DeskStanding {
    let summary: CaseSummary
    let member: StaffMember
    /// They may read it, or it is in their queue.
    let mayHandOn: Bool
    /// The roles that somebody has who could take it.
    let takers: [String]

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.section, .class("card flow"), .labelledby("standing")) { html in
            html(.h2, .id("standing"), .class("t3"), text: say("Who has it", id: "Siapa yang memegang"))
            html(.p, text: owner(say))
            if summary.queue == member.role, !summary.isOwn(of: member) {
                html(.form, .post, .action(Route.taking(summary.number).path)) { html in
                    visit.token(&html)
                    html(.button, .class("btn plain wide"), text: say("Take it", id: "Ambil"))
                }
            }
            let desks = visit.house.desks.filter { $0 != summary.queue }, others = desks.filter(takers.contains)
            if mayHandOn, !others.isEmpty {
                html(.form, .class("flow tight"), .post, .action(Route.handover(summary.number).path)) { html in
                    visit.token(&html)
                    html(.div, .class("field")) { html in
                        html(.label, .for("role"), text: say("Hand it to", id: "Serahkan kepada"))
                        html(.select, .id("role"), .name("role")) { html in
                            for role in others { html(.option, .value(role), text: say.name(role).capitalised) }
                        }
                    }
                    for role in others { html(.p, .class("hint"), text: DeskTexts(say: say).sees(role, visit.office.fieldsOpen(to: role))) }
                    html(.button, .class("btn plain wide"), text: say("Hand it over", id: "Serahkan"))
                }
            }
            let empty = desks.filter { !takers.contains($0) }
            if mayHandOn, !empty.isEmpty { html(.p, .class("hint"), text: DeskTexts(say: say).isEmpty(empty)) }
            if mayHandOn { for role in visit.office.roles { visit.formerDesk(&html, role) } }
        }
    }

    private func owner(_ say: Language) -> String {
        guard let owner = summary.owner else {
            return say(
                "Nobody yet, in the queue of \(say.name(summary.queue)).", id: "Belum ada, dalam antrean \(say.name(summary.queue)).")
        }
        return summary.isOwn(of: member) ? say("You.", id: "Anda.") : say.actor("\(summary.queue) \(owner)").capitalised + "."
    }
}
