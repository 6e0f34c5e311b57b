// The page behind "that wasn't me" in the letter to a former address: it takes its place back, and what may bring the other in again goes.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func askForObjection(_ text: String) -> Reply {
        if let news = ObjectionNews(request.query), FormToken.isSealed(text + news.query, by: request.query["said"], for: request) {
            return now(show(ObjectionPage(token: text, state: .done(news))))
        }
        return now(
            trying { () throws(NotDone) -> Response in
                guard let token = Token(text), let objection = try office.objection(token) else { return objectionOver(text) }
                return show(ObjectionPage(token: text, state: .asked(objection)))
            })
    }

    func objected(_ text: String) -> Reply {
        guard let token = Token(text) else { return now(objectionOver(text)) }
        return later { () async throws(NotDone) -> Response in
            guard let objection = try office.objection(token) else { return objectionOver(text) }
            let news = ObjectionNews(try await office.object(token), objection)
            let (seal, cookie) = FormToken.seal(text + news.query, for: request, randomness: office.randomness)
            var response = Response.see(Route.objection(text).path + news.query + "&said=\(seal)")
            if let cookie { response.cookies.append(cookie) }
            return response
        }
    }

    private func objectionOver(_ text: String) -> Response { show(ObjectionPage(token: text, state: .over), status: 404) }
}

/// What came of it, as the address of the page says it: whoever loads that page again reads the same.
struct ObjectionNews: Sendable {
    let keys: KeysTaken?, isNumber: Bool
    /// The policy kept keys.
    let keeps: Bool
    /// The case in which it is looked into, where customer service had changed it.
    let opened: Int64?
    /// The day on which the account goes, unless it is woken.
    let deletedOn: Day?

    init(_ objected: Objected, _ objection: StandingObjection) {
        keys = objection.takesKeys ? objected.keys : nil
        (keeps, opened, isNumber) = (objected.keys.staying != nil, objected.opened, objection.field == "telephone number")
        deletedOn = objected.deletedOn
    }

    init?(_ query: Fields) {
        guard let field = query["back"] else { return nil }
        let gone = query["gone"].map { Set($0.split(separator: " ").compactMap { WaysIn.Key(rawValue: String($0)) }) }
        keys = gone.map { KeysTaken(gone: $0, hasApp: query["app"] != nil) }
        (keeps, opened, isNumber) = (query["kept"] != nil, query["case"].flatMap { Int64($0) }, field == "number")
        deletedOn = query["goes"].flatMap { Day(iso: $0) }
    }

    var query: String {
        let gone = keys.map { "&gone=" + WaysIn.Key.allCases.filter($0.gone.contains).map(\.rawValue).joined(separator: "+") } ?? ""
        return "?back=\(isNumber ? "number" : "address")" + gone + (keys?.hasApp == true ? "&app=stays" : "") + (keeps ? "&kept=keys" : "")
            + (opened.map { "&case=\($0)" } ?? "") + (deletedOn.map { "&goes=\($0.iso)" } ?? "")
    }
}

struct ObjectionPage: Page {
    enum State { case asked(StandingObjection), done(ObjectionNews), over }
    let token: String
    let state: State
    var hasForm: Bool { if case .asked = state { true } else { false } }

    func title(_ visit: Visit) -> String {
        let say = visit.say
        return switch state {
        case .asked: say("That wasn’t me", id: "Itu bukan saya")
        case .done(let news) where news.isNumber: say("Your number is back", id: "Nomor Anda dipakai lagi")
        case .done: say("Your address is back", id: "Alamat Anda dipakai lagi")
        case .over: say("This link is used up", id: "Tautan ini tidak berlaku lagi")
        }
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            switch state {
            case .asked(let objection): ask(&html, visit, objection)
            case .done(let news): tell(&html, visit, news)
            case .over:
                html(
                    .p, .class("lead"),
                    text: say(
                        "It is good once, for seven days. If you can’t sign in with your address, write to us from it.",
                        id: """
                            Tautan ini berlaku sekali, selama tujuh hari. Bila Anda tidak dapat masuk dengan alamat Anda, surati kami dari \
                            sana.
                            """))
                html(.p) { $0(.a, .class("btn plain"), .href(Route.signIn.path), text: say("Sign in", id: "Masuk")) }
            }
        }
    }

    private func ask(_ html: inout HTML, _ visit: Visit, _ objection: StandingObjection) {
        let say = visit.say, isNumber = objection.field == "telephone number"
        if let refused = visit.house.offers.refusal(of: .addressCode) { return visit.notOffered(&html, refused) }
        html(
            .p, .class("lead"),
            text: isNumber
                ? say(
                    "This puts your former number back into your account and signs everybody out, you too.",
                    id: "Ini memakai lagi nomor lama di akun Anda, dan akun itu keluar dari semua peramban, juga dari yang ini.")
                : say(
                    "This puts your former address back into your account and signs everybody out, you too.",
                    id: "Ini memakai lagi alamat lama di akun Anda, dan akun itu keluar dari semua peramban, juga dari yang ini."))
        if let staying = objection.staying {
            html(
                .p,
                text: say(
                    "Password, passkeys and app stay, whoever set them:",
                    id: "Kata sandi, kunci sandi, dan aplikasi tetap, siapa pun yang membuatnya:"))
            visit.notOffered(&html, staying)
        } else if objection.takesKeys {
            html(.p, text: visit.keysThatGo)
        }
        if objection.opensCase {
            html(
                .p,
                text: say(
                    "A case is opened too, in which we look into who had it changed.",
                    id: "Sebuah pertanyaan juga dibuka atas nama Anda, untuk memeriksa siapa yang memintanya diubah."))
        }
        if let day = objection.deletedOn { tell(&html, visit, goesOn: day) }
        html(.form, .class("flow form"), .post, .action(Route.objection(token).path)) { html in
            visit.token(&html)
            html(.p) {
                $0(
                    .button, .class("btn"),
                    text: isNumber
                        ? say("Put my number back", id: "Pakai lagi nomor saya") : say("Put my address back", id: "Pakai lagi alamat saya"))
            }
        }
    }

    private func tell(_ html: inout HTML, _ visit: Visit, _ news: ObjectionNews) {
        let say = visit.say
        html(
            .p, .class("lead"),
            text: news.keys == nil
                ? say("Everybody who was signed in to your account is out.", id: "Semua yang masuk ke akun Anda sudah dikeluarkan.")
                : say(
                    "Everybody who was signed in to your account is out, and codes come to you again.",
                    id: "Semua yang masuk ke akun Anda sudah dikeluarkan, dan kode kembali dikirim kepada Anda."))
        if let opened = news.opened {
            html(
                .p,
                text: say(
                    "Case \(opened) is open: in it we look into who had it changed.",
                    id: "Pertanyaan \(opened) terbuka: di sana kami memeriksa siapa yang memintanya diubah."))
        }
        if let day = news.deletedOn { tell(&html, visit, goesOn: day) }
        if news.keeps {
            html(
                .p,
                text: say(
                    "Keys of the account stay, because the policy has no rule by which they go; look at them when you have signed in.",
                    id: """
                        Kunci akun ini tetap, karena kebijakan tidak memuat aturan untuk menghapusnya; periksalah setelah Anda masuk.
                        """))
        }
        if let keys = news.keys { visit.afterShutOut(&html, keys, keeps: news.keeps) }
        html(.p) { $0(.a, .class("btn plain"), .href(Route.signIn.path), text: say("Sign in", id: "Masuk")) }
    }

    private func tell(_ html: inout HTML, _ visit: Visit, goesOn day: Day) {
        let say = visit.say
        visit.note(&html, .bad) {
            $0(
                .p,
                text: say(
                    "The account is put down to be deleted: it sleeps, and goes on \(say.date(day)). Sign in before that day and wake it.",
                    id: """
                        Akun ini tercatat untuk dihapus: akunnya tidur, dan hilang pada \(say.date(day)). Masuklah sebelum hari itu dan \
                        bangunkan.
                        """))
        }
    }
}
