// The slow way back of somebody who has neither app nor recovery codes, and the bar that tells of it wherever they are signed in.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func wayBack() -> Response {
        trying { () throws(NotDone) -> Response in
            guard let challenge = waitsForFactor, let way = try office.wayBack(challenge) else { return see(.signIn) }
            return show(WayBackPage(way: way))
        }
    }

    /// Asks for it, or takes it where it is open.
    func wayBackTaken() -> Reply {
        guard let challenge = waitsForFactor else { return now(see(.signIn)) }
        return evenly { () async throws(NotDone) -> Response in
            if let session = try await office.comeBack(challenge, from: browser) { return try await welcome(session) }
            try await office.askWayBack(challenge)
            return see(.wayBack)
        }
    }

    func wayBackEnded(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.stopWayBack(session)
            return .see(Route.account.path + "?now=stopped")
        }
    }
}

struct WayBackPage: Page {
    let way: WayBack
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Without app and recovery codes", id: "Tanpa aplikasi dan kode pemulihan") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.signInFactor.path), text: say("Back to the code", id: "Kembali ke isian kode"))
            html(.h1, text: title(visit))
            if let lead = lead(say) { html(.p, .class("lead"), text: lead) }
            switch way {
            case .unproved:
                html(.p) { $0(.a, .class("btn"), .href(Route.signIn.path), text: say("Have a code sent", id: "Minta kode dikirim")) }
            case .closed(let refused): visit.notOffered(&html, refused)
            case .open:
                told(&html, say)
                button(&html, visit, say("Ask to come in without them", id: "Minta masuk tanpa keduanya"))
            case .waiting: told(&html, say)
            case .over: button(&html, visit, say("Take the app away and come in", id: "Hapus aplikasinya dan masuk"))
            }
        }
    }

    private func lead(_ say: Language) -> String? {
        switch way {
        case .unproved:
            say(
                "You came by your password. To go on without the app, show that your address is yours: have a code sent to it instead.",
                id: "Anda masuk dengan kata sandi. Untuk lanjut tanpa aplikasi, buktikan bahwa alamat Anda milik Anda: minta kode dikirim.")
        case .open(nil):
            say(
                "You can have app and recovery codes taken away, and come in by a code alone.",
                id: "Aplikasi dan kode pemulihan bisa dihapus, lalu Anda masuk dengan kode saja.")
        case .open(let time?):
            say(
                """
                App and codes keep out whoever reads your mail, so this takes time on purpose: \(say.span(time)), in which everybody who can \
                be told is told, and can stop it. Then a code to your address is enough.
                """,
                id: """
                    Aplikasi dan kode menahan orang yang membaca surel Anda, jadi ini sengaja lama: \(say.span(time)), dan selama itu semua \
                    yang bisa dikabari dikabari, dan bisa menghentikannya. Setelahnya kode ke alamat Anda sudah cukup.
                    """)
        case .waiting(nil):
            say(
                "The notice couldn’t leave yet; the time begins when it does. Look again later.",
                id: "Kabarnya belum bisa dikirim; waktunya mulai saat terkirim. Lihat lagi nanti.")
        case .waiting(let day?):
            say(
                "You can come in from \(say.date(day)) on, by a code to your address. The page that asks for the app leads here then.",
                id: "Anda bisa masuk mulai \(say.date(day)), dengan kode ke alamat Anda. Halaman yang meminta aplikasi lalu menuju ke sini."
            )
        case .over(let day):
            say(
                "The time is over, and nobody stopped it. Until \(say.date(day)) you can come in; app and recovery codes are taken away then.",
                id: """
                    Waktunya sudah lewat, dan tidak ada yang menghentikannya. Sampai \(say.date(day)) Anda bisa masuk; aplikasi dan kode \
                    pemulihan lalu dihapus.
                    """)
        case .closed: nil
        }
    }

    private func told(_ html: inout HTML, _ say: Language) {
        html(.ul) { html in
            html(
                .li,
                text: say(
                    "A notice goes to the address or number that the account is reached by. Its link stops this.",
                    id: "Kabar dikirim ke alamat atau nomor akun ini. Tautannya menghentikan ini."))
            html(
                .li,
                text: say(
                    "Wherever somebody is signed in to the account, each page says so, with a button that stops this.",
                    id: "Di mana pun akun ini sedang dibuka, setiap halaman mengatakannya, dengan tombol yang menghentikan ini."))
            html(
                .li,
                text: say(
                    "Whoever comes in with the app, a recovery code or a passkey stops it too: so if you find the app, use it.",
                    id: """
                        Yang masuk dengan aplikasi, kode pemulihan, atau kunci sandi juga menghentikannya: jika aplikasinya ketemu, \
                        pakailah.
                        """
                ))
        }
    }

    private func button(_ html: inout HTML, _ visit: Visit, _ text: String) {
        html(.form, .class("flow form"), .post, .action(Route.wayBack.path)) { html in
            visit.token(&html)
            html(.p) { $0(.button, .class("btn wide"), text: text) }
        }
    }
}

/// On every page of whoever is signed in, while somebody asks to come in without the second factor.
struct WayBackBar {
    let asked: AskedWayBack
    let visit: Visit

    func draw(_ html: inout HTML) {
        let say = visit.say
        html(.div, .class("wrap")) { html in
            visit.note(&html, .bad) { html in
                html(.p, text: sentence(say))
                html(.form, .post, .action(Route.wayBackEnding.path)) { html in
                    visit.token(&html)
                    html(.p) { $0(.button, .class("btn risk sm"), text: say("That wasn’t me: stop it", id: "Bukan saya: hentikan")) }
                }
            }
        }
    }

    private func sentence(_ say: Language) -> String {
        let since = say.dateAndTime(asked.asked)
        guard let day = asked.from.map(say.date) else {
            return say(
                "Somebody who read a code sent to you asked on \(since) to come in without your app and recovery codes.",
                id: """
                    Seseorang yang membaca kode yang dikirim kepada Anda meminta pada \(since) untuk masuk tanpa aplikasi dan kode \
                    pemulihan.
                    """
            )
        }
        return say(
            """
            Somebody who read a code sent to you asked on \(since) to come in without your app and recovery codes. From \(day) on they can, \
            unless you stop it.
            """,
            id: """
                Seseorang yang membaca kode yang dikirim kepada Anda meminta pada \(since) untuk masuk tanpa aplikasi dan kode pemulihan. \
                Mulai \(day) itu bisa, kecuali Anda menghentikannya.
                """)
    }
}
