// A person's account: how they sign in, and where they are signed in.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func account(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(
                AccountPage(
                    ways: try office.waysIn(of: session), sessions: try office.sessions(of: session),
                    news: news))
        }
    }

    func ended(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            let isEnded = try await office.endSession(number, of: session)
            guard number != session.own.entry else { return see(.home, setting: [Cookie(Visit.sessionCookie, "", life: .over)]) }
            return .see(Route.account.path + (isEnded ? "?now=ended" : "?now=over"))
        }
    }

    func othersEnded(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.endOtherSessions(of: session)
            return .see(Route.account.path + "?now=alone")
        }
    }
}

extension Visit {
    /// Why no code comes to whoever is signed in; nil: one does.
    var codeRefusal: Refused? {
        guard session?.staff == nil else { return house.offers.refusal(of: .staffSignIn) }
        return house.offers.refusal(of: reachedThrough == "telephone number" ? .telephoneSignIn : .signIn)
    }
}

struct AccountPage: Page {
    let ways: WaysIn
    let sessions: [OpenSession]
    let news: String?
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Your account", id: "Akun Anda") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            if let words = say.news(ofAccount: news) { visit.note(&html, isFocused: true) { $0(.p, text: words) } }
            html(.h1, text: title(visit))
            visit.customerNumber(&html)
            visit.damage(&html, ways.damaged)
            html(.section, .class("flow"), .labelledby("ways")) { ways(&$0, visit) }
            html(.section, .class("flow"), .labelledby("sessions")) { list(&$0, visit) }
            html(.section, .class("flow"), .labelledby("browser")) { BrowserKeeps().draw(&$0, visit) }
        }
    }

    private func ways(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("ways"), text: say("How you sign in", id: "Cara Anda masuk"))
        html(.ul, .class("todo"), .role("list")) { html in
            html(.li) { html in
                html(.div) { html in
                    html(
                        .b,
                        text: visit.reachedThrough == "telephone number"
                            ? say("Code by telephone", id: "Kode lewat telepon") : say("Code by email", id: "Kode lewat surel"))
                    if let refused = visit.codeRefusal {
                        visit.notOffered(&html, refused)
                    } else {
                        html(.p, .class("quiet"), text: ways.factor == nil ? codeAlone(say) : codeThenApp(say))
                    }
                }
            }
            html(.li) { password(&$0, visit) }
            html(.li) { factor(&$0, visit) }
            if ways.factor != nil || ways.unreadable.contains(.recoveryCodes) { html(.li) { recovery(&$0, visit) } }
            html(.li) { passkeys(&$0, visit) }
        }
    }

    private func codeAlone(_ say: Language) -> String {
        say("Works always, also if you forget the rest.", id: "Selalu bisa, juga bila yang lain terlupa.")
    }

    private func codeThenApp(_ say: Language) -> String {
        say(
            "Works also if you forget the password; then the app is asked for.",
            id: "Bisa juga bila kata sandi terlupa; setelah itu aplikasinya diminta.")
    }

    private func password(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div) { html in
            html(.b, text: say("Password", id: "Kata sandi"))
            html(
                .p, .class("quiet"),
                text: unreadable(.password, say) ?? ways.password.map { say("Set on \(say.date($0))", id: "Dibuat \(say.date($0))") }
                    ?? (visit.codeRefusal == nil
                        ? say("None. A code comes each time.", id: "Belum ada. Setiap kali sebuah kode dikirim.")
                        : say("None.", id: "Belum ada.")))
            closed(&html, visit, .password)
        }
        change(&html, visit, .password, .password, ways.password == nil ? say("Set a password", id: "Buat kata sandi") : nil)
    }

    /// To where it is set, changed or removed, as far as the policy lets that be. `setting`: what it says where none can be removed.
    private func change(_ html: inout HTML, _ visit: Visit, _ key: WaysIn.Key, _ route: Route, _ setting: String?) {
        if ways.unreadable.contains(key) { return }
        let say = visit.say, closed = ways.closed[key], staying = ways.staying[key]
        let words: String? =
            switch (closed == nil, staying == nil) {
            case (true, _) where setting != nil: setting
            case (true, true): say("Change or remove", id: "Ubah atau hapus")
            case (true, false): say("Change", id: "Ubah")
            case (false, true) where setting == nil && key != .recoveryCodes: say("Remove", id: "Hapus")
            case (false, _): nil
            }
        if let words { html(.a, .class("btn plain sm"), .href(route.path), text: words) }
    }

    private func unreadable(_ key: WaysIn.Key, _ say: Language) -> String? {
        guard ways.unreadable.contains(key) else { return nil }
        return say("Whether there is one can’t be read.", id: "Ada atau tidaknya tidak dapat dibaca.")
    }

    private func closed(_ html: inout HTML, _ visit: Visit, _ key: WaysIn.Key) {
        if let closed = ways.closed[key] { visit.notOffered(&html, closed) }
    }

    private func factor(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div) { html in
            html(.b, text: say("Authenticator app", id: "Aplikasi autentikator"))
            html(
                .p, .class("quiet"),
                text: unreadable(.factor, say) ?? ways.factor.map {
                    say("Asked for since \(say.date($0))", id: "Diminta sejak \(say.date($0))")
                }
                    ?? say(
                        "None. It is a second key, asked for after the first.",
                        id: "Belum ada. Ini kunci kedua, diminta setelah yang pertama."))
            closed(&html, visit, .factor)
        }
        change(&html, visit, .factor, .factor, ways.factor == nil ? say("Set up an app", id: "Pasang aplikasi") : nil)
    }

    private func recovery(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div) { html in
            html(.b, text: say("Recovery codes", id: "Kode pemulihan"))
            html(
                .p, .class("quiet"),
                text: unreadable(.recoveryCodes, say) ?? ways.recoveryCodes.map { say("\($0) of 10 are left", id: "Tersisa \($0) dari 10") }
                    ?? noCodes(say, visit.office.wayBackTakes.map { say.span($0) }))
            closed(&html, visit, .recoveryCodes)
        }
        change(&html, visit, .recoveryCodes, .recoveryCodes, say("Make new ones", id: "Buat yang baru"))
    }

    private func noCodes(_ say: Language, _ time: String?) -> String {
        guard let time else {
            return say(
                "None. Without them, who loses the app has the slow way back alone, where the policy has one for them.",
                id: "Belum ada. Tanpanya, yang kehilangan aplikasi hanya punya jalan kembali yang lambat, bila kebijakan menyediakannya.")
        }
        return say(
            "None. Without them, who loses the app waits \(time) for the slow way back, where the policy has one for them.",
            id: "Belum ada. Tanpanya, yang kehilangan aplikasi menunggu \(time) untuk jalan kembali, bila kebijakan menyediakannya.")
    }

    private func passkeys(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div) { html in
            html(.b, text: say("Passkeys", id: "Kunci sandi"))
            html(
                .p, .class("quiet"),
                text: unreadable(.passkeys, say)
                    ?? (ways.passkeys.isEmpty
                        ? say(
                            "None. A finger, a face or a key instead of a password.",
                            id: "Belum ada. Jari, wajah, atau kunci sebagai ganti kata sandi.")
                        : say.count(ways.passkeys.count, "passkey", "passkeys", id: "kunci sandi").capitalised))
            closed(&html, visit, .passkeys)
        }
        change(
            &html, visit, .passkeys, .passkeys,
            ways.passkeys.isEmpty
                ? say("Add a passkey", id: "Tambah kunci sandi")
                : ways.closed[.passkeys] != nil
                    ? nil : ways.staying[.passkeys] == nil ? say("Add or remove", id: "Tambah atau hapus") : say("Add", id: "Tambah"))
    }

    private func list(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("sessions"), text: say("Where you are signed in", id: "Tempat Anda masuk"))
        html(.p, .class("hint")) { html in
            html.text(
                say(
                    "We keep when each began and roughly when it was last used, and nothing of the browser or its network.",
                    id: """
                        Kami menyimpan kapan masing-masing dimulai dan kira-kira kapan terakhir dipakai, dan tidak apa pun tentang peramban \
                        atau jaringannya.
                        """) + " ")
            if let rule = visit.house.rules.taking("session cookie", from: "browser") { visit.chip(&html, rule) }
        }
        html(.ul, .class("todo"), .role("list")) { html in
            for session in sessions { html(.li) { row(&$0, session, visit) } }
        }
        if sessions.count > 1 {
            html(.form, .post, .action(Route.otherSessionsEnding.path)) { html in
                visit.token(&html)
                html(.button, .class("btn plain"), text: say("End all others", id: "Akhiri semua yang lain"))
            }
        }
    }

    private func row(_ html: inout HTML, _ session: OpenSession, _ visit: Visit) {
        let say = visit.say, moment = say.dateAndTime(session.since)
        html(.div) { html in
            html(.b, text: say("Since \(moment)", id: "Sejak \(moment)"))
            html(.p, .class("quiet"), text: seen(session, visit))
        }
        if session.isThisOne {
            html(.span, .class("tag info"), text: say("This browser", id: "Peramban ini"))
        } else {
            html(.form, .post, .action(Route.sessionEnding(session.number).path)) { html in
                visit.token(&html)
                html(
                    .button, .class("btn plain sm"),
                    .label(say("End the session since \(moment)", id: "Akhiri sesi sejak \(moment)")),
                    text: say("End", id: "Akhiri"))
            }
        }
    }

    private func seen(_ session: OpenSession, _ visit: Visit) -> String {
        let say = visit.say
        if session.isThisOne { return say("In use now", id: "Sedang dipakai") }
        if session.isRecent { return say("Used within the last two hours", id: "Dipakai dalam dua jam terakhir") }
        return say("Last used on \(say.date(session.seen))", id: "Terakhir dipakai \(say.date(session.seen))")
    }
}
