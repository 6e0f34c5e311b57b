// What the person may choose: each with what it means, its rule, and a button that makes or takes it back.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func choices(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            guard session.staff == nil else { throw .notFound }
            return show(ChoicesPage(chosen: try office.chosen(by: session), news: news))
        }
    }

    func chosen(_ session: Session) -> Reply {
        let id = request.form["choice"] ?? "", isOn = request.form["value"] == "yes"
        return later { () async throws(NotDone) -> Response in
            try await office.choose(id, isOn, for: session)
            return .see(Route.choices.path + (isOn ? "?now=chosen" : "?now=taken-back"))
        }
    }
}

struct ChoicesPage: Page {
    let chosen: [Chosen]
    let news: String?
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { ChoiceTexts(say: visit.say).pageTitle }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ChoiceTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path), text: words.back)
            if let news = words.news(news) { visit.note(&html, .ok, isFocused: true) { $0(.p, text: news) } }
            html(.h1, text: words.pageTitle)
            html(.p, .class("lead"), text: words.lead)
            if let refused = visit.office.refusalOfChoice { return visit.notOffered(&html, refused) }
            group(&html, "messages", words.messages, chosen.filter { !$0.choice.message.isEmpty }, visit)
            group(&html, "rest", words.rest, chosen.filter { $0.choice.message.isEmpty }, visit)
            html(.p, .class("hint"), text: words.others)
        }
    }

    private func group(_ html: inout HTML, _ id: StaticString, _ title: String, _ choices: [Chosen], _ visit: Visit) {
        guard !choices.isEmpty else { return }
        html(.section, .class("flow part"), .labelledby(id)) { html in
            html(.h2, .id(id), text: title)
            html(.ul, .class("todo"), .role("list")) { html in
                for chosen in choices { html(.li) { item(&$0, chosen, visit) } }
            }
        }
    }

    private func item(_ html: inout HTML, _ chosen: Chosen, _ visit: Visit) {
        let say = visit.say, words = ChoiceTexts(say: say), choice = chosen.choice, isOn = chosen.since != nil
        html(.div, .class("flow tight")) { html in
            html(.p) { html in
                html(.b, text: words.name(of: choice))
                html.text(" ")
                html(
                    .span, .class(isOn ? "tag info" : "tag"),
                    text: words.state(
                        of: choice, isOn, isReached: choice.through != "email address" || visit.reachedThrough == choice.through))
            }
            if let meaning = words.meaning(of: choice) { html(.p, text: meaning) }
            if let since = chosen.since { html(.p, text: words.since(say.dateAndTime(since))) }
            if !choice.isDone, choice.condition != "contact cut" { html(.p, text: words.notYet(choice)) }
            html(.p) { visit.chip(&$0, choice.rule) }
        }
        html(.form, .post, .action(Route.choices.path)) { html in
            visit.token(&html)
            html(.input, .type("hidden"), .name("choice"), .value(choice.id))
            html(.input, .type("hidden"), .name("value"), .value(isOn ? "no" : "yes"))
            html(.button, .class("btn plain sm")) { html in
                html.text(words.button(choice, isOn))
                html(.span, .class("hide"), text: ": " + words.name(of: choice))
            }
        }
    }
}

struct ChoiceTexts {
    let say: Language

    /// Those that are about no message.
    static let conditions = ["contact cut", "left out of statistics", "profile switched on"]

    var back: String { say("Back to your data", id: "Kembali ke data Anda") }
    var pageTitle: String { say("Your choices", id: "Pilihan Anda") }
    var lead: String {
        say(
            "Each holds at once, and is taken back as easily. Beside it stands the rule that asks for it.",
            id: "Setiap pilihan langsung berlaku, dan ditarik kembali semudah itu. Di sampingnya ada aturan yang memintanya.")
    }
    var messages: String { say("What we send you", id: "Apa yang kami kirim") }
    var rest: String { say("Counting, a profile, and no word at all", id: "Statistik, profil, dan tanpa kabar sama sekali") }
    var others: String {
        say(
            "Codes, notices about your account and what a law demands aren’t here: the policy sends them in any case.",
            id: "Kode, pemberitahuan tentang akun Anda dan yang diwajibkan hukum tidak ada di sini: kebijakan selalu mengirimnya.")
    }
    func news(_ what: String?) -> String? {
        switch what {
        case "chosen": say("Your choice holds from now on.", id: "Pilihan Anda berlaku mulai sekarang.")
        case "taken-back": say("It is taken back.", id: "Pilihan itu ditarik kembali.")
        default: nil
        }
    }

    func name(of choice: Choice) -> String {
        choice.message.isEmpty ? title(choice.condition) : message(choice.message, through: choice.through).capitalised
    }
    /// `special offer by email`
    func message(_ message: String, through field: String) -> String {
        let name = say.thing(message)
        return field == "telephone number"
            ? say("\(name) by telephone", id: "\(name) lewat telepon") : say("\(name) by email", id: "\(name) lewat surel")
    }
    func title(_ condition: String) -> String {
        switch condition {
        case "contact cut": say("No word at all", id: "Tanpa kabar sama sekali")
        case "left out of statistics": say("Left out of statistics", id: "Tidak ikut dalam statistik")
        case "profile switched on": say("A profile that fits the site to you", id: "Profil yang menyesuaikan situs dengan Anda")
        default: say.name(condition).capitalised
        }
    }

    /// What it is about, or what comes of it.
    func meaning(of choice: Choice) -> String? {
        switch choice.message.isEmpty ? choice.condition : choice.message {
        case "special offer": say("What costs less, or what you don’t have yet.", id: "Yang lebih murah, atau yang belum Anda punyai.")
        case "free trial": say("Something to try for nothing.", id: "Sesuatu untuk dicoba tanpa bayar.")
        case "product news": say("What is new here.", id: "Apa yang baru di sini.")
        case "post notice": say("Something came for you by post.", id: "Ada kiriman untuk Anda.")
        case "call notice": say("You missed a call.", id: "Ada panggilan yang tidak terjawab.")
        case "fax notice": say("A fax came or went.", id: "Ada faks masuk atau terkirim.")
        case "service announcement":
            say(
                "Something that you use stops, is mended or changes.",
                id: "Sesuatu yang Anda pakai berhenti, diperbaiki atau berubah.")
        case "contact cut":
            say(
                """
                No offers, no notices of post, calls or faxes, no answers by email and no word of changes to the policy. Nothing new is done \
                with what we hold. Codes, news about your account and bills still come.
                """,
                id: """
                    Tanpa penawaran, tanpa kabar surat, telepon atau faks, tanpa jawaban lewat surel dan tanpa kabar perubahan kebijakan. \
                    Tidak ada pemakaian baru atas data Anda. Kode, kabar tentang akun Anda dan tagihan tetap datang.
                    """)
        case "left out of statistics":
            say("You aren’t counted, not even among many.", id: "Anda tidak dihitung, juga tidak dalam angka gabungan.")
        case "profile switched on":
            say(
                "What you tell us and look at while signed in may choose your pages and offers. Off, it goes.",
                id:
                    "Yang Anda beri tahu dan lihat selama masuk boleh menentukan halaman dan penawaran Anda. Bila dinonaktifkan, semuanya hilang."
            )
        default: nil
        }
    }

    /// `isReached`: there is something that it could go through.
    func state(of choice: Choice, _ isOn: Bool, isReached: Bool) -> String {
        switch choice.condition {
        case "refused" where !isOn && !isReached: say("You have no email address here", id: "Anda tidak punya alamat surel di sini")
        case "refused": isOn ? say("Stopped", id: "Dihentikan") : say("May come", id: "Boleh dikirim")
        case "asked": isOn ? say("You asked for it", id: "Anda memintanya") : say("Doesn’t come", id: "Tidak dikirim")
        case "left out of statistics": isOn ? say("Left out", id: "Tidak dihitung") : say("May be counted", id: "Boleh dihitung")
        case "contact cut": isOn ? say("You hear nothing", id: "Anda tidak dikabari") : say("You hear from us", id: "Anda dikabari")
        default: isOn ? say("On", id: "Aktif") : say("Off", id: "Nonaktif")
        }
    }
    func button(_ choice: Choice, _ isOn: Bool) -> String {
        switch choice.condition {
        case "refused": isOn ? say("Let it come", id: "Biarkan datang") : say("Stop", id: "Hentikan")
        case "asked": isOn ? say("Stop", id: "Hentikan") : say("Ask for it", id: "Minta")
        case "left out of statistics": isOn ? say("Count me", id: "Hitung saya") : say("Leave me out", id: "Jangan hitung saya")
        case "contact cut": isOn ? say("Write to me again", id: "Kabari saya lagi") : say("Cut me off", id: "Putuskan kabar")
        default: isOn ? say("Switch off", id: "Nonaktifkan") : say("Switch on", id: "Aktifkan")
        }
    }
    func since(_ moment: String) -> String { say("Since \(moment).", id: "Sejak \(moment).") }
    func notYet(_ choice: Choice) -> String {
        choice.message.isEmpty
            ? say(
                "We don’t do this yet; your choice holds when we begin.",
                id: "Kami belum melakukannya; pilihan Anda berlaku begitu dimulai.")
            : say(
                "We don’t send it yet; your choice holds when we begin.", id: "Kami belum mengirimnya; pilihan Anda berlaku begitu dimulai."
            )
    }
}
